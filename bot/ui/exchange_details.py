"""The forms for the details of an exchange: the fields of its kind, five at a time."""

from typing import Any

import discord

from bot.domain.access import Action
from bot.domain.audit import exchange_record
from bot.domain.exchange_details import forms_of
from bot.domain.exchanges import Exchange
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller
from bot.services.exchange_details import OpenedDetails, edit_details, open_details
from bot.services.exchange_fields import FIELDS, NOT_SAID
from bot.services.telling import ChangedSince
from bot.services.typed_fields import LONGEST
from bot.ui.access import presses
from bot.ui.buttons import PersistentButton
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.editing import EditButton, ask_over, others_in, register_edit, show_edited
from bot.ui.errors import soon
from bot.ui.forms import Form, Keys, Typed, choice_field, form_id, make_form, text_field

DETAILS = "visit_details"
ROOM = 500
HINTED = frozenset(
    {
        "between", "attendees", "decisions", "topics", "attachments", "sources", "minutes", "end_date", "paired_with",
        "thanked_on", "recording_url",
    }
)  # fmt: skip
"""Fields of which it does not go without saying how they are filled."""


async def open_details_form(interaction: Interaction, record: str, form: int = 0) -> None:
    """Open a form for the details of an exchange; raises before it is shown if the person may not change them."""
    caller = await caller_of(interaction)
    opened = await open_details(desk_of(interaction), caller, record, form)
    await interaction.response.send_modal(_form(caller, opened, str(opened.version), opened.fields))


def _form(caller: Caller, opened: OpenedDetails, version: str, typed: Typed) -> discord.ui.Modal:
    texts, exchange = Texts(caller.language), opened.exchange
    title = texts(
        "details.form.title",
        record=Written(exchange.record),
        kind=exchange.kind,
        form=opened.form + 1,
        forms=len(forms_of(exchange.kind)),
    )
    fields = [(texts(f"field.{name}"), _field(texts, exchange, name, typed)) for name in opened.fields]
    return make_form(title, form_id(DETAILS, exchange.id, version, opened.form), fields)


def _field(texts: Texts, exchange: Exchange, name: str, typed: Typed) -> discord.ui.Item[Any]:
    field = FIELDS[name]
    if field.choices is not None:
        options = {NOT_SAID: texts("details.not_said")} | {
            word.value: texts.word(word) for word in field.choices
        }
        return choice_field(name, options, typed.get(name) or NOT_SAID)
    parties = Written(", ".join(f"{n} {texts.place(place)}" for n, place in enumerate(exchange.places, 1)))
    return text_field(
        name,
        typed,
        hint=texts(f"details.hint.{name}", parties=parties) if name in HINTED else "",
        longest=LONGEST if field.lines else max(ROOM, len(typed.get(name, ""))),
        style=discord.TextStyle.paragraph if field.lines else discord.TextStyle.short,
    )


async def _open(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller = await caller_of(interaction)
    record = str(exchange_record(int(keys["number"])))
    opened = await open_details(desk_of(interaction), caller, record, int(keys["part"]))
    return _form(caller, opened, keys["version"], typed)


async def _take(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    """Store what was typed; where the record has another version by now, show it and ask."""
    caller = await caller_of(interaction)
    number, version = int(keys["number"]), int(keys["version"])
    known = {name: text for name, text in typed.items() if name in FIELDS}
    try:
        work = edit_details(desk_of(interaction), caller, number, version, known)
        edited = await soon(interaction, work)
    except ChangedSince as changed:
        await ask_over(interaction, caller, DETAILS, keys, typed, changed)
        return
    texts, exchange = chat_texts(caller.language), edited.exchange
    await show_edited(
        interaction, caller, exchange.record, others_in(caller, exchange), exchange.scope, edited.changes,
        edited.entry, *_buttons(texts, exchange, int(keys["part"]) + 1),
    )  # fmt: skip


def _buttons(texts: Texts, exchange: Exchange, following: int) -> list[PersistentButton]:
    """The form that follows, where there is one, and the first one of the record."""
    edit = EditButton(exchange.id, label=texts("edit.button"))
    if following >= len(forms_of(exchange.kind)):
        return [edit]
    return [DetailsButton(exchange.id, following, label=texts("visit.more_details_button")), edit]


register_edit(Form(DETAILS, Action.LOG, r"(?P<number>\d+):(?P<version>\d+):(?P<part>\d)", _open, _take))


class DetailsButton(PersistentButton, custom_id="visit:details:{number}:{form}"):
    """Opens a form for the details of an exchange as they are when pressed."""

    number: int
    form: int

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        await open_details_form(interaction, str(exchange_record(self.number)), self.form)


def details_button(texts: Texts, exchange: Exchange) -> DetailsButton:
    return DetailsButton(exchange.id, 0, label=texts("visit.details_button"))
