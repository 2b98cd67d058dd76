"""/partner health: how well a tie is kept, and why."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action
from bot.i18n.commands import command_text as c
from bot.services.health import tie_health
from bot.ui.access import needs
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.choices import partner_choices
from bot.ui.health import health_card, is_private
from bot.ui.pages import show_page


class HealthCommands(commands.Cog):
    """Part of the group /partner; see `cogs.partnerships`."""

    @app_commands.command(name=c("partner.health.name"), description=c("partner.health.description"))
    @app_commands.rename(partner=c("option.partner.name"))
    @app_commands.describe(partner=c("option.health_partner.description"))
    @app_commands.autocomplete(partner=partner_choices)
    @needs(Action.READ, costly=True)
    async def health(self, interaction: Interaction, partner: str | None = None) -> None:
        if partner is None:
            await show_page(interaction, "health")
            return
        caller = await caller_of(interaction)
        found = await tie_health(desk_of(interaction), caller, partner)
        embed = health_card(chat_texts(caller.language), found)
        await interaction.response.send_message(embed=embed, ephemeral=is_private(found))
