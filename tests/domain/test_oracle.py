"""The planner against an oracle of python-dateutil's rules: any origin, zone, hour, lead, rule and window.

In haste with every run of the tests, and at length as a proof.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import available_timezones

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.anniversaries import LeapDayRule, age, next_anniversary
from bot.domain.dates import PartialDate
from bot.domain.leads import DEFAULT_LEADS, LONGEST_LEAD, MILESTONE_LEADS, ORDINARY_LEADS, Leads
from bot.domain.offices import Office, RestDayRule
from bot.domain.partnerships import Kind
from bot.domain.reminders import ReminderKind
from bot.domain.ties import Tie
from tests.domain import oracle
from tests.domain.builders import PARTNER, act, contact, office, posts

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
NAMED = {25, 30, 40, 50, 60, 70, 100}
NOBODY_RESTS: frozenset[date] = frozenset()

Moment = tuple[datetime, date, int]

AT_LENGTH = 3_000
"""How many examples the proof has of each property; a test has Hypothesis' hundred."""

at_length: list[Callable[[], None]] = []


def property_of(*made_up: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """A property to be checked in haste as a test, and at length as a part of the proof."""

    def decorate(check: Callable[..., None]) -> Callable[[], None]:
        at_length.append(settings(max_examples=AT_LENGTH)(given(*made_up)(check)))
        return given(*made_up)(check)

    return decorate


# What is made up -----------------------------------------------------------------------------------------------

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
leap_days = st.sampled_from([date(year, 2, 29) for year in range(1904, 2097, 4)])
year_ends = st.builds(date, st.integers(1900, 2100), st.just(12), st.integers(24, 31))
origins = st.one_of(days, leap_days, year_ends)
rules = st.sampled_from(LeapDayRule)
hours = st.integers(0, 23)
zones = st.sampled_from(ZONES)
some_leads = st.frozensets(st.integers(0, LONGEST_LEAD), max_size=4).map(
    lambda days: tuple(sorted(days)[::-1])
)
choices = st.one_of(st.just(DEFAULT_LEADS), st.builds(Leads, some_leads, some_leads))
"""How long before an office wants to be told: as it is at first, or of its own choice, none at all among them."""
usual = (*MILESTONE_LEADS, *ORDINARY_LEADS)
spans = st.timedeltas(timedelta(), timedelta(days=60))


@st.composite
def windows(draw: st.DrawFn, day: date, leads: tuple[int, ...] = usual) -> tuple[datetime, datetime]:
    """A span of time, mostly around what is told of a day in some year."""
    lead = draw(st.sampled_from(leads or usual))
    year, span = draw(st.integers(max(day.year, 1901), 2150)), draw(spans)
    told = datetime(year, day.month, min(day.day, 28), tzinfo=UTC) - timedelta(days=lead)
    start = told - draw(st.timedeltas(timedelta(days=-2), span))
    return start, start + span


def told(
    of: Office, tie: Tie, kind: ReminderKind, window: tuple[datetime, datetime], **more: Any
) -> list[Moment]:
    """What is planned of one kind: moments, the days that are marked, and leads."""
    return [(r.at, r.occurrence, r.lead_days) for r in posts(of, [tie], *window, **more) if r.kind is kind]


# Anniversaries -------------------------------------------------------------------------------------------------


def anniversaries_told(
    of: Office, origin: date, kind: Kind, window: tuple[datetime, datetime], holidays: frozenset[date]
) -> list[Moment]:
    """What the oracle says to that."""
    start, end = window
    latest: dict[tuple[datetime, date], int] = {}
    for marked in oracle.anniversaries(origin, of.leap_day_rule).between(
        start.replace(tzinfo=None) - timedelta(days=3),
        end.replace(tzinfo=None) + timedelta(days=LONGEST_LEAD + 70),
    ):
        years = marked.year - origin.year
        round_year = years in NAMED or years % 5 == 0
        if kind is not Kind.SISTER_CITY and not round_year:
            continue
        leads = of.leads.milestones if round_year and kind is Kind.SISTER_CITY else of.leads.others
        for lead in leads:
            day = marked.date() - timedelta(days=lead)
            if of.rest_day_rule is RestDayRule.WORKING_DAY_BEFORE:
                day = oracle.working_day_before(day, holidays)
            at = oracle.shown(day, of.posting_hour, of.zone)
            if start <= at < end:
                what = at, marked.date()
                latest[what] = min(lead, latest.get(what, lead))
    return sorted((at, marked, lead) for (at, marked), lead in latest.items())


SAMOA, KWAJALEIN = "Pacific/Apia", "Pacific/Kwajalein"


def around(day: str) -> tuple[datetime, datetime]:
    middle = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return middle - timedelta(days=3), middle + timedelta(days=3)


@property_of(st.data(), origins, zones, hours, rules, st.sampled_from([Kind.SISTER_CITY, Kind.MOU]))
def test_anniversaries(
    data: st.DataObject, origin: date, zone: str, hour: int, rule: LeapDayRule, kind: Kind
) -> None:
    """The same moments, days and leads as the oracle's."""
    leads = data.draw(choices)
    window = data.draw(windows(origin, leads.milestones + leads.others))
    check(office(zone, hour, leap_day_rule=rule, leads=leads), origin, kind, window)


def check(of: Office, origin: date, kind: Kind, window: tuple[datetime, datetime]) -> list[Moment]:
    tie = Tie(PARTNER, [act(signed=PartialDate.of(origin), kind=kind)])
    planned = told(of, tie, ReminderKind.ANNIVERSARY, window)
    assert sorted(planned) == anniversaries_told(of, origin, kind, window, NOBODY_RESTS)
    return planned


@pytest.mark.parametrize(
    ("zone", "hour", "origin", "rule", "moment"),
    [
        (SAMOA, 9, "1990-12-30", "feb_28", "2011-12-30T19:00"),  # a day that Samoa did not have: the one after
        (SAMOA, 9, "1990-12-29", "feb_28", "2011-12-29T19:00"),
        (SAMOA, 9, "1990-12-31", "feb_28", "2011-12-30T19:00"),
        (KWAJALEIN, 9, "1970-08-21", "feb_28", "1993-08-21T21:00"),
        ("America/New_York", 2, "1990-03-08", "feb_28", "2026-03-08T07:00"),  # three o'clock: there is no two
        ("America/New_York", 1, "1990-11-01", "feb_28", "2026-11-01T05:00"),  # the first of two
        ("Australia/Lord_Howe", 2, "1990-10-04", "feb_28", "2026-10-03T15:30"),  # a gap of half an hour
        ("Europe/Dublin", 1, "1990-03-29", "feb_28", "2026-03-29T01:00"),  # whose winter time is the odd one
        ("Asia/Taipei", 0, "1988-02-29", "feb_28", "2026-02-27T16:00"),
        ("Asia/Taipei", 0, "1988-02-29", "mar_1", "2026-02-28T16:00"),
        ("Asia/Taipei", 0, "1988-02-29", "mar_1", "2028-02-28T16:00"),
        ("Pacific/Kiritimati", 0, "1990-01-01", "feb_28", "2025-12-31T10:00"),
        ("Etc/GMT+12", 23, "1990-12-31", "feb_28", "2027-01-01T11:00"),
    ],
)  # fmt: skip
def test_days_that_are_known_to_be_hard(zone: str, hour: int, origin: str, rule: str, moment: str) -> None:
    """The planner and the oracle agree, and on what a person has reckoned."""
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    of = office(zone, hour, leap_day_rule=LeapDayRule(rule))
    planned = check(of, date.fromisoformat(origin), Kind.SISTER_CITY, around(moment))
    assert (at, 0) in [(when, lead) for when, _, lead in planned]


@property_of(st.data(), origins, zones, hours, rules)
def test_posts_on_working_days(
    data: st.DataObject, origin: date, zone: str, hour: int, rule: LeapDayRule
) -> None:
    """Where an office posts on working days, weekends and holidays push posts to the day before, and none are lost."""
    leads = data.draw(choices)
    start, end = data.draw(windows(origin, leads.milestones + leads.others))
    off = st.integers(0, (end - start).days + 10).map(
        lambda number: start.date() + timedelta(days=number - 5)
    )
    holidays = data.draw(st.frozensets(off, max_size=12))
    of = office(zone, hour, leap_day_rule=rule, leads=leads, rest_day_rule=RestDayRule.WORKING_DAY_BEFORE)
    tie = Tie(PARTNER, [act(signed=PartialDate.of(origin))])

    def works(day: date) -> bool:
        return day.weekday() < 5 and day not in holidays

    planned = told(of, tie, ReminderKind.ANNIVERSARY, (start, end), works=works)
    assert sorted(planned) == anniversaries_told(of, origin, Kind.SISTER_CITY, (start, end), holidays)


@property_of(origins, days, rules)
def test_the_next_anniversary_and_the_age(origin: date, today: date, rule: LeapDayRule) -> None:
    """The oracle's first from today on, and the number of those that have been."""
    assume(origin <= today)
    signed, midnight = PartialDate.of(origin), datetime(today.year, today.month, today.day)  # noqa: DTZ001
    every = oracle.anniversaries(origin, rule)
    coming = every.after(midnight, inc=True)
    assert coming is not None
    found = next_anniversary(signed, today, rule)
    assert (found.occurrence.exact(), found.years) == (coming.date(), coming.year - origin.year)
    assert age(signed, today, rule) == len(every.between(datetime(1900, 1, 1), midnight, inc=True))  # noqa: DTZ001


# Silences ------------------------------------------------------------------------------------------------------


@property_of(st.data(), days, st.integers(1, 60), zones, hours)
def test_silences(data: st.DataObject, last: date, cadence: int, zone: str, hour: int) -> None:
    """A tie turns cooling, dormant and stale on the days that the oracle says, at the hour that it says."""
    of, tie = office(zone, hour), Tie(PARTNER, [act(cadence_months=cadence)], contact(last))
    expected = [
        (oracle.shown(day, hour, zone), day, 0) for day in oracle.silences(last, cadence) if day.year < 2150
    ]
    start = data.draw(windows(last))[0]
    window = start, start + timedelta(days=cadence * 31)
    planned = told(of, tie, ReminderKind.DORMANCY, window)
    assert planned == sorted(each for each in expected if window[0] <= each[0] < window[1])


# At length -----------------------------------------------------------------------------------------------------


@pytest.mark.proof
@pytest.mark.parametrize("check", at_length, ids=lambda check: check.__name__)
def test_at_length(check: Callable[[], None]) -> None:
    """The same, three thousand times each."""
    check()
