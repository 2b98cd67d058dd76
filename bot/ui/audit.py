"""The history of a record, and taking changes back."""

from collections.abc import Awaitable, Sequence

import discord

from bot.domain.access import Action
from bot.domain.audit import Record, read_record
from bot.domain.exchanges import Exchange
from bot.domain.names import fold
from bot.i18n.texts import Texts, Written
from bot.services.audit import (
    OfficeTold,
    TakenBack,
    office_history,
    recent_records,
    record_history,
    undo,
    undo_entry,
)
from bot.services.desk import Caller, Desk
from bot.services.telling import ChangedSince
from bot.ui.access import presses
from bot.ui.audience import restricted
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import WRONG_COLOUR, Card
from bot.ui.changes import BOLD, change_lines, since_lines, told_lines
from bot.ui.choices import CHOICES, LABEL, Choice, suggests
from bot.ui.errors import answer, error_text, soon
from bot.ui.pages import Page, paged, show_page
from bot.ui.setting_changes import change_line

BLOCKS, CHARACTERS = 8, 3600
"""How many entries stand on a page of a history at most, and how long they are together."""


OFFICE = "office"
OFFICE_WORDS = frozenset({OFFICE, "辦公室", "單位"})
"""What somebody may type instead of a record number to be told of the office's own settings."""


async def show_history(interaction: Interaction, typed: str) -> None:
    """Answer with the history of a record, or of the office."""
    chosen = OFFICE if fold(typed) in OFFICE_WORDS else str(read_record(typed))
    await show_page(interaction, "history", chosen)


@paged("history")
async def history_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """What was done to the record whose number the arguments are, or to the office."""
    zone = caller.own_office().zone
    if arguments == OFFICE:
        told = await office_history(desk, caller)
        blocks = ["\n".join(_office_lines(texts, each, zone)) for each in told]
        title, private = texts("history.office_title", place=caller.own_office().place), True
    else:
        history = await record_history(desk, caller, arguments)
        blocks = ["\n".join(told_lines(texts, each, zone, BOLD)) for each in history.entries]
        title = texts("history.title", record=Written(str(history.record)))
        private = restricted(history.scopes)
    pages = _paginate(blocks or [texts("history.none")])
    index = min(max(index, 0), len(pages) - 1)
    footer = texts("history.footer", zone=Written(zone), page=index + 1, pages=len(pages))
    return Page(Card(title, footer=footer).text(pages[index]).embed, index, len(pages), private)


def _office_lines(texts: Texts, told: OfficeTold, zone: str) -> list[str]:
    when = Written(f"{BOLD}{texts.moment(told.at, zone)}{BOLD}")
    who = Written(f"<@{told.person}>" if told.person is not None else texts("history.command_line"))
    head = texts("history.line", when=when, who=who, deed=told.deed)
    return [head, *(f"　{change_line(texts, change)}" for change in told.changes)]


def _paginate(blocks: Sequence[str]) -> list[list[str]]:
    """Whole entries, as many as fit on a page."""
    pages: list[list[str]] = [[]]
    for block in blocks:
        full = len(pages[-1]) == BLOCKS or sum(map(len, pages[-1])) + len(block) > CHARACTERS
        if pages[-1] and full:
            pages.append([])
        pages[-1].append(block)
    return pages


@suggests
async def record_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """The records that the office changed last, those that fit what was typed."""
    caller = await caller_of(interaction)
    texts = Texts(caller.language)
    wanted = fold(typed)
    labels = {
        str(record): _label(texts, caller, record, exchange)
        for record, exchange in (await recent_records(desk_of(interaction), caller)).items()
    }
    fitting = [(number, label) for number, label in labels.items() if wanted in fold(label)]
    return [Choice(name=label[:LABEL], value=number) for number, label in fitting[:CHOICES]]


def _label(texts: Texts, caller: Caller, record: Record, exchange: Exchange | None) -> str:
    if exchange is None:
        return str(record)
    own = caller.own_office().place.id
    places = [place for place in exchange.places if place.id != own]
    parts = (str(record), texts.listed(places), texts.date(exchange.date), texts.word(exchange.kind))
    return " · ".join((*parts, exchange.topic) if exchange.topic else parts)


# Undo ---------------------------------------------------------------------------------------------------------


async def take_back(interaction: Interaction, record: str | None) -> None:
    """Take back the last change of a record, or of the person."""
    caller = await caller_of(interaction)
    await _show(interaction, caller, undo(desk_of(interaction), caller, record))


class UndoButton(PersistentButton, custom_id="undo:{entry}"):
    """Takes back one change, once however often it is pressed; under an undone one, puts it back."""

    entry: int

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        await _show(interaction, caller, undo_entry(desk_of(interaction), caller, self.entry))


async def _show(interaction: Interaction, caller: Caller, work: Awaitable[TakenBack]) -> None:
    """What was taken back, with a button to put it back; or why nothing was, where others have changed it since."""
    texts, zone = chat_texts(caller.language), caller.own_office().zone
    try:
        done = await soon(interaction, work)
    except ChangedSince as changed:
        card = Card(texts("error.title"), colour=WRONG_COLOUR)
        card.text([error_text(texts, changed)])
        card.field(texts("change.meanwhile"), since_lines(texts, changed, zone, BOLD))
        await answer(interaction, card.embed, private=True)
        return
    label = texts("undo.button" if done.put_back else "undo.put_back_button")
    view = view_of(UndoButton(done.entry, label=label))
    await answer(interaction, taken_back_card(texts, done, zone), view, private=restricted(done.scopes))


def taken_back_card(texts: Texts, done: TakenBack, zone: str) -> discord.Embed:
    """What the record has become, field by field."""
    card = Card(taken_back_title(texts, done))
    return card.text(change_lines(texts, done.changes, zone)).embed


def taken_back_title(texts: Texts, done: TakenBack) -> str:
    """In one sentence, whether the record is gone, is there again, or is as it was."""
    outcome = "reverted" if done.was_there and done.is_there else "restored" if done.is_there else "removed"
    way = "put_back" if done.put_back else "taken_back"
    return texts(f"undo.{way}_{outcome}", record=Written(str(done.record)))
