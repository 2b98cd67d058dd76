"""`attache run`, led to the small Discord: the same code from the settings to the last goodbye.

`python -m tests.wire.launch` reads one `Launch` as JSON for each line and starts it as a process of its own, forked
from one that has everything imported: a new interpreter takes two seconds for that, and bots are killed by hundreds.
"""

import asyncio
import contextlib
import gc
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route

from bot import running
from bot.client import AttacheBot
from bot.domain.errors import AttacheError
from bot.logs import set_up_logging
from bot.running import Rhythm
from bot.services import outbox
from bot.services.workers import Shards
from bot.settings import Settings
from tests.forks import import_everything
from tests.wire.clock import SharedClock

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.s3cr3t-t0ken_of-the_b0t-abcdefghijkl"

STEPS: dict[str, tuple[object, str]] = {
    "plan": (outbox, "enqueue_due"),
    "claim": (outbox, "claim_due"),
    "send": (HTTPClient, "send_message"),
    "record": (outbox, "record_sent"),
}
"""What a post goes through, by the functions that do it."""

BEAT = 0.1
"""Seconds between signs of life: they are to follow when the clock leaps."""

FAR = 1e9
"""Seconds by which the clock may leap: a test lets days go by in no time."""

GUILDS_COME_WITHIN = 0.05
"""Seconds; discord.py waits two after the last server before it says that it is ready."""


@dataclass(frozen=True)
class Launch:
    """How a bot is started. `log` and `clock` are files; `kill` is a step, `before` or `after`, and which time."""

    database: str
    base: str
    gateway: str
    clock: str
    log: str
    shards: tuple[int, tuple[int, ...]] = (1, (0,))
    passes: float = 0.05
    beat: float = BEAT
    leap: float = FAR
    health_port: int | None = None
    kill: tuple[str, str, int] | None = None

    @classmethod
    def read(cls, text: str) -> "Launch":
        values = json.loads(text)
        count, ids = values.pop("shards")
        kill = values.pop("kill")
        return cls(**values, shards=(count, tuple(ids)), kill=tuple(kill) if kill else None)

    def write(self) -> str:
        return json.dumps(asdict(self))


def die_at(step: str, when: str, time: int) -> None:
    """Let this process be killed `before` or `after` it does a step for the `time`-th time."""
    owner, name = STEPS[step]
    done: Callable[..., Awaitable[Any]] = getattr(owner, name)
    left = iter(range(time - 1))

    async def deadly(*arguments: Any, **more: Any) -> Any:
        last = next(left, None) is None
        if last and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = await done(*arguments, **more)
        if last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, deadly)


async def connected(bot: AttacheBot, token: str) -> None:
    """The real thing, less patient."""
    bot._connection.guild_ready_timeout = GUILDS_COME_WITHIN
    await running.connected(bot, token)


async def run(launch: Launch) -> None:
    """Run until the end, whatever brings it about."""
    Route.BASE = launch.base
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(launch.gateway)
    if launch.kill:
        die_at(*launch.kill)
    settings = Settings(
        _env_file=None,
        token=TOKEN,
        database_url=launch.database,
        health_port=launch.health_port,
    )
    set_up_logging(settings)
    # The clock is moved on purpose, and not to be doubted.
    rhythm = Rhythm(
        beat=launch.beat, retry=0.1, passes=launch.passes, farewell=5.0, leap=timedelta(seconds=launch.leap)
    )
    shards = Shards(*launch.shards)
    await running.run(settings, shards, connected, rhythm, SharedClock(Path(launch.clock)))


def be(launch: Launch) -> None:
    """Become the bot, with its log in a file; never returns."""
    status = 1
    try:
        os.dup2(os.open(launch.log, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), 2)
        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
        os.dup2(0, 1)
        asyncio.run(run(launch))
        status = 0
    except AttacheError as error:
        print(f"ended: {error.key} {error.values}", file=sys.stderr)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(status)


def serve() -> None:
    """Start what is asked for, and tell the id of its process."""
    import_everything()
    discord.Client(intents=discord.Intents.none())
    signal.signal(signal.SIGCHLD, _bury)
    gc.freeze()
    for line in sys.stdin:
        launch = Launch.read(line)
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            be(launch)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def _bury(*_: object) -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


if __name__ == "__main__":
    serve()
