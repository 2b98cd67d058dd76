"""The filter of the list of partners: read from what somebody typed, told in words, and written on a button."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bot.domain.date_reading import read_date
from bot.domain.dates import PartialDate
from bot.domain.dormancy import Contact
from bot.domain.errors import BadInput
from bot.domain.names import clean
from bot.domain.partner_lists import MAX_TEXT, Order, PartnerFilter
from bot.domain.partnerships import Kind, Status
from bot.domain.places import Level
from bot.domain.regions import Region
from bot.i18n.countries import read_country
from bot.i18n.texts import Texts, Written

ALL = "all"


@dataclass(frozen=True, slots=True)
class TypedFilter:
    """What somebody typed or chose to narrow a list down; None for what they left out."""

    country: str | None = None
    region: str | None = None
    kind: str | None = None
    status: str | None = None
    state: str | None = None
    level: str | None = None
    signed_from: str | None = None
    signed_until: str | None = None
    text: str | None = None
    order: str | None = None


def read_filter(typed: TypedFilter, home_id: int, today: date) -> PartnerFilter:
    """The filter for the ties of a place.

    Raises `BadInput`: what reading a country or a date raises, `list.text_too_long`, `list.dates_crossed`.
    """
    text = clean(typed.text or "")
    if len(text) > MAX_TEXT:
        raise BadInput("list.text_too_long", n=MAX_TEXT)
    first, last = (read_date(day, today) if day else None for day in (typed.signed_from, typed.signed_until))
    if first and last and first.earliest() > last.latest():
        raise BadInput("list.dates_crossed", first=first, last=last)
    return PartnerFilter(
        home_id=home_id,
        country=read_country(typed.country) if typed.country else None,
        kind=Kind(typed.kind) if typed.kind and typed.kind != ALL else None,
        all_kinds=typed.kind == ALL,
        status=Status(typed.status) if typed.status and typed.status != ALL else None,
        any_status=typed.status == ALL,
        region=Region(typed.region) if typed.region else None,
        state=Contact(typed.state) if typed.state else None,
        signed_from=first,
        signed_until=last,
        level=Level(typed.level) if typed.level else None,
        text=text,
        order=Order(typed.order) if typed.order else Order.DATE,
    )


# In words ----------------------------------------------------------------------------------------------------


def filter_lines(texts: Texts, chosen: PartnerFilter) -> Iterator[str]:
    """What the list was narrowed down to, as it was understood, in one line; kind and status stand in each line."""
    parts = []
    if chosen.region:
        parts.append(texts.word(chosen.region))
    if chosen.level:
        parts.append(texts("list.only_level", level=chosen.level))
    if chosen.state:
        parts.append(texts("list.only_state", state=chosen.state))
    if chosen.signed_from:
        parts.append(texts("list.signed_from", date=chosen.signed_from))
    if chosen.signed_until:
        parts.append(texts("list.signed_until", date=chosen.signed_until))
    if chosen.text:
        parts.append(texts("list.with_text", text=chosen.text))
    if chosen.order is not Order.DATE:
        parts.append(texts(f"list.by_{chosen.order.value}"))
    if parts:
        yield texts("list.narrowed", parts=Written(texts("list.separator").join(parts)))


# On a button -------------------------------------------------------------------------------------------------

MARK = "~"
"""Begins each part of a filter. Earlier releases wrote four parts with | between them, which are still read."""

_WORDS: Mapping[str, tuple[str, type[StrEnum]]] = {
    "k": ("kind", Kind),
    "s": ("status", Status),
    "r": ("region", Region),
    "q": ("state", Contact),
    "l": ("level", Level),
    "o": ("order", Order),
}
"""Words are written by their position, to be short: further ones are only ever added at the end of a vocabulary."""

_DATES = {"a": "signed_from", "b": "signed_until"}
_ALL = {"k": "all_kinds", "s": "any_status"}


def encode_filter(chosen: PartnerFilter) -> str:
    """A filter as a short text for the custom id of a button; what somebody looks for stands last."""
    parts = [f"h{chosen.home_id or ''}"]
    parts += [f"c{chosen.country}"] if chosen.country else []
    for letter, (name, vocabulary) in _WORDS.items():
        if letter in _ALL and getattr(chosen, _ALL[letter]):
            parts.append(f"{letter}*")
        elif (word := getattr(chosen, name)) is not None and word is not Order.DATE:
            parts.append(f"{letter}{list(vocabulary).index(word)}")
    for letter, name in _DATES.items():
        if (day := getattr(chosen, name)) is not None:
            parts.append(f"{letter}{day.iso().replace('-', '')}")
    parts += [f"t{chosen.text}"] if chosen.text else []
    return "".join(MARK + part for part in parts)


def decode_filter(arguments: str) -> PartnerFilter:
    """The filter that `encode_filter` wrote, in this release or the first one."""
    if not arguments.startswith(MARK):
        return _decode_first(arguments)
    short, _, text = arguments.partition(f"{MARK}t")
    found: dict[str, Any] = {"text": text}
    for part in short.split(MARK)[1:]:
        letter, value = part[:1], part[1:]
        if letter == "h":
            found["home_id"] = int(value) if value else None
        elif letter == "c":
            found["country"] = value
        elif letter in _DATES:
            found[_DATES[letter]] = PartialDate.from_iso(
                "-".join(filter(None, (value[:4], value[4:6], value[6:])))
            )
        elif value == "*":
            found[_ALL[letter]] = True
        else:
            name, vocabulary = _WORDS[letter]
            found[name] = list(vocabulary)[int(value)]
    return PartnerFilter(**found)


def _decode_first(arguments: str) -> PartnerFilter:
    home, country, kind, status = arguments.split("|")
    return PartnerFilter(
        home_id=int(home) if home else None,
        country=country or None,
        kind=Kind(kind) if kind and kind != "all" else None,
        all_kinds=kind == "all",
        status=Status(status) if status and status != "any" else None,
        any_status=status == "any",
    )
