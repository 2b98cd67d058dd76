"""Anniversaries: 29 February, milestones, and dates of which only a month or a year is known."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.anniversaries import LeapDayRule, age, anniversary, milestone, next_anniversary, within
from bot.domain.dates import PartialDate

LEAP_DAY = date(1980, 2, 29)


@pytest.mark.parametrize(
    ("year", "rule", "expected"),
    [
        (1981, LeapDayRule.FEB_28, date(1981, 2, 28)),
        (1981, LeapDayRule.MAR_1, date(1981, 3, 1)),
        (1984, LeapDayRule.FEB_28, date(1984, 2, 29)),
        (1984, LeapDayRule.MAR_1, date(1984, 2, 29)),
        (2000, LeapDayRule.MAR_1, date(2000, 2, 29)),
        (2100, LeapDayRule.FEB_28, date(2100, 2, 28)),
        (2100, LeapDayRule.MAR_1, date(2100, 3, 1)),
    ],
)
def test_a_leap_day_under_both_rules(year: int, rule: LeapDayRule, expected: date) -> None:
    """A tie signed on 29 February is on the real day in leap years, by the office's rule in the others."""
    assert anniversary(LEAP_DAY, year, rule) == expected


def test_the_rule_that_goes_without_saying_is_28_february() -> None:
    """The default is the one that texts and documents state."""
    assert anniversary(LEAP_DAY, 2026) == date(2026, 2, 28)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(1901, 2200), st.sampled_from(LeapDayRule))
def test_every_other_day_keeps_its_month_and_day(origin: date, year: int, rule: LeapDayRule) -> None:
    """Once a year, always that year, and never off by more than the leap day."""
    day = anniversary(origin, year, rule)
    assert day.year == year
    if (origin.month, origin.day) != (2, 29) or calendar.isleap(year):
        assert (day.month, day.day) == (origin.month, origin.day)


@pytest.mark.parametrize(
    ("years", "name"),
    [
        (1, None), (4, None), (5, "round"), (6, None), (10, "round"), (24, None), (25, "silver"),
        (30, "pearl"), (35, "round"), (40, "ruby"), (50, "gold"), (60, "diamond"), (70, "platinum"),
        (75, "round"), (99, None), (100, "centenary"), (0, None), (-25, None),
    ],
)  # fmt: skip
def test_milestones(years: int, name: str | None) -> None:
    """Some years have names; the other fives and tens are round."""
    assert milestone(years) == name


@pytest.mark.parametrize(
    ("origin", "today", "occurrence", "years"),
    [
        ("1986-11-20", date(2026, 11, 19), "2026-11-20", 40),
        ("1986-11-20", date(2026, 11, 20), "2026-11-20", 40),
        ("1986-11-20", date(2026, 11, 21), "2027-11-20", 41),
        ("2026-11-20", date(2026, 11, 20), "2027-11-20", 1),  # the signing itself is none
        ("2027-05-01", date(2026, 11, 20), "2028-05-01", 1),
        ("1980-02-29", date(2027, 2, 28), "2027-02-28", 47),
        ("1980-02-29", date(2028, 2, 28), "2028-02-29", 48),
        ("1986-11", date(2026, 10, 31), "2026-11", 40),
        ("1986-11", date(2026, 11, 30), "2026-11", 40),
        ("1986-11", date(2026, 12, 1), "2027-11", 41),
        ("2026-11", date(2026, 11, 20), "2027-11", 1),
        ("1986", date(2026, 1, 1), "2026", 40),
        ("1986", date(2026, 12, 31), "2026", 40),
        ("2026", date(2026, 6, 1), "2027", 1),
    ],
)
def test_the_next_anniversary(origin: str, today: date, occurrence: str, years: int) -> None:
    """It is as precise as the origin, and not over until its day, month or year is."""
    found = next_anniversary(PartialDate.from_iso(origin), today)
    assert (found.occurrence.iso(), found.years) == (occurrence, years)


