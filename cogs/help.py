"""/help: what can be asked, on one card."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action
from bot.i18n.commands import command_text as c
from bot.ui.access import needs
from bot.ui.callers import Interaction, caller_of, chat_texts
from bot.ui.help import help_cards


class Help(commands.Cog):
    @app_commands.command(name=c("help.name"), description=c("help.description"))
    @needs(Action.ASK_ABOUT_ONESELF)
    async def help(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        cards = help_cards(chat_texts(caller.language), caller.office)
        await interaction.response.send_message(embeds=cards, ephemeral=True)


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Help())
