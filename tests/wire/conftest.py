"""An office on a database, its server in the small Discord, and bots to be started between the two."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.console.frame import say
from bot.doctor import examine
from bot.domain.access import Role
from bot.services.desk import Caller, Desk
from bot.services.office_settings import PostingForm
from bot.services.offices import set_up_office
from bot.services.workers import workers_seen
from bot.settings import Settings
from db.tables import ReminderRow
from tests.records import outbox
from tests.wire.bots import Bot, Bots, starting_bots
from tests.wire.clock import SharedClock
from tests.wire.launch import Launch
from tests.wire.server import Loopback, discord_on_loopback
from tests.wire.state import PATIENCE, Channel, Discord, Guild, Message

BEFORE_NINE = datetime(2026, 6, 30, 0, 59, 30, tzinfo=UTC)
BUSAN_DAY = datetime(2026, 6, 30, 1, 0, tzinfo=UTC)
"""Nine in Kaohsiung, sixty years after the signing with Busan."""


@dataclass
class World:
    """Everything around a bot: its database, its Discord, its time."""

    desk: Desk
    clock: SharedClock
    loopback: Loopback
    bots: Bots
    folder: Path
    guild: Guild
    channel: Channel
    _logs: "count[int]"

    @property
    def discord(self) -> Discord:
        return self.loopback.discord

    async def set_up(self) -> None:
        """Tie the server to the office of Kaohsiung, which posts to the channel."""
        operator = Caller("en", 1, self.guild.id, role=Role.OPERATOR)
        await set_up_office(self.desk, operator, "kaohsiung-tw", self.channel.id, PostingForm("en"))

    async def passes(self, number: int) -> None:
        """Wait until the bot has made so many further passes over the outbox."""
        seen: set[datetime | None] = set()
        async with asyncio.timeout(PATIENCE):
            while len(seen) <= number:
                seen |= {each.last_pass_at for each in await workers_seen(self.desk)}
                await asyncio.sleep(0.02)

    async def posted(self, number: int = 1) -> list[Message]:
        """The posts about Busan, once there are so many."""
        await self.discord.until(lambda: len(self._posts) >= number)
        return self._posts

    @property
    def _posts(self) -> list[Message]:
        return [message for message in self.discord.messages if "Busan" in message.title]

    async def row(self, **wanted: object) -> ReminderRow:
        """The row of that post in the outbox, once it is as `wanted`."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for row in await outbox(self.desk):
                    of_the_day = row.subject == "P191" and row.lead_days == 0
                    if of_the_day and all(getattr(row, name) == value for name, value in wanted.items()):
                        return row
                await asyncio.sleep(0.05)

    async def office_check(self) -> str:
        """What `/office check` answers."""
        before = len(self.discord.answers())
        await self.loopback.gateway.command(self.channel, "office check")
        await self.discord.until(lambda: any("Kaohsiung" in each for each in self.discord.answers()[before:]))
        return self.discord.answers()[-1]

    async def doctor(self) -> str:
        """What `attache doctor` says, at the time of this world."""
        settings = Settings(_env_file=None, token=None, database_url=self.launch.database)
        findings = await examine(settings, clock=self.clock)
        return "\n".join(say(each.key, **each.values) for each in findings)

    async def start(self, **more: Any) -> Bot:
        bot = await self.bots.start(replace(self.launch, **more))
        await self.discord.until(lambda: bool(self.discord.happened("identified")))
        return bot

    @property
    def launch(self) -> Launch:
        return Launch(
            database=self.desk.database.url.render_as_string(hide_password=False),
            base=self.discord.base,
            gateway=self.discord.gateway,
            clock=str(self.clock.file),
            log=str(self.folder / f"bot{next(self._logs)}.log"),
        )


@pytest.fixture
async def bots() -> AsyncIterator[Bots]:
    async with starting_bots() as made:
        yield made


@pytest.fixture
async def world(seeded_desk: Desk, bots: Bots, tmp_path: Path) -> AsyncIterator[World]:
    """The Kaohsiung office half a minute before the post about its anniversary with Busan; no bot runs yet."""
    clock = SharedClock(tmp_path / "clock")
    clock.set(BEFORE_NINE)
    desk = replace(seeded_desk, clock=clock)
    discord = Discord(clock)
    guild = discord.add_guild("International Affairs of Kaohsiung")
    channel = discord.add_channel(guild, "international-affairs")
    async with discord_on_loopback(discord) as loopback:
        made = World(desk, clock, loopback, bots, tmp_path, guild, channel, count(1))
        await made.set_up()
        yield made
        await bots.kill_all()
    assert discord.happened("fault") == [], "the small Discord itself has failed"
