"""People in chat: keeping them, changing them, saying that they left, or that they are still right."""

from typing import Any

import discord
from discord import app_commands

from bot.domain.access import Action, Scope
from bot.domain.audit import Record, RecordKind
from bot.domain.contacts import MAX_TEXT, Contact, ContactRole, ContactState
from bot.i18n.commands import command_text
from bot.i18n.texts import Texts, Written
from bot.services.contact_lists import complete_contacts
from bot.services.contact_rounds import confirm_contact, next_to_confirm
from bot.services.contacts import (
    SavedContact,
    contact_left,
    edit_contact,
    open_contact,
)
from bot.services.desk import Caller
from bot.services.telling import ChangedSince
from bot.ui.access import presses
from bot.ui.audit import UndoButton
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.changes import change_lines
from bot.ui.choices import CHOICES, LABEL, Choice, suggests
from bot.ui.contact_cards import (
    contact_lines,
    footer_of,
    name_of,
    suggestion,
)
from bot.ui.contact_form import contact_form, fields_typed, typed_of
from bot.ui.editing import ask_over, register_edit
from bot.ui.errors import answer, replace_message, soon
from bot.ui.forms import EMPTY, Form, Keys, Typed, form_id, make_form, register, text_field

ROLE_CHOICES = [
    app_commands.Choice(name=command_text(f"choice.contact_role.{role}"), value=role.value)
    for role in ContactRole
]
STATE_CHOICES = [
    app_commands.Choice(name=command_text(f"choice.contact_state.{state}"), value=state.value)
    for state in ContactState
]
NARROW_CHOICES = [
    app_commands.Choice(name=command_text(f"choice.scope.{scope}"), value=scope.value)
    for scope in Scope
    if scope is not Scope.PUBLIC
]
"""Contacts are never everybody's."""

ROLES = "|".join(ContactRole)
DAY = 60


@suggests
async def contact_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """The contacts of the office, by name, post, place or number."""
    caller = await caller_of(interaction)
    texts = Texts(caller.language)
    found = await complete_contacts(desk_of(interaction), caller, typed)
    return [Choice(name=suggestion(texts, each)[:LABEL], value=each.record) for each in found[:CHOICES]]


def record_of(number: int) -> str:
    return str(Record(RecordKind.CONTACT, number))


# Changing ----------------------------------------------------------------------------------------------------

EDIT = "contact_edit"


def undo_buttons(texts: Texts, saved: SavedContact) -> list[PersistentButton]:
    """Takes back what was done; who came after somebody cannot go before that is taken back, so that stands first."""
    found: list[PersistentButton] = []
    if saved.replaced is not None and saved.replaced_entry is not None:
        label = texts("contacts.undo_replacing", record=Written(saved.replaced.record))
        found.append(UndoButton(saved.replaced_entry, label=label))
    if saved.entry is not None:
        found.append(UndoButton(saved.entry, label=texts("undo.button")))
    return found


async def open_contact_form(
    interaction: Interaction, text: str, role: ContactRole | None = None, *, going_round: bool = False
) -> None:
    """Open the form of a contact as it is now; `going_round` shows the next one to confirm afterwards."""
    caller = await caller_of(interaction)
    opened = await open_contact(desk_of(interaction), caller, text)
    texts = Texts(caller.language)
    role = role or opened.contact.role
    typed = typed_of(texts, opened.fields)
    await interaction.response.send_modal(
        _edit_form(texts, opened.contact, str(opened.version), role, going_round, typed)
    )


def _edit_form(
    texts: Texts, person: Contact, version: str, role: ContactRole, going_round: bool, typed: Typed
) -> discord.ui.Modal:
    title = texts("contacts.form.title_edit", record=Written(person.record), place=person.place)
    custom_id = form_id(EDIT, person.id, version, role.value, int(going_round))
    return contact_form(texts, title, custom_id, role, typed)


