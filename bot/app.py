"""Wiring: an address becomes a desk, at the newest schema, and a file this process' own."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from filelock import FileLock, Timeout

from bot.clock import Clock, system_clock
from bot.domain.errors import Unavailable
from bot.services.desk import Desk
from db.engine import Database, database_url, reach, reason_of
from db.schema import current_revision, known, newest_revision, upgrade


@contextlib.asynccontextmanager
async def open_desk(url: str, clock: Clock = system_clock) -> AsyncIterator[Desk]:
    """A desk on the database at this address, closed on the way out.

    Raises `Unavailable`: `database.bad_url`, `database.needs_postgres_extra`, `database.unreachable`.
    """
    database = Database(database_url(url))
    try:
        await reach(database)
        yield Desk(database, clock)
    finally:
        await database.close()


async def require_newest_schema(desk: Desk) -> None:
    """Create the tables of an empty database. Raises `Unavailable` where it stands at another revision."""
    at = await current_revision(desk.database)
    if at is None:
        await upgrade(desk.database)
    elif not known(at):
        raise Unavailable("database.newer", at=at)
    elif at != newest_revision():
        raise Unavailable("database.other_revision", at=at, newest=newest_revision())


@contextlib.contextmanager
def alone_on(database: Database) -> Iterator[None]:
    """Hold an SQLite file for this process, so that no second one serves from it; it ends with the process.

    Other work on the file, such as an import or an export, goes on beside it. On PostgreSQL this does nothing: there
    the leases of the shards are what keeps processes apart. Raises `Unavailable` (`database.in_use`).
    """
    file = database.file
    if file is None:
        yield
        return
    lock = FileLock(f"{_plain(file).resolve()}.lock", blocking=False, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout:
        raise Unavailable("database.in_use", file=str(file)) from None
    except OSError as error:
        raise Unavailable("database.unreachable", reason=reason_of(error)) from None
    try:
        yield
    finally:
        lock.release()


def _plain(file: Path) -> Path:
    """The path in an address of the form `file:path?mode=…`, which SQLite takes as well."""
    text = str(file)
    return Path(unquote(urlsplit(text).path)) if text.startswith("file:") else file
