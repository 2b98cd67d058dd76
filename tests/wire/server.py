"""Opening the small Discord on this machine."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from tests.wire.gateway import PATH, Gateway, close_all
from tests.wire.rest import API, Rest
from tests.wire.state import Discord


@dataclass(frozen=True)
class Loopback:
    """A Discord that listens: what it knows, and the connections of the bots."""

    discord: Discord
    gateway: Gateway


@asynccontextmanager
async def discord_on_loopback(discord: Discord) -> AsyncIterator[Loopback]:
    """Answer on a free port of 127.0.0.1; `discord.base` and `discord.gateway` say where."""
    application = web.Application()
    gateway = Gateway(discord)
    Rest(discord).add_to(application)
    gateway.add_to(application)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    discord.base, discord.gateway = f"http://127.0.0.1:{port}{API}", f"ws://127.0.0.1:{port}{PATH}"
    try:
        yield Loopback(discord, gateway)
    finally:
        await close_all(gateway)
        await runner.cleanup()
