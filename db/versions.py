"""Changing whole records by version: nothing is written over what the writer has not seen.

A record is held, changed as a whole, and counted on. Nothing here asks who may: that is the services' part.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from sqlalchemy import Select, Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.audit import Record, RecordKind
from db.exchanges import NewExchange, insert_exchanges, stored_exchanges_where
from db.partnerships import NewPartnership, insert_partnerships, stored_partnerships_where
from db.tables import (
    ExchangePlaceRow,
    ExchangeRow,
    ExchangeSourceRow,
    PartnershipRow,
    PartnershipSourceRow,
    PartyRow,
    StatusRow,
)

Content = NewExchange | NewPartnership


@dataclass(frozen=True, slots=True)
class Held:
    """A record as it stands, in full, with its version."""

    content: Content
    version: int


_ROWS: dict[RecordKind, type[ExchangeRow] | type[PartnershipRow]] = {
    RecordKind.EXCHANGE: ExchangeRow,
    RecordKind.PARTNERSHIP: PartnershipRow,
}
_EXCHANGE_COLUMNS = (
    "kind", "status", "date", "title", "mode", "level", "end_date", "starts_at", "title_zh", "topic",
    "summary", "people", "note", "scope", "office_id", "request_id",
)  # fmt: skip
_PARTNERSHIP_COLUMNS = (
    "kind", "status", "signed", "named", "superseded_by", "note", "as_of", "scope", "office_id",
    "cadence_months",
)  # fmt: skip
_STEP = ("status", "since", "reason", "by_whom")


def _table(record: Record) -> Table:
    # The table, not the class: the mapper would count the version on by itself, and look for the row first.
    return cast("Table", _ROWS[record.kind].__table__)


async def hold(session: AsyncSession, record: Record) -> Held | None:
    """The record, kept from every other writer until the transaction ends; None where there is none.

    SQLite has one writer at a time anyway, and knows no `FOR UPDATE`.
    """
    return await _held(session, record, _version(record).with_for_update())


async def find(session: AsyncSession, record: Record) -> Held | None:
    """The record as it stands, for reading; None where there is none.

    Where somebody changes it between the two looks that this takes, the version is the earlier one: what is written
    with it is refused, and nothing is lost.
    """
    return await _held(session, record, _version(record))


def _version(record: Record) -> Select[int]:
    table = _table(record)
    return select(table.c.version).where(table.c.id == record.number)


async def _held(session: AsyncSession, record: Record, query: Select[int]) -> Held | None:
    version = await session.scalar(query)
    content = await _content(session, record) if version is not None else None
    return Held(content, version) if content is not None and version is not None else None


async def _content(session: AsyncSession, record: Record) -> Content | None:
    if record.kind is RecordKind.PARTNERSHIP:
        acts = await stored_partnerships_where(session, PartnershipRow.id == record.number)
        return acts[0] if acts else None
    exchanges = await stored_exchanges_where(session, ExchangeRow.id == record.number)
    request = select(ExchangeRow.request_id).where(ExchangeRow.id == record.number)
    return replace(exchanges[0], request_id=await session.scalar(request)) if exchanges else None


async def rewrite(session: AsyncSession, record: Record, version: int, content: Content) -> bool:
    """Store the record anew over its `version`, as the next one; False, and nothing done, where it has another."""
    table = _table(record)
    done = await session.execute(
        update(table)
        .where(table.c.id == record.number, table.c.version == version)
        .values(version=version + 1, **_columns(content))
    )
    if cast(Any, done).rowcount != 1:
        return False
    for part, key, rows in _parts(content):
        number = {key: record.number}
        await session.execute(delete(part).where(cast("Table", part.__table__).c[key] == record.number))
        if rows:
            numbered = [{**number, "position": position, **row} for position, row in enumerate(rows)]
            await session.execute(insert(part), numbered)
    return True


async def remove(session: AsyncSession, record: Record, version: int) -> bool:
    """Delete the record with all of its parts; False, and nothing done, where it has another version.

    Its number is never given again.
    """
    table = _table(record)
    done = await session.execute(delete(table).where(table.c.id == record.number, table.c.version == version))
    return bool(cast(Any, done).rowcount == 1)


async def add(session: AsyncSession, content: Content, version: int = 1) -> int:
    """Store a record that is not there, under its `number` or the next one; returns the number.

    A record that comes back goes on counting its versions, so that a form from before is noticed. Where its request
    has made another record since, that one keeps it.
    """
    if isinstance(content, NewPartnership):
        (number,) = await insert_partnerships(session, [content])
        record = Record(RecordKind.PARTNERSHIP, number)
    else:
        (number,) = await insert_exchanges(session, [await _with_free_request(session, content)])
        record = Record(RecordKind.EXCHANGE, number)
    if version != 1:
        table = _table(record)
        await session.execute(update(table).where(table.c.id == number).values(version=version))
    return number


async def _with_free_request(session: AsyncSession, content: NewExchange) -> NewExchange:
    taken = select(ExchangeRow.id).where(ExchangeRow.request_id == content.request_id)
    if content.request_id is None or await session.scalar(taken) is None:
        return content
    return replace(content, request_id=None)


async def exists(session: AsyncSession, record: Record) -> bool:
    table = _table(record)
    return await session.scalar(select(table.c.id).where(table.c.id == record.number)) is not None


async def superseded_by(session: AsyncSession, record: Record) -> list[Record]:
    """The acts that point to this one as what replaced them."""
    if record.kind is not RecordKind.PARTNERSHIP:
        return []
    query = select(PartnershipRow.id).where(PartnershipRow.superseded_by == record.number)
    numbers = await session.scalars(query.order_by(PartnershipRow.id))
    return [Record(RecordKind.PARTNERSHIP, number) for number in numbers]


def _columns(content: Content) -> dict[str, Any]:
    names = _PARTNERSHIP_COLUMNS if isinstance(content, NewPartnership) else _EXCHANGE_COLUMNS
    return {name: getattr(content, name) for name in names}


def _parts(content: Content) -> Sequence[tuple[type[Any], str, list[dict[str, Any]]]]:
    """What stands in tables of its own: (table, its column with the record number, the rows in order)."""
    sources = [{"text": text} for text in content.sources]
    if isinstance(content, NewPartnership):
        parties = [{"place_id": place_id} for place_id in content.parties]
        steps = [{name: getattr(step, name) for name in _STEP} for step in content.history]
        return (
            (PartyRow, "partnership_id", parties),
            (StatusRow, "partnership_id", steps),
            (PartnershipSourceRow, "partnership_id", sources),
        )
    places = [{"place_id": place_id} for place_id in content.places]
    return ((ExchangePlaceRow, "exchange_id", places), (ExchangeSourceRow, "exchange_id", sources))
