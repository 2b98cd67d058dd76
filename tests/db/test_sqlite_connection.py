"""Queries on SQLite: all rows, however they are asked for; and what becomes of one that fails or is cut off."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from db.engine import Database, database_url
from db.sqlite_connection import AHEAD

PATIENCE = 60
"""Seconds for the threads of a busy machine."""

_SOME = "WITH RECURSIVE some(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM some WHERE n < :rows) SELECT {} FROM some"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(database_url(f"sqlite:///{tmp_path}/numbers.db"))
    async with opened.write() as session:
        await session.execute(text("CREATE TABLE numbers (n INTEGER PRIMARY KEY)"))
    yield opened
    await opened.close()
    # Whoever was cut off left a thread at its query, which must not outlive the event loop that it answers to.
    for thread in [each for each in threading.enumerate() if "_connection_worker" in each.name]:
        await asyncio.to_thread(thread.join, PATIENCE)
        assert not thread.is_alive()


@pytest.mark.parametrize("rows", [1, AHEAD - 1, AHEAD, AHEAD + 1, 2 * AHEAD, 2 * AHEAD + 500])
async def test_all_rows_come_in_order(database: Database, rows: int) -> None:
    query = text(_SOME.format("n")).bindparams(rows=rows)
    async with database.read() as session:
        assert list(await session.scalars(query)) == list(range(1, rows + 1))
        streamed = await session.stream(query, execution_options={"yield_per": 300})
        assert [n async for n in streamed.scalars()] == list(range(1, rows + 1))
        assert await session.scalar(query) == 1


async def test_no_rows(database: Database) -> None:
    async with database.read() as session:
        assert list(await session.scalars(text("SELECT n FROM numbers"))) == []
        streamed = await session.stream(text("SELECT n FROM numbers"), execution_options={"yield_per": 300})
        assert [n async for n in streamed.scalars()] == []


async def test_what_is_written_is_told(database: Database) -> None:
    async with database.write() as session:
        many = await session.execute(text("INSERT INTO numbers VALUES (:n)"), [{"n": n} for n in range(5)])
        one = await session.execute(text("INSERT INTO numbers VALUES (9) RETURNING n"))
        gone = await session.execute(text("DELETE FROM numbers WHERE n < 3"))
        assert (many.rowcount, one.scalar_one(), gone.rowcount) == (5, 9, 3)  # type: ignore[attr-defined]
    async with database.read() as session:
        assert list(await session.scalars(text("SELECT n FROM numbers ORDER BY n"))) == [3, 4, 9]


async def test_after_an_error_the_connection_serves_on(database: Database) -> None:
    for _ in range(20):  # more than there are connections
        with pytest.raises(OperationalError):
            async with database.read() as session:
                await session.execute(text("SELECT n FROM nowhere"))
    async with database.read() as session:
        assert await session.scalar(text("SELECT count(*) FROM numbers")) == 0


async def test_whoever_is_cut_off_leaves_nothing_behind(database: Database) -> None:
    async def write() -> None:
        async with database.write() as session:
            await session.execute(text("INSERT INTO numbers VALUES (1)"))
            await session.scalar(text(_SOME.format("count(*)")), {"rows": 30_000})

    for steps in range(40):
        task = asyncio.create_task(write())
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    async with database.write() as session:
        assert await session.scalar(text("SELECT count(*) FROM numbers")) == 0
        await session.execute(text("INSERT INTO numbers VALUES (2)"))
    async with database.read() as session:
        assert list(await session.scalars(text("SELECT n FROM numbers"))) == [2]


async def test_a_query_is_one_errand(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    async with database.read() as session:
        await session.scalar(text("SELECT 1"))
        with caplog.at_level(logging.DEBUG, logger="aiosqlite"):
            await session.scalar(text("SELECT 2"))
    assert [r.msg for r in caplog.records if r.name == "aiosqlite"].count("executing %s") == 1
