"""Changing whole records by version: nothing is written over what the writer has not seen.

A record is held, changed as a whole, and counted on. Nothing here asks who may: that is the services' part.
"""

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Select, Table, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.audit import Record
from db.parts import replace_parts
from db.record_kinds import RECORD_KINDS, Content, kind_of, without_request
from db.tables.records import RECORD_TABLES


@dataclass(frozen=True, slots=True)
class Held:
    """A record as it stands, in full, with its version."""

    content: Content
    version: int


def _table(record: Record) -> Table:
    # The table, not the class: the mapper would count the version on by itself, and look for the row first.
    return cast("Table", RECORD_TABLES[record.kind].rows.__table__)


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
    rows = RECORD_TABLES[record.kind].rows
    found = await RECORD_KINDS[record.kind].stored(session, rows.id == record.number)
    return found[0] if found else None


async def rewrite(session: AsyncSession, record: Record, version: int, content: Content) -> bool:
    """Store the record anew over its `version`, as the next one; False, and nothing done, where it has another."""
    table, kind = _table(record), RECORD_KINDS[record.kind]
    done = await session.execute(
        update(table)
        .where(table.c.id == record.number, table.c.version == version)
        .values(version=version + 1, **{name: getattr(content, name) for name in kind.columns})
    )
    if cast(Any, done).rowcount != 1:
        return False
    for owner, rows in kind.parts(content):
        await replace_parts(session, owner, record.number, rows)
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
    kind = RECORD_KINDS[kind_of(content)]
    (number,) = await kind.insert(session, [await _with_free_request(session, content)])
    if version != 1:
        table = _table(Record(kind_of(content), number))
        await session.execute(update(table).where(table.c.id == number).values(version=version))
    return number


async def _with_free_request(session: AsyncSession, content: Content) -> Content:
    table = _table(Record(kind_of(content), 0))
    taken = select(table.c.id).where(table.c.request_id == content.request_id)
    if content.request_id is None or await session.scalar(taken) is None:
        return content
    return without_request(content)


async def exists(session: AsyncSession, record: Record) -> bool:
    table = _table(record)
    return await session.scalar(select(table.c.id).where(table.c.id == record.number)) is not None


async def superseded_by(session: AsyncSession, record: Record) -> list[Record]:
    """The records that point to this one as what came in their place."""
    table = RECORD_TABLES[record.kind]
    if table.later is None:
        return []
    query = select(table.rows.id).where(table.later == record.number).order_by(table.rows.id)
    return [Record(record.kind, number) for number in await session.scalars(query)]


async def later_ones(session: AsyncSession, record: Record) -> list[Record]:
    """What came in the place of a record, and in the place of that one; it ends before anything comes twice."""
    later, rows = RECORD_TABLES[record.kind].later, RECORD_TABLES[record.kind].rows
    found: list[Record] = []
    step: Record | None = record
    while later is not None and step is not None:
        number = await session.scalar(select(later).where(rows.id == step.number))
        step = Record(record.kind, number) if number is not None else None
        if step is None or step in (record, *found):
            break
        found.append(step)
    return found
