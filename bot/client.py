"""The Discord client: loads the cogs, syncs the commands, and answers errors."""

import logging

import discord
from discord import app_commands
from discord.ext import commands

from bot.i18n.commands import CatalogueTranslator
from bot.services.desk import Desk
from bot.ui.callers import Interaction
from bot.ui.errors import answer_error
from bot.ui.exchanges import LogVisitButton, ReopenButton
from bot.ui.pages import PageButton

log = logging.getLogger(__name__)

COGS = ("partnerships", "exchanges", "reminders", "offices", "preferences", "help")

INTENTS = discord.Intents(guilds=True)
"""Nothing privileged: commands, forms and buttons need none."""


class Tree(app_commands.CommandTree[commands.Bot]):
    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        if interaction.type is discord.InteractionType.autocomplete:
            log.error("autocomplete failed", exc_info=error)
            return
        await answer_error(interaction, error)


class AttacheBot(commands.Bot):
    """Attaché on Discord. It never pings anybody: no message may mention, whatever its text."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            tree_cls=Tree,
        )
        self.desk = desk

    async def setup_hook(self) -> None:
        await self.tree.set_translator(CatalogueTranslator())
        for cog in COGS:
            await self.load_extension(f"cogs.{cog}")
        self.add_dynamic_items(PageButton, LogVisitButton, ReopenButton)
        await self.tree.sync()
