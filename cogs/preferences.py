"""/language: which language one is answered in."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action
from bot.domain.offices import LANGUAGES
from bot.i18n.commands import command_text as c
from bot.services.preferences import choose_language
from bot.ui.access import needs
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of, forget_caller
from bot.ui.cards import Card
from bot.ui.errors import answer, soon

DISCORDS = "discord"
LANGUAGE_CHOICES = [
    app_commands.Choice(name=c(f"choice.language.{code}"), value=code) for code in (*LANGUAGES, DISCORDS)
]


class Preferences(commands.Cog):
    @app_commands.command(name=c("language.name"), description=c("language.description"))
    @app_commands.rename(language=c("option.language.name"))
    @app_commands.describe(language=c("option.language.description"))
    @app_commands.choices(language=LANGUAGE_CHOICES)
    @needs(Action.ASK_ABOUT_ONESELF)
    async def language(self, interaction: Interaction, language: str) -> None:
        chosen = None if language == DISCORDS else language
        await soon(interaction, choose_language(desk_of(interaction), interaction.user.id, chosen))
        forget_caller(interaction)
        texts = chat_texts((await caller_of(interaction)).language)
        await answer(interaction, Card(texts("language.chosen")).embed, private=True)


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Preferences())
