"""Ties: all that an office has with one partner, seen together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain.dates import PartialDate
from bot.domain.dormancy import Cadences, Contact, Quietness, cadence_of, crossings, quietness
from bot.domain.exchanges import LastContact
from bot.domain.partnerships import PARTNER_KINDS, Partnership, Status
from bot.domain.places import Place

_NEVER = PartialDate(2200)


@dataclass(frozen=True, slots=True)
class Tie:
    """The acts with one partner place, ended ones among them, and the last contact. `acts` is not empty.

    `cadences` are the own ones of the office whose tie it is, where it is that office which looks.
    """

    partner: Place
    acts: Sequence[Partnership]
    last: LastContact | None = None
    cadences: Cadences = field(default_factory=dict)

    @property
    def standing(self) -> list[Partnership]:
        """The acts that are in force or paused: what a tie is measured by."""
        return [act for act in self.acts if act.in_force or act.status is Status.PAUSED]

    @property
    def in_force(self) -> list[Partnership]:
        return [act for act in self.acts if act.in_force]

    @property
    def lead_act(self) -> Partnership:
        """The act by which the tie is named: standing before ended, partners before memoranda, then the oldest."""
        standing = self.standing
        return min(
            self.acts,
            key=lambda act: (
                act not in standing,
                act.kind not in PARTNER_KINDS,
                act.signed is None,
                act.signed or _NEVER,
                act.id,
            ),
        )

    @property
    def is_partner(self) -> bool:
        """Whether a sister or friendship act is in force; of others, going quiet is not told."""
        return any(act.kind in PARTNER_KINDS for act in self.in_force)

    def crossings(self) -> dict[Contact, date]:
        """The day on which the tie becomes cooling, dormant and stale; empty without a contact or an act in force."""
        if self.last is None or not self.in_force:
            return {}
        return crossings(self.last.date, cadence_of(self.in_force, self.cadences))

    def quietness(self, today: date) -> Quietness | None:
        """How quiet the tie is on the office's day, None where no act stands any more."""
        standing = self.standing
        if not standing:
            return None
        return quietness(standing, self.last.date if self.last else None, today, self.cadences)
