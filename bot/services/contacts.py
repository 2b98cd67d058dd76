"""People in their posts: keeping them, changing them, and who came before and after."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.domain.access import Action, Scope
from bot.domain.audit import Deed, Record, RecordKind, in_effect
from bot.domain.contacts import Contact, ContactRole
from bot.domain.date_reading import read_date
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, FormRefused
from bot.domain.names import clean
from bot.domain.places import Place
from bot.services.access import requires
from bot.services.contact_fields import ContactFields, fields_of, read_fields
from bot.services.contact_lists import find_contact
from bot.services.desk import Caller, Desk
from bot.services.documents import Difference, same
from bot.services.editing import change_record, changeable
from bot.services.places import find_place
from bot.services.records import check_scope, seen, write_change
from bot.services.ties import ties_of_place
from db import versions
from db.audit import entries_of
from db.contacts import NewContact, contact, contact_of_request
from db.engine import Session
from db.numbers import hold_numbers
from db.record_kinds import Content


@dataclass(frozen=True, slots=True)
class ContactForm:
    """What somebody typed to keep a contact of a place; nothing of it is trusted.

    `replaces` names the contact in whose place they come, if any.
    """

    place: str
    fields: ContactFields
    role: ContactRole = ContactRole.COUNTERPART
    scope: Scope = Scope.OFFICE
    replaces: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedContact:
    """A contact as it is now; `entry`, by which the change is taken back, is None where nothing was changed.

    `replaced` is the contact whose place it takes since, and `replaced_entry` the entry of that.
    """

    contact: Contact
    entry: int | None
    replaced: Contact | None = None
    replaced_entry: int | None = None
    changes: Sequence[Difference] = ()


@dataclass(frozen=True, slots=True)
class OpenedContact:
    """A contact that the caller may change, as it is, and as its form shows it."""

    contact: Contact
    version: int
    fields: ContactFields


# Keeping -----------------------------------------------------------------------------------------------------


def contact_record(number: int) -> Record:
    return Record(RecordKind.CONTACT, number)


def as_contact(content: Content | None) -> NewContact:
    assert isinstance(content, NewContact), "an entry or a record of a contact"
    return content


async def shown_contact(session: Session, caller: Caller, number: int) -> Contact:
    return seen(caller, await contact(session, caller.viewer, number))


@requires(Action.LOG)
async def check_contact(
    desk: Desk, caller: Caller, place: str, scope: Scope = Scope.OFFICE, replaces: str = ""
) -> tuple[Place, Contact | None]:
    """The place of a contact that is about to be kept, and whom they replace, before a form is opened.

    Raises as `add_contact` does for these.
    """
    office = caller.own_office()
    async with desk.database.read() as session:
        await check_scope(session, office, RecordKind.CONTACT, scope)
        found = await _place(session, caller, place)
        return found, await _replaceable(session, desk, caller, replaces) if replaces else None


@requires(Action.LOG)
async def add_contact(
    desk: Desk, caller: Caller, form: ContactForm, request_id: str | None = None
) -> SavedContact:
    """Keep a contact. The same `request_id` again gives the record that it made, and makes no other.

    Whom they replace is told so, in an entry of its own. Raises `FormRefused` with a problem for each field that
    cannot be read, for a contact that was replaced already (`contacts.replaced_already`) or may not be changed;
    then nothing is stored.
    """
    return await desk.database.again(lambda: _add(desk, caller, form, request_id))


async def _add(desk: Desk, caller: Caller, form: ContactForm, request_id: str | None) -> SavedContact:
    async with desk.database.write() as session:
        number = await contact_of_request(session, request_id) if request_id else None
        if number is not None:
            entry = in_effect(await entries_of(session, str(contact_record(number))))[0].id
            return SavedContact(await shown_contact(session, caller, number), entry)
        new, replaced = await _read_form(session, desk, caller, form, request_id)
        record, entry = await write_change(session, desk, caller, Deed.ADDED, before=None, after=new)
        replaced_entry = None
        if replaced is not None:
            held = await changeable(session, desk, caller, contact_record(replaced.id), hold=True)
            after = replace(as_contact(held.content), replaced_by=record.number)
            _, replaced_entry = await write_change(
                session, desk, caller, Deed.EDITED, before=held, after=after
            )
        return SavedContact(
            await shown_contact(session, caller, record.number), entry, replaced, replaced_entry
        )


async def _read_form(
    session: Session, desk: Desk, caller: Caller, form: ContactForm, request_id: str | None
) -> tuple[NewContact, Contact | None]:
    office, today = caller.own_office(), caller.today(desk)
    problems: list[AttacheError] = []
    place: Place | None = None
    replaced: Contact | None = None
    fields: dict[str, Any] = {}
    try:
        await check_scope(session, office, RecordKind.CONTACT, form.scope)
        place = await _place(session, caller, form.place)
        replaced = await _replaceable(session, desk, caller, form.replaces) if form.replaces else None
    except AttacheError as problem:
        problems.append(problem)
    try:
        fields = read_fields(form.fields, form.role, today)
    except FormRefused as refused:
        problems += refused.problems
    if problems or place is None:
        raise FormRefused(problems)
    new = NewContact(
        place_id=place.id,
        role=form.role,
        sources=form.sources,
        scope=form.scope,
        office_id=office.id,
        confirmed_on=PartialDate.of(today),
        request_id=request_id,
        **fields,
    )
    return new, replaced


async def _place(session: Session, caller: Caller, text: str) -> Place:
    """The place of a contact: a partner, any other, or one's own."""
    home = caller.own_office().place
    _, ties = await ties_of_place(session, caller.viewer, home)
    return await find_place(session, text, viewer=caller.viewer, among=[home, *(tie.partner for tie in ties)])


