"""A year of the six offices: what is planned for it, and what a bot posts that is up on some days and down on others.

`python -m tests.wire.year` writes the snapshot `year.txt` anew, when posts are meant to have changed. Read what
changed in it before you commit it: nobody else does.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import discord

from bot.delivery import Delivery
from bot.domain.offices import Posting, Purpose
from bot.domain.places import Place
from bot.domain.reminders import GRACE, ReminderKind
from bot.services.desk import Desk
from bot.services.posts import News, Post
from bot.services.reminders import preview
from bot.services.starter import MUNICIPALITIES, seed
from bot.ui.posts import post_text
from db.engine import Database, database_url
from db.offices import offices, set_channels, tie_guild
from db.schema import upgrade
from tests.wire.state import Channel, Discord, Message

SNAPSHOT = Path(__file__).with_name("year.txt")

YEAR = 2027
"""The first whole year after the starter data were gathered."""

ZONE = ZoneInfo("Asia/Taipei")
"""All six offices are there, and post at nine."""

BEGIN = datetime(YEAR, 1, 1, tzinfo=ZONE)
DAYS = 365

LANGUAGES = dict(zip(MUNICIPALITIES, ("en", "zh-TW") * 3, strict=True))

TEXT = 160
"""So many characters of a post are in the snapshot."""


# The snapshot ------------------------------------------------------------------------------------------------


def line_of(post: Post[News]) -> str:
    """One post on one line: local time, office, kind and days ahead, record, places, how its text begins."""
    reminder = post.reminder
    at = reminder.at.astimezone(ZoneInfo(post.office.zone))
    ahead = f"{reminder.kind} −{reminder.lead_days}" if reminder.lead_days else str(reminder.kind)
    records = ", ".join(post.news.records[:1])
    places = ", ".join(place.name_en for place in post.news.places)
    told = " / ".join(post_text(post).splitlines())[:TEXT]
    return f"{at:%Y-%m-%d %a %H:%M} | {post.office.place.name_en} | {ahead} | {records} | {places} | {told}"


HEADER = f"""\
# Every post of the six offices in {YEAR}, as the starter data have it; one a line, in order of time:
# local time | office | kind, and days ahead | record | places | how it begins
# A weekly list is left out where it names the same partners in the same order as that of the week before.
# `python -m tests.wire.year` writes this file anew.
"""


def snapshot_of(posts: Sequence[Post[News]]) -> str:
    return HEADER + "".join(f"{line_of(post)}\n" for post in _without_repeats(posts))


def _without_repeats(posts: Sequence[Post[News]]) -> Iterator[Post[News]]:
    named: dict[int, Sequence[Place]] = {}
    for post in posts:
        if post.reminder.kind is ReminderKind.QUIET_LIST:
            if named.get(post.office.id) == post.news.places:
                continue
            named[post.office.id] = post.news.places
        yield post


# The offices, and the bot ------------------------------------------------------------------------------------


@dataclass
class Mover:
    """A clock that only moves when it is set."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now.astimezone(UTC)


@dataclass
class Year:
    """The six offices with a server and a channel each."""

    desk: Desk
    mover: Mover
    discord: Discord
    channels: Mapping[int, Channel]
    """By office id."""

    async def planned(self, days: int = DAYS) -> list[Post[News]]:
        return await preview(self.desk, BEGIN.date(), days)

    async def live(self, up: Sequence[datetime], client: discord.Client) -> None:
        """Make a pass at each of these moments, through a client that is logged in."""
        for moment in up:
            self.mover.now = moment
            await Delivery(self.desk, client).make_pass()

    def posted(self, office_id: int) -> list[Message]:
        return self.discord.in_channel(self.channels[office_id])


async def begin(desk: Desk) -> Year:
    """Tie the six offices of the starter data to servers of a small Discord, at the beginning of the year."""
    mover = Mover(BEGIN)
    small, channels = Discord(mover), {}
    desk = replace(desk, clock=mover)
    async with desk.database.write() as session:
        for office in await offices(session):
            guild = small.add_guild(office.place.name_en)
            channel = channels[office.id] = small.add_channel(guild, "international-affairs")
            posting = Posting(LANGUAGES[office.place.key], office.zone, office.posting_hour)
            await tie_guild(session, office.id, guild.id, mover(), posting, office.standing)
            await set_channels(session, office.id, dict.fromkeys(Purpose, channel.id))
    return Year(desk, mover, small, channels)


# Days on which it is down ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Downtime:
    """A span in which no bot runs; it comes back at `until`."""

    since: datetime
    until: datetime

    def meets(self, moment: datetime) -> bool:
        return self.since <= moment < self.until

    def misses(self, moment: datetime) -> bool:
        """Whether it is too late for a post of that moment when the bot is back."""
        return self.meets(moment) and moment < self.until - GRACE


def downtime(day: date, days: float) -> Downtime:
    """From eight in the morning of a day on."""
    since = datetime(day.year, day.month, day.day, 8, tzinfo=ZONE)
    return Downtime(since, since + timedelta(days=days))


def passes(days: Sequence[date], down: Sequence[Downtime]) -> Iterator[datetime]:
    """Shortly after nine on each of these days while the bot is up, and whenever it comes back."""
    mornings = [datetime(day.year, day.month, day.day, 9, 0, 20, tzinfo=ZONE) for day in days]
    up = [moment for moment in mornings if not any(each.meets(moment) for each in down)]
    yield from sorted([BEGIN, *up, *(each.until for each in down)])


async def _write() -> None:
    with tempfile.TemporaryDirectory(prefix="attache-year-") as folder:
        database = Database(database_url(f"sqlite:///{folder}/registry.db"))
        await upgrade(database)
        desk = Desk(database, Mover(BEGIN))
        await seed(desk)
        posts = await (await begin(desk)).planned()
        await database.close()
    SNAPSHOT.write_text(snapshot_of(posts), encoding="utf-8")
    sys.stdout.write(f"{len(posts)} posts in {SNAPSHOT}\n")


if __name__ == "__main__":
    asyncio.run(_write())
