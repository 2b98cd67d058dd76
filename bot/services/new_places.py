"""Making a place that the registry does not have yet: of what the gazetteer knows, under a key that is free."""

from collections.abc import Container, Iterator
from dataclasses import replace
from itertools import count

from bot.domain.names import slug
from db.gazetteer import GazetteerPlace
from db.places import NewPlace


def place_from(entry: GazetteerPlace) -> NewPlace:
    """What the gazetteer knows for certain of a place, still without a key.

    Its names in other romanisations are left out: they help to find it there, but some are another place's as well
    (Taitung would answer to Taichung).
    """
    return NewPlace(
        key="",
        name_en=entry.name,
        name_zh=entry.names_zh[0] if entry.names_zh else None,
        aliases=entry.names_zh[1:],
        country=entry.country,
        region_en=entry.region or None,
        lat=entry.lat,
        lon=entry.lon,
        zone=entry.zone,
    )


def with_key(place: NewPlace, taken: Container[str]) -> NewPlace:
    """The place under the first of `keys_for` it that is not taken."""
    return replace(place, key=next(key for key in keys_for(place) if key not in taken))


def keys_for(place: NewPlace) -> Iterator[str]:
    """Keys that suit a place, without end: name and country, then with the region, then with a number."""
    country = f"-{place.country.lower()}" if place.country else ""
    base = slug(place.name_en)[:50].strip("-") or slug(place.wikidata or "") or "place"
    region = slug(place.region_en or "")[:20].strip("-")
    for stem in (base, f"{base}-{region}" if region else base):
        if stem != "place":
            yield f"{stem}{country}"
    for number in count(2):
        yield f"{base}{country}-{number}"
