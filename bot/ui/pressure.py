"""Pressure notes in chat: noting, changing and showing, each answer for the eyes of who asks alone."""

import discord
from discord import app_commands

from bot.domain.access import Action, Scope
from bot.domain.audit import Record, RecordKind
from bot.domain.places import Place
from bot.domain.pressure import Incident, PressureNote
from bot.i18n.commands import command_text
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller
from bot.services.places import place_meant, place_with_id
from bot.services.pressure import (
    About,
    NoteChange,
    NoteForm,
    SavedNote,
    add_note,
    check_note,
    edit_note,
    note_record,
    open_note,
)
from bot.services.pressure_facts import rule_facts
from bot.services.pressure_lists import NoteCard, NoteFilter, complete_notes, show_note
from bot.services.records import is_editor
from bot.services.telling import ChangedSince
from bot.ui.access import presses
from bot.ui.audit import UndoButton
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.choices import CHOICES, LABEL, Choice, suggests
from bot.ui.editing import ask_over, register_edit, show_edited
from bot.ui.errors import answer, soon
from bot.ui.forms import EMPTY, Form, Keys, Typed, form_id, register
from bot.ui.pages import show_page
from bot.ui.pressure_cards import fact_card, list_arguments, note_card, suggestion
from bot.ui.pressure_form import fields_typed, note_form, typed_of
from bot.ui.pressure_removal import AskToRemoveNoteButton

INCIDENT_CHOICES = [
    app_commands.Choice(name=command_text(f"choice.incident.{kind}"), value=kind.value) for kind in Incident
]
NOTE_SCOPE_CHOICES = [
    app_commands.Choice(name=command_text(f"choice.scope.{scope}"), value=scope.value)
    for scope in RecordKind.PRESSURE.scopes
]
KINDS, SCOPES = "|".join(Incident), "|".join(RecordKind.PRESSURE.scopes)
PLACES = r"(?:\d+(?:\.\d+)*)?"
"""The ids of places in the keys of a form."""


@suggests
async def note_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """The notes that the person may see, by number, place or what happened."""
    caller = await caller_of(interaction)
    texts = Texts(caller.language)
    found = await complete_notes(desk_of(interaction), caller, typed)
    return [
        app_commands.Choice(name=suggestion(texts, note)[:LABEL], value=note.record)
        for note in found[:CHOICES]
    ]


# Noting ------------------------------------------------------------------------------------------------------

NEW, EDIT = "pressure", "pressure_edit"


async def open_new_note(
    interaction: Interaction, kind: Incident, places: list[str], act: str, scope: Scope
) -> None:
    """Open the form of a new note, once what it is about is known."""
    caller = await caller_of(interaction)
    about = await check_note(desk_of(interaction), caller, places, act, scope)
    keys = {
        "kind": kind.value, "scope": scope.value, "places": _ids(about.places) if places else "",
        "act": str(about.act or 0), "request": str(interaction.id),
    }  # fmt: skip
    await interaction.response.send_modal(_new_form(Texts(caller.language), about, keys, EMPTY))


def _new_form(texts: Texts, about: About, keys: Keys, typed: Typed) -> discord.ui.Modal:
    """The form names what was chosen beside it; `request` makes submitting it twice one record."""
    title = texts("pressure.form.title_new", places=list(about.places))
    names = ("kind", "scope", "places", "act", "request")
    return note_form(texts, title, form_id(NEW, *(keys[name] for name in names)), typed)


def _ids(places: tuple[Place, ...]) -> str:
    return ".".join(str(place.id) for place in places)


async def _places_of(interaction: Interaction, ids: str) -> list[Place]:
    return [await place_with_id(desk_of(interaction), int(each)) for each in ids.split(".") if each]


def _act(keys: Keys) -> str:
    number = int(keys["act"])
    return str(Record(RecordKind.PARTNERSHIP, number)) if number else ""