async def _open_edit(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller = await caller_of(interaction)
    opened = await open_contact(desk_of(interaction), caller, record_of(int(keys["number"])))
    texts, role = Texts(caller.language), ContactRole(keys["role"])
    return _edit_form(texts, opened.contact, keys["version"], role, keys["round"] == "1", typed)


async def _take_edit(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    """Store what was typed; where the contact has another version by now, show it and ask."""
    caller = await caller_of(interaction)
    number, version, role = int(keys["number"]), int(keys["version"]), ContactRole(keys["role"])
    try:
        work = edit_contact(desk_of(interaction), caller, number, version, fields_typed(typed), role)
        saved = await soon(interaction, work)
    except ChangedSince as changed:
        await ask_over(interaction, caller, EDIT, keys, typed, changed)
        return
    await _show_saved(interaction, caller, saved, going_round=keys["round"] == "1")


register_edit(
    Form(
        EDIT,
        Action.LOG,
        rf"(?P<number>\d+):(?P<version>\d+):(?P<role>{ROLES}):(?P<round>[01])",
        _open_edit,
        _take_edit,
    )
)


async def _show_saved(
    interaction: Interaction, caller: Caller, saved: SavedContact, *, going_round: bool
) -> None:
    """What was changed, with a button to take it back; going round, the next one to confirm as well."""
    texts, person = chat_texts(caller.language), saved.contact
    title = "contacts.changed" if saved.entry is not None else "contacts.unchanged"
    card = Card(texts(title, record=Written(person.record), name=name_of(texts, person)))
    card.text(change_lines(texts, saved.changes, caller.own_office().zone))
    view = view_of(*undo_buttons(texts, saved), edit_button(texts, person))
    await answer(interaction, card.embed, view, private=True)
    if going_round:
        embed, buttons = await _confirmation(interaction, caller)
        await answer(interaction, embed, buttons or discord.utils.MISSING, private=True)


def edit_button(texts: Texts, person: Contact) -> "EditContactButton":
    return EditContactButton(person.id, 0, label=texts("edit.button"))


class EditContactButton(PersistentButton, custom_id="contact:edit:{number}:{going_round}"):
    """Opens the form of a contact as it is when pressed."""

    number: int
    going_round: int

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        await open_contact_form(interaction, record_of(self.number), going_round=bool(self.going_round))


# Leaving -----------------------------------------------------------------------------------------------------


async def take_left(interaction: Interaction, text: str, until: str, successor: str) -> None:
    """Say that somebody left, and who came after them."""
    caller = await caller_of(interaction)
    saved = await soon(interaction, contact_left(desk_of(interaction), caller, text, until, successor))
    await _show_saved(interaction, caller, saved, going_round=False)


def _left_form(texts: Texts, number: int, going_round: int, typed: Typed) -> discord.ui.Modal:
    title = texts("contacts.form.title_left", record=Written(record_of(number)))
    day = text_field(
        "until", typed or {"until": texts("contacts.form.until_default")},
        hint=texts("contacts.form.until_hint"), longest=DAY, required=True,
    )  # fmt: skip
    later = text_field("successor", typed, hint=texts("contacts.form.successor_hint"), longest=MAX_TEXT)
    fields: list[tuple[str, discord.ui.Item[Any]]] = [
        (texts("contacts.form.until"), day),
        (texts("contacts.form.successor"), later),
    ]
    return make_form(title, form_id("contact_left", number, going_round), fields)


async def _open_left(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    texts = Texts((await caller_of(interaction)).language)
    return _left_form(texts, int(keys["number"]), int(keys["round"]), typed)


async def _take_left(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    caller = await caller_of(interaction)
    record, until, successor = record_of(int(keys["number"])), typed["until"], typed.get("successor", "")
    saved = await soon(interaction, contact_left(desk_of(interaction), caller, record, until, successor))
    await _show_saved(interaction, caller, saved, going_round=keys["round"] == "1")


register(Form("contact_left", Action.LOG, r"(?P<number>\d+):(?P<round>[01])", _open_left, _take_left))


class LeftButton(PersistentButton, custom_id="contact:left:{number}:{going_round}"):
    """Asks since when somebody is gone, and who came after them."""

    number: int
    going_round: int

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        await open_contact(desk_of(interaction), caller, record_of(self.number))  # may they?
        texts = Texts(caller.language)
        await interaction.response.send_modal(_left_form(texts, self.number, self.going_round, EMPTY))


# Going round -------------------------------------------------------------------------------------------------


async def show_next_to_confirm(interaction: Interaction) -> None:
    """The contact that was confirmed longest ago, with a button for each thing that can be said of it."""
    caller = await caller_of(interaction)
    embed, view = await _confirmation(interaction, caller)
    await answer(interaction, embed, view or discord.utils.MISSING, private=True)


async def _confirmation(
    interaction: Interaction, caller: Caller, done: Contact | None = None
) -> tuple[discord.Embed, discord.ui.View | None]:
    """The next one to confirm, or that all are; `done` is the one that was confirmed a moment ago."""
    desk, texts = desk_of(interaction), chat_texts(caller.language)
    waiting = await next_to_confirm(desk, caller)
    said = texts("contacts.confirmed", record=Written(done.record), name=name_of(texts, done)) if done else ""
    person = waiting.contact
    if person is None:
        return Card(texts("contacts.all_confirmed")).text([said]).embed, None
    footer = texts("contacts.waiting", n=waiting.waiting)
    title = texts("contacts.still_right", record=Written(person.record), name=name_of(texts, person))
    card = Card(title, footer=footer)
    card.text([said, *contact_lines(texts, person, caller.today(desk)), footer_of(texts, person)])
    return card.embed, view_of(
        ConfirmButton(person.id, person.version, label=texts("contacts.confirm_button")),
        EditContactButton(person.id, 1, label=texts("edit.button")),
        LeftButton(person.id, 1, label=texts("contacts.left_button")),
    )


class ConfirmButton(
    PersistentButton, custom_id="contact:right:{number}:{version}", style=discord.ButtonStyle.success
):
    """Says that a contact is still right as it was shown, and goes to the next."""

    number: int
    version: int

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        work = confirm_contact(desk_of(interaction), caller, self.number, self.version)
        saved = await soon(interaction, work, in_place=True)
        embed, view = await _confirmation(interaction, caller, saved.contact)
        await replace_message(interaction, embed, view)
