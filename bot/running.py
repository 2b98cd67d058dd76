"""`attache run`: from the settings to a process that serves its shards, and back to nothing in good order."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import discord

from bot.app import alone_on, open_desk, require_newest_schema
from bot.client import AttacheBot, make_bot
from bot.clock import Clock, SteadyClock, system_clock
from bot.delivery import PAUSE, Delivery
from bot.domain.errors import AttacheError, Unavailable
from bot.health import Health, serving_health
from bot.logs import quieten_tasks
from bot.metrics import Meter, make_meter
from bot.services.desk import Desk
from bot.services.faults import outage
from bot.services.workers import Shards, Worker, beat, end_worker, start_worker
from bot.settings import Settings
from db.engine import EngineError

log = logging.getLogger(__name__)

GOODBYE = 3.0
"""Seconds that closing the connection to Discord's gateway may take."""

NO_SUCH_TOKEN = 4004
"""With this code Discord's gateway turns away a token that is no more."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """In seconds: between signs of life, between attempts while the database is away, between reminder passes, how
    long one sign of life may take, how long what is under way may take at the end, and after how long what was told to
    end is told again. `leap` is how far the clock may leap before it is doubted."""

    beat: float = 20.0
    retry: float = 5.0
    passes: float = PAUSE
    patience: float = 10.0
    farewell: float = 20.0
    insist: float = 2.0
    leap: timedelta = timedelta(minutes=5)


USUAL = Rhythm()

Connect = Callable[[AttacheBot, str], Coroutine[Any, Any, None]]
"""Logs the bot in with the token, and listens until the connection is closed."""


async def run(
    settings: Settings,
    shards: Shards,
    connect: Connect | None = None,
    rhythm: Rhythm = USUAL,
    clock: Clock = system_clock,
) -> None:
    """Connect to Discord and serve these shards until asked to stop. `connect` stands in for Discord in tests.

    Raises `Unavailable`: whatever `open_desk`, `alone_on`, `start_worker` and `serving_health` raise; without a token
    that Discord takes; and `shards.lost` when another process has taken over.
    """
    token = settings.token.get_secret_value().strip() if settings.token else ""
    if not token:
        raise Unavailable("token.missing")
    asyncio.get_running_loop().set_exception_handler(quieten_tasks)
    stop = stop_asked_for()
    try:
        async with open_desk(settings.database_url.get_secret_value(), clock) as desk:
            with alone_on(desk.database):
                await require_newest_schema(desk)
                meter = make_meter() if settings.health_port else Meter()
                async with (
                    working(desk, shards, rhythm) as worker,
                    make_bot(desk, worker, meter) as bot,
                    serving_health(Health(desk, bot, worker, meter), settings.health_port),
                ):
                    connection = (connect or connected)(bot, token)
                    await serve(desk, bot, worker, meter, connection, stop, rhythm)
    except AttacheError:
        raise
    except Exception as error:
        if away := outage(error):
            raise away from None
        if isinstance(error, EngineError):
            raise
        log.critical("stopped by an unexpected error", exc_info=error)
        raise Unavailable("run.failed") from None


def stop_asked_for() -> asyncio.Event:
    """An event that SIGTERM or Ctrl-C sets; Ctrl-C a second time ends the process at once."""
    loop, asked = asyncio.get_running_loop(), asyncio.Event()

    def interrupted() -> None:
        asked.set()
        loop.remove_signal_handler(signal.SIGINT)

    with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers on its loop
        loop.add_signal_handler(signal.SIGTERM, asked.set)
        loop.add_signal_handler(signal.SIGINT, interrupted)
    return asked


@asynccontextmanager
async def working(desk: Desk, shards: Shards, rhythm: Rhythm = USUAL) -> AsyncIterator[Worker]:
    """A worker with its shards leased; they are free again on the way out. Raises what `start_worker` raises."""
    worker = await start_worker(desk, shards, alone=desk.database.is_sqlite)
    log.info("worker %s serves shards %s", worker.name, worker.shards)
    try:
        yield worker
    finally:
        try:
            async with asyncio.timeout(rhythm.patience):
                await end_worker(desk, worker)
        except Exception as error:  # what is leased becomes free by itself
            log.warning("the leases of %s could not be ended: %s", worker.name, type(error).__name__)


async def connected(bot: AttacheBot, token: str) -> None:
    """Log in and listen until the connection is closed.

    Raises `Unavailable`: `token.refused`, `discord.unreachable`, `discord.closed` with the code that Discord gave.
    """
    try:
        await bot.login(token)
    except discord.LoginFailure:
        raise Unavailable("token.refused") from None
    except (discord.HTTPException, OSError):
        raise Unavailable("discord.unreachable") from None
    try:
        await bot.connect()
    except discord.ConnectionClosed as closed:
        if closed.code == NO_SUCH_TOKEN:
            raise Unavailable("token.refused") from None
        raise Unavailable("discord.closed", code=str(closed.code)) from None


async def serve(
    desk: Desk,
    bot: AttacheBot,
    worker: Worker,
    meter: Meter,
    connection: Coroutine[Any, Any, None],
    stop: asyncio.Event,
    rhythm: Rhythm = USUAL,
) -> None:
    """Answer and post until `stop` is set, the connection ends, or a shard is lost; then end what is under way.

    Raises what ended the connection, and `Unavailable` (`shards.lost`): then nothing more is answered at all.
    """
    keeper = Keeper(desk, bot, worker, rhythm)
    bot.lapsed = keeper.lapsed
    steady = SteadyClock(desk.clock, tolerated=rhythm.leap)
    delivery = Delivery(desk, bot, worker, meter, bot.outages, steady)
    connecting = asyncio.create_task(connection)
    delivering = asyncio.create_task(_deliver_once_ready(bot, delivery, rhythm))
    keeping = asyncio.create_task(keeper.keep())
    stopping = asyncio.create_task(stop.wait())
    tasks = (connecting, delivering, keeping, stopping)
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await _end(connecting, rhythm.insist)
        delivery.stop()
        if not bot.is_ready():
            delivering.cancel()
        await _wind_down(bot, delivering, 0 if keeper.lost else rhythm.farewell)
        for task in tasks:
            await _end(task, rhythm.insist)
    for task in tasks:
        if not task.cancelled():
            task.result()


async def _deliver_once_ready(bot: AttacheBot, delivery: Delivery, rhythm: Rhythm) -> None:
    await bot.wait_until_ready()
    await delivery.run(rhythm.passes)


async def _wind_down(bot: AttacheBot, delivering: asyncio.Task[None], seconds: float) -> None:
    """Take nothing new, and wait for the answers and the post that are under way, at most so long together."""
    log.info("stopping; what is under way has %s seconds", seconds)
    with contextlib.suppress(Exception):  # a connection that fails while it is closed is closed as well
        async with asyncio.timeout(GOODBYE):
            await bot.stop_listening()
    await asyncio.gather(bot.in_flight.ended(seconds), asyncio.wait({delivering}, timeout=seconds))


async def _end(task: asyncio.Task[Any], insist: float) -> None:
    """Cancel a task unless it has ended, and wait for that; how it ended stays with it.

    Once may not do: in Python 3.11 `asyncio.wait_for`, with which the library connects a shard, loses a cancellation
    that comes just as what it waits for is there.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=insist)


