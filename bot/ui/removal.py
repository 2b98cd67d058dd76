"""Removing a record in chat, of whatever kind: asked about first, gone as it was shown, and put back at a press.

A kind of record declares its button, `RemoveButton` in `bot.ui.visit_removal` and the like; what it looks like and what
becomes of a press is the same for all.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from bot.i18n.texts import Texts, Written
from bot.services.telling import ChangedSince
from bot.ui.audit import UndoButton
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts
from bot.ui.cards import WRONG_COLOUR, Card
from bot.ui.editing import changed_card
from bot.ui.errors import answer, replace_message, soon

T = TypeVar("T")

ButtonOf = Callable[[int, str], PersistentButton]
"""The button that removes the record as it is at a version, with its label."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What was removed: its number, what is told of it, and the audit entry by which it comes back."""

    record: str
    lines: Iterable[str]
    entry: int


async def ask_to_remove(
    interaction: Interaction, texts: Texts, record: str, version: int, lines: Iterable[str], button: ButtonOf
) -> None:
    """Show what would be removed, with a button to do it."""
    card = Card(texts("remove.title", record=Written(record)), colour=WRONG_COLOUR).text(lines)
    view = view_of(button(version, _label(texts, record)))
    await answer(interaction, card.embed, view, private=True)


async def remove_as_shown(
    interaction: Interaction,
    work: Awaitable[T],
    told: Callable[[Texts, T], Gone],
    record: str,
    button: ButtonOf,
) -> None:
    """Remove it, and offer to put it back; if it was changed since it was shown, show that and ask about it first."""
    caller = await caller_of(interaction)
    texts = chat_texts(caller.language)
    try:
        gone = told(texts, await soon(interaction, work, in_place=True))
    except ChangedSince as changed:
        card = changed_card(texts, changed, caller.own_office().zone)
        view = view_of(button(changed.version, _label(texts, record)))
        await answer(interaction, card.embed, view, private=True)
        return
    card = Card(texts("remove.done", record=Written(gone.record))).text(gone.lines)
    view = view_of(UndoButton(gone.entry, label=texts("undo.put_back_button")))
    await replace_message(interaction, card.embed, view)


def _label(texts: Texts, record: str) -> str:
    return texts("remove.button", record=Written(record))
