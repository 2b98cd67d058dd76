"""Dates, periods and times of day in running text, in English and Traditional Chinese.

    find_times("how many visits between 2020 and 2022", today)

Spans count the characters of the text as it was given. What can be read in two ways is
given with its choices, never decided here: only the sentence around it can tell.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.dates import PartialDate, Precision
from bot.domain.periods import Period
from bot.questions.text.letters import plain_letters
from bot.questions.times.points import Point, points
from bot.questions.times.reading import Clock, MonthDay, NoSuchDate, Unsure, Value

__all__ = ["Clock", "NoSuchDate", "TimeMention", "Unsure", "find_times"]


@dataclass(frozen=True, slots=True)
class TimeMention:
    """What the characters from `start` to before `end` say.

    `value` is a partial date; a period with bounds that are included; `Unsure` with its choices, the likeliest first;
    `NoSuchDate`; or a `Clock`. `ahead` is what is meant where the sentence speaks of the future ("on Monday"), and
    `yearless` is a month or day that was written without its year.
    """

    start: int
    end: int
    value: Value
    ahead: PartialDate | None = None
    yearless: bool = False

    @property
    def period(self) -> Period | None:
        """The time that it covers; None where that is not sure, and for a time of day."""
        if isinstance(self.value, PartialDate):
            return Period(self.value, self.value)
        return self.value if isinstance(self.value, Period) else None


def find_times(text: str, today: date) -> list[TimeMention]:
    """The times that a text names, in their order; `today` is the writer's day."""
    folded = plain_letters(text)
    found: list[TimeMention] = []
    waiting = list(points(folded, today))
    while waiting:
        joined, taken = _joined(folded, waiting)
        waiting = waiting[taken:]
        if summed := _THOSE_YEARS.match(folded, joined.end):
            joined = replace(joined, end=summed.end())
            waiting = [each for each in waiting if each.start >= joined.end]
        found.append(joined)
    return found


_THOSE_YEARS = re.compile(
    r"(?:[這那](?:短短|整整)?[\d一二兩三四五六七八九十]+個?年度?(?:之?間|期間|以?內)?|[二兩三四五六七八九十]年(?:之?間|期間)?)(?![前後內以之來\d])"
)
"""What sums up the years right before it: 2020到2024這五年. By itself it is the time up to today."""


# Joining -------------------------------------------------------------------------------------------------------

_WHILE = r"\b(?:in|during|over|for|throughout|within|across)\s+(?:all\s+of\s+)?(?:the\s+)?"
_SO_MANY = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten)"
_STRETCH = (
    rf"(?:(?:{_WHILE}|\bthe\s+)(?:(?:whole|entire)\s+)?"
    rf"(?:period|time(?:\s*span|frame)?|span|interval|(?:{_SO_MANY}\s+)?years)\s+(?:of\s+|(?=from\b))?)"
)
"""What says that a time from one date to another is meant: "during the period from 2012 to 2016"."""
_BETWEEN = re.compile(rf"{_STRETCH}?\bbetween\s+(?:the\s+years\s+)?$|介於\s*$")
_FROM = re.compile(
    rf"{_STRETCH}?\bfrom\s+(?:the\s+(?:beginning|start)\s+of\s+)?$|{_STRETCH}$|{_WHILE}$|[自從]\s*$"
)
_TO = re.compile(r"\s*(?:to|until|till|through|up to|[-–—~]|至|到|迄)\s*")
_AND = re.compile(r"\s*(?:and|to|[-–—~]|與|和|至|到|及)\s*")
_THROUGHOUT = re.compile(r"\s*(?:之間|期間|間|止)")

