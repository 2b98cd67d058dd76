"""What words for dates and times mean on a given day; `bot.questions.times.points` finds the words.

Dates beyond the years that a partial date takes raise `ValueError` or `OverflowError`.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.domain.date_reading import ROC_EPOCH, read_date
from bot.domain.dates import FIRST_YEAR, PartialDate, add_months
from bot.domain.errors import BadInput
from bot.domain.periods import Period


@dataclass(frozen=True, slots=True)
class Unsure:
    """What can be meant by words that can be read in more than one way: 03/04/2026, "on Friday" on a Friday."""

    choices: tuple[PartialDate, ...]


@dataclass(frozen=True, slots=True)
class NoSuchDate:
    """Words that name a day that is not: 30 February. `problem` says so to people."""

    problem: BadInput


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as the writer's clock shows it, perhaps until another."""

    at: time
    until: time | None = None


Value = PartialDate | Period | Unsure | NoSuchDate | Clock

MonthDay = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Read:
    """A value; with it, where they differ, what is meant if the sentence speaks of the future, and a month or day
    that was written without its year, which it may take from its neighbour ("28 June to 3 July 2025")."""

    value: Value
    ahead: PartialDate | None = None
    month_day: MonthDay | None = None


# Dates by number -----------------------------------------------------------------------------------------------


def as_typed(text: str, today: date) -> Value:
    """What the field of a form would make of the words."""
    try:
        return read_date(text, today)
    except BadInput as problem:
        if problem.key == "date.ambiguous":
            return Unsure(tuple(sorted((problem.values["one"], problem.values["other"]), reverse=True)))
        return NoSuchDate(problem)


def dated(year: int, month: int | None = None, day: int | None = None) -> PartialDate | NoSuchDate:
    PartialDate(year)  # beyond all years it is no date at all
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return NoSuchDate(BadInput("date.impossible", year=year, month=month or 0, day=day or 0))


def yearless(month: int, day: int | None, today: date) -> Read:
    """The newest such month or day, or the two that may be meant; ahead, the coming one."""
    value = as_typed(f"{month}月" + (f"{day}日" if day is not None else ""), today)
    if isinstance(value, NoSuchDate):
        return Read(value)
    coming = (found for year in range(today.year, today.year + 9) if (found := dated(year, month, day)))
    ahead = next(each for each in coming if isinstance(each, PartialDate) and each.latest() >= today)
    return Read(value, ahead, (month, day))


def day_of_month(day: int, today: date) -> Read | None:
    """A day without its month: the last such day or the next."""
    if not 1 <= day <= 31:
        return None
    firsts = [add_months(today.replace(day=1), index) for index in range(-2, 3)]
    days = [
        found for first in firsts if isinstance(found := dated(first.year, first.month, day), PartialDate)
    ]
    past = max(each for each in days if each.earliest() <= today)
    coming = min(each for each in days if each.earliest() >= today)
    return Read(past if past == coming else Unsure((past, coming)), coming)


def days_of_month(year: int | None, month: int, first: int, last: int, today: date) -> Value | Read | None:
    """5 to 7 October, with its year or without."""
    if last < first:
        return None
    if year is None:
        begins = yearless(month, first, today)
        if not isinstance(begins.value, PartialDate):
            return begins
        spanned = days_of_month(begins.value.year, month, first, last, today)
        return Read(spanned, None, (month, first)) if isinstance(spanned, Period) else spanned
    ends = [dated(year, month, day) for day in (first, last)]
    for end in ends:
        if isinstance(end, NoSuchDate):
            return end
    one, other = (end for end in ends if isinstance(end, PartialDate))
    return Period(one, other, throughout=True)


def chinese_year(
    year: int, month: int | None, day: int | None, today: date, *, roc: bool
) -> PartialDate | NoSuchDate | None:
    """A year of the Republic where that is said (`roc`), or where it has three digits and is near, or has a month."""
    if year == 0:
        return None
    if not roc:
        if year >= FIRST_YEAR:
            return dated(year, month, day)
        near = 100 <= year <= today.year - ROC_EPOCH + 15
        if not near and (month is None or not 40 <= year < 100):
            return None
    return dated(year + ROC_EPOCH, month, day)


