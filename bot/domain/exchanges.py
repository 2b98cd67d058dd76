"""Exchanges: what happened, or will, between places."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.access import Scope
from bot.domain.dates import PartialDate
from bot.domain.exchange_particulars import Attendee, ExchangeParticulars
from bot.domain.places import Place


class ExchangeKind(StrEnum):
    VIRTUAL_VISIT = "virtual_visit"
    VISIT_IN = "visit_in"
    VISIT_OUT = "visit_out"
    VISIT = "visit"
    WEBINAR = "webinar"
    SPORT = "sport"
    CULTURE = "culture"
    EDUCATION = "education"
    EXHIBITION = "exhibition"
    AID = "aid"
    CONFERENCE = "conference"
    SIGNING = "signing"
    OTHER = "other"


class Mode(StrEnum):
    VIRTUAL = "virtual"
    IN_PERSON = "in_person"


class ExchangeStatus(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class ExchangeLevel(StrEnum):
    CIVIC = "civic"
    OFFICIAL = "official"
    LEADER = "leader"


class Format(StrEnum):
    """What the visit form offers; each stands for a kind, and for a mode where it says how people met."""

    VIDEO = "video"
    PHONE = "phone"
    WEBINAR = "webinar"
    VISIT_IN = "visit_in"
    VISIT_OUT = "visit_out"
    VISIT = "visit"
    SPORT = "sport"
    CULTURE = "culture"
    EDUCATION = "education"
    EXHIBITION = "exhibition"
    AID = "aid"
    CONFERENCE = "conference"
    SIGNING = "signing"
    OTHER = "other"


FORMATS: dict[Format, tuple[ExchangeKind, Mode | None]] = {
    Format.VIDEO: (ExchangeKind.VIRTUAL_VISIT, Mode.VIRTUAL),
    Format.PHONE: (ExchangeKind.VIRTUAL_VISIT, Mode.VIRTUAL),
    Format.WEBINAR: (ExchangeKind.WEBINAR, Mode.VIRTUAL),
    Format.VISIT_IN: (ExchangeKind.VISIT_IN, Mode.IN_PERSON),
    Format.VISIT_OUT: (ExchangeKind.VISIT_OUT, Mode.IN_PERSON),
    Format.VISIT: (ExchangeKind.VISIT, Mode.IN_PERSON),
    Format.SPORT: (ExchangeKind.SPORT, None),
    Format.CULTURE: (ExchangeKind.CULTURE, None),
    Format.EDUCATION: (ExchangeKind.EDUCATION, None),
    Format.EXHIBITION: (ExchangeKind.EXHIBITION, None),
    Format.AID: (ExchangeKind.AID, None),
    Format.CONFERENCE: (ExchangeKind.CONFERENCE, None),
    Format.SIGNING: (ExchangeKind.SIGNING, None),
    Format.OTHER: (ExchangeKind.OTHER, None),
}

MAX_PEOPLE = 100_000
MAX_TOPIC = 200
MAX_SUMMARY = 1500


@dataclass(frozen=True, slots=True)
class Exchange(ExchangeParticulars):
    """One exchange of two or more places. `starts_at` (UTC) only where a time of day is known.

    Its kind is told from the side of the first `home_places` places: in a `visit_in` the others came to these.
    """

    id: int
    kind: ExchangeKind
    mode: Mode | None
    status: ExchangeStatus
    level: ExchangeLevel | None
    date: PartialDate
    end_date: PartialDate | None
    starts_at: datetime | None
    title: str
    title_zh: str | None
    topic: str | None
    summary: str | None
    people: int | None
    places: tuple[Place, ...]
    home_places: int = 1
    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    note: str | None = None
    scope: Scope = Scope.SHARED
    office_id: int | None = None
    version: int = 1

    @property
    def record(self) -> str:
        """The record number that answers show."""
        return f"X{self.id}"

    def place_of(self, attendee: Attendee) -> Place:
        """Whom somebody stood for; the last place where the record has lost theirs."""
        return self.places[min(attendee.party, len(self.places)) - 1]


@dataclass(frozen=True, slots=True)
class LastContact:
    """The newest held exchange with a place."""

    exchange_id: int
    date: PartialDate
    scope: Scope = Scope.SHARED

    @property
    def record(self) -> str:
        return f"X{self.exchange_id}"
