"""Sending one post: to its channel, or to the people who have to know where there is none."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import discord

from bot.domain.reminders import NO_CHANNEL, Doubt
from bot.services.composing.troubles import TroubleNews
from bot.services.posts import News, Post
from bot.ui.posts import post_embed, post_ping, post_view


class ServerAway(Exception):
    """Discord cannot show the server at the moment: what it says of its channels means nothing."""


class Sending:
    """A post, made up beforehand, so that nothing but Discord can stand in its way once it is begun."""

    def __init__(self, post: Post[News], nonce: str) -> None:
        self._post = post
        ping, allowed = post_ping(post)
        self._message: dict[str, Any] = {
            "content": ping,
            "embed": post_embed(post),
            "view": post_view(post),
            "nonce": nonce,
            "allowed_mentions": allowed,
        }

    async def through(self, client: discord.Client) -> discord.Message:
        """Send it. Raises what the library raises, and `ServerAway`."""
        guild_id, channel_id = self._post.office.guild_id, self._post.reminder.channel_id
        guild = client.get_guild(guild_id or 0)
        if guild is not None and guild.unavailable:
            raise ServerAway
        if channel_id != NO_CHANNEL:
            channel = client.get_partial_messageable(channel_id, guild_id=guild_id)
            return await channel.send(**self._message)
        return await self._to_a_person(client)

    async def _to_a_person(self, client: discord.Client) -> discord.Message:
        """To the first who takes it. Raises what the library raises for the last, where nobody does."""
        refused: discord.HTTPException | None = None
        async for person in self._people(client):
            try:
                return await person.send(**self._message)
            except (discord.Forbidden, discord.NotFound) as error:
                refused = error
        assert refused is not None, "a server has an owner"
        raise refused

    async def _people(self, client: discord.Client) -> AsyncIterator[discord.User]:
        """Whoever set up the office, then the owner of the server."""
        news, guild_id = self._post.news, self._post.office.guild_id or 0
        set_up = news.person if isinstance(news, TroubleNews) else None
        guild = client.get_guild(guild_id) or await client.fetch_guild(guild_id, with_counts=False)
        for user_id in dict.fromkeys((set_up, guild.owner_id)):
            if user_id is not None:
                yield client.get_user(user_id) or await client.fetch_user(user_id)


def doubt_after(error: Exception) -> Doubt:
    """Whether a post may be out although sending it failed so."""
    if isinstance(error, discord.HTTPException):
        return Doubt.LITTLE if error.status >= 500 else Doubt.NONE
    return Doubt.NONE if isinstance(error, ServerAway | discord.RateLimited) else Doubt.GREAT


def asked_for(error: Exception) -> timedelta:
    """How long Discord asks to wait, as it does when it is asked too often."""
    if isinstance(error, discord.RateLimited):
        return timedelta(seconds=error.retry_after)
    if isinstance(error, discord.HTTPException):
        told = error.response.headers.get("Retry-After", "")
        return timedelta(seconds=float(told)) if told.replace(".", "", 1).isdigit() else timedelta()
    return timedelta()
