"""What it takes to show one kind of reminder."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import discord

from bot.i18n.texts import Texts
from bot.services.posts import News, Post
from bot.ui.buttons import PersistentButton
from bot.ui.cards import QUIET_COLOUR

N = TypeVar("N", bound=News)


def no_buttons(_texts: Texts, _post: Post[News]) -> Sequence[PersistentButton]:
    return ()


Field = tuple[str, Iterable[str]]
"""A name, and the lines below it; without lines it is left out."""


@dataclass(frozen=True, slots=True)
class Look(Generic[N]):
    """How the posts of one kind look: a title, lines, buttons, and what stands below. That a post is late is said of
    every one alike."""

    title: Callable[[Texts, Post[N]], str]
    lines: Callable[[Texts, Post[N]], Iterable[str]]
    buttons: Callable[[Texts, Post[N]], Sequence[PersistentButton]]
    fields: Callable[[Texts, Post[N]], Iterable[Field]] = lambda texts, post: ()
    footer: Callable[[Texts, Post[N]], str] = lambda texts, post: ""
    colour: discord.Colour = QUIET_COLOUR
