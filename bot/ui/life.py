"""Pausing, resuming and ending an act in chat, and how a step of its life looks."""

from collections.abc import Iterator

import discord

from bot.domain.access import Action
from bot.domain.life import BEFORE_FORCE, MAX_BY_WHOM, MAX_REASON, MAX_SOURCE, MAX_TRIGGER, Step
from bot.domain.partnerships import IN_FORCE, Status, StatusChange
from bot.i18n.texts import Texts, Written
from bot.services.held_acts import complete_acts
from bot.services.life import (
    OpenedAct,
    StepWords,
    Turned,
    end_act,
    open_end,
    pause_act,
    resume_act,
)
from bot.services.preferences import keep_draft
from bot.services.telling import ChangedSince
from bot.ui.audience import restricted
from bot.ui.audit import UndoButton
from bot.ui.buttons import view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.choices import CHOICES, LABEL, Choice, suggests
from bot.ui.claims import words_of_both
from bot.ui.editing import changed_card
from bot.ui.errors import answer, soon
from bot.ui.forms import EMPTY, Form, Keys, ReopenButton, Typed, form_id, make_form, register, text_field

DATE = 100

# The answer ---------------------------------------------------------------------------------------------------


def turned_title(texts: Texts, turned: Turned) -> str:
    """Which act, and what it is now."""
    key = f"life.done_{turned.step.value}"
    return texts(key, record=Written(turned.act.record), partners=list(turned.partners))


def turned_lines(texts: Texts, turned: Turned) -> Iterator[str]:
    """Before and after, who and why, and what else that comes to; one thought a line."""
    before, after = (Written(_state(texts, step)) for step in (turned.before, turned.after))
    yield texts("life.turned", before=before, after=after)
    if turned.after.since:
        yield texts("life.since", since=turned.after.since)
    yield from said_lines(texts, turned.after)
    if turned.step is Step.END:
        yield texts("life.not_counted")
    if turned.alone:
        yield texts("life.alone", partners=list(turned.alone))
    if turned.replaced:
        records = [Written(act.record) for act in turned.replaced]
        yield texts("life.had_replaced", record=Written(turned.act.record), records=records)


def _state(texts: Texts, step: StatusChange) -> str:
    if step.status is Status.PAUSED and step.until:
        return texts("life.paused_until", until=step.until)
    return texts.word(step.status)


def said_lines(texts: Texts, step: StatusChange) -> Iterator[str]:
    """What somebody said of a step, as far as they did."""
    if step.by_whom:
        yield texts("life.by_whom", by_whom=Written(words_of_both(texts, step.by_whom)))
    if step.reason:
        yield texts("life.reason", reason=step.reason)
    if step.trigger:
        yield texts("life.trigger", trigger=step.trigger)
    if step.source:
        yield texts("life.source", source=step.source)


async def _show(interaction: Interaction, turned: Turned) -> None:
    texts = chat_texts((await caller_of(interaction)).language)
    card = Card(turned_title(texts, turned)).text(turned_lines(texts, turned))
    view = view_of(UndoButton(turned.entry, label=texts("undo.button")))
    await answer(interaction, card.embed, view, private=restricted(turned.scopes))


# Options ------------------------------------------------------------------------------------------------------


async def pause(interaction: Interaction, record: str, words: StepWords) -> None:
    """Pause an act, and show what that comes to."""
    caller = await caller_of(interaction)
    await _show(interaction, await soon(interaction, pause_act(desk_of(interaction), caller, record, words)))


async def resume(interaction: Interaction, record: str, words: StepWords) -> None:
    """Put a paused act in force again."""
    caller = await caller_of(interaction)
    await _show(interaction, await soon(interaction, resume_act(desk_of(interaction), caller, record, words)))


@suggests
async def pausable_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """The acts of the office that are in force."""
    return await _act_choices(interaction, typed, IN_FORCE)


@suggests
async def paused_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """The acts of the office that are paused."""
    return await _act_choices(interaction, typed, frozenset({Status.PAUSED}))


@suggests
async def standing_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """The acts of the office that may be ended."""
    return await _act_choices(interaction, typed, frozenset(Status) - BEFORE_FORCE - {Status.ENDED})


async def _act_choices(interaction: Interaction, typed: str, states: frozenset[Status]) -> list[Choice]:
    caller = await caller_of(interaction)
    texts, choices = Texts(caller.language), []
    for seen in await complete_acts(desk_of(interaction), caller, typed):
        if seen.act.status in states:
            parts = (seen.act.record, texts.listed(seen.partners), texts.word(seen.act.kind))
            choices.append(Choice(name=" · ".join(parts)[:LABEL], value=seen.act.record))
    return choices[:CHOICES]


# The form of an end -------------------------------------------------------------------------------------------


async def open_end_form(interaction: Interaction, record: str) -> None:
    """Open the form by which an act is ended; raises before any form is shown where it cannot be."""
    caller = await caller_of(interaction)
    opened = await open_end(desk_of(interaction), caller, record)
    await interaction.response.send_modal(_form(Texts(caller.language), opened, str(opened.version)))


def _form(texts: Texts, opened: OpenedAct, version: str, typed: Typed = EMPTY) -> discord.ui.Modal:
    """The form carries the version that it was opened with: what others write meanwhile is shown first."""
    long = discord.TextStyle.paragraph
    date = text_field("date", typed, hint=texts("life.form.date_hint"), longest=DATE, required=True)
    by_whom = text_field(
        "by_whom", typed, hint=texts("life.form.by_whom_hint"), longest=MAX_BY_WHOM, required=True
    )
    reason = text_field(
        "reason", typed, hint=texts("life.form.reason_hint"), longest=MAX_REASON, required=True, style=long
    )
    trigger = text_field("trigger", typed, hint=texts("life.form.trigger_hint"), longest=MAX_TRIGGER)
    source = text_field("source", typed, hint=texts("life.form.source_hint"), longest=MAX_SOURCE)
    return make_form(
        texts("life.form.title", record=Written(opened.act.record), partners=list(opened.partners)),
        form_id("end", opened.act.id, version),
        [
            (texts("life.form.date"), date),
            (texts("life.form.by_whom"), by_whom),
            (texts("life.form.reason"), reason),
            (texts("life.form.trigger"), trigger),
            (texts("life.form.source"), source),
        ],
    )


async def _open(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller = await caller_of(interaction)
    opened = await open_end(desk_of(interaction), caller, f"P{keys['number']}")
    return _form(Texts(caller.language), opened, keys["version"], typed)


async def _take(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    """End the act; where somebody has changed it since the form was opened, show that, and nothing is stored."""
    caller, number = await caller_of(interaction), keys["number"]
    said = {name: typed.get(name, "") for name in ("by_whom", "reason", "trigger", "source")}
    words = StepWords(since=typed.get("date", ""), **said)
    try:
        work = end_act(desk_of(interaction), caller, f"P{number}", words, int(keys["version"]))
        await _show(interaction, await soon(interaction, work))
    except ChangedSince as changed:
        texts = chat_texts(caller.language)
        draft = {"keys": {"number": number, "version": str(changed.version)}, "typed": dict(typed)}
        key = await keep_draft(desk_of(interaction), interaction.user.id, f"end:{number}", draft)
        view = view_of(ReopenButton("end", key, label=texts("form.reopen")))
        card = changed_card(texts, changed, caller.own_office().zone)
        await answer(interaction, card.embed, view, private=True)


register(Form("end", Action.EDIT, r"(?P<number>\d+):(?P<version>\d+)", _open, _take))
