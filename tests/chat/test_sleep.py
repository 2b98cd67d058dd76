"""Offices whose server removes the bot: asleep, awake again, erased after ninety days; and never for an outage."""

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import simcord
from simcord.backend import serializers
from sqlalchemy import select, update

from bot.client import ShardedBot
from bot.delivery import Delivery
from bot.domain.access import Scope
from bot.domain.offices import SLEEP_KEPT, Office
from bot.domain.reminders import GRACE, ReminderState
from bot.services import sleep
from bot.services.desk import Desk
from bot.services.offices import all_offices
from bot.services.preferences import DRAFTS_KEPT, keep_draft
from bot.services.workers import Shards, new_worker
from db.tables import DraftRow, ExchangeRow, OfficeRow, PlaceRow
from tests.chat.conftest import Stage
from tests.chat.test_reminders import BUSAN_DAY, Mover, make_pass, posts
from tests.records import audit_entries, outbox

TITLE = "Kaohsiung – Busan: 60 years, diamond jubilee, a full sixty-year cycle"


@pytest.fixture
def mover() -> Mover:
    return Mover(BUSAN_DAY - timedelta(hours=10))


@pytest.fixture
def seeded_desk(seeded_desk: Desk, mover: Mover) -> Desk:
    """The starter data under a clock that moves, from the evening before the anniversary with Busan."""
    return replace(seeded_desk, clock=mover)


