"""Changing and re-scoping a record in chat; and asking, where somebody else has changed it meanwhile."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import discord
from discord import app_commands

from bot.domain.access import Action, Scope
from bot.domain.audit import exchange_record
from bot.domain.errors import NotFound
from bot.domain.exchanges import Exchange
from bot.domain.places import Place
from bot.i18n.commands import command_text
from bot.i18n.texts import Texts, Written
from bot.services.access import permit
from bot.services.desk import Caller
from bot.services.documents import Difference
from bot.services.editing import (
    EditedVisit,
    OpenedVisit,
    edit_visit,
    open_visit,
    set_scope,
)
from bot.services.preferences import keep_draft, read_draft
from bot.services.telling import ChangedSince
from bot.services.visit_fields import AS_IT_IS
from bot.ui.access import presses
from bot.ui.audience import restricted
from bot.ui.audit import UndoButton
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import WRONG_COLOUR, Card
from bot.ui.changes import BOLD, change_lines, since_lines
from bot.ui.errors import answer, error_text, soon
from bot.ui.forms import Form, Keys, ReopenButton, Typed, form_id, register
from bot.ui.visit_form import format_words, typed_fields, visit_form

SCOPE_CHOICES = [
    app_commands.Choice(name=command_text(f"choice.scope.{scope}"), value=scope.value) for scope in Scope
]

# The form -----------------------------------------------------------------------------------------------------


async def open_edit_form(interaction: Interaction, record: str) -> None:
    """Open the form of an exchange as it is now; raises before any form is shown if the person may not change it."""
    caller = await caller_of(interaction)
    opened = await open_visit(desk_of(interaction), caller, record)
    await interaction.response.send_modal(_form(caller, opened, str(opened.version), asdict(opened.fields)))


def _form(caller: Caller, opened: OpenedVisit, version: str, typed: Typed) -> discord.ui.Modal:
    """The form carries the version that it was opened with: it is not stored over another one."""
    texts = Texts(caller.language)
    formats = format_words(texts)
    if opened.fields.format == AS_IT_IS:
        formats = {AS_IT_IS: texts.word(opened.exchange.kind)} | formats
    title = texts(
        "edit.form.title", record=Written(opened.exchange.record), places=others_in(caller, opened.exchange)
    )
    return visit_form(texts, title, form_id("edit", opened.exchange.id, version), typed, formats)


def others_in(caller: Caller, exchange: Exchange) -> list[Any]:
    """The places that took part beside the caller's own."""
    own = caller.own_office().place.id
    return [place for place in exchange.places if place.id != own]


async def _open(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller = await caller_of(interaction)
    opened = await open_visit(desk_of(interaction), caller, str(exchange_record(int(keys["number"]))))
    return _form(caller, opened, keys["version"], typed)


async def _take(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    """Store what was typed; where the record has another version by now, show it and ask."""
    caller = await caller_of(interaction)
    number, version = int(keys["number"]), int(keys["version"])
    try:
        work = edit_visit(desk_of(interaction), caller, number, version, typed_fields(typed))
        edited = await soon(interaction, work)
    except ChangedSince as changed:
        await ask_over(interaction, caller, EDIT, keys, typed, changed)
        return
    await _show_edited(interaction, caller, edited)


EDIT = "edit"


async def _show_edited(interaction: Interaction, caller: Caller, edited: EditedVisit) -> None:
    texts, exchange = chat_texts(caller.language), edited.exchange
    button = EditButton(exchange.id, label=texts("edit.button"))
    places = others_in(caller, exchange)
    await show_edited(
        interaction, caller, exchange.record, places, exchange.scope, edited.changes, edited.entry, button
    )


# What editing any record looks like ------------------------------------------------------------------------

_EDITS: dict[str, Form] = {}


def register_edit(form: Form) -> Form:
    """Let a form for changing records be known, by name; its keys have the record's number and its `version`."""
    _EDITS[form.name] = register(form)
    return form


register_edit(Form(EDIT, Action.LOG, r"(?P<number>\d+):(?P<version>\d+)", _open, _take))


async def show_edited(
    interaction: Interaction,
    caller: Caller,
    record: str,
    places: Sequence[Place],
    scope: Scope,
    changes: Sequence[Difference],
    entry: int | None,
    *more: PersistentButton,
) -> None:
    """What a form has changed, with a button to take it back, and further ones such as to open the form anew."""
    texts = chat_texts(caller.language)
    title = "edit.done" if entry is not None else "edit.nothing"
    card = Card(texts(title, record=Written(record), places=list(places)))
    card.text(change_lines(texts, changes, caller.own_office().zone))
    undo = [UndoButton(entry, label=texts("undo.button"))] if entry is not None else []
    await answer(interaction, card.embed, view_of(*undo, *more), private=restricted([scope]))


async def ask_over(
    interaction: Interaction, caller: Caller, form: str, keys: Keys, typed: Typed, changed: ChangedSince
) -> None:
    """Show what was changed meanwhile and what one's own would make of it; nothing is stored without a press."""
    texts = chat_texts(caller.language)
    draft = await keep_draft(
        desk_of(interaction),
        interaction.user.id,
        f"{form}:{keys['number']}",
        {"form": form, "keys": {**keys, "version": str(changed.version)}, "typed": dict(typed)},
    )
    card = changed_card(texts, changed, caller.own_office().zone)
    card.field(texts("edit.mine_over"), change_lines(texts, changed.mine, caller.own_office().zone))
    view = view_of(
        SaveOverButton(draft, label=texts("edit.save_over")),
        ReopenButton(form, draft, label=texts("form.reopen")),
    )
    await answer(interaction, card.embed, view, private=True)


def changed_card(texts: Texts, changed: ChangedSince, zone: str) -> Card:
    """That nothing was stored, and who changed what meanwhile."""
    card = Card(texts("change.title", record=Written(str(changed.record))), colour=WRONG_COLOUR)
    card.text([error_text(texts, changed)])
    return card.field(texts("change.meanwhile"), since_lines(texts, changed, zone, BOLD))


class EditButton(PersistentButton, custom_id="edit:open:{number}"):
    """Opens the form of an exchange as it is when pressed."""

    number: int

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        await open_edit_form(interaction, str(exchange_record(self.number)))


class SaveOverButton(PersistentButton, custom_id="edit:over:{draft}", style=discord.ButtonStyle.danger):
    """Stores what one had typed over the version that one was shown; of a still newer one it asks again."""

    draft: str

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        draft = await read_draft(desk_of(interaction), interaction.user.id, self.draft)
        if draft is None:
            raise NotFound("form.draft_gone")
        form = _EDITS[draft.get("form", EDIT)]  # drafts of the first release are all of exchanges
        permit(await caller_of(interaction), form.action)
        await form.take(interaction, draft["keys"], draft["typed"])


# Who may see --------------------------------------------------------------------------------------------------


async def rescope(interaction: Interaction, record: str, scope: Scope) -> None:
    """Say who may see a record, and show what that comes to."""
    caller = await caller_of(interaction)
    done = await soon(interaction, set_scope(desk_of(interaction), caller, record, scope))
    texts = chat_texts(caller.language)
    title = "rescope.done" if done.entry is not None else "rescope.nothing"
    card = Card(texts(title, record=Written(str(done.record)), scope=done.after))
    scopes: Iterable[Scope] = (done.before, done.after)
    view = discord.utils.MISSING
    if done.entry is not None:
        card.text([texts("rescope.was", scope=done.before)])
        view = view_of(UndoButton(done.entry, label=texts("undo.button")))
    await answer(interaction, card.embed, view, private=restricted(scopes))
