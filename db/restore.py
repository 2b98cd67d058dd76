"""Restoring: a backup takes the place of what a database holds, all of it or nothing, and what was there is kept.

On PostgreSQL it happens in one transaction, which first writes a backup of the former state. On SQLite a new file is
made, checked, and then takes the name of the former one, which is moved aside.
"""

import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import URL, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import BadInput, Unavailable
from db.archive import Archive
from db.backup import back_up, is_damage, settle, sqlite_code
from db.engine import Database, reason_of
from db.integrity import troubles_in
from db.loading import load
from db.schema import known, newest_revision
from db.sent import SentPost, note_sent, sent_since
from db.shapes import clear_away, shapes_at
from db.soundness import Trouble
from db.tables import WorkerRow

ALIVE = timedelta(minutes=1)
"""A process seen this recently is taken to be running."""

PATIENCE = "10s"
"""How long a restore waits for others to let go of the tables."""

MAGIC = b"SQLite format 3\0"

SIDE_FILES = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database; taken for another one's, they would spoil it."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was there before, if anything was, and what is wrong with what is there now."""

    kept: Path | None
    troubles: Sequence[Trouble]


@dataclass(frozen=True, slots=True)
class Order:
    """What to restore, at which moment, and whether also where a bot was seen running just now."""

    archive: Archive
    now: datetime
    even_if_running: bool = False

    @property
    def stamp(self) -> str:
        return f"before-restore-{self.now:%Y%m%dT%H%M%SZ}"


async def restore(url: URL, order: Order) -> Restored:
    """Put a backup that `Archive.verify` has passed in place of what the database at this address holds.

    Raises `Unavailable`: `restore.running` where a bot is at work on it, `restore.in_use` where somebody else is,
    `restore.database_newer`, `restore.plain_address`, `restore.failed`; and what `load` and `back_up` raise. Then
    everything is as it was.
    """
    if url.get_backend_name() == "sqlite":
        return await _restore_file(url, order)
    return await _restore_server(url, order)


async def _filled(session: AsyncSession, order: Order, sent: Sequence[SentPost]) -> list[Trouble]:
    """Load, and look at the result as `attache db check` does. What the engine itself finds wrong stops it."""
    await load(session, order.archive)
    await note_sent(session, sent)
    found = await troubles_in(session)
    if any(trouble.grave for trouble in found):
        raise BadInput("backup.unsound", file=str(order.archive.path))
    return found


async def _look(session: AsyncSession, order: Order, revision: str) -> list[SentPost]:
    """See that nobody is at work, and note what was posted since the backup."""
    if not order.even_if_running and "workers" in {shape.name for shape in shapes_at(revision)}:
        seen = await session.scalar(select(func.max(WorkerRow.seen_at)))
        if seen is not None and seen > order.now - ALIVE:
            raise Unavailable("restore.running")
    if revision != newest_revision():
        return []
    return await sent_since(session, order.archive.manifest.made_at)


async def _revision(session: AsyncSession) -> str | None:
    connection = await session.connection()
    return await connection.run_sync(lambda c: MigrationContext.configure(c).get_current_revision())


# PostgreSQL --------------------------------------------------------------------------------------------------


async def _restore_server(url: URL, order: Order) -> Restored:
    path = order.archive.path
    kept = path.with_name(f"{path.stem}.{order.stamp}{path.suffix}")
    database = Database(url)
    try:
        with _undoing(kept):
            async with database.write() as session:
                found, was_there = await _replace_tables(session, order, kept)
        return Restored(kept if was_there else None, found)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == "55P03":  # lock_not_available
            raise Unavailable("restore.in_use") from None
        raise
    finally:
        await database.close()


@contextmanager
def _undoing(kept: Path) -> Iterator[None]:
    """Leave no copy of a state that was not replaced after all."""
    if kept.exists():
        raise BadInput("backup.exists", file=str(kept))
    try:
        yield
    except BaseException:
        kept.unlink(missing_ok=True)
        raise


