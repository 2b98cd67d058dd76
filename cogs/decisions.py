"""/visit decision-done: what was decided in an exchange was carried out."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action
from bot.i18n.commands import command_text as c
from bot.ui.access import needs
from bot.ui.audit import record_choices
from bot.ui.callers import Interaction
from bot.ui.decisions import call_done, decision_choices


class DecisionCommands(commands.Cog):
    """Part of the group /visit; see `cogs.exchanges`."""

    @app_commands.command(
        name=c("visit.decision_done.name"), description=c("visit.decision_done.description")
    )
    @app_commands.rename(record=c("option.record.name"), which=c("option.which.name"), on=c("option.on.name"))
    @app_commands.describe(
        record=c("option.exchange_record.description"),
        which=c("option.which_decision.description"),
        on=c("option.on.description"),
    )
    @app_commands.autocomplete(record=record_choices, which=decision_choices)
    @needs(Action.LOG)
    async def decision_done(
        self, interaction: Interaction, record: str, which: str, on: str | None = None
    ) -> None:
        await call_done(interaction, record, which, on or "")
