"""Contacts to look at: one on a card, or those that a filter keeps, in pages."""

from typing import Any

import discord

from bot.domain.access import Action
from bot.domain.contacts import ContactRole, ContactState
from bot.i18n.texts import Texts
from bot.services.contact_lists import ContactCard, ContactFilter, show_contact
from bot.services.places import place_meant
from bot.ui.access import presses
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.contact_cards import (
    contact_card,
    list_arguments,
)
from bot.ui.contacts import LeftButton, edit_button, record_of
from bot.ui.errors import answer
from bot.ui.pages import show_page


async def show_contact_card(interaction: Interaction, text: str) -> None:
    """One contact on one card, for the eyes of who asks."""
    caller = await caller_of(interaction)
    shown = await show_contact(desk_of(interaction), caller, text)
    texts = chat_texts(caller.language)
    await answer(interaction, contact_card(texts, shown), _card_view(texts, shown), private=True)


def _card_view(texts: Texts, shown: ContactCard) -> discord.ui.View:
    buttons: list[Any] = [edit_button(texts, shown.contact)]
    if not shown.contact.is_former(shown.today):
        buttons.append(LeftButton(shown.contact.id, 0, label=texts("contacts.left_button")))
    return view_of(*buttons)


class ShowContactButton(PersistentButton, custom_id="contact:show:{number}"):
    """Shows a contact to whoever presses it, if they may see it."""

    number: int

    @presses(Action.READ)
    async def callback(self, interaction: Interaction) -> None:
        await show_contact_card(interaction, record_of(self.number))


async def show_contact_list(
    interaction: Interaction, partner: str | None, post: str, role: str | None, state: str | None
) -> None:
    """Those contacts that were asked for, in pages."""
    caller = await caller_of(interaction)
    place = await place_meant(desk_of(interaction), caller, partner) if partner else None
    wanted = ContactFilter(
        place.id if place else None,
        post,
        ContactRole(role) if role else None,
        ContactState(state) if state else None,
    )
    await show_page(interaction, "contacts", list_arguments(wanted))
