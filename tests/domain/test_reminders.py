"""The planner against a plain oracle: for every day of the window, is anything to be posted?"""

import calendar
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.anniversaries import LeapDayRule
from bot.domain.dates import PartialDate
from bot.domain.leads import Leads
from bot.domain.offices import Office, Purpose
from bot.domain.partnerships import Kind, Partnership, Status
from bot.domain.reminders import Reminder, ReminderKind
from bot.domain.ties import Tie
from tests.domain.builders import ANNIVERSARIES, DORMANCY, HOME, PARTNER, THIRD, act, contact, office, posts

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
ROUND = {25, 30, 40, 50, 60, 70, 100}


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def moments(reminders: list[Reminder]) -> list[tuple[datetime, date, int]]:
    return [(r.at, r.occurrence, r.lead_days) for r in reminders]


# The oracle --------------------------------------------------------------------------------------


def wall_clock(day: date, hour: int, zone: str) -> datetime:
    """The first moment at which clocks there show the hour; in a gap, by the offset of two days before."""
    naive = datetime.combine(day, time(hour))
    there = ZoneInfo(zone)

    def offset(moment: datetime) -> timedelta:
        return moment.replace(tzinfo=UTC).astimezone(there).utcoffset() or timedelta()

    offsets = {offset(naive + timedelta(hours=hours)) for hours in range(-48, 49, 3)}
    fitting = [naive - o for o in offsets if offset(naive - o) == o]
    return min(fitting, default=naive - offset(naive - timedelta(days=2))).replace(tzinfo=UTC)


def is_anniversary(origin: date, day: date, rule: LeapDayRule) -> bool:
    if day.year <= origin.year:
        return False
    if (origin.month, origin.day) == (2, 29) and not calendar.isleap(day.year):
        return (day.month, day.day) == ((2, 28) if rule is LeapDayRule.FEB_28 else (3, 1))
    return (day.month, day.day) == (origin.month, origin.day)


def expected(
    office: Office, origin: date, start: datetime, end: datetime
) -> Iterator[tuple[datetime, date, int]]:
    """Every day of the window and a little more, every lead, one question: is that day an anniversary?"""
    for number in range((end - start).days + 5):
        day = start.date() + timedelta(days=number - 2)
        at = wall_clock(day, office.posting_hour, office.zone)
        if not start <= at < end:
            continue
        for lead in {*office.leads.milestones, *office.leads.others}:
            marked = day + timedelta(days=lead)
            if is_anniversary(origin, marked, office.leap_day_rule):
                years = marked.year - origin.year
                is_milestone = years in ROUND or years % 5 == 0
                if lead in (office.leads.milestones if is_milestone else office.leads.others):
                    yield at, marked, lead


