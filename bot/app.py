"""Wiring: settings become a desk, a desk becomes a running bot."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

import discord

from bot.client import AttacheBot
from bot.clock import Clock, system_clock
from bot.delivery import Delivery
from bot.domain.errors import Unavailable
from bot.services.desk import Desk
from bot.settings import Settings
from db.engine import Database, database_url, reach
from db.schema import current_revision, known, newest_revision, upgrade


@contextlib.asynccontextmanager
async def open_desk(url: str, clock: Clock = system_clock) -> AsyncIterator[Desk]:
    """A desk on the database at this address, closed on the way out.

    Raises `Unavailable`: `database.bad_url`, `database.needs_postgres_extra`, `database.unreachable`.
    """
    database = Database(database_url(url))
    try:
        await reach(database)
        yield Desk(database, clock)
    finally:
        await database.close()


async def require_newest_schema(desk: Desk) -> None:
    """Create the tables of an empty database. Raises `Unavailable` where it stands at another revision."""
    at = await current_revision(desk.database)
    if at is None:
        await upgrade(desk.database)
    elif not known(at):
        raise Unavailable("database.newer", at=at)
    elif at != newest_revision():
        raise Unavailable("database.other_revision", at=at, newest=newest_revision())


async def run(settings: Settings) -> None:
    """Connect to Discord and serve until stopped. Raises `Unavailable` without a token that Discord takes."""
    if settings.token is None or not settings.token.get_secret_value().strip():
        raise Unavailable("token.missing")
    async with open_desk(settings.database_url.get_secret_value()) as desk:
        await require_newest_schema(desk)
        async with AttacheBot(desk) as bot:
            try:
                await bot.login(settings.token.get_secret_value().strip())
            except discord.LoginFailure:
                raise Unavailable("token.refused") from None
            except (discord.HTTPException, OSError):
                raise Unavailable("discord.unreachable") from None
            delivery = asyncio.create_task(_deliver_once_ready(desk, bot))
            try:
                await bot.connect()
            finally:
                delivery.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await delivery


async def _deliver_once_ready(desk: Desk, bot: AttacheBot) -> None:
    await bot.wait_until_ready()
    await Delivery(desk, bot).run()


def set_up_logging(level: str) -> None:
    """Log to standard error; discord.py's own messages stay at warnings, as they may name users."""
    discord.utils.setup_logging(level=getattr(logging, level))
    logging.getLogger("discord").setLevel(max(logging.WARNING, getattr(logging, level)))
