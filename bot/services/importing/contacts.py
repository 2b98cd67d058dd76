"""Contacts while an import changes them."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.names import fold
from bot.services.importing.records import Advance, Drafts, NewIds, Outcome, circle
from db.contacts import NewContact, insert_contacts
from db.engine import Session


class Contacts(Drafts[NewContact]):
    """All contacts, found by number, and by who they are where."""

    def __init__(self, stored: Iterable[NewContact]) -> None:
        super().__init__("C", stored)

    def add_unless_known(self, row: NewContact) -> Outcome:
        """Add a contact without a number, unless somebody of that name is in that post there already."""
        known = any(_who(draft.now) == _who(row) for draft in self.all)
        return Outcome.UNCHANGED if known else self.add(row)

    async def store(self, session: Session, ids: NewIds, advance: Advance) -> None:
        """Store new contacts, with the numbers asked for or the next free ones, all before any is linked."""
        stored = [
            replace(new, place_id=ids.places([new.place_id])[0], office_id=ids.office(new.office_id))
            for new in self.new()
        ]
        await insert_contacts(session, stored)
        advance(len(stored))


def _who(person: NewContact) -> tuple[object, ...]:
    texts = (person.name, person.name_zh, person.post, person.post_zh)
    return (circle(person), person.place_id, *(fold(text or "") for text in texts))
