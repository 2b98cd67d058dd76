"""How it is told that a term ends: without names, as a channel can have readers from outside the office."""

import discord

from bot.domain.contacts import Contact
from bot.i18n.texts import Texts, Written
from bot.services.posts import Post
from bot.ui.buttons import view_of
from bot.ui.cards import QUIET_COLOUR, Card
from bot.ui.contacts import EditContactButton, LeftButton, ShowContactButton


def term_title(texts: Texts, person: Contact) -> str:
    return texts("post.term_title", record=Written(person.record), place=person.place)


def term_embed(texts: Texts, post: Post, person: Contact) -> discord.Embed:
    """Whose place it is, and until when; who it is only those are told who may see the contact."""
    card = Card(term_title(texts, person), colour=QUIET_COLOUR)
    line = texts("post.term", record=Written(person.record), until=person.until)
    return card.text([texts("post.late") if post.late else "", line]).embed


def term_view(texts: Texts, person: Contact) -> discord.ui.View:
    """To see who it is, to say that they left, or that they stay."""
    return view_of(
        ShowContactButton(person.id, label=texts("contacts.show_button")),
        LeftButton(person.id, 0, label=texts("contacts.left_button")),
        EditContactButton(person.id, 0, label=texts("edit.button")),
    )
