"""How it is told that a term ends: without names, as a channel can have readers from outside the office."""

from collections.abc import Iterator, Sequence

from bot.i18n.texts import Texts, Written
from bot.services.composing.due import TermNews
from bot.services.posts import Post
from bot.ui.buttons import PersistentButton
from bot.ui.contact_showing import ShowContactButton
from bot.ui.contacts import EditContactButton, LeftButton
from bot.ui.looks import Look
from bot.ui.tending import tending_buttons


def _title(texts: Texts, post: Post[TermNews]) -> str:
    person = post.news.person
    return texts("post.term_title", record=Written(person.record), place=person.place)


def _lines(texts: Texts, post: Post[TermNews]) -> Iterator[str]:
    """Whose place it is, and until when; who it is only those are told who may see the contact."""
    person = post.news.person
    yield texts("post.term", record=Written(person.record), until=person.until)


def _buttons(texts: Texts, post: Post[TermNews]) -> Sequence[PersistentButton]:
    """To see who it is, to say that they left, or that they stay."""
    number = post.news.person.id
    return [
        ShowContactButton(number, label=texts("contacts.show_button")),
        LeftButton(number, 0, label=texts("contacts.left_button")),
        EditContactButton(number, 0, label=texts("edit.button")),
        *tending_buttons(texts, post),
    ]


TERM = Look(_title, _lines, _buttons)