class Door:
    """How the bot leaves a server and comes back, with the events that Discord sends. The server itself goes on."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.backend = stage, stage.env.backend
        self.server = self.backend.guilds[stage.guild.id]

    async def leave(self) -> None:
        """Somebody removes the bot."""
        self.leave_unnoticed()
        await self._event("GUILD_DELETE", {"id": str(self.server.id)})

    def leave_unnoticed(self) -> None:
        """Somebody removes it while no process listens."""
        self.backend.guilds.pop(self.server.id)

    async def enter(self) -> None:
        """Somebody invites it again. Discord says of a server that it joins nothing about outages."""
        self.enter_unnoticed()
        payload = serializers.guild_create_payload(self.backend, self.server)
        await self._event("GUILD_CREATE", {k: v for k, v in payload.items() if k != "unavailable"})

    def enter_unnoticed(self) -> None:
        self.backend.guilds[self.server.id] = self.server

    async def outage(self) -> None:
        """Discord cannot reach the server; the bot is in it all the same."""
        await self._event("GUILD_DELETE", {"id": str(self.server.id), "unavailable": True})

    async def end_of_outage(self) -> None:
        await self._event("GUILD_CREATE", serializers.guild_create_payload(self.backend, self.server))

    async def _event(self, name: str, payload: Any) -> None:
        self.backend.emit(name, payload)
        await self.stage.env.settle()


@pytest.fixture
def door(stage: Stage) -> Door:
    return Door(stage)


async def office(stage: Stage) -> Office:
    return next(each for each in await all_offices(stage.desk) if each.place.key == "kaohsiung-tw")


async def deeds(stage: Stage) -> list[str]:
    """What the audit trail says of offices, after the setting up."""
    return [e.action for e in await audit_entries(stage.desk) if e.action.startswith("office.")][1:]


def busan(stage: Stage) -> list[str]:
    """The posts about the anniversary."""
    return [str(embed.description) for embed in posts(stage) if embed.title == TITLE]


# Falling asleep and waking ---------------------------------------------------------------------------------


async def test_an_office_sleeps_when_its_server_removes_the_bot(
    stage: Stage, door: Door, mover: Mover
) -> None:
    """Nothing is planned, sent or deleted, and the history says when it fell asleep."""
    await make_pass(stage)
    before = await office(stage)
    await door.leave()
    asleep = await office(stage)
    assert asleep.asleep_since == mover.now
    assert replace(asleep, asleep_since=None, version=before.version) == before
    assert await deeds(stage) == ["office.asleep"]
    rows = len(await outbox(stage.desk))
    mover.now = BUSAN_DAY
    assert await make_pass(stage) == 0
    assert len(await outbox(stage.desk)) == rows
    assert busan(stage) == []


async def test_what_waits_is_not_sent_to_a_server_that_has_left(
    stage: Stage, door: Door, mover: Mover
) -> None:
    """A post was planned and could not go out before the bot was removed: it waits, and then expires."""
    mover.now = BUSAN_DAY
    stage.env.inject_error("POST", "/channels/*/messages", status=500, times=None)
    await make_pass(stage)
    stage.env.backend.faults.clear()
    await door.leave()
    mover.now = BUSAN_DAY + timedelta(hours=2)
    attempts = {row.id: row.attempts for row in await outbox(stage.desk)}
    await make_pass(stage)
    assert {row.id: row.attempts for row in await outbox(stage.desk)} == attempts
    mover.now = BUSAN_DAY + GRACE + timedelta(hours=1)
    await make_pass(stage)
    assert ReminderState.PENDING not in {row.state for row in await outbox(stage.desk)}


async def test_it_wakes_when_it_is_invited_again(stage: Stage, door: Door, mover: Mover) -> None:
    """Posts resume: the one of yesterday comes late, and says so; the months before are no flood."""
    mover.now = BUSAN_DAY - timedelta(days=80)
    async with stage.desk.database.write() as session:
        await session.execute(update(OfficeRow).values(since=mover.now))
    await make_pass(stage)
    await door.leave()
    mover.now = BUSAN_DAY + timedelta(days=1)
    await make_pass(stage)
    await door.enter()
    assert (await office(stage)).asleep_since is None
    assert await deeds(stage) == ["office.asleep", "office.awake"]
    sent = await make_pass(stage)
    (late,) = busan(stage)
    assert "Late" in late
    rows = await outbox(stage.desk)
    assert sent == sum(row.state is ReminderState.SENT and row.at > mover.now - GRACE for row in rows)
    assert sum(row.state is ReminderState.EXPIRED for row in rows) > 3
    assert await make_pass(stage) == 0


async def test_an_outage_is_no_removal(stage: Stage, door: Door) -> None:
    """Nothing is noted when a server becomes unavailable, nor when it is there again, nor on a start meanwhile."""
    await door.outage()
    stage.env.bot.dispatch("ready")
    await stage.env.settle()
    await door.end_of_outage()
    assert (await office(stage)).asleep_since is None
    assert await deeds(stage) == []


async def test_a_removal_during_an_outage_counts(stage: Stage, door: Door) -> None:
    """Discord tells of it as of any other."""
    await door.outage()
    await door.leave()
    assert (await office(stage)).asleep_since is not None


async def test_servers_without_an_office_come_and_go(bare_stage: Stage) -> None:
    """Nobody sleeps, and nothing is noted."""
    door = Door(bare_stage)
    await door.leave()
    await door.enter()
    assert [e for e in await audit_entries(bare_stage.desk) if e.action.startswith("office.")] == []


# What happened while nobody listened -----------------------------------------------------------------------


async def test_a_removal_that_nobody_heard_of_is_found_on_the_next_start(stage: Stage, door: Door) -> None:
    """And so is an invitation; each once."""
    door.leave_unnoticed()
    await stage.restart()
    assert (await office(stage)).asleep_since is not None
    await stage.restart()
    door.enter_unnoticed()
    await stage.restart()
    assert (await office(stage)).asleep_since is None
    assert await deeds(stage) == ["office.asleep", "office.awake"]


@pytest.mark.parametrize("status", [500, 503])
async def test_a_start_during_an_outage_puts_nobody_to_sleep(
    stage: Stage, door: Door, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    """The server is not among those that Discord lists, and Discord, asked for it, is out of order."""
    door.leave_unnoticed()
    stage.env.inject_error("GET", "/guilds/*", status=status, times=None)
    with caplog.at_level(logging.WARNING):
        await stage.restart()
    assert (await office(stage)).asleep_since is None
    assert await deeds(stage) == []
    assert "Discord does not say why" in caplog.text


async def test_a_process_judges_only_the_servers_of_its_shards(seeded_desk: Desk) -> None:
    """Of two servers that are gone it puts its own to sleep; the other one is another process' to tell."""
    gone = {0: 900000000000000000 >> 23 << 23, 1: (900000000000000000 >> 23 << 23) + (1 << 22)}
    assert [(guild_id >> 22) % 2 for guild_id in gone.values()] == [0, 1]
    async with seeded_desk.database.write() as session:
        for key, guild_id in zip(("kaohsiung-tw", "taipei-tw"), gone.values(), strict=True):
            place = select(PlaceRow.id).where(PlaceRow.key == key).scalar_subquery()
            await session.execute(
                update(OfficeRow).where(OfficeRow.place_id == place).values(guild_id=guild_id)
            )
    shards = Shards(2, (1,))
    bot = ShardedBot(seeded_desk, new_worker(seeded_desk, shards), shard_count=2, shard_ids=[1])
    env = simcord.Env(bot, settle_timeout=20)
    await env.start()
    await env.settle()
    await env.shutdown()
    asleep = {o.guild_id for o in await all_offices(seeded_desk) if o.asleep_since is not None}
    assert asleep == {gone[1]}


