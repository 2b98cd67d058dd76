"""Periods: from one partial date to another, both included, or open at an end.

Standard library only.
"""

from dataclasses import dataclass
from datetime import date

from bot.domain.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included; None is an open end. "Before March 2020" ends with February 2020.

    `throughout`: said as from one day to another, so that one event may have lasted all of it ("5 to 7 October");
    otherwise something happened at some time within it ("last week").
    """

    first: PartialDate | None
    last: PartialDate | None
    throughout: bool = False

    @classmethod
    def days(cls, first: date, last: date) -> "Period":
        return cls(PartialDate.of(first), PartialDate.of(last))

    @property
    def first_day(self) -> date | None:
        return self.first.earliest() if self.first else None

    @property
    def last_day(self) -> date | None:
        return self.last.latest() if self.last else None
