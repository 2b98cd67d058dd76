"""When the machine fails: a database that is held or gone, a full disk, a clock that leaps. And who is told of it."""

import asyncio
import contextlib
import json
import socket
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession

from bot.domain.reminders import ReminderState
from db.engine import Database, database_url
from tests.wire.conftest import BUSAN_DAY, World
from tests.wire.kill import next_morning
from tests.wire.state import PATIENCE
from tests.wire.trial import trial_on

pytestmark = pytest.mark.proof

NAME = "registry.db"

USUAL_LEAP = 300.0
"""Seconds by which the clock may leap in earnest before it is doubted."""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def health(port: int, patience: float = PATIENCE, **wanted: Any) -> dict[str, Any]:
    """What `/healthz` says, once it is as wanted; `status` is that of HTTP, `error` the key of the last one."""
    told: dict[str, Any] = {}
    until = asyncio.get_running_loop().time() + patience
    async with ClientSession() as watcher:
        while asyncio.get_running_loop().time() < until:
            with contextlib.suppress(ClientError):
                answer = await watcher.get(f"http://127.0.0.1:{port}/healthz")
                told = json.loads(await answer.read()) | {"status": answer.status}
                told["error"] = (told["last_error"] or "").rpartition(" ")[2]
                if all(told[name] == value for name, value in wanted.items()):
                    return told
            await asyncio.sleep(0.05)
    raise AssertionError(f"{wanted} was wanted, and it is {told}")


async def test_a_database_that_is_gone() -> None:
    """PostgreSQL is stopped over the hour of the posts: `/healthz` says so, the log once; then all is posted."""
    port = free_port()
    async with trial_on("postgresql", 1, days=1) as trial:
        assert trial.server is not None
        bot = await trial.start(health_port=port)
        await health(port, status=200)
        await trial.server.stop()
        next_morning(trial)
        told = await health(port, status=503, database=False, error="database.away")
        assert told["gateway"] is True
        await trial.server.start()
        await health(port, status=200, database=True)
        await trial.settle()
        await bot.stop()
        assert len(trial.discord.messages) == 3
        assert bot.said.count("database.away") == 1
        assert "Traceback" not in bot.said


@contextlib.contextmanager
def held(file: Path) -> Iterator[None]:
    """Another program writes to the database, and does not come to an end."""
    connection = sqlite3.connect(file)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.rollback()
        connection.close()


async def test_a_database_that_is_held(world: World) -> None:
    """It cannot be written to for longer than is waited: that is told, and the post comes when it is free."""
    port = free_port()
    bot = await world.start(health_port=port, beat=20)
    await health(port, status=200)
    file = world.desk.database.file
    assert file is not None
    with held(file):
        world.clock.set(BUSAN_DAY)
        await health(port, patience=90, error="database.busy")
        assert world.discord.messages == []
    await world.posted()
    await world.row(state=ReminderState.SENT, copies=1)
    assert "The database is busy" not in await world.office_check()
    assert "Traceback" not in bot.said


# A full disk -------------------------------------------------------------------------------------------------


@pytest.fixture
async def small_disk(world: World, tmp_path: Path) -> AsyncIterator[Path]:
    """The world's database on a disk of its own, with little room left."""
    disk, file = tmp_path / "disk", world.desk.database.file
    assert file is not None
    disk.mkdir()
    room = file.stat().st_size // 1024 + 2048
    mounted = await asyncio.to_thread(
        subprocess.run,
        ["mount", "-t", "tmpfs", "-o", f"size={room}k", "tmpfs", disk],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"no disk of its own can be made here: {mounted.stderr.decode().strip()}")
    with (
        contextlib.closing(sqlite3.connect(file)) as here,
        contextlib.closing(sqlite3.connect(disk / NAME)) as there,
    ):
        here.backup(there)
    elsewhere = Database(database_url(f"sqlite:///{disk / NAME}"))
    world.desk = replace(world.desk, database=elsewhere)
    yield disk
    await world.bots.kill_all()
    await elsewhere.close()
    await asyncio.to_thread(subprocess.run, ["umount", disk], check=True)


async def test_a_full_disk(world: World, small_disk: Path) -> None:
    """Nothing can be stored, so nothing is posted; it is told as what it is, and the post comes once there is room."""
    port = free_port()
    bot = await world.start(health_port=port)
    await health(port, status=200)
    filler = small_disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as opened:
        while True:
            opened.write(b"\0" * 4096)
    world.clock.set(BUSAN_DAY)
    await health(port, error="database.full")
    assert world.discord.messages == []
    filler.unlink()
    (post,) = await world.posted()
    await world.row(state=ReminderState.SENT, message_id=post.id)
    assert "there was no room left on the disk of the machine" in await world.office_check()
    assert "Traceback" not in bot.said


# A clock that leaps ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("leap", [timedelta(days=365), timedelta(hours=-2)], ids=["forwards", "backwards"])
async def test_a_clock_that_leaps(world: World, leap: timedelta) -> None:
    """Nothing is posted by a clock that nobody believes; once it is set right, the post comes at its hour, once."""
    port = free_port()
    bot = await world.start(health_port=port, leap=USUAL_LEAP)
    await health(port, status=200)
    world.clock.move(leap)
    await health(port, error="clock.leapt")
    assert "the clock of the machine leapt, and posts wait ten minutes" in await world.office_check()
    assert world.discord.messages == []
    world.clock.move(-leap)
    await world.passes(2)
    assert world.discord.messages == []
    world.clock.set(BUSAN_DAY)
    (post,) = await world.posted()
    await world.row(state=ReminderState.SENT, message_id=post.id, reason=None)
    assert bot.said.count("clock.leapt") == 1
    assert "Traceback" not in bot.said
