"""/partner pause, resume, end and timeline: the life of a tie."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action
from bot.domain.life import MAX_REASON
from bot.i18n.commands import command_text as c
from bot.services.life import StepWords
from bot.ui.access import needs
from bot.ui.act_choices import act_choices
from bot.ui.callers import Interaction
from bot.ui.choices import partner_choices
from bot.ui.life import (
    open_end_form,
    pausable_choices,
    pause,
    paused_choices,
    resume,
    standing_choices,
)
from bot.ui.timeline import show_timeline

Words = app_commands.Range[str, 1, MAX_REASON]


class LifeCommands(commands.Cog):
    """Part of the group /partner; see `cogs.partnerships`."""

    @app_commands.command(name=c("partner.pause.name"), description=c("partner.pause.description"))
    @app_commands.rename(
        record=c("option.record.name"),
        reason=c("option.step_reason.name"),
        until=c("option.until.name"),
        since=c("option.since.name"),
    )
    @app_commands.describe(
        record=c("option.act.description"),
        reason=c("option.step_reason.description"),
        until=c("option.until.description"),
        since=c("option.since.description"),
    )
    @app_commands.autocomplete(record=pausable_choices)
    @needs(Action.EDIT)
    async def pause(
        self,
        interaction: Interaction,
        record: str,
        reason: Words,
        until: str | None = None,
        since: str | None = None,
    ) -> None:
        await pause(interaction, record, StepWords(since or "", until or "", reason))

    @app_commands.command(name=c("partner.resume.name"), description=c("partner.resume.description"))
    @app_commands.rename(
        record=c("option.record.name"), since=c("option.since.name"), note=c("option.step_note.name")
    )
    @app_commands.describe(
        record=c("option.act.description"),
        since=c("option.since.description"),
        note=c("option.step_note.description"),
    )
    @app_commands.autocomplete(record=paused_choices)
    @needs(Action.EDIT)
    async def resume(
        self, interaction: Interaction, record: str, since: str | None = None, note: Words | None = None
    ) -> None:
        await resume(interaction, record, StepWords(since or "", reason=note or ""))

    @app_commands.command(name=c("partner.end.name"), description=c("partner.end.description"))
    @app_commands.rename(record=c("option.record.name"))
    @app_commands.describe(record=c("option.act.description"))
    @app_commands.autocomplete(record=standing_choices)
    @needs(Action.EDIT)
    async def end(self, interaction: Interaction, record: str) -> None:
        await open_end_form(interaction, record)

    @app_commands.command(name=c("partner.timeline.name"), description=c("partner.timeline.description"))
    @app_commands.rename(
        partner=c("option.partner.name"), record=c("option.record.name"), each=c("option.each.name")
    )
    @app_commands.describe(
        partner=c("option.partner.description"),
        record=c("option.act.description"),
        each=c("option.each.description"),
    )
    @app_commands.autocomplete(partner=partner_choices, record=act_choices)
    @needs(Action.READ, costly=True)
    async def timeline(
        self,
        interaction: Interaction,
        partner: str | None = None,
        record: str | None = None,
        each: bool = False,
    ) -> None:
        await show_timeline(interaction, partner, record, each=each)
