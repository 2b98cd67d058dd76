"""When places in different time zones can meet: moments inside the office hours and working days of all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.offices import WorkingDay, wall_moment
from bot.domain.places import Place

OPENS, CLOSES = time(9), time(18)
"""Office hours, by the clocks of each place."""

STEP = timedelta(minutes=30)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Side:
    """A place that takes part: its IANA time zone, and on which of its days people work."""

    place: Place
    zone: str
    works: WorkingDay


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment (UTC) to meet at.

    `outside` is by how many minutes it begins before, or ends after, the office hours of each side that day, in all;
    `worst` is the most that one side bears.
    """

    at: datetime
    outside: int
    worst: int

    @property
    def burden(self) -> tuple[int, int, datetime]:
        """What is less is better: little in all, shared equally, soon."""
        return self.outside, self.worst, self.at

    def at_clock_of(self, side: Side) -> datetime:
        return self.at.astimezone(ZoneInfo(side.zone))


def propose(sides: Sequence[Side], first: date, days: int, minutes: int, most: int) -> list[Slot]:
    """The best slots in so many days of the first side from `first` on, one a day.

    Those inside everybody's office hours come first, then those that ask the least of people; of equal ones the
    sooner. Nobody meets on a rest day of any side, by its own calendar. Empty where every day is a rest day somewhere.
    """
    found = []
    for number in range(days):
        slots = _slots(sides, first + timedelta(days=number), minutes)
        best = min(slots, key=lambda slot: slot.burden, default=None)
        if best is not None:
            found.append(best)
    return sorted(sorted(found, key=lambda slot: slot.burden)[:most], key=lambda slot: slot.at)


def _slots(sides: Sequence[Side], day: date, minutes: int) -> Iterator[Slot]:
    """Whatever begins on a day of the first side."""
    home = sides[0]
    length = timedelta(minutes=minutes)
    at = wall_moment(day, time(0), home.zone)
    end = wall_moment(day + DAY, time(0), home.zone)
    while at < end:
        if all(_works(side, at) for side in sides):
            borne = [_outside(side, at, length) for side in sides]
            yield Slot(at, sum(borne), max(borne))
        at += STEP


def _works(side: Side, at: datetime) -> bool:
    return side.works(at.astimezone(ZoneInfo(side.zone)).date())


def _outside(side: Side, at: datetime, length: timedelta) -> int:
    """By how many minutes it begins before the office of a side opens, or ends after it has closed."""
    local = at.astimezone(ZoneInfo(side.zone)).date()
    opens, closes = (wall_moment(local, hour, side.zone) for hour in (OPENS, CLOSES))
    return round(max(opens - at, at + length - closes, timedelta()) / timedelta(minutes=1))