class Keeper:
    """Keeps the leases of this process, and knows when it can not be sure of them any more."""

    def __init__(self, desk: Desk, bot: AttacheBot, worker: Worker, rhythm: Rhythm) -> None:
        self._desk = desk
        self._bot = bot
        self._worker = worker
        self._rhythm = rhythm
        self._at_once = asyncio.Event()
        self._cut_off = False
        self.lost = False

    async def keep(self) -> None:
        """Give signs of life until cancelled. Raises `Unavailable` (`shards.lost`)."""
        while True:
            await self.beat()
            wait = self._rhythm.retry if self._cut_off else self._rhythm.beat
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._at_once.wait(), wait)
            self._at_once.clear()

    async def beat(self) -> None:
        """One sign of life; a database that is away is told of once. Raises `Unavailable` (`shards.lost`)."""
        try:
            async with asyncio.timeout(self._rhythm.patience):
                await beat(self._desk, self._worker)
        except Unavailable:
            self.lost = True
            raise
        except Exception as error:
            self._cut_off = True
            if isinstance(error, TimeoutError):
                self._bot.outages.begin(Unavailable("database.away", reason=type(error).__name__))
            elif away := outage(error):
                self._bot.outages.begin(away)
            else:
                log.exception("a sign of life failed; the next one follows")
        else:
            self._cut_off = False
            self._bot.outages.end()

    def lapsed(self) -> bool:
        """Whether somebody else may be serving our servers: we were not awake to renew the leases in time.

        Where it is the database that is away, nobody else could take them, and people are to be told of it.
        """
        if self.lost:
            return True
        if self._cut_off or self._desk.clock() < self._worker.leased_until:
            return False
        self._at_once.set()
        return True
