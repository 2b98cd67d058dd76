"""A question answered in chat: the answer first, how it was understood below, and buttons for what one asks next.

Cards do not repeat the question: what somebody typed is neither shown to a channel nor kept, and what it was read as
stands below every answer.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import discord

from bot.domain.access import Action, refusal
from bot.i18n.texts import Texts, Written
from bot.services.asked_queries import keep_query, kept_query
from bot.services.desk import Caller, Desk
from bot.services.questions import Answered, Choice, Next, OneTie, Query, answer_query, ask, next_query
from bot.ui.access import presses
from bot.ui.answers import answer_lines, choice_label, understood_line
from bot.ui.audience import restricted
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import TITLE, Card, fit
from bot.ui.exchanges import LogVisitButton
from bot.ui.pages import Heading, ListButton, Page, page_of, page_view, paged
from bot.ui.partner_buttons import ShowPartnerButton
from bot.ui.partner_exchanges import exchanges_arguments
from bot.ui.timeline import TOGETHER

log = logging.getLogger(__name__)

LIST = "answer"
"""The name of the list that an answer is, when it is long."""

LINE, CHOICES = 320, 20
"""Characters of a line, and how many choices are asked back at most: a message takes 25 buttons."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent in answer to a question. `private`: only the person who asked may see it.

    `query` is what a question that goes on from this one goes on from; `key` is where it is kept.
    """

    embed: discord.Embed
    view: discord.ui.View | None
    private: bool
    query: Query | None = None
    key: str | None = None


async def reply_to(desk: Desk, caller: Caller, question: str, frame: Query | None = None) -> Reply:
    """The answer to a question as it was typed; `frame` is what the same person asked just before."""
    caller = replace(caller, language=language_of_question(question) or caller.language)
    return await _reply(desk, caller, await ask(desk, caller, question, frame))


async def reply_to_query(desk: Desk, caller: Caller, query: Query) -> Reply:
    """The answer to a question that was read before."""
    return await _reply(desk, caller, await answer_query(desk, caller, "", query))


def language_of_question(question: str) -> str | None:
    """Chinese where a question is written in it: whoever writes it reads it. Else nothing follows from it."""
    words = question.split()
    han = sum("\u4e00" <= letter <= "\u9fff" for letter in question)
    latin = sum(word.isascii() and word.isalpha() for word in words)
    return "zh-TW" if han and han > latin else None


async def _reply(desk: Desk, caller: Caller, answered: Answered) -> Reply:
    texts = chat_texts(caller.language)
    if answered.choices:
        buttons = await _choice_buttons(desk, caller, texts, answered.choices)
        return Reply(_card(texts, answered, 0).embed, view_of(*buttons), private=True)
    key = await _kept(desk, caller, answered.query) if answered.query else None
    page = _page(texts, caller, answered, key, 0)
    view = page_view(LIST, caller.language, page, key or "")
    return Reply(page.embed, view, page.private, answered.query, key)


async def _kept(desk: Desk, caller: Caller, query: Query) -> str | None:
    """The key of the kept query; None where keeping it failed: an answer without buttons is one, too."""
    try:
        return await keep_query(desk, caller, query)
    except Exception:
        log.exception("a query could not be kept")
        return None


# The card --------------------------------------------------------------------------------------------------------


@paged(LIST)
async def answer_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """A page of a long answer, asked anew; the argument is the key of the query."""
    answered = await answer_query(desk, caller, "", await kept_query(desk, caller, arguments))
    return _page(texts, caller, answered, arguments, index)


def _page(texts: Texts, caller: Caller, answered: Answered, key: str | None, index: int) -> Page:
    page = _card(texts, answered, index)
    if key is None:
        return Page(page.embed, 0, 1, page.private)
    return replace(page, more=[*_next_buttons(texts, caller, answered, key)])


def _card(texts: Texts, answered: Answered, index: int) -> Page:
    """The answer with its first sentence as the title, which stands above every page."""
    first, *rest = answer_lines(texts, answered.answer) or [""]
    if len(first) > TITLE:
        first, rest = "", [first, *rest]
    lines = [type(line)(fit(line, LINE)) for line in rest]
    shown, index, pages = page_of(lines, index)
    card = Card(first, footer=_footer(texts, answered, index, pages)).text(_marked(shown))
    return Page(card.embed, index, pages, restricted(answered.answer.scopes))


def _marked(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield f"**{line}**" if isinstance(line, Heading) else line


def _footer(texts: Texts, answered: Answered, index: int, pages: int) -> str:
    if not answered.understood:
        return ""
    said = Written(understood_line(texts, answered))
    key = "answer.footer" if pages == 1 else "answer.footer_pages"
    return texts(key, understood=said, date=answered.as_of, page=index + 1, pages=pages)


# Buttons ---------------------------------------------------------------------------------------------------------


def _next_buttons(texts: Texts, caller: Caller, answered: Answered, key: str) -> Iterator[PersistentButton]:
    for step in answered.next:
        yield AskButton(step, key, label=texts(f"answer.next_{step.value}"))
    if answered.tie:
        yield from _tie_buttons(texts, caller, answered.tie)


def _tie_buttons(texts: Texts, caller: Caller, tie: OneTie) -> Iterator[PersistentButton]:
    """What there is of one tie; the card and the form of a visit where it is the office's own."""
    office = caller.office
    if office and office.place.id == tie.home.id:
        if refusal(Action.LOG, caller.role, office.standing) is None:
            yield LogVisitButton(tie.partner.key, label=texts("visit.log_button", partner=tie.partner))
        if tie.record:
            yield ShowPartnerButton(tie.record, label=texts("partner.show_button"))
    if tie.record:
        yield ListButton("timeline", f"{TOGETHER}{tie.record}", label=texts("partner.timeline_button"))
    yield ListButton("exchanges", exchanges_arguments(tie.home, tie.partner), label=texts("exchanges.button"))


async def _choice_buttons(
    desk: Desk, caller: Caller, texts: Texts, choices: Sequence[Choice]
) -> list[PersistentButton]:
    return [
        AskButton(Next.SAME, await keep_query(desk, caller, choice.query), label=choice_label(texts, choice))
        for choice in choices[:CHOICES]
    ]


class AskButton(PersistentButton, custom_id="ask:{step}:{key}"):
    """Asks what follows from a kept question, for whoever presses it: everybody has their own answer."""

    step: Next
    key: str

    @presses(Action.READ)
    async def callback(self, interaction: Interaction) -> None:
        desk, caller = desk_of(interaction), await caller_of(interaction)
        query = next_query(await kept_query(desk, caller, self.key), self.step)
        await send_reply(interaction, await reply_to_query(desk, caller, query))


async def send_reply(interaction: Interaction, reply: Reply) -> None:
    """Answer an interaction."""
    await interaction.response.send_message(
        embed=reply.embed, view=reply.view or discord.utils.MISSING, ephemeral=reply.private
    )
