"""A year of the six offices: each post at its hour, late where the bot was down for a while, then told as missed."""

import difflib
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import date, timedelta

import discord
import pytest
from discord.http import Route

from bot.i18n.texts import Texts
from bot.services.desk import Desk
from bot.services.posts import News, Post
from bot.ui.posts import post_text
from tests.wire.launch import TOKEN
from tests.wire.server import discord_on_loopback
from tests.wire.year import (
    BEGIN,
    DAYS,
    HEADER,
    SNAPSHOT,
    Downtime,
    Year,
    begin,
    downtime,
    passes,
    snapshot_of,
)


@pytest.fixture
async def year(seeded_desk: Desk) -> Year:
    return await begin(seeded_desk)


@pytest.fixture
async def client(year: Year, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[discord.Client]:
    """A client that can send in the servers of the six offices."""
    async with discord_on_loopback(year.discord), discord.Client(intents=discord.Intents.none()) as made:
        monkeypatch.setattr(Route, "BASE", year.discord.base)
        await made.login(TOKEN)
        yield made


async def test_every_post_of_a_year(year: Year) -> None:
    """Exactly those in the snapshot, which a person has read."""
    now, then = snapshot_of(await year.planned()), SNAPSHOT.read_text(encoding="utf-8")
    changed = list(
        difflib.unified_diff(then.splitlines(), now.splitlines(), "read", "planned", lineterm="", n=0)
    )
    assert not changed, "\n".join([*changed, "If that is meant:", *HEADER.splitlines()[-1:]])


async def check(
    year: Year, client: discord.Client, days: int, down: Sequence[Downtime], *, idle: bool
) -> None:
    """Live so many days, those with nothing to post only if `idle`; then look at every post of every office."""
    every = await year.planned(days)
    dates = [BEGIN.date() + timedelta(days=number) for number in range(days)]
    busy = {post.reminder.at.astimezone(BEGIN.tzinfo).date() for post in every}
    await year.live([*passes([day for day in dates if idle or day in busy], down)], client)
    for office_id in year.channels:
        of_office = [post for post in every if post.office.id == office_id]
        _look(year, office_id, of_office, down)
    nonces = Counter(message.nonce for message in year.discord.messages)
    assert set(nonces.values()) == {1}


def _look(year: Year, office_id: int, posts: Sequence[Post[News]], down: Sequence[Downtime]) -> None:
    there = {message.nonce: message for message in year.posted(office_id)}
    missed: dict[Downtime, list[Post[News]]] = {}
    for post in posts:
        away = next((each for each in down if each.meets(post.reminder.at)), None)
        if away and away.misses(post.reminder.at):
            assert post.reminder.nonce not in there
            missed.setdefault(away, []).append(post)
            continue
        message = there.pop(post.reminder.nonce)
        if away is None:
            assert timedelta() <= message.at - post.reminder.at < timedelta(minutes=1)
            assert message.text == post_text(post)
        else:
            assert message.at == away.until
            assert Texts(post.office.language)("post.late") in message.text
    for away, lost in missed.items():
        (a_list,) = [message for message in there.values() if message.at == away.until]
        del there[a_list.nonce]
        assert all(post_text(post).splitlines()[0] in a_list.text for post in lost)
    assert not there, "nothing else is posted"


@pytest.mark.proof
async def test_some_weeks_with_a_downtime(year: Year, client: discord.Client) -> None:
    """Down over a morning, and down for six days: late, missed, and everything else at nine."""
    down = [downtime(date(2027, 1, 6), 1), downtime(date(2027, 1, 9), 6)]
    await check(year, client, 28, down, idle=False)


@pytest.mark.proof
async def test_the_whole_year(year: Year, client: discord.Client) -> None:
    """Day by day, with downtimes of hours, days and weeks."""
    days = [(date(2027, 1, 6), 0.2), (date(2027, 1, 9), 6), (date(2027, 3, 1), 2.9), (date(2027, 5, 3), 3.1)]
    down = [downtime(*each) for each in (*days, (date(2027, 7, 1), 21), (date(2027, 10, 1), 0.5))]
    await check(year, client, DAYS, down, idle=True)
