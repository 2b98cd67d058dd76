"""Lists of partners: what a filter keeps, and how what is kept is counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.dates import PartialDate
from bot.domain.dormancy import Contact, Quietness
from bot.domain.exchanges import LastContact
from bot.domain.names import fold
from bot.domain.partnerships import PARTNER_KINDS, Kind, Partnership, Status
from bot.domain.places import Level, Place
from bot.domain.regions import Region, territories_of
from bot.domain.ties import Tie

MAX_TEXT = 20
"""Characters of a text that is looked for: with the rest of a filter it has to stand in the custom id of a button."""


@dataclass(frozen=True, slots=True)
class ListedAct:
    """An act in a list, with the partners in it and how the ties with them stand.

    `through` is the predecessor, or the district, that signed it, where it was not the place itself.
    """

    act: Partnership
    partners: Sequence[Place]
    through: Place | None
    ties: Sequence[Tie] = ()

    @property
    def stands(self) -> bool:
        """Whether the act is in force or paused; of others, going quiet is not told."""
        return self.act.in_force or self.act.status is Status.PAUSED

    @property
    def _newest(self) -> Tie | None:
        """The tie with the newest contact: an act of three is alive as long as one of the partners is met."""
        return max(self.ties, key=lambda tie: tie.last.date.latest() if tie.last else date.min, default=None)

    @property
    def last(self) -> LastContact | None:
        """The newest contact with any of the partners."""
        return self._newest.last if self._newest else None

    def quietness(self, today: date) -> Quietness | None:
        """How the tie stands with the partner who was met last; None where the act does not stand any more."""
        return self._newest.quietness(today) if self._newest and self.stands else None

    def states(self, today: date) -> frozenset[Contact]:
        """The states of the ties with each partner: somebody who looks for dormant ones is told of any."""
        if not self.stands:
            return frozenset()
        found = (tie.quietness(today) for tie in self.ties)
        return frozenset(quiet.state for quiet in found if quiet)


class Order(StrEnum):
    """How a list is sorted: by the date of signing, the partner's name, its country, or the last contact."""

    DATE = "date"
    NAME = "name"
    COUNTRY = "country"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class PartnerFilter:
    """What to list. Without kinds: sister and friendship cities; without a status: those in force.

    `signed_from` and `signed_until` take what was certainly signed within them, both ends included; `text` stands in
    a partner's name or region, or in the name of the agreement.
    """

    home_id: int | None = None
    country: str | None = None
    kind: Kind | None = None
    all_kinds: bool = False
    status: Status | None = None
    any_status: bool = False
    region: Region | None = None
    state: Contact | None = None
    signed_from: PartialDate | None = None
    signed_until: PartialDate | None = None
    level: Level | None = None
    text: str = ""
    order: Order = Order.DATE

    def keeps(self, item: ListedAct, today: date) -> bool:
        return self.fits(item.act) and self.narrows_to(item, today) and self.is_signed_within(item.act)

    def fits(self, act: Partnership) -> bool:
        """Whether it is of the kind and the status."""
        kinds = (self.kind,) if self.kind else PARTNER_KINDS
        in_status = act.status is self.status if self.status else act.in_force
        return (self.all_kinds or act.kind in kinds) and (self.any_status or in_status)

    def narrows_to(self, item: ListedAct, today: date) -> bool:
        """Whether it is left by all that says which partners, whatever kind, status and date the act has."""
        partners = item.partners
        return (
            (self.country is None or any(place.country == self.country for place in partners))
            and (self.region is None or any(self.region.holds(place.country) for place in partners))
            and (self.level is None or any(place.level is self.level for place in partners))
            and (self.state is None or self.state in item.states(today))
            and self._names(item)
        )

    def is_signed_within(self, act: Partnership) -> bool:
        """Whether it was certainly signed within the dates; a year stays a year."""
        signed = act.signed
        if signed is None:
            return self.signed_from is None and self.signed_until is None
        return (self.signed_from is None or signed.earliest() >= self.signed_from.earliest()) and (
            self.signed_until is None or signed.latest() <= self.signed_until.latest()
        )

    def may_be_signed_within(self, act: Partnership) -> bool:
        """Whether it cannot be said that it was signed outside the dates."""
        signed = act.signed
        return signed is None or (
            (self.signed_from is None or signed.latest() >= self.signed_from.earliest())
            and (self.signed_until is None or signed.earliest() <= self.signed_until.latest())
        )

    def is_in_territory(self, item: ListedAct) -> bool:
        """Whether it is with a territory of the country that is asked for, which has a code of its own."""
        codes = territories_of(self.country)
        return any(place.country in codes for place in item.partners)

    def _names(self, item: ListedAct) -> bool:
        wanted = fold(self.text)
        if not wanted:
            return True
        names = [item.act.named, *(name for place in item.partners for name in _names_of(place))]
        return any(wanted in fold(name) for name in names if name)


def _names_of(place: Place) -> Iterable[str | None]:
    return place.name_en, place.name_zh, place.name_local, place.region_en, place.region_zh


# Counting ----------------------------------------------------------------------------------------------------


class CountRule(StrEnum):
    """What is counted, always in force only (design §3): each takes in more than the one before."""

    SISTER = "sister"
    PARTNERS = "partners"
    WITH_MEMORANDA = "with_memoranda"


COUNTED_KINDS: Mapping[CountRule, frozenset[Kind]] = {
    CountRule.SISTER: frozenset({Kind.SISTER_CITY}),
    CountRule.PARTNERS: frozenset(PARTNER_KINDS),
    CountRule.WITH_MEMORANDA: frozenset((*PARTNER_KINDS, Kind.MOU)),
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many agreements there are, and how many places they are with: the two differ."""

    agreements: int
    places: int


def count_by_rule(listed: Iterable[ListedAct]) -> dict[CountRule, Count]:
    """The same list counted by each rule."""
    in_force = [item for item in listed if item.act.in_force]
    return {
        rule: count([i for i in in_force if i.act.kind in kinds]) for rule, kinds in COUNTED_KINDS.items()
    }


def count(listed: Sequence[ListedAct]) -> Count:
    """How many acts these are, and with how many places."""
    return Count(len(listed), len({place.id for item in listed for place in item.partners}))
