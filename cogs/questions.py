"""/ask: a question about the partnerships, in one's own words."""

from discord import app_commands
from discord.ext import commands

import bot.ui.question_messages
import bot.ui.unanswered  # noqa: F401 - a list that a command of offices shows
from bot.domain.access import Action
from bot.i18n.commands import command_text as c
from bot.ui.access import needs
from bot.ui.callers import Interaction
from bot.ui.questions import answer_asked


class Questions(commands.Cog):
    @app_commands.command(name=c("ask.name"), description=c("ask.description"))
    @app_commands.rename(question=c("option.question.name"))
    @app_commands.describe(question=c("option.question.description"))
    @needs(Action.READ)
    async def ask(self, interaction: Interaction, question: str) -> None:
        await answer_asked(interaction, question)


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Questions())
