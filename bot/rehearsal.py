"""The bot in a local browser chat: SimCord's preview, the real bot, a starter database, no token, no network.

SimCord is an optional part (`attache[rehearsal]`); it is imported only here, when a rehearsal begins.
"""

import asyncio
import contextlib
import logging
import signal
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import discord
import typer

from bot.app import open_desk, require_newest_schema
from bot.client import AttacheBot
from bot.clock import Clock, clock_from, system_clock
from bot.delivery import Delivery
from bot.domain.access import Role
from bot.domain.errors import BadInput, Unavailable
from bot.domain.offices import Office, wall_moment
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.lexicon import names_of
from bot.services.office_settings import PostingForm
from bot.services.offices import all_offices, office_named, set_up_office
from bot.services.preferences import choose_language
from bot.services.quiet import quiet_ties
from bot.services.reminders import preview
from bot.services.starter import seed
from bot.services.workers import new_worker, pass_done
from bot.ui.callers import chat_texts
from bot.ui.help import welcome_card

NAME = "Attaché"
CHANNEL = "international-affairs"
PEOPLE = ("lin-meihua", "chen-chihming", "wang-administrator")
"""Who can be looked as: two of the staff, and the administrator, who may manage the server."""

FIRST_DAY, LAST_DAY = date(2015, 1, 2), date(2150, 12, 31)
"""The days that Discord's message ids can tell, and calendars of anniversaries reach."""

LOOK_AHEAD = 200
"""Days within which the welcome looks for the next reminder."""

AFTER_POSTING = timedelta(minutes=30)
SETTLE_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What is rehearsed: on which port and day, whose office, in which language, on which database.

    Without a database a throw-away one is made; port 0 takes any free port.
    """

    port: int
    open_browser: bool
    today: date
    office: str
    language: str
    database: str | None = None


async def rehearse(rehearsal: Rehearsal) -> None:
    """Serve the page until it is closed or the process is interrupted.

    Raises `Unavailable`: `rehearsal.needs_extra` without SimCord, `rehearsal.real_database` on a database that a real
    server uses; `BadInput`: `rehearsal.day_out_of_range`; and whatever `office_named` raises.
    """
    simcord = _simcord()
    interrupted = _interruption()
    if not FIRST_DAY <= rehearsal.today <= LAST_DAY:
        raise BadInput("rehearsal.day_out_of_range", first=FIRST_DAY, last=LAST_DAY)
    logging.getLogger("discord").setLevel(logging.ERROR)
    async with _stage(rehearsal) as (desk, office):
        bot = AttacheBot(desk)
        env = simcord.Env(bot, check_errors=False, settle_timeout=SETTLE_SECONDS)
        env.backend.clock = _PageClock(desk.clock)
        env.backend.bot_user.name = NAME
        await env.start()
        await _read_names(desk)
        try:
            with env.time_context():
                channel, people = await _set_scene(env, bot, desk, office, rehearsal)
            async with _page(simcord, env, channel, people, office, rehearsal) as page:
                _announce(rehearsal, page)
                await _first_of(page.wait_closed(), interrupted.wait())
        finally:
            await env.shutdown()
        typer.echo(Texts(rehearsal.language)("rehearsal.ended"))


async def _read_names(desk: Desk) -> None:
    """Read the names and the grammar of questions, which takes some seconds: Discord gives up on an answer after three.

    A bot on a server tells in time that its answer is coming; time on the page does not pass by itself.
    """
    async with desk.database.read() as session:
        await names_of(session)


@contextlib.asynccontextmanager
async def _page(
    simcord: Any, env: Any, channel: Any, people: list[Any], office: Office, rehearsal: Rehearsal
) -> AsyncIterator[Any]:
    """The page on the wanted port, or on any free one where somebody has that."""
    locale = {"en": "en-US"}.get(rehearsal.language, rehearsal.language)

    def at(port: int) -> Any:
        return env.preview(
            channel, viewers=people, layout="channel", locale=locale, timezone=office.zone, port=port
        )

    async with contextlib.AsyncExitStack() as stack:
        try:
            page = await stack.enter_async_context(at(rehearsal.port))
        except simcord.SetupError:
            page = await stack.enter_async_context(at(0))
        yield page


def _interruption() -> asyncio.Event:
    """An event that Ctrl-C, or a request to end, sets."""
    interrupted = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers on its loop
            asyncio.get_running_loop().add_signal_handler(name, interrupted.set)
    return interrupted


async def _first_of(*ends: Coroutine[Any, Any, Any]) -> None:
    waiting = [asyncio.ensure_future(end) for end in ends]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for end in waiting:
        end.cancel()


def _simcord() -> Any:
    try:
        import simcord
        import simcord.preview
    except ImportError:
        raise Unavailable("rehearsal.needs_extra") from None
    return simcord


@contextlib.asynccontextmanager
async def _stage(rehearsal: Rehearsal) -> AsyncIterator[tuple[Desk, Office]]:
    """The office on a seeded database, at half an hour after its posts of the day."""
    with tempfile.TemporaryDirectory(prefix="attache-rehearsal-") as folder:
        url = rehearsal.database or f"sqlite:///{Path(folder) / 'rehearsal.db'}"
        night = datetime.combine(rehearsal.today, time(), UTC)
        async with open_desk(url, lambda: night) as desk:
            await require_newest_schema(desk)
            offices = await all_offices(desk)
            if any(office.guild_id not in (None, _guild_id(office)) for office in offices):
                raise Unavailable("rehearsal.real_database")
            if not offices:
                await seed(Desk(desk.database, system_clock))
            office = await office_named(desk, rehearsal.office)
            opening = office.posting_moment(rehearsal.today) + AFTER_POSTING
            yield Desk(desk.database, clock_from(opening)), office


class _PageClock:
    """SimCord's clock, set to the desk's, so that the page shows the day of the rehearsal."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.elapsed = 0.0

    def now(self) -> datetime:
        return self._clock()

    def advance(self, seconds: float) -> None:
        self.elapsed += seconds


