"""`attache run` around a simulated Discord, for tests that start it as a process of its own.

Its options are those of `attache run`. It writes `serving` to standard output once it serves.
"""

import asyncio
import sys

import simcord
import typer

from bot.client import AttacheBot
from bot.console.frame import fail, read_settings, run_work
from bot.domain.errors import AttacheError
from bot.logs import set_up_logging
from bot.running import Rhythm, run
from bot.services.workers import read_shards

OFTEN = Rhythm(beat=0.05, retry=0.05, passes=0.05, farewell=5.0)


async def connected(bot: AttacheBot, _token: str) -> None:
    """Where the real one logs in and listens."""
    env = simcord.Env(bot, check_errors=False)
    await env.start()
    sys.stdout.write("serving\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def main(shards: int | None = None, shard_ids: str | None = None) -> None:
    settings = read_settings()
    set_up_logging(settings)
    try:
        run_work(run(settings, read_shards(shards, shard_ids), connected, OFTEN))
    except AttacheError as error:
        fail(error)


if __name__ == "__main__":
    typer.run(main)
