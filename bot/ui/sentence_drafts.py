"""A free sentence between being written and being logged, as it is kept for its writer."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self

from bot.domain.dates import PartialDate
from bot.domain.exchanges import ExchangeKind
from bot.services.sentences import Answers


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence with the day it was written on, what was answered, and where it stands.

    `about` is the message that it came with: one record for each, however often it is confirmed.
    """

    text: str
    today: date
    about: str
    sources: tuple[str, ...] = ()
    day: str | None = None
    kind: str | None = None
    places: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Self:
        today, sources = date.fromisoformat(values["today"]), tuple(values["sources"])
        return cls(**{**values, "today": today, "sources": sources})

    @property
    def values(self) -> dict[str, Any]:
        return {**asdict(self), "today": self.today.isoformat(), "sources": list(self.sources)}

    @property
    def answers(self) -> Answers:
        day = PartialDate.from_iso(self.day) if self.day else None
        return Answers(day, self.places, ExchangeKind(self.kind) if self.kind else None)
