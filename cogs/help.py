"""/help: what can be asked and done, a page for each part of it."""

from discord import app_commands
from discord.ext import commands

import bot.ui.help  # noqa: F401 - the list that the command shows
from bot.domain.access import Action
from bot.i18n.commands import command_text as c
from bot.ui.access import needs
from bot.ui.callers import Interaction
from bot.ui.pages import show_page


class Help(commands.Cog):
    @app_commands.command(name=c("help.name"), description=c("help.description"))
    @needs(Action.ASK_ABOUT_ONESELF)
    async def help(self, interaction: Interaction) -> None:
        await show_page(interaction, "help")


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Help())
