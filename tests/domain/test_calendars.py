"""What goes into the calendar: exact days only, once each, by the office's rule for 29 February."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.agreements import Commitment
from bot.domain.anniversaries import LeapDayRule
from bot.domain.calendars import DayKind, Source, days_of, decision_days, next_milestone
from bot.domain.dates import PartialDate
from bot.domain.decisions import Decided
from bot.domain.exchange_particulars import Decision
from tests.domain.builders import HOME, PARTNER, act
from tests.domain.test_agenda import exchange

TODAY = date(2026, 11, 20)


def source(signed: str | None, *commitments: Commitment, **more: object) -> Source:
    return Source(act(signed=signed, **more), (PARTNER,), commitments)


def test_an_exact_anniversary_returns_every_year() -> None:
    """From the next one on; today counts."""
    for signed, first in (("1966-06-30", date(2027, 6, 30)), ("1990-11-20", TODAY)):
        (day,), left_out = days_of([source(signed)], TODAY, LeapDayRule.FEB_28)
        assert (day.kind, day.day, day.yearly, day.years) == (DayKind.ANNIVERSARY, first, True, None)
        assert left_out == []


@pytest.mark.parametrize(("rule", "common"), [(LeapDayRule.FEB_28, (2, 28)), (LeapDayRule.MAR_1, (3, 1))])
def test_a_leap_day_is_given_for_ten_years(rule: LeapDayRule, common: tuple[int, int]) -> None:
    """Day by day as the office has it, each with its years, under ten different ids that stay the same."""
    days, _ = days_of([source("2004-02-29")], TODAY, rule)
    leap = {2028, 2032, 2036}
    expected = [date(year, *((2, 29) if year in leap else common)) for year in range(2027, 2037)]
    assert [each.day for each in days] == expected
    assert [each.years for each in days] == list(range(23, 33))
    assert not any(each.yearly for each in days)
    later, _ = days_of([source("2004-02-29")], date(2027, 11, 20), rule)
    assert {each.key for each in later} & {each.key for each in days} == {each.key for each in days[1:]}
    assert len({each.key for each in days}) == 10


@pytest.mark.parametrize("signed", ["1991", "1991-05", None])
def test_no_day_is_invented(signed: str | None) -> None:
    """A year, a month, and nothing are left out, and named."""
    days, (left,) = days_of([source(signed)], TODAY, LeapDayRule.FEB_28)
    assert days == []
    assert (left.kind, left.record) == (DayKind.ANNIVERSARY, "P1")


def test_what_is_due() -> None:
    """Review, expiry and open promises with a day; what is done is over, and what has only a month is named."""
    due = PartialDate(2027, 3, 1)
    promises = (
        Commitment("a visit", due=due),
        Commitment("a report", due=due, done=PartialDate(2026)),
        Commitment("a garden", due=PartialDate(2027, 5)),
        Commitment("no date"),
        Commitment("a visit", due=PartialDate(2028, 3, 1)),
    )
    made = source("1990", *promises, review_on=PartialDate(2027, 1, 2), expires_on=PartialDate(2030, 12, 31))
    days, left_out = days_of([made], TODAY, LeapDayRule.FEB_28)
    assert [(each.kind.value, each.day.isoformat()) for each in days] == [
        ("review", "2027-01-02"),
        ("promise", "2027-03-01"),
        ("promise", "2028-03-01"),
        ("expiry", "2030-12-31"),
    ]
    assert [(each.kind.value, str(each.date)) for each in left_out] == [
        ("anniversary", "1990"),
        ("promise", "2027-05"),
    ]
    assert len({each.key for each in days}) == 4


def test_a_promise_keeps_its_id_when_others_go() -> None:
    """Its place among the others does not matter."""
    due = PartialDate(2027, 3, 1)
    first, second = Commitment("a visit", due=due), Commitment("a report", due=due)
    both, _ = days_of([source(None, first, second)], TODAY, LeapDayRule.FEB_28)
    alone, _ = days_of([source(None, second)], TODAY, LeapDayRule.FEB_28)
    assert alone[0].key in {each.key for each in both}


def test_what_was_decided() -> None:
    """As of promises: what is open and has a day; ids stay when others go, and when one is done."""
    due = PartialDate(2027, 3, 1)
    fair, tea = Decision("a fair", due=due), Decision("tea", due=PartialDate(2027, 5))
    again = Decision("a fair", due=PartialDate(2027, 2, 1))
    days, left_out = decision_days(
        [Decided(exchange(7, "2026-11-12"), [fair, tea, again, Decision("x")])], [HOME.id]
    )
    assert [(each.day.isoformat(), each.decision, each.partners) for each in days] == [
        ("2027-02-01", again, [PARTNER]),
        ("2027-03-01", fair, [PARTNER]),
    ]
    assert [(each.kind, each.record, str(each.date)) for each in left_out] == [
        (DayKind.DECISION, "X7", "2027-05")
    ]
    done = replace(fair, done=due)
    (alone,), _ = decision_days([Decided(exchange(7, "2026-11-12"), [done, again])], [HOME.id])
    assert alone.key == days[0].key != days[1].key


@pytest.mark.parametrize(
    ("signed", "first", "year", "years"),
    [
        ("1991", 2026, 2031, 40),
        ("1966-06-30", 2026, 2026, 60),
        ("1966-06-30", 2027, 2036, 70),
        ("1900", 2026, 2026, 126),
    ],
)
def test_the_next_jubilee(signed: str, first: int, year: int, years: int) -> None:
    """The next year with a name, this one too; past the centenary there is none, and the year is just told."""
    found = next_milestone(PartialDate.from_iso(signed), first)
    assert (found.occurrence.year, found.years) == (year, years)
