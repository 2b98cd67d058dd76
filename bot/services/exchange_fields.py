"""What stands in the forms for the details of an exchange: each field is written out as text, and read from it."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from bot.domain.date_reading import read_date
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput
from bot.domain.exchange_details import MAX_LINK, MOST
from bot.domain.exchange_particulars import Direction
from bot.domain.exchanges import ExchangeLevel, Mode
from bot.domain.names import clean
from bot.domain.places import Place
from bot.services.act_fields import read_text
from bot.services.act_lines import read_lines
from bot.services.exchange_lines import (
    read_attachments,
    read_attendees,
    read_decisions,
    read_topics,
    write_attachments,
    write_attendees,
    write_decisions,
    write_topics,
)
from bot.services.exchange_places import write_sides
from bot.services.typed_fields import LONGEST, Values, read_changed
from bot.services.visit_fields import read_minutes
from db.exchanges import NewExchange, exchange_lengths

NOT_SAID = "not_said"
"""What stands in a choice where nobody has told: Discord has no empty option."""


@dataclass(frozen=True, slots=True)
class Showing:
    """What showing and reading fields need to know beside the exchange.

    `places` are those that stand in it, by id. `pair` is the exhibition that it goes with, whichever of the two says
    so. `meant` is what was found for fields that name other records or places: values, or why there are none.
    """

    language: str
    today: date
    places: Mapping[int, Place]
    pair: int | None = None
    meant: Mapping[str, Values | AttacheError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DetailField:
    """How the part of an exchange is written in a field, and how that is read.

    `lines` if it holds several, `choices` if it is one of some words.
    """

    write: Callable[[NewExchange, Showing], str]
    read: Callable[[str, NewExchange, Showing], Values]
    lines: bool = False
    choices: type[StrEnum] | None = None


def _text(name: str, *, lines: bool = False) -> DetailField:
    most = exchange_lengths().get(name, LONGEST)
    return DetailField(
        lambda exchange, _: getattr(exchange, name) or "",
        lambda text, *_: {name: read_text(text, most)},
        lines,
    )


def _choice(name: str, words: type[StrEnum]) -> DetailField:
    def read(text: str, *_: Any) -> Values:
        word = clean(text)
        if word not in (NOT_SAID, "", *words):
            raise BadInput("visit.format_unknown", text=word[:40])
        return {name: words(word) if word in set(words) else None}

    return DetailField(lambda exchange, _: getattr(exchange, name) or NOT_SAID, read, choices=words)


_NUMBER = re.compile(r"(?:about|around|約|大約)?\s*(\d{1,9})\s*(?:[^\W\d_][\w ]*)?")


def read_number(text: str, most: int) -> int | None:
    """A whole number: `1200`, `1,200 visitors`, 約 63 人; None for nothing typed. Raises `BadInput`."""
    cleaned = unicodedata.normalize("NFKC", text).strip().casefold()
    if not cleaned:
        return None
    match = _NUMBER.fullmatch(re.sub(r"(?<=\d),(?=\d{3}\b)", "", cleaned))
    if match is None:
        raise BadInput("visit.number_unreadable", text=text.strip()[:40])
    if not 1 <= int(match[1]) <= most:
        raise BadInput("visit.number_out_of_range", most=most)
    return int(match[1])


def _number(name: str) -> DetailField:
    return DetailField(
        lambda exchange, _: str(getattr(exchange, name) or ""),
        lambda text, *_: {name: read_number(text, MOST[name])},
    )


def _iso(day: PartialDate | None) -> str:
    return day.iso() if day else ""


def _read_end(text: str, exchange: NewExchange, showing: Showing) -> Values:
    end = read_date(text, showing.today) if clean(text) else None
    if end and end.latest() < exchange.date.earliest():
        raise BadInput("visit.after_its_end", date=exchange.date, end=end)
    return {"end_date": end}


def _read_thanked(text: str, _: NewExchange, showing: Showing) -> Values:
    day = read_date(text, showing.today) if clean(text) else None
    if day and day.earliest() > showing.today:
        raise BadInput("act.in_future", date=day)
    return {"thanked_on": day}


def _read_link(text: str, *_: Any) -> Values:
    typed = read_text(text, MAX_LINK)
    if typed and not typed.startswith(("https://", "http://")):
        raise BadInput("act.no_link", text=typed[:60])
    return {"recording_url": typed}


def _meant(name: str) -> Callable[[str, NewExchange, Showing], Values]:
    def read(text: str, exchange: NewExchange, showing: Showing) -> Values:
        found = showing.meant[name]
        if isinstance(found, AttacheError):
            raise found
        return found

    return read


def _sides(exchange: NewExchange, showing: Showing) -> str:
    places = [showing.places[place_id] for place_id in exchange.places]
    return write_sides(places, exchange.home_places, showing.language)


FIELDS: Mapping[str, DetailField] = {
    **{
        name: _text(name)
        for name in (
            "platform", "venue", "event", "series", "co_hosts", "teams", "result", "item", "quantity", "school",
            "study_programme", "conference_role",
        )
    },
    **{name: _number(name) for name in ("footfall", "pupils")},
    "minutes": DetailField(
        lambda exchange, _: str(exchange.minutes or ""), lambda text, *_: {"minutes": read_minutes(text)}
    ),
    "recording_url": DetailField(lambda exchange, _: exchange.recording_url or "", _read_link),
    "end_date": DetailField(lambda exchange, _: _iso(exchange.end_date), _read_end),
    "thanked_on": DetailField(lambda exchange, _: _iso(exchange.thanked_on), _read_thanked),
    "direction": _choice("direction", Direction),
    "mode": _choice("mode", Mode),
    "level": _choice("level", ExchangeLevel),
    "attendees": DetailField(
        lambda exchange, showing: write_attendees(exchange.attendees, showing.language),
        lambda text, exchange, _: {
            "attendees": read_attendees(text, len(exchange.places), exchange.home_places + 1)
        },
        lines=True,
    ),
    "proceedings": _text("proceedings", lines=True),
    "decisions": DetailField(
        lambda exchange, _: write_decisions(exchange.decisions),
        lambda text, _, showing: {"decisions": read_decisions(text, showing.today)},
        lines=True,
    ),
    "topics": DetailField(
        lambda exchange, showing: write_topics(exchange.topics, showing.language),
        lambda text, *_: {"topics": read_topics(text)},
    ),
    "attachments": DetailField(
        lambda exchange, _: write_attachments(exchange.attachments),
        lambda text, exchange, _: {"attachments": read_attachments(text, exchange.attachments)},
        lines=True,
    ),
    "sources": DetailField(
        lambda exchange, _: "\n".join(exchange.sources), lambda text, *_: {"sources": read_lines(text)}, lines=True
    ),
    "note": _text("note", lines=True),
    "between": DetailField(_sides, _meant("between"), lines=True),
    "paired_with": DetailField(
        lambda _, showing: f"X{showing.pair}" if showing.pair else "", _meant("paired_with")
    ),
}  # fmt: skip
"""How each field of `bot.domain.exchange_details` is written and read."""


def shown(exchange: NewExchange, names: Sequence[str], showing: Showing) -> dict[str, str]:
    """These fields as a form shows them; read unchanged, they say the same."""
    return {name: FIELDS[name].write(exchange, showing)[:LONGEST] for name in names}


def typed_over(exchange: NewExchange, typed: Mapping[str, str], showing: Showing) -> NewExchange:
    """The exchange with what was typed; fields that are as they were shown stay. Raises `FormRefused`."""
    found = read_changed(
        typed,
        lambda name: FIELDS[name].write(exchange, showing),
        lambda name, text: FIELDS[name].read(text, exchange, showing),
    )
    return replace(exchange, **found)
