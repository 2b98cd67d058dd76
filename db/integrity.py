"""Whether a database is sound: its revision, its engine's own checks, its tables, and what no constraint can say."""

from collections.abc import AsyncIterator, Iterable
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, ForeignKey, String, cast, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import BadInput
from db.backup import is_damage, stored_rows
from db.engine import Database, reason_of
from db.schema import newest_revision
from db.shapes import shapes_at
from db.soundness import Trouble, registry_troubles
from db.tables import Base

MISSING = ("add_table", "add_column")
"""What would have to be done for tables and columns that are not there."""

NAMED_AT_MOST = 20
"""Rows of one kind of damage that are named one by one."""


async def troubles(database: Database) -> list[Trouble]:
    """Everything that is wrong with the database; an empty list for a sound one."""
    found: list[Trouble] = []
    try:
        async with database.read() as session:
            found = await troubles_in(session)
    except DBAPIError as error:  # of a damaged file, even ending the transaction may fail
        if not is_damage(error.orig):
            raise
        found = found or [Trouble("sqlite", {"line": reason_of(error)}, grave=True)]
    return found


async def troubles_in(session: AsyncSession) -> list[Trouble]:
    """What `troubles` finds, as this session sees the database."""
    connection = await session.connection()
    at = await connection.run_sync(lambda c: MigrationContext.configure(c).get_current_revision())
    if at != newest_revision():
        return [Trouble("revision", {"at": at or "–", "newest": newest_revision()})]
    is_sqlite = connection.dialect.name == "sqlite"
    found = [trouble async for trouble in (_broken_pages if is_sqlite else _orphans)(session)]
    altered = await connection.run_sync(_altered)
    found += [Trouble("altered", {"what": what}) for what in altered]
    # Whatever would only fail because of what is found already is left out from here on.
    if any(what.startswith(MISSING) for what in altered):
        return found
    if is_sqlite:
        found += [trouble async for trouble in _unreadable(session)]
    if any(trouble.grave for trouble in found):
        return found
    return [*found, *await registry_troubles(session)]


async def _broken_pages(session: AsyncSession) -> AsyncIterator[Trouble]:
    for (line,) in await session.execute(text(f"PRAGMA integrity_check({NAMED_AT_MOST})")):
        if line != "ok":
            yield Trouble("sqlite", {"line": line}, grave=True)
    keys = await session.execute(text("PRAGMA foreign_key_check"))
    for table, row, parent, _ in keys.fetchmany(NAMED_AT_MOST):
        yield Trouble("foreign_key", {"table": table, "row": str(row), "parent": parent}, grave=True)
    keys.close()


async def _unreadable(session: AsyncSession) -> AsyncIterator[Trouble]:
    """Tables with values that their columns should not hold, which SQLite lets whoever opens the file put there."""
    for shape in shapes_at(newest_revision()):
        try:
            async for _ in stored_rows(session, shape):
                pass
        except BadInput as bad:
            yield Trouble("bad_value", bad.values, grave=True)


async def _orphans(session: AsyncSession) -> AsyncIterator[Trouble]:
    """Rows that point to nothing, on PostgreSQL: its keys can be switched off while somebody loads rows by hand."""
    for table in Base.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
            for row in await session.scalars(_pointing_to_nothing(key)):
                values = {"table": table.name, "row": row, "parent": key.column.table.name}
                yield Trouble("foreign_key", values, grave=True)


def _pointing_to_nothing(key: ForeignKey) -> Any:
    parent = key.column.table.alias()
    row = func.concat_ws("/", *(cast(column, String) for column in key.parent.table.primary_key))
    return (
        select(row)
        .outerjoin(parent, parent.c[key.column.name] == key.parent)
        .where(key.parent.is_not(None), parent.c[key.column.name].is_(None))
        .order_by(*key.parent.table.primary_key)
        .limit(NAMED_AT_MOST)
    )


def _altered(connection: Connection) -> list[str]:
    """What somebody has changed on our tables by hand: what Alembic would have to do to set it right."""

    def ours(name: str | None, kind: str, _parents: Any) -> bool:
        return kind != "table" or name in Base.metadata.tables

    options = {"compare_type": True, "include_name": ours}
    context = MigrationContext.configure(connection, opts=options)
    return [_in_words(step) for step in _flat(compare_metadata(context, Base.metadata))]


def _flat(steps: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Changes of one column come in a list of their own."""
    return [step for each in steps for step in (each if isinstance(each, list) else [each])]


def _in_words(step: tuple[Any, ...]) -> str:
    """Such as `remove_column places.colour`, `add_index ix_exchanges_date`, `modify_type places.name_en`."""
    what, *about = step
    if what in ("add_column", "remove_column"):
        return f"{what} {about[1]}.{about[2].name}"
    if what.startswith("modify_"):
        return f"{what} {about[1]}.{about[2]}"
    return f"{what} {getattr(about[0], 'name', '')}".strip()
