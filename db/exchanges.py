"""Reading and writing exchanges. Every query sees through `db.scope.visible`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, case, func, insert, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased, selectinload

from bot.domain.access import Scope, Viewer
from bot.domain.audit import RecordKind
from bot.domain.dates import PartialDate
from bot.domain.exchange_particulars import ExchangeParticulars, ExchangeParts
from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeLevel, ExchangeStatus, LastContact, Mode
from db.exchange_parts import EXCHANGE_PART_KINDS, TEXT_LISTS, read_exchange_parts
from db.numbers import hold_numbers, number_records
from db.parts import add_kind, add_parts, read_parts, text_lengths
from db.places import to_place
from db.scope import visible
from db.tables import ExchangePlaceRow, ExchangeRow


@dataclass(frozen=True, slots=True)
class NewExchange(ExchangeParticulars, ExchangeParts):
    """An exchange to be stored; `places` are ids, of which the first `home_places` are the near side.

    `paired_with` is the number of the exhibition that one goes with.
    `request_id` makes storing it twice impossible.
    """

    kind: ExchangeKind
    status: ExchangeStatus
    date: PartialDate
    title: str
    places: tuple[int, ...]
    mode: Mode | None = None
    level: ExchangeLevel | None = None
    end_date: PartialDate | None = None
    starts_at: datetime | None = None
    title_zh: str | None = None
    topic: str | None = None
    summary: str | None = None
    people: int | None = None
    note: str | None = None
    home_places: int = 1
    paired_with: int | None = None
    sources: tuple[str, ...] = ()
    scope: Scope = Scope.SHARED
    office_id: int | None = None
    request_id: str | None = None
    number: int | None = None


PARTICULARS = tuple(field.name for field in fields(ExchangeParticulars))
_CONTENT = (
    "kind", "status", "date", "title", "mode", "level", "end_date", "starts_at", "title_zh", "topic",
    "summary", "people", "note", "scope", "office_id", "home_places", "paired_with", *PARTICULARS,
)  # fmt: skip
COLUMNS = (*_CONTENT, "request_id")
"""The columns of an exchange, beside its number and its version."""


def exchange_lengths() -> Mapping[str, int]:
    """The most characters that the texts of an exchange hold, where they have a limit."""
    return text_lengths(ExchangeRow, COLUMNS)


def _loaded(query: Select[ExchangeRow]) -> Select[ExchangeRow]:
    return query.options(
        selectinload(ExchangeRow.places).selectinload(ExchangePlaceRow.place),
        selectinload(ExchangeRow.sources),
        selectinload(ExchangeRow.topics),
    )


def _to_exchange(row: ExchangeRow) -> Exchange:
    return Exchange(
        id=row.id,
        kind=row.kind,
        mode=row.mode,
        status=row.status,
        level=row.level,
        date=row.date,
        end_date=row.end_date,
        starts_at=row.starts_at,
        title=row.title,
        title_zh=row.title_zh,
        topic=row.topic,
        summary=row.summary,
        people=row.people,
        places=tuple(to_place(party.place) for party in row.places),
        home_places=row.home_places,
        topics=tuple(topic.text for topic in row.topics),
        sources=tuple(source.text for source in row.sources),
        note=row.note,
        scope=row.scope,
        office_id=row.office_id,
        version=row.version,
        **{name: getattr(row, name) for name in PARTICULARS},
    )


async def insert_exchanges(session: AsyncSession, exchanges: Sequence[NewExchange]) -> list[int]:
    """Store exchanges and return their record numbers, in order.

    One may be paired with another of the same call: they are linked when all are there.
    """
    if not exchanges:
        return []
    numbers = await number_records(session, RecordKind.EXCHANGE, [new.number for new in exchanges])
    pairs = list(zip(numbers, exchanges, strict=True))
    rows = [
        {"id": n, "version": 1, **{c: getattr(new, c) for c in COLUMNS}, "paired_with": None}
        for n, new in pairs
    ]
    await session.execute(insert(ExchangeRow), rows)
    await add_parts(
        session,
        ExchangePlaceRow.exchange_id,
        [(number, 0, [{"place_id": place_id} for place_id in new.places]) for number, new in pairs],
    )
    for name, owner in TEXT_LISTS.items():
        await _add_texts(session, owner, [(number, 0, getattr(new, name)) for number, new in pairs])
    for name, kind in EXCHANGE_PART_KINDS.items():
        await add_kind(session, kind, [(number, getattr(new, name)) for number, new in pairs])
    await pair_exchanges(session, [(n, new.paired_with) for n, new in pairs if new.paired_with is not None])
    return numbers


async def pair_exchanges(session: AsyncSession, pairs: Iterable[tuple[int, int]]) -> None:
    """Let exchanges be paired: (record number, number of the one it goes with)."""
    table = cast("Table", ExchangeRow.__table__)
    for number, other in pairs:
        await session.execute(update(table).where(table.c.id == number).values(paired_with=other))


async def exchange(session: AsyncSession, viewer: Viewer, number: int) -> Exchange | None:
    query = select(ExchangeRow).where(ExchangeRow.id == number, visible(ExchangeRow, viewer))
    row = await session.scalar(_loaded(query))
    return _to_exchange(row) if row else None


async def exchanges_numbered(
    session: AsyncSession, viewer: Viewer, numbers: Sequence[int]
) -> dict[int, Exchange]:
    """Those of the exchanges with these numbers that the viewer may see, by number."""
    query = select(ExchangeRow).where(ExchangeRow.id.in_(numbers), visible(ExchangeRow, viewer))
    return {row.id: _to_exchange(row) for row in await session.scalars(_loaded(query))}


async def exchange_of_request(session: AsyncSession, request_id: str) -> int | None:
    """The record that this request has made already, if it has; a second one with the same id waits for the first."""
    await hold_numbers(session, RecordKind.EXCHANGE)
    found: int | None = await session.scalar(
        select(ExchangeRow.id).where(ExchangeRow.request_id == request_id)
    )
    return found


async def pair_of(session: AsyncSession, viewer: Viewer, number: int) -> int | None:
    """The exchange that goes with this one, whichever of the two says so; None where the viewer may not see it.

    An office that cannot see a pair may make another one: of several, it is the one that this exchange names itself,
    else the one that was recorded first.
    """
    own = select(ExchangeRow.paired_with).where(ExchangeRow.id == number).scalar_subquery()
    query = (
        select(ExchangeRow.id)
        .where(or_(ExchangeRow.id == own, ExchangeRow.paired_with == number), visible(ExchangeRow, viewer))
        .order_by(case((ExchangeRow.id == own, 0), else_=1), ExchangeRow.id)
        .limit(1)
    )
    found: int | None = await session.scalar(query)
    return found


async def paired_numbers(session: AsyncSession, viewer: Viewer) -> frozenset[int]:
    """The exchanges that go with another, as far as the viewer may see both."""
    query = select(ExchangeRow.id, ExchangeRow.paired_with).where(ExchangeRow.paired_with.is_not(None))
    told = await session.execute(query.where(visible(ExchangeRow, viewer)))
    pairs: list[tuple[int, int]] = [(one, other) for one, other in told if other is not None]
    others = [other for _, other in pairs]
    seen = select(ExchangeRow.id).where(ExchangeRow.id.in_(others), visible(ExchangeRow, viewer))
    known = set(await session.scalars(seen))
    return frozenset(number for pair in pairs if pair[1] in known for number in pair)


async def exchanges_among(
    session: AsyncSession, viewer: Viewer, chosen: ColumnElement[bool], limit: int | None = None
) -> list[Exchange]:
    """Those of the chosen exchanges that the viewer may see, newest first; without a limit all of them."""
    query = select(ExchangeRow).where(chosen, visible(ExchangeRow, viewer))
    ordered = query.order_by(ExchangeRow.date.desc(), ExchangeRow.id.desc()).limit(limit)
    return [_to_exchange(row) for row in await session.scalars(_loaded(ordered))]


async def all_exchanges(session: AsyncSession, viewer: Viewer) -> list[Exchange]:
    """Every visible exchange, in order of record number."""
    query = select(ExchangeRow).where(visible(ExchangeRow, viewer)).order_by(ExchangeRow.id)
    return [_to_exchange(row) for row in await session.scalars(_loaded(query))]


async def exchanges_between(
    session: AsyncSession,
    viewer: Viewer,
    own_ids: Sequence[int],
    partner_ids: Sequence[int],
    limit: int | None,
) -> list[Exchange]:
    """The newest exchanges that have a place of either side, newest first; without a limit all of them."""
    own, theirs = aliased(ExchangePlaceRow), aliased(ExchangePlaceRow)
    query = (
        select(ExchangeRow)
        .where(
            ExchangeRow.id.in_(select(own.exchange_id).where(own.place_id.in_(own_ids))),
            ExchangeRow.id.in_(select(theirs.exchange_id).where(theirs.place_id.in_(partner_ids))),
            visible(ExchangeRow, viewer),
        )
        .order_by(ExchangeRow.date.desc(), ExchangeRow.id.desc())
        .limit(limit)
    )
    return [_to_exchange(row) for row in await session.scalars(_loaded(query))]


async def exchanges_of(
    session: AsyncSession, viewer: Viewer, own_ids: Sequence[int], partner_ids: Sequence[int] | None
) -> list[Exchange]:
    """Every exchange in which one of the places stands, and one of the partners where these are given; newest first."""
    chosen = [visible(ExchangeRow, viewer)]
    for ids in (own_ids, partner_ids):
        if ids is not None:
            places = aliased(ExchangePlaceRow)
            chosen.append(ExchangeRow.id.in_(select(places.exchange_id).where(places.place_id.in_(ids))))
    query = select(ExchangeRow).where(*chosen).order_by(ExchangeRow.date.desc(), ExchangeRow.id.desc())
    return [_to_exchange(row) for row in await session.scalars(_loaded(query))]


async def planned_exchanges(
    session: AsyncSession, viewer: Viewer, own_ids: Sequence[int], office_id: int
) -> list[Exchange]:
    """The visible exchanges that are planned, of these places or kept by the office, in order of record number."""
    own = select(ExchangePlaceRow.exchange_id).where(ExchangePlaceRow.place_id.in_(own_ids))
    query = (
        select(ExchangeRow)
        .where(
            ExchangeRow.status == ExchangeStatus.PLANNED,
            or_(ExchangeRow.id.in_(own), ExchangeRow.office_id == office_id),
            visible(ExchangeRow, viewer),
        )
        .order_by(ExchangeRow.id)
    )
    return [_to_exchange(row) for row in await session.scalars(_loaded(query))]


async def all_planned(session: AsyncSession, viewer: Viewer) -> list[Exchange]:
    """Every visible exchange that is planned, soonest first, whether or not its day is over."""
    query = (
        select(ExchangeRow)
        .where(ExchangeRow.status == ExchangeStatus.PLANNED, visible(ExchangeRow, viewer))
        .order_by(ExchangeRow.date, ExchangeRow.id)
    )
    return [_to_exchange(row) for row in await session.scalars(_loaded(query))]


async def last_contacts(
    session: AsyncSession, viewer: Viewer, own_ids: Sequence[int]
) -> dict[int, LastContact]:
    """The newest held exchange of each place with any of `own_ids`, by place id.

    Its date is the day it ended. Partial dates are read as their last day (design §3, reading 6); planned and
    cancelled exchanges are no contact. Of two on one day it is the one that was recorded last.
    """
    own, theirs = aliased(ExchangePlaceRow), aliased(ExchangePlaceRow)
    rows = await session.execute(
        select(
            theirs.place_id,
            ExchangeRow.id,
            func.coalesce(ExchangeRow.end_date, ExchangeRow.date),
            ExchangeRow.scope,
        )
        .join(ExchangeRow, ExchangeRow.id == theirs.exchange_id)
        .where(
            ExchangeRow.id.in_(select(own.exchange_id).where(own.place_id.in_(own_ids))),
            theirs.place_id.not_in(own_ids),
            ExchangeRow.status == ExchangeStatus.HELD,
            visible(ExchangeRow, viewer),
        )
        .order_by(ExchangeRow.id.desc())
    )
    newest: dict[int, LastContact] = {}
    for place_id, number, date, scope in rows:
        known = newest.get(place_id)
        if known is None or (date.latest(), date) > (known.date.latest(), known.date):
            newest[place_id] = LastContact(number, date, scope)
    return newest


async def stored_exchanges(session: AsyncSession, viewer: Viewer | None) -> list[NewExchange]:
    """Every exchange that the viewer may see as it would be stored anew, in order of record number.

    Without a viewer all are read, hidden ones too: for an import, which must not hand out a number twice.
    """
    return await stored_exchanges_where(session, visible(ExchangeRow, viewer) if viewer else true(), viewer)


async def stored_exchanges_where(
    session: AsyncSession, chosen: ColumnElement[bool], viewer: Viewer | None = None
) -> list[NewExchange]:
    """The chosen exchanges as they would be stored anew, in order of record number; with the lessons that the viewer
    may see, or without one with all."""
    ids = select(ExchangeRow.id).where(chosen)
    places = await read_parts(session, ExchangePlaceRow.exchange_id, ids, ExchangePlaceRow.place_id)
    texts = {
        name: await read_parts(session, owner, ids, owner.class_.text) for name, owner in TEXT_LISTS.items()
    }
    parts = await read_exchange_parts(session, viewer, ids)
    table = ExchangeRow.__table__.c
    query = select(ExchangeRow.id, *(table[name] for name in _CONTENT)).where(chosen).order_by(ExchangeRow.id)
    found = []
    for number, *values in await session.execute(query):
        told: dict[str, Any] = {name: of_kind.get(number, ()) for name, of_kind in parts.items()}
        told |= {name: tuple(text for (text,) in of.get(number, ())) for name, of in texts.items()}
        told |= zip(_CONTENT, values, strict=True)
        where = tuple(place_id for (place_id,) in places.get(number, ()))
        found.append(NewExchange(number=number, places=where, **told))
    return found


async def add_exchange_sources(
    session: AsyncSession, added: Iterable[tuple[int, int, Sequence[str]]]
) -> None:
    """Add sources to exchanges: (record number, position of the first new one, texts)."""
    await _add_texts(session, TEXT_LISTS["sources"], added)


async def _add_texts(
    session: AsyncSession,
    owner: InstrumentedAttribute[int],
    added: Iterable[tuple[int, int, Sequence[str]]],
) -> None:
    rows = [(number, start, [{"text": text} for text in texts]) for number, start, texts in added]
    await add_parts(session, owner, rows)
