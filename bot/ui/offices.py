"""What Attaché asks of a server and of a channel in it."""

from collections.abc import Iterable
from enum import Enum
from typing import Any

import discord

from bot.domain.errors import Unavailable

PERMISSIONS = discord.Permissions(view_channel=True, send_messages=True, embed_links=True)
"""What the invite link asks for, and a channel has to allow: to see it and to post reminders there."""

SCOPES = ("bot", "applications.commands")


def may_post(channel: discord.abc.GuildChannel) -> bool:
    """Whether Attaché may post reminders in the channel."""
    return channel.permissions_for(channel.guild.me).is_superset(PERMISSIONS)


class ChannelState(Enum):
    """Whether posts can go to a channel."""

    OPEN = "open"
    CLOSED = "closed"
    GONE = "gone"


def channel_state(guild: discord.Guild, channel_id: int) -> tuple[ChannelState, str]:
    """How a channel of the server stands, and its name, empty where it is gone."""
    channel = guild.get_channel(channel_id)
    if channel is None:
        return ChannelState.GONE, ""
    return ChannelState.OPEN if may_post(channel) else ChannelState.CLOSED, channel.name


def may_ping(guild: discord.Guild, role: discord.Role, channel_ids: Iterable[int]) -> bool:
    """Whether a mention of the role would notify anybody in these channels: Discord shows it in any case."""
    channels = [channel for each in channel_ids if (channel := guild.get_channel(each)) is not None]
    return role.mentionable or all(each.permissions_for(guild.me).mention_everyone for each in channels)


def require_channel(guild: discord.Guild | None, channel_id: int) -> Any:
    """The channel, to post in. Raises `Unavailable`: `office.channel_gone`, `office.channel_closed`."""
    channel = guild.get_channel(channel_id) if guild is not None else None
    if channel is None:
        raise Unavailable("office.channel_gone")
    if not may_post(channel):
        raise Unavailable("office.channel_closed", channel=channel.name)
    return channel