# Dates and times around today ----------------------------------------------------------------------------------


def shift(today: date, days: int) -> PartialDate:
    return PartialDate.of(today + timedelta(days=days))


def week(today: date, weeks: int) -> Period:
    """The calendar week, Monday to Sunday, so many weeks from this one."""
    monday = today + timedelta(days=-today.weekday() + 7 * weeks)
    return Period.days(monday, monday + timedelta(days=6))


def away(today: date, count: int, unit: str) -> Value:
    """So many units from today, as precise as the unit: two years ago is a year, a week ago a week."""
    match unit:
        case "day":
            return shift(today, count)
        case "week":
            return week(today, count)
        case "fortnight":
            return week(today, 2 * count)
        case "month":
            year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
            return PartialDate(year, month + 1)
        case _:
            return PartialDate(today.year + count)


_SHORT = {"yr": "year"}


SOME = {"year": 5, "yr": 5, "month": 6, "week": 4, "fortnight": 2, "day": 7}
"""How many "the last few" are taken to be, of which no number is told: so many that none that is meant is left out."""


def the_last(today: date, count: int, unit: str) -> Period:
    """The time of that length that ends today."""
    match _SHORT.get(unit, unit):
        case "month":
            first = add_months(today, -count)
        case "year":
            first = add_months(today, -12 * count)
        case _:
            first = today - timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    return Period.days(first, today)


def the_coming(today: date, count: int, unit: str) -> Period:
    """The time of that length that begins today."""
    unit = _SHORT.get(unit, unit)
    months = {"month": count, "year": 12 * count}.get(unit)
    if months is not None:
        return Period.days(today, add_months(today, months))
    return Period.days(today, today + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit]))


def rest_of_year(today: date) -> Period:
    """From today to the end of the year."""
    return Period.days(today, date(today.year, 12, 31))


def weekday(number: int, today: date, which: str) -> Value | Read:
    """A day of the week: the `last` before today, the `coming` one, `this` week's, `next` week's; bare, any of them.

    On a Wednesday "next Friday" may be in two days or in nine: both are given.
    """
    in_week = number - today.weekday()
    past, coming = shift(today, in_week - 7 * (in_week >= 0)), shift(today, in_week + 7 * (in_week < 0))
    match which:
        case "last" | "past":
            return past
        case "this":
            return shift(today, in_week)
        case "coming":
            return shift(today, in_week + 7 * (in_week <= 0))
        case "next":
            following = shift(today, in_week + 7)
            return Unsure((coming, following)) if in_week > 0 else following
        case _ if in_week == 0:
            return Unsure((coming, past, shift(today, 7)))
        case _:
            return Read(past, coming)


# Parts of years ------------------------------------------------------------------------------------------------


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}
"""In which month they begin, as in Taiwan and most of its partners; a winter is of two years, and asked back."""


def season(name: str, year: int) -> Period:
    first = _SEASONS[name]
    return Period(PartialDate(year, first), PartialDate(year, first + 2))


def near_season(name: str, today: date, which: str) -> Period:
    """This year's season, the next that begins, or the last one that is over."""
    if which in ("next", "coming"):
        return season(name, today.year + (today.month >= _SEASONS[name]))
    this = which == "this"
    over = today.month > _SEASONS[name] + 2
    return season(name, today.year if this or over else today.year - 1)


def part_of_year(year: int, months: int, index: int) -> Period:
    """The half (6 months) or quarter (3 months) with this index from 0."""
    return Period(PartialDate(year, index * months + 1), PartialDate(year, (index + 1) * months))


def quarter_near(today: date, step: int) -> Period:
    """The quarter in which a day lies, or so many on."""
    quarter = today.year * 4 + (today.month - 1) // 3 + step
    return part_of_year(quarter // 4, 3, quarter % 4)


def decade(year: int) -> Period:
    return Period(PartialDate(year), PartialDate(year + 9))


def century(number: int) -> Period:
    """The 20th century is from 1901 to 2000."""
    return Period(PartialDate(number * 100 - 99), PartialDate(number * 100))


def short_decade(tens: int) -> Period:
    """The 90s are of the last century, the 10s of this one."""
    return decade((2000 if tens <= 20 else 1900) + tens)
