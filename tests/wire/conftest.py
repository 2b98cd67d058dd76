"""An office on a database, its server in the small Discord, and bots to be started between the two."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.domain.access import Role
from bot.services.desk import Caller, Desk
from bot.services.office_settings import PostingForm
from bot.services.offices import set_up_office
from tests.wire.bots import Bot, Bots, starting_bots
from tests.wire.clock import SharedClock
from tests.wire.launch import Launch
from tests.wire.server import Loopback, discord_on_loopback
from tests.wire.state import Channel, Discord, Guild

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

    async def start(self, **more: Any) -> Bot:
        launch = Launch(
            database=self.desk.database.url.render_as_string(hide_password=False),
            base=self.discord.base,
            gateway=self.discord.gateway,
            clock=str(self.clock.file),
            log=str(self.folder / f"bot{next(self._logs)}.log"),
        )
        return await self.bots.start(replace(launch, **more))


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
    operator = Caller("en", 1, guild.id, role=Role.OPERATOR)
    await set_up_office(desk, operator, "kaohsiung-tw", channel.id, PostingForm("en"))
    async with discord_on_loopback(discord) as loopback:
        yield World(desk, clock, loopback, bots, tmp_path, guild, channel, count(1))
        await bots.kill_all()
    assert discord.happened("fault") == [], "the small Discord itself has failed"
