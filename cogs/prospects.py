"""/prospect: the way to an agreement, from the first lead to the signing."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action
from bot.domain.prospecting import MAX_NOTE, MAX_REASON, MAX_WHO
from bot.domain.prospects import Stage
from bot.i18n.commands import command_text as c
from bot.services.prospect_steps import prospect_steps, take_step
from bot.services.prospects import Move
from bot.ui.access import needs
from bot.ui.callers import Interaction, caller_of, desk_of
from bot.ui.errors import soon
from bot.ui.pages import show_page
from bot.ui.prospect_forms import open_pilot_form, open_plan_form, open_signing
from bot.ui.prospects import (
    STAGE_CHOICES,
    make_move,
    pilot_choices,
    prospect_choices,
    show_steps,
    step_choices,
)

Reason = app_commands.Range[str, 1, MAX_REASON]


@app_commands.guild_only()
class Prospects(
    commands.GroupCog, group_name=c("prospect.name"), group_description=c("prospect.description")
):
    @app_commands.command(name=c("prospect.list.name"), description=c("prospect.list.description"))
    @needs(Action.READ)
    async def list(self, interaction: Interaction) -> None:
        await show_page(interaction, "prospects")

    @app_commands.command(name=c("prospect.move.name"), description=c("prospect.move.description"))
    @app_commands.rename(
        record=c("option.record.name"),
        stage=c("option.stage.name"),
        reason=c("option.step_reason.name"),
        on=c("option.on.name"),
        by_whom=c("option.moved_by.name"),
    )
    @app_commands.describe(
        record=c("option.act.description"),
        stage=c("option.stage.description"),
        reason=c("option.move_reason.description"),
        on=c("option.on.description"),
        by_whom=c("option.moved_by.description"),
    )
    @app_commands.autocomplete(record=prospect_choices)
    @app_commands.choices(stage=STAGE_CHOICES)
    @needs(Action.EDIT)
    async def move(
        self,
        interaction: Interaction,
        record: str,
        stage: str,
        reason: Reason | None = None,
        on: str | None = None,
        by_whom: app_commands.Range[str, 1, MAX_WHO] | None = None,
    ) -> None:
        if stage == Stage.SIGNED:
            await open_signing(interaction, record, reason)
            return
        await make_move(interaction, record, Move(Stage(stage), reason or "", on or "", by_whom or ""))

    @app_commands.command(name=c("prospect.pilot.name"), description=c("prospect.pilot.description"))
    @app_commands.rename(record=c("option.record.name"), which=c("option.which.name"))
    @app_commands.describe(record=c("option.act.description"), which=c("option.which_pilot.description"))
    @app_commands.autocomplete(record=prospect_choices, which=pilot_choices)
    @needs(Action.EDIT)
    async def pilot(self, interaction: Interaction, record: str, which: str | None = None) -> None:
        await open_pilot_form(interaction, record, which)

    @app_commands.command(name=c("prospect.plan.name"), description=c("prospect.plan.description"))
    @app_commands.rename(record=c("option.record.name"))
    @app_commands.describe(record=c("option.act.description"))
    @app_commands.autocomplete(record=prospect_choices)
    @needs(Action.EDIT)
    async def plan(self, interaction: Interaction, record: str) -> None:
        await open_plan_form(interaction, record)

    @app_commands.command(name=c("prospect.steps.name"), description=c("prospect.steps.description"))
    @app_commands.rename(record=c("option.record.name"))
    @app_commands.describe(record=c("option.act.description"))
    @app_commands.autocomplete(record=prospect_choices)
    @needs(Action.READ)
    async def steps(self, interaction: Interaction, record: str) -> None:
        desk, caller = desk_of(interaction), await caller_of(interaction)
        await show_steps(interaction, await prospect_steps(desk, caller, record))

    @app_commands.command(name=c("prospect.step_done.name"), description=c("prospect.step_done.description"))
    @app_commands.rename(
        record=c("option.record.name"),
        step=c("option.step.name"),
        on=c("option.on.name"),
        note=c("option.step_note.name"),
    )
    @app_commands.describe(
        record=c("option.act.description"),
        step=c("option.step.description"),
        on=c("option.on.description"),
        note=c("option.taken_note.description"),
    )
    @app_commands.autocomplete(record=prospect_choices, step=step_choices)
    @needs(Action.EDIT)
    async def step_done(
        self,
        interaction: Interaction,
        record: str,
        step: str,
        on: str | None = None,
        note: app_commands.Range[str, 1, MAX_NOTE] | None = None,
    ) -> None:
        desk, caller = desk_of(interaction), await caller_of(interaction)
        work = take_step(desk, caller, record, step, on or "", note or "")
        await show_steps(interaction, await soon(interaction, work))


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Prospects())
