"""/partner revive: what it takes to take up a quiet tie again."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action
from bot.i18n.commands import command_text as c
from bot.ui.access import needs
from bot.ui.callers import Interaction
from bot.ui.choices import partner_choices
from bot.ui.reviving import show_kit


class RevivalCommands(commands.Cog):
    """Part of the group /partner; see `cogs.partnerships`."""

    @app_commands.command(name=c("partner.revive.name"), description=c("partner.revive.description"))
    @app_commands.rename(partner=c("option.partner.name"))
    @app_commands.describe(partner=c("option.partner.description"))
    @app_commands.autocomplete(partner=partner_choices)
    @needs(Action.READ, costly=True)
    async def revive(self, interaction: Interaction, partner: str) -> None:
        await show_kit(interaction, partner)
