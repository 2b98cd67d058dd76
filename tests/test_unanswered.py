"""Questions that were not understood: what is kept of them and what is not, and what teaching a name does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.access import Role
from bot.domain.errors import AttacheError, BadInput, NotAllowed, NotFound
from bot.domain.unanswered import without_people
from bot.services.desk import Caller, Desk
from bot.services.offices import office_named
from bot.services.questions import Outcome, ask
from bot.services.unanswered import (
    KEPT,
    MOST_KEPT,
    keep_questions,
    keep_unanswered,
    list_unanswered,
    mark_out_of_scope,
    remove_unanswered,
    teach_name,
)
from db.contacts import NewContact, insert_contacts
from tests.records import audit_entries


async def speaking(desk: Desk, city: str = "Kaohsiung", role: Role = Role.ADMINISTRATOR) -> Caller:
    return Caller("en", 7, 1, await office_named(desk, city), role)


async def asked(desk: Desk, caller: Caller, *questions: str) -> list[str]:
    """Ask as somebody of the office, and see what is on the administrator's list."""
    for question in questions:
        await keep_unanswered(desk, caller, await ask(desk, caller, question))
    return [each.question for each in await list_unanswered(desk, caller)]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Did <@123456789012345678> call?", "Did … call?"),
        ("write to lin@city.gov.tw or @lin_meihua", "write to … or …"),
        ("see https://example.org/x?y=1 please", "see … please"),
        ("call +886 7 336 8333 now", "call … now"),
        ("What did Lin Meihua say in 2023 about P195?", "What did … say in 2023 about P195?"),
        ("林美華說了什麼", "…說了什麼"),
    ],
)
def test_no_people_are_kept(text: str, left: str) -> None:
    """Mentions, addresses, numbers, and the names of people on record; years and records stay."""
    assert without_people(text, ["Lin Meihua", "林美華", "x"]) == left


async def test_what_is_kept(seeded_desk: Desk) -> None:
    """What was not understood, once; neither answers nor greetings, and nothing of other offices."""
    caller = await speaking(seeded_desk)
    kept = await asked(
        seeded_desk,
        caller,
        "How many sister cities do we have?",
        "Hello!",
        "What is the weather in Seattle?",
        "",
        "x" * 4000,
        "Which mayors wear blue hats?",
        "which MAYORS wear blue hats",
        "When did we sign with Atlantisburg?",
    )
    assert kept == ["Which mayors wear blue hats?", "When did we sign with Atlantisburg?"]
    hats, place = await list_unanswered(seeded_desk, caller)
    assert (hats.times, hats.reading, place.reading) == (2, "unknown_words", "unknown_place")
    assert "hats" in hats.words
    assert place.words == "Atlantisburg"
    assert await list_unanswered(seeded_desk, await speaking(seeded_desk, "Taipei")) == []
    with pytest.raises(NotAllowed):
        await list_unanswered(seeded_desk, replace(caller, role=Role.EDITOR))

    await mark_out_of_scope(seeded_desk, caller, hats.number)
    assert await asked(seeded_desk, caller, "Which mayors wear blue hats?") == [place.question]
    with pytest.raises(NotFound, match=r"unanswered\.gone"):
        await remove_unanswered(seeded_desk, await speaking(seeded_desk, "Taipei"), place.number)
    assert await asked(seeded_desk, caller) == [place.question], "another office's number is nothing to it"
    await remove_unanswered(seeded_desk, caller, place.number)
    assert await asked(seeded_desk, caller) == []


async def test_names_of_contacts_are_left_out(seeded_desk: Desk) -> None:
    caller = await speaking(seeded_desk)
    assert caller.office is not None
    async with seeded_desk.database.write() as session:
        one = NewContact(place_id=caller.office.place.id, name="Zdenka Novotna", office_id=caller.office.id)
        await insert_contacts(session, [one])
    kept = await asked(seeded_desk, caller, "Does zdenka novotna wear hats?")
    assert kept == ["Does … wear hats?"]


async def test_they_are_bounded_and_can_be_turned_off(seeded_desk: Desk) -> None:
    """In number, in time, and by the office, which forgets them with it; the trail says so."""
    caller, now = await speaking(seeded_desk), seeded_desk.clock()
    for number in range(3):
        await asked(seeded_desk, caller, f"hats {chr(97 + number)}{chr(97 + number)}?")
    later = Desk(seeded_desk.database, lambda: now + KEPT + timedelta(days=1))
    assert await asked(later, caller, "blue hats?") == ["blue hats?"]
    assert MOST_KEPT == 200

    await keep_questions(seeded_desk, caller, False)
    off = await speaking(seeded_desk)
    assert off.office is not None
    assert not off.office.keeps_questions
    assert await asked(seeded_desk, off, "Which mayors wear blue hats?") == []
    (entry,) = [e for e in await audit_entries(seeded_desk) if e.action == "office.settings"]
    assert entry.before == {"keeps_questions": "on"}


async def test_a_name_is_taught_and_works_at_once(seeded_desk: Desk) -> None:
    """For everybody; it is in the trail; a name that another place has is refused, and so is what is no name."""
    caller = await speaking(seeded_desk)
    await asked(seeded_desk, caller, "When did we sign with Emeraldtown?")
    (question,) = await list_unanswered(seeded_desk, caller)
    wrong: list[tuple[str, str, type[AttacheError]]] = [
        ("", "Seattle", BadInput),
        ("12", "Seattle", BadInput),
        ("Busan", "Seattle", BadInput),
        ("Emeraldtown", "Nowhereville", NotFound),
    ]
    for name, place, error in wrong:
        with pytest.raises(error):
            await teach_name(seeded_desk, caller, question.number, name, place)
    with pytest.raises(NotAllowed):
        await teach_name(
            seeded_desk, replace(caller, role=Role.EDITOR), question.number, "Emeraldtown", "Seattle"
        )
    taught = await teach_name(seeded_desk, caller, question.number, "Emeraldtown", "Seattle")
    assert taught.answered.answer.outcome is Outcome.ANSWERED
    assert taught.answered.answer.records == ("P195",) or "P195" in taught.answered.answer.records
    assert await list_unanswered(seeded_desk, caller) == []
    taipei = await speaking(seeded_desk, "Taipei")
    again = await ask(seeded_desk, taipei, "When did Kaohsiung sign with Emeraldtown?")
    assert "P195" in again.answer.records
    (entry,) = [e for e in await audit_entries(seeded_desk) if e.action == "place.named"]
    assert entry.after == {"name": "Emeraldtown"}
    with pytest.raises(NotFound):
        await teach_name(seeded_desk, caller, question.number, "Emeraldtown", "Seattle")
