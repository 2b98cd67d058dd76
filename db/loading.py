"""Loading a backup into a database that holds nothing yet, at the backup's own revision, and bringing it up to date."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Table, and_, bindparam, delete, func, insert, select, text, update
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import BadInput
from db.archive import Archive
from db.backup import ROWS_AT_A_TIME
from db.engine import reason_of
from db.faults import names_values
from db.schema import known
from db.shapes import Shape, from_json, migrate_to, shapes_at
from db.tables import RecordNumberRow, WatermarkRow
from db.tables.records import RECORD_TABLES
from db.watermarks import Watermark, uncounted

OF_PROCESSES = ("workers", "shards")
"""What running processes note about themselves: true of the moment of the backup, and of no later one."""

Values = dict[str, Any]


def require_fitting(archive: Archive) -> None:
    """See that a backup has the tables and columns of a revision that this program knows.

    Raises `BadInput`: `backup.too_new`, `backup.damaged`.
    """
    if not known(archive.manifest.revision):
        raise BadInput("backup.too_new", file=str(archive.path))
    shapes = {shape.name: set(shape.columns) for shape in shapes_at(archive.manifest.revision)}
    found = {name: set(table.columns) for name, table in archive.manifest.tables.items()}
    if found != shapes:
        raise BadInput("backup.damaged", file=str(archive.path))


async def load(session: AsyncSession, archive: Archive) -> None:
    """Make the tables, fill them from the backup, and upgrade them, within the session's transaction.

    Whatever hands out numbers goes on after those that are there.

    Raises `BadInput`: what `Archive.rows` and `require_fitting` raise, `backup.does_not_fit` where the engine
    refuses a row.
    """
    require_fitting(archive)
    connection = await session.connection()
    await connection.run_sync(migrate_to, archive.manifest.revision)
    shapes = shapes_at(archive.manifest.revision)
    for shape in reversed(shapes):  # what the migrations put in
        await session.execute(delete(shape.table))
    for shape in shapes:
        try:
            await _fill(session, archive, shape)
        except DBAPIError as error:
            if not (names_values(error) or isinstance(error, IntegrityError | DataError)):
                raise
            raise BadInput("backup.does_not_fit", table=shape.name, reason=_reason(error)) from None
    if connection.dialect.name == "postgresql":
        await _set_counting(session, shapes)
    await connection.run_sync(migrate_to, "head")
    await _mend_counters(session)
    uncounted(session)


def _reason(error: DBAPIError) -> str:
    """Why the engine refuses a row, without what is in it."""
    return str(getattr(error.orig, "sqlstate", "")) if names_values(error) else reason_of(error)


async def _fill(session: AsyncSession, archive: Archive, shape: Shape) -> None:
    if shape.name in OF_PROCESSES:
        return
    table = shape.table
    without = set(shape.own_references)
    for rows in _parts(_rows(archive, shape)):
        plain = [{name: value for name, value in row.items() if name not in without} for row in rows]
        await session.execute(insert(table), plain)
    if without:  # only now is every row there that another one may point to
        await _point(session, archive, shape, table)


async def _point(session: AsyncSession, archive: Archive, shape: Shape, table: Table) -> None:
    pointing = (row for row in _rows(archive, shape) if any(row[name] for name in shape.own_references))
    change = (
        update(table)
        .where(and_(*(table.c[name] == bindparam(f"its_{name}") for name in shape.key)))
        .values({name: bindparam(f"to_{name}") for name in shape.own_references})
    )
    connection = await session.connection()
    for rows in _parts(pointing):
        await connection.execute(
            change,
            [
                {f"its_{name}": row[name] for name in shape.key}
                | {f"to_{name}": row[name] for name in shape.own_references}
                for row in rows
            ],
        )


def _rows(archive: Archive, shape: Shape) -> Iterator[Values]:
    columns = archive.manifest.tables[shape.name].columns
    for row in archive.rows(shape.name):
        try:
            yield {
                name: from_json(shape.columns[name], value) for name, value in zip(columns, row, strict=True)
            }
        except (ValueError, TypeError):
            raise BadInput("backup.damaged", file=str(archive.path)) from None


def _parts(rows: Iterator[Values]) -> Iterator[list[Values]]:
    while part := list(islice(rows, ROWS_AT_A_TIME)):
        yield part


async def _set_counting(session: AsyncSession, shapes: Sequence[Shape]) -> None:
    """Let PostgreSQL number the next rows after those that are there."""
    for shape in shapes:
        if shape.counted is None:
            continue
        column = shape.table.c[shape.counted]
        highest = await session.scalar(select(func.max(column)))
        await session.execute(
            text("SELECT setval(pg_get_serial_sequence(:table, :column), :value, :used)"),
            {
                "table": shape.name,
                "column": column.name,
                "value": highest or 1,
                "used": highest is not None,
            },
        )


async def _mend_counters(session: AsyncSession) -> None:
    """Let nothing hand out a record number that is taken, even where the backup's own counters were wrong."""
    for table in RECORD_TABLES.values():
        counter = RecordNumberRow.name == table.counter
        highest = await session.scalar(select(func.max(table.rows.id))) or 0
        last = await session.scalar(select(RecordNumberRow.last).where(counter))
        if last is None:
            await session.execute(insert(RecordNumberRow).values(name=table.counter, last=highest))
        elif last < highest:
            await session.execute(update(RecordNumberRow).where(counter).values(last=highest))
    there = set(await session.scalars(select(WatermarkRow.name)))
    missing = [{"name": watermark.value, "version": 1} for watermark in Watermark if watermark not in there]
    if missing:
        await session.execute(insert(WatermarkRow), missing)
