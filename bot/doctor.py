"""What is wrong with an installation, and how to mend it."""

import asyncio
import contextlib
import re
from dataclasses import dataclass, field
from typing import Any

import discord

from bot.app import open_desk
from bot.client import INTENTS
from bot.domain.errors import AttacheError
from bot.domain.offices import Office
from bot.domain.reminders import ReminderState
from bot.services.desk import Desk
from bot.services.offices import all_offices
from bot.services.reminders import unsent_posts
from bot.settings import Settings
from bot.ui.offices import PERMISSIONS
from db.engine import check_writable
from db.schema import current_revision, known, newest_revision

TOKEN = re.compile(r"[\w-]{18,40}\.[\w-]{6,8}\.[\w-]{25,60}")
"""Discord's tokens: three parts of base64, the first of them the application's id."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at, as a key of the catalogue and values: where it is not well, how to mend it."""

    well: bool
    key: str
    values: dict[str, Any] = field(default_factory=dict)


async def examine(settings: Settings, *, connect: bool = False) -> list[Finding]:
    """Look at settings, database and token; with `connect`, also at the permissions in each configured channel."""
    findings = [_token(settings)]
    try:
        async with open_desk(settings.database_url.get_secret_value()) as desk:
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
    at = await current_revision(desk.database)
    found = [Finding(True, "doctor.database_reached", {"engine": desk.database.url.get_backend_name()})]
    if not known(at):
        return [*found, Finding(False, "error.database.newer", {"at": at})]
    if at != newest_revision():
        return [*found, Finding(False, "doctor.revision", {"at": at or "–", "newest": newest_revision()})]
    found.append(Finding(True, "doctor.revision_newest", {"newest": newest_revision()}))
    writable = await check_writable(desk.database)
    found.append(Finding(writable, "doctor.writable" if writable else "doctor.not_writable"))
    return found


async def _offices(desk: Desk) -> list[Finding]:
    offices = await all_offices(desk)
    tied = [office for office in offices if office.guild_id is not None]
    found = [Finding(bool(tied), "doctor.offices" if tied else "doctor.no_office", {"n": len(tied)})]
    places = {office.id: office.place for office in offices}
    for office_id, state, reason, number in await unsent_posts(desk):
        key = f"doctor.blocked_{reason}" if state is ReminderState.BLOCKED else f"doctor.{state.value}"
        found.append(Finding(False, key, {"place": places[office_id], "n": number}))
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
    channel = guild.get_channel(channel_id)
    if channel is None:
        return Finding(False, "doctor.channel_gone", {"place": office.place})
    if channel.permissions_for(guild.me).is_superset(PERMISSIONS):
        return Finding(True, "doctor.channel_open", {"place": office.place, "channel": channel.name})
    return Finding(False, "doctor.channel_closed", {"place": office.place, "channel": channel.name})
