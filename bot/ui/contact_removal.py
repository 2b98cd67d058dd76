"""Removing a contact in chat: what would go, a button to do it, and one to put them back."""

from collections.abc import Iterator

import discord

from bot.domain.access import Action
from bot.domain.contacts import Contact
from bot.i18n.texts import Texts
from bot.services.contact_removal import RemovedContact, check_removable_contact, remove_contact
from bot.ui.access import presses
from bot.ui.buttons import PersistentButton
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.contact_cards import contact_line, name_of
from bot.ui.contacts import record_of
from bot.ui.removal import ButtonOf, Gone, ask_to_remove, remove_as_shown


async def confirm_contact_removal(interaction: Interaction, text: str) -> None:
    """Show who would be removed, with a button to do it."""
    caller = await caller_of(interaction)
    found = await check_removable_contact(desk_of(interaction), caller, text)
    texts, person = chat_texts(caller.language), found.contact
    lines = [
        contact_line(texts, person, caller.today(desk_of(interaction))),
        *(texts("contacts.remove_closes", name=name_of(texts, each)) for each in found.before),
        texts("contacts.remove_text"),
    ]
    await ask_to_remove(interaction, texts, person.record, found.version, lines, _button(person.id))


def removed_lines(texts: Texts, removed: RemovedContact) -> Iterator[str]:
    """Who is gone, and who is now said to have come after those before them."""
    yield name_of(texts, removed.contact)
    for each in removed.before:
        yield _closed(texts, each, removed.after)


def _closed(texts: Texts, before: Contact, after: Contact | None) -> str:
    if after is None:
        return texts("contacts.nobody_after", name=name_of(texts, before))
    return texts("contacts.now_after", name=name_of(texts, before), after=name_of(texts, after))


def _told(texts: Texts, removed: RemovedContact) -> Gone:
    return Gone(removed.contact.record, removed_lines(texts, removed), removed.entry)


def _button(number: int) -> ButtonOf:
    return lambda version, label: RemoveContactButton(number, version, label=label)


class RemoveContactButton(
    PersistentButton, custom_id="contact:remove:{number}:{version}", style=discord.ButtonStyle.danger
):
    """Removes a contact as it was shown."""

    number: int
    version: int

    @presses(Action.EDIT)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        work = remove_contact(desk_of(interaction), caller, self.number, self.version)
        await remove_as_shown(interaction, work, _told, record_of(self.number), _button(self.number))
