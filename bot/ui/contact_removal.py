"""Removing a contact in chat: what would go, a button to do it, and one to put them back."""

from collections.abc import Iterator

import discord

from bot.domain.access import Action
from bot.domain.contacts import Contact
from bot.i18n.texts import Texts, Written
from bot.services.contact_removal import RemovedContact, check_removable_contact, remove_contact
from bot.services.telling import ChangedSince
from bot.ui.access import presses
from bot.ui.audit import UndoButton
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import WRONG_COLOUR, Card
from bot.ui.contact_cards import contact_line, name_of
from bot.ui.contacts import record_of
from bot.ui.editing import changed_card
from bot.ui.errors import answer, replace_message, soon


async def confirm_contact_removal(interaction: Interaction, text: str) -> None:
    """Show who would be removed, with a button to do it."""
    caller = await caller_of(interaction)
    found = await check_removable_contact(desk_of(interaction), caller, text)
    texts = chat_texts(caller.language)
    card = Card(texts("remove.title", record=Written(found.contact.record)), colour=WRONG_COLOUR)
    card.text(
        [
            contact_line(texts, found.contact, caller.today(desk_of(interaction))),
            *(texts("contacts.remove_closes", name=name_of(texts, each)) for each in found.before),
            texts("contacts.remove_text"),
        ]
    )
    view = _removal_view(texts, found.contact.id, found.version)
    await answer(interaction, card.embed, view, private=True)


def _removal_view(texts: Texts, number: int, version: int) -> discord.ui.View:
    label = texts("remove.button", record=Written(record_of(number)))
    return view_of(RemoveContactButton(number, version, label=label))


def removed_lines(texts: Texts, removed: RemovedContact) -> Iterator[str]:
    """Who is gone, and who is now said to have come after those before them."""
    yield name_of(texts, removed.contact)
    for each in removed.before:
        yield _closed(texts, each, removed.after)


def _closed(texts: Texts, before: Contact, after: Contact | None) -> str:
    if after is None:
        return texts("contacts.nobody_after", name=name_of(texts, before))
    return texts("contacts.now_after", name=name_of(texts, before), after=name_of(texts, after))


class RemoveContactButton(
    PersistentButton, custom_id="contact:remove:{number}:{version}", style=discord.ButtonStyle.danger
):
    """Removes a contact as it was shown; if it was changed since, that is shown, and asked about, first."""

    number: int
    version: int

    @presses(Action.EDIT)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        texts = chat_texts(caller.language)
        try:
            work = remove_contact(desk_of(interaction), caller, self.number, self.version)
            removed = await soon(interaction, work, in_place=True)
        except ChangedSince as changed:
            card = changed_card(texts, changed, caller.own_office().zone)
            view = _removal_view(texts, self.number, changed.version)
            await answer(interaction, card.embed, view, private=True)
            return
        card = Card(texts("remove.done", record=Written(removed.contact.record)))
        card.text(removed_lines(texts, removed))
        view = view_of(UndoButton(removed.entry, label=texts("undo.put_back_button")))
        await replace_message(interaction, card.embed, view)
