"""The card of one exchange: both places' clocks, what belongs to its kind, who took part, sources, what it saved."""

from collections.abc import Iterator, Sequence

import discord

from bot.domain.audit import exchange_record
from bot.domain.exchange_particulars import Attachment, Attendee
from bot.domain.exchanges import ExchangeStatus
from bot.domain.lessons import MAX_LESSONS
from bot.domain.places import Place
from bot.i18n.texts import Texts, Written
from bot.services.exchange_lists import ExchangeCard, show_exchange
from bot.ui.audience import restricted
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import COLOUR, QUIET_COLOUR, Card, fit
from bot.ui.confirmations import confirmation_buttons, side_lines
from bot.ui.decisions import decision_buttons, decision_line, open_decisions
from bot.ui.editing import EditButton
from bot.ui.exchange_details import details_button
from bot.ui.exchange_facts import fact_lines, status_lines, when_lines
from bot.ui.lessons import LessonButton, gist_lines, read_button
from bot.ui.partnerships import exchange_title
from bot.ui.savings import savings_lines
from bot.ui.visit_status import settle_buttons

SHOWN, MINUTES, BUTTONS = 10, 1500, 5
"""So many attendees, decisions, attachments and sources each, so many characters of the minutes of a meeting, and so
many buttons for decisions that are to be done."""


async def show_exchange_card(interaction: Interaction, record: str) -> None:
    """Answer with one exchange; for those who may change it, with the buttons that do."""
    caller = await caller_of(interaction)
    card = await show_exchange(desk_of(interaction), caller, record)
    texts = chat_texts(caller.language)
    buttons = card_buttons(texts, card)
    view = view_of(*buttons) if buttons else discord.utils.MISSING
    private = restricted([card.exchange.scope, *(each.scope for each in card.parts.lessons if each.scope)])
    await interaction.response.send_message(embed=exchange_embed(texts, card), view=view, ephemeral=private)


def card_buttons(texts: Texts, card: ExchangeCard) -> list[PersistentButton]:
    """For the office that may change it, what does; for another that took part, what says whether it is right."""
    read = [read_button(texts, card.exchange)] if card.parts.lessons else []
    if not card.changeable:
        own = [side for side in card.sides if side.place == card.home and not side.keeper]
        return [
            *(button for side in own for button in confirmation_buttons(texts, card.exchange, side)),
            *read,
        ]
    edit = EditButton(card.exchange.id, label=texts("edit.button"))
    return [
        *settle_buttons(texts, card.exchange),
        edit,
        details_button(texts, card.exchange),
        *_add_button(texts, card),
        *read,
        *decision_buttons(texts, card.exchange.id, open_decisions(card.parts.decisions)[:BUTTONS]),
    ]


def _add_button(texts: Texts, card: ExchangeCard) -> list[PersistentButton]:
    if card.exchange.status is not ExchangeStatus.HELD or len(card.parts.lessons) >= MAX_LESSONS:
        return []
    return [LessonButton(card.exchange.id, label=texts("lesson.add_button"))]


def exchange_embed(texts: Texts, card: ExchangeCard) -> discord.Embed:
    """All that is known of an exchange, and what the other offices say of it."""
    exchange = card.exchange
    held = exchange.status is ExchangeStatus.HELD
    made = Card(card_title(texts, card), colour=COLOUR if held else QUIET_COLOUR)
    made.text(exchange_lines(texts, card))
    made.field(texts("field.responses"), side_lines(texts, card.sides))
    made.field(texts("field.attendees"), attendee_lines(texts, card))
    decisions = card.parts.decisions[:SHOWN]
    made.field(texts("field.decisions"), [decision_line(texts, each) for each in decisions])
    made.field(texts("field.attachments"), attachment_lines(texts, card.parts.attachments))
    made.field(texts("field.lessons"), gist_lines(texts, card.parts.lessons))
    if card.savings is not None:
        made.field(texts("savings.title"), savings_lines(texts, card.savings))
    made.field(texts("partner.sources"), source_lines(texts, exchange.sources))
    return made.embed


def card_title(texts: Texts, card: ExchangeCard) -> str:
    places = list(card.exchange.places)
    return texts("visits.card_title", record=Written(card.exchange.record), places=places)


def exchange_lines(texts: Texts, card: ExchangeCard) -> Iterator[str]:
    """All that stands in the text of the card, or is printed at the command line."""
    exchange = card.exchange
    if exchange.title and exchange.title != exchange.topic:
        yield f"**{exchange_title(texts, exchange)}**"
    yield from status_lines(texts, exchange)
    yield from when_lines(texts, exchange)
    yield from fact_lines(texts, exchange)
    if card.pair is not None:
        pair = Written(str(exchange_record(card.pair)))
        yield texts("visit.fact", field=Written(texts("field.paired_with")), value=pair)
    if exchange.proceedings:
        field = Written(texts("field.proceedings"))
        yield texts("visit.fact", field=field, value=fit(exchange.proceedings, MINUTES))
    if exchange.note:
        yield texts("visit.fact", field=Written(texts("field.note")), value=exchange.note)


def attendee_lines(texts: Texts, card: ExchangeCard) -> list[str]:
    return [attendee_line(texts, each, card.exchange.place_of(each)) for each in card.parts.attendees[:SHOWN]]


def attendee_line(texts: Texts, each: Attendee, place: Place) -> str:
    """Role, name in both scripts and place, with the post where one is known."""
    names = " ".join(filter(None, (each.name, each.name_zh)))
    line = texts("visits.attendee", role=each.role, name=names, place=place)
    return f"{line} · {texts.write(each.post)}" if each.post else line


def attachment_lines(texts: Texts, attachments: Sequence[Attachment]) -> list[str]:
    """The name with its address, which stays whole so that it can be opened."""
    lines = []
    for each in attachments[:SHOWN]:
        size = f" · {texts('visits.size', kilobytes=max(each.size // 1024, 1))}" if each.size else ""
        lines.append(f"{texts.write(each.name)} {each.url}{size}" if each.name else f"{each.url}{size}")
    return lines


def source_lines(texts: Texts, sources: Sequence[str]) -> list[str]:
    return [
        source
        if source.startswith(("https://", "http://")) and len(source.split()) == 1
        else texts.write(source)
        for source in sources[:SHOWN]
    ]