async def _set_scene(
    env: Any, bot: AttacheBot, desk: Desk, office: Office, rehearsal: Rehearsal
) -> tuple[Any, list[Any]]:
    """The server of the office with its people, the welcome, and the posts of the day."""
    texts = Texts(rehearsal.language)
    guild = env.create_guild(texts("rehearsal.server", place=office.place), id=_guild_id(office))
    channel = guild.create_text_channel(CHANNEL)
    administrators = guild.create_role("administrator", permissions=discord.Permissions(manage_guild=True))
    people = [guild.add_member(env.create_user(name)) for name in PEOPLE[:-1]]
    people.append(guild.add_member(env.create_user(PEOPLE[-1]), roles=[administrators]))
    for person in people:
        await choose_language(desk, person.id, rehearsal.language)
    midnight = wall_moment(rehearsal.today, time(), office.zone)
    caller = Caller(rehearsal.language, people[-1].id, guild.id, role=Role.OPERATOR)
    posting = PostingForm(rehearsal.language)
    at_midnight = Desk(desk.database, lambda: midnight)
    tied = await set_up_office(at_midnight, caller, office.place.key, channel.id, posting)
    coming = await preview(desk, rehearsal.today + timedelta(days=1), LOOK_AHEAD, tied)
    silent = await quiet_ties(desk, Caller(rehearsal.language, office=tied))
    quietest = next(
        (tie.partner for tie in (*(item.tie for item in silent.quiet), *silent.no_record)), tied.place
    )
    await bot.get_partial_messageable(channel.id, guild_id=guild.id).send(
        embed=welcome_card(chat_texts(rehearsal.language), tied, quietest, coming[0] if coming else None)
    )
    worker = new_worker(desk)
    await Delivery(desk, bot, worker).make_pass()
    await pass_done(desk, worker)
    await env.settle()
    return channel, people


def _guild_id(office: Office) -> int:
    """The same server for the same office each time, so that a kept database knows it again."""
    return 1_000_000_000_000_000_000 + office.id


def _announce(rehearsal: Rehearsal, preview: Any) -> None:
    texts = Texts(rehearsal.language)
    if rehearsal.port and f":{rehearsal.port}/" not in preview.url:
        typer.echo(texts("rehearsal.port_taken", port=str(rehearsal.port)))
    typer.echo(texts("rehearsal.open_at", url=preview.url))
    typer.echo(texts("rehearsal.how_to_end"))
    if rehearsal.open_browser:
        webbrowser.open(preview.url)
