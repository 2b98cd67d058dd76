"""What an exchange may have beside its places, its day and its kind."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.access import Scope
from bot.domain.commitments import Owed
from bot.domain.dates import PartialDate


class Direction(StrEnum):
    """Which way something went, seen from the first of the places of an exchange."""

    OUTBOUND = "outbound"
    INBOUND = "inbound"


class AttendeeRole(StrEnum):
    """As what somebody took part."""

    HEAD = "head"
    LEADER = "leader"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who led a delegation, stood for a city as its leader, or spoke. `party` counts the places from 1."""

    party: int
    role: AttendeeRole
    name: str
    name_zh: str | None = None
    post: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file or page that belongs to an exchange, by its address and name; `size` in bytes where it is known."""

    url: str
    name: str | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Decision(Owed):
    """What was decided, who is to do it, and by when."""


class Stance(StrEnum):
    """What another office than the one that keeps a record says of it."""

    CONFIRMED = "confirmed"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Response:
    """What the office of a place that took part says of the record, and on which day.

    `party` counts the places from 1. `what` is what it sees otherwise. `changed_on` is the day on which the record
    became another than what was confirmed: then the confirmation does not stand any more.
    """

    party: int
    stance: Stance
    said_on: PartialDate
    what: str | None = None
    changed_on: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt from an exchange: what worked, what one would do otherwise, and who should know.

    `key` tells it from every other lesson, wherever it stands. `topics` are those of `ExchangeParts.topics` with commas
    between them, `ask` is whom to ask, `evidence` a link or a text, `noted_on` the day on which it was written. `scope`
    says who may see it where that is fewer than may see the exchange; without one it is seen with the exchange.
    """

    key: str
    worked: str | None = None
    otherwise: str | None = None
    who: str | None = None
    topics: str | None = None
    ask: str | None = None
    evidence: str | None = None
    scope: Scope | None = None
    noted_on: PartialDate | None = None

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(tag for each in (self.topics or "").split(",") if (tag := each.strip()))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeParticulars:
    """What an exchange may have beside its places and its day; empty where nobody has told, or it does not belong.

    `minutes` is how long it lasted, `footfall` how many people came to see it, `thanked_on` when thanks were sent,
    `proceedings` the minutes of a meeting: what was said and agreed.
    """

    minutes: int | None = None
    platform: str | None = None
    recording_url: str | None = None
    venue: str | None = None
    event: str | None = None
    series: str | None = None
    co_hosts: str | None = None
    teams: str | None = None
    result: str | None = None
    direction: Direction | None = None
    footfall: int | None = None
    item: str | None = None
    quantity: str | None = None
    thanked_on: PartialDate | None = None
    school: str | None = None
    study_programme: str | None = None
    pupils: int | None = None
    conference_role: str | None = None
    proceedings: str | None = None
    cancel_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class ExchangeParts:
    """What an exchange has several of, each in order. `topics` are words of `Topic` (`bot.domain.profiles`) or tags."""

    topics: tuple[str, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    decisions: tuple[Decision, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    responses: tuple[Response, ...] = ()
