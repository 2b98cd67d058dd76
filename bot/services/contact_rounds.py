"""Going round the contacts of an office: which was confirmed longest ago, and saying that it is still right."""

from dataclasses import dataclass, replace
from datetime import date

from bot.domain.access import Action
from bot.domain.audit import Deed
from bot.domain.contacts import Contact
from bot.domain.dates import PartialDate
from bot.domain.errors import NotAllowed
from bot.services.access import requires
from bot.services.contacts import SavedContact, as_contact, contact_record, shown_contact
from bot.services.desk import Caller, Desk
from bot.services.editing import changed_since
from bot.services.records import visible_record, write_change
from bot.services.telling import entries_since
from db.contacts import all_contacts


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """The contact that was confirmed longest ago, if any has to be, and how many there are."""

    contact: Contact | None
    waiting: int


@requires(Action.LOG)
async def next_to_confirm(desk: Desk, caller: Caller) -> ToConfirm:
    """Of the office's own contacts in office, the one of which nobody has said for longest that it is right."""
    office, today = caller.own_office(), caller.today(desk)
    async with desk.database.read() as session:
        everybody = await all_contacts(session, caller.viewer)
    waiting = [each for each in everybody if each.office_id == office.id and each.is_to_confirm(today)]
    waiting.sort(key=lambda each: (each.confirmed_on.latest() if each.confirmed_on else date.min, each.id))
    return ToConfirm(waiting[0] if waiting else None, len(waiting))


@requires(Action.LOG)
async def confirm_contact(desk: Desk, caller: Caller, number: int, version: int) -> SavedContact:
    """Say that a contact of the caller's office is still right, as it was shown at `version`; once a day.

    Raises `NotFound` (`record.unknown`), `NotAllowed` (`record.not_ours`), or `ChangedSince` where somebody changed
    it since it was shown.
    """
    office, today = caller.own_office(), PartialDate.of(caller.today(desk))
    async with desk.database.write() as session:
        held = await visible_record(session, caller, contact_record(number), hold=True)
        before = as_contact(held.content)
        if before.office_id != office.id:
            raise NotAllowed("record.not_ours", record=str(contact_record(number)))
        if before.confirmed_on == today:
            return SavedContact(await shown_contact(session, caller, number), None)
        if held.version != version:
            since = await entries_since(session, contact_record(number), version, held.version)
            raise await changed_since(session, caller, contact_record(number), held, since)
        after = replace(before, confirmed_on=today)
        _, entry = await write_change(session, desk, caller, Deed.CONFIRMED, before=held, after=after)
        return SavedContact(await shown_contact(session, caller, number), entry)
