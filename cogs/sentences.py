"""A free sentence as an exchange: a message logged from its menu, and messages written to the bot."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action
from bot.i18n.commands import command_text as c
from bot.ui.access import needs
from bot.ui.callers import Interaction
from bot.ui.messages import answer_message
from bot.ui.sentence_cards import log_message


class Sentences(commands.Cog):
    def __init__(self, bot: commands.Bot) -> None:
        self._bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        await answer_message(self._bot, message)


@app_commands.context_menu(name=c("menu.log_message"))
@app_commands.guild_only()
@needs(Action.LOG)
async def log_this(interaction: Interaction, message: discord.Message) -> None:
    await log_message(interaction, message)


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Sentences(bot))
    bot.tree.add_command(log_this)
