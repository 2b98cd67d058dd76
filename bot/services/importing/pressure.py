"""Pressure notes while an import changes them."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.names import fold
from bot.services.importing.records import Advance, Drafts, NewIds, Outcome, circle
from db.engine import Session
from db.pressure import NewNote, insert_notes


class PressureNotes(Drafts[NewNote]):
    """All notes, found by number, and by what they tell."""

    def __init__(self, stored: Iterable[NewNote]) -> None:
        super().__init__("N", stored)

    def add_unless_known(self, row: NewNote) -> Outcome:
        """Add a note without a number, unless the same is noted already for the same eyes."""
        known = any(_told(draft.now) == _told(row) for draft in self.all)
        return Outcome.UNCHANGED if known else self.add(row)

    async def store(self, session: Session, ids: NewIds, advance: Advance) -> None:
        """Store new notes, with the numbers asked for or the next free ones."""
        stored = [
            replace(new, places=ids.places(new.places), office_id=ids.office(new.office_id))
            for new in self.new()
        ]
        await insert_notes(session, stored)
        advance(len(stored))


def _told(note: NewNote) -> tuple[object, ...]:
    return (circle(note), note.kind, note.date, frozenset(note.places), fold(note.what))
