"""The loop that posts: closed channels, servers that are away, full disks, leaping clocks, and what wakes it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest
from sqlalchemy import text

from bot.clock import SteadyClock
from bot.delivery import Delivery
from bot.domain.offices import Purpose
from bot.domain.reminders import ReminderState
from bot.services.desk import Desk
from bot.services.workers import new_worker
from db.offices import set_channels
from tests.chat.conftest import Stage
from tests.records import outbox

BUSAN_DAY = datetime(2026, 6, 30, 1, 30, tzinfo=UTC)
"""Half past nine in Kaohsiung, sixty years after the signing with Busan."""


class Mover:
    """A clock that the test moves."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def mover() -> Mover:
    return Mover(BUSAN_DAY - timedelta(hours=10))


@pytest.fixture
def seeded_desk(seeded_desk: Desk, mover: Mover) -> Desk:
    """The starter data under a clock that moves, from the evening before the anniversary with Busan."""
    return replace(seeded_desk, clock=mover)


def titles(channel: Any) -> list[str]:
    """How the posts in a channel are headed, oldest first."""
    return [str(embed.title) for message in channel.history() for embed in message.embeds]


def about_busan(channel: Any) -> int:
    return len([title for title in titles(channel) if "Busan" in title])


@asynccontextmanager
async def looping(delivery: Delivery, pause: float) -> AsyncIterator[None]:
    """A loop that runs meanwhile."""
    running = asyncio.create_task(delivery.run(pause))
    try:
        yield
    finally:
        delivery.stop()
        await running


