"""Partial dates.

A date in a registry is a year, a month of a year, or a day, and it stays what it is: no day is ever invented.
Standard library only.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import total_ordering

FIRST_YEAR, LAST_YEAR = 1800, 2200


class Precision(StrEnum):
    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year, or a day. Sorts by its earliest day, the vaguer one first."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(f"year {self.year} is not within {FIRST_YEAR} to {LAST_YEAR}")
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        if 0 in (self.month, self.day):
            raise ValueError("months and days count from 1")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        return cls(day.year, day.month, day.day)

    @classmethod
    def from_iso(cls, text: str) -> "PartialDate":
        """Read `2026`, `2026-11` or `2026-11-20`; anything else is a ValueError."""
        if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text, re.ASCII):
            raise ValueError(f"not an ISO partial date: {text!r}")
        return cls(*(int(part) for part in text.split("-")))

    @property
    def precision(self) -> Precision:
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    def iso(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)

    def __str__(self) -> str:
        return self.iso()

    def __lt__(self, other: "PartialDate") -> bool:
        return self._order() < other._order()

    def _order(self) -> tuple[int, int, int]:
        return self.year, self.month or 0, self.day or 0

    def earliest(self) -> date:
        """The first day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """The last day that it can mean. Partial dates of contacts are read this way (design §3, reading 6)."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def exact(self) -> date | None:
        """The day, if it is known."""
        return self.earliest() if self.precision is Precision.DAY else None


def add_months(day: date, months: int) -> date:
    """`months` later on the calendar; a day that the month lacks becomes the month's last one."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
