"""Offices: the international-affairs team of a place, its server and its rules."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.access import DEFAULT_EVERYONE, Role, Standing, Viewer
from bot.domain.anniversaries import DEFAULT_LEAP_DAY_RULE, LeapDayRule
from bot.domain.errors import BadInput
from bot.domain.health import Weights
from bot.domain.kind_rules import KindRule
from bot.domain.leads import DEFAULT_LEADS, Leads
from bot.domain.partnerships import Kind
from bot.domain.places import Place
from bot.domain.saving_rules import DEFAULT_SAVINGS, SavingRules

LANGUAGES = ("en", "zh-TW")
"""The languages that texts exist in, as Discord and BCP 47 write them; the first is the fallback."""

DEFAULT_POSTING_HOUR = 9


INVITATION_KEPT = timedelta(days=14)
"""How long the code with which a server may take an office is good."""

SLEEP_KEPT = timedelta(days=90)
"""How long an office whose server has removed the bot keeps its own records; then they are erased."""


class RestDayRule(StrEnum):
    """When something is posted whose day is a weekend or a public holiday."""

    SAME_DAY = "same_day"
    WORKING_DAY_BEFORE = "working_day_before"


DEFAULT_REST_DAY_RULE = RestDayRule.SAME_DAY


class Weekday(StrEnum):
    """Days of the week, in the order of ISO 8601."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def offset(self) -> int:
        """Days after Monday."""
        return list(Weekday).index(self)


@dataclass(frozen=True, slots=True)
class WeeklyList:
    """When an office is told once a week which ties are quiet: on Monday morning, so that the week can deal with it.

    `hour` is that of its own clocks.
    """

    day: Weekday = Weekday.MONDAY
    hour: int = DEFAULT_POSTING_HOUR


WorkingDay = Callable[[date], bool]
"""Whether people work on a day, at the place of an office."""

LONGEST_REST = timedelta(days=30)
"""How far back a working day is looked for; where there is none, the day stays."""


def every_day(_: date) -> bool:
    """No day is a rest day."""
    return True


class Purpose(StrEnum):
    """What a channel of an office is for."""

    ANNIVERSARIES = "anniversaries"
    DORMANCY = "dormancy"
    DIGESTS = "digests"
    VISITS = "visits"


@dataclass(frozen=True, slots=True)
class Posting:
    """In what language and when an office posts; `hour` is that of its own clocks, in the IANA time zone `zone`."""

    language: str
    zone: str
    hour: int = DEFAULT_POSTING_HOUR
    leap_day_rule: LeapDayRule = DEFAULT_LEAP_DAY_RULE
    rest_day_rule: RestDayRule = DEFAULT_REST_DAY_RULE


@dataclass(frozen=True, slots=True)
class Office:
    """An office. `guild_id` is None until a server is tied to it; `since` (UTC) is when it was.

    `roles` are the Discord roles that mean something, by their ids; `everyone` is what people without one are.
    `notify_role_id` is the one role that reminders may ping. `fellows` are the offices whose group-scoped records
    it may see. `kind_rules` are its own words for some kinds of ties, `cadences` its own months for some kinds, and
    `weights` its own for the health of ties, empty where the built-in ones hold. An office sleeps (`asleep_since`, UTC)
    when its server has removed the bot.
    """

    id: int
    place: Place
    guild_id: int | None
    language: str
    zone: str
    posting_hour: int = DEFAULT_POSTING_HOUR
    leap_day_rule: LeapDayRule = DEFAULT_LEAP_DAY_RULE
    rest_day_rule: RestDayRule = DEFAULT_REST_DAY_RULE
    leads: Leads = DEFAULT_LEADS
    standing: Standing = Standing.MEMBER
    everyone: Role = DEFAULT_EVERYONE
    roles: Mapping[int, Role] = field(default_factory=dict)
    notify_role_id: int | None = None
    channels: Mapping[Purpose, int] = field(default_factory=dict)
    kind_rules: Mapping[Kind, KindRule] = field(default_factory=dict)
    cadences: Mapping[Kind, int] = field(default_factory=dict)
    weights: Weights = field(default_factory=dict)
    weekly_list: WeeklyList = field(default_factory=WeeklyList)
    savings: SavingRules = DEFAULT_SAVINGS
    keeps_questions: bool = True
    since: datetime | None = None
    asleep_since: datetime | None = None
    fellows: frozenset[int] = frozenset()
    version: int = 1

    @property
    def posting(self) -> Posting:
        return Posting(self.language, self.zone, self.posting_hour, self.leap_day_rule, self.rest_day_rule)

    @property
    def is_served(self) -> bool:
        """Whether anything is posted for it: it has a server, and does not sleep."""
        return self.guild_id is not None and self.since is not None and self.asleep_since is None

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.id, self.standing, self.place.id, self.fellows)

    def today(self, now: datetime) -> date:
        """The office's own day at `now` (aware)."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def posting_day(self, day: date, works: WorkingDay) -> date:
        """The day on which what belongs to `day` is posted: by the office's rule, never later."""
        if self.rest_day_rule is RestDayRule.SAME_DAY:
            return day
        earlier = (day - timedelta(days=back) for back in range(LONGEST_REST.days + 1))
        return next(filter(works, earlier), day)

    def working_day_after(self, day: date, works: WorkingDay) -> date:
        """The day on which what is not so before `day` is posted: by the office's rule, never earlier."""
        if self.rest_day_rule is RestDayRule.SAME_DAY:
            return day
        later = (day + timedelta(days=on) for on in range(LONGEST_REST.days + 1))
        return next(filter(works, later), day)

    def posting_moment(self, day: date) -> datetime:
        """When the office's posts of `day` go out, in UTC."""
        return wall_moment(day, time(self.posting_hour), self.zone)


def wall_moment(day: date, at: time, zone: str) -> datetime:
    """The UTC moment at which clocks in `zone` show `at` on `day`.

    An hour that daylight saving skips is read with the offset before the change, so it falls just after the gap;
    one that comes twice is its first.
    """
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


EXAMPLE_ZONE = "Asia/Taipei"
_OF_PLACES = re.compile(r"utc|(?!etc/gmt|posix/|right/|systemv/)[a-z]+/.+")
"""Zones of places, and UTC. EST knows no summer time, and Etc/GMT+8 is eight hours *behind* Greenwich."""


@cache
def _zones() -> Mapping[str, str]:
    """The names of time zones that a person may mean, by their lower-case form."""
    return {name.lower(): name for name in available_timezones() if _OF_PLACES.fullmatch(name.lower())}


def read_zone(text: str, example: str | None = None) -> str:
    """The IANA time zone that a text names, whatever its case and width.

    Raises `BadInput` (`office.zone_missing`, `office.zone_unreadable`) with an example, by default Taiwan's.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if not typed:
        raise BadInput("office.zone_missing", example=example or EXAMPLE_ZONE)
    found = _zones().get(typed.lower().replace(" ", "_"))
    if found is None:
        raise BadInput("office.zone_unreadable", text=typed[:80], example=example or EXAMPLE_ZONE)
    return found


_HOUR = re.compile(r"(\d{1,2})\s*(?::00|點|點整|時)?", re.ASCII)


def read_hour(text: str) -> int:
    """An hour of the day, from 0 to 23: `9`, `09:00`, 9點. Raises `BadInput` (`office.hour_unreadable`)."""
    typed = unicodedata.normalize("NFKC", text).strip()
    match = _HOUR.fullmatch(typed)
    if match is None or int(match[1]) > 23:
        raise BadInput("office.hour_unreadable", text=typed[:80])
    return int(match[1])
