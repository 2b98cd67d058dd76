"""The names by which questions are read, kept in memory for as long as places, offices and groups are the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale

from bot.domain.groups import Group
from bot.domain.names import fold
from bot.domain.places import Place
from bot.questions.lexicon import Known, Lexicon
from bot.services.gazetteer import shown_place
from bot.services.importing.cells import country_codes
from db.engine import Session
from db.gazetteer import gazetteer
from db.groups import all_groups
from db.questions import NamedPlace, named_places, office_place_ids
from db.watermarks import Watermark, counts, version_of

_KEPT = "lexicon"
MOST_ABROAD = 4


@dataclass(frozen=True, slots=True)
class Names:
    """The lexicon as of a version, the places by id, and the places of each group of offices by its key.

    It knows all places, also those that a viewer may not know of: whoever tells of one asks `known_places` first.
    """

    version: tuple[object, ...]
    lexicon: Lexicon
    places: Mapping[int, Place]
    groups: Mapping[str, frozenset[int]]
    became: Mapping[int, Sequence[Place]]
    """What was merged into a place, by its id."""
    districts: Mapping[int, Sequence[Place]]

    def predecessors(self, ids: Iterable[int]) -> list[Place]:
        """All that became one of these, step by step; a loop in the data ends the walk."""
        found: dict[int, Place] = {}
        step = list(ids)
        while step:
            new = [place for each in step for place in self.became.get(each, ()) if place.id not in found]
            found |= {place.id: place for place in new}
            step = [place.id for place in new]
        return list(found.values())

    def districts_of(self, place: Place) -> list[Place]:
        """Its districts, and what those were before."""
        districts = list(self.districts.get(place.id, ()))
        return districts + self.predecessors([each.id for each in districts])


async def names_of(session: Session) -> Names:
    """The names as they are right for this transaction, from the process's memory if they can be."""
    groups = await all_groups(session)
    offices = await office_place_ids(session)
    told = tuple((g.key, g.name_en, g.name_zh, tuple(m.place.id for m in g.joined)) for g in groups)
    version = (await version_of(session, Watermark.PLACES), offices, told)
    memory = session.info["memory"]
    kept: Names | None = memory.get(_KEPT)
    # Names that this transaction has added may never be committed, so that no other may find them in memory.
    own_changes = counts(session, Watermark.PLACES)
    if kept is not None and kept.version == version and not own_changes:
        return kept
    made = _make(version, await named_places(session), groups, offices)
    if not own_changes:
        memory[_KEPT] = made
    return made


def _make(
    version: tuple[object, ...], named: Sequence[NamedPlace], groups: Sequence[Group], offices: Iterable[int]
) -> Names:
    known = [Known(each.place, each.names, each.records) for each in named]
    names_of_groups = {g.key: [name for name in (g.name_en, g.name_zh) if name] for g in groups}
    became: dict[int, list[Place]] = {}
    districts: dict[int, list[Place]] = {}
    for each in known:
        if each.place.successor_id is not None:
            became.setdefault(each.place.successor_id, []).append(each.place)
        if each.place.parent_id is not None:
            districts.setdefault(each.place.parent_id, []).append(each.place)
    return Names(
        version,
        Lexicon(known, country_names(), names_of_groups, offices, world),
        {each.place.id: each.place for each in known},
        {group.key: frozenset(member.place.id for member in group.joined) for group in groups},
        became,
        districts,
    )


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
