"""Questions asked one after the other, and what the last of them is answered."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.console.questions import document
from bot.domain.access import Role
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.offices import office_named
from bot.services.questions import ask

CHAINS: Sequence[tuple[str, Sequence[str], str]] = [
    (
        "en",
        ["When did we sign with Seattle?", "and Portland?", "how far is it?"],
        "Kaohsiung and Portland are",
    ),
    ("en", ["When did we sign with Seattle?", "what time is it there?"], "Seattle is 16 hours behind"),
    ("en", ["When did we sign with Portland?", "who signed?"], "P194"),
    ("en", ["When did we last meet Miami?", "who took part?"], "Kaohsiung and Miami."),
    ("en", ["When did we last meet Miami?", "who took part?", "was it virtual?"], "with Miami · virtual"),
    ("zh-TW", ["上次跟邁阿密交流是什麼時候", "跟西雅圖呢", "誰參加"], "高雄市和西雅圖。"),
    ("zh-TW", ["上次跟邁阿密交流是什麼時候", "是視訊的嗎"], "與邁阿密 · 線上"),
    ("zh-TW", ["跟西雅圖哪一年簽的", "有多遠"], "高雄市與西雅圖直線距離"),
    # What names somebody, or says "our", is a question of its own.
    ("en", ["When did we last meet Miami?", "who are our contacts?"], "Nobody on record"),
    ("en", ["When did we last meet Miami?", "who took part in the last exchange with Seattle?"], "Seattle"),
    ("en", ["Which city has the most sister cities?", "and the second?"], "Kaohsiung: 33"),
    ("en", ["Which is our oldest sister city?", "and the second?"], "Busan"),
]


@pytest.mark.parametrize(
    ("language", "questions", "told"), CHAINS, ids=[" ".join(each[1]) for each in CHAINS]
)
async def test_a_chain(seeded_desk: Desk, language: str, questions: Sequence[str], told: str) -> None:
    caller = Caller(language, role=Role.OPERATOR)
    caller = replace(caller, office=await office_named(seeded_desk, "Kaohsiung"))
    frame = None
    for question in questions:
        answered = await ask(seeded_desk, caller, question, frame)
        frame = answered.query
    assert told in document(answered, Texts(language))["text"]
