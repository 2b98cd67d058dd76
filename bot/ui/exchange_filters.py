"""The filter of the list of exchanges: read from what somebody typed, told in words, and written on a button."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bot.domain.date_reading import read_date
from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput
from bot.domain.exchange_lists import ExchangeFilter, Only
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus, Mode
from bot.domain.profiles import known_topic, topic_of
from bot.i18n.texts import Texts, Written


@dataclass(frozen=True, slots=True)
class TypedExchangeFilter:
    """What somebody typed or chose to narrow a list of exchanges down; None for what they left out."""

    kind: str | None = None
    level: str | None = None
    status: str | None = None
    mode: str | None = None
    only: str | None = None
    since: str | None = None
    until: str | None = None
    topic: str | None = None


def read_exchange_filter(
    typed: TypedExchangeFilter, home_id: int, partner_id: int | None, today: date
) -> ExchangeFilter:
    """The filter for the exchanges of a place. Raises `BadInput` as reading a date does, and `list.dates_crossed`."""
    since, until = (read_date(day, today) if day else None for day in (typed.since, typed.until))
    if since and until and since.earliest() > until.latest():
        raise BadInput("list.dates_crossed", first=since, last=until)
    return ExchangeFilter(
        home_id=home_id,
        partner_id=partner_id,
        kind=ExchangeKind(typed.kind) if typed.kind else None,
        level=ExchangeLevel(typed.level) if typed.level else None,
        status=ExchangeStatus(typed.status) if typed.status else None,
        mode=Mode(typed.mode) if typed.mode else None,
        only=Only(typed.only) if typed.only else None,
        since=since,
        until=until,
        topic=topic_of(typed.topic or ""),
    )


def exchange_filter_lines(texts: Texts, chosen: ExchangeFilter) -> Iterator[str]:
    """What the list was narrowed down to, as it was understood, in one line."""
    words = (chosen.only, chosen.kind, chosen.level, chosen.status, chosen.mode)
    parts = [texts.word(word) for word in words if word is not None]
    if chosen.topic:
        parts.append(texts("visits.about", topic=known_topic(chosen.topic)))
    if chosen.since:
        parts.append(texts("visits.since", date=chosen.since))
    if chosen.until:
        parts.append(texts("visits.until", date=chosen.until))
    if parts:
        yield texts("list.narrowed", parts=Written(texts("list.separator").join(parts)))


# On a button -------------------------------------------------------------------------------------------------

MARK = "~"
_WORDS: Mapping[str, tuple[str, type[StrEnum]]] = {
    "k": ("kind", ExchangeKind),
    "l": ("level", ExchangeLevel),
    "s": ("status", ExchangeStatus),
    "m": ("mode", Mode),
    "o": ("only", Only),
}
"""Words are written by their position, to be short: further ones are only ever added at the end of a vocabulary."""

_NUMBERS = {"h": "home_id", "p": "partner_id"}
_DATES = {"a": "since", "b": "until"}


def encode_exchange_filter(chosen: ExchangeFilter) -> str:
    """A filter as a short text for the custom id of a button; the topic stands last."""
    parts = [f"{letter}{getattr(chosen, name)}" for letter, name in _NUMBERS.items() if getattr(chosen, name)]
    for letter, (name, vocabulary) in _WORDS.items():
        if (word := getattr(chosen, name)) is not None:
            parts.append(f"{letter}{list(vocabulary).index(word)}")
    for letter, name in _DATES.items():
        if (day := getattr(chosen, name)) is not None:
            parts.append(f"{letter}{day.iso()}")
    parts += [f"t{chosen.topic}"] if chosen.topic else []
    return "".join(MARK + part for part in parts)


def decode_exchange_filter(arguments: str) -> ExchangeFilter:
    """The filter that `encode_exchange_filter` wrote."""
    short, _, topic = arguments.partition(f"{MARK}t")
    found: dict[str, Any] = {"topic": topic}
    for part in short.split(MARK)[1:]:
        letter, value = part[:1], part[1:]
        if letter in _NUMBERS:
            found[_NUMBERS[letter]] = int(value)
        elif letter in _DATES:
            found[_DATES[letter]] = PartialDate.from_iso(value)
        else:
            name, vocabulary = _WORDS[letter]
            found[name] = list(vocabulary)[int(value)]
    return ExchangeFilter(**found)
