"""Where bots are killed: an office with three posts a day, on either engine, and what became of each in the end."""

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.domain.dates import PartialDate
from bot.domain.offices import Posting, Purpose
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.domain.planning import plan
from bot.domain.reminders import MOST_COPIES, PERHAPS_OUT, TWICE, Reminder, ReminderState
from bot.services.desk import Desk
from bot.services.facts import facts_of
from db.engine import Database, database_url
from db.missed import TOLD_ELSEWHERE
from db.offices import insert_office, office_by_id, set_channels, tie_guild
from db.partnerships import NewPartnership, insert_partnerships
from db.places import NewPlace, insert_places
from db.schema import upgrade
from db.tables import ReminderRow
from tests.load.server import OwnServer, own_server
from tests.records import outbox
from tests.wire.bots import Bot, Bots, starting_bots
from tests.wire.clock import SharedClock
from tests.wire.launch import Launch
from tests.wire.server import discord_on_loopback
from tests.wire.state import Discord, Message

ZONE = "Asia/Taipei"
HOUR = 9
FIRST_DAY = date(2026, 3, 2)
BEGIN = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
"""Noon in Taiwan; the first posts come the next morning."""

SIGNED = 1987
"""39 years before: no milestone, and so three posts a tie: a month before, a week before, and on the day."""

LEADS = (30, 7, 0)


@dataclass
class Trial:
    """A database, its clock, its Discord, and bots of so many shards on it."""

    desk: Desk
    clock: SharedClock
    discord: Discord
    bots: Bots
    office_id: int
    folder: Path
    processes: int
    server: OwnServer | None = None
    running: dict[int, Bot] = field(default_factory=dict)

    async def start(self, shard: int = 0, **more: Any) -> Bot:
        """Start the bot of a shard."""
        launch = Launch(
            database=self.desk.database.url.render_as_string(hide_password=False),
            base=self.discord.base,
            gateway=self.discord.gateway,
            clock=str(self.clock.file),
            log=str(self.folder / "bots.log"),
            shards=(self.processes, (shard,)),
        )
        self.running[shard] = bot = await self.bots.start(replace(launch, **more))
        return bot

    async def start_all(self) -> None:
        for shard in range(self.processes):
            if shard not in self.running or not self.running[shard].runs:
                await self.start(shard)

    async def settle(self, patience: float = 60.0) -> None:
        """Let the bots post until all that is due is planned, and nothing of it is left to do."""
        due = {post.nonce for post in await self.expected()}
        async with asyncio.timeout(patience):
            while due - {  # noqa: ASYNC110 - it is another process that does it
                nonce_of(row) for row in await outbox(self.desk) if row.state not in OPEN
            }:
                await asyncio.sleep(0.05)

    async def expected(self) -> list[Reminder]:
        """What was to be posted until now, planned afresh from the first day."""
        async with self.desk.database.read() as session:
            office = await office_by_id(session, self.office_id)
            assert office is not None
            return plan(await facts_of(session, office), BEGIN, self.clock())


OPEN = (ReminderState.PENDING, ReminderState.CLAIMED, ReminderState.BLOCKED)


# What became of it -------------------------------------------------------------------------------------------


@dataclass
class Verdict:
    """What was counted, and what is wrong, in words.

    `twice` are posts that stand there twice and are noted as such, `given_up` those that may do so and were not sent
    a third time, but told of as missed.
    """

    due: int
    repeats_swallowed: int
    twice: int
    given_up: int
    wrong: list[str]


