"""The bank of questions, put to the starter data: every one is answered as its row says."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.console.questions import document
from bot.domain.access import Role
from bot.domain.names import fold
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.offices import office_named
from bot.services.questions import ask
from tests.questions.bank import ExpectedPlace, Question, read_questions
from tests.questions.judging import Answer, Verdict, judge
from tests.questions.registry import starter_places

BANK = Path(__file__).parents[2] / "bot" / "questions" / "bank"

NOT_YET = {
    ("false_premises", "How many times did we visit Brisbane after the 2016 forum?"),
    ("false_premises", "Since Hachioji is our oldest sister city, when did we sign?"),
    ("lists", "哪些城市同時和六都中兩個以上締盟？"),
    ("writing", "so um when did we sign w/ Gdansk's neighbour Gdynia"),
}
"""What is not answered as its row says; a question that is, leaves this list."""


@cache
def names() -> Mapping[tuple[str, str | None], frozenset[str]]:
    found: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for known in starter_places().values():
        place = known.place
        found[fold(place.name_en), place.country].update(fold(name) for name in known.all_names())
    return {key: frozenset(value) for key, value in found.items()}


def names_of(place: ExpectedPlace) -> frozenset[str]:
    return names().get((fold(place.name), place.country), frozenset((fold(place.name),)))


async def answer_to(question: Question, desk: Desk) -> Answer:
    """What `attache ask --json` prints."""
    asking = Caller(question.language, role=Role.OPERATOR)
    office = await office_named(desk, question.office) if question.office else None
    noon = datetime.combine(
        date.fromisoformat(question.today), time(12), ZoneInfo(office.zone if office else "UTC")
    )
    answered = await ask(replace(desk, clock=lambda: noon), replace(asking, office=office), question.text)
    return document(answered, Texts(question.language))


@pytest.mark.parametrize("file", sorted(BANK.glob("*.csv")), ids=lambda file: file.stem)
async def test_the_bank(seeded_desk: Desk, file: Path) -> None:
    """Each row is right; or, where there is no answer, refused in one of the ways that it allows."""
    faults = {}
    for question in read_questions(file):
        verdict, reason = judge(question, await answer_to(question, seeded_desk), names_of)
        if verdict is not Verdict.RIGHT:
            faults[file.stem, question.text] = (verdict, reason)
    assert {key: fault for key, fault in faults.items() if key not in NOT_YET} == {}
    assert {key for key in NOT_YET if key[0] == file.stem} <= set(faults), "answered by now"
