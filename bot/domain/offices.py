"""Offices: the international-affairs team of a place, its server and its rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.access import Viewer
from bot.domain.anniversaries import DEFAULT_LEAP_DAY_RULE, LeapDayRule
from bot.domain.places import Place

LANGUAGES = ("en", "zh-TW")
"""The languages that texts exist in, as Discord and BCP 47 write them; the first is the fallback."""

DEFAULT_POSTING_HOUR = 9


class Purpose(StrEnum):
    """What a channel of an office is for."""

    ANNIVERSARIES = "anniversaries"
    DORMANCY = "dormancy"
    DIGESTS = "digests"
    VISITS = "visits"


@dataclass(frozen=True, slots=True)
class Office:
    """An office. `guild_id` is None until a server is tied to it; `since` (UTC) is when it was."""

    id: int
    place: Place
    guild_id: int | None
    language: str
    zone: str
    posting_hour: int = DEFAULT_POSTING_HOUR
    leap_day_rule: LeapDayRule = DEFAULT_LEAP_DAY_RULE
    channels: Mapping[Purpose, int] = field(default_factory=dict)
    since: datetime | None = None

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.id)

    def today(self, now: datetime) -> date:
        """The office's own day at `now` (aware)."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def posting_moment(self, day: date) -> datetime:
        """When the office's posts of `day` go out, in UTC."""
        return wall_moment(day, time(self.posting_hour), self.zone)


def wall_moment(day: date, at: time, zone: str) -> datetime:
    """The UTC moment at which clocks in `zone` show `at` on `day`.

    An hour that daylight saving skips is read with the offset before the change, so it falls just after the gap;
    one that comes twice is its first.
    """
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
