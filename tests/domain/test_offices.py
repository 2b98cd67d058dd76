"""An office's day and its posting hour, through daylight saving and a day that never was."""

import contextlib
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadInput
from bot.domain.offices import read_hour, read_zone, wall_moment
from tests.domain.builders import office


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "hour", "expected"),
    [
        ("Asia/Taipei", date(2026, 11, 20), 9, "2026-11-20 01:00"),
        ("Asia/Kathmandu", date(2026, 11, 20), 9, "2026-11-20 03:15"),
        (
            "Asia/Kathmandu",
            date(1986, 1, 1),
            0,
            "1985-12-31 18:30",
        ),  # quarter past midnight was the first minute
        ("Europe/Berlin", date(2026, 3, 28), 9, "2026-03-28 08:00"),
        ("Europe/Berlin", date(2026, 3, 29), 9, "2026-03-29 07:00"),
        (
            "Europe/Berlin",
            date(2026, 3, 29),
            2,
            "2026-03-29 01:00",
        ),  # 02:00 is skipped: 03:00, just after the gap
        ("Europe/Berlin", date(2026, 10, 25), 2, "2026-10-25 00:00"),  # 02:00 comes twice: the first
        ("Europe/Berlin", date(2026, 10, 25), 3, "2026-10-25 02:00"),
        ("America/New_York", date(2026, 3, 8), 2, "2026-03-08 07:00"),
        ("America/New_York", date(2026, 3, 8), 9, "2026-03-08 13:00"),
        ("America/New_York", date(2026, 11, 1), 1, "2026-11-01 05:00"),
        ("America/New_York", date(2026, 11, 1), 9, "2026-11-01 14:00"),
        ("Pacific/Apia", date(2011, 12, 29), 9, "2011-12-29 19:00"),
        ("Pacific/Apia", date(2011, 12, 30), 9, "2011-12-30 19:00"),  # a day that Samoa never had
        ("Pacific/Apia", date(2011, 12, 31), 9, "2011-12-30 19:00"),
        ("Pacific/Apia", date(2012, 1, 1), 9, "2011-12-31 19:00"),
        ("Pacific/Kiritimati", date(2026, 1, 1), 0, "2025-12-31 10:00"),
    ],
)
def test_when_clocks_show_the_hour(zone: str, day: date, hour: int, expected: str) -> None:
    """Gaps are read with the offset before them, hours that come twice are the first."""
    assert wall_moment(day, time(hour), zone) == utc(expected)
    assert office(zone, hour).posting_moment(day) == utc(expected)


ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Australia/Lord_Howe",
    "Asia/Taipei",
)


@given(st.sampled_from(ZONES), st.dates(date(1950, 1, 1), date(2060, 12, 31)), st.integers(0, 23))
def test_clocks_there_show_the_hour_or_the_gap_has_just_ended(zone: str, day: date, hour: int) -> None:
    """Seen from there it is the hour asked for, or within a day after it where there was no such hour."""
    there = wall_moment(day, time(hour), zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    asked = datetime.combine(day, time(hour))
    assert there == asked or timedelta() < there - asked <= timedelta(days=1)


@pytest.mark.parametrize(
    ("zone", "now", "day"),
    [
        ("Asia/Taipei", "2026-11-19 16:00", date(2026, 11, 20)),
        ("Asia/Taipei", "2026-11-19 15:59", date(2026, 11, 19)),
        ("America/New_York", "2026-11-20 04:59", date(2026, 11, 19)),
        ("America/New_York", "2026-11-20 05:00", date(2026, 11, 20)),
        ("Pacific/Kiritimati", "2026-11-20 10:00", date(2026, 11, 21)),
    ],
)
def test_an_office_has_its_own_day(zone: str, now: str, day: date) -> None:
    """Today is what the office's calendar shows, not the server's."""
    assert office(zone).today(utc(now)) == day


# What people type -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Asia/Taipei", "Asia/Taipei"),
        (" asia/taipei ", "Asia/Taipei"),
        ("Ａｓｉａ／Ｔａｉｐｅｉ", "Asia/Taipei"),
        ("america/new york", "America/New_York"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("utc", "UTC"),
    ],
)
def test_names_of_time_zones(typed: str, zone: str) -> None:
    """Case, width and underscores do not matter."""
    assert read_zone(typed) == zone


NO_ZONES = ("台北", "Taipei", "UTC+8", "+08:00", "GMT+8", "Etc/GMT+8", "EST", "CST6CDT", "posixrules", "🌏")


@pytest.mark.parametrize("typed", NO_ZONES)
def test_what_is_no_name_of_a_time_zone(typed: str) -> None:
    """Cities, offsets and abbreviations: refused with an example, that of the place if there is one."""
    with pytest.raises(BadInput, match=r"office\.zone_unreadable") as refused:
        read_zone(typed, "Europe/Prague")
    assert refused.value.values["example"] == "Europe/Prague"
    with pytest.raises(BadInput) as refused:
        read_zone(typed)
    assert refused.value.values["example"] == "Asia/Taipei"


def test_no_time_zone_at_all() -> None:
    """Nothing but spaces is asked for in other words."""
    with pytest.raises(BadInput, match=r"office\.zone_missing"):
        read_zone("  ")


@pytest.mark.parametrize(
    ("typed", "hour"),
    [("0", 0), ("9", 9), ("09", 9), ("23", 23), ("9:00", 9), ("９", 9), ("9點", 9), ("18 時", 18)],
)
def test_hours(typed: str, hour: int) -> None:
    """As clocks show them."""
    assert read_hour(typed) == hour


@pytest.mark.parametrize("typed", ["", "24", "-1", "9:30", "noon", "1e1", "٩", "9 9", "99999999999999999999"])
def test_what_is_no_hour(typed: str) -> None:
    """Refused, whatever it is."""
    with pytest.raises(BadInput, match=r"office\.hour_unreadable"):
        read_hour(typed)


@given(st.text(max_size=40))
def test_any_text_is_a_zone_an_hour_or_refused(typed: str) -> None:
    """Nothing else ever happens."""
    for read in (read_zone, read_hour):
        with contextlib.suppress(BadInput):
            read(typed)
