"""The names by which questions are read, kept in memory for as long as places, offices and groups are the same."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from babel import Locale

from bot.domain.groups import Group
from bot.domain.names import fold
from bot.domain.places import Level, Place
from bot.questions.conditions import Area
from bot.questions.holdings import Called
from bot.questions.lying import area_of
from bot.questions.vocabulary.concepts import phrases_of
from bot.questions.vocabulary.lexicon import Known, Lexicon
from bot.services.gazetteer import shown_place
from bot.services.importing.cells import country_codes
from db.engine import Session
from db.gazetteer import GazetteerPlace, gazetteer
from db.lexicon import NamedOffices, NamedPlace, named_offices, named_places
from db.watermarks import Watermark, remembered

MOST_ABROAD = 4


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """The lexicon, the places by id, and the places and the name of each group of offices by its key.

    It knows all places, also those that a viewer may not know of: whoever tells of one asks `known_places` first.
    """

    lexicon: Lexicon
    places: Mapping[int, Place]
    groups: Mapping[str, frozenset[int]]
    group_names: Mapping[str, Group]
    became: Mapping[int, Sequence[Place]]
    """What was merged into a place, by its id."""
    districts: Mapping[int, Sequence[Place]]
    by_country: Mapping[str | None, Sequence[Place]]
    by_level: Mapping[Level | None, Sequence[Place]]
    """The places that are of a level, or became one that is."""
    areas: Mapping[Area, Place]
    """The states and prefectures in which places lie."""

    @property
    def called(self) -> Called:
        """All of them, as they are called."""
        return Called(self.places, self.group_names, self.areas)

    def predecessors(self, ids: Iterable[int]) -> list[Place]:
        """All that became one of these, step by step; a loop in the data ends the walk."""
        found: dict[int, Place] = {}
        step = list(ids)
        while step:
            new = [place for each in step for place in self.became.get(each, ()) if place.id not in found]
            found |= {place.id: place for place in new}
            step = [place.id for place in new]
        return list(found.values())

    def with_predecessors(self, place: int) -> list[Place]:
        """A place with all that became it."""
        return [self.places[place], *self.predecessors([place])]

    def today(self, place: Place) -> Place:
        """What a place has become, step by step; itself if it is still there."""
        passed = {place.id}
        while place.successor_id is not None and place.successor_id not in passed:
            passed.add(place.successor_id)
            place = self.places[place.successor_id]
        return place

    def districts_of(self, place: Place) -> list[Place]:
        """Its districts, and what those were before."""
        districts = list(self.districts.get(place.id, ()))
        return districts + self.predecessors([each.id for each in districts])


async def names_of(session: Session) -> Names:
    """The names as they are right for this transaction, from the process's memory if they can be."""

    async def read_offices() -> NamedOffices:
        return await named_offices(session)

    offices = await remembered(session, "named_offices", Watermark.OFFICES, read_offices)

    async def read() -> Names:
        named = await named_places(session)
        return await asyncio.to_thread(_make, named, offices)  # of a whole world it takes seconds

    return await remembered(session, ("lexicon", offices), Watermark.PLACES, read)


def _make(named: Sequence[NamedPlace], offices: NamedOffices) -> Names:
    known = [Known(each.place, each.names, each.records, _elsewhere(each.place)) for each in named]
    became: dict[int, list[Place]] = {}
    districts: dict[int, list[Place]] = {}
    by_country: dict[str | None, list[Place]] = {}
    by_level: dict[Level | None, list[Place]] = {}
    places = {each.place.id: each.place for each in known}
    phrases_of("regulations")  # read with the names, lest the first who asks for rules waits for it
    for each in known:
        now = places.get(each.place.successor_id) if each.place.successor_id is not None else None
        for level in {each.place.level, now.level if now is not None else each.place.level}:
            by_level.setdefault(level, []).append(each.place)
        by_country.setdefault(each.place.country, []).append(each.place)
        if each.place.successor_id is not None:
            became.setdefault(each.place.successor_id, []).append(each.place)
        if each.place.parent_id is not None:
            districts.setdefault(each.place.parent_id, []).append(each.place)
    return Names(
        Lexicon(
            known,
            country_names(),
            {group.key: [n for n in (group.name_en, group.name_zh) if n] for group in offices.groups},
            offices.places,
            world,
        ),
        places,
        {group.key: frozenset(group.places) for group in offices.groups},
        {group.key: Group(0, group.key, group.name_en, group.name_zh) for group in offices.groups},
        became,
        districts,
        by_country,
        by_level,
        _areas_of(places.values()),
    )


def _areas_of(places: Iterable[Place]) -> dict[Area, Place]:
    """The areas by how places tell of them, with the name in Chinese where one of them has it."""
    found: dict[Area, Place] = {}
    for place in places:
        area = area_of(place) if place.country and place.region_en else None
        if area is not None and place.country and place.region_en:
            key = Area(place.country, place.region_en)
            found[key] = area if area.name_zh or key not in found else found[key]
    return found


def _elsewhere(place: Place) -> tuple[str, ...]:
    """What the world's gazetteer calls a place beside its names here: Köln, Breslau."""
    entry = _at_its_spot(place)
    return (entry.name, *entry.names_zh, *entry.other) if entry else ()


_SAME_SPOT_KM, _ALIKE = 2.0, 0.7
_TOWNS = (None, Level.CITY, Level.TOWN, Level.MUNICIPALITY)


def _at_its_spot(place: Place) -> GazetteerPlace | None:
    """The gazetteer's place of this name that lies there.

    Where it knows none so called in the country, the one at the same spot that it writes nearly so: Luzern, Lucerne.
    """
    if place.point is None:
        return None
    world = gazetteer()
    if named := world.only(place.name_en, place.country, place.point):
        return named
    if place.country is None or place.level not in _TOWNS or world.find(place.name_en, place.country):
        return None
    near = world.nearest(*place.point, place.country, _SAME_SPOT_KM)
    alike = near and SequenceMatcher(None, fold(near.name), fold(place.name_en)).ratio() >= _ALIKE
    return near if alike else None


@cache
def country_names() -> Mapping[str, Sequence[str]]:
    """What each country is called in either language, by its code (CLDR)."""
    locales = [Locale.parse(name).territories for name in ("en", "zh_Hant_TW")]
    return {code: [str(names[code]) for names in locales if code in names] for code in country_codes()}


@lru_cache(maxsize=4096)
def world(name: str) -> tuple[Place, ...]:
    """The places of the world's gazetteer that are called so, the largest first; those whose own name it is, if any."""
    wanted = fold(name)
    found = gazetteer().find(name)
    mains = [e for e in found if wanted in {fold(e.name), *(fold(zh) for zh in e.names_zh[:1])}]
    return tuple(shown_place(entry) for entry in (mains or found)[:MOST_ABROAD])