async def _replace_tables(session: AsyncSession, order: Order, kept: Path) -> tuple[list[Trouble], bool]:
    revision = await _revision(session)
    if not known(revision):
        raise Unavailable("restore.database_newer", at=revision)
    sent: list[SentPost] = []
    if revision is not None:
        names = ", ".join(f'"{shape.name}"' for shape in shapes_at(revision))
        await session.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
        await session.execute(text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))
        sent = await _look(session, order, revision)
        await back_up(session, kept, order.now)
        await (await session.connection()).run_sync(clear_away)
    return await _filled(session, order, sent), revision is not None


# SQLite ------------------------------------------------------------------------------------------------------


async def _restore_file(url: URL, order: Order) -> Restored:
    if "uri" in url.query or url.database is None:
        raise Unavailable("restore.plain_address")
    target = _ready(Path(url.database))
    sent = await _sent_in(url.set(database=str(target)), target, order)
    with _workshop(target) as folder:
        new = folder / target.name
        database = Database(url.set(database=str(new)))
        try:
            async with database.write() as session:
                found = await _filled(session, order, sent)
        finally:
            await database.close()
        with _failures(), _held(target):
            return Restored(_swap(new, target, order.stamp), found)


def _ready(target: Path) -> Path:
    """The file itself, whatever links lead to it, in a folder that is there."""
    with _failures():
        target = target.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
    return target


@contextmanager
def _failures() -> Iterator[None]:
    """What the disk refuses, in a sentence."""
    try:
        yield
    except OSError as error:
        raise Unavailable("restore.failed", reason=error.strerror or str(error)) from None


@contextmanager
def _workshop(target: Path) -> Iterator[Path]:
    """A folder on the same disk, gone afterwards."""
    with _failures():
        folder = Path(tempfile.mkdtemp(prefix=".attache-restore-", dir=target.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _sent_in(url: URL, target: Path, order: Order) -> list[SentPost]:
    """What `_look` finds in the former file; nothing if there is none, or if it is damaged: a reason to restore."""
    with _failures(), _held(target) as sound:
        if not sound:
            return []
    database = Database(url)
    try:
        async with database.read() as session:
            revision = await _revision(session)
            return await _look(session, order, revision) if revision and known(revision) else []
    except DBAPIError as error:
        if is_damage(error.orig):
            return []
        raise Unavailable("restore.failed", reason=reason_of(error)) from None
    except (ValueError, TypeError):  # rows that nobody can read any more
        return []
    finally:
        await database.close()


def _begins_as_sqlite(target: Path) -> bool:
    """Whether it may be opened: of a file that is no database, SQLite would throw away what lies beside it."""
    try:
        with target.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except FileNotFoundError:
        return False


@contextmanager
def _held(target: Path) -> Iterator[bool]:
    """Keep everybody else out of the former file; whether it is there and one that SQLite can read.

    Leaving WAL mode takes that nobody else has it open, and puts all of it into the one file. Raises `Unavailable`
    (`restore.in_use`).
    """
    if not _begins_as_sqlite(target):
        yield False
        return
    with contextlib.closing(sqlite3.connect(target, isolation_level=None, timeout=2)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if sqlite_code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise Unavailable("restore.in_use") from None
            if not is_damage(error):
                raise Unavailable("restore.failed", reason=reason_of(error)) from None
            yield False
            return
        yield True


def _swap(new: Path, target: Path, stamp: str) -> Path | None:
    """Give the new file the name of the former one, which is kept under another; returns that."""
    kept = target.with_name(f"{target.name}.{stamp}") if target.exists() else None
    new.chmod(0o600)
    if kept is not None:
        _take_after(new, target)
        if kept.exists():
            raise FileExistsError(0, str(kept))
        for side in SIDE_FILES:
            with contextlib.suppress(FileNotFoundError):
                target.with_name(target.name + side).rename(f"{kept}{side}")
        try:
            os.link(target, kept)
        except OSError:  # a disk that knows no links: for a moment there is no file of that name
            target.rename(kept)
    settle(new)
    new.replace(target)
    settle(target.parent)
    return kept


def _take_after(new: Path, former: Path) -> None:
    """The same owner and rights, so that the bot can open it as it did the former one."""
    state = former.stat()
    new.chmod(state.st_mode & 0o777)
    with contextlib.suppress(PermissionError, AttributeError):
        os.chown(new, state.st_uid, state.st_gid)