async def _open_new(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller = await caller_of(interaction)
    places = [place.key for place in await _places_of(interaction, keys["places"])]
    about = await check_note(desk_of(interaction), caller, places, _act(keys), Scope(keys["scope"]))
    return _new_form(Texts(caller.language), about, keys, typed)


async def _take_new(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    saved = await soon(interaction, _add(interaction, keys, typed))
    caller = await caller_of(interaction)
    texts = chat_texts(caller.language)
    shown = await show_note(desk_of(interaction), caller, saved.note.record)
    embed = note_card(texts, shown)
    embed.description = f"{texts('pressure.kept')}\n{embed.description}"
    undo = [UndoButton(saved.entry, label=texts("undo.button"))] if saved.entry is not None else []
    await answer(interaction, embed, view_of(*undo, edit_button(texts, saved.note)), private=True)


async def _add(interaction: Interaction, keys: Keys, typed: Typed) -> SavedNote:
    desk, caller = desk_of(interaction), await caller_of(interaction)
    places = tuple(place.key for place in await _places_of(interaction, keys["places"]))
    form = NoteForm(Incident(keys["kind"]), fields_typed(typed), places, _act(keys), Scope(keys["scope"]))
    return await add_note(desk, caller, form, f"discord:{keys['request']}")


register(
    Form(
        NEW,
        Action.EDIT,
        rf"(?P<kind>{KINDS}):(?P<scope>{SCOPES}):(?P<places>{PLACES}):(?P<act>\d+):(?P<request>\d+)",
        _open_new,
        _take_new,
    )
)

# Changing ----------------------------------------------------------------------------------------------------


async def open_note_form(
    interaction: Interaction, text: str, kind: Incident | None = None, place: str = "", act: str = ""
) -> None:
    """Open the form of a note as it is now; what was chosen beside it takes the place of what is there."""
    desk, caller = desk_of(interaction), await caller_of(interaction)
    opened = await open_note(desk, caller, text)
    ids, number = "", 0
    if place or act:
        about = await check_note(desk, caller, [place] if place else [], act, opened.note.scope)
        ids, number = _ids(about.places) if place else "", about.act or 0
    keys = {
        "number": str(opened.note.id), "version": str(opened.version), "kind": kind.value if kind else "",
        "places": ids, "act": str(number),
    }  # fmt: skip
    form = _edit_form(Texts(caller.language), opened.note, keys, typed_of(opened.fields))
    await interaction.response.send_modal(form)


def _edit_form(texts: Texts, note: PressureNote, keys: Keys, typed: Typed) -> discord.ui.Modal:
    title = texts("pressure.form.title_edit", record=Written(note.record), places=list(note.places))
    names = ("number", "version", "kind", "places", "act")
    return note_form(texts, title, form_id(EDIT, *(keys[name] for name in names)), typed)


async def _open_edit(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller = await caller_of(interaction)
    opened = await open_note(desk_of(interaction), caller, str(note_record(int(keys["number"]))))
    return _edit_form(Texts(caller.language), opened.note, keys, typed)


async def _take_edit(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    """Store what was typed; where the note has another version by now, show it and ask."""
    desk, caller = desk_of(interaction), await caller_of(interaction)
    places = tuple(place.key for place in await _places_of(interaction, keys["places"]))
    change = NoteChange(Incident(keys["kind"]) if keys["kind"] else None, places, _act(keys))
    number, version = int(keys["number"]), int(keys["version"])
    try:
        work = edit_note(desk, caller, number, version, fields_typed(typed), change)
        saved = await soon(interaction, work)
    except ChangedSince as changed:
        await ask_over(interaction, caller, EDIT, keys, typed, changed)
        return
    note, again = saved.note, edit_button(chat_texts(caller.language), saved.note)
    await show_edited(
        interaction, caller, note.record, note.places, note.scope, saved.changes, saved.entry, again
    )


register_edit(
    Form(
        EDIT,
        Action.EDIT,
        rf"(?P<number>\d+):(?P<version>\d+):(?P<kind>(?:{KINDS})?):(?P<places>{PLACES}):(?P<act>\d+)",
        _open_edit,
        _take_edit,
    )
)


def edit_button(texts: Texts, note: PressureNote) -> "EditNoteButton":
    return EditNoteButton(note.id, label=texts("edit.button"))


class EditNoteButton(PersistentButton, custom_id="pressure:edit:{number}"):
    """Opens the form of a note as it is when pressed."""

    number: int

    @presses(Action.EDIT)
    async def callback(self, interaction: Interaction) -> None:
        await open_note_form(interaction, str(note_record(self.number)))


# Showing -----------------------------------------------------------------------------------------------------


async def show_note_card(interaction: Interaction, text: str) -> None:
    """One note on one card."""
    caller = await caller_of(interaction)
    shown = await show_note(desk_of(interaction), caller, text)
    texts = chat_texts(caller.language)
    await answer(interaction, note_card(texts, shown), _card_view(texts, caller, shown), private=True)


def _card_view(texts: Texts, caller: Caller, shown: NoteCard) -> discord.ui.View:
    """Buttons for whoever may change the note; others would only be refused."""
    note = shown.note
    if note.office_id != caller.own_office().id or not is_editor(caller):
        return discord.utils.MISSING  # type: ignore[no-any-return]
    remove = AskToRemoveNoteButton(note.id, label=texts("pressure.remove_button"))
    return view_of(edit_button(texts, note), remove)


async def show_note_list(interaction: Interaction, partner: str | None, kind: str | None) -> None:
    """Those notes that were asked for, in pages."""
    caller = await caller_of(interaction)
    place = await place_meant(desk_of(interaction), caller, partner) if partner else None
    wanted = NoteFilter(place.id if place else None, Incident(kind) if kind else None)
    await show_page(interaction, "pressure", list_arguments(wanted))


async def show_facts(interaction: Interaction) -> None:
    """What rules say and do not say, privately as all of this."""
    caller = await caller_of(interaction)
    card = await rule_facts(desk_of(interaction), caller)
    await answer(interaction, fact_card(chat_texts(caller.language), card), private=True)
