"""Questions that were not understood: kept for the administrator, who teaches the bot a name or lets them go."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.access import Action
from bot.domain.contacts import Contact
from bot.domain.errors import BadInput, NotFound
from bot.domain.names import clean, fold
from bot.domain.places import Place
from bot.domain.unanswered import LONGEST, WORDS, Unanswered, without_people
from bot.questions.outcomes import NotUnderstood, UnknownPlace, Why
from bot.services.access import permit, requires
from bot.services.desk import Caller, Desk
from bot.services.office_settings import changing_office
from bot.services.places import find_place
from bot.services.questions import Answered, Outcome, ask
from db import offices
from db import unanswered as db
from db.audit import record_change
from db.contacts import all_contacts
from db.engine import Session
from db.places import add_names, places_named

KEPT, MOST_KEPT = timedelta(days=180), 200
"""For how long a question is kept after it was last asked, and how many of an office at most."""

NAME = 80
"""Characters of a name that is added."""

NAMED = "place.named"
"""The entry in the audit trail of a name that was added."""

OUT_OF_SCOPE, REMOVED = "question.out_of_scope", "question.removed"
"""The entries of a question that was settled without an answer."""

TAUGHT = frozenset({Why.NOTHING_KNOWN, Why.UNKNOWN_WORDS, Why.DOES_NOT_FIT})
"""What more words could help; an empty question, or a date that there is not, teaches nothing."""


@requires(Action.READ)
async def keep_unanswered(desk: Desk, caller: Caller, answered: Answered) -> None:
    """Keep the question where it was not understood and the office wants such kept; nobody's name goes with it."""
    office, reading = caller.office, answered.reading
    if office is None or not office.keeps_questions or answered.query is not None:
        return
    if isinstance(reading, UnknownPlace):
        why, words = "unknown_place", reading.words
    elif isinstance(reading, NotUnderstood) and reading.why in TAUGHT:
        why, words = reading.why.value, ", ".join(reading.words)
    else:
        return
    async with desk.database.write() as session:
        people = [name for each in await all_contacts(session, caller.viewer) for name in _names(each)]
        question = without_people(clean(answered.question), people)[:LONGEST]
        words = without_people(clean(words), people)[:WORDS]
        if not (folded := fold(question)[:LONGEST]):
            return
        asked = Unanswered(question, why, words, caller.language, desk.clock())
        await db.keep_unanswered(session, office.id, folded, asked)
        await db.drop_old_unanswered(session, office.id, desk.clock() - KEPT, MOST_KEPT)


def _names(person: Contact) -> list[str]:
    return [name for name in (person.name, person.name_zh) if name]


@requires(Action.ADMINISTER)
async def list_unanswered(desk: Desk, caller: Caller) -> Sequence[Unanswered]:
    """The questions of the caller's office that nobody has looked at, what was asked most often first."""
    async with desk.database.read() as session:
        return await db.unanswered(session, caller.own_office().id)


@requires(Action.ADMINISTER)
async def show_unanswered(desk: Desk, caller: Caller, number: int) -> Unanswered:
    """One of them. Raises `NotFound` (`unanswered.gone`)."""
    async with desk.database.read() as session:
        found = await db.unanswered_numbered(session, caller.own_office().id, number)
    if found is None:
        raise NotFound("unanswered.gone")
    return found


@requires(Action.ADMINISTER)
async def mark_out_of_scope(desk: Desk, caller: Caller, number: int) -> None:
    """Let the question not come up again, however often it is asked. Raises `NotFound` (`unanswered.gone`)."""
    async with _settling(desk, caller, number, OUT_OF_SCOPE) as session:
        await db.set_out_of_scope(session, caller.own_office().id, number)


@requires(Action.ADMINISTER)
async def remove_unanswered(desk: Desk, caller: Caller, number: int) -> None:
    """Forget the question; asked again, it comes up again. Raises `NotFound` (`unanswered.gone`)."""
    async with _settling(desk, caller, number, REMOVED) as session:
        await db.remove_unanswered(session, caller.own_office().id, number)


@asynccontextmanager
async def _settling(desk: Desk, caller: Caller, number: int, action: str) -> AsyncIterator[Session]:
    """A transaction in which a kept question is settled, with its entry; the question itself is not told in it."""
    office = caller.own_office()
    async with desk.database.write() as session:
        if await db.unanswered_numbered(session, office.id, number) is None:
            raise NotFound("unanswered.gone")
        yield session
        await record_change(
            session, at=desk.clock(), action=action, subject=f"question:{number}", user_id=caller.user_id,
            guild_id=caller.guild_id, office_id=office.id, before={"settled": False}, after={"settled": True},
        )  # fmt: skip


@requires(Action.ADMINISTER)
async def keep_questions(desk: Desk, caller: Caller, keep: bool) -> None:
    """Whether the caller's office keeps such questions; where not, those that it has are forgotten at once."""
    own = caller.own_office()
    if own.keeps_questions == keep:
        return
    async with changing_office(desk, caller, own.version) as (session, office):
        await offices.set_keeps_questions(session, office.id, keep)
        if not keep:
            await db.remove_all_unanswered(session, office.id)


@dataclass(frozen=True, slots=True)
class Taught:
    """A name that a place answers to from now on, and what becomes of the question with it."""

    place: Place
    name: str
    answered: Answered


@requires(Action.ADMINISTER)
async def teach_name(desk: Desk, caller: Caller, number: int, name: str, place: str) -> Taught:
    """Let a place answer to a further name, for all offices, and ask the question once more.

    A question that is answered now is done. Raises `BadInput` (`unanswered.name_unusable`, `unanswered.name_taken`
    with who has it), `NotFound` (`unanswered.gone`), and what `find_place` raises.
    """
    permit(caller, Action.EDIT)  # of places, which are everybody's
    office, written = caller.own_office(), clean(name)
    if not 1 < len(written) <= NAME or not fold(written) or fold(written).isdigit():
        raise BadInput("unanswered.name_unusable", text=written[:NAME], most=NAME)
    asked = await show_unanswered(desk, caller, number)
    async with desk.database.write() as session:
        found = await find_place(session, clean(place), viewer=caller.viewer, among=[office.place])
        bearers = await places_named(session, caller.viewer, written)
        if bearers and found.id not in {each.id for each in bearers}:
            raise BadInput("unanswered.name_taken", text=written)
        if not bearers:
            await add_names(session, [(found.id, written, False)])
            await record_change(
                session, at=desk.clock(), action=NAMED, subject=f"place:{found.id}", user_id=caller.user_id,
                guild_id=caller.guild_id, office_id=office.id, after={"name": written},
            )  # fmt: skip
    answered = await ask(desk, replace(caller, language=asked.language), asked.question)
    if answered.answer.outcome is not Outcome.NOT_UNDERSTOOD and not isinstance(
        answered.reading, UnknownPlace
    ):
        await remove_unanswered(desk, caller, number)
    return Taught(found, written, answered)