async def until(happened: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(1000):
        if await happened():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not happen within twenty seconds")


async def test_a_channel_that_is_closed_and_opened_again(stage: Stage, mover: Mover) -> None:
    """One notice in the other channel; posted at once, and once, when the permission is back; told in the check."""
    other = stage.guild.create_text_channel("office")
    office = await stage.desk_office()
    async with stage.desk.database.write() as session:
        channels = {Purpose.ANNIVERSARIES: stage.channel.id, Purpose.DIGESTS: other.id}
        await set_channels(session, office.id, channels)
    delivery = Delivery(stage.desk, stage.env.bot)
    mover.now = BUSAN_DAY
    stage.env.inject_error("POST", f"/channels/{stage.channel.id}/messages", status=403, code=50013, times=2)
    await delivery.make_pass()
    mover.now += timedelta(minutes=31)
    await delivery.make_pass()
    assert titles(other) == ["Kaohsiung: posts cannot go out"]
    check = await stage.slash("office check", stage.administrator)
    assert "Posts of Kaohsiung are blocked: the bot may not write in their channel." in check.text
    role = stage.env.bot.get_guild(stage.guild.id).default_role
    stage.env.bot.dispatch("guild_role_update", role, role)
    await stage.env.settle()
    await delivery.make_pass()
    assert about_busan(stage.channel) == 1


async def test_whom_a_closed_channel_is_told_where_there_is_no_other(stage: Stage, mover: Mover) -> None:
    """Whoever set up the office gets a direct message; where they take none, the owner of the server."""
    mover.now = BUSAN_DAY
    stage.env.inject_error("POST", f"/channels/{stage.channel.id}/messages", status=404, code=10003, times=9)
    await Delivery(stage.desk, stage.env.bot).make_pass()
    person = await stage.env.bot.fetch_user(stage.administrator.id)
    direct = await person.create_dm()
    [message] = [message async for message in direct.history()]
    assert message.embeds[0].title == "Kaohsiung: posts cannot go out"
    assert "is gone (Anniversaries" in str(message.embeds[0].description)


async def test_a_server_that_is_away_is_waited_for(stage: Stage, mover: Mover) -> None:
    """An outage of Discord's closes no channel and gives nobody a notice."""
    guild = stage.env.bot.get_guild(stage.guild.id)
    guild.unavailable = True
    delivery = Delivery(stage.desk, stage.env.bot)
    mover.now = BUSAN_DAY
    await delivery.make_pass()
    [row] = [row for row in await outbox(stage.desk) if row.subject == "P191"]
    assert (row.state, row.reason, titles(stage.channel)) == (ReminderState.PENDING, "ServerAway", [])
    guild.unavailable = False
    mover.now += timedelta(minutes=5)
    await delivery.make_pass()
    assert about_busan(stage.channel) == 1


async def test_a_long_rate_limit_is_honoured(
    stage: Stage, mover: Mover, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked to come back in an hour, it does not come before, and does then."""
    limited = [discord.RateLimited(3600.0)]
    original = discord.abc.Messageable.send

    async def send(self: Any, *arguments: Any, **options: Any) -> Any:
        if limited:
            raise limited.pop()
        return await original(self, *arguments, **options)

    monkeypatch.setattr(discord.abc.Messageable, "send", send)
    delivery = Delivery(stage.desk, stage.env.bot)
    mover.now = BUSAN_DAY
    await delivery.make_pass()
    mover.now += timedelta(minutes=59)
    await delivery.make_pass()
    assert about_busan(stage.channel) == 0
    mover.now += timedelta(minutes=2)
    await delivery.make_pass()
    assert about_busan(stage.channel) == 1


async def limit_pages(desk: Desk, pages: int) -> None:
    """Give the SQLite file no more room than that; 1 is what it has now."""
    async with desk.database.write() as session:
        await session.execute(text(f"PRAGMA max_page_count = {pages}"))


async def test_a_full_disk(stage: Stage, mover: Mover) -> None:
    """Nothing goes out that could not be recorded, and the process says why; with room again, it goes on."""
    assert stage.desk.database.file is not None
    with closing(sqlite3.connect(stage.desk.database.file)) as file:
        file.execute("VACUUM")  # no free page is left within it
    await limit_pages(stage.desk, 1)
    worker = new_worker(stage.desk)
    mover.now = BUSAN_DAY + timedelta(days=3650)  # with more to list as missed than the last pages take
    delivery = Delivery(stage.desk, stage.env.bot, worker)
    async with looping(delivery, 0.01):

        async def failed() -> bool:
            return worker.last_error is not None

        await until(failed)
        assert worker.last_error == "OperationalError database.full"
        assert titles(stage.channel) == []
        await limit_pages(stage.desk, 10**6)

        async def posted() -> bool:
            return bool(titles(stage.channel))

        await until(posted)


async def test_a_stored_change_wakes_the_loop(stage: Stage, mover: Mover) -> None:
    """Nobody waits for the next minute: what somebody has just made due is posted at once."""
    worker = new_worker(stage.desk)
    async with looping(Delivery(stage.desk, stage.env.bot, worker), 3600.0):

        async def passed() -> bool:
            return worker.last_pass_at is not None

        await until(passed)
        mover.now = BUSAN_DAY
        await stage.fill(await stage.slash("visit log", partner="Gdynia"))

        async def posted() -> bool:
            return about_busan(stage.channel) == 1

        await until(posted)


async def test_a_clock_that_leaps_posts_nothing_until_it_is_believed(stage: Stage, mover: Mover) -> None:
    """A year ahead by mistake: set right again, and nothing was posted by it; the check tells it."""
    seconds = [0.0]
    worker = new_worker(stage.desk)
    steady = SteadyClock(stage.desk.clock, lambda: seconds[0])
    async with looping(Delivery(stage.desk, stage.env.bot, worker, steady=steady), 0.01):

        async def doubted() -> bool:
            return worker.last_error is not None

        mover.now += timedelta(days=365)
        await until(doubted)
        assert worker.last_error == "Unavailable clock.leapt"
        assert (
            "the clock of the machine leapt" in (await stage.slash("office check", stage.administrator)).text
        )
        mover.now -= timedelta(days=365)
        before = mover.now
        worker.last_pass_at = None

        async def passed() -> bool:
            return worker.last_pass_at == before

        await until(passed)
    assert titles(stage.channel) == []
