"""Rules for acts that people write down: whether one is there already, and whether its places are of one level."""

from collections.abc import Iterable, Sequence

from bot.domain.dates import PartialDate
from bot.domain.partnerships import Kind, Partnership
from bot.domain.places import Level, Place

_RANKS: Sequence[frozenset[Level]] = (
    frozenset({Level.DISTRICT}),
    frozenset(
        {
            Level.CITY, Level.SPECIAL_MUNICIPALITY, Level.MUNICIPALITY, Level.TOWN, Level.TOWNSHIP,
            Level.VILLAGE,
        }
    ),
    frozenset({Level.COUNTY, Level.ATOLL}),
    frozenset({Level.PREFECTURE, Level.STATE, Level.PROVINCE, Level.TERRITORY, Level.REGION}),
    frozenset({Level.COUNTRY}),
)  # fmt: skip
"""Levels of government that meet as equals. A town and a city are both local; a county is not its city."""


def unequal(places: Iterable[Place]) -> tuple[Place, ...]:
    """The places of an act whose levels are known, where these are not all equals; empty otherwise."""
    known = tuple(place for place in places if place.level is not None)
    ranks = {next(n for n, levels in enumerate(_RANKS) if place.level in levels) for place in known}
    return known if len(ranks) > 1 else ()


def compatible(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two dates can be of one day: equal, one missing, or one a vaguer form of the other."""
    if one is None or other is None:
        return True
    return one.iso().startswith(other.iso()) or other.iso().startswith(one.iso())


def resembles(act: Partnership, kind: Kind, signed: PartialDate | None) -> bool:
    """Whether a new act of the kind and date, between the same places, may be this one written down again.

    That is one of the same kind, whenever it was signed: a renewal is asked about too. Of another kind, only one of
    the same time, as far as both dates are known.
    """
    both_dated = act.signed is not None and signed is not None
    return act.kind is kind or (both_dated and compatible(act.signed, signed))
