"""What a virtual visit saved: the way that nobody flew, as a range, from factors that each have a source and a year."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.exchanges import Exchange, ExchangeStatus, Mode
from bot.domain.places import Place, distance_km
from bot.domain.saving_rules import Range, SavingRules

NEAREST_FLOWN_KM = 500.0
"""Nearer places people may well reach by train or road: of these nothing is said."""

NIGHTS = 2
"""How many nights a visit is taken to last, unless the office says otherwise."""


class FactorKind(StrEnum):
    """What a factor is of: a passenger's kilometre in the air, a night in a hotel room, an hour of a video call."""

    FLIGHT = "flight"
    HOTEL = "hotel"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of the table. `variant` is the class of a flight, or the country of a hotel (ISO 3166-1 alpha-2).

    Of flights, `low` is without and `high` with the warming at altitude beside that of the CO2 itself; both hold for
    flights that neither begin nor end in the United Kingdom, and allow for 8 % of detour over the great circle.
    """

    kind: FactorKind
    variant: str
    amount: Range
    unit: str
    year: int
    publisher: str
    source: str


@dataclass(frozen=True, slots=True)
class Savings:
    """What was saved, and on what assumptions.

    `kilometres` is one way, to the nearest and the farthest of the partners. Amounts are in kg CO2e, for all travellers
    there and back; `hotel` and `video` are None where no factor or no length is known. `net` is the flights and nights
    less the call.
    """

    kilometres: Range
    travellers: int
    people: int | None
    nights: int
    flight: Range
    hotel: Range | None
    video: Range | None
    cost: Range | None
    rules: SavingRules
    factors: Sequence[Factor] = field(default=())

    @property
    def net(self) -> Range:
        zero = Range(0, 0)
        hotel, video = self.hotel or zero, self.video or zero
        low = self.flight.low + hotel.low - video.high
        return Range(max(low, 0.0), self.flight.high + hotel.high - video.low)


CABINS = ("economy", "business")
"""Between which classes the range of flights lies, where the office has no factor of its own."""


def savings_of(
    exchange: Exchange, home: Place, factors: Sequence[Factor], rules: SavingRules
) -> Savings | None:
    """What a virtual visit that was held has saved, seen from `home`; None where nothing can be said.

    Half of those who took part are taken to have travelled, as the other half would have received them; where nobody
    counted, one. They are taken to have gone from `home` to the others.
    """
    if not rules.shown or exchange.mode is not Mode.VIRTUAL or exchange.status is not ExchangeStatus.HELD:
        return None
    distances = {place: distance_km(home, place) for place in exchange.places if place.id != home.id}
    far = {place: km for place, km in distances.items() if km is not None and km >= NEAREST_FLOWN_KM}
    if not far:
        return None
    travellers = max((exchange.people or 2) // 2, 1)
    nights = NIGHTS if rules.nights is None else rules.nights
    kilometres = Range(min(far.values()), max(far.values()))
    used = [*_of_flights(factors, rules)]
    flown = rules.flight or Range(min(f.amount.low for f in used), max(f.amount.high for f in used))
    hotels = _hotels(factors, far)
    video = _video(factors, exchange)
    return Savings(
        kilometres=kilometres,
        travellers=travellers,
        people=exchange.people,
        nights=nights,
        flight=flown.times(2 * travellers * kilometres.low, 2 * travellers * kilometres.high),
        hotel=_spread(hotels).times(travellers * nights) if hotels and nights else None,
        video=video[0].amount.times(_person_hours(exchange)) if video else None,
        cost=rules.cost.times(travellers) if rules.cost else None,
        rules=rules,
        factors=(*used, *(hotels if nights else ()), *video),
    )


def _of_flights(factors: Iterable[Factor], rules: SavingRules) -> list[Factor]:
    if rules.flight is not None:
        return []
    return [each for each in factors if each.kind is FactorKind.FLIGHT and each.variant in CABINS]


def _hotels(factors: Iterable[Factor], far: Mapping[Place, float]) -> list[Factor]:
    """The factors of the countries of all partners; none where one of them has no factor."""
    by_country = {each.variant: each for each in factors if each.kind is FactorKind.HOTEL}
    countries = dict.fromkeys(place.country or "" for place in far)
    return [by_country[each] for each in countries] if all(each in by_country for each in countries) else []


def _spread(factors: Sequence[Factor]) -> Range:
    return Range(min(each.amount.low for each in factors), max(each.amount.high for each in factors))


def _video(factors: Iterable[Factor], exchange: Exchange) -> list[Factor]:
    if exchange.minutes is None:
        return []
    return [each for each in factors if each.kind is FactorKind.VIDEO][:1]


def _person_hours(exchange: Exchange) -> float:
    return (exchange.people or 2) * (exchange.minutes or 0) / 60


def rounded(amount: float) -> int:
    """A number as exact as an estimate is: two figures of it, and no fraction."""
    if amount < 1:
        return 0
    unit = 10 ** max(math.floor(math.log10(amount)) - 1, 0)
    return int(round(amount / unit) * unit)
