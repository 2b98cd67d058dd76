"""Where places lie: whether one is among those that a condition names."""

from bot.domain.places import Level, Place
from bot.domain.regions import territories_of
from bot.questions.conditions import Area, Where
from bot.questions.holdings import Registry


def lies(place: Place, where: Where, registry: Registry) -> bool:
    """Whether a place is one of those that a condition names; a place answers for what it was before it was merged."""
    out = where.without
    if out is not None and (lies(place, out, registry) or _is_part_of(place, out.groups, registry)):
        return False
    if where.levels and place.level not in where.levels:
        return False
    return _is_named(place, where, registry)


def _is_named(place: Place, where: Where, registry: Registry) -> bool:
    named = where.places or where.groups or where.countries or where.regions or where.areas
    if not named:
        return True
    return (
        any(ref.id is not None and ref.id in (place.id, place.successor_id) for ref in where.places)
        or any(place.id in registry.members(group) for group in where.groups)
        or place.country in where.countries
        or any(region.takes_in(place.country) for region in where.regions)
        or any(_lies_in_area(place, area) for area in where.areas)
    )


def _is_part_of(place: Place, groups: tuple[str, ...], registry: Registry) -> bool:
    """Whether a place belongs to a member of a group: its districts are left out with it, and what it was before."""
    wholes = {place.parent_id, place.successor_id}
    return any(wholes & registry.members(group) for group in groups)


WHOLE = (Level.PREFECTURE, Level.STATE, Level.PROVINCE)


def _lies_in_area(place: Place, area: Area) -> bool:
    """Whether a place carries the area as its region, or is the prefecture or state of that name."""
    if place.country != area.country:
        return False
    return place.region_en == area.region or is_area_itself(place, area)


def is_area_itself(place: Place, area: Area) -> bool:
    """Whether a place is the prefecture that is meant, where that is as good as a place in it."""
    whole = area.itself and place.level in WHOLE and place.country == area.country
    return whole and f"{place.name_en} ".startswith(f"{area.region} ")


_TITLES = (" Prefecture", " Province", " State")


def without_title(name: str) -> str:
    """The name of a state or prefecture as places in it carry it: Kumamoto of Kumamoto Prefecture."""
    for title in _TITLES:
        name = name.removesuffix(title)
    return name


def area_of(place: Place) -> Place | None:
    """The state or prefecture in which a place lies, or that it is; it has no id, as it need be none of the registry's.

    None where the registry does not say.
    """
    name, name_zh = place.region_en, place.region_zh
    if name is None and place.level in WHOLE:
        name, name_zh = without_title(place.name_en), place.name_zh
    if name is None:
        return None
    return Place(0, f"area:{place.country}:{name}", name, name_zh, None, place.country)


def territories(where: Where) -> frozenset[str]:
    """The territories of the countries that are asked for, which are told apart (design §3, reading 9)."""
    return frozenset(code for country in where.countries for code in territories_of(country))