async def _replaceable(session: Session, desk: Desk, caller: Caller, text: str) -> Contact:
    """The contact whose place somebody takes. Raises as `find_contact` and `check_may_change` do, and `BadInput`."""
    found = await find_contact(session, caller, text)
    held = await changeable(session, desk, caller, contact_record(found.id))
    if as_contact(held.content).replaced_by is not None:
        raise BadInput("contacts.replaced_already", record=found.record)
    return found


# Changing ----------------------------------------------------------------------------------------------------


@requires(Action.LOG)
async def open_contact(desk: Desk, caller: Caller, text: str) -> OpenedContact:
    """The contact that the text names, before a form for it is opened.

    Raises as `find_contact`, and `NotAllowed` (`record.not_ours`, `record.only_own`).
    """
    caller.own_office()
    async with desk.database.read() as session:
        found = await find_contact(session, caller, text)
        held = await changeable(session, desk, caller, contact_record(found.id))
        return OpenedContact(found, held.version, fields_of(as_contact(held.content)))


@requires(Action.LOG)
async def edit_contact(
    desk: Desk, caller: Caller, number: int, version: int, typed: ContactFields, role: ContactRole
) -> SavedContact:
    """Store what somebody typed into the form of a contact that was opened at `version`.

    Whoever stores it has looked at it: that counts as saying that it is right. The same form of the same person twice
    is stored once. Raises as `open_contact`; `FormRefused` for what cannot be read; `ChangedSince` where the record
    has changed meanwhile. In each case nothing is stored.
    """
    today = caller.today(desk)
    caller.own_office()
    async with desk.database.write() as session:
        edited = await change_record(
            session, desk, caller, contact_record(number), version,
            lambda stored: _typed_over(as_contact(stored), typed, role, today),
        )  # fmt: skip
        return SavedContact(
            await shown_contact(session, caller, number), edited.entry, changes=edited.changes
        )


def _typed_over(stored: NewContact, typed: ContactFields, role: ContactRole, today: date) -> NewContact:
    """The contact with what was typed. A term that goes on, or whose end was taken out, is no longer left."""
    fields = read_fields(typed, role, today, stored)
    if "until" in fields:
        until = fields["until"]
        fields["has_left"] = stored.has_left and until is not None and until.earliest() <= today
    return replace(stored, role=role, confirmed_on=PartialDate.of(today), **fields)


@requires(Action.LOG)
async def contact_left(
    desk: Desk, caller: Caller, text: str, until: str, successor: str = ""
) -> SavedContact:
    """Say that somebody left, or is to leave, their post, and who came after them.

    Raises as `open_contact`; `BadInput` (`contacts.own_successor`, `contacts.circle`, `contacts.ends_before`), and
    what `read_date` raises.
    """
    today = caller.today(desk)
    async with desk.database.write() as session:
        caller.own_office()
        await hold_numbers(
            session, RecordKind.CONTACT
        )  # of two at once, the second sees the chain of the first
        found = await find_contact(session, caller, text)
        later = await find_contact(session, caller, successor) if clean(successor) else None
        held = await changeable(session, desk, caller, contact_record(found.id), hold=True)
        before = as_contact(held.content)
        day = read_date(until, today)
        if before.since is not None and before.since.earliest() > day.latest():
            raise BadInput("contacts.ends_before", since=before.since, until=day)
        if later is not None:
            await _check_chain(session, found, later)
        after = replace(
            before,
            until=day,
            has_left=day.earliest() <= today,
            replaced_by=later.id if later else before.replaced_by,
            confirmed_on=PartialDate.of(today),
        )
        entry = None
        if not same(before, after):
            _, entry = await write_change(session, desk, caller, Deed.EDITED, before=held, after=after)
        return SavedContact(await shown_contact(session, caller, found.id), entry)


async def _check_chain(session: Session, person: Contact, later: Contact) -> None:
    """Nobody comes after themselves, by however many steps."""
    if later.id == person.id:
        raise BadInput("contacts.own_successor", record=person.record)
    if contact_record(person.id) in await versions.later_ones(session, contact_record(later.id)):
        raise BadInput("contacts.circle", record=person.record, other=later.record)