async def judge(trial: Trial) -> Verdict:
    """Every post stands there once, or, past the nonce's minutes, at most twice and noted as such; none is lost."""
    sent: dict[str | None, list[Message]] = defaultdict(list)
    for message in trial.discord.messages:
        sent[message.nonce].append(message)
    rows = {nonce_of(row): row for row in await outbox(trial.desk)}
    expected = await trial.expected()
    wrong = [f"{post.nonce} is not in the outbox: {post}" for post in expected if post.nonce not in rows]
    wrong += [f"nobody planned a message: {nonce}" for nonce in sent.keys() - rows.keys()]
    for nonce, row in rows.items():
        name = f"{row.kind} {row.subject} {row.occurrence} −{row.lead_days}"
        wrong += [f"{name}: {fault}" for fault in _faults(row, sent[nonce])]
    return Verdict(
        due=len(expected),
        repeats_swallowed=len(trial.discord.happened("repeated")),
        twice=sum(len(messages) > 1 for messages in sent.values()),
        given_up=sum(_is_given_up(row) for row in rows.values()),
        wrong=wrong,
    )


def _faults(row: ReminderRow, messages: list[Message]) -> list[str]:
    found = []
    if row.state is not ReminderState.SENT and not _is_given_up(row):
        found.append(f"{row.state} ({row.reason}) after {row.attempts} attempts, {len(messages)} messages")
    if row.state is ReminderState.SENT and not messages:
        found.append("lost")
    if len(messages) > MOST_COPIES:
        found.append(f"posted {len(messages)} times")
    if len(messages) > 1 and row.reason != TWICE:
        found.append(f"posted twice, and noted as {row.reason}")
    if row.state is ReminderState.SENT and row.message_id not in [message.id for message in messages]:
        found.append("recorded with another message")
    return found


def _is_given_up(row: ReminderRow) -> bool:
    """What may be out is told of as missed; what tells of others is told again by the next of its kind."""
    told = row.told_in is not None or row.kind in TOLD_ELSEWHERE
    return row.state is ReminderState.FAILED and row.reason in (TWICE, PERHAPS_OUT) and told


def nonce_of(row: ReminderRow) -> str:
    return Reminder(
        row.office_id, row.kind, row.subject, row.occurrence, row.lead_days, row.channel_id, row.at
    ).nonce


# Where it takes place ----------------------------------------------------------------------------------------


@asynccontextmanager
async def trial_on(engine: str, processes: int, days: int) -> AsyncIterator[Trial]:
    """An office that has three posts a day for so many days, on an engine of its own; gone afterwards."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="attache-wire-")))
        server = await stack.enter_async_context(own_server()) if engine == "postgresql" else None
        url = await server.new_database() if server else f"sqlite:///{folder / 'registry.db'}"
        clock = SharedClock(folder / "clock")
        clock.set(BEGIN)
        discord = Discord(clock)
        desk = Desk(Database(database_url(url)), clock)
        stack.push_async_callback(desk.database.close)
        office_id = await set_up(desk, discord, days)
        await stack.enter_async_context(discord_on_loopback(discord))
        bots = await stack.enter_async_context(starting_bots())
        yield Trial(desk, clock, discord, bots, office_id, folder, processes, server)


async def set_up(desk: Desk, discord: Discord, days: int) -> int:
    """An office, with a tie for every day on which something is to be posted."""
    await upgrade(desk.database)
    guild = discord.add_guild("International Affairs")
    channel = discord.add_channel(guild, "international-affairs")
    keys = [f"partner{number}" for number in range(days + max(LEADS))]
    async with desk.database.write() as session:
        places = [NewPlace(key, key, country="JP", zone="Asia/Tokyo") for key in keys]
        ids = await insert_places(session, [NewPlace("home", "Home", country="TW", zone=ZONE), *places])
        acts = [
            NewPartnership(
                Kind.SISTER_CITY,
                (ids["home"], ids[key]),
                (StatusChange(Status.ACTIVE),),
                signed=PartialDate.of((FIRST_DAY + timedelta(days=number)).replace(year=SIGNED)),
            )
            for number, key in enumerate(keys)
        ]
        await insert_partnerships(session, acts)
        office_id = await insert_office(session, ids["home"], "en", ZONE, posting_hour=HOUR)
        posting = Posting("en", ZONE, HOUR)
        office = await office_by_id(session, office_id)
        assert office is not None
        await tie_guild(session, office_id, guild.id, BEGIN, posting, office.standing)
        await set_channels(session, office_id, dict.fromkeys(Purpose, channel.id))
    return office_id
