"""The database: one schema on SQLite (embedded) or PostgreSQL (shared), opened once and handed around."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from bot.domain.errors import Unavailable

EngineError = DBAPIError
"""What the engine could not do: a full or read-only disk, a lost connection, tables that are not ours."""

OPENING_FAULTS = (DBAPIError, sqlite3.Error, OSError, TypeError)
"""What opening a database may raise; TypeError is an option in its address that the driver does not know."""

Session = AsyncSession
"""What `Database.read()` and `write()` give: services hand it to the functions of `db` and do nothing else with it."""

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


def database_url(text: str) -> URL:
    """Read a database address; `sqlite:///file` and `postgresql://…` get the drivers that Attaché uses.

    Raises `Unavailable` (`database.bad_url`) for anything else; the address itself stays out of the error, as it
    may hold a password.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise Unavailable("database.bad_url") from None
    driver = DRIVERS.get(url.get_backend_name())
    if driver is None or (driver.startswith("sqlite") and url.database in (None, "", ":memory:")):
        raise Unavailable("database.bad_url")
    if driver.endswith("asyncpg"):
        _require_asyncpg()
        url = _as_asyncpg_reads_it(url)
    return url.set(drivername=driver)


def _as_asyncpg_reads_it(url: URL) -> URL:
    """`sslmode`, as libpq and most hosters write it, is called `ssl` here."""
    if "sslmode" not in url.query:
        return url
    return url.difference_update_query(["sslmode"]).update_query_dict({"ssl": url.query["sslmode"]})


def _require_asyncpg() -> None:
    try:
        import asyncpg  # noqa: F401 - an optional part, needed only here
    except ImportError:
        raise Unavailable("database.needs_postgres_extra") from None


class Database:
    """Opens sessions: `read()` sees a consistent state, `write()` commits all of its changes or none."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.engine = _create_engine(url)
        self._read = async_sessionmaker(self.engine, expire_on_commit=False, autoflush=False)
        self._write = async_sessionmaker(
            self.engine.execution_options(attache_writes=True), expire_on_commit=False
        )

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path | None:
        """The SQLite file, or None."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        async with self._read() as session, session.begin():
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        async with self._write() as session, session.begin():
            yield session

    async def close(self) -> None:
        await self.engine.dispose()


def _create_engine(url: URL) -> AsyncEngine:
    # The errors of a statement are logged, and its parameters may be what somebody wrote: they stay out.
    if url.get_backend_name() != "sqlite":
        # A connection that died with its server is noticed before use, not by the person who asked.
        return create_async_engine(url, pool_pre_ping=True, hide_parameters=True)
    engine = create_async_engine(url, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: it would begin them too late to hold reads together.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later would fail with "database is locked" when another writer
    # came between; taking the write lock at the start makes it wait instead.
    writes = connection.get_execution_options().get("attache_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


async def reach(database: Database) -> None:
    """Open a connection; an SQLite file and its folder are made where they are not there yet.

    Raises `Unavailable` (`database.unreachable`) with the engine's reason, without the address.
    """
    try:
        if database.file is not None:
            database.file.parent.mkdir(parents=True, exist_ok=True)
            if "uri" not in database.url.query:
                await asyncio.to_thread(_open_once, database.file)
        async with database.engine.connect() as connection:
            await connection.exec_driver_sql("SELECT 1")
    except OPENING_FAULTS as error:
        await database.close()
        raise Unavailable("database.unreachable", reason=reason_of(error)) from None


def _open_once(file: Path) -> None:
    """Open and read an SQLite file. aiosqlite's thread would outlive the event loop if it were the first to fail."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA schema_version").fetchone()


def reason_of(error: Exception) -> str:
    """What the engine gives as the reason, in one line; neither statement nor values."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return (str(cause) or type(cause).__name__).splitlines()[0][:200]


async def check_writable(database: Database) -> bool:
    """Whether a transaction may write; it is rolled back."""
    try:
        async with database.write() as session:
            await session.execute(text("UPDATE record_numbers SET last = last"))
            await session.rollback()
    except (DBAPIError, OSError):
        return False
    return True
