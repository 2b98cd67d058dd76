"""/ask: a question about the partnerships, in one's own words."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action
from bot.i18n.commands import command_text as c
from bot.ui.access import needs
from bot.ui.callers import Interaction, caller_of, desk_of
from bot.ui.questions import reply_to, send_reply


class Questions(commands.Cog):
    @app_commands.command(name=c("ask.name"), description=c("ask.description"))
    @app_commands.rename(question=c("option.question.name"))
    @app_commands.describe(question=c("option.question.description"))
    @needs(Action.READ)
    async def ask(self, interaction: Interaction, question: str) -> None:
        await send_reply(
            interaction, await reply_to(desk_of(interaction), await caller_of(interaction), question)
        )


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Questions())
