"""How prospects look: a move and its gate, the list by stages, and the steps of the rules."""

from collections.abc import Iterator

import discord
from discord import app_commands

from bot.domain.names import fold
from bot.domain.prospecting import GatePart, Step
from bot.domain.prospects import Stage
from bot.i18n.commands import command_text
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller, Desk
from bot.services.pilots import pilots_of
from bot.services.preferences import keep_draft
from bot.services.prospect_steps import OfficeSteps, StepList, StepState, prospect_steps
from bot.services.prospects import ListedProspect, Move, Moved, list_prospects, move_prospect
from bot.ui.act_choices import act_label
from bot.ui.audience import restricted
from bot.ui.audit import UndoButton
from bot.ui.buttons import view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import COLOUR, QUIET_COLOUR, Card, fit
from bot.ui.choices import CHOICES, LABEL, Choice, suggests
from bot.ui.errors import answer, soon
from bot.ui.forms import ReopenButton
from bot.ui.pages import Heading, Page, page_of, paged

STAGE_CHOICES = [
    app_commands.Choice(name=command_text(f"choice.stage.{stage}"), value=stage.value) for stage in Stage
]

# Moving -------------------------------------------------------------------------------------------------------


async def make_move(interaction: Interaction, record: str, move: Move) -> None:
    """Move a prospect, and show it; where the gate stops it, show what is missing, with a button to pass."""
    caller = await caller_of(interaction)
    moved = await soon(interaction, move_prospect(desk_of(interaction), caller, record, move))
    texts = chat_texts(caller.language)
    private = restricted([moved.seen.act.scope])
    if moved.entry is not None:
        view = view_of(UndoButton(moved.entry, label=texts("undo.button")))
        await answer(interaction, moved_card(texts, moved), view, private=private)
        return
    typed = {"reason": move.reason, "on": move.on, "by_whom": move.by_whom}
    keys = {"number": str(moved.seen.act.id), "stage": move.stage.value, "kind": move.kind}
    draft = await keep_draft(
        desk_of(interaction), interaction.user.id, "gate", {"keys": keys, "typed": typed}
    )
    view = view_of(ReopenButton("gate", draft, label=texts("prospect.pass_button")))
    await answer(interaction, moved_card(texts, moved), view, private=private)


def moved_card(texts: Texts, moved: Moved) -> discord.Embed:
    """What became of a prospect; at the gate, what is there and what is missing."""
    record, partners = Written(moved.seen.act.record), list(moved.seen.partners)
    stopped = moved.entry is None
    title = "prospect.gate_title" if stopped else "prospect.moved"
    card = Card(
        texts(title, record=record, partners=partners, stage=moved.move.stage),
        colour=QUIET_COLOUR if stopped else COLOUR,
    )
    return card.text([*([] if stopped else _moved_lines(texts, moved)), *gate_lines(texts, moved)]).embed


def _moved_lines(texts: Texts, moved: Moved) -> Iterator[str]:
    change = moved.change
    values = {"before": moved.before, "stage": change.stage, "since": change.since}
    yield texts("prospect.step", **values)
    if change.by_whom:
        yield texts("prospect.by_whom", by_whom=change.by_whom)
    if change.reason:
        yield texts("prospect.reason", reason=change.reason)
    if change.stage is Stage.SIGNED:
        yield texts("prospect.is_act", kind=moved.seen.act.kind)


def gate_lines(texts: Texts, moved: Moved) -> Iterator[str]:
    """The checklist of the gate, and how many partners of the city are quiet; nothing where it was not passed."""
    if moved.gate is None or moved.quiet is None:
        return
    for part in GatePart:
        mark = "☑" if part in moved.gate.met else "☐"
        yield texts("prospect.gate_line", mark=Written(mark), part=Written(texts(f"prospect.gate.{part}")))
    if moved.quiet.partners:
        yield texts("prospect.quiet", n=moved.quiet.partners, quiet=moved.quiet.quiet)
    if moved.entry is None:
        yield texts("prospect.gate_closed")


# The list -----------------------------------------------------------------------------------------------------


@paged("prospects")
async def prospects_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """The prospects of the caller's office; it takes no arguments."""
    listed = await list_prospects(desk, caller)
    lines: list[str] = []
    for stage in dict.fromkeys(item.stage for item in listed.items):
        those = [item for item in listed.items if item.stage is stage]
        lines.append(Heading(texts("prospect.heading", stage=stage, n=len(those))))
        lines += [prospect_line(texts, item) for item in those]
    shown, index, pages = page_of(lines or [texts("prospect.list_none")], index)
    footer = texts("prospect.footer", today=listed.today, page=index + 1, pages=pages)
    card = Card(texts("prospect.list_title", home=listed.home), footer=footer)
    private = restricted(item.seen.act.scope for item in listed.items)
    return Page(card.text(shown).embed, index, pages, private)


def prospect_line(texts: Texts, item: ListedProspect) -> str:
    """A prospect, and for how long it has been at its stage, as far as that is known."""
    record, partners = Written(item.seen.act.record), list(item.seen.partners)
    if item.days is not None:
        return texts("prospect.line_days", record=record, partners=partners, n=item.days)
    if item.since is not None:
        return texts("prospect.line_since", record=record, partners=partners, since=item.since)
    return texts("prospect.line", record=record, partners=partners)


