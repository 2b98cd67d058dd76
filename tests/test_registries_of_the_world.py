"""Questions about everybody, where no country is at one end of every tie."""

from collections.abc import Sequence

import pytest

from bot.domain.access import Role
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.services.desk import Caller, Desk
from bot.services.questions import Answered, Outcome, answer_query, ask
from db.partnerships import NewPartnership, insert_partnerships
from db.places import NewPlace, insert_places

PLACES = {"lyon": "FR", "leipzig": "DE", "leeds": "GB", "lille": "FR", "liberec": "CZ"}


async def asked(desk: Desk, pairs: Sequence[tuple[str, str]], question: str) -> Answered:
    """The answer to a registry that holds these pairs of sister cities and no others."""
    async with desk.database.write() as session:
        ids = await insert_places(
            session, [NewPlace(key, key.title(), country=code) for key, code in PLACES.items()]
        )
        acts = [
            NewPartnership(Kind.SISTER_CITY, (ids[one], ids[other]), (StatusChange(Status.ACTIVE),))
            for one, other in pairs
        ]
        await insert_partnerships(session, acts)
    return await ask(desk, Caller("en", role=Role.OPERATOR), question)


@pytest.mark.parametrize(
    ("pairs", "most"),
    [
        # Whoever is named first in an agreement has no more of it than the other.
        ([("lyon", "leipzig"), ("leeds", "leipzig"), ("lille", "leipzig"), ("lyon", "leeds")], "leipzig"),
        ([("leipzig", "lyon"), ("leipzig", "leeds"), ("leipzig", "lille"), ("lyon", "leeds")], "leipzig"),
        # A registry of French ties is asked for French cities.
        ([("lyon", "leipzig"), ("leipzig", "lille"), ("leeds", "lyon")], "lyon"),
    ],
)
async def test_who_has_most(desk: Desk, pairs: Sequence[tuple[str, str]], most: str) -> None:
    answered = await asked(desk, pairs, "Which city has the most sister cities?")
    assert [place.key for place in answered.answer.places] == [most]


async def test_both_ends_in_one_country(desk: Desk) -> None:
    """Of a tie inside the country of the registry both cities have one."""
    answered = await asked(
        desk,
        [("lyon", "lille"), ("lille", "leeds"), ("leipzig", "lille")],
        "Which city has the most sister cities?",
    )
    assert [place.key for place in answered.answer.places] == ["lille"]
    assert answered.answer.statements[0].values["n"] == len(("lyon", "leeds", "leipzig"))


PAIRS = [("lyon", "leipzig"), ("leeds", "leipzig"), ("lyon", "leeds"), ("leipzig", "liberec")]


async def test_a_reading_of_everybody_is_offered(desk: Desk) -> None:
    answered = await asked(desk, PAIRS, "Which city smells of sister cities most?")
    assert answered.answer.outcome is Outcome.NOT_UNDERSTOOD
    [offered] = answered.choices
    found = await answer_query(desk, Caller("en", role=Role.OPERATOR), answered.question, offered.query)
    assert [place.key for place in found.answer.places] == ["leipzig"]


@pytest.mark.parametrize(
    "question",
    [
        "Which city has the fewest sister cities?",  # whoever has none has the fewest
        "Which of our sister cities smell most?",  # and nobody asks
    ],
)
async def test_what_makes_no_question_is_not_offered(desk: Desk, question: str) -> None:
    answered = await asked(desk, PAIRS, question)
    assert answered.answer.outcome is Outcome.NOT_UNDERSTOOD
    assert not answered.choices


async def test_what_was_merged_counts_in_a_ranking(seeded_desk: Desk) -> None:
    """A ranking tells of each the number that it has when it is asked for alone."""
    ranked = await ask(
        seeded_desk, Caller("en", role=Role.OPERATOR), "How many sister cities does each municipality have?"
    )
    [heading, *_] = ranked.answer.statements
    told = {line.values["name"].name_en: line.values["n"] for line in heading.items}
    alone = {}
    for name in told:
        answered = await ask(
            seeded_desk, Caller("en", role=Role.OPERATOR), f"How many sister cities does {name} have?"
        )
        alone[name] = answered.answer.value
    assert set(told) == {"Kaohsiung", "New Taipei", "Taichung", "Tainan", "Taipei", "Taoyuan"}
    assert told == alone
