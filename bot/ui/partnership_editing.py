"""Changing an act in chat: a form for each part of it, and putting one act in the place of another."""

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands

from bot.domain.access import Action
from bot.domain.agreements import Initiator
from bot.domain.audit import Record, RecordKind
from bot.domain.partnerships import Kind, Partnership
from bot.domain.places import Place
from bot.i18n.commands import command_text
from bot.i18n.texts import Texts, Written
from bot.services.act_fields import FIELDS, NOBODY, ActPart
from bot.services.desk import Caller
from bot.services.partnership_editing import (
    OpenedAct,
    complete_acts,
    edit_act,
    open_act,
    replace_act,
)
from bot.services.telling import ChangedSince
from bot.services.typed_fields import LONGEST
from bot.ui.access import presses
from bot.ui.audience import restricted
from bot.ui.audit import UndoButton
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.choices import CHOICES, LABEL, Choice, suggests
from bot.ui.editing import ask_over, register_edit, show_edited
from bot.ui.errors import answer, soon
from bot.ui.forms import Form, Keys, Typed, choice_field, form_id, make_form, text_field

EDIT = "act_edit"
PARTS = "|".join(ActPart)
PART_CHOICES = [
    app_commands.Choice(name=command_text(f"choice.act_part.{part}"), value=part.value) for part in ActPart
]

ROOM, DATE_ROOM, LINK_ROOM = 200, 100, 1000
"""Characters that a field of one line holds: a name, a date, an address."""

DATES = frozenset({"signed", "civil_since", "review_on", "expires_on", "cadence_months"})
INITIATOR_PARTIES = 5
"""Of how many parties it can be chosen that they began it: a select has 25 options."""

# The form -----------------------------------------------------------------------------------------------------


async def open_act_form(interaction: Interaction, record: str, part: ActPart = ActPart.BASICS) -> None:
    """Open the form for a part of an act as it is; raises before any form is shown if they may not change it."""
    caller = await caller_of(interaction)
    opened = await open_act(desk_of(interaction), caller, record, part)
    form = _form(caller, opened, str(opened.version), opened.fields)
    await interaction.response.send_modal(form)


def _form(caller: Caller, opened: OpenedAct, version: str, typed: Typed) -> discord.ui.Modal:
    """The form carries the version that it was opened with: it is not stored over another one."""
    texts = Texts(caller.language)
    title = texts("edit.form.title", record=Written(opened.act.record), places=_partners(caller, opened.act))
    fields = [
        (_label(texts, name), _field(texts, opened.act, name, typed, lines=field.lines))
        for name, field in FIELDS[opened.part].items()
    ]
    return make_form(title, form_id(EDIT, opened.act.id, version, opened.part.value), fields)


def _label(texts: Texts, name: str) -> str:
    return texts("act.form.named") if name == "named" else texts(f"field.{name}")


def _partners(caller: Caller, act: Partnership) -> list[Place]:
    return list(act.partners_of([caller.own_office().place.id]))


def _field(texts: Texts, act: Partnership, name: str, typed: Typed, *, lines: bool) -> discord.ui.Item[Any]:
    if name == "kind":
        return choice_field(name, {kind.value: texts.word(kind) for kind in Kind}, typed.get(name))
    if name == "initiator":
        return choice_field(name, _initiators(texts, act), typed.get(name) or NOBODY)
    parties = Written(", ".join(f"{n} {texts.place(place)}" for n, place in enumerate(act.parties, 1)))
    room = LONGEST if lines else LINK_ROOM if name == "document_url" else ROOM
    return text_field(
        name,
        typed,
        hint=texts(f"act.hint.{name}", parties=parties),
        longest=DATE_ROOM if name in DATES else max(room, len(typed.get(name, ""))),
        required=name == "sources",
        style=discord.TextStyle.paragraph if lines else discord.TextStyle.short,
    )


