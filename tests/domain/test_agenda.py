"""What stands in the lists of a month and of a year, and when planned exchanges are told of."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.agenda import Matter, of_month, of_year
from bot.domain.agreements import Commitment
from bot.domain.contacts import Contact
from bot.domain.dates import PartialDate
from bot.domain.decisions import Decided
from bot.domain.due_dates import Watched
from bot.domain.exchange_particulars import Decision
from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeStatus
from bot.domain.occasions.facts import Facts
from bot.domain.offices import Purpose, RestDayRule
from bot.domain.partnerships import Kind, Status
from bot.domain.reminders import OF_OFFICE, ReminderKind
from bot.domain.ties import Tie
from tests.domain.builders import HOME, PARTNER, THIRD, act, office, posts

DIGESTS, VISITS = 103, 104
CHANNELS = {Purpose.DIGESTS: DIGESTS, Purpose.VISITS: VISITS}


def exchange(number: int, day: str, **more: Any) -> Exchange:
    """One that is planned, of home and partner."""
    values: dict[str, Any] = {
        "kind": ExchangeKind.CULTURE, "mode": None, "status": ExchangeStatus.PLANNED, "level": None,
        "date": PartialDate.from_iso(day), "end_date": None, "starts_at": None, "title": "Concert",
        "title_zh": None, "topic": None, "summary": None, "people": None, "places": (HOME, PARTNER),
    }  # fmt: skip
    return Exchange(id=number, **values | more)


ACTS = [
    act(1, signed="1966-06-30"),  # sixty years
    act(2, signed="1975-06-02", parties=(HOME, THIRD)),
    act(3, signed="1986-06"),  # forty years, in June
    act(4, signed="1996"),  # thirty years, in 2026
    act(5, signed="2003"),
    act(6, signed="2016-06-05", kind=Kind.MOU),  # ten years
    act(7, signed="2015-06-05", kind=Kind.MOU),  # eleven: no milestone
    act(8, signed="1966-06-30", status=Status.ENDED),
    act(9, signed="2026-06-01"),  # the signing itself
    act(10, signed="1966-07-01"),
]
WATCHED = [
    Watched(act(11, review_on=PartialDate(2026, 6), expires_on=PartialDate(2026))),
    Watched(act(12), [Commitment("a library", due=PartialDate(2026, 6, 15)), Commitment("tea")]),
    Watched(act(13, status=Status.ENDED, review_on=PartialDate(2026, 6, 2))),
]
DECIDED = [
    Decided(exchange(23, "2026-05-01"), [Decision("a fair", due=PartialDate(2026, 6, 16)), Decision("tea")]),
    Decided(
        exchange(24, "2026-05-01"),
        [Decision("a choir", due=PartialDate(2026, 6, 16), done=PartialDate(2026, 6, 2))],
    ),
]
TERMS = [Contact(id=5, place=PARTNER, until=PartialDate(2026, 6, 20))]
PLANNED = [exchange(20, "2026-06-10"), exchange(21, "2026-07-10"), exchange(22, "2026-06")]


def facts(**more: Any) -> Facts:
    ties = [Tie(THIRD if THIRD in each.parties else PARTNER, [each]) for each in ACTS]
    return Facts(
        office(),
        own_ids=[HOME.id],
        ties=ties,
        watched=WATCHED,
        decided=DECIDED,
        terms=TERMS,
        planned=PLANNED,
        **more,
    )


def test_what_stands_in_the_list_of_a_month() -> None:
    """What has its day in it, in order; what is known by the month after that; nothing known by the year alone."""
    found = [(item.matter, item.record, item.on.iso()) for item in of_month(facts(), date(2026, 6, 1))]
    assert found == [
        (Matter.ANNIVERSARY, "P2", "2026-06-02"),
        (Matter.ANNIVERSARY, "P6", "2026-06-05"),
        (Matter.VISIT, "X20", "2026-06-10"),
        (Matter.PROMISE, "P12", "2026-06-15"),
        (Matter.DECISION, "X23", "2026-06-16"),
        (Matter.TERM, "C5", "2026-06-20"),
        (Matter.ANNIVERSARY, "P3", "2026-06"),
        (Matter.REVIEW, "P11", "2026-06"),
        (Matter.VISIT, "X22", "2026-06"),
        (Matter.ANNIVERSARY, "P1", "2026-06-30"),
    ]


def test_what_stands_in_the_list_of_a_year() -> None:
    """Milestones and ends; and whatever has no day, whether or not it is a milestone."""
    found = [(item.record, item.on.iso(), item.years) for item in of_year(facts(), date(2026, 1, 1))]
    assert found == [
        ("P6", "2026-06-05", 10),
        ("C5", "2026-06-20", None),
        ("P3", "2026-06", 40),
        ("P11", "2026-06", None),
        ("P1", "2026-06-30", 60),
        ("P10", "2026-07-01", 60),
        ("P4", "2026", 30),
        ("P5", "2026", 23),
        ("P11", "2026", None),
    ]


def test_what_is_done_or_muted_stands_in_no_list() -> None:
    """As it is not posted either."""
    done = {
        (ReminderKind.ANNIVERSARY, "P1", date(2026, 6, 30)),
        (ReminderKind.DECISION, "X23", date(2026, 6, 16)),
    }
    found = {item.record for item in of_month(facts(done=done, muted={THIRD.id: None}), date(2026, 6, 1))}
    assert {"P1", "P2", "X23"} & found == set()
    assert "P3" in found


def told(kind: ReminderKind, start: str, days: int, **more: Any) -> list[tuple[str, str, int]]:
    """When in Taipei something of this kind is posted, what it is about, and the lead."""
    begins = datetime.fromisoformat(start).replace(tzinfo=UTC) - timedelta(hours=8)
    of = office(channels=CHANNELS, **more.pop("of", {}))
    found = posts(of, [], begins, begins + timedelta(days=days), lambda day: day.weekday() < 5, **more)
    return [
        (f"{p.at + timedelta(hours=8):%Y-%m-%d %H:%M}", p.subject, p.lead_days)
        for p in found
        if p.kind is kind
    ]


@pytest.mark.parametrize(
    ("rule", "months", "years"),
    [
        (RestDayRule.SAME_DAY, ["2026-01-01 09:00", "2026-02-01 09:00"], ["2026-01-01 09:00"]),
        (RestDayRule.WORKING_DAY_BEFORE, ["2026-01-01 09:00", "2026-02-02 09:00"], ["2026-01-01 09:00"]),
    ],
)
def test_when_the_lists_are_posted(rule: RestDayRule, months: list[str], years: list[str]) -> None:
    """On the first, or the working day after: nothing of it has happened before that."""
    rest = {"rest_day_rule": rule}
    assert told(ReminderKind.THIS_MONTH, "2026-01-01", 40, of=rest) == [(at, OF_OFFICE, 0) for at in months]
    assert told(ReminderKind.THIS_YEAR, "2026-01-01", 40, of=rest) == [(at, OF_OFFICE, 0) for at in years]


def test_when_a_planned_exchange_is_told_of() -> None:
    """The day before at the posting hour, and an hour before it begins, whatever hour that is."""
    evening = exchange(30, "2026-06-10", starts_at=datetime(2026, 6, 10, 10, 30, tzinfo=UTC))
    some = [evening, exchange(31, "2026-06-11"), exchange(32, "2026-06"), exchange(33, "2026")]
    assert told(ReminderKind.VISIT, "2026-06-01", 60, planned=some) == [
        ("2026-06-09 09:00", "X30", 1),
        ("2026-06-10 09:00", "X31", 1),
        ("2026-06-10 17:30", "X30", 0),
    ]


def test_when_it_is_asked_whether_it_took_place() -> None:
    """The day after its last day, and a week after it: not while it may still come."""
    some = [exchange(30, "2026-06-10", end_date=PartialDate(2026, 6, 12)), exchange(31, "2026-06")]
    assert told(ReminderKind.UNCONFIRMED, "2026-06-01", 60, planned=some) == [
        ("2026-06-13 09:00", "X30", -1),
        ("2026-06-19 09:00", "X30", -7),
        ("2026-07-01 09:00", "X31", -1),
        ("2026-07-07 09:00", "X31", -7),
    ]


def test_when_a_decision_is_told_of() -> None:
    """As a promise is: thirty days before, and on the first day on which it is overdue; not once it is done."""
    day, month = PartialDate(2026, 6, 12), PartialDate(2026, 7)
    some = [
        Decided(
            exchange(30, "2026-05-01"), [Decision("a fair", due=day), Decision("a choir", due=day, done=day)]
        ),
        Decided(exchange(31, "2026-05-01"), [Decision("tea", due=month), Decision("a library")]),
    ]
    of = {"channels": {Purpose.DORMANCY: DIGESTS}}
    expected = [
        ("2026-05-13 09:00", "X30", 30),
        ("2026-06-01 09:00", "X31", 30),
        ("2026-06-13 09:00", "X30", 0),
        ("2026-08-01 09:00", "X31", 0),
    ]
    begins = datetime(2026, 4, 30, 16, tzinfo=UTC)
    found = posts(office(**of), [], begins, begins + timedelta(days=120), decided=some)
    assert [
        (f"{p.at + timedelta(hours=8):%Y-%m-%d %H:%M}", p.subject, p.lead_days) for p in found
    ] == expected
    muted = posts(
        office(**of), [], begins, begins + timedelta(days=120), decided=some, muted={PARTNER.id: None}
    )
    assert muted == []
