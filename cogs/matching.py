"""/partner match and /partner profile."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action
from bot.i18n.commands import command_text as c
from bot.services.matching import match_partners
from bot.ui import profiles
from bot.ui.access import needs
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.choices import place_choices, topic_choices
from bot.ui.matching import is_private, matches_card


class Matching(commands.Cog):
    """Part of the commands of `cogs.partnerships`."""

    @app_commands.command(name=c("partner.match.name"), description=c("partner.match.description"))
    @app_commands.rename(topic=c("option.match_topic.name"))
    @app_commands.describe(topic=c("option.match_topic.description"))
    @app_commands.autocomplete(topic=topic_choices)
    @needs(Action.READ, costly=True)
    async def match(self, interaction: Interaction, topic: str | None = None) -> None:
        caller = await caller_of(interaction)
        matches = await match_partners(desk_of(interaction), caller, topic)
        texts = chat_texts(caller.language)
        await interaction.response.send_message(
            embed=matches_card(texts, matches), ephemeral=is_private(matches)
        )

    @app_commands.command(name=c("partner.profile.name"), description=c("partner.profile.description"))
    @app_commands.rename(place=c("option.place.name"))
    @app_commands.describe(place=c("option.profile_place.description"))
    @app_commands.autocomplete(place=place_choices)
    @needs(Action.READ)
    async def profile(self, interaction: Interaction, place: str | None = None) -> None:
        await profiles.show(interaction, place)