def _initiators(texts: Texts, act: Partnership) -> Mapping[str, str]:
    """Nobody told; each kind of people, on no side or on that of one of the parties."""
    options = {NOBODY: texts("act.initiator.nobody")}
    for number, place in enumerate(act.parties[:INITIATOR_PARTIES], 1):
        for each in Initiator:
            options[f"{each.value}:{number}"] = texts("act.initiator.of", initiator=each, place=place)
    options |= {each.value: texts.word(each) for each in Initiator}
    if act.initiator is None and act.initiator_party:
        party = act.parties[act.initiator_party - 1]
        options[f":{act.initiator_party}"] = texts("act.initiator.side", place=party)
    return dict(list(options.items())[:25])


async def _open(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller = await caller_of(interaction)
    record = str(Record(RecordKind.PARTNERSHIP, int(keys["number"])))
    opened = await open_act(desk_of(interaction), caller, record, ActPart(keys["part"]))
    return _form(caller, opened, keys["version"], typed)


async def _take(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    """Store what was typed; where the record has another version by now, show it and ask."""
    caller = await caller_of(interaction)
    number, version = int(keys["number"]), int(keys["version"])
    known = {name: text for name, text in typed.items() if name in FIELDS[ActPart(keys["part"])]}
    try:
        edited = await soon(interaction, edit_act(desk_of(interaction), caller, number, version, known))
    except ChangedSince as changed:
        await ask_over(interaction, caller, EDIT, keys, typed, changed)
        return
    act = edited.act
    again = EditActButton(act.id, label=chat_texts(caller.language)("edit.button"))
    await show_edited(
        interaction,
        caller,
        act.record,
        _partners(caller, act),
        act.scope,
        edited.changes,
        edited.entry,
        again,
    )


register_edit(Form(EDIT, Action.EDIT, rf"(?P<number>\d+):(?P<version>\d+):(?P<part>{PARTS})", _open, _take))


class EditActButton(PersistentButton, custom_id="act:edit:{number}"):
    """Opens the form for the basics of an act as it is when pressed."""

    number: int

    @presses(Action.EDIT)
    async def callback(self, interaction: Interaction) -> None:
        await open_act_form(interaction, str(Record(RecordKind.PARTNERSHIP, self.number)))


@suggests
async def act_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """The acts that the office may change: by number, name in either script, or date."""
    caller = await caller_of(interaction)
    texts, own = Texts(caller.language), caller.own_office().place.id
    acts = await complete_acts(desk_of(interaction), caller, typed)
    return [Choice(name=act_label(texts, own, act)[:LABEL], value=act.record) for act in acts[:CHOICES]]


def act_label(texts: Texts, own: int, act: Partnership) -> str:
    """Enough of an act to recognise it on one line: number, partners, kind, when it was signed."""
    parts = [act.record, texts.listed(list(act.partners_of([own]))), texts.word(act.kind)]
    return " · ".join([*parts, texts.date(act.signed)] if act.signed else parts)


# One in the place of another ---------------------------------------------------------------------------------


class ReplaceActButton(PersistentButton, custom_id="act:replace:{older}:{later}"):
    """Says that the later act took the place of the older one."""

    older: int
    later: int

    @presses(Action.EDIT)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        records = [str(Record(RecordKind.PARTNERSHIP, number)) for number in (self.older, self.later)]
        replaced = await soon(interaction, replace_act(desk_of(interaction), caller, *records))
        texts = chat_texts(caller.language)
        title = "act.replaced" if replaced.entry is not None else "act.replaced_before"
        later = Written(str(replaced.later))
        card = Card(texts(title, record=Written(replaced.older.record), later=later))
        card.text(
            [act_label(texts, caller.own_office().place.id, replaced.older), texts("act.replaced_text")]
        )
        undo = [UndoButton(replaced.entry, label=texts("undo.button"))] if replaced.entry is not None else []
        await answer(interaction, card.embed, view_of(*undo), private=restricted([replaced.older.scope]))
