"""/lesson: what was learnt from exchanges."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action, Scope
from bot.domain.lessons import MAX_SEARCHED
from bot.domain.names import clean
from bot.i18n.commands import command_text as c
from bot.services.editing import read_exchange_record
from bot.ui.access import needs
from bot.ui.audit import record_choices
from bot.ui.callers import Interaction
from bot.ui.lessons import SCOPE_CHOICES, lesson_choices, open_lesson_form
from bot.ui.pages import show_page


@app_commands.guild_only()
class Lessons(commands.GroupCog, group_name=c("lesson.name"), group_description=c("lesson.description")):
    @app_commands.command(name=c("lesson.add.name"), description=c("lesson.add.description"))
    @app_commands.rename(record=c("option.record.name"), scope=c("option.scope.name"))
    @app_commands.describe(
        record=c("option.exchange_record.description"), scope=c("option.lesson_scope.description")
    )
    @app_commands.autocomplete(record=record_choices)
    @app_commands.choices(scope=SCOPE_CHOICES)
    @needs(Action.LOG)
    async def add(self, interaction: Interaction, record: str, scope: str | None = None) -> None:
        await open_lesson_form(interaction, record, Scope(scope) if scope else None)

    @app_commands.command(name=c("lesson.find.name"), description=c("lesson.find.description"))
    @app_commands.rename(text=c("option.lesson_text.name"))
    @app_commands.describe(text=c("option.lesson_text.description"))
    @needs(Action.READ)
    async def find(
        self, interaction: Interaction, text: app_commands.Range[str, 0, MAX_SEARCHED] = ""
    ) -> None:
        await show_page(interaction, "lessons", clean(text))

    @app_commands.command(name=c("lesson.show.name"), description=c("lesson.show.description"))
    @app_commands.rename(record=c("option.record.name"))
    @app_commands.describe(record=c("option.lesson_record.description"))
    @app_commands.autocomplete(record=lesson_choices)
    @needs(Action.READ)
    async def show(self, interaction: Interaction, record: str) -> None:
        await show_page(interaction, "lesson", str(read_exchange_record(record)))


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Lessons())
