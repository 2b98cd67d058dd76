"""Which day is meant by one without its year, or by a weekday: of those that have been, or of those to come.

Standard library only.
"""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.dates import FIRST_YEAR, LAST_YEAR, PartialDate
from bot.domain.errors import BadInput

SOON = timedelta(days=60)
"""A day or month without a year may be meant as yet to come, or as just past, if it is no further away than this."""

_LEAP_YEAR = 2024
_YEARS_APART = 9
"""From one 29 February to the next there are at most eight years."""


def dated(year: int, month: int | None = None, day: int | None = None) -> PartialDate:
    """That date. Raises `BadInput` (`date.year_out_of_range`, `date.impossible`)."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadInput("date.year_out_of_range", first=str(FIRST_YEAR), last=str(LAST_YEAR))
    try:
        return PartialDate(year, month, day)
    except ValueError:
        raise BadInput("date.impossible", year=year, month=month or 0, day=day or 0) from None


def days_from(today: date, days: int) -> PartialDate:
    try:
        return PartialDate.of(today + timedelta(days=days))
    except (OverflowError, ValueError):
        raise BadInput("date.year_out_of_range", first=str(FIRST_YEAR), last=str(LAST_YEAR)) from None


@dataclass(frozen=True, slots=True)
class Tense:
    """Which of several days is meant.

    `yearless` gives a month, or a day of it, that was told without a year; `year_of` the year in which such a day is
    looked for that may be read in two ways; `weekday` a day of the week (0 is Monday) that was told alone.
    """

    yearless: Callable[[int, int | None, date], PartialDate]
    year_of: Callable[[int, int, date], int]
    weekday: Callable[[int, date], PartialDate]


def _newest(month: int, day: int | None, today: date) -> PartialDate:
    """The newest such month or day that has begun by today.

    One that comes soon is asked back: "21 Nov", written on the 20th, is hardly meant a year ago.
    """
    found = _nearest(month, day, today, -1)
    soon = _same_next_year(found, 1)
    if soon and soon.earliest() - today <= SOON:
        raise BadInput("date.ambiguous", one=soon, other=found)
    return found


def _coming(month: int, day: int | None, today: date) -> PartialDate:
    """The next such month or day that is not over today.

    One that has just been is asked back: "18 Nov", written on the 20th, is hardly meant in a year.
    """
    found = _nearest(month, day, today, 1)
    been = _same_next_year(found, -1)
    if been and today - been.latest() <= SOON:
        raise BadInput("date.ambiguous", one=found, other=been)
    return found


def _nearest(month: int, day: int | None, today: date, step: int) -> PartialDate:
    """The nearest such month or day, looking back (`step` -1) or ahead (1); 29 February stands in leap years."""
    if day is not None and not 1 <= day <= (_days_of(month) if 1 <= month <= 12 else 0):
        raise BadInput("date.impossible", year=0, month=month, day=day)
    for year in range(today.year, today.year + step * _YEARS_APART, step):
        if month == 2 and day == 29 and not calendar.isleap(year):
            continue
        found = dated(year, month, day)
        if found.latest() >= today if step > 0 else found.earliest() <= today:
            return found
    raise BadInput("date.impossible", year=0, month=month, day=day or 0)


def _days_of(month: int) -> int:
    return calendar.monthrange(_LEAP_YEAR, month)[1]


def _same_next_year(found: PartialDate, step: int) -> PartialDate | None:
    """The same month or day a year later, or earlier; none of 29 February."""
    if (found.month, found.day) == (2, 29) or not FIRST_YEAR <= found.year + step <= LAST_YEAR:
        return None
    return PartialDate(found.year + step, found.month, found.day)


def _this_year(_month: int, _day: int, today: date) -> int:
    return today.year


def _year_to_come(month: int, day: int, today: date) -> int:
    return today.year + ((month, day) < (today.month, today.day))


PAST = Tense(
    _newest, _this_year, lambda weekday, today: days_from(today, -((today.weekday() - weekday - 1) % 7 + 1))
)
"""The newest that there was; a weekday is one before today."""

AHEAD = Tense(
    _coming, _year_to_come, lambda weekday, today: days_from(today, (weekday - today.weekday() - 1) % 7 + 1)
)
"""The next to come; a weekday is one after today."""


def weekday_of_week(weekday: int, today: date, weeks: int) -> PartialDate:
    """That day of the calendar week so many weeks from this one; weeks begin on Monday."""
    return days_from(today, weekday - today.weekday() + 7 * weeks)


def next_weekday(weekday: int, today: date) -> PartialDate:
    """That day of next week. On a Wednesday "next Friday" may be in two days or in nine: it is asked back."""
    following = weekday_of_week(weekday, today, 1)
    if weekday > today.weekday():
        raise BadInput("date.ambiguous", one=weekday_of_week(weekday, today, 0), other=following)
    return following
