"""The contents of what carries record numbers: one entry for each kind, by which records are written and read whole."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.domain.audit import RecordKind
from db import contacts, exchanges, partnerships
from db.act_parts import HISTORY, PART_KINDS
from db.contacts import NewContact, insert_contacts, stored_contacts_where
from db.exchange_parts import EXCHANGE_PART_KINDS, TEXT_LISTS
from db.exchanges import NewExchange, insert_exchanges, stored_exchanges_where
from db.partnerships import NewPartnership, insert_partnerships, stored_partnerships_where
from db.tables import (
    ContactRow,
    ContactSourceRow,
    ExchangePlaceRow,
    ExchangeRow,
    PartnershipRow,
    PartnershipSourceRow,
    PartyRow,
)
from db.tables.records import RECORD_TABLES, RecordRows

Content = NewExchange | NewPartnership | NewContact
"""A record in full, as it would be stored anew. All have a `number`, a `scope`, an `office_id` and a `request_id`."""

Parts = Sequence[tuple[InstrumentedAttribute[int], list[dict[str, Any]]]]
"""What stands in tables of its own: (the column with the record number, the rows in order)."""

Stored = Callable[[AsyncSession, ColumnElement[bool]], Awaitable[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class ContentKind:
    """What a kind of record is made of.

    `columns` are those that a change sets, and `parts` gives what stands in tables of its own. `insert` stores records
    that are not there, `stored` reads them as they would be stored anew. `places` are the ids of those that stand in
    a record.
    """

    content: type[Any]
    columns: Sequence[str]
    parts: Callable[[Any], Parts]
    insert: Callable[[AsyncSession, Sequence[Any]], Awaitable[list[int]]]
    stored: Stored
    places: Callable[[Any], tuple[int, ...]]


def _sources(owner: InstrumentedAttribute[int], content: Content) -> Parts:
    return ((owner, [{"text": text} for text in content.sources]),)


def _places(owner: InstrumentedAttribute[int], place_ids: Sequence[int]) -> Parts:
    return ((owner, [{"place_id": place_id} for place_id in place_ids]),)


def _act_parts(act: NewPartnership) -> Parts:
    kinds = {"history": HISTORY, **PART_KINDS}
    return (
        *_places(PartyRow.partnership_id, act.parties),
        *_sources(PartnershipSourceRow.partnership_id, act),
        *((kind.owner, [kind.row(part) for part in getattr(act, name)]) for name, kind in kinds.items()),
    )


def _exchange_parts(exchange: NewExchange) -> Parts:
    return (
        *_places(ExchangePlaceRow.exchange_id, exchange.places),
        *(
            (owner, [{"text": text} for text in getattr(exchange, name)])
            for name, owner in TEXT_LISTS.items()
        ),
        *(
            (kind.owner, [kind.row(part) for part in getattr(exchange, name)])
            for name, kind in EXCHANGE_PART_KINDS.items()
        ),
    )


def _with_requests(rows: RecordRows, read: Stored) -> Stored:
    """Reads records with the requests that made them, which are nobody else's business and so stand apart."""

    async def stored(session: AsyncSession, chosen: ColumnElement[bool]) -> Sequence[Any]:
        requests = await session.execute(select(rows.id, rows.request_id).where(chosen))
        made_by = {number: request for number, request in requests}
        found = await read(session, chosen)
        return [replace(each, request_id=made_by[each.number]) for each in found if each.number in made_by]

    return stored


RECORD_KINDS: Mapping[RecordKind, ContentKind] = {
    RecordKind.PARTNERSHIP: ContentKind(
        NewPartnership,
        ("status", "request_id", *partnerships.CONTENT),
        _act_parts,
        insert_partnerships,
        _with_requests(PartnershipRow, stored_partnerships_where),
        lambda act: act.parties,
    ),
    RecordKind.EXCHANGE: ContentKind(
        NewExchange,
        exchanges.COLUMNS,
        _exchange_parts,
        insert_exchanges,
        _with_requests(ExchangeRow, stored_exchanges_where),
        lambda exchange: exchange.places,
    ),
    RecordKind.CONTACT: ContentKind(
        NewContact,
        ("request_id", *contacts.CONTENT),
        lambda contact: _sources(ContactSourceRow.contact_id, contact),
        insert_contacts,
        _with_requests(ContactRow, stored_contacts_where),
        lambda contact: (contact.place_id,),
    ),
}

_KIND_OF = {each.content: kind for kind, each in RECORD_KINDS.items()}


def kind_of(content: Content) -> RecordKind:
    return _KIND_OF[type(content)]


def place_ids(content: Content) -> tuple[int, ...]:
    """The ids of the places that stand in a record."""
    return RECORD_KINDS[kind_of(content)].places(content)


def later_field(kind: RecordKind) -> str | None:
    """The field with the number of the record that came in the place of another, if the kind has one."""
    later = RECORD_TABLES[kind].later
    return later.key if later is not None else None


def later_of(content: Content) -> int | None:
    """The number of the record of the same kind that came in the place of this one."""
    field = later_field(kind_of(content))
    return getattr(content, field) if field else None


def without_later(content: Content) -> Content:
    """The record without what says which one came in its place, where it can say so."""
    field = later_field(kind_of(content))
    return cast("Content", replace(cast(Any, content), **{field: None})) if field else content


def without_request(content: Content) -> Content:
    """The record, whoever's request made it."""
    return replace(content, request_id=None)


def with_request_of(content: Content, other: Content) -> Content:
    """The record with the request that made the other."""
    return replace(content, request_id=other.request_id)
