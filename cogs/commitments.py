"""/partner promise, promise-done and commitments: what was promised, and whether it was kept; also what was decided."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action
from bot.domain.commitments import MAX_EVIDENCE, CommitmentState
from bot.i18n.commands import command_text as c
from bot.services.commitments import CommitmentFilter
from bot.services.held_acts import read_act_record
from bot.services.places import place_meant
from bot.services.sheets import SheetKind
from bot.ui.access import needs
from bot.ui.act_choices import act_choices
from bot.ui.callers import Interaction, caller_of, desk_of
from bot.ui.choices import partner_choices
from bot.ui.commitment_sheet import send_sheet
from bot.ui.commitments import (
    STATE_CHOICES,
    encode_filter,
    finish,
    open_promise_choices,
    open_promise_form,
    promise_choices,
)
from bot.ui.pages import show_page

SHEETS = [app_commands.Choice(name=kind.upper(), value=kind.value) for kind in SheetKind]


class PromiseCommands(commands.Cog):
    """Part of the group /partner; see `cogs.partnerships`."""

    @app_commands.command(name=c("partner.promise.name"), description=c("partner.promise.description"))
    @app_commands.rename(record=c("option.record.name"), which=c("option.which.name"))
    @app_commands.describe(record=c("option.act.description"), which=c("option.edited_promise.description"))
    @app_commands.autocomplete(record=act_choices, which=promise_choices)
    @needs(Action.EDIT)
    async def promise(self, interaction: Interaction, record: str, which: str | None = None) -> None:
        await open_promise_form(interaction, record, which)

    @app_commands.command(
        name=c("partner.promise_done.name"), description=c("partner.promise_done.description")
    )
    @app_commands.rename(
        record=c("option.record.name"),
        which=c("option.which.name"),
        on=c("option.on.name"),
        evidence=c("option.evidence.name"),
    )
    @app_commands.describe(
        record=c("option.act.description"),
        which=c("option.which_promise.description"),
        on=c("option.on.description"),
        evidence=c("option.evidence.description"),
    )
    @app_commands.autocomplete(record=act_choices, which=open_promise_choices)
    @needs(Action.EDIT)
    async def promise_done(
        self,
        interaction: Interaction,
        record: str,
        which: str,
        on: str | None = None,
        evidence: app_commands.Range[str, 1, MAX_EVIDENCE] | None = None,
    ) -> None:
        await finish(interaction, record, which, on or "", evidence or "")

    @app_commands.command(
        name=c("partner.commitments.name"), description=c("partner.commitments.description")
    )
    @app_commands.rename(
        partner=c("option.partner.name"),
        record=c("option.record.name"),
        state=c("option.state.name"),
        sheet=c("option.sheet.name"),
    )
    @app_commands.describe(
        partner=c("option.promised_partner.description"),
        record=c("option.act.description"),
        state=c("option.promise_state.description"),
        sheet=c("option.sheet.description"),
    )
    @app_commands.autocomplete(partner=partner_choices, record=act_choices)
    @app_commands.choices(state=STATE_CHOICES, sheet=SHEETS)
    @needs(Action.READ, costly=True)
    async def commitments(
        self,
        interaction: Interaction,
        partner: str | None = None,
        record: str | None = None,
        state: str | None = None,
        sheet: str | None = None,
    ) -> None:
        desk, caller = desk_of(interaction), await caller_of(interaction)
        chosen = CommitmentFilter(
            (await place_meant(desk, caller, partner)).id if partner else None,
            read_act_record(record).number if record else None,
            CommitmentState(state) if state else CommitmentState.OPEN,
        )
        if sheet:
            await send_sheet(interaction, chosen, SheetKind(sheet))
        else:
            await show_page(interaction, "promises", encode_filter(chosen))
