"""/history, /undo and /scope: what was done to a record, taking it back, and who may see it."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action, Scope
from bot.i18n.commands import command_text as c
from bot.ui.access import needs
from bot.ui.audit import record_choices, show_history, take_back
from bot.ui.callers import Interaction
from bot.ui.editing import SCOPE_CHOICES, rescope


class Audit(commands.Cog):
    @app_commands.command(name=c("history.name"), description=c("history.description"))
    @app_commands.guild_only()
    @app_commands.rename(record=c("option.record.name"))
    @app_commands.describe(record=c("option.history_record.description"))
    @app_commands.autocomplete(record=record_choices)
    @needs(Action.READ, costly=True)
    async def history(self, interaction: Interaction, record: str) -> None:
        await show_history(interaction, record)

    @app_commands.command(name=c("undo.name"), description=c("undo.description"))
    @app_commands.guild_only()
    @app_commands.rename(record=c("option.record.name"))
    @app_commands.describe(record=c("option.undo_record.description"))
    @app_commands.autocomplete(record=record_choices)
    @needs(Action.LOG)
    async def undo(self, interaction: Interaction, record: str | None = None) -> None:
        await take_back(interaction, record)

    @app_commands.command(name=c("scope.name"), description=c("scope.description"))
    @app_commands.guild_only()
    @app_commands.rename(record=c("option.record.name"), scope=c("option.scope.name"))
    @app_commands.describe(record=c("option.record.description"), scope=c("option.scope.description"))
    @app_commands.autocomplete(record=record_choices)
    @app_commands.choices(scope=SCOPE_CHOICES)
    @needs(Action.EDIT)
    async def scope(self, interaction: Interaction, record: str, scope: str) -> None:
        await rescope(interaction, record, Scope(scope))


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Audit())
