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
    (
        "en",
        ["When did we last meet Miami?", "who took part?", "was it virtual?"],
        "No. `X23` 17 February 2012",
    ),
    ("zh-TW", ["上次跟邁阿密交流是什麼時候", "跟西雅圖呢", "誰參加"], "高雄市和西雅圖。"),
    ("zh-TW", ["上次跟邁阿密交流是什麼時候", "是視訊的嗎"], "沒有，`X23` 2012年2月17日"),
    ("zh-TW", ["跟西雅圖哪一年簽的", "有多遠"], "高雄市與西雅圖直線距離"),
    (
        "en",
        ["When did we sign with Seattle?", "when did we last meet?", "how often?"],
        "1 exchange · with Seattle",
    ),
    ("en", ["When did we last meet Miami?", "and when did we sign?"], "Kaohsiung and Miami"),
    ("en", ["Tell me about Busan", "any exchanges"], "with Busan"),
    ("zh-TW", ["我們有幾個友好城市", "含各區呢"], "：8 個友好城市"),
    ("en", ["Do we and Tainan both have a sister city in Korea?", "and in Israel?"], "No. Kaohsiung: no"),
    ("zh-TW", ["我們跟臺南市都有韓國姊妹市嗎", "以色列呢"], "高雄市：沒有"),
    ("en", ["How many friendship cities do we have?", "and with the districts?"], "8 friendship cities"),
    ("en", ["Which Japanese partners have we?", "which of them are quiet?"], "Hachioji"),
    (
        "en",
        ["Which Japanese partners have we?", "when did we last meet them?"],
        "Aomori Prefecture and Mutsu",
    ),
    (
        "en",
        ["When did we sign with Seattle?", "Is it still active?", "why did it end?"],
        "has not ended (P195",
    ),
    ("zh-TW", ["西雅圖是我們的姊妹市嗎", "什麼時候簽的", "交流過幾次"], "與西雅圖"),
    ("zh-TW", ["釜山", "有交流過嗎"], "與釜山"),
    ("en", ["When did we sign with Busan?", "will it end?"], "I know the words"),
    ("en", ["Which is our oldest sister city?", "will they end it?"], "I know the words"),
    ("en", ["Seattle", "quiet?"], "Contact with Seattle: stale"),
    ("en", ["Which partners are quiet?", "which is quiet the longest"], "Seattle"),
    ("zh-TW", ["有哪些姊妹市在日本", "友好城市呢"], "位於日本"),
    ("zh-TW", ["有哪些姊妹市在日本", "備忘錄呢"], "位於日本"),
    ("en", ["Tell me about Portland", "exchanges?", "the last one"], "X134"),
    # The tie of a record, and the oldest, are not known to the next question, which is not answered of another.
    ("en", ["Which is our oldest sister city?", "when did we last meet?"], "I know the words"),
    ("en", ["P195", "last contact?"], "I know the words"),
    # What names somebody, or asks how many are "ours", is a question of its own.
    ("en", ["When did we last meet Miami?", "how many exchanges did we hold in 2025?"], "5 exchanges"),
    ("en", ["When did we last meet Miami?", "which exchanges in 2025 were about sport?"], "Portland"),
    ("en", ["When did we last meet Miami?", "how many exchanges in 2025?"], "5 exchanges"),
    ("en", ["When did we last meet Miami?", "who took part in the last exchange with Seattle?"], "Seattle"),
    (
        "en",
        ["How many books did we give Miami?", "What was decided with Seattle?"],
        "No decisions are recorded",
    ),
    ("zh-TW", ["我們送邁阿密幾本圖書？", "和西雅圖決定了什麼？"], "未記載決議"),
    ("en", ["Which memoranda do we have in Japan?", "Trips abroad of our mayor"], "Honolulu"),
    ("en", ["When did we last meet Seattle?", "what was decided?"], "No decisions are recorded"),
    ("en", ["Which city has the most sister cities?", "and the second?"], "Kaohsiung: 33"),
    ("en", ["Which is our oldest sister city?", "and the second?"], "Busan"),
    # What exchanges are narrowed to is kept.
    ("en", ["Did we celebrate the 50th anniversary with Honolulu?", "when was that?"], "4 August 2012"),
    (
        "en",
        ["Do we have sister cities in Africa that we never had an exchange with?", "which ones?"],
        "Durban",
    ),
    ("en", ["Which exchanges had more than 20 people?", "and in 2002?"], "X4"),
    ("zh-TW", ["檀香山是我們的姊妹市嗎", "檀香山市長去過嗎"], "X38"),
    ("zh-TW", ["六月有哪些交流？", "2019年呢"], "X68"),
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
