"""When posts are due, reckoned anew by python-dateutil's rules and not by any code of the bot's."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.rrule import DAILY, FR, MO, YEARLY, rrule, rruleset
from dateutil.tz import enfold, resolve_imaginary

from bot.domain.anniversaries import LeapDayRule

LAST = datetime(2160, 1, 1)  # noqa: DTZ001 - dateutil's rules are about days and know no zones


def _at_midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def anniversaries(origin: date, rule: LeapDayRule) -> rrule:
    """Every anniversary of a day, the day itself left out.

    29 February is the last day of that month by one rule; by the other it is the sixtieth day of the year, which is
    1 March in common years.
    """
    since = _at_midnight(origin) + timedelta(days=1)
    if (origin.month, origin.day) != (2, 29):
        return rrule(YEARLY, dtstart=since, until=LAST, bymonth=origin.month, bymonthday=origin.day)
    if rule is LeapDayRule.FEB_28:
        return rrule(YEARLY, dtstart=since, until=LAST, bymonth=2, bymonthday=-1)
    return rrule(YEARLY, dtstart=since, until=LAST, byyearday=60)


def shown(day: date, hour: int, zone: str) -> datetime:
    """The moment (UTC) at which clocks there first show the hour; one that they skip is as much later as they skip."""
    there = datetime.combine(day, time(hour), ZoneInfo(zone))
    return enfold(resolve_imaginary(there), fold=0).astimezone(UTC)


def working_day_before(day: date, holidays: frozenset[date]) -> date:
    """The last day from Monday to Friday up to this one that is no holiday."""
    working = rruleset()
    since = _at_midnight(day) - timedelta(days=40)
    working.rrule(
        rrule(DAILY, dtstart=since, until=_at_midnight(day), byweekday=range(MO.weekday, FR.weekday + 1))
    )
    for holiday in holidays:
        working.exdate(_at_midnight(holiday))
    found = working.before(_at_midnight(day), inc=True)
    assert found is not None
    return found.date()


def silences(last: date, cadence_months: int) -> Iterator[date]:
    """The first day after one, two and four cadences without a contact."""
    for cadences in (1, 2, 4):
        yield last + relativedelta(months=cadences * cadence_months, days=1)
