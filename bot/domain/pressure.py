"""Pressure notes: what was done to keep a tie from being made or kept, told soberly, and who said so.

They are for the eyes of an office, or of its group: no exchange, no statistic and no reminder knows of them.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.access import Scope
from bot.domain.dates import PartialDate
from bot.domain.places import Place

MAX_WHAT, MAX_TRIGGER, MAX_SOURCE, MAX_SOURCES = 2000, 200, 300, 10
"""The most characters of what happened, of what set it off, and of a source; and the most sources."""

MAX_PLACES = 8
"""The most places that one note concerns."""


class Incident(StrEnum):
    """What kind of thing happened."""

    TIE_SEVERED = "tie_severed"
    AGREEMENT_REJECTED = "agreement_rejected"
    """Signed or about to be, and declared void or stopped by somebody above the city."""

    CLAUSE_DEMANDED = "clause_demanded"
    NAME_DISPUTED = "name_disputed"
    """How a city or its country is to be called, in a text or at an event."""

    INVITATION_WITHDRAWN = "invitation_withdrawn"
    EVENT_CALLED_OFF = "event_called_off"
    THREAT = "threat"
    PROTEST = "protest"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What a note says: when, what in neutral words, on whose word (`sources`, never empty), as of when that stood.

    `act` is the number of the act that it is about, `trigger` what set it off: a record number (`P26`) or words.
    """

    kind: Incident
    date: PartialDate
    what: str
    act: int | None = None
    trigger: str | None = None
    sources: tuple[str, ...] = ()
    as_of: PartialDate | None = None
    scope: Scope = Scope.OFFICE
    office_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PressureNote(Happened):
    """A note as it is stored, with the places that it concerns."""

    id: int
    places: tuple[Place, ...]
    version: int = 1

    @property
    def record(self) -> str:
        return f"N{self.id}"


# What rules say ----------------------------------------------------------------------------------------------


class Bearing(StrEnum):
    """What a fact tells about ties of cities: what a rule asks, what it does not say, what happened elsewhere."""

    ASKS = "asks"
    LEAVES_OPEN = "leaves_open"
    HAPPENED = "happened"


@dataclass(frozen=True, slots=True)
class RuleFact:
    """One line of the fact card, in both languages, with what it was read in, where that stands, and when."""

    key: str
    bearing: Bearing
    text_en: str
    text_zh: str
    title_en: str
    title_zh: str
    source: str
    as_of: PartialDate
