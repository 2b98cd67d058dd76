"""/visit: log what was done, change it, remove it."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action, Scope
from bot.i18n.commands import command_text as c
from bot.services.visit_planning import LONGEST, SHORTEST, USUAL
from bot.ui.access import needs
from bot.ui.audit import record_choices
from bot.ui.callers import Interaction
from bot.ui.choices import further_partner_choices, partner_choices
from bot.ui.editing import SCOPE_CHOICES, open_edit_form
from bot.ui.exchanges import open_visit_form
from bot.ui.visit_planning import show_proposal
from bot.ui.visit_removal import confirm_removal
from cogs.decisions import DecisionCommands
from cogs.exchange_lists import ExchangeListCommands


@app_commands.guild_only()
class Exchanges(
    ExchangeListCommands,
    DecisionCommands,
    commands.GroupCog,
    group_name=c("visit.name"),
    group_description=c("visit.description"),
):
    @app_commands.command(name=c("visit.log.name"), description=c("visit.log.description"))
    @app_commands.rename(
        partner=c("option.partner.name"), others=c("option.others.name"), scope=c("option.scope.name")
    )
    @app_commands.describe(
        partner=c("option.visited.description"),
        others=c("option.visited_others.description"),
        scope=c("option.visit_scope.description"),
    )
    @app_commands.autocomplete(partner=partner_choices, others=further_partner_choices)
    @app_commands.choices(scope=SCOPE_CHOICES)
    @needs(Action.LOG)
    async def log(
        self,
        interaction: Interaction,
        partner: str,
        others: str | None = None,
        scope: str = Scope.SHARED.value,
    ) -> None:
        await open_visit_form(interaction, partner, Scope(scope), others or "")

    @app_commands.command(name=c("visit.plan.name"), description=c("visit.plan.description"))
    @app_commands.rename(
        partner=c("option.partner.name"),
        others=c("option.others.name"),
        minutes=c("option.minutes.name"),
        since=c("option.from.name"),
    )
    @app_commands.describe(
        partner=c("option.planned_with.description"),
        others=c("option.visited_others.description"),
        minutes=c("option.minutes.description"),
        since=c("option.planned_from.description"),
    )
    @app_commands.autocomplete(partner=partner_choices, others=further_partner_choices)
    @needs(Action.LOG)
    async def plan(
        self,
        interaction: Interaction,
        partner: str,
        others: str | None = None,
        minutes: app_commands.Range[int, SHORTEST, LONGEST] = USUAL,
        since: str | None = None,
    ) -> None:
        await show_proposal(interaction, partner, others or "", minutes, since or "")

    @app_commands.command(name=c("visit.edit.name"), description=c("visit.edit.description"))
    @app_commands.rename(record=c("option.record.name"))
    @app_commands.describe(record=c("option.exchange_record.description"))
    @app_commands.autocomplete(record=record_choices)
    @needs(Action.LOG)
    async def edit(self, interaction: Interaction, record: str) -> None:
        await open_edit_form(interaction, record)

    @app_commands.command(name=c("visit.remove.name"), description=c("visit.remove.description"))
    @app_commands.rename(record=c("option.record.name"))
    @app_commands.describe(record=c("option.exchange_record.description"))
    @app_commands.autocomplete(record=record_choices)
    @needs(Action.EDIT)
    async def remove(self, interaction: Interaction, record: str) -> None:
        await confirm_removal(interaction, record)


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Exchanges())
