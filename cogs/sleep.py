"""What becomes of servers: those that remove the bot, and invite it again; channels that are closed, and opened again.

An outage of Discord's is no removal: the library tells of it as `guild_unavailable`, keeps the server, and lists it
again when it connects anew.
"""

import logging
from typing import Any, cast

import discord
from discord.ext import commands

from bot.services import sleep
from bot.services.desk import Desk
from bot.services.troubles import channels_changed

log = logging.getLogger(__name__)


class Sleep(commands.Cog):
    def __init__(self, bot: commands.Bot) -> None:
        self._bot = bot

    @property
    def _desk(self) -> Desk:
        return cast(Desk, cast(Any, self._bot).desk)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        await sleep.put_to_sleep(self._desk, guild.id)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        await sleep.wake(self._desk, guild.id)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        await sleep.wake(self._desk, guild.id)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Make up for what happened while nobody listened."""
        here = {guild.id for guild in self._bot.guilds}  # those that an outage hides among them
        found = await sleep.compare(self._desk, here, self._serves)
        for guild_id in found.back:
            await sleep.wake(self._desk, guild_id)
        for guild_id in found.gone:
            if await self._is_gone(guild_id):
                await sleep.put_to_sleep(self._desk, guild_id)

    @commands.Cog.listener()
    async def on_guild_channel_update(self, _: Any, after: discord.abc.GuildChannel) -> None:
        await channels_changed(self._desk, after.guild.id)

    @commands.Cog.listener()
    async def on_guild_role_update(self, _: discord.Role, after: discord.Role) -> None:
        await channels_changed(self._desk, after.guild.id)

    def _serves(self, guild_id: int) -> bool:
        """Whether the events of a server come to this process: Discord spreads servers over shards by their id."""
        shards = getattr(self._bot, "shard_ids", None)
        return shards is None or (guild_id >> 22) % (self._bot.shard_count or 1) in shards

    async def _is_gone(self, guild_id: int) -> bool:
        """Whether Discord says so when asked. Of a Discord that is out of order, nothing is believed."""
        try:
            await self._bot.fetch_guild(guild_id, with_counts=False)
        except (discord.NotFound, discord.Forbidden):
            return True
        except (discord.HTTPException, OSError):
            log.warning("server %s is not among ours, and Discord does not say why", guild_id)
        return False


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Sleep(bot))