# Steps --------------------------------------------------------------------------------------------------------


async def show_steps(interaction: Interaction, listed: StepList) -> None:
    """The checklist of steps, with a button to take back what was just noted."""
    texts = chat_texts((await caller_of(interaction)).language)
    view = discord.utils.MISSING
    if listed.entry is not None:
        view = view_of(UndoButton(listed.entry, label=texts("undo.button")))
    await answer(interaction, steps_card(texts, listed), view, private=restricted([listed.seen.act.scope]))


def steps_card(texts: Texts, listed: StepList) -> discord.Embed:
    record, partners = Written(listed.seen.act.record), list(listed.seen.partners)
    card = Card(
        texts("prospect.steps_title", record=record, partners=partners),
        footer=steps_footer(texts, listed),
    )
    card.text(steps_lines(texts, listed))
    sources = dict.fromkeys((state.step.source, state.step.as_of) for state in listed.steps)
    return card.field(
        texts("partner.sources"),
        [texts("prospect.source", source=source, as_of=as_of) for source, as_of in sources],
    ).embed


def office_steps_lines(texts: Texts, found: OfficeSteps) -> Iterator[str]:
    """Every step of an office by its key, with where the rule stands; and whose steps they are."""
    for step in found.steps:
        source = texts("prospect.source", source=step.source, as_of=step.as_of)
        line = f"{step.key}  {step_text(texts, step)}"
        yield texts("prospect.noted", line=Written(line), note=Written(source))
    yield steps_footer(texts, found) or texts("prospect.no_steps", home=found.home)


def steps_footer(texts: Texts, listed: StepList | OfficeSteps) -> str:
    """Whose steps these are, and that they are no advice; nothing where there are none."""
    if not listed.steps:
        return ""
    return texts("prospect.own_steps" if listed.own else "prospect.no_advice", home=listed.home)


def steps_lines(texts: Texts, listed: StepList) -> Iterator[str]:
    """Each step with what was noted of it, or what to mind while it is open; and a warning about levels."""
    if not listed.steps:
        yield texts("prospect.no_steps", home=listed.home)
        return
    for place in listed.differing:
        yield texts("prospect.levels_differ", home=listed.home, partner=place)
    for state in listed.steps:
        yield from _step_lines(texts, state)


def _step_lines(texts: Texts, state: StepState) -> Iterator[str]:
    if state.taken is None:
        yield texts("prospect.open_step", step=Written(step_text(texts, state.step)))
        warning = state.step.warning_zh if _chinese(texts) else state.step.warning_en
        if warning:
            yield texts("prospect.warning", warning=Written(warning))
        return
    line = texts("prospect.taken_step", step=Written(step_text(texts, state.step)), done=state.taken.done)
    note = state.taken.note
    yield texts("prospect.noted", line=Written(line), note=note) if note else line


def step_text(texts: Texts, step: Step) -> str:
    return step.text_zh if _chinese(texts) else step.text_en


def _chinese(texts: Texts) -> bool:
    return texts.language.startswith("zh")


# What is offered while somebody types ---------------------------------------------------------------------


@suggests
async def prospect_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """The prospects of the office, by number, partner or stage."""
    caller = await caller_of(interaction)
    listed = await list_prospects(desk_of(interaction), caller)
    texts, wanted = Texts(caller.language), fold(typed)
    labels = [
        (f"{act_label(texts, item.seen)} · {texts.word(item.stage)}", item.seen.act.record)
        for item in listed.items
    ]
    fitting = [(label, record) for label, record in labels if wanted in fold(label)]
    return [app_commands.Choice(name=label[:LABEL], value=record) for label, record in fitting[:CHOICES]]


def _record(interaction: Interaction) -> str:
    return str(getattr(interaction.namespace, "record", None) or "")


@suggests
async def pilot_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """The pilots of the prospect that stands in the option `record`."""
    caller = await caller_of(interaction)
    found = await pilots_of(desk_of(interaction), caller, _record(interaction))
    wanted = fold(typed)
    return [
        app_commands.Choice(name=fit(pilot.title, LABEL), value=handle)
        for handle, pilot in found.items()
        if wanted in fold(pilot.title)
    ][:CHOICES]


@suggests
async def step_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """The steps of the prospect in the option `record`, open ones first."""
    caller = await caller_of(interaction)
    listed = await prospect_steps(desk_of(interaction), caller, _record(interaction))
    texts, wanted = Texts(caller.language), fold(typed)
    states = sorted(listed.steps, key=lambda state: state.taken is not None)
    return [
        app_commands.Choice(name=fit(_step_label(texts, state), LABEL), value=state.step.key)
        for state in states
        if wanted in fold(step_text(texts, state.step))
    ][:CHOICES]


def _step_label(texts: Texts, state: StepState) -> str:
    return f"{'☑' if state.taken else '☐'} {step_text(texts, state.step)}"
