"""Nobody waits for ever, nobody is overtaken, and a lost connection loses nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from asyncpg import CannotConnectNowError, ConnectionDoesNotExistError, InterfaceError, InternalClientError
from sqlalchemy import insert, select, text, update

from bot.domain.access import ANYONE, Role
from bot.domain.errors import Unavailable
from bot.services.desk import Caller, Desk
from bot.services.exchanges import VisitForm, log_visit
from bot.services.offices import office_named
from db import engine
from db.engine import Database, Session, reach
from db.exchanges import all_exchanges
from db.faults import Fault, fault_of
from db.tables import RecordNumberRow, WatermarkRow
from tests.db.wire import wire_to
from tests.records import audit_entries

postgresql_only = pytest.mark.parametrize("engine_name", ["postgresql"])
sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"])


async def count_up(session: Session) -> None:
    """A write that holds its row until the transaction ends."""
    last = RecordNumberRow.last
    await session.execute(
        update(RecordNumberRow).where(RecordNumberRow.name == "exchanges").values(last=last + 1)
    )


async def counted(database: Database) -> int:
    async with database.read() as session:
        query = select(RecordNumberRow.last).where(RecordNumberRow.name == "exchanges")
        return (await session.execute(query)).scalar_one()


@asynccontextmanager
async def opened(database: Database) -> AsyncIterator[Database]:
    yield database
    await database.close()


async def failure_of(work: Awaitable[object]) -> Exception:
    with pytest.raises(Exception) as failed:
        await work
    return failed.value


# One state ---------------------------------------------------------------------------------------


async def test_a_read_sees_one_state(desk: Desk) -> None:
    """What somebody else stores between two of its queries, it does not see half of."""
    async with desk.database.read() as reader:
        query = select(RecordNumberRow.last).where(RecordNumberRow.name == "exchanges")
        before = (await reader.execute(query)).scalar_one()
        async with desk.database.write() as writer:
            await count_up(writer)
        assert await reader.scalar(query) == before
    assert await counted(desk.database) == before + 1


@postgresql_only
async def test_a_read_cannot_write(desk: Desk) -> None:
    """A service that was written with the wrong one fails its test, not its users."""

    async def write_in_a_read() -> None:
        async with desk.database.read() as session:
            await session.execute(insert(WatermarkRow).values(name="wrong", version=1))

    assert "read-only" in str(await failure_of(write_in_a_read()))


async def test_a_write_sees_what_it_has_waited_for(desk: Desk) -> None:
    """Thirty at once: each sees the number of the one before it."""

    async def write() -> int:
        async with desk.database.write() as session:
            await count_up(session)
            query = select(RecordNumberRow.last).where(RecordNumberRow.name == "exchanges")
            return (await session.execute(query)).scalar_one()

    assert sorted(await asyncio.gather(*(write() for _ in range(30)))) == list(range(1, 31))


# Waiting -----------------------------------------------------------------------------------------


@sqlite_only
async def test_writers_come_in_the_order_of_asking(desk: Desk) -> None:
    """SQLite lets whoever looks at the right moment go first; here nobody is overtaken."""
    done = []

    async def write(number: int) -> None:
        async with desk.database.write() as session:
            await count_up(session)
            done.append(number)

    await asyncio.gather(*(write(number) for number in range(60)))
    assert done == list(range(60))


async def test_whoever_waits_too_long_for_somebody_else_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process holds what is needed: the one that waits is told that the database is busy."""
    monkeypatch.setattr(engine, "OTHERS_WAIT", 0.1)
    async with opened(Database(desk.database.url)) as hurried, desk.database.write() as holder:
        await count_up(holder)

        async def write() -> None:
            async with hurried.write() as session:
                await count_up(session)

        assert fault_of(await failure_of(write())) is Fault.BUSY
        await holder.rollback()
        await write()
        assert await counted(hurried) == 1


async def test_whoever_waits_too_long_for_a_connection_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pool is small, and a task that keeps a connection must not keep the others waiting for ever."""
    monkeypatch.setattr(engine, "TURN_WAIT", 0.1)
    monkeypatch.setattr(engine, "CONNECTIONS", 1)
    async with opened(Database(desk.database.url)) as small, small.read() as reader:
        await reader.scalar(select(RecordNumberRow.last))
        assert fault_of(await failure_of(counted(small))) is Fault.BUSY


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (InternalClientError("cannot switch to state 15; another operation (2) is in progress"), Fault.AWAY),
        (ConnectionDoesNotExistError("connection was closed in the middle of operation"), Fault.AWAY),
        (CannotConnectNowError("the database system is shutting down"), Fault.AWAY),
        (InterfaceError("the server expects 2 arguments for this query, 1 was passed"), None),
        (KeyError("state"), None),
    ],
)
def test_a_connection_that_breaks_while_it_is_made_ready(error: Exception, fault: Fault | None) -> None:
    """What the driver says then reaches us as it is; the server was stopped, and nothing of ours is wrong."""
    assert fault_of(error) is fault


@postgresql_only
async def test_a_statement_that_does_not_end_is_ended(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection is good for the next one."""
    monkeypatch.setattr(engine, "STATEMENT_TAKES", 0.5)

    async def sleep() -> None:
        async with hurried.read() as session:
            await session.execute(text("SELECT pg_sleep(60)"))

    async with opened(Database(desk.database.url)) as hurried:
        assert fault_of(await failure_of(sleep())) is Fault.BUSY
        assert await counted(hurried) == 0