_SINCE = re.compile(
    r"(?:\b(?:ever\s+)?since|\bfrom(?=\s+the\s+(?:beginning|start)\s)|\bstarting(?:\s+(?:in|from|on))?|\bbeginning\s+(?:in|from))\s+(?:the\s+(?:(?:beginning|start)\s+of\s+)?)?$|自從?\s*$|打?從\s*$|打\s*$|不早於\s*$"
)
_SINCE_BEHIND = re.compile(
    r"\s*(?:以來|以降|以後|(?<!年代)開始|開始(?![跟和與同當結締成])|[迄至到](?:今(?![年天日早晚])|現在|目前|如今)|一直到現在|起(?!義|司|飛|草|訖))|\s+(?:onwards?|on(?=\s*(?:[?.!,;:–—]|please\b|$))|(?:and|or)\s+(?:later|after|since|afterwards?|thereafter)(?!\s+\d))\b"
    r"|\s+(?:up\s+)?(?:until|till|to|through)\s+(?:now|date|today|this\s+day|the\s+present(?:\s+day)?)\b"
)
_AFTER = re.compile(
    r"\b(?:after|(?:later|newer|younger)\s+than|postdat(?:es?|ed|ing))\s+(?:the\s+end\s+of\s+|the\s+year\s+)?$|\bpost\s*-?\s*$"
    r"|(?<!不)[晚遲後]於\s*$|(?<!不)晚過\s*$"
)
_AFTER_BEHIND = re.compile(r"\s*(?:之後|過後|後(?![來續天援者市]))")
_BEFORE = re.compile(
    r"\b(?:before|prior\s+to|(?:earlier|older)\s+than|(?:pre|ante)dat(?:es?|ed|ing))\s+(?:the\s+year\s+)?$|\bpre\s*-?\s*$"
    r"|(?<!不)[早先]於\s*$|(?<!不)早過\s*$"
)
_UNTIL_BEHIND = re.compile(
    r"\s+or\s+(?:earlier|before|previously|older|sooner)\b(?!\s+\d)|\s+and\s+(?:earlier|before)\b(?=\s*(?:[?.!,]|$))"
)
_BEFORE_BEHIND = re.compile(r"\s*(?:之前|以前|前(?![往來進去後任市述夕鋒線瞻]))")
_BRACKETED = re.compile(r"\s*[(（](?P<out>不)?(?:含|包含|包括)[^)）]{0,12}[)）]")
_UNTIL = re.compile(
    r"\b(?:until|till|up\s+to|no\s+later\s+than|by)\s+(?:the\s+end\s+of\s+)?$|\bbefore\s+the\s+end\s+of\s+$|(?:截至|一?直到|截止|迄至?|不[晚遲]於)\s*$"
)
_ON = re.compile(r"\b(?:back\s+)?(?:on|in|during|at|within|throughout|over)\s+(?:the\s+)?$|[於在]\s*$")


_END_OF_MONTH = re.compile(r"(?:the\s+)?end[\s-]+of\b.*|.*月[底末]")


def _is_end_of_month(text: str, point: Point) -> bool:
    """Whether it is the end of a month, before which that month is: "before the end of May", 五月底前."""
    value = point.read.value
    month = isinstance(value, PartialDate) and value.precision is Precision.MONTH
    return month and _END_OF_MONTH.fullmatch(text, point.start, point.end) is not None


def _joined(text: str, waiting: Sequence[Point]) -> tuple[TimeMention, int]:
    """The next expression with what belongs to it, and how many of the points it took."""
    first = waiting[0]
    before = text[max(0, first.start - 40) : first.start]
    if len(waiting) > 1 and (pair := _pair(text, before, first, waiting[1])):
        return pair, 2
    for sign_before, sign_behind, bounded in (
        (_BEFORE, _BEFORE_BEHIND, _ends_before),
        (_UNTIL, _UNTIL_BEHIND, _ends_with),
        (_AFTER, _AFTER_BEHIND, _begins_after),
        (_SINCE, _SINCE_BEHIND, _begins_with),
    ):
        start, end = first.start, first.end
        bounded_by = _ends_with if bounded is _ends_before and _is_end_of_month(text, first) else bounded
        if found := sign_before.search(before):
            start -= len(before) - found.start()
        if sign_behind is not None and (found := sign_behind.match(text, first.end)):
            end = found.end()
            if said := _BRACKETED.match(text, end):  # 1991年以前（不含1991年）
                end = said.end()
                bounded_by = bounded if said["out"] else _INCLUDING.get(bounded, bounded)
        if (start, end) != (first.start, first.end) and (period := bounded_by(first.read.value)) is not None:
            return TimeMention(start, end, period), 1
    start = first.start
    if found := _ON.search(before):
        start -= len(before) - found.start()
    yearless = first.read.month_day is not None
    return TimeMention(start, first.end, first.read.value, first.read.ahead, yearless), 1


