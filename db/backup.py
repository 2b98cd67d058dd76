"""Backing up: one unchanging state of every table, while others go on writing, into a file for either engine."""

import asyncio
import os
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, ColumnElement, Text, cast, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import BadInput, Unavailable
from db.archive import Archive, ArchiveWriter, Manifest
from db.engine import Database
from db.schema import known
from db.shapes import Form, Shape, shapes_at, to_json

ROWS_AT_A_TIME = 1000


@asynccontextmanager
async def snapshot(database: Database) -> AsyncIterator[AsyncSession]:
    """A session for reading that sees one state of the whole database until it ends, and holds up nobody."""
    if database.is_sqlite:
        async with database.read() as session:
            yield session
        return
    engine = database.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    async with AsyncSession(engine) as session, session.begin():
        yield session


async def back_up(
    session: AsyncSession, target: Path, made_at: datetime, *, overwrite: bool = False
) -> Manifest:
    """Write every table, as the session sees it, to a file that only its owner may read, and read it back.

    The file appears under its name once it is whole and verified; whatever goes wrong, nothing is left behind. A
    session of `snapshot` makes the tables fit each other. Raises `BadInput`: `backup.exists` unless `overwrite`,
    `backup.nothing` for a database without our tables, `backup.bad_value` for a row that cannot be written;
    `Unavailable`: `database.newer`, `backup.unwritable`.
    """
    revision = await revision_of(session)
    with landing(target, overwrite=overwrite) as part:
        manifest = await _write(session, part, revision, made_at)
        await asyncio.to_thread(_check, part)
    return manifest


async def revision_of(session: AsyncSession) -> str:
    """Where the session's database stands. Raises `BadInput` (`backup.nothing`), `Unavailable` (`database.newer`)."""
    connection = await session.connection()
    revision = await connection.run_sync(lambda c: MigrationContext.configure(c).get_current_revision())
    if revision is None:
        raise BadInput("backup.nothing")
    if not known(revision):
        raise Unavailable("database.newer", at=revision)
    return revision


async def _write(session: AsyncSession, part: Path, revision: str, made_at: datetime) -> Manifest:
    engine = session.get_bind().dialect.name
    with ArchiveWriter(part, revision, engine, made_at) as archive:
        for shape in shapes_at(revision):
            with archive.table(shape.name, list(shape.columns)) as table:
                async for rows in stored_rows(session, shape):
                    await asyncio.to_thread(table.add, rows)
    return archive.manifest


async def stored_rows(session: AsyncSession, shape: Shape) -> AsyncIterator[list[list[Any]]]:
    """The rows of a table as a backup writes them, some at a time. Raises `BadInput` (`backup.bad_value`).

    Each part begins after the key where the one before ended: a cursor would keep PostgreSQL from altering the
    table later in the transaction.
    """
    table = shape.table
    keys = [table.c[name] for name in shape.key]
    query = (
        select(*(_as_stored(table.c[name], form) for name, form in shape.columns.items()))
        .order_by(*keys)
        .limit(ROWS_AT_A_TIME)
    )
    at = [list(shape.columns).index(name) for name in shape.key]
    part = query
    while True:
        try:
            rows = (await session.execute(part)).all()
            encoded = [
                [to_json(form, value) for form, value in zip(shape.columns.values(), row, strict=True)]
                for row in rows
            ]
        except (ValueError, TypeError):
            raise BadInput("backup.bad_value", table=shape.name) from None
        yield encoded
        if len(rows) < ROWS_AT_A_TIME:
            return
        last = [literal(rows[-1][place], key.type) for place, key in zip(at, keys, strict=True)]
        part = query.where(tuple_(*keys) > tuple_(*last) if len(keys) > 1 else keys[0] > last[0])


def is_damage(error: BaseException | None) -> bool:
    """Whether an error of SQLite's says that the file is damaged, or no database at all."""
    return sqlite_code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def sqlite_code(error: BaseException | None) -> int:
    """SQLite's primary result code, 0 for what is no error of SQLite's."""
    code: int = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code


def _as_stored(column: Column[Any], form: Form) -> ColumnElement[Any]:
    return cast(column, Text) if form is Form.DOCUMENT else column


# The file ----------------------------------------------------------------------------------------------------


@contextmanager
def landing(target: Path, *, overwrite: bool) -> Iterator[Path]:
    """An empty file beside the target, for its owner only, that takes the target's name if all goes well.

    Raises `BadInput` (`backup.exists`), `Unavailable` (`backup.unwritable`); then nothing is left of it.
    """
    try:
        if target.is_dir() or (target.exists() and not overwrite):
            raise BadInput("backup.exists", file=str(target))
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent)
        os.close(handle)
        part = Path(name)
        try:
            yield part
            settle(part)
            _take_name(part, target, overwrite=overwrite)
            settle(target.parent)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unavailable("backup.unwritable", file=str(target), reason=reason) from None


def _take_name(part: Path, target: Path, *, overwrite: bool) -> None:
    if overwrite:
        part.replace(target)
        return
    try:
        os.link(part, target)  # unlike renaming, this never replaces what somebody put there meanwhile
    except FileExistsError:
        raise BadInput("backup.exists", file=str(target)) from None
    except OSError:  # a disk that knows no links
        part.rename(target)


def settle(path: Path) -> None:
    """See that a file, or the names in a folder, are on the disk and would outlast a power cut."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:  # a folder, on systems that do not open folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check(file: Path) -> None:
    with Archive(file) as archive:
        archive.verify()
