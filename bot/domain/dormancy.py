"""How quiet a tie is, computed from the last exchange that really happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.dates import PartialDate, add_months
from bot.domain.errors import BadInput
from bot.domain.partnerships import Kind, Partnership, Status

CADENCE_MONTHS: Mapping[Kind, int] = {
    Kind.SISTER_CITY: 12,
    Kind.FRIENDSHIP_CITY: 18,
    Kind.MOU: 24,
    Kind.PROJECT: 24,
    Kind.CONTACT: 24,
    Kind.PROSPECTIVE: 6,
    Kind.OTHER: 24,
}
"""How often a tie should have an exchange, in months (design §3); project, contact and other follow memoranda."""

Cadences = Mapping[Kind, int]
"""Months that an office chose for some kinds; the others are built in."""

BUILT_IN: Cadences = {}

LONGEST_CADENCE = 120
"""Months. An office that expects to hear less often than every ten years expects nothing."""


class Contact(StrEnum):
    """The state of a tie by its last contact. `no_record` says that nothing was logged, not that it is dormant."""

    FRESH = "fresh"
    COOLING = "cooling"
    DORMANT = "dormant"
    STALE = "stale"
    PAUSED = "paused"
    NO_RECORD = "no_record"


LADDER: Mapping[Contact, int] = {Contact.COOLING: 1, Contact.DORMANT: 2, Contact.STALE: 4}
"""Past how many cadences each state begins."""

QUIET = frozenset(LADDER)


def cadence_of(acts: Iterable[Partnership], own: Cadences = BUILT_IN) -> int:
    """The strictest cadence, in months, of the acts in force with one partner (reading 4); `acts` is not empty.

    That of an act itself goes before that of the office for its kind (`own`), which goes before the built-in one.
    """
    return min(act.cadence_months or own.get(act.kind) or CADENCE_MONTHS[act.kind] for act in acts)


def read_cadence(months: int) -> int:
    """Raises `BadInput` (`cadence.out_of_range`)."""
    if not 1 <= months <= LONGEST_CADENCE:
        raise BadInput("cadence.out_of_range", number=months, most=LONGEST_CADENCE)
    return months


def crossings(last: PartialDate, cadence_months: int) -> dict[Contact, date]:
    """The first day of each state after a last contact; a partial date is read as its last day (reading 6)."""
    day = last.latest()
    return {
        state: add_months(day, cadences * cadence_months) + timedelta(days=1)
        for state, cadences in LADDER.items()
    }


def contact_state(
    last: PartialDate | None, cadence_months: int, today: date, *, paused: bool = False
) -> Contact:
    """The state on `today` (the office's day)."""
    if paused:
        return Contact.PAUSED
    if last is None:
        return Contact.NO_RECORD
    reached = [state for state, day in crossings(last, cadence_months).items() if day <= today]
    return reached[-1] if reached else Contact.FRESH


@dataclass(frozen=True, slots=True)
class Quietness:
    """How a tie stands: its state, the cadence it is measured by, and the last contact it rests on."""

    state: Contact
    cadence_months: int
    last: PartialDate | None

    @property
    def due(self) -> date | None:
        """The last day on which the tie is still fresh, None without a contact on record."""
        return add_months(self.last.latest(), self.cadence_months) if self.last else None

    def times_over(self, today: date) -> float:
        """For how many times the expected interval nothing was heard; 0 without a contact on record."""
        if self.last is None or self.due is None:
            return 0.0
        since = self.last.latest()
        return (today - since).days / (self.due - since).days


def quietness(
    acts: Iterable[Partnership], last: PartialDate | None, today: date, own: Cadences = BUILT_IN
) -> Quietness:
    """How the tie made of `acts` (those with one partner that are in force or paused, at least one) stands.

    A paused act sets no cadence beside one in force. `own` as in `cadence_of`.
    """
    standing = list(acts)
    in_force = [act for act in standing if act.status is not Status.PAUSED]
    cadence = cadence_of(in_force or standing, own)
    return Quietness(contact_state(last, cadence, today, paused=not in_force), cadence, last)
