"""Posts whose day is a rest day go out on the working day before, where the office wants it so."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import PartialDate
from bot.domain.offices import LONGEST_REST, Office, RestDayRule
from bot.domain.reminders import Reminder
from bot.domain.ties import Tie
from tests.domain.builders import PARTNER, act, contact, office, posts

YEAR = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


def considerate() -> Office:
    return office(rest_day_rule=RestDayRule.WORKING_DAY_BEFORE)


def no_weekends(day: date) -> bool:
    return day.weekday() < 5


def days(reminders: list[Reminder]) -> list[tuple[int, date]]:
    """Lead and day of posting at the office of `office()`."""
    return [(each.lead_days, (each.at + timedelta(hours=8)).date()) for each in reminders]


def test_a_weekend_is_avoided() -> None:
    """20 September 2026 is a Sunday, and so are the days one week and, nearly, thirty days before."""
    ties = [Tie(PARTNER, [act(signed="1987-09-20")])]
    assert days(posts(considerate(), ties, *YEAR, no_weekends)) == [
        (30, date(2026, 8, 21)),
        (7, date(2026, 9, 11)),
        (0, date(2026, 9, 18)),
    ]


def test_an_office_that_does_not_want_it_is_left_alone() -> None:
    """The default: the very day, whatever day it is."""
    ties = [Tie(PARTNER, [act(signed="1987-09-20")])]
    assert days(posts(office(), ties, *YEAR, no_weekends)) == [
        (30, date(2026, 8, 21)),
        (7, date(2026, 9, 13)),
        (0, date(2026, 9, 20)),
    ]


def test_silence_is_told_on_a_working_day_too() -> None:
    """A tie that turns cooling on a Saturday is told of on Friday."""
    ties = [Tie(PARTNER, [act()], contact("2025-11-20"))]
    (post,) = posts(considerate(), ties, *YEAR, no_weekends)
    assert (post.occurrence, days([post])) == (date(2026, 11, 21), [(0, date(2026, 11, 20))])


def test_of_two_that_a_long_rest_brings_together_one_is_posted() -> None:
    """Nine days off: what was for a week before and what was for the day itself would be one text twice."""
    off = [date(2026, 2, 14) + timedelta(days=number) for number in range(9)]
    ties = [Tie(PARTNER, [act(signed="1988-02-22"), act(2, signed="1988-02-22")])]
    planned = posts(considerate(), ties, *YEAR, lambda day: day not in off)
    assert days(planned) == [(30, date(2026, 1, 23))] * 2 + [(0, date(2026, 2, 13))] * 2
    assert [each.subject for each in planned] == ["P1", "P2", "P1", "P2"]


def test_where_nobody_ever_works_the_day_stays() -> None:
    """A calendar without working days is no reason not to post."""
    ties = [Tie(PARTNER, [act(signed="1987-09-20")])]
    assert posts(considerate(), ties, *YEAR, lambda _: False) == posts(office(), ties, *YEAR)


@pytest.mark.parametrize("back", [0, 1, LONGEST_REST.days])
def test_how_far_back_a_working_day_is_looked_for(back: int) -> None:
    """As far as the longest rest."""
    day, working = date(2026, 9, 20), date(2026, 9, 20) - timedelta(days=back)
    assert considerate().posting_day(day, lambda each: each == working) == working


rests = st.frozensets(st.integers(0, 6), max_size=6)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), rests, st.integers(0, 120))
def test_never_later_and_never_on_a_rest_day(origin: date, rest: frozenset[int], months: int) -> None:
    """Each post is on a working day at most a week before its own day, and nothing of the plan is lost."""

    def works(day: date) -> bool:
        return day.weekday() not in rest

    start = datetime(origin.year + 1 + months // 12, 1, 1, tzinfo=UTC)
    end = start + timedelta(days=400)
    ties = [Tie(PARTNER, [act(signed=PartialDate.of(origin))])]
    moved = posts(considerate(), ties, start, end, works)
    for post in moved:
        own_day = post.occurrence - timedelta(days=post.lead_days)
        ((_, posted),) = days([post])
        assert works(posted)
        assert timedelta() <= own_day - posted < timedelta(days=7)
    kept = {(post.occurrence, post.lead_days) for post in moved}
    inside = posts(office(), ties, start + timedelta(days=7), end - timedelta(days=7))
    # A week with one working day is the only one in which two leads, 7 and 0 days ahead, can meet: they do not.
    assert {(post.occurrence, post.lead_days) for post in inside} <= kept


@given(st.dates(date(1950, 1, 1), date(2020, 1, 1)), rests, st.integers(0, 400))
def test_windows_that_adjoin_lose_and_repeat_nothing(origin: date, rest: frozenset[int], split: int) -> None:
    """Planning twice in a row gives what planning once would have given, rest days or not."""

    def works(day: date) -> bool:
        return day.weekday() not in rest

    start = datetime(2026, 1, 1, tzinfo=UTC)
    middle, end = start + timedelta(days=split), start + timedelta(days=400)
    ties = [Tie(PARTNER, [act(signed=PartialDate.of(origin))], contact("2025-02-07"))]
    apart = [
        *posts(considerate(), ties, start, middle, works),
        *posts(considerate(), ties, middle, end, works),
    ]
    assert apart == posts(considerate(), ties, start, end, works)
