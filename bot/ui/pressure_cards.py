"""How pressure notes look: a card, a list, and the fact card. All of it is for the eyes of who asks alone."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import discord

from bot.domain.audit import RecordKind, find_record
from bot.domain.partnerships import Partnership
from bot.domain.pressure import Bearing, Incident, PressureNote, RuleFact
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller, Desk
from bot.services.places import place_with_id
from bot.services.pressure_facts import FactCard
from bot.services.pressure_lists import NoteCard, NoteFilter, list_notes
from bot.ui.cards import Card, fit
from bot.ui.pages import Page, page_of, paged
from bot.ui.rule_facts import fact_source, fact_text

IN_PASSING = 140
"""Characters of what happened that a list shows."""

SHOWN_IN_LABEL = 3
"""Places of a note that are named where there is little room."""

# The card ----------------------------------------------------------------------------------------------------


def note_title(texts: Texts, note: PressureNote) -> str:
    return texts("pressure.title", record=Written(note.record), kind=note.kind, places=_places(note))


def note_card(texts: Texts, shown: NoteCard) -> discord.Embed:
    """What happened, when, on whose word, and what it is about."""
    note = shown.note
    card = Card(note_title(texts, note), footer=note_footer(texts, note))
    card.text([f"**{texts.date(note.date)}**", *_what(texts, note)])
    if note.act is not None:
        card.field(texts("field.act"), [_act_named(texts, shown, note.act)])
    if note.trigger:
        card.field(texts("field.trigger"), [_trigger(texts, shown, note.trigger)])
    card.field(texts("field.sources"), source_lines(texts, note))
    return card.embed


def note_lines(texts: Texts, shown: NoteCard) -> Iterator[str]:
    """The same without a card, line by line."""
    note = shown.note
    yield texts("pressure.when", date=note.date)
    yield from _what(texts, note)
    if note.act is not None:
        yield texts("pressure.about", act=Written(_act_named(texts, shown, note.act)))
    if note.trigger:
        yield texts("pressure.set_off", trigger=Written(_trigger(texts, shown, note.trigger)))
    yield texts("field.sources")
    yield from (f"- {line}" for line in source_lines(texts, note))
    yield note_footer(texts, note)


def _what(texts: Texts, note: PressureNote) -> list[str]:
    """What happened, line by line as it was typed."""
    return [texts.write(line) for line in note.what.splitlines() if line.strip()]


def source_lines(texts: Texts, note: PressureNote) -> list[str]:
    return [texts.write(source) for source in note.sources]


def note_footer(texts: Texts, note: PressureNote) -> str:
    """As of when it stood, and who may see it."""
    if note.as_of is None:
        return texts("pressure.footer_undated", scope=note.scope)
    return texts("pressure.footer", as_of=note.as_of, scope=note.scope)


def _act_named(texts: Texts, shown: NoteCard, number: int) -> str:
    act = shown.acts.get(number)
    return _act_line(texts, act) if act else f"P{number}"


def _act_line(texts: Texts, act: Partnership) -> str:
    return texts("pressure.act_line", record=Written(act.record), kind=act.kind, places=list(act.parties))


def _trigger(texts: Texts, shown: NoteCard, trigger: str) -> str:
    record = find_record(trigger)
    if record is not None and record.kind is RecordKind.PARTNERSHIP:
        return _act_named(texts, shown, record.number)
    return texts.write(trigger)


def _places(note: PressureNote) -> list[object]:
    return list(note.places[:SHOWN_IN_LABEL])


# Lists -------------------------------------------------------------------------------------------------------


def list_arguments(wanted: NoteFilter) -> str:
    """What was asked for, as the buttons under a list carry it."""
    return f"{wanted.place_id or ''}:{wanted.kind or ''}"


@paged("pressure")
async def notes_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """Pressure notes, what happened last first; whatever their scope, they are for the eyes of who asks."""
    place, kind = arguments.split(":", 1)
    wanted = NoteFilter(int(place) if place else None, Incident(kind) if kind else None)
    found = await list_notes(desk, caller, wanted)
    title = texts("pressure.list_title", n=len(found))
    if wanted.place_id is not None:
        where = await place_with_id(desk, wanted.place_id)
        title = texts("pressure.list_title_of", place=where, n=len(found))
    lines = [note_line(texts, note) for note in found] or [texts("pressure.none")]
    shown, index, pages = page_of(lines, index)
    footer = texts("pressure.list_footer", page=index + 1, pages=pages)
    return Page(Card(title, footer=footer).text(shown).embed, index, pages, private=True)


def note_line(texts: Texts, note: PressureNote) -> str:
    """One note in a list: which, when, whom it concerns, and how it begins."""
    return texts(
        "pressure.line",
        record=Written(note.record),
        date=note.date,
        places=_places(note),
        kind=note.kind,
        what=fit(" ".join(note.what.split()), IN_PASSING),
    )


def suggestion(texts: Texts, note: PressureNote) -> str:
    """A note as it is offered while somebody types."""
    places = texts.listed(_places(note))
    return " · ".join((note.record, texts.date(note.date), places, texts.word(note.kind)))


# What rules say ----------------------------------------------------------------------------------------------


def fact_card(texts: Texts, card: FactCard) -> discord.Embed:
    """What rules ask, what they leave open and what happened elsewhere, each with where it was read."""
    made = Card(texts("pressure.facts_title", home=card.home), footer=texts("pressure.facts_footer"))
    return made.text(fact_lines(texts, card, "**")).embed


def fact_lines(texts: Texts, card: FactCard, mark: str = "") -> Iterator[str]:
    """A line for each fact, and below those from one source the source; `mark` stands around headings."""
    yield texts("pressure.facts_advice")
    if not (card.of(Bearing.ASKS) or card.of(Bearing.LEAVES_OPEN)):
        yield texts("pressure.facts_none", home=card.home)
    for bearing in Bearing:
        if facts := card.of(bearing):
            yield f"\n{mark}{texts.word(bearing)}{mark}"
            for _, told in groupby(facts, key=lambda fact: (fact.source, fact.as_of)):
                yield from _told(texts, list(told))


def _told(texts: Texts, facts: Sequence[RuleFact]) -> Iterator[str]:
    """Facts of one source, and below them the source."""
    for fact in facts:
        yield texts("pressure.fact", text=fact_text(texts, fact))
    yield fact_source(texts, facts[-1])
