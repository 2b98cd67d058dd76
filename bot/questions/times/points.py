"""Finding single dates, spans and times of day in text; `bot.questions.times.periods` joins them with "since" and "to".

Each rule is a way to write one, in English or Chinese, and a reader of what it means. A new way to write a date is a
new line; where two rules fit the same words, the one that begins first and takes more of them counts.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain.date_reading import MONTH_WORD, WEEKDAY_WORD
from bot.questions.times.chinese import CHINESE
from bot.questions.times.clock import CLOCKS
from bot.questions.times.english import ENGLISH
from bot.questions.times.reading import Read, Value

Reader = Callable[[re.Match[str], date], Value | Read | None]
"""What a match means on the writer's day; None where it is no date after all."""


@dataclass(frozen=True, slots=True)
class Point:
    """One expression in the text, from `start` to before `end`, and what it means."""

    start: int
    end: int
    read: Read


_Rules = tuple[tuple[re.Pattern[str], Reader], ...]


def _compiled(rules: Iterable[tuple[str, Reader]]) -> _Rules:
    return tuple((re.compile(pattern), reader) for pattern, reader in rules)


_IN_WORDS, _IN_HAN, _OF_CLOCKS = map(_compiled, (ENGLISH, CHINESE, CLOCKS))

_SAYS_A_TIME = re.compile(
    rf"\d|\b(?:{MONTH_WORD}|{WEEKDAY_WORD}|today|yesterday|tomorrow|tonight|just\s+now|morning|afternoon|evening|night"
    r"|noon|midday|day|week|fortnight|month|year|yr|decade|centur|millennium|quarter|spring|summer|autumn|fall"
    r"|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|noughties|two\s+thousands"
    r"|pandemic|covid|[gd]dr|east\s+german|german\s+(?:re)?uni|wall|war|ww)"
)
"""What every way to write a time in English or in figures has one of. Most questions have none, and are looked
through for hardly anything else."""


def _rules_for(text: str) -> Iterator[tuple[re.Pattern[str], Reader]]:
    """The rules that may fit a folded text, in the order in which they count."""
    figures, han = _SAYS_A_TIME.search(text) is not None, not text.isascii()
    if figures:
        yield from _IN_WORDS
    if han:
        yield from _IN_HAN
    if figures or han:
        yield from _OF_CLOCKS


def points(text: str, today: date) -> Iterator[Point]:
    """The expressions in a folded text in their order, none overlapping another."""
    found = [
        point
        for pattern, reader in _rules_for(text)
        for match in pattern.finditer(text)
        if (point := _point(match, reader, today))
    ]
    end = 0
    for point in sorted(found, key=lambda each: (each.start, -each.end)):
        if point.start >= end:
            yield point
            end = point.end


def _point(match: re.Match[str], reader: Reader, today: date) -> Point | None:
    try:
        read = reader(match, today)
    except (ValueError, OverflowError):  # beyond the years that a partial date takes
        return None
    if read is None or match.start() == match.end():
        return None
    return Point(match.start(), match.end(), read if isinstance(read, Read) else Read(read))
