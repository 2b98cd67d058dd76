"""When places can meet: against a search of every quarter of an hour that asks the clocks alone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.offices import every_day
from bot.domain.places import Level, Place
from bot.domain.slots import CLOSES, OPENS, Side, propose

ZONES = (
    "Asia/Taipei", "America/Los_Angeles", "Europe/Prague", "Pacific/Auckland", "Asia/Kathmandu", "Australia/Lord_Howe",
)  # fmt: skip


def side(zone: str, number: int = 1, works: object = every_day) -> Side:
    place = Place(number, zone.lower(), zone, None, Level.CITY, None, zone=zone)
    return Side(place, zone, works)  # type: ignore[arg-type]


def weekdays(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("zones", "minutes", "first", "outside"),
    [
        (("Asia/Taipei", "Asia/Tokyo"), 60, "2026-11-23 09:00", 0),
        (("Asia/Taipei", "Europe/Prague"), 60, "2026-11-23 16:00", 0),
        (("Asia/Taipei", "America/Los_Angeles"), 60, "2026-11-23 09:00", 0),
        (("Asia/Taipei", "America/New_York"), 60, "2026-11-23 07:30", 180),
    ],
)
def test_where_office_hours_meet(zones: tuple[str, ...], minutes: int, first: str, outside: int) -> None:
    """Taipei and Prague meet late in the day, with Seattle at 9:00, which is 17:00 there; the rest is shared."""
    slots = propose([side(zone, n) for n, zone in enumerate(zones)], date(2026, 11, 23), 1, minutes, 5)
    (slot,) = slots
    assert f"{slot.at.astimezone(ZoneInfo(zones[0])):%Y-%m-%d %H:%M}" == first
    assert slot.outside == outside


def test_summer_time_on_one_side_only() -> None:
    """Prague sets its clocks back on 25 October 2026: office hours meet an hour later in Taipei from then on."""
    sides = [side("Asia/Taipei", 1, weekdays), side("Europe/Prague", 2, weekdays)]
    slots = propose(sides, date(2026, 10, 22), 6, 60, 9)
    assert [f"{s.at.astimezone(ZoneInfo('Asia/Taipei')):%m-%d %H:%M}" for s in slots] == [
        "10-22 15:00", "10-23 15:00", "10-26 16:00", "10-27 16:00",
    ]  # fmt: skip


def test_a_rest_day_of_any_side_is_kept_free() -> None:
    """Monday morning in Taipei is Sunday in Seattle: nobody is asked to come."""
    sides = [side("Asia/Taipei", 1, weekdays), side("America/Los_Angeles", 2, weekdays)]
    for slot in propose(sides, date(2026, 11, 20), 28, 60, 28):
        assert all(weekdays(slot.at_clock_of(each).date()) for each in sides)
    assert propose([side("Asia/Taipei", 1, lambda day: False)], date(2026, 11, 20), 28, 60, 5) == []


@settings(max_examples=40, deadline=None)
@given(
    zones=st.lists(st.sampled_from(ZONES), min_size=1, max_size=3, unique=True),
    first=st.dates(date(2026, 1, 1), date(2027, 12, 1)),
    minutes=st.sampled_from([15, 60, 90, 480]),
)
def test_nothing_better_is_overlooked(zones: list[str], first: date, minutes: int) -> None:
    """The first of the day asks no more of people than the best that asking every clock finds."""
    sides = [side(zone, number) for number, zone in enumerate(zones)]
    (slot,) = propose(sides, first, 1, minutes, 1)
    assert slot.outside == _closed(slot.at, zones, minutes)
    midnight = datetime.combine(first, time(), ZoneInfo(zones[0])).astimezone(UTC)
    hours = (midnight + timedelta(minutes=30) * n for n in range(46))
    there = [at for at in hours if at.astimezone(ZoneInfo(zones[0])).date() == first]
    assert slot.outside == min(_closed(at, zones, minutes) for at in there)


def _closed(at: datetime, zones: list[str], minutes: int) -> int:
    """How long one waits from the beginning to the opening, or has waited at the end since it closed, step by step."""
    return sum(_waits(at, ZoneInfo(zone), minutes) for zone in zones)


def _waits(at: datetime, zone: ZoneInfo, minutes: int) -> int:
    day, step, waited = at.astimezone(zone).date(), timedelta(minutes=15), 0
    moment = at
    while moment.astimezone(zone).date() == day and moment.astimezone(zone).time() < OPENS:
        moment += step
        waited += 15
    end, over = at + timedelta(minutes=minutes), 0
    while end.astimezone(zone).date() > day or end.astimezone(zone).time() > CLOSES:
        end -= step
        over += 15
    return max(waited, over)
