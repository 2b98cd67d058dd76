"""Partnerships: an act between two or more places, its kind, its status, and how ties are counted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.access import Scope
from bot.domain.agreements import Clause, Commitment, Initiator, Signatory, SignedName
from bot.domain.claims import Claim
from bot.domain.dates import PartialDate
from bot.domain.places import Place
from bot.domain.prospects import Pilot, Stage, StageChange, StepTaken


class Kind(StrEnum):
    SISTER_CITY = "sister_city"
    FRIENDSHIP_CITY = "friendship_city"
    MOU = "mou"
    PROJECT = "project"
    CONTACT = "contact"
    PROSPECTIVE = "prospective"
    OTHER = "other"


class Status(StrEnum):
    PROSPECTIVE = "prospective"
    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"
    UNKNOWN = "unknown"


IN_FORCE = frozenset({Status.ACTIVE, Status.UNKNOWN})
"""Counting rule "in force" (design §3): active or unknown. A paused tie still exists, but is not counted."""

PARTNER_KINDS = (Kind.SISTER_CITY, Kind.FRIENDSHIP_CITY)
"""What is listed and counted as partners; memoranda are mentioned apart."""


SUPERSEDED = "superseded"
"""The reason with which an act ends whose place another took (design §3, reading 4)."""

DECLARED_INVALID = "declared_invalid"
"""As the starter data and imports write it; other reasons stand as people write them."""


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A step in the life of a partnership: what it became, when, and on whose word.

    `until` is how long a pause is meant to last, `trigger` what brought the step about (a record number or a few
    words), `source` who says so.
    """

    status: Status
    since: PartialDate | None = None
    reason: str | None = None
    by_whom: str | None = None
    until: PartialDate | None = None
    trigger: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What an act may have beside its parties and its life; empty where nobody has told.

    `initiator_party` is the position among the parties, from 1, of the side that began the tie. `civil_since` is
    when people of both places first worked together.
    """

    initiator: Initiator | None = None
    initiator_party: int | None = None
    civil_since: PartialDate | None = None
    lead_association: str | None = None
    council_liaison: str | None = None
    owner: str | None = None
    sustain_plan: str | None = None
    languages: str | None = None
    document_url: str | None = None
    document_name: str | None = None
    review_on: PartialDate | None = None
    expires_on: PartialDate | None = None


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What an act has several of, each in order; `stages` is the dated way of a prospect. Read where it is wanted."""

    signed_names: tuple[SignedName, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    clauses: tuple[Clause, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    stages: tuple[StageChange, ...] = ()
    pilots: tuple[Pilot, ...] = ()
    steps: tuple[StepTaken, ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def stage(self) -> Stage | None:
        """How far a prospect has come, None for what never was one."""
        return self.stages[-1].stage if self.stages else None


@dataclass(frozen=True, slots=True)
class Partnership(Particulars):
    """One act. `parties` has two or more places, in the order of the record."""

    id: int
    kind: Kind
    status: Status
    signed: PartialDate | None
    parties: tuple[Place, ...]
    named: str | None = None
    superseded_by: int | None = None
    note: str | None = None
    as_of: PartialDate | None = None
    sources: tuple[str, ...] = ()
    history: tuple[StatusChange, ...] = field(default=())
    scope: Scope = Scope.SHARED
    office_id: int | None = None
    cadence_months: int | None = None

    @property
    def record(self) -> str:
        """The record number that answers show."""
        return f"P{self.id}"

    @property
    def in_force(self) -> bool:
        return self.status in IN_FORCE

    @property
    def replaced(self) -> bool:
        """Whether a later act took its place: that is no break, and is not told as one (design §3, reading 4)."""
        return self.superseded_by is not None

    @property
    def ended(self) -> StatusChange | None:
        return next((step for step in reversed(self.history) if step.status is Status.ENDED), None)

    def partners_of(self, own: Iterable[int]) -> tuple[Place, ...]:
        """The other parties, seen from the places with the ids `own`; all parties where none is `own`."""
        mine = set(own)
        others = tuple(place for place in self.parties if place.id not in mine)
        return others if len(others) < len(self.parties) else self.parties


@dataclass(frozen=True, slots=True)
class Tally:
    """How many acts in force there are, by the counting rule, and what it leaves out."""

    sister: int
    friendship: int
    memoranda: int
    ended: int
    """Ended acts, without those that a later act replaced."""


def tally(partnerships: Iterable[Partnership]) -> Tally:
    """Count acts: sister and friendship in force, memoranda in force apart, ended ones apart.

    A prospect that was dropped is none that ended: it never was a tie.
    """
    acts = list(partnerships)
    in_force = [act.kind for act in acts if act.in_force]
    return Tally(
        sister=in_force.count(Kind.SISTER_CITY),
        friendship=in_force.count(Kind.FRIENDSHIP_CITY),
        memoranda=in_force.count(Kind.MOU),
        ended=sum(
            act.status is Status.ENDED and not act.replaced and act.kind is not Kind.PROSPECTIVE
            for act in acts
        ),
    )