def test_the_next_anniversary_by_the_first_of_march() -> None:
    """Under the other rule the same tie is not over on 1 March."""
    found = next_anniversary(PartialDate.of(LEAP_DAY), date(2027, 3, 1), LeapDayRule.MAR_1)
    assert found.occurrence == PartialDate(2027, 3, 1)


@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.integers(1, 3),
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
)
def test_the_next_anniversary_is_never_more_precise_than_its_origin(
    day: date, parts: int, today: date
) -> None:
    """A year stays a year: no month or day is invented, and it is never over."""
    origin = PartialDate(*(day.year, day.month, day.day)[:parts])
    found = next_anniversary(origin, today)
    assert found.occurrence.precision is origin.precision
    assert found.occurrence.latest() >= today
    assert found.years == found.occurrence.year - origin.year >= 1


def test_a_year_is_never_on_a_day() -> None:
    """What is known to the year has no exact day on which anything could be posted."""
    assert next_anniversary(PartialDate(1986), date(2026, 11, 20)).occurrence.exact() is None
    assert next_anniversary(PartialDate(1986, 11), date(2026, 11, 20)).occurrence.exact() is None


def test_a_milestone_of_an_anniversary_is_that_of_its_years() -> None:
    """The coming one is asked, not the years so far."""
    assert next_anniversary(PartialDate(2001, 11, 20), date(2026, 11, 1)).milestone == "silver"


@pytest.mark.parametrize(
    ("origin", "today", "rule", "years"),
    [
        ("1986-11-20", date(2026, 11, 19), LeapDayRule.FEB_28, 39),
        ("1986-11-20", date(2026, 11, 20), LeapDayRule.FEB_28, 40),
        ("1980-02-29", date(2027, 2, 28), LeapDayRule.FEB_28, 47),
        ("1980-02-29", date(2027, 2, 28), LeapDayRule.MAR_1, 46),
        ("1980-02-29", date(2027, 3, 1), LeapDayRule.MAR_1, 47),
        ("1986-11", date(2026, 10, 31), LeapDayRule.FEB_28, 39),
        ("1986-11", date(2026, 11, 1), LeapDayRule.FEB_28, 40),
        ("1986", date(2026, 1, 1), LeapDayRule.FEB_28, 40),
        ("2026-11-20", date(2026, 11, 20), LeapDayRule.FEB_28, 0),
        ("2026", date(2026, 11, 20), LeapDayRule.FEB_28, 0),
    ],
)
def test_age(origin: str, today: date, rule: LeapDayRule, years: int) -> None:
    """Full years; of a year-only date the years reached in this one (reading 6)."""
    assert age(PartialDate.from_iso(origin), today, rule) == years


@pytest.mark.parametrize(
    ("origin", "days", "found"),
    [
        ("1986-11-27", 7, True),
        ("1986-11-28", 7, False),
        ("1986-11-20", 0, True),
        ("1986-11-19", 364, True),
        ("1986-11-19", 363, False),
        ("1986-11", 0, True),
        ("1986-12", 10, False),
        ("1986-12", 11, True),
        ("1986", 0, True),
        ("2026", 366, False),  # signed this year: its first is next year's, and belongs to next year's list
    ],
)
def test_within_so_many_days(origin: str, days: int, found: bool) -> None:
    """From 20 November 2026: the last day counts, a month counts as soon as it begins, a year all year."""
    assert (within(PartialDate.from_iso(origin), date(2026, 11, 20), days) is not None) is found


@given(
    st.dates(date(1900, 1, 1), date(2030, 12, 31)),
    st.dates(date(2000, 1, 1), date(2060, 12, 31)),
    st.sampled_from(LeapDayRule),
)
def test_age_grows_on_the_anniversary_and_on_no_other_day(
    origin: date, today: date, rule: LeapDayRule
) -> None:
    """The day on which the age becomes N is the Nth anniversary."""
    signed, before = PartialDate.of(origin), today - timedelta(days=1)
    if before < origin:
        return
    grew = age(signed, today, rule) - age(signed, before, rule)
    assert grew == (today == anniversary(origin, today.year, rule) and today.year > origin.year)
