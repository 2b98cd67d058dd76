"""Removing a contact: asked first, and taken back by its entry. Who came before them is no longer told to be theirs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.access import Action
from bot.domain.audit import Deed
from bot.domain.contacts import Contact
from bot.domain.errors import BadInput, NotAllowed, NotFound
from bot.services.access import requires
from bot.services.contact_lists import find_contact
from bot.services.contacts import as_contact, contact_record, shown_contact
from bot.services.desk import Caller, Desk
from bot.services.editing import changeable, changed_since
from bot.services.records import check_may_change, visible_record, write_change
from bot.services.telling import entries_since
from db import versions
from db.contacts import contact, who_came_before
from db.engine import Session
from db.versions import Held


@dataclass(frozen=True, slots=True)
class Removable:
    """A contact that the caller may remove, its version, and those of whom it is said that this one came after."""

    contact: Contact
    version: int
    before: Sequence[Contact]


@dataclass(frozen=True, slots=True)
class RemovedContact:
    """A contact that is gone, and the audit entry by which it comes back.

    `before` are those whom it had replaced: they are told to be replaced by `after` now, if anybody came after.
    """

    contact: Contact
    entry: int
    before: Sequence[Contact]
    after: Contact | None


@requires(Action.EDIT)
async def check_removable_contact(desk: Desk, caller: Caller, text: str) -> Removable:
    """The contact that the text names, before anybody is asked whether to remove it.

    Raises as `find_contact`; `NotAllowed` (`record.not_ours`); `BadInput` (`contacts.referred_to`) where a contact that
    the caller may not change says that this one came after.
    """
    async with desk.database.read() as session:
        found = await find_contact(session, caller, text)
        held = await changeable(session, desk, caller, contact_record(found.id))
        await _held_before(session, desk, caller, found)
        return Removable(found, held.version, await who_came_before(session, caller.viewer, found.id))


@requires(Action.EDIT)
async def remove_contact(desk: Desk, caller: Caller, number: int, version: int) -> RemovedContact:
    """Remove a contact as it was shown at `version`, in one transaction with closing the line that it stood in.

    Raises as `check_removable_contact`, and `ChangedSince` where it was changed since it was shown.
    """
    record = contact_record(number)
    async with desk.database.write() as session:
        held = await changeable(session, desk, caller, record, hold=True)
        if held.version != version:
            since = await entries_since(session, record, version, held.version)
            raise await changed_since(session, caller, record, held, since)
        gone = await shown_contact(session, caller, number)
        before = await who_came_before(session, caller.viewer, number)
        for each in await _held_before(session, desk, caller, gone, hold=True):
            closed = replace(as_contact(each.content), replaced_by=gone.replaced_by)
            await write_change(session, desk, caller, Deed.EDITED, before=each, after=closed)
        _, entry = await write_change(session, desk, caller, Deed.REMOVED, before=held, after=None)
        later = gone.replaced_by
        after = await contact(session, caller.viewer, later) if later is not None else None
        return RemovedContact(gone, entry, before, after)


async def _held_before(
    session: Session, desk: Desk, caller: Caller, person: Contact, *, hold: bool = False
) -> list[Held]:
    """Those who point to the contact, which the caller must be able to change."""
    found = []
    for record in await versions.superseded_by(session, contact_record(person.id)):
        try:
            held = await visible_record(session, caller, record, hold=hold)
            await check_may_change(session, desk, caller, held.content)
        except (NotAllowed, NotFound):
            raise BadInput("contacts.referred_to", record=person.record) from None
        found.append(held)
    return found
