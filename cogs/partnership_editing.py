"""/partner add and /partner edit: writing acts down, and changing them."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action, Scope
from bot.i18n.commands import command_text as c
from bot.services.act_fields import ActPart
from bot.ui.access import needs
from bot.ui.callers import Interaction
from bot.ui.choices import KIND_CHOICES
from bot.ui.editing import SCOPE_CHOICES
from bot.ui.partnership_adding import new_partner_choices, open_new_act
from bot.ui.partnership_editing import PART_CHOICES, act_choices, open_act_form


class EditingCommands(commands.Cog):
    """Part of the group /partner; see `cogs.partnerships`."""

    @app_commands.command(name=c("partner.add.name"), description=c("partner.add.description"))
    @app_commands.rename(
        partner=c("option.partner.name"),
        kind=c("option.kind.name"),
        signed=c("option.signed.name"),
        scope=c("option.scope.name"),
    )
    @app_commands.describe(
        partner=c("option.new_partner.description"),
        kind=c("option.new_kind.description"),
        signed=c("option.signed.description"),
        scope=c("option.visit_scope.description"),
    )
    @app_commands.autocomplete(partner=new_partner_choices)
    @app_commands.choices(kind=KIND_CHOICES, scope=SCOPE_CHOICES)
    @needs(Action.EDIT)
    async def add(
        self,
        interaction: Interaction,
        partner: str,
        kind: str,
        signed: str | None = None,
        scope: str = Scope.SHARED.value,
    ) -> None:
        await open_new_act(interaction, partner, kind, signed, Scope(scope))

    @app_commands.command(name=c("partner.edit.name"), description=c("partner.edit.description"))
    @app_commands.rename(record=c("option.record.name"), what=c("option.act_part.name"))
    @app_commands.describe(record=c("option.own_act.description"), what=c("option.act_part.description"))
    @app_commands.autocomplete(record=act_choices)
    @app_commands.choices(what=PART_CHOICES)
    @needs(Action.EDIT)
    async def edit(self, interaction: Interaction, record: str, what: str = ActPart.BASICS.value) -> None:
        await open_act_form(interaction, record, ActPart(what))
