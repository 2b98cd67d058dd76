"""A word that no table has is no riddle where the record that is asked for has it; elsewhere it is asked back."""

from typing import Any

import pytest

from bot.console.questions import document
from bot.domain.access import Role, Scope
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.exchanges import VisitForm, log_visit
from bot.services.questions import ask
from tests.records import office_of, person

LANTERNS = "When did the lampwrights of Seattle come to us?"


async def answered(desk: Desk, caller: Caller, question: str) -> dict[str, Any]:
    return dict(document(await ask(desk, caller, question), Texts(caller.language)))


async def came(desk: Desk, caller: Caller, day: str, summary: str, scope: Scope = Scope.SHARED) -> str:
    form = VisitForm("Seattle", day, "visit_in", summary=summary, scope=scope)
    return (await log_visit(desk, caller, form, f"test:{day}")).exchange.record


@pytest.mark.both_engines
async def test_the_record_that_has_the_word_is_told_and_no_other(seeded_desk: Desk) -> None:
    caller = person(await office_of(seeded_desk, "kaohsiung-tw"), Role.EDITOR)
    assert (await answered(seeded_desk, caller, LANTERNS))["outcome"] == "not_understood"
    record = await came(seeded_desk, caller, "2026-03-05", "Lampwright Brown teaches at the art school")
    await came(seeded_desk, caller, "2026-05-06", "Port engineers")
    told = await answered(seeded_desk, caller, LANTERNS)
    assert (told["outcome"], told["value"], told["records"]) == ("answered", "2026-03-05", [record])
    assert "whose record says lampwrights" in told["understood"]


async def test_every_word_has_to_be_there(seeded_desk: Desk) -> None:
    caller = person(await office_of(seeded_desk, "kaohsiung-tw"), Role.EDITOR)
    await came(seeded_desk, caller, "2026-03-05", "Lampwright Brown teaches at the art school")
    for question in (
        "When did the lampwrights and farriers of Seattle come to us?",
        "When did the lampwrights of Busan come to us?",
        "Which partners have lampwrights?",
    ):
        assert (await answered(seeded_desk, caller, question))["outcome"] == "not_understood", question


async def test_what_the_asker_may_not_see_has_no_word(seeded_desk: Desk) -> None:
    caller = person(await office_of(seeded_desk, "kaohsiung-tw"), Role.EDITOR)
    await came(seeded_desk, caller, "2026-03-05", "Lampwright Brown teaches at the art school", Scope.OFFICE)
    other = person(await office_of(seeded_desk, "taipei-tw"), Role.EDITOR)
    asked = LANTERNS.replace("to us", "to Kaohsiung")
    assert (await answered(seeded_desk, other, asked))["outcome"] == "not_understood"
    assert (await answered(seeded_desk, caller, asked))["outcome"] == "answered"


async def test_in_chinese(seeded_desk: Desk) -> None:
    caller = person(await office_of(seeded_desk, "kaohsiung-tw"), Role.EDITOR, language="zh-TW")
    record = await came(seeded_desk, caller, "2026-03-05", "西雅圖蕈菇學會來訪")
    told = await answered(seeded_desk, caller, "西雅圖的蕈菇學會是哪天來訪的？")
    assert (told["outcome"], told["value"], told["records"]) == ("answered", "2026-03-05", [record])
    assert "紀錄裡寫到" in told["understood"]
