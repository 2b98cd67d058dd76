"""/office: which office this server is, its settings, and whether all is well."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action
from bot.domain.partnerships import Kind
from bot.i18n.commands import command_text as c
from bot.ui.access import needs
from bot.ui.callers import Interaction, caller_of
from bot.ui.choices import KIND_CHOICES, office_place_choices
from bot.ui.kind_rule_form import open_rule_form
from bot.ui.office_check import show_check
from bot.ui.office_settings import show_settings
from bot.ui.office_setup import open_setup_form
from bot.ui.pages import show_page
from bot.ui.savings import open_savings_form
from cogs.office_measures import OfficeMeasures


@app_commands.guild_only()
class Offices(
    OfficeMeasures,
    commands.GroupCog,
    group_name=c("office.name"),
    group_description=c("office.description"),
):
    @app_commands.command(name=c("office.setup.name"), description=c("office.setup.description"))
    @app_commands.rename(
        city=c("option.city.name"), channel=c("option.channel.name"), code=c("option.code.name")
    )
    @app_commands.describe(
        city=c("option.office_city.description"),
        channel=c("option.channel.description"),
        code=c("option.code.description"),
    )
    @app_commands.autocomplete(city=office_place_choices)
    @needs(Action.SET_UP, costly=True)
    async def setup_(
        self, interaction: Interaction, city: str, channel: discord.TextChannel, code: str | None = None
    ) -> None:
        await open_setup_form(interaction, city, channel.id, code)

    @app_commands.command(name=c("office.settings.name"), description=c("office.settings.description"))
    @needs(Action.ADMINISTER)
    async def settings(self, interaction: Interaction) -> None:
        await show_settings(interaction, (await caller_of(interaction)).own_office())

    @app_commands.command(name=c("office.kind.name"), description=c("office.kind.description"))
    @app_commands.rename(kind=c("option.kind.name"))
    @app_commands.describe(kind=c("option.kind_to_write.description"))
    @app_commands.choices(kind=KIND_CHOICES)
    @needs(Action.ADMINISTER)
    async def kind(self, interaction: Interaction, kind: str) -> None:
        await open_rule_form(interaction, Kind(kind))

    @app_commands.command(name=c("office.savings.name"), description=c("office.savings.description"))
    @needs(Action.ADMINISTER)
    async def savings(self, interaction: Interaction) -> None:
        await open_savings_form(interaction)

    @app_commands.command(name=c("office.questions.name"), description=c("office.questions.description"))
    @needs(Action.ADMINISTER)
    async def questions(self, interaction: Interaction) -> None:
        await show_page(interaction, "unanswered")

    @app_commands.command(name=c("office.check.name"), description=c("office.check.description"))
    @needs(Action.ADMINISTER, costly=True)
    async def check(self, interaction: Interaction) -> None:
        await show_check(interaction)


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Offices())
