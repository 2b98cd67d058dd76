"""Planned visits as events of the Discord server: made, moved and called off with the record.

An event is known by the record number in its place line, so that nothing about it has to be stored. Whatever Discord
says to it, the record stands: an event is a convenience.
"""

import logging
from datetime import timedelta
from enum import StrEnum

import discord

from bot.domain.exchanges import Exchange, ExchangeStatus
from bot.i18n.texts import Texts, Written
from bot.ui.callers import Interaction
from bot.ui.cards import fit

log = logging.getLogger(__name__)

NAME, DESCRIPTION, LOCATION = 100, 1000, 100
"""What Discord takes, in characters."""

USUAL = timedelta(hours=1)


class EventState(StrEnum):
    """What became of the event."""

    MADE = "made"
    MOVED = "moved"
    CALLED_OFF = "called_off"
    NOT_ALLOWED = "not_allowed"
    FAILED = "failed"
    NONE = "none"


async def follow(interaction: Interaction, exchange: Exchange, texts: Texts) -> EventState:
    """Make the server's event what the exchange is now. Only what everybody in the server may know becomes one."""
    guild = interaction.guild
    if guild is None or (exchange.starts_at is None and exchange.status is ExchangeStatus.PLANNED):
        return EventState.NONE
    if not guild.me.guild_permissions.create_events and not guild.me.guild_permissions.manage_events:
        return EventState.NOT_ALLOWED
    try:
        return await _follow(guild, exchange, texts)
    except discord.HTTPException as error:
        log.warning("the event of %s could not follow it: %s", exchange.record, error)
        return EventState.FAILED


async def _follow(guild: discord.Guild, exchange: Exchange, texts: Texts) -> EventState:
    event = await _event_of(guild, exchange)
    if exchange.status is not ExchangeStatus.PLANNED:
        if event is None or exchange.status is ExchangeStatus.HELD:
            return EventState.NONE
        await event.delete(reason=exchange.record)
        return EventState.CALLED_OFF
    start = exchange.starts_at
    assert start is not None, "looked at above"
    end = start + (timedelta(minutes=exchange.minutes) if exchange.minutes else USUAL)
    if event is not None:
        await event.edit(start_time=start, end_time=end, location=event.location or discord.utils.MISSING)
        return EventState.MOVED
    title = texts("visit.event.title", places=list(exchange.places))
    await guild.create_scheduled_event(
        name=fit(f"{title}: {exchange.topic}" if exchange.topic else title, NAME),
        start_time=start,
        end_time=end,
        privacy_level=discord.PrivacyLevel.guild_only,
        entity_type=discord.EntityType.external,
        location=fit(
            texts("visit.event.location", record=Written(exchange.record), kind=exchange.kind), LOCATION
        ),
        description=fit(exchange.summary or exchange.topic or title, DESCRIPTION),
    )
    return EventState.MADE


async def _event_of(guild: discord.Guild, exchange: Exchange) -> discord.ScheduledEvent | None:
    for event in await guild.fetch_scheduled_events(with_counts=False):
        if event.creator_id == guild.me.id and exchange.record in (event.location or "").split():
            return event
    return None


def event_line(texts: Texts, state: EventState) -> str:
    """What became of the event, in a sentence; empty where there is nothing to say."""
    return "" if state is EventState.NONE else texts(f"visit.event.{state.value}")
