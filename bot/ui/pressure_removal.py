"""Removing a pressure note in chat."""

import discord

from bot.domain.access import Action
from bot.domain.pressure import PressureNote
from bot.i18n.texts import Texts
from bot.services.pressure import check_removable_note, note_record, remove_note
from bot.ui.access import presses
from bot.ui.buttons import PersistentButton
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.pressure_cards import note_line
from bot.ui.removal import ButtonOf, Gone, ask_to_remove, remove_as_shown


async def confirm_note_removal(interaction: Interaction, text: str) -> None:
    """Show what would be removed, with a button to do it."""
    caller = await caller_of(interaction)
    note, version = await check_removable_note(desk_of(interaction), caller, text)
    texts = chat_texts(caller.language)
    lines = [note_line(texts, note), texts("pressure.remove_text")]
    await ask_to_remove(interaction, texts, note.record, version, lines, _button(note.id))


def _told(texts: Texts, removed: tuple[PressureNote, int]) -> Gone:
    note, entry = removed
    return Gone(note.record, [note_line(texts, note)], entry)


def _button(number: int) -> ButtonOf:
    return lambda version, label: RemoveNoteButton(number, version, label=label)


class AskToRemoveNoteButton(PersistentButton, custom_id="pressure:ask:{number}"):
    """Asks whether a note is to be removed."""

    number: int

    @presses(Action.EDIT)
    async def callback(self, interaction: Interaction) -> None:
        await confirm_note_removal(interaction, str(note_record(self.number)))


class RemoveNoteButton(
    PersistentButton, custom_id="pressure:remove:{number}:{version}", style=discord.ButtonStyle.danger
):
    """Removes a note as it was shown."""

    number: int
    version: int

    @presses(Action.EDIT)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        work = remove_note(desk_of(interaction), caller, self.number, self.version)
        record = str(note_record(self.number))
        await remove_as_shown(interaction, work, _told, record, _button(self.number))
