"""Who visits whom: the balance of visits in person with each partner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeStatus
from bot.domain.places import Place

VISITS = (ExchangeKind.VISIT_IN, ExchangeKind.VISIT_OUT, ExchangeKind.VISIT)
"""The three kinds of visit in person (design §3, reading 11)."""


class Owing(StrEnum):
    """Whose turn it is."""

    WE = "we"
    THEY = "they"
    NOBODY = "nobody"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Balance:
    """How many held visits a partner paid us, how many we paid them, and how many nobody recorded the direction of."""

    partner: Place
    visits_in: int = 0
    visits_out: int = 0
    unrecorded: int = 0

    @property
    def owing(self) -> Owing:
        """Whose turn it is by the visits of which the direction is known."""
        if self.visits_in == self.visits_out:
            return Owing.NOBODY if self.visits_in or not self.unrecorded else Owing.UNKNOWN
        return Owing.WE if self.visits_in > self.visits_out else Owing.THEY


def partners_in(exchange: Exchange, own_ids: Iterable[int]) -> tuple[Sequence[Place], bool]:
    """The places on the other side, seen from the places `own_ids`, and whether that is the near side of the record.

    Nobody is on the other side of a record in which none of them stands.
    """
    mine = set(own_ids)
    near, far = exchange.places[: exchange.home_places], exchange.places[exchange.home_places :]
    if any(place.id in mine for place in near):
        return [place for place in far if place.id not in mine], False
    if any(place.id in mine for place in far):
        return near, True
    return (), False


def balances(exchanges: Iterable[Exchange], own_ids: Sequence[int]) -> list[Balance]:
    """The balance with each partner with whom there was a visit, most visits first.

    A delegation that called on several cities paid each of them a visit. What a place used to be counts as what it
    is now.
    """
    found: dict[int, Balance] = {}
    for exchange in exchanges:
        if exchange.kind not in VISITS or exchange.status is not ExchangeStatus.HELD:
            continue
        partners, turned = partners_in(exchange, own_ids)
        for partner in partners:
            key = partner.successor_id or partner.id
            known = found.get(key, Balance(partner))
            if partner.id == key:
                known = replace(known, partner=partner)
            found[key] = _counted(known, exchange.kind, turned=turned)
    return sorted(found.values(), key=_most_visits)


def _counted(balance: Balance, kind: ExchangeKind, *, turned: bool) -> Balance:
    if kind is ExchangeKind.VISIT:
        return replace(balance, unrecorded=balance.unrecorded + 1)
    if (kind is ExchangeKind.VISIT_IN) is not turned:
        return replace(balance, visits_in=balance.visits_in + 1)
    return replace(balance, visits_out=balance.visits_out + 1)


def _most_visits(balance: Balance) -> tuple[int, str]:
    return -(balance.visits_in + balance.visits_out + balance.unrecorded), balance.partner.name_en
