"""`attache run` as processes of their own: signals, a second process, a killed one, what a watcher sees."""

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession
from sqlalchemy import select, update

from bot.clock import system_clock
from bot.services.desk import Desk
from bot.services.workers import workers_seen
from db.tables import ShardRow

pytestmark = pytest.mark.proof


TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.s3cr3t-t0ken_of-the_b0t-abcdefghijkl"
PATIENCE = 60.0
"""Seconds; how long a process may take at most, not how long is waited."""


@dataclass
class Served:
    """A process, and what it has written to standard error once it has ended."""

    process: Process
    errors: str = ""

    async def serving(self) -> "Served":
        """Wait until it serves."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            line = await self.process.stdout.readline()
        assert line == b"serving\n", await self.ended()
        return self

    async def ended(self) -> tuple[int | None, str]:
        """Its exit status, and what it complained about."""
        async with asyncio.timeout(PATIENCE):
            _, errors = await self.process.communicate()
        self.errors += errors.decode()
        return self.process.returncode, self.errors

    async def told(self, name: signal.Signals) -> tuple[int | None, str]:
        self.process.send_signal(name)
        return await self.ended()


Start = Callable[..., Awaitable[Served]]


@pytest.fixture
async def start(desk: Desk, tmp_path: Path) -> AsyncIterator[Start]:
    """Starts `attache` around a simulated Discord; with `module="bot"` the real one, which finds no Discord here."""
    started: list[Process] = []

    async def start(*options: str, module: str = "tests.served", **settings: str) -> Served:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "PYTHONPATH": str(Path(__file__).parent.parent),
            "PYTHONUTF8": "1",
            "COLUMNS": "200",
            "ATTACHE_TOKEN": TOKEN,
            "ATTACHE_DATABASE_URL": desk.database.url.render_as_string(hide_password=False),
            **settings,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, *options, env=environment, cwd=tmp_path, stdout=PIPE, stderr=PIPE
        )
        started.append(process)
        return Served(process)

    yield start
    for process in started:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.communicate()


async def holders(desk: Desk) -> set[str]:
    """Who has a shard."""
    async with desk.database.read() as session:
        return set(await session.scalars(select(ShardRow.worker))) - {""}


async def present(desk: Desk) -> list[str]:
    return [seen.name for seen in await workers_seen(Desk(desk.database, system_clock))]


# The end -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_in_good_order(desk: Desk, start: Start, name: signal.Signals) -> None:
    """Status 0, and nothing is left behind that would keep the next one waiting; no trace."""
    first = await (await start()).serving()
    assert await holders(desk) == set(await present(desk)) != set()
    status, errors = await first.told(name)
    assert (status, "Traceback" in errors, "CRITICAL" in errors) == (0, False, False)
    assert await holders(desk) == set(await present(desk)) == set()


async def test_a_killed_one_is_followed(desk: Desk, start: Start) -> None:
    """On a file at once, as its lock died with it; on a server when its lease has run out, and not before."""
    first = await (await start()).serving()
    assert (await first.told(signal.SIGKILL))[0] == -signal.SIGKILL
    if not desk.database.is_sqlite:
        status, errors = await (await start()).ended()
        assert (status, "is served by" in errors) == (1, True)
        async with desk.database.write() as session:
            await session.execute(update(ShardRow).values(lease_until=system_clock() - timedelta(seconds=1)))
    second = await (await start()).serving()
    assert len(await holders(desk)) == 1
    assert (await second.told(signal.SIGTERM))[0] == 0


async def test_one_that_lost_its_shard_ends(desk: Desk, start: Start) -> None:
    """Status 1, with the reason; it leaves the shard to who has it."""
    first = await (await start()).serving()
    async with desk.database.write() as session:
        await session.execute(update(ShardRow).values(worker="somebody else"))
    status, errors = await first.ended()
    assert (status, "Another process has taken over" in errors) == (1, True)
    assert await holders(desk) == {"somebody else"}


# A second one --------------------------------------------------------------------------------------------

REFUSED = {
    ("sqlite", "en"): "An SQLite file serves one process",
    ("sqlite", "zh-TW"): "SQLite 檔案只能供一個程序使用",
    ("postgresql", "en"): "Shard 0 is served by",
    ("postgresql", "zh-TW"): "分片 0 目前由",
}


async def test_a_second_one_is_refused(desk: Desk, start: Start, engine_name: str) -> None:
    """Status 1 and a sentence in either language; the first one goes on."""
    first = await (await start()).serving()
    for language in ("en", "zh-TW"):
        status, errors = await (await start("run", module="bot", ATTACHE_LANGUAGE=language)).ended()
        assert (status, REFUSED[engine_name, language] in errors) == (1, True), errors
    assert first.process.returncode is None
    assert len(await holders(desk)) == 1
    assert (await first.told(signal.SIGTERM))[0] == 0


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_other_work_goes_on_beside_it(start: Start, tmp_path: Path) -> None:
    """The lock on a file keeps out nobody but a second bot."""
    first = await (await start()).serving()
    for command in (("db", "check"), ("export", str(tmp_path / "out"))):
        status, errors = await (await start(*command, module="bot")).ended()
        assert status == 0, errors
    assert (await first.told(signal.SIGTERM))[0] == 0


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_several_share_the_shards(desk: Desk, start: Start) -> None:
    """Each its own, under the same number; who counts differently is refused."""
    north = await (await start("--shards", "3", "--shard-ids", "0,2")).serving()
    south = await (await start("--shards", "3", "--shard-ids", "1")).serving()
    assert len(await holders(desk)) == 2
    status, errors = await (await start("--shards", "4", "--shard-ids", "3")).ended()
    assert (status, "All processes need the same number" in errors) == (1, True)
    for process in (north, south):
        assert (await process.told(signal.SIGTERM))[0] == 0
    assert await holders(desk) == set()


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_shards_that_make_no_sense(start: Start) -> None:
    """A sentence, and nothing is started."""
    status, errors = await (await start("run", "--shards", "2", "--shard-ids", "2", module="bot")).ended()
    assert (status, "Shard ids are numbers from 0 to 1" in errors) == (1, True), errors


# What a watcher sees -------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_health_and_logs(start: Start, engine_name: str) -> None:
    """Well while it serves; every line of the log an object; the token nowhere."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    first = await (await start(ATTACHE_HEALTH_PORT=str(port), ATTACHE_LOG_FORMAT="json")).serving()
    async with ClientSession(f"http://127.0.0.1:{port}") as watcher:
        async with asyncio.timeout(PATIENCE):
            while (told := await (await watcher.get("/healthz")).json())["last_pass_seconds_ago"] is None:
                assert told["database"]
        assert (await watcher.get("/healthz")).status == 200
        page = await (await watcher.get("/metrics")).text()
    assert "attache_database_up 1.0" in page
    taken, refusal = await (
        await start(ATTACHE_HEALTH_PORT=str(port), ATTACHE_DATABASE_URL="sqlite:///x.db")
    ).ended()
    assert (taken, f"Port {port}" in refusal) == (1, True)
    status, errors = await first.told(signal.SIGTERM)
    assert status == 0
    lines = [json.loads(line) for line in errors.splitlines()]
    assert {"time", "level", "logger", "message"} <= set(lines[0])
    assert any("serves shards 0 of 1" in line["message"] for line in lines)
    assert TOKEN not in f"{errors}{page}{told}{refusal}"


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_a_wrong_address_does_not_tell_its_password(start: Start) -> None:
    """Not on standard error, however much is logged; the token neither."""
    address = "postgresql://attache:pass%2Fword@127.0.0.1:1/registry"
    settings = {"ATTACHE_DATABASE_URL": address, "ATTACHE_LOG_LEVEL": "DEBUG"}
    status, errors = await (await start("run", module="bot", **settings)).ended()
    assert (status, "cannot be reached" in errors) == (1, True)
    for secret in (TOKEN, "pass/word", "pass%2Fword"):
        assert secret not in errors


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_without_discord(desk: Desk, start: Start) -> None:
    """A sentence, and what was leased is free again; at the level of DEBUG the token is hidden, too.

    On a machine that is too busy to free it in time, that is said, and the lease runs out by itself.
    """
    status, errors = await (await start("run", module="bot", ATTACHE_LOG_LEVEL="DEBUG")).ended()
    assert (status, "Discord cannot be reached" in errors) == (1, True)
    assert TOKEN not in errors
    assert await holders(desk) == set() or "could not be ended" in errors
