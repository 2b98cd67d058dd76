"""Reading and writing contacts. Every query sees through `db.scope.visible`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, Select, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.domain.access import Viewer
from bot.domain.audit import RecordKind
from bot.domain.contacts import Contact, Person
from db.numbers import hold_numbers, number_records
from db.parts import add_parts, read_parts
from db.places import to_place
from db.scope import visible
from db.tables import ContactRow, ContactSourceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact(Person):
    """A contact to be stored. `request_id` makes storing it twice impossible; `number` None takes the next one."""

    place_id: int
    request_id: str | None = None
    number: int | None = None


CONTENT = ("place_id", *(field.name for field in fields(Person) if field.name != "sources"))
"""The columns of a contact, beside its number, its version and the request that made it."""


async def _seen(session: AsyncSession, viewer: Viewer, query: Select[ContactRow]) -> list[Contact]:
    """The contacts that a query finds, as the viewer sees them: a successor that is hidden from them is not told."""
    loaded = query.options(selectinload(ContactRow.place), selectinload(ContactRow.sources))
    rows = list(await session.scalars(loaded.where(visible(ContactRow, viewer)).order_by(ContactRow.id)))
    later = {row.replaced_by for row in rows if row.replaced_by is not None}
    told = await _visible_numbers(session, viewer, later) if later else set()
    return [_to_contact(row, told) for row in rows]


async def _visible_numbers(session: AsyncSession, viewer: Viewer, numbers: Collection[int]) -> set[int]:
    known = select(ContactRow.id).where(ContactRow.id.in_(numbers), visible(ContactRow, viewer))
    return set(await session.scalars(known))


def _to_contact(row: ContactRow, told: Collection[int]) -> Contact:
    known = {name: getattr(row, name) for name in CONTENT if name not in ("place_id", "replaced_by")}
    return Contact(
        id=row.id,
        place=to_place(row.place),
        sources=tuple(source.text for source in row.sources),
        replaced_by=row.replaced_by if row.replaced_by in told else None,
        version=row.version,
        **known,
    )


async def contact(session: AsyncSession, viewer: Viewer, number: int) -> Contact | None:
    found = await _seen(session, viewer, select(ContactRow).where(ContactRow.id == number))
    return found[0] if found else None


async def all_contacts(session: AsyncSession, viewer: Viewer) -> list[Contact]:
    """Every visible contact, in order of record number."""
    return await _seen(session, viewer, select(ContactRow))


async def running_terms(session: AsyncSession, viewer: Viewer) -> list[Contact]:
    """The contacts of the viewer's own office who hold a post until a time that is known, and have not left."""
    return await _seen(
        session,
        viewer,
        select(ContactRow).where(
            ContactRow.office_id == viewer.office_id,
            ContactRow.until.is_not(None),
            ContactRow.has_left.is_(False),
            ContactRow.replaced_by.is_(None),
        ),
    )


async def who_came_before(session: AsyncSession, viewer: Viewer, number: int) -> list[Contact]:
    """Those of whom a contact is said to have taken the place, as far as the viewer may see."""
    return await _seen(session, viewer, select(ContactRow).where(ContactRow.replaced_by == number))


async def insert_contacts(session: AsyncSession, contacts: Sequence[NewContact]) -> list[int]:
    """Store contacts and return their record numbers, in order.

    One may name another of the same call as who came after: they are linked when all are there.
    """
    if not contacts:
        return []
    numbers = await number_records(session, RecordKind.CONTACT, [new.number for new in contacts])
    pairs = list(zip(numbers, contacts, strict=True))
    rows = [
        {
            "id": n,
            "version": 1,
            **{c: getattr(new, c) for c in CONTENT},
            "request_id": new.request_id,
            "replaced_by": None,
        }
        for n, new in pairs
    ]
    await session.execute(insert(ContactRow), rows)
    await add_parts(
        session,
        ContactSourceRow.contact_id,
        [(number, 0, [{"text": text} for text in new.sources]) for number, new in pairs],
    )
    for number, new in pairs:
        if new.replaced_by is not None:
            link = update(ContactRow.__table__).where(ContactRow.__table__.c.id == number)  # type: ignore[arg-type]
            await session.execute(link.values(replaced_by=new.replaced_by))
    return numbers


async def contact_of_request(session: AsyncSession, request_id: str) -> int | None:
    """The record that this request has made already, if it has; a second one with the same id waits for the first."""
    await hold_numbers(session, RecordKind.CONTACT)
    found: int | None = await session.scalar(select(ContactRow.id).where(ContactRow.request_id == request_id))
    return found


async def stored_contacts(session: AsyncSession, viewer: Viewer | None) -> list[NewContact]:
    """Every contact that the viewer may see as it would be stored anew, in order of record number.

    Without a viewer all are read, hidden ones too: for an import, which must not hand out a number twice.
    """
    return await stored_contacts_where(session, visible(ContactRow, viewer) if viewer else true())


async def stored_contacts_where(session: AsyncSession, chosen: ColumnElement[bool]) -> list[NewContact]:
    """The chosen contacts as they would be stored anew, in order of record number."""
    ids = select(ContactRow.id).where(chosen)
    sources = await read_parts(session, ContactSourceRow.contact_id, ids, ContactSourceRow.text)
    table = ContactRow.__table__.c
    query = select(ContactRow.id, *(table[name] for name in CONTENT)).where(chosen).order_by(ContactRow.id)
    return [
        NewContact(
            number=number,
            sources=tuple(text for (text,) in sources.get(number, ())),
            **dict(zip(CONTENT, values, strict=True)),
        )
        for number, *values in await session.execute(query)
    ]


async def contacts_at(session: AsyncSession, viewer: Viewer, place_ids: Collection[int]) -> list[Contact]:
    """The visible contacts of these places who have not left and of whom nobody has taken the post."""
    return await _seen(
        session,
        viewer,
        select(ContactRow).where(
            ContactRow.place_id.in_(place_ids),
            ContactRow.has_left.is_(False),
            ContactRow.replaced_by.is_(None),
        ),
    )