origins = st.one_of(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.sampled_from([date(y, 2, 29) for y in range(1904, 2097, 4)]),
)
some_leads = st.lists(st.integers(0, 366), max_size=4, unique=True).map(tuple)
offices = st.builds(
    office,
    zone=st.sampled_from(ZONES),
    posting_hour=st.integers(0, 23),
    leap_day_rule=st.sampled_from(LeapDayRule),
    leads=st.just(Leads()) | st.builds(Leads, some_leads, some_leads),
)
starts = st.datetimes(datetime(1950, 1, 1), datetime(2120, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
spans = st.timedeltas(timedelta(), timedelta(days=120))


@given(offices, origins, starts, spans)
def test_the_plan_is_that_of_the_oracle(
    office: Office, origin: date, start: datetime, span: timedelta
) -> None:
    """The same moments, occurrences and leads, for any origin, zone, hour, rule and window."""
    tie = Tie(PARTNER, [act(signed=PartialDate.of(origin))])
    planned = moments(posts(office, [tie], start, start + span))
    assert planned == sorted(planned, key=lambda post: post[0])
    assert sorted(planned) == sorted(expected(office, origin, start, start + span))


@given(offices, origins, starts, spans, spans)
def test_windows_that_adjoin_lose_and_repeat_nothing(
    office: Office, origin: date, start: datetime, first: timedelta, second: timedelta
) -> None:
    """Planning twice in a row gives what planning once would have given."""
    ties = [Tie(PARTNER, [act(signed=PartialDate.of(origin))], contact(start.date() - timedelta(days=300)))]
    middle, end = start + first, start + first + second
    apart = posts(office, ties, start, middle) + posts(office, ties, middle, end)
    assert apart == posts(office, ties, start, end)
    assert len({reminder.nonce for reminder in apart}) == len(apart)


# What is planned ---------------------------------------------------------------------------------

YEAR = (utc("2026-01-01"), utc("2027-01-01"))


@pytest.mark.parametrize(
    ("signed", "days"),
    [
        (  # 40 years: a milestone, from half a year ahead
            "1986-09-15",
            ["2026-03-19", "2026-06-17", "2026-08-16", "2026-09-08", "2026-09-15"],
        ),
        ("1987-09-15", ["2026-08-16", "2026-09-08", "2026-09-15"]),
        ("2025-09-15", ["2026-08-16", "2026-09-08", "2026-09-15"]),
        ("2026-01-15", ["2026-12-16"]),  # the signing is none; its first comes in 2027
        ("1980-02-29", ["2026-01-29", "2026-02-21", "2026-02-28"]),
        ("1986-09", ["2026-08-01"]),  # of a month: once, a month ahead
        ("1987-01", ["2026-12-01"]),
        ("1986", []),
        (None, []),
    ],
)
def test_the_posts_of_a_year(signed: str | None, days: list[str]) -> None:
    """Leads of ordinary and milestone years; what has no day is never on a day."""
    planned = posts(office(), [Tie(PARTNER, [act(signed=signed)])], *YEAR)
    assert [str((r.at + timedelta(hours=8)).date()) for r in planned] == days
    assert {(r.channel_id, r.kind) for r in planned} <= {(ANNIVERSARIES, ReminderKind.ANNIVERSARY)}


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.ACTIVE, Status.UNKNOWN)])
def test_what_is_not_in_force_is_not_announced(status: Status) -> None:
    """Neither its anniversary nor its silence."""
    tie = Tie(PARTNER, [act(signed="1987-09-15", status=status)], contact("2025-06-01"))
    assert posts(office(), [tie], *YEAR) == []


def test_an_act_of_three_parties_is_announced_once() -> None:
    """It belongs to two ties, and still has one anniversary."""
    three = act(signed="1987-09-15", parties=(HOME, PARTNER, THIRD))
    once = posts(office(), [Tie(PARTNER, [three])], *YEAR)
    assert posts(office(), [Tie(PARTNER, [three]), Tie(THIRD, [three])], *YEAR) == once
    assert len(once) == 3


@pytest.mark.parametrize(
    ("acts", "last", "crossings"),
    [
        ([act()], "2025-03-10", {"2026-03-11"}),
        ([act()], "2024-03-10", {"2026-03-11"}),  # dormant at last
        ([act()], "2022-03-10", {"2026-03-11"}),  # stale
        ([act()], "2025", set()),  # read as its end: cooling from 2027
        ([act()], "2024", {"2026-01-01"}),
        ([act()], "2024-12", {"2026-01-01"}),
        ([act(kind=Kind.MOU), act(2, kind=Kind.SISTER_CITY)], "2025-03-10", {"2026-03-11"}),
        ([act(status=Status.PAUSED), act(2, kind=Kind.FRIENDSHIP_CITY)], "2024-09-10", {"2026-03-11"}),
        ([act(kind=Kind.MOU)], "2024-03-10", set()),  # of memoranda alone, silence is not told
        ([act(status=Status.PAUSED), act(2, kind=Kind.MOU)], "2024-03-10", set()),
        ([act()], None, set()),
    ],
)
def test_the_days_on_which_silence_is_told(
    acts: list[Partnership], last: str | None, crossings: set[str]
) -> None:
    """On the first day of a state, by the strictest cadence in force; nothing where nothing is on record."""
    tie = Tie(PARTNER, acts, contact(last) if last else None)
    planned = posts(office(), [tie], *YEAR)
    assert {str(r.occurrence) for r in planned} == crossings
    assert {(r.channel_id, r.kind, r.lead_days) for r in planned} <= {(DORMANCY, ReminderKind.DORMANCY, 0)}
    assert all(r.at == office().posting_moment(r.occurrence) for r in planned)


