"""/visit: log what was done."""

from discord import app_commands
from discord.ext import commands

from bot.i18n.commands import command_text as c
from bot.ui.callers import Interaction
from bot.ui.choices import partner_choices
from bot.ui.exchanges import open_visit_form, visit_submitted


@app_commands.guild_only()
class Exchanges(commands.GroupCog, group_name=c("visit.name"), group_description=c("visit.description")):
    @app_commands.command(name=c("visit.log.name"), description=c("visit.log.description"))
    @app_commands.rename(partner=c("option.partner.name"))
    @app_commands.describe(partner=c("option.visited.description"))
    @app_commands.autocomplete(partner=partner_choices)
    async def log(self, interaction: Interaction, partner: str) -> None:
        await open_visit_form(interaction, partner)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        await visit_submitted(interaction)


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Exchanges())
