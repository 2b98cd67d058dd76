"""/pressure: incidents noted for the office, and what rules say."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action, Scope
from bot.domain.pressure import Incident
from bot.i18n.commands import command_text as c
from bot.ui.access import needs
from bot.ui.act_choices import act_choices
from bot.ui.callers import Interaction
from bot.ui.choices import partner_choices, place_choices
from bot.ui.pressure import (
    INCIDENT_CHOICES,
    NOTE_SCOPE_CHOICES,
    note_choices,
    open_new_note,
    open_note_form,
    show_facts,
    show_note_card,
    show_note_list,
)
from bot.ui.pressure_removal import confirm_note_removal


@app_commands.guild_only()
class Pressure(commands.GroupCog, group_name=c("pressure.name"), group_description=c("pressure.description")):
    @app_commands.command(name=c("pressure.add.name"), description=c("pressure.add.description"))
    @app_commands.rename(
        kind=c("option.kind.name"),
        place=c("option.place.name"),
        also=c("option.also.name"),
        act=c("option.about_act.name"),
        scope=c("option.scope.name"),
    )
    @app_commands.describe(
        kind=c("option.incident.description"),
        place=c("option.note_place.description"),
        also=c("option.also.description"),
        act=c("option.about_act.description"),
        scope=c("option.note_scope.description"),
    )
    @app_commands.choices(kind=INCIDENT_CHOICES, scope=NOTE_SCOPE_CHOICES)
    @app_commands.autocomplete(place=partner_choices, also=place_choices, act=act_choices)
    @needs(Action.EDIT)
    async def add(
        self,
        interaction: Interaction,
        kind: str,
        place: str = "",
        also: str = "",
        act: str = "",
        scope: str = Scope.OFFICE.value,
    ) -> None:
        places = [each for each in (place, also) if each]
        await open_new_note(interaction, Incident(kind), places, act, Scope(scope))

    @app_commands.command(name=c("pressure.edit.name"), description=c("pressure.edit.description"))
    @app_commands.rename(
        record=c("option.record.name"),
        kind=c("option.kind.name"),
        place=c("option.place.name"),
        act=c("option.about_act.name"),
    )
    @app_commands.describe(
        record=c("option.note.description"),
        kind=c("option.incident.description"),
        place=c("option.note_place.description"),
        act=c("option.about_act.description"),
    )
    @app_commands.choices(kind=INCIDENT_CHOICES)
    @app_commands.autocomplete(record=note_choices, place=partner_choices, act=act_choices)
    @needs(Action.EDIT)
    async def edit(
        self, interaction: Interaction, record: str, kind: str | None = None, place: str = "", act: str = ""
    ) -> None:
        await open_note_form(interaction, record, Incident(kind) if kind else None, place, act)

    @app_commands.command(name=c("pressure.list.name"), description=c("pressure.list.description"))
    @app_commands.rename(place=c("option.place.name"), kind=c("option.kind.name"))
    @app_commands.describe(place=c("option.note_place.description"), kind=c("option.incident.description"))
    @app_commands.choices(kind=INCIDENT_CHOICES)
    @app_commands.autocomplete(place=partner_choices)
    @needs(Action.READ)
    async def list_(
        self, interaction: Interaction, place: str | None = None, kind: str | None = None
    ) -> None:
        await show_note_list(interaction, place, kind)

    @app_commands.command(name=c("pressure.show.name"), description=c("pressure.show.description"))
    @app_commands.rename(record=c("option.record.name"))
    @app_commands.describe(record=c("option.note.description"))
    @app_commands.autocomplete(record=note_choices)
    @needs(Action.READ)
    async def show(self, interaction: Interaction, record: str) -> None:
        await show_note_card(interaction, record)

    @app_commands.command(name=c("pressure.remove.name"), description=c("pressure.remove.description"))
    @app_commands.rename(record=c("option.record.name"))
    @app_commands.describe(record=c("option.note.description"))
    @app_commands.autocomplete(record=note_choices)
    @needs(Action.EDIT)
    async def remove(self, interaction: Interaction, record: str) -> None:
        await confirm_note_removal(interaction, record)

    @app_commands.command(name=c("pressure.facts.name"), description=c("pressure.facts.description"))
    @needs(Action.READ)
    async def facts(self, interaction: Interaction) -> None:
        await show_facts(interaction)


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Pressure())
