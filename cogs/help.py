"""/help: what can be asked, on one card."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action
from bot.i18n.commands import command_text as c
from bot.ui.access import needs
from bot.ui.callers import Interaction, caller_of, chat_texts
from bot.ui.help import help_cards, help_view


class Help(commands.Cog):
    @app_commands.command(name=c("help.name"), description=c("help.description"))
    @needs(Action.ASK_ABOUT_ONESELF)
    async def help(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        texts = chat_texts(caller.language)
        cards = help_cards(texts, caller.office)
        view = help_view(texts) if caller.office else discord.utils.MISSING
        await interaction.response.send_message(embeds=cards, view=view, ephemeral=True)


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Help())
