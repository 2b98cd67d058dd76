"""/office: which office this server is."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.errors import Unavailable
from bot.domain.offices import LANGUAGES
from bot.i18n.commands import command_text as c
from bot.services.offices import set_up_office
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.choices import place_choices
from bot.ui.offices import PERMISSIONS, office_card

LANGUAGE_CHOICES = [app_commands.Choice(name=c(f"choice.language.{code}"), value=code) for code in LANGUAGES]


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Offices(commands.GroupCog, group_name=c("office.name"), group_description=c("office.description")):
    @app_commands.command(name=c("office.setup.name"), description=c("office.setup.description"))
    @app_commands.rename(
        city=c("option.city.name"), channel=c("option.channel.name"), language=c("option.language.name")
    )
    @app_commands.describe(
        city=c("option.office_city.description"),
        channel=c("option.channel.description"),
        language=c("option.office_language.description"),
    )
    @app_commands.autocomplete(city=place_choices)
    @app_commands.choices(language=LANGUAGE_CHOICES)
    @app_commands.checks.has_permissions(manage_guild=True)
    async def setup_(
        self, interaction: Interaction, city: str, channel: discord.TextChannel, language: str | None = None
    ) -> None:
        caller = await caller_of(interaction)
        if not channel.permissions_for(channel.guild.me).is_superset(PERMISSIONS):
            raise Unavailable("office.channel_closed", channel=channel.name)
        office = await set_up_office(
            desk_of(interaction), caller, city, channel.id, language or caller.language
        )
        embed = office_card(chat_texts(caller.language), office)
        await interaction.response.send_message(embed=embed, ephemeral=True)


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Offices())
