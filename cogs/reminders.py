"""/anniversaries and /quiet: what is coming, and who has not been heard of."""

from discord import app_commands
from discord.ext import commands

import bot.ui.coming
import bot.ui.quiet  # noqa: F401 - these register the pages that the commands show
from bot.domain.access import Action
from bot.i18n.commands import command_text as c
from bot.ui.access import needs
from bot.ui.callers import Interaction
from bot.ui.pages import show_page

DEFAULT_DAYS, MOST_DAYS = 90, 3660


class Reminders(commands.Cog):
    @app_commands.command(name=c("anniversaries.name"), description=c("anniversaries.description"))
    @app_commands.guild_only()
    @app_commands.rename(days=c("option.days.name"))
    @app_commands.describe(days=c("option.days.description"))
    @needs(Action.READ)
    async def anniversaries(
        self, interaction: Interaction, days: app_commands.Range[int, 1, MOST_DAYS] = DEFAULT_DAYS
    ) -> None:
        await show_page(interaction, "coming", str(days))

    @app_commands.command(name=c("quiet.name"), description=c("quiet.description"))
    @app_commands.guild_only()
    @needs(Action.READ)
    async def quiet(self, interaction: Interaction) -> None:
        await show_page(interaction, "quiet")


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Reminders())
