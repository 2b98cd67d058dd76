"""/office cadence and /office weights: what the office measures its ties by."""

from collections.abc import Awaitable, Callable, Iterable

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action
from bot.domain.dormancy import LONGEST_CADENCE
from bot.domain.health import WHOLE, Aspect
from bot.domain.offices import Office
from bot.domain.partnerships import Kind
from bot.i18n.commands import command_text as c
from bot.i18n.texts import Texts
from bot.services.office_measures import change_cadence, change_weights
from bot.ui.access import needs
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.choices import KIND_CHOICES
from bot.ui.errors import answer
from bot.ui.office_measures import cadence_lines, weight_lines
from bot.ui.office_settings import apply_change

Weight = app_commands.Range[int, 0, WHOLE]
Lines = Callable[[Texts, Office], Iterable[str]]


class OfficeMeasures(commands.Cog):
    """Part of the group /office; see `cogs.offices`."""

    @app_commands.command(name=c("office.cadence.name"), description=c("office.cadence.description"))
    @app_commands.rename(
        kind=c("option.kind.name"), months=c("option.months.name"), built_in=c("option.built_in.name")
    )
    @app_commands.describe(
        kind=c("option.cadence_kind.description"),
        months=c("option.months.description"),
        built_in=c("option.built_in.description"),
    )
    @app_commands.choices(kind=KIND_CHOICES)
    @needs(Action.ADMINISTER)
    async def cadence(
        self,
        interaction: Interaction,
        kind: str | None = None,
        months: app_commands.Range[int, 1, LONGEST_CADENCE] | None = None,
        built_in: bool = False,
    ) -> None:
        caller = await caller_of(interaction)
        change = None
        if kind is not None and (months is not None or built_in):
            version, chosen = caller.own_office().version, None if built_in else months
            change = change_cadence(desk_of(interaction), caller, Kind(kind), chosen, version)
        await _show(interaction, change, cadence_lines)

    @app_commands.command(name=c("office.weights.name"), description=c("office.weights.description"))
    @app_commands.rename(
        built_in=c("option.built_in.name"), **{aspect: c(f"option.{aspect}.name") for aspect in Aspect}
    )
    @app_commands.describe(
        built_in=c("option.built_in.description"),
        **{aspect: c(f"option.{aspect}.description") for aspect in Aspect},
    )
    @needs(Action.ADMINISTER)
    async def weights(
        self,
        interaction: Interaction,
        recency: Weight | None = None,
        reciprocity: Weight | None = None,
        levels: Weight | None = None,
        variety: Weight | None = None,
        leaders: Weight | None = None,
        commitments: Weight | None = None,
        people: Weight | None = None,
        built_in: bool = False,
    ) -> None:
        typed = (recency, reciprocity, levels, variety, leaders, commitments, people)
        changed = {aspect: weight for aspect, weight in zip(Aspect, typed, strict=True) if weight is not None}
        caller, change = await caller_of(interaction), None
        if changed or built_in:
            version = caller.own_office().version
            change = change_weights(desk_of(interaction), caller, None if built_in else changed, version)
        await _show(interaction, change, weight_lines)


async def _show(interaction: Interaction, change: Awaitable[Office] | None, lines: Lines) -> None:
    """What holds now, after the change if there is one."""
    caller = await caller_of(interaction)
    office = await apply_change(interaction, change) if change else caller.own_office()
    title, *told = lines(chat_texts(caller.language), office)
    await answer(interaction, Card(title).text(told).embed, private=True)
