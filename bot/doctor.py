"""What is wrong with an installation, and how to mend it."""

import asyncio
import contextlib
import re

import discord

from bot.app import open_desk
from bot.client import INTENTS
from bot.clock import Clock, system_clock
from bot.domain.errors import AttacheError
from bot.domain.offices import Office
from bot.services.desk import Desk
from bot.services.findings import Finding, revision_finding, unsent_finding
from bot.services.offices import all_offices
from bot.services.outbox import unsent_posts
from bot.settings import Settings
from bot.ui.offices import ChannelState, channel_state
from db.engine import check_writable

TOKEN = re.compile(r"[\w-]{18,40}\.[\w-]{6,8}\.[\w-]{25,60}")
"""Discord's tokens: three parts of base64, the first of them the application's id."""


async def examine(settings: Settings, *, connect: bool = False, clock: Clock = system_clock) -> list[Finding]:
    """Look at settings, database and token; with `connect`, also at the permissions in each configured channel."""
    findings = [_token(settings)]
    try:
        async with open_desk(settings.database_url.get_secret_value(), clock) as desk:
            findings += await _database(desk)
            if all(finding.well for finding in findings[1:]):
                findings += await _offices(desk)
                if connect and findings[0].well:
                    findings += await _connected(settings, desk)
    except AttacheError as error:
        findings.append(Finding(False, f"error.{error.key}", error.values))
    return findings


def _token(settings: Settings) -> Finding:
    token = settings.token.get_secret_value().strip() if settings.token else ""
    if not token:
        return Finding(False, "doctor.token_missing")
    return (
        Finding(True, "doctor.token_shaped")
        if TOKEN.fullmatch(token)
        else Finding(False, "doctor.token_misshapen")
    )


async def _database(desk: Desk) -> list[Finding]:
    found = [Finding(True, "doctor.database_reached", {"engine": desk.database.url.get_backend_name()})]
    found.append(await revision_finding(desk))
    if not found[-1].well:
        return found
    writable = await check_writable(desk.database)
    found.append(Finding(writable, "doctor.writable" if writable else "doctor.not_writable"))
    return found


async def _offices(desk: Desk) -> list[Finding]:
    offices = await all_offices(desk)
    tied = [office for office in offices if office.guild_id is not None]
    found = [Finding(bool(tied), "doctor.offices" if tied else "doctor.no_office", {"n": len(tied)})]
    places = {office.id: office.place for office in offices}
    for office_id, state, reason, number in await unsent_posts(desk):
        found.append(unsent_finding(places[office_id], state, reason, number))
    return found


async def _connected(settings: Settings, desk: Desk) -> list[Finding]:
    assert settings.token is not None
    async with discord.Client(intents=INTENTS) as client:
        try:
            await client.login(settings.token.get_secret_value().strip())
        except discord.LoginFailure:
            return [Finding(False, "doctor.token_refused")]
        except (discord.HTTPException, OSError):
            return [Finding(False, "doctor.discord_unreachable")]
        connection = asyncio.create_task(client.connect())
        try:
            await asyncio.wait_for(client.wait_until_ready(), 30)
            return [Finding(True, "doctor.connected"), *await examine_channels(desk, client)]
        except TimeoutError:
            return [Finding(False, "doctor.discord_unreachable")]
        finally:
            connection.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await connection


async def examine_channels(desk: Desk, client: discord.Client) -> list[Finding]:
    """Whether each office's channels are there and may be written to, by a client that is ready."""
    found = []
    for office in await all_offices(desk):
        if office.guild_id is not None:
            found += [
                _channel(client, office, channel_id) for channel_id in sorted(set(office.channels.values()))
            ]
    return found


def _channel(client: discord.Client, office: Office, channel_id: int) -> Finding:
    guild = client.get_guild(office.guild_id or 0)
    if guild is None:
        return Finding(False, "doctor.server_gone", {"place": office.place})
    state, name = channel_state(guild, channel_id)
    if state is ChannelState.GONE:
        return Finding(False, "doctor.channel_gone", {"place": office.place})
    well = state is ChannelState.OPEN
    key = "doctor.channel_open" if well else "doctor.channel_closed"
    return Finding(well, key, {"place": office.place, "channel": name})