def _pair(text: str, before: str, one: Point, other: Point) -> TimeMention | None:
    """From one to the other, where the words between them say so."""
    middle, between, from_ = text[one.end : other.start], _BETWEEN.search(before), _FROM.search(before)
    if not (_AND if between else _TO).fullmatch(middle):
        return None
    ends = _same_year(one, other)
    parts = any(isinstance(each.read.value, Period) for each in (one, other))  # 2021到2023年底
    if ends is None or not (from_ or between or parts or ends[0].precision is ends[1].precision):
        return None
    if ends[1] < ends[0]:
        return None
    opened = between or from_
    start = one.start - (len(before) - opened.start() if opened else 0)
    closed = _THROUGHOUT.match(text, other.end)
    years = any(each.precision is Precision.YEAR for each in ends)
    period = Period(*ends, throughout=not (years or between))
    return TimeMention(start, closed.end() if closed else other.end, period)


def _same_year(one: Point, other: Point) -> tuple[PartialDate, PartialDate] | None:
    """Both ends as dates; one that was written without its year takes that of the other."""
    first, last = _end_of(one.read.value, 0), _end_of(other.read.value, 1)
    if isinstance(one.read.value, Period) or isinstance(other.read.value, Period):
        return (first, last) if first and last else None
    if one.read.month_day and not other.read.month_day and last is not None:
        first = _in_year(one.read.month_day, last.year)
        if first is not None and first > last:
            first = _in_year(one.read.month_day, last.year - 1)
    elif other.read.month_day and first is not None:
        last = _in_year(other.read.month_day, first.year)
        if last is not None and last < first:
            last = _in_year(other.read.month_day, first.year + 1)
    return (first, last) if first and last else None


def _in_year(month_day: MonthDay, year: int) -> PartialDate | None:
    try:
        return PartialDate(year, *month_day)
    except ValueError:
        return None


def _end_of(value: Value, which: int) -> PartialDate | None:
    """The date, or that end of a period."""
    if isinstance(value, Period):
        return value.last if which else value.first
    return value if isinstance(value, PartialDate) else None


# Open periods --------------------------------------------------------------------------------------------------


def _begins_with(value: Value) -> Period | None:
    first = _end_of(value, 0)
    return Period(first, None) if first else None


def _begins_after(value: Value) -> Period | None:
    last = _end_of(value, 1)
    following = _beside(last, 1) if last else None
    return Period(following, None) if following else None


def _ends_with(value: Value) -> Period | None:
    last = _end_of(value, 1)
    return Period(None, last) if last else None


def _ends_before(value: Value) -> Period | None:
    first = _end_of(value, 0)
    preceding = _beside(first, -1) if first else None
    return Period(None, preceding) if preceding else None


_INCLUDING = {_ends_before: _ends_with, _begins_after: _begins_with}


def _beside(when: PartialDate, step: int) -> PartialDate | None:
    """The next or the preceding date of the same precision, None at the end of time."""
    try:
        if when.precision is Precision.YEAR:
            return PartialDate(when.year + step)
        day = (when.latest() if step > 0 else when.earliest()) + timedelta(days=step)
        return PartialDate.of(day) if when.precision is Precision.DAY else PartialDate(day.year, day.month)
    except (ValueError, OverflowError):
        return None
