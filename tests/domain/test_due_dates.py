"""When the dates of an act are told of: by the day, by the month, by the year, and never on an invented day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agreements import Commitment
from bot.domain.dates import PartialDate, Precision
from bot.domain.due_dates import Watched, commitment_notices, review_notices
from bot.domain.offices import RestDayRule
from bot.domain.partnerships import Status
from bot.domain.reminders import Reminder, ReminderKind
from tests.domain.builders import DORMANCY, act, office, posts

ALWAYS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)


def planned(watched: Watched, **more: Any) -> list[Reminder]:
    return posts(office(**more), [], *ALWAYS, lambda day: day.weekday() < 5, watched=[watched])


def days(found: list[Reminder]) -> list[tuple[str, str, int]]:
    """Where in Taipei: on which day it is posted, what it marks, and the lead."""
    return [(str((r.at + timedelta(hours=8)).date()), str(r.occurrence), r.lead_days) for r in found]


@pytest.mark.parametrize(
    ("on", "posts"),
    [
        ("2027-06-30", [("2027-04-01", "2027-06-30", 90), ("2027-05-31", "2027-06-30", 30)]),
        ("2027-06", [("2027-03-01", "2027-06-01", 90), ("2027-05-01", "2027-06-01", 30)]),
        ("2027", [("2027-01-01", "2027-01-01", 0)]),
    ],
)
@pytest.mark.parametrize("which", ["review_on", "expires_on"])
def test_when_a_review_or_an_end_is_told(which: str, on: str, posts: list[tuple[str, str, int]]) -> None:
    """90 and 30 days before a day; on the first of the months before a month; in January of a year."""
    found = planned(Watched(act(**{which: PartialDate.from_iso(on)})))
    assert days(found) == posts
    assert {(r.kind, r.channel_id, r.subject) for r in found} == {(ReminderKind.REVIEW, DORMANCY, "P1")}


@pytest.mark.parametrize(
    ("due", "posts"),
    [
        ("2027-06-30", [("2027-05-31", "2027-06-30", 30), ("2027-07-01", "2027-07-01", 0)]),
        ("2027-06", [("2027-05-01", "2027-06-01", 30), ("2027-07-01", "2027-07-01", 0)]),
        ("2027", [("2027-01-01", "2027-01-01", 0), ("2028-01-01", "2028-01-01", 0)]),
    ],
)
def test_when_a_promise_is_told(due: str, posts: list[tuple[str, str, int]]) -> None:
    """Before it is due, and once when it is overdue: after the last day that its date can mean."""
    found = planned(Watched(act(), [Commitment("a visit", due=PartialDate.from_iso(due))]))
    assert days(found) == posts
    assert {r.kind for r in found} == {ReminderKind.COMMITMENT}


@pytest.mark.parametrize(
    ("watched", "number"),
    [
        (Watched(act(), [Commitment("a visit", due=PartialDate(2027, 6), done=PartialDate(2026))]), 0),
        (Watched(act(), [Commitment("a visit")]), 0),
        (Watched(act(status=Status.ENDED, review_on=PartialDate(2027, 6, 30))), 0),
        (Watched(act(status=Status.PAUSED, review_on=PartialDate(2027, 6, 30))), 2),
        (Watched(act(status=Status.PROPOSED), [Commitment("a visit", due=PartialDate(2027, 6, 30))]), 2),
        (Watched(act(review_on=PartialDate(2027, 6, 30), expires_on=PartialDate(2027, 6, 30))), 2),
        (Watched(act(), [Commitment(str(n), due=PartialDate(2027, 6, 30)) for n in range(3)]), 2),
    ],
)
def test_what_is_told_at_all(watched: Watched, number: int) -> None:
    """Not what is done, or of an act that has ended; and of one act and day only once."""
    assert len(planned(watched)) == number


def test_without_a_channel_nothing_is_told() -> None:
    """There is nowhere to post it."""
    assert planned(Watched(act(review_on=PartialDate(2027, 6, 30))), channels={}) == []


def test_rest_days_move_a_warning_forward_and_what_is_overdue_back() -> None:
    """31 May 2027 is a Monday; due on a Friday, it is not overdue before the Monday after."""
    rule = {"rest_day_rule": RestDayRule.WORKING_DAY_BEFORE}
    promised = Watched(act(), [Commitment("a visit", due=PartialDate(2027, 7, 30))])
    assert days(planned(promised, **rule)) == [
        ("2027-06-30", "2027-07-30", 30),
        ("2027-08-02", "2027-07-31", 0),
    ]
    review = Watched(act(review_on=PartialDate(2027, 6, 29)))
    assert days(planned(review, **rule))[1] == ("2027-05-28", "2027-06-29", 30)
    assert days(planned(Watched(act(review_on=PartialDate(2028))), **rule)) == [
        ("2028-01-03", "2028-01-01", 0)
    ]


partial_dates = st.dates(date(1900, 1, 1), date(2150, 12, 31)).flatmap(
    lambda day: st.sampled_from(
        [PartialDate.of(day), PartialDate(day.year, day.month), PartialDate(day.year)]
    )
)


@given(partial_dates)
def test_no_day_is_invented(on: PartialDate) -> None:
    """What has no day is told of on the first of a month; what has no month, in January; nothing is told late."""
    for notice in [*review_notices(on), *commitment_notices(on)]:
        if on.precision is not Precision.DAY:
            assert notice.day.day == 1
        if on.precision is Precision.YEAR:
            assert notice.day.month == 1
    assert all(notice.day <= on.earliest() for notice in review_notices(on))
    *before, overdue = commitment_notices(on)
    assert all(notice.day <= on.earliest() for notice in before)
    assert overdue.day == on.latest() + timedelta(days=1)
    assert Commitment("x", due=on).is_overdue(overdue.day)
    assert not Commitment("x", due=on).is_overdue(overdue.day - timedelta(days=1))


@given(partial_dates, partial_dates)
def test_each_post_says_which_dates_it_is_about(one: PartialDate, other: PartialDate) -> None:
    """Two promises of one act never share a post in which one of them would not be told."""
    marked = {(n.occurrence, n.lead_days): n.day for n in commitment_notices(one)}
    for notice in commitment_notices(other):
        same = marked.get((notice.occurrence, notice.lead_days))
        assert same is None or abs((same - notice.day).days) <= 3
