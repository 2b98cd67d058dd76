"""What sources say of a fact where they do not agree: each is kept, one is preferred."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.dates import PartialDate


class Fact(StrEnum):
    """What sources disagree on."""

    SIGNED = "signed"
    KIND = "kind"
    STATUS = "status"
    PARTIES = "parties"
    EXISTENCE = "existence"
    ANNIVERSARY = "anniversary"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says of a fact. `preferred` is the one that the record goes by.

    `value` is a date in ISO form for `Fact.SIGNED`, a word of the vocabulary for kinds and states, else a few words.
    """

    fact: Fact
    value: str
    source: str
    as_of: PartialDate | None = None
    preferred: bool = False
    note: str | None = None


ALSO_GIVEN = "also given: "
"""With this a note begins to tell other years that a collection gives for an agreement."""


def disputed(claims: Iterable[Claim]) -> dict[Fact, list[Claim]]:
    """The facts of which the claims give more than one value, the preferred claim first."""
    by_fact: dict[Fact, list[Claim]] = {}
    for claim in claims:
        by_fact.setdefault(claim.fact, []).append(claim)
    return {
        fact: sorted(said, key=lambda claim: not claim.preferred)
        for fact, said in by_fact.items()
        if len({claim.value for claim in said}) > 1
    }


def identities(claims: Iterable[Claim]) -> list[tuple[str, str, str]]:
    """What tells claims of one act apart, whichever is preferred: fact, value and source."""
    return [(claim.fact.value, claim.value, claim.source) for claim in claims]


MAX_VALUE, MAX_SOURCE, MAX_NOTE = 200, 400, 500
"""The most characters that somebody may type."""


def with_claim(claims: Sequence[Claim], new: Claim, present: Claim | None) -> tuple[Claim, ...]:
    """The claims with a new one; `present`, what the record goes by, is kept beside the first on its fact.

    What the same source says of the same value again takes the place of what it said before.
    """
    first = not any(claim.fact is new.fact for claim in claims)
    held = (*claims, present) if first and present is not None else tuple(claims)
    for index, claim in enumerate(held):
        if (claim.fact, claim.value, claim.source) == (new.fact, new.value, new.source):
            again = replace(new, preferred=claim.preferred)
            return (*held[:index], again, *held[index + 1 :])
    return (*held, new)


def preferring(claims: Sequence[Claim], index: int) -> tuple[Claim, ...]:
    """The claims with this one preferred, and no other on its fact."""
    fact = claims[index].fact
    return tuple(
        replace(claim, preferred=place == index) if claim.fact is fact else claim
        for place, claim in enumerate(claims)
    )


def day_disputed(claims: Iterable[Claim]) -> list[Claim]:
    """The claims by which an anniversary may fall on another day, empty where sources agree; preferred ones first."""
    facts = disputed(claims)
    return [claim for fact in (Fact.SIGNED, Fact.ANNIVERSARY) for claim in facts.get(fact, ())]


def preferred(claims: Iterable[Claim], fact: Fact) -> Claim | None:
    """The claim on a fact that the record goes by, None where nobody has said."""
    return next((claim for claim in claims if claim.fact is fact and claim.preferred), None)
