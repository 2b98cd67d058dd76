"""Finding pressure notes: one by its number, and lists, each only as far as the caller may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.access import Action
from bot.domain.audit import RecordKind, find_record, read_record
from bot.domain.errors import BadInput, NotFound
from bot.domain.names import clean, fold
from bot.domain.partnerships import Partnership
from bot.domain.pressure import Incident, PressureNote
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from db.engine import Session
from db.partnerships import partnership
from db.pressure import all_notes, pressure_note

SUGGESTED = 25


async def find_note(session: Session, caller: Caller, text: str) -> PressureNote:
    """The note of this number.

    Raises `BadInput` (`record.unreadable`; `pressure.no_note` for the number of another record), or `NotFound`
    (`record.unknown`), alike for one that the caller may not see.
    """
    record = read_record(text.partition(" · ")[0])
    if record.kind is not RecordKind.PRESSURE:
        raise BadInput("pressure.no_note", record=str(record))
    found = await pressure_note(session, caller.viewer, record.number)
    if found is None:
        raise NotFound("record.unknown", record=str(record))
    return found


@dataclass(frozen=True, slots=True)
class NoteCard:
    """A note, and the acts that it names, by their numbers."""

    note: PressureNote
    acts: Mapping[int, Partnership]


@requires(Action.READ)
async def show_note(desk: Desk, caller: Caller, text: str) -> NoteCard:
    """Raises as `find_note`, and `Unavailable` (`office.none`)."""
    caller.own_office()
    async with desk.database.read() as session:
        note = await find_note(session, caller, text)
        named = [await partnership(session, caller.viewer, number) for number in _acts_named(note)]
    return NoteCard(note, {act.id: act for act in named if act is not None})


def _acts_named(note: PressureNote) -> set[int]:
    cause = find_record(note.trigger or "")
    caused = {cause.number} if cause is not None and cause.kind is RecordKind.PARTNERSHIP else set()
    return caused if note.act is None else {note.act, *caused}


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """Which notes are wanted: those that concern a place, of a kind."""

    place_id: int | None = None
    kind: Incident | None = None


@requires(Action.READ)
async def list_notes(desk: Desk, caller: Caller, wanted: NoteFilter) -> Sequence[PressureNote]:
    """The notes that the caller may see, what happened last first."""
    caller.own_office()
    async with desk.database.read() as session:
        everything = await all_notes(session, caller.viewer)
    found = [
        note
        for note in everything
        if (wanted.kind is None or note.kind is wanted.kind)
        and (wanted.place_id is None or wanted.place_id in {place.id for place in note.places})
    ]
    return sorted(found, key=lambda note: (note.date.earliest(), note.id), reverse=True)


@requires(Action.READ)
async def complete_notes(desk: Desk, caller: Caller, typed: str) -> list[PressureNote]:
    """Up to 25 notes that fit what was typed so far: a number, a place, or words of what happened; newest first."""
    wanted = fold(clean(typed))
    found = await list_notes(desk, caller, NoteFilter())
    return [note for note in found if wanted in fold(_described(note))][:SUGGESTED]


def _described(note: PressureNote) -> str:
    names = [name for place in note.places for name in (place.name_en, place.name_zh) if name]
    return " · ".join((note.record, *names, note.what))
