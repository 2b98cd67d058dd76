"""When ties that go quiet are told of: a few a day at most, and all of them once a week."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import PartialDate
from bot.domain.occasions.silences import MOST_A_DAY
from bot.domain.offices import RestDayRule, Weekday, WeeklyList, WorkingDay, every_day
from bot.domain.partnerships import Status, StatusChange
from bot.domain.reminders import OF_OFFICE, ReminderKind
from bot.domain.ties import Tie
from tests.domain.builders import DORMANCY, HOME, PARTNER, act, contact, office, place, posts, weekly

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)


def tie(number: int, last: str, **more: object) -> Tie:
    there = place(number + 10)
    return Tie(there, [act(number, parties=(HOME, there), **more)], contact(last))


# A few a day -------------------------------------------------------------------------------------------------


def test_what_comes_on_one_day_is_capped_and_the_worst_of_it_is_told() -> None:
    """Of years alone all cross on the first of January: the stale ones go before the cooling ones."""
    ties = [tie(n, "2024") for n in range(1, 6)] + [tie(6, "2021"), tie(7, "2021")]
    planned = posts(office(), ties, START, END)
    assert [post.subject for post in planned] == ["P1", "P6", "P7"]
    assert len(planned) == MOST_A_DAY
    assert {post.kind for post in planned} == {ReminderKind.DORMANCY}


def test_what_nobody_wants_to_hear_of_takes_no_room() -> None:
    """Neither a muted tie nor one that is done counts for the cap."""
    ties = [tie(n, "2024") for n in range(1, 6)]
    done = {(ReminderKind.DORMANCY, "P2", date(2026, 1, 1))}
    planned = posts(office(), ties, START, END, muted={11: None}, done=done)
    assert [post.subject for post in planned] == ["P3", "P4", "P5"]


# Once a week -------------------------------------------------------------------------------------------------

NEW_YEAR = {date(2026, 2, day) for day in range(14, 23)}
"""Nine days without work, Saturday to Sunday."""


def works(day: date) -> bool:
    return day not in NEW_YEAR and day.weekday() < 5 and day != date(2026, 1, 12)


@pytest.mark.parametrize(
    ("when", "rule", "day_works", "days"),
    [
        (WeeklyList(), RestDayRule.SAME_DAY, every_day, ["01-05", "01-12", "01-19"]),
        (WeeklyList(Weekday.SUNDAY, 7), RestDayRule.SAME_DAY, works, ["01-04", "01-11", "01-18"]),
        (WeeklyList(), RestDayRule.WORKING_DAY_BEFORE, works, ["01-05", "01-13", "01-19"]),
        (WeeklyList(Weekday.SATURDAY), RestDayRule.WORKING_DAY_BEFORE, works, ["01-02", "01-09", "01-16"]),
    ],
)
def test_the_day_of_the_list(
    when: WeeklyList, rule: RestDayRule, day_works: WorkingDay, days: list[str]
) -> None:
    """The office's day and hour; on a working day of the same week where it wants that."""
    of = office(weekly_list=when, rest_day_rule=rule)
    planned = weekly(of, [tie(1, "2020")], START, datetime(2026, 1, 20, tzinfo=UTC), day_works)
    local = [post.at.astimezone(ZoneInfo("Asia/Taipei")) for post in planned]
    assert [f"{at:%m-%d}" for at in local] == days
    assert {at.hour for at in local} == {when.hour}
    assert {(post.subject, post.channel_id, post.occurrence.weekday()) for post in planned} == {
        (OF_OFFICE, DORMANCY, 0)
    }


def test_a_week_without_work_has_no_list() -> None:
    """It is not made up for together with the next one."""
    of = office(rest_day_rule=RestDayRule.WORKING_DAY_BEFORE)
    planned = weekly(of, [tie(1, "2020")], datetime(2026, 2, 8, tzinfo=UTC), END, works)
    assert [post.occurrence.isoformat() for post in planned] == ["2026-02-09", "2026-02-23"]


def test_there_is_no_list_without_anything_to_list() -> None:
    """Fresh ties, unknown ones and paused ones are none; a pause that is over is."""
    paused = (StatusChange(Status.PAUSED, PartialDate(2024), until=PartialDate(2026, 1, 15)),)
    asleep = tie(3, "2020", status=Status.PAUSED, history=paused)
    ties = [tie(1, "2025-12-01"), Tie(PARTNER, [act(2)])]
    assert weekly(office(), ties, START, END) == []
    assert weekly(office(), [tie(1, "2020")], START, END, muted={11: None}) == []
    found = [post.occurrence.isoformat() for post in weekly(office(), [*ties, asleep], START, END)]
    assert found[0] == "2026-01-19"


lists = st.builds(WeeklyList, st.sampled_from(Weekday), st.integers(0, 23))
starts = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(
    lists,
    st.sampled_from(RestDayRule),
    starts,
    st.timedeltas(timedelta(), timedelta(days=90)),
    st.floats(0, 1),
)
def test_one_a_week_whatever_the_window(
    when: WeeklyList, rule: RestDayRule, start: datetime, span: timedelta, share: float
) -> None:
    """Never two in a week; planned in two goes it is what it is in one, and the week is never left."""
    of, ties = office(weekly_list=when, rest_day_rule=rule), [tie(1, "1990")]
    middle, end = start + span * share, start + span
    planned = weekly(of, ties, start, middle, works) + weekly(of, ties, middle, end, works)
    assert planned == weekly(of, ties, start, end, works)
    assert len({post.occurrence for post in planned}) == len(planned)
    for post in planned:
        assert post.occurrence <= of.today(post.at) < post.occurrence + timedelta(days=7)
