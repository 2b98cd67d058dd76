"""A question answered in chat: the answer first, how it was understood below, and buttons for what one asks next.

Cards do not repeat the question: what somebody typed is neither shown to a channel nor kept, and what it was read as
stands below every answer.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import discord

from bot.domain.access import Action, refusal
from bot.domain.errors import NotAllowed
from bot.domain.offices import LANGUAGES
from bot.i18n.texts import Texts, Written
from bot.services.asked_queries import keep_query, kept_query
from bot.services.desk import Caller, Desk
from bot.services.question_examples import question_examples
from bot.services.questions import (
    Answered,
    Frame,
    Next,
    OneTie,
    Outcome,
    Query,
    answer_query,
    ask,
    next_query,
)
from bot.services.unanswered import keep_unanswered
from bot.ui.access import presses
from bot.ui.answers import choice_label, short_lines, understood_line
from bot.ui.audience import restricted
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of, written_in
from bot.ui.cards import FIELD_VALUE, TITLE, Card, fit
from bot.ui.errors import answer, replace_message, soon
from bot.ui.exchanges import LogVisitButton
from bot.ui.frames import Conversation
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
class Shown:
    """An answer as it is sent. `private`: only the person who asked may see it; `asks_back`: they are asked.

    `query` is what the question was read as, None where it was not, and `key` is where it is kept. `frame` is what
    the next question may go on from.
    """

    embed: discord.Embed
    view: discord.ui.View | None
    private: bool = False
    asks_back: bool = False
    query: Query | None = None
    key: str | None = None
    frame: Frame | None = None


async def reply_to(desk: Desk, caller: Caller, question: str, frame: Frame | None = None) -> Shown:
    """The answer to a question as it was typed; `frame` is what it may go on from."""
    if written_in(question) == LANGUAGES[1]:  # whoever writes Chinese reads it
        caller = replace(caller, language=LANGUAGES[1])
    return await _shown(desk, caller, await ask(desk, caller, question, frame))


async def reply_to_query(desk: Desk, caller: Caller, query: Query) -> Shown:
    """The answer to a question that was read before."""
    return await _shown(desk, caller, await answer_query(desk, caller, "", query))


async def _shown(desk: Desk, caller: Caller, answered: Answered) -> Shown:
    texts = chat_texts(caller.language)
    await _learn(desk, caller, answered)
    if answered.query is None:
        return await _unanswered(desk, caller, texts, answered)
    key = await _kept(desk, caller, answered.query)
    page = _page(texts, caller, answered, key, 0)
    view = page_view(LIST, caller.language, page, key or "")
    return Shown(page.embed, view, page.private, query=answered.query, key=key, frame=answered.frame)


async def _unanswered(desk: Desk, caller: Caller, texts: Texts, answered: Answered) -> Shown:
    """What was not read as one question: with what may be meant to press, and examples where it was not understood."""
    embed = _card(texts, answered, 0).embed
    if answered.answer.outcome is Outcome.NOT_UNDERSTOOD:
        _add_examples(embed, texts, await question_examples(desk, caller, answered.question))
    buttons = await _choice_buttons(desk, caller, texts, answered)
    view = view_of(*buttons) if buttons else None
    return Shown(embed, view, asks_back=answered.answer.outcome is Outcome.AMBIGUOUS, frame=answered.frame)


async def _learn(desk: Desk, caller: Caller, answered: Answered) -> None:
    """Keep what was not understood; where that fails, the answer is given all the same."""
    try:
        await keep_unanswered(desk, caller, answered)
    except Exception:
        log.exception("an unanswered question could not be kept")


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
    first, *rest = short_lines(texts, answered.answer) or [""]
    first = first.replace("`", "")  # a title has no marks
    if len(first) > TITLE:
        first, rest = "", [first, *rest]
    lines = [type(line)(fit(line, LINE)) for line in rest]
    shown, index, pages = page_of(lines, index)
    card = Card(first, footer=_footer(texts, answered, index, pages)).text(_marked(shown))
    return Page(card.embed, index, pages, restricted(answered.answer.scopes))


def _add_examples(embed: discord.Embed, texts: Texts, examples: Sequence[str]) -> None:
    if examples:
        lines = "\n".join(f"• {texts.write(each)}" for each in examples)
        embed.add_field(name=texts("answer.examples"), value=fit(lines, FIELD_VALUE), inline=False)


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
        if tie.in_force and refusal(Action.LOG, caller.role, office.standing) is None:
            yield LogVisitButton(tie.partner.key, label=texts("visit.log_button", partner=tie.partner))
        if tie.record:
            yield ShowPartnerButton(tie.record, label=texts("partner.show_button"))
    if tie.record:
        yield ListButton("timeline", f"{TOGETHER}{tie.record}", label=texts("partner.timeline_button"))
    yield ListButton("exchanges", exchanges_arguments(tie.home, tie.partner), label=texts("exchanges.button"))


async def _choice_buttons(
    desk: Desk, caller: Caller, texts: Texts, answered: Answered
) -> list[PersistentButton]:
    """One for each choice; of one alone the message says what it is."""
    alone = texts("answer.meant_button") if answered.answer.outcome is Outcome.NOT_UNDERSTOOD else None
    return [
        ChoiceButton(
            caller.user_id or 0,
            await keep_query(desk, caller, each.query),
            label=alone or choice_label(texts, each),
        )
        for each in answered.choices[:CHOICES]
    ]


class AskButton(PersistentButton, custom_id="ask:{step}:{key}"):
    """Asks what follows from a kept question, for whoever presses it: everybody has their own answer."""

    step: Next
    key: str

    @presses(Action.READ)
    async def callback(self, interaction: Interaction) -> None:
        desk, caller = desk_of(interaction), await caller_of(interaction)
        query = next_query(await kept_query(desk, caller, self.key), self.step)
        await send_shown(interaction, await soon(interaction, reply_to_query(desk, caller, query)))


class ChoiceButton(PersistentButton, custom_id="ask:choice:{person}:{key}"):
    """What was meant by a question that can be read in several ways, for the person who asked it."""

    person: int
    key: str

    @presses(Action.READ)
    async def callback(self, interaction: Interaction) -> None:
        if interaction.user.id != self.person:
            raise NotAllowed("question.others")
        desk, caller = desk_of(interaction), await caller_of(interaction)
        query = await kept_query(desk, caller, self.key)
        shown = await soon(interaction, reply_to_query(desk, caller, query), in_place=True)
        public = interaction.message is not None and not interaction.message.flags.ephemeral
        if shown.private and public and interaction.guild_id is not None:
            await send_shown(interaction, shown)
            return
        await replace_message(interaction, shown.embed, shown.view)
        _remember(interaction, shown, interaction.message.id if interaction.message else None)


# Sending ---------------------------------------------------------------------------------------------------------


async def answer_asked(interaction: Interaction, question: str) -> None:
    """Answer a question that was asked by the command; it may go on from the one before."""
    desk, caller = desk_of(interaction), await caller_of(interaction)
    asked_by = interaction.user.id, interaction.channel_id or 0
    frame = interaction.client.frames.of(asked_by, desk.clock())
    await send_shown(interaction, await soon(interaction, reply_to(desk, caller, question, frame)))


async def send_shown(interaction: Interaction, shown: Shown) -> None:
    """Answer an interaction, and remember what a question may go on from."""
    view = shown.view or discord.utils.MISSING
    private = shown.private or shown.asks_back
    message_id = await answer(interaction, shown.embed, view, private=private)
    _remember(interaction, shown, message_id)


def _remember(interaction: Interaction, shown: Shown, message_id: int | None) -> None:
    remember(interaction.client, (interaction.user.id, interaction.channel_id or 0), shown, message_id)


def remember(client: Any, conversation: Conversation, shown: Shown, message_id: int | None) -> None:
    """Let the next question go on from this one: of the same person here, or in reply to the answer.

    After what was not understood, and named nobody, it is the one before, still.
    """
    now = client.desk.clock()
    client.frames.keep(conversation, shown.frame, now)
    if message_id is not None:
        client.frames.keep(message_id, shown.frame, now)
