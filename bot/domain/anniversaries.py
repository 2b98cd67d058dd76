"""Anniversaries, always computed from the origin date and never from the previous one."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.dates import PartialDate


class LeapDayRule(StrEnum):
    """When a tie signed on 29 February has its anniversary in a common year."""

    FEB_28 = "feb_28"
    MAR_1 = "mar_1"


DEFAULT_LEAP_DAY_RULE = LeapDayRule.FEB_28

NAMED_MILESTONES = {
    25: "silver",
    30: "pearl",
    40: "ruby",
    50: "gold",
    60: "diamond",
    70: "platinum",
    100: "centenary",
}


def milestone(years: int) -> str | None:
    """The name of a milestone (`silver`, `pearl`, …), `round` for other fives and tens, else None."""
    if years in NAMED_MILESTONES:
        return NAMED_MILESTONES[years]
    return "round" if years >= 5 and years % 5 == 0 else None


def anniversary(origin: date, year: int, rule: LeapDayRule = DEFAULT_LEAP_DAY_RULE) -> date:
    """The day of the anniversary of `origin` in `year`."""
    if (origin.month, origin.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 2, 28) if rule is LeapDayRule.FEB_28 else date(year, 3, 1)
    return date(year, origin.month, origin.day)


@dataclass(frozen=True, slots=True)
class Anniversary:
    """An anniversary to come: of a day, of a month (`occurrence` is a month) or of a year."""

    origin: PartialDate
    occurrence: PartialDate
    years: int

    @property
    def milestone(self) -> str | None:
        return milestone(self.years)


def next_anniversary(
    origin: PartialDate, today: date, rule: LeapDayRule = DEFAULT_LEAP_DAY_RULE
) -> Anniversary:
    """The first anniversary that is not over on `today`, as precise as the origin; the signing itself is none."""
    first = max(today.year, origin.year + 1)
    for year in (first, first + 1):
        coming = occurring(origin, year, rule)
        if coming.occurrence.latest() >= today:
            return coming
    raise AssertionError("an anniversary comes round within two years")


def occurring(origin: PartialDate, year: int, rule: LeapDayRule = DEFAULT_LEAP_DAY_RULE) -> Anniversary:
    """The anniversary of that year, as precise as the origin."""
    return Anniversary(origin, _occurrence(origin, year, rule), year - origin.year)


def _occurrence(origin: PartialDate, year: int, rule: LeapDayRule) -> PartialDate:
    day = origin.exact()
    if day is not None:
        return PartialDate.of(anniversary(day, year, rule))
    return PartialDate(year, origin.month)


def age(origin: PartialDate, today: date, rule: LeapDayRule = DEFAULT_LEAP_DAY_RULE) -> int:
    """Full years since the origin; of a month or a year, the years that are reached in the course of it.

    Reading 6 of design §3: the age of a year-only date is "N years this year".
    """
    years = today.year - origin.year
    reached = _occurrence(origin, today.year, rule).earliest() <= today if years > 0 else True
    return years if reached or years <= 0 else years - 1


def within(
    origin: PartialDate, today: date, days: int, rule: LeapDayRule = DEFAULT_LEAP_DAY_RULE
) -> Anniversary | None:
    """The next anniversary if any of it lies from `today` to `days` later; year-only ones if this year has one."""
    coming = next_anniversary(origin, today, rule)
    if origin.month is None:
        return coming if coming.occurrence.year == today.year else None
    return coming if coming.occurrence.earliest() <= today + timedelta(days=days) else None