# After ninety days -----------------------------------------------------------------------------------------


async def logged(stage: Stage, scope: Scope) -> None:
    """A visit that only the office, or everybody, may see."""
    form = await stage.slash("visit log", partner="Gdynia")
    await stage.fill(form, topic=f"a talk for {scope.value}")
    async with stage.desk.database.write() as session:
        newest = select(ExchangeRow.id).order_by(ExchangeRow.id.desc()).limit(1).scalar_subquery()
        await session.execute(update(ExchangeRow).where(ExchangeRow.id == newest).values(scope=scope))


async def topics(stage: Stage) -> set[str | None]:
    async with stage.desk.database.read() as session:
        return set(await session.scalars(select(ExchangeRow.topic).where(ExchangeRow.topic.like("a talk%"))))


async def test_a_sleeper_is_erased_after_ninety_days(stage: Stage, door: Door, mover: Mover) -> None:
    """Not a moment before; once, also by two processes; what others see too stays."""
    mover.now = BUSAN_DAY - timedelta(days=100)
    for scope in (Scope.OFFICE, Scope.SHARED):
        await logged(stage, scope)
    await door.leave()
    mover.now += SLEEP_KEPT
    await make_pass(stage)
    assert await topics(stage) == {"a talk for office", "a talk for shared"}
    mover.now += timedelta(seconds=1)
    await asyncio.gather(sleep.sweep(stage.desk), sleep.sweep(stage.desk))
    await make_pass(stage)
    assert await topics(stage) == {"a talk for shared"}
    left = await office(stage)
    assert (left.guild_id, left.since, left.asleep_since, left.channels) == (None, None, None, {})
    assert await deeds(stage) == ["office.asleep", "office.erased"]
    await door.enter()
    assert "/office setup" in (await stage.slash("quiet")).text


async def test_who_wakes_in_time_keeps_everything(stage: Stage, door: Door, mover: Mover) -> None:
    """The ninety days begin anew with the next sleep."""
    await logged(stage, Scope.OFFICE)
    await door.leave()
    mover.now += SLEEP_KEPT
    await door.enter()
    await door.leave()
    mover.now += timedelta(days=1)
    await make_pass(stage)
    assert await topics(stage) == {"a talk for office"}
    assert (await office(stage)).guild_id == stage.guild.id


async def test_old_drafts_go_with_the_sweep(stage: Stage, mover: Mover) -> None:
    """What somebody typed is kept for a day, whether or not they come back."""
    await keep_draft(stage.desk, 1, "visit", {"topic": "old"})
    mover.now += DRAFTS_KEPT / 2
    await keep_draft(stage.desk, 2, "visit", {"topic": "new"})
    mover.now += DRAFTS_KEPT / 2 + timedelta(seconds=1)
    await make_pass(stage)
    async with stage.desk.database.read() as session:
        assert list(await session.scalars(select(DraftRow.user_id))) == [2]


async def test_a_sweep_that_fails_keeps_no_post_back(
    stage: Stage, mover: Mover, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged, and tried again with the next pass."""

    async def broken(_: Desk) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(sleep, "sweep", broken)
    mover.now = BUSAN_DAY
    with caplog.at_level(logging.ERROR):
        await Delivery(stage.desk, stage.env.bot).make_pass()
    assert len(busan(stage)) == 1
    assert "could not be erased" in caplog.text


async def test_one_office_that_cannot_be_erased_keeps_no_other_back(
    stage: Stage, door: Door, mover: Mover, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The fault is logged; the other office is erased in the same sweep."""
    async with stage.desk.database.write() as session:
        place = select(PlaceRow.id).where(PlaceRow.key == "taipei-tw").scalar_subquery()
        await session.execute(
            update(OfficeRow).where(OfficeRow.place_id == place).values(guild_id=1, asleep_since=mover.now)
        )
    broken = next(each.id for each in await all_offices(stage.desk) if each.guild_id == 1)
    await door.leave()
    original = sleep.erase_own

    async def erase(session: Any, at: datetime, office_id: int, actor: Any = None) -> Any:
        if office_id == broken:
            raise RuntimeError("a fault of ours")
        return await original(session, at, office_id, actor)

    monkeypatch.setattr(sleep, "erase_own", erase)
    mover.now += SLEEP_KEPT + timedelta(days=1)
    with caplog.at_level(logging.ERROR):
        await sleep.sweep(stage.desk)
    assert (await office(stage)).guild_id is None
    assert {each.guild_id for each in await all_offices(stage.desk)} == {None, 1}
    assert f"office {broken}" in caplog.text
