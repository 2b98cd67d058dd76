"""Finding contacts: one by number or name, lists, who came before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.access import Action
from bot.domain.audit import RecordKind, find_record
from bot.domain.contacts import Contact, ContactRole, ContactState
from bot.domain.errors import BadInput, NotFound
from bot.domain.names import clean, fold
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from db.contacts import all_contacts, contact, who_came_before
from db.engine import Session

SUGGESTED, CHOICES = 25, 5


async def find_contact(session: Session, caller: Caller, text: str) -> Contact:
    """The contact of this number, or the one of this name, as the caller may see it.

    Raises `BadInput` (`contacts.no_contact` for the number of another record, `contacts.ambiguous` with choices), or
    `NotFound` (`record.unknown`, `contacts.unknown`).
    """
    record = find_record(text.partition(" · ")[0])
    if record is not None:
        if record.kind is not RecordKind.CONTACT:
            raise BadInput("contacts.no_contact", record=str(record))
        found = await contact(session, caller.viewer, record.number)
        if found is None:
            raise NotFound("record.unknown", record=str(record))
        return found
    wanted = fold(clean(text))
    named = [
        each for each in await all_contacts(session, caller.viewer) if wanted and _has_name(each, wanted)
    ]
    if not named:
        raise NotFound("contacts.unknown", text=clean(text)[:80])
    if len(named) > 1:
        choices = [f"{each.record} {each.name or each.name_zh}" for each in named[:CHOICES]]
        raise BadInput("contacts.ambiguous", text=clean(text)[:80], found=choices)
    return named[0]


def _has_name(person: Contact, wanted: str) -> bool:
    return wanted in {fold(name) for name in (person.name, person.name_zh) if name}


# Looking -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A contact, who held the post before (nearest first), and who came after (nearest first)."""

    contact: Contact
    before: Sequence[Contact]
    after: Sequence[Contact]
    today: date


@requires(Action.READ)
async def show_contact(desk: Desk, caller: Caller, text: str) -> ContactCard:
    """Raises as `find_contact`."""
    async with desk.database.read() as session:
        found = await find_contact(session, caller, text)
        after = await _after(session, caller, found)
        before = await _before(session, caller, found)
    return ContactCard(found, before, after, caller.today(desk))


async def _after(session: Session, caller: Caller, person: Contact) -> list[Contact]:
    """Who came after, step by step, up to one that the caller may not see."""
    line, known = [], {person.id}
    step = person
    while step.replaced_by is not None and step.replaced_by not in known:
        found = await contact(session, caller.viewer, step.replaced_by)
        if found is None:
            break
        step = found
        known.add(step.id)
        line.append(step)
    return line


async def _before(session: Session, caller: Caller, person: Contact) -> list[Contact]:
    """Who came before, step by step; where two are said to have been replaced by one, both are told."""
    line: list[Contact] = []
    known, step = {person.id}, [person]
    while step:
        found = [each for p in step for each in await who_came_before(session, caller.viewer, p.id)]
        step = [each for each in found if each.id not in known]
        known |= {each.id for each in step}
        line += step
    return line


@dataclass(frozen=True, slots=True)
class ContactFilter:
    """Which contacts are wanted: of a place, with words in their post or organisation, of a role, in a state."""

    place_id: int | None = None
    post: str = ""
    role: ContactRole | None = None
    state: ContactState | None = None


@dataclass(frozen=True, slots=True)
class ContactList:
    """Contacts by place, those in office first."""

    contacts: Sequence[Contact]
    today: date


@requires(Action.READ)
async def list_contacts(desk: Desk, caller: Caller, wanted: ContactFilter) -> ContactList:
    """The contacts that the caller may see; those whose term ends in the order in which they do."""
    today, words = caller.today(desk), fold(clean(wanted.post))
    async with desk.database.read() as session:
        everybody = await all_contacts(session, caller.viewer)
    found = [
        each
        for each in everybody
        if wanted.place_id in (None, each.place.id)
        and (wanted.role is None or each.role is wanted.role)
        and (wanted.state is None or each.is_in(wanted.state, today))
        and (not words or words in fold(" ".join(filter(None, (each.post, each.post_zh, each.organisation)))))
    ]
    found.sort(key=lambda each: (each.place.name_en, each.is_former(today), each.id))
    if wanted.state is ContactState.ENDING:
        found.sort(key=lambda each: each.until.latest() if each.until else date.max)
    return ContactList(found, today)


@requires(Action.READ)
async def list_alumni(desk: Desk, caller: Caller, *, in_office: bool = False) -> ContactList:
    """Alumni of exchange programmes that the caller may see; `in_office` those who hold a post now."""
    today = caller.today(desk)
    async with desk.database.read() as session:
        everybody = await all_contacts(session, caller.viewer)
    found = [
        each
        for each in everybody
        if each.role is ContactRole.ALUMNUS
        and not (in_office and (each.is_former(today) or not (each.post or each.post_zh)))
    ]
    found.sort(key=lambda each: (each.place.name_en, each.id))
    return ContactList(found, today)


@requires(Action.READ)
async def complete_contacts(desk: Desk, caller: Caller, typed: str) -> list[Contact]:
    """Up to 25 contacts that fit what was typed so far: in a name, a post, a place or the number."""
    wanted, today = fold(clean(typed)), caller.today(desk)
    async with desk.database.read() as session:
        everybody = await all_contacts(session, caller.viewer)
    own = caller.office.id if caller.office else None
    fitting = [each for each in everybody if wanted in fold(_described(each))]
    fitting.sort(key=lambda each: (each.office_id != own, each.is_former(today), -each.id))
    return fitting[:SUGGESTED]


def _described(person: Contact) -> str:
    known = (person.name, person.name_zh, person.post, person.post_zh, person.organisation)
    names = (person.place.name_en, person.place.name_zh)
    return " · ".join(part for part in (person.record, *known, *names) if part)
