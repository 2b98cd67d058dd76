"""What two places put their names to: names as signed, signatories, clauses, and what they promised."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.commitments import Owed


class Initiator(StrEnum):
    """Who began a tie."""

    GOVERNMENT = "government"
    CIVIL_SOCIETY = "civil_society"
    UNIVERSITY = "university"
    BUSINESS = "business"


class ClauseTag(StrEnum):
    """What a clause is about, as far as staff look for it."""

    ONE_CHINA = "one_china"
    NAMING = "naming"
    EQUALITY = "equality"
    COSTS = "costs"
    TERMINATION = "termination"
    RENEWAL = "renewal"
    LANGUAGE = "language"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SignedName:
    """What a party is called in the text that was signed. `party` is its position among the parties, from 1."""

    party: int
    language: str
    name: str


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed for a party: `party` is its position among the parties, from 1."""

    party: int
    name: str
    name_zh: str | None = None
    post: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the text that matters later, in a few words."""

    tag: ClauseTag
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Commitment(Owed):
    """Something that was promised; that it was done is shown by the evidence."""

    evidence: str | None = None