@postgresql_only
async def test_a_hanging_process_does_not_keep_its_locks(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is put out of its transaction; the next one goes on, and nothing of the first is left."""
    monkeypatch.setattr(engine, "FORGOTTEN_AFTER", 0.4)
    async with opened(Database(desk.database.url)) as hanging:

        async def hang() -> None:
            async with hanging.write() as session:
                await count_up(session)
                async with desk.database.write() as other:
                    await count_up(other)

        assert fault_of(await failure_of(hang())) is Fault.AWAY
    assert await counted(desk.database) == 1


@postgresql_only
async def test_a_server_that_says_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a connection that has gone silent nor a new one is waited for longer than was said."""
    monkeypatch.setattr(engine, "ANSWER_TAKES", 0.5)
    monkeypatch.setattr(engine, "CONNECTING_TAKES", 0.5)
    async with wire_to(desk.database.url) as wire, opened(Database(wire.url)) as far:
        assert await counted(far) == 0
        wire.silent = True
        assert fault_of(await failure_of(counted(far))) is Fault.AWAY
        assert fault_of(await failure_of(counted(far))) is Fault.AWAY
        assert isinstance(await failure_of(reach(far)), Unavailable)
        wire.silent = False
        assert await counted(far) == 0


# Lost connections --------------------------------------------------------------------------------


async def cut_all(desk: Desk) -> None:
    """End every other connection to the database, as a restart of the server does."""
    async with desk.database.engine.connect() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


@postgresql_only
async def test_connections_that_died_in_the_pool_are_replaced(desk: Desk) -> None:
    """Nobody meets one: neither who reads nor who writes next."""
    async with opened(Database(desk.database.url)) as database:
        readers = [database.read() for _ in range(4)]
        for reader in readers:
            await (await reader.__aenter__()).scalar(select(RecordNumberRow.last))
        for reader in readers:
            await reader.__aexit__(None, None, None)
        await cut_all(desk)
        for _ in range(4):
            async with database.write() as session:
                await count_up(session)
        assert await counted(database) == 4


@postgresql_only
async def test_a_write_that_is_cut_off_is_not_half_done(desk: Desk) -> None:
    """It fails as a database that is away, and the next one goes through."""
    async with opened(Database(desk.database.url)) as database:

        async def write() -> None:
            async with database.write() as session:
                await count_up(session)
                await cut_all(desk)

        assert fault_of(await failure_of(write())) is Fault.AWAY
        assert await counted(database) == 0


# Lost answers ------------------------------------------------------------------------------------

Log = Callable[[Desk], Awaitable[str]]


@pytest.fixture
async def log(seeded_desk: Desk) -> Log:
    """Logs one visit of Kaohsiung's with Seattle, always for the same request; gives its record number."""
    office = await office_named(seeded_desk, "Kaohsiung")
    caller = Caller("en", user_id=7, guild_id=9, office=office, role=Role.LOGGER)

    async def log_once(desk: Desk) -> str:
        logged = await log_visit(desk, caller, VisitForm(partner="Seattle", date="today"), "discord:1")
        return logged.exchange.record

    return log_once


@postgresql_only
async def test_what_is_cut_off_is_done_again_where_it_may_be(desk: Desk) -> None:
    """Once: whoever is cut off twice is told."""
    async with opened(Database(desk.database.url)) as database:
        cuts = 1

        async def write() -> None:
            nonlocal cuts
            async with database.write() as session:
                await count_up(session)
                if cuts:
                    cuts -= 1
                    await cut_all(desk)

        await database.again(write)
        assert await counted(database) == 1
        cuts = 2
        assert fault_of(await failure_of(database.again(write))) is Fault.AWAY
        assert await counted(database) == 1


async def test_what_is_wrong_is_not_done_again(desk: Desk) -> None:
    """Only a database that was away is worth a second try."""
    tries = 0

    async def work() -> None:
        nonlocal tries
        tries += 1
        raise Unavailable("office.none")

    assert isinstance(await failure_of(desk.database.again(work)), Unavailable)
    assert tries == 1


@postgresql_only
async def test_a_commit_whose_answer_was_lost_is_found_and_not_repeated(seeded_desk: Desk, log: Log) -> None:
    """The visit is stored, and the connection is cut before anybody hears so: its number is told all the same."""
    async with wire_to(seeded_desk.database.url) as wire, opened(Database(wire.url)) as database:
        desk = replace(seeded_desk, database=database)
        wire.lose_answer_to_commit = True
        assert await log(desk) == "X148"
        assert wire.lost == 1
        assert await log(desk) == "X148"
    async with seeded_desk.database.read() as session:
        assert len(await all_exchanges(session, ANYONE)) == 148
    entries = await audit_entries(seeded_desk)
    assert [entry.subject for entry in entries if entry.action == "exchange.logged"] == ["X148"]
