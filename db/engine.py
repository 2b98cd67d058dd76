"""The database: one schema on SQLite (embedded) or PostgreSQL (shared), opened once and handed around."""

import asyncio
import sqlite3
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from bot.domain.errors import Unavailable
from db import sqlite_connection
from db.faults import Fault, fault_of
from db.watermarks import SEEN, note_written, watch

T = TypeVar("T")

EngineError = DBAPIError
"""What the engine could not do: a full or read-only disk, a lost connection, tables that are not ours."""

OPENING_FAULTS = (DBAPIError, sqlite3.Error, OSError, TypeError)
"""What opening a database may raise; TypeError is an option in its address that the driver does not know."""

Session = AsyncSession
"""What `Database.read()` and `write()` give: services hand it to the functions of `db` and do nothing else with it."""

OTHERS_WAIT = 10.0
"""Seconds that anybody waits for what another process holds: a lock, or the SQLite file."""

TURN_WAIT = 30.0
"""Seconds that anybody waits for their turn in this process, where the queue moves on by itself: for a connection of
the pool, and on SQLite for the one that writes."""

STATEMENT_TAKES = 20.0
"""Seconds after which PostgreSQL ends a statement; the longest of ours, over a whole registry, takes one."""

ANSWER_TAKES = STATEMENT_TAKES + 5
"""Seconds after which we give up on a PostgreSQL that says nothing at all: its machine is gone, or the way to it."""

CONNECTING_TAKES = 2.5
"""Seconds for a new connection. Discord gives up after three, and the person is to be told before."""

FORGOTTEN_AFTER = 120.0
"""Seconds after which PostgreSQL ends a transaction of which nothing more comes, with the locks that it holds: a
process that hangs, or was cut off, must not keep the others from writing."""

CONNECTIONS = 10
"""Connections of one process. One thread makes no use of more; PostgreSQL's default of 97 does for nine processes."""

CONNECTION_LIVES = 240
"""Seconds after which a connection is replaced: firewalls forget idle ones after some minutes without a word."""

CHANGED = "changed"

PAUSE = 1.0
"""Seconds before what was cut off is done again: a server that is restarted in good order is back by then."""

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
        self.engine = _sqlite_engine(url, CONNECTIONS) if self.is_sqlite else _postgresql_engine(url)
        # SQLite has one writer at a time, whoever comes first; so writers queue for one connection, in order.
        self._writers = _sqlite_engine(url, 1) if self.is_sqlite else self.engine
        self.changed = asyncio.Event()
        """Set whenever this process has stored a change that somebody made (`note_change`)."""
        event.listen(self._writers.sync_engine, "before_execute", note_written)
        self.memory: OrderedDict[Hashable, Any] = OrderedDict()
        """What this process keeps of the registry; functions of `db` find it in their session's `info`."""
        self._read = async_sessionmaker(_reading(self.engine), expire_on_commit=False, autoflush=False)
        self._write = async_sessionmaker(
            self._writers.execution_options(attache_writes=True),
            expire_on_commit=False,
            info={"memory": self.memory},
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
        async with self._read(info={"memory": self.memory, SEEN: {}}) as session, session.begin():
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        async with self._write() as session:
            watch(session)
            async with session.begin():
                yield session
            if CHANGED in session.info:
                self.changed.set()

    async def again(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do work that may be done twice, and do it a second time where the database went away the first.

        For writes that a request id makes one: where the answer to the commit was lost, nobody knows whether it is
        stored, and only the second time finds out. Any other write is told to the person as failed; a read, too.
        """
        try:
            return await work()
        except Exception as error:
            if fault_of(error) is not Fault.AWAY:
                raise
        await asyncio.sleep(PAUSE)
        return await work()

    async def close(self) -> None:
        await self._writers.dispose()
        await self.engine.dispose()


def note_change(session: Session) -> None:
    """Let whoever waits for changes know of this one, once it is stored."""
    session.info[CHANGED] = True


# The errors of a statement are logged, and its parameters may be what somebody wrote: both engines keep them out.


def _postgresql_engine(url: URL) -> AsyncEngine:
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,  # a connection that died with its server is noticed before use
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=TURN_WAIT,
        pool_recycle=CONNECTION_LIVES,
        connect_args={
            "timeout": CONNECTING_TAKES,
            "command_timeout": ANSWER_TAKES,
            "server_settings": {"application_name": "attache"},
        },
    )
    event.listen(engine.sync_engine, "connect", _prepare_postgresql)
    return engine


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    limits = {
        "lock_timeout": OTHERS_WAIT,
        "statement_timeout": STATEMENT_TAKES,
        "idle_in_transaction_session_timeout": FORGOTTEN_AFTER,
    }
    # Not at the start of the connection, where a pooler in between would refuse them.
    settings = "; ".join(f"SET {name} = {round(seconds * 1000)}" for name, seconds in limits.items())
    connection.run_async(lambda driver: driver.execute(settings))


def _sqlite_engine(url: URL, connections: int) -> AsyncEngine:
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=TURN_WAIT,
        connect_args={"async_creator_fn": sqlite_connection.connect},
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _reading(engine: AsyncEngine) -> AsyncEngine:
    """The engine for reading: every query of a transaction sees the state at its first one. SQLite does so anyway."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: it would begin them too late to hold reads together.
    connection.isolation_level = None
    cursor = connection.cursor()
    busy = f"busy_timeout={round(OTHERS_WAIT * 1000)}"
    # What was acknowledged is on the disk, also when the power fails; NORMAL would only survive our own end.
    for pragma in (busy, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later would fail with "database is locked" when another writer
    # came between; taking the write lock at the start makes it wait instead.
    if connection.get_execution_options().get("attache_writes", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        # It locks nothing yet, so that nothing can be wrong with it: no cursor is made, awaited and closed for it.
        connection.connection.dbapi_connection.run_async(lambda driver: driver.execute("BEGIN"))  # type: ignore[union-attr]


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