@pytest.mark.parametrize("missing", [Purpose.ANNIVERSARIES, Purpose.DORMANCY])
def test_a_purpose_without_a_channel_is_not_planned(missing: Purpose) -> None:
    """An office that wants no silence told still has its anniversaries, and the other way round."""
    full = office()
    one = replace(full, channels={p: c for p, c in full.channels.items() if p is not missing})
    tie = Tie(PARTNER, [act(signed="1987-09-15")], contact("2025-03-10"))
    everything = posts(full, [tie], *YEAR)
    kept = [r for r in everything if r.channel_id != full.channels[missing]]
    assert posts(one, [tie], *YEAR) == kept != everything


@pytest.mark.parametrize(
    ("zone", "hour", "signed", "start", "occurrence", "lead"),
    [
        (
            "America/New_York",
            20,
            "1988-12-31",
            "2027-01-01",
            date(2026, 12, 31),
            0,
        ),  # still the old year there
        ("Pacific/Kiritimati", 0, "1988-01-01", "2026-12-31", date(2027, 1, 1), 0),  # the new one already
        ("Asia/Taipei", 9, "1987-06-20", "2026-12-22", date(2027, 6, 20), 180),
        ("Asia/Taipei", 9, "1988-01-15", "2026-12-16", date(2027, 1, 15), 30),
    ],
)
def test_posts_around_new_year(
    zone: str, hour: int, signed: str, start: str, occurrence: date, lead: int
) -> None:
    """The year of the post, of the day that is marked and of the clock in London need not be one."""
    planned = posts(
        office(zone, hour), [Tie(PARTNER, [act(signed=signed)])], utc(start), utc(start) + timedelta(days=1)
    )
    assert [(r.occurrence, r.lead_days) for r in planned] == [(occurrence, lead)]


def test_the_window_has_its_start_and_not_its_end() -> None:
    """A post at the very moment of the end belongs to the next window."""
    ties = [Tie(PARTNER, [act(signed="1987-09-15")])]
    moment = utc("2026-09-15 01:00")
    assert moments(posts(office(), ties, moment, moment + timedelta(seconds=1))) == [
        (moment, date(2026, 9, 15), 0)
    ]
    assert posts(office(), ties, moment - timedelta(days=1), moment) == []
    assert posts(office(), ties, moment, moment) == []


# Nonces ------------------------------------------------------------------------------------------

POST = Reminder(7, ReminderKind.ANNIVERSARY, "P12", date(2026, 9, 15), 30, 101, utc("2026-08-16 01:00"))


def test_a_nonce_is_short_and_stays_the_same() -> None:
    """Discord takes 25 characters; a release must not change them, or posts in flight would come twice."""
    assert POST.nonce == "PI2EDMONAV7YNN56OX5SDQCS"
    assert len(POST.nonce) <= 25
    assert replace(POST, at=POST.at + timedelta(hours=1)).nonce == POST.nonce


@pytest.mark.parametrize(
    "other",
    [
        replace(POST, office_id=8),
        replace(POST, kind=ReminderKind.DORMANCY),
        replace(POST, subject="P1"),
        replace(POST, occurrence=date(2027, 9, 15)),
        replace(POST, lead_days=7),
        replace(POST, channel_id=102),
        replace(POST, office_id=71, subject="P2"),
    ],
)
def test_another_post_has_another_nonce(other: Reminder) -> None:
    """Each part of its identity counts."""
    assert other.nonce != POST.nonce
