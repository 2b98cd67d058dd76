"""Lists in pages. The buttons say in their custom id what they show, so that they outlive a restart."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import discord

from bot.domain.access import Action
from bot.domain.errors import NotFound
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.ui.access import presses
from bot.ui.buttons import PersistentButton, Rest, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of

LINES = 12


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: the embed, which page it is (from 0), and how many there are.

    `private` where anything in the whole list is not for everybody in the channel (`bot.ui.audience`). `more` are
    further buttons, which stand below the list whichever page is shown.
    """

    embed: discord.Embed
    index: int
    pages: int
    private: bool = False
    more: Sequence[PersistentButton] = ()


PageMaker = Callable[[Desk, Caller, Texts, str, int], Awaitable[Page]]
"""Makes the page with this index (from 0) of the list that the arguments, a short text, describe."""

_MAKERS: dict[str, PageMaker] = {}


def paged(name: str) -> Callable[[PageMaker], PageMaker]:
    """Register a list under the name that its buttons carry."""

    def register(make: PageMaker) -> PageMaker:
        _MAKERS[name] = make
        return make

    return register


def page_makers() -> Mapping[str, PageMaker]:
    """Every list, by the name that its buttons carry."""
    return _MAKERS


class Heading(str):
    """A line that belongs to those after it; a page never ends with one."""

    __slots__ = ()


def page_of(lines: Sequence[str], index: int) -> tuple[Sequence[str], int, int]:
    """The lines of a page, the index that it really has, and the number of pages (at least one)."""
    pages: list[list[str]] = [[]]
    for line in lines:
        if len(pages[-1]) == LINES:
            pages.append(_take_headings(pages[-1]))
        pages[-1].append(line)
    index = min(max(index, 0), len(pages) - 1)
    return pages[index], index, len(pages)


def _take_headings(page: list[str]) -> list[str]:
    """Take the headings off the end of a page, so that they can begin the next one."""
    last = max(
        (number for number, line in enumerate(page, 1) if not isinstance(line, Heading)), default=len(page)
    )
    taken = page[last:]
    del page[last:]
    return taken


async def show_page(interaction: Interaction, name: str, arguments: str = "") -> None:
    """Answer a command with the first page of a list."""
    caller = await caller_of(interaction)
    page = await _MAKERS[name](desk_of(interaction), caller, chat_texts(caller.language), arguments, 0)
    view = page_view(name, caller.language, page, arguments)
    await interaction.response.send_message(
        embed=page.embed, view=view or discord.utils.MISSING, ephemeral=page.private
    )


def page_view(name: str, language: str, page: Page, arguments: str) -> discord.ui.View | None:
    """The buttons that turn the pages of a list, where it has several, and its further ones; None without any."""
    if page.pages < 2:
        return view_of(*page.more) if page.more else None
    texts, before, after = chat_texts(language), page.index - 1, page.index + 1
    back = PageButton(name, language, "b", before, arguments, label=texts("pages.previous"))
    onward = PageButton(name, language, "n", after, arguments, label=texts("pages.next"))
    back.item.disabled, onward.item.disabled = before < 0, after >= page.pages
    return view_of(back, onward, *page.more)


class PageButton(PersistentButton, custom_id="page:{name}:{language}:{side}:{index}:{arguments}"):
    """Turns to a page. The page stays in the language it was asked for in, whoever turns it."""

    name: str
    language: str
    side: Literal["b", "n"]
    index: int
    arguments: Rest

    @presses(Action.READ)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        make = _MAKERS[self.name]
        page = await make(desk_of(interaction), caller, chat_texts(self.language), self.arguments, self.index)
        view = page_view(self.name, self.language, page, self.arguments)
        shown_to_all = interaction.message is not None and not interaction.message.flags.ephemeral
        if page.private and shown_to_all:  # it was not when the list was asked for
            await interaction.response.send_message(
                embed=page.embed, view=view or discord.utils.MISSING, ephemeral=True
            )
            return
        await interaction.response.edit_message(embed=page.embed, view=view)


class ListButton(PersistentButton, custom_id="list:{name}:{arguments}"):
    """Answers with the first page of a list, in the language of whoever presses it."""

    name: str
    arguments: Rest

    @presses(Action.READ)
    async def callback(self, interaction: Interaction) -> None:
        if self.name not in _MAKERS:  # of another release
            raise NotFound("button.unknown")
        await show_page(interaction, self.name, self.arguments)
