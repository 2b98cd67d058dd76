"""The contents of what carries record numbers: one entry for each kind, by which records are written and read whole."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.domain.audit import Record, RecordKind, find_record
from db import contacts, exchanges, partnerships, pressure
from db.act_parts import HISTORY, PART_KINDS
from db.contacts import NewContact, insert_contacts, stored_contacts_where
from db.exchange_parts import EXCHANGE_PART_KINDS, TEXT_LISTS
from db.exchanges import NewExchange, insert_exchanges, stored_exchanges_where
from db.partnerships import NewPartnership, insert_partnerships, stored_partnerships_where
from db.pressure import NewNote, insert_notes, stored_notes_where
from db.tables import (
    ContactRow,
    ContactSourceRow,
    ExchangePlaceRow,
    ExchangeRow,
    PartnershipRow,
    PartnershipSourceRow,
    PartyRow,
    PressureNoteRow,
    PressurePlaceRow,
    PressureSourceRow,
)
from db.tables.records import RECORD_TABLES, RecordRows

Content = NewExchange | NewPartnership | NewContact | NewNote
"""A record in full, as it would be stored anew. All have a `number`, a `scope`, an `office_id` and a `request_id`."""

Parts = Sequence[tuple[InstrumentedAttribute[int], list[dict[str, Any]]]]
"""What stands in tables of its own: (the column with the record number, the rows in order)."""

Stored = Callable[[AsyncSession, ColumnElement[bool]], Awaitable[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class ContentKind:
    """What a kind of record is made of.

    `columns` are those that a change sets, and `parts` gives what stands in tables of its own. `insert` stores records
    that are not there, `stored` reads them as they would be stored anew. `places` are the ids of those that stand in
    a record. `numbers` are the fields with the number of another record, of that kind, and
    `texts` those with words that may be one (`P26`).
    """

    content: type[Any]
    columns: Sequence[str]
    parts: Callable[[Any], Parts]
    insert: Callable[[AsyncSession, Sequence[Any]], Awaitable[list[int]]]
    stored: Stored
    places: Callable[[Any], tuple[int, ...]]
    numbers: Mapping[str, RecordKind] = field(default_factory=dict)
    texts: Sequence[str] = ()


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


def _note_parts(note: NewNote) -> Parts:
    return (*_places(PressurePlaceRow.note_id, note.places), *_sources(PressureSourceRow.note_id, note))


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
        {"superseded_by": RecordKind.PARTNERSHIP},
    ),
    RecordKind.EXCHANGE: ContentKind(
        NewExchange,
        exchanges.COLUMNS,
        _exchange_parts,
        insert_exchanges,
        _with_requests(ExchangeRow, stored_exchanges_where),
        lambda exchange: exchange.places,
        {"paired_with": RecordKind.EXCHANGE},
    ),
    RecordKind.CONTACT: ContentKind(
        NewContact,
        ("request_id", *contacts.CONTENT),
        lambda contact: _sources(ContactSourceRow.contact_id, contact),
        insert_contacts,
        _with_requests(ContactRow, stored_contacts_where),
        lambda contact: (contact.place_id,),
        {"replaced_by": RecordKind.CONTACT},
    ),
    RecordKind.PRESSURE: ContentKind(
        NewNote,
        ("request_id", *pressure.CONTENT),
        _note_parts,
        insert_notes,
        _with_requests(PressureNoteRow, stored_notes_where),
        lambda note: note.places,
        {"act": RecordKind.PARTNERSHIP},
        ("trigger",),
    ),
}

_KIND_OF = {each.content: kind for kind, each in RECORD_KINDS.items()}


def kind_of(content: Content) -> RecordKind:
    return _KIND_OF[type(content)]


def place_ids(content: Content) -> tuple[int, ...]:
    """The ids of the places that stand in a record."""
    return RECORD_KINDS[kind_of(content)].places(content)


def later_of(content: Content) -> int | None:
    """The number of the record of the same kind that came in the place of this one."""
    later = RECORD_TABLES[kind_of(content)].later
    return getattr(content, later.key) if later is not None else None


NUMBER_FIELDS: Mapping[str, RecordKind] = {
    name: kind for each in RECORD_KINDS.values() for name, kind in each.numbers.items()
}
"""The fields with the number of another record, and of which kind that is."""


def _links(content: Content) -> dict[str, Record]:
    """The records that stand in this one, by the field that has them."""
    kind = RECORD_KINDS[kind_of(content)]
    numbered = {name: (of, getattr(content, name)) for name, of in kind.numbers.items()}
    links = {name: Record(of, number) for name, (of, number) in numbered.items() if number is not None}
    named = {name: find_record(getattr(content, name) or "") for name in kind.texts}
    return links | {name: record for name, record in named.items() if record is not None}


def records_named(content: Content) -> set[Record]:
    """The records that this one names: what came in its place, what it is about, what set it off."""
    return set(_links(content).values())


def without_naming(content: Content, hidden: Collection[Record]) -> Content:
    """The record as it is told to somebody who may not know of these other ones."""
    emptied = {name: None for name, record in _links(content).items() if record in hidden}
    return cast("Content", replace(cast(Any, content), **emptied)) if emptied else content


def without_request(content: Content) -> Content:
    """The record, whoever's request made it."""
    return replace(content, request_id=None)


def with_request_of(content: Content, other: Content) -> Content:
    """The record with the request that made the other."""
    return replace(content, request_id=other.request_id)
