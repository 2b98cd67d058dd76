"""Questions that were not understood, one on each page, with one press for what is to become of it."""

from collections.abc import Iterator
from typing import Literal

import discord

from bot.domain.access import Action
from bot.domain.unanswered import Unanswered
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller, Desk
from bot.services.unanswered import (
    NAME,
    Taught,
    keep_questions,
    list_unanswered,
    mark_out_of_scope,
    remove_unanswered,
    show_unanswered,
    teach_name,
)
from bot.ui.access import presses
from bot.ui.answers import answer_lines
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of, forget_caller
from bot.ui.cards import Card
from bot.ui.errors import answer, replace_message, soon
from bot.ui.forms import EMPTY, Form, Keys, Typed, form_id, make_form, register, text_field
from bot.ui.pages import Page, page_view, paged

LIST = "unanswered"


@paged(LIST)
async def unanswered_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """One question; the list is the administrator's, so always private."""
    found = await list_unanswered(desk, caller)
    keeps = caller.own_office().keeps_questions
    switch = KeepButton("off" if keeps else "on", label=texts(f"unanswered.turn_{'off' if keeps else 'on'}"))
    if not found:
        key = "unanswered.none" if keeps else "unanswered.not_kept"
        card = Card(texts("unanswered.title"), footer=texts("unanswered.about")).text([texts(key)])
        return Page(card.embed, 0, 1, private=True, more=[switch])
    index = min(max(index, 0), len(found) - 1)
    asked = found[index]
    footer = texts("unanswered.footer", page=index + 1, pages=len(found))
    card = Card(texts("unanswered.title"), footer=footer).text(question_lines(texts, asked))
    buttons: list[PersistentButton] = [
        TeachButton(asked.number, label=texts("unanswered.teach")),
        SettleButton("out", asked.number, index, label=texts("unanswered.out_of_scope")),
        SettleButton("remove", asked.number, index, label=texts("unanswered.remove")),
        switch,
    ]
    return Page(card.embed, index, len(found), private=True, more=buttons)


def question_lines(texts: Texts, asked: Unanswered) -> Iterator[str]:
    """The question as it was asked, and why it was not understood."""
    yield texts("unanswered.question", question=asked.question)
    if asked.words:
        yield texts(f"unanswered.why_{asked.reading}", words=asked.words)
    yield texts("unanswered.asked", n=asked.times, date=asked.asked_at.date())


async def _show_again(interaction: Interaction, index: int) -> None:
    """The list as it is now, in the place of the message."""
    caller = await caller_of(interaction)
    page = await unanswered_page(desk_of(interaction), caller, chat_texts(caller.language), "", index)
    await replace_message(interaction, page.embed, page_view(LIST, caller.language, page, ""))


class SettleButton(PersistentButton, custom_id="unanswered:{what}:{number}:{index}"):
    """Marks a question as none of the registry's business (`out`), or forgets it; pressed twice, once."""

    what: Literal["out", "remove"]
    number: int
    index: int

    @presses(Action.ADMINISTER)
    async def callback(self, interaction: Interaction) -> None:
        settle = mark_out_of_scope if self.what == "out" else remove_unanswered
        await settle(desk_of(interaction), await caller_of(interaction), self.number)
        await _show_again(interaction, self.index)


class KeepButton(PersistentButton, custom_id="unanswered:keep:{way}"):
    """Whether questions that were not understood are kept; those that are there are forgotten with it."""

    way: Literal["on", "off"]

    @presses(Action.ADMINISTER)
    async def callback(self, interaction: Interaction) -> None:
        await keep_questions(desk_of(interaction), await caller_of(interaction), self.way == "on")
        forget_caller(interaction)
        await _show_again(interaction, 0)


class TeachButton(PersistentButton, custom_id="unanswered:teach:{number}", style=discord.ButtonStyle.primary):
    """Opens the form in which a place gets a further name."""

    number: int

    @presses(Action.ADMINISTER)
    async def callback(self, interaction: Interaction) -> None:
        await interaction.response.send_modal(await _open(interaction, {"number": str(self.number)}, EMPTY))


async def _open(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller = await caller_of(interaction)
    texts = Texts(caller.language)
    asked = await show_unanswered(desk_of(interaction), caller, int(keys["number"]))
    typed = typed or {"name": asked.words.split(", ")[0][:NAME]}
    name = text_field("name", typed, hint=texts("unanswered.name_hint"), longest=NAME, required=True)
    place = text_field("place", typed, hint=texts("unanswered.place_hint"), longest=NAME, required=True)
    fields = [(texts("unanswered.name"), name), (texts("unanswered.place"), place)]
    return make_form(texts("unanswered.form_title"), form_id("unanswered", asked.number), fields)


async def _take(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    caller = await caller_of(interaction)
    work = teach_name(
        desk_of(interaction), caller, int(keys["number"]), typed.get("name", ""), typed.get("place", "")
    )
    taught = await soon(interaction, work)
    texts = chat_texts(caller.language)
    card = Card(texts("unanswered.taught", name=taught.name, place=taught.place))
    await answer(interaction, card.text(taught_lines(texts, taught)).embed, view_of(), private=True)


def taught_lines(texts: Texts, taught: Taught) -> Iterator[str]:
    """The question, and what it is answered with the new name."""
    yield texts("unanswered.question", question=taught.answered.question)
    yield from (Written(line) for line in answer_lines(texts, taught.answered.answer))


register(Form("unanswered", Action.ADMINISTER, r"(?P<number>\d+)", _open, _take))
