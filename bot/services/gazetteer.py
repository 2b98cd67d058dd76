"""Places that an office is to be founded for: the registry's, the packaged gazetteer's, and countries.

A city without a partner is not in the registry; a ministry's place is its country.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from heapq import nlargest

from babel import Locale

from bot.domain.access import ANYONE, Viewer
from bot.domain.errors import BadInput, NotFound
from bot.domain.names import clean, fold
from bot.domain.places import Level, Place, kilometres
from bot.questions.text.scripts import traditional
from bot.services.importing.cells import country_codes
from bot.services.importing.mentions import name_parts, plain_name
from bot.services.importing.places import SAME_SPOT_KM
from bot.services.new_places import keys_for, place_from
from bot.services.places import MAX_NAME, find_place
from db import places as db
from db.engine import Session
from db.gazetteer import GazetteerPlace, gazetteer
from db.places import NewPlace

CHOICES, COUNTRIES_OFFERED, LABEL = 25, 5, 100
"""What Discord takes: choices, and characters in the label of one; and how many of the choices may be countries."""

LOOKED_AT = 200
"""Of how many places, the largest, the choices are made."""

NAMED = 6
"""How many of several places are named when somebody has to say which is meant."""

SHORTEST = 2
"""Characters from which on something is offered: one letter begins the names of thousands of places."""

_CUSTOMARY = {
    "usa": "US", "u s a": "US", "u s": "US", "uk": "GB", "u k": "GB", "england": "GB", "scotland": "GB",
    "wales": "GB", "korea": "KR", "韓國": "KR", "大韓民國": "KR", "大陸": "CN", "china": "CN",
    "czech republic": "CZ", "holland": "NL", "北馬利安納": "MP",
}  # fmt: skip
"""Countries as people write them beside the names that CLDR has."""

_GEONAMES, _COUNTRY = "geonames:", "country:"
_OF_TAIWAN = re.compile(r"(?P<name>.{2,})[市鎮鄉區]")
"""What people in Taiwan write and the gazetteer leaves out. Not 縣: a county is another place than its city."""


async def place_to_found(
    session: Session, text: str, country: str | None = None, *, viewer: Viewer | None = ANYONE
) -> NewPlace | Place:
    """The place that is meant, to be stored if it is a `NewPlace`; its key is free.

    Understood are the values of `gazetteer_choices`, keys and names of the registry's places that the viewer knows
    of, names of the gazetteer's (`Portland, Oregon`; 朴子市), and countries by name or code, in this order; with a
    `country` (ISO 3166-1 alpha-2), only what lies in it. Raises `BadInput` (`place.empty`, `place.ambiguous` with
    the choices, the largest first) or `NotFound` as `find_place` does.
    """
    typed = clean(text)
    if entry := _entry_of_choice(typed):
        return await _stored_or_new(session, entry, viewer)
    if code := _country_of_choice(typed):
        return await _country(session, code)
    try:
        return await _stored(session, typed, country, viewer)
    except NotFound as error:
        unknown = error
    entries = _entries(typed[:MAX_NAME], country)
    if len(entries) > 1:
        choices = [shown_place(entry) for entry in entries[:NAMED]]
        raise BadInput("place.ambiguous", text=typed[:MAX_NAME], choices=choices)
    if entries:
        return await _stored_or_new(session, entries[0], viewer)
    named = _country_names().get(fold(traditional(typed)))
    if named and country in (None, named):
        return await _country(session, named)
    raise unknown


def gazetteer_choices(typed: str, language: str = "en") -> list[tuple[str, str]]:
    """At most 25 places of the gazetteer, the largest first, and then countries, whose names begin as was typed.

    Each is (label, value); the value is for `place_to_found`. Nothing is offered for less than two characters. The
    first call of a process reads the gazetteer, which takes half a second.
    """
    wanted = traditional(clean(typed[:MAX_NAME]))
    if len(fold(wanted).replace(" ", "")) < SHORTEST:
        return []
    codes = {code for name, code in _country_names().items() if name.startswith(fold(wanted))}
    countries = sorted(_label_of_country(code, language) for code in codes)[:COUNTRIES_OFFERED]
    entries = _beginning(wanted, CHOICES - len(countries))
    return [
        (_label(entry, language)[:LABEL], f"{_GEONAMES}{entry.geonameid}") for entry in entries
    ] + countries


# The registry's ---------------------------------------------------------------------------------------------


async def _stored(session: Session, typed: str, country: str | None, viewer: Viewer | None) -> Place:
    """The registry's place of this name in the country. Raises as `find_place`."""
    try:
        found = [await find_place(session, typed, viewer=viewer)]
    except BadInput as several:
        found = several.values.get("choices", [])
        if country is None or not found:
            raise
    there = [place for place in found if country in (None, place.country)]
    if not there:
        raise NotFound("place.unknown", text=typed[:MAX_NAME], nearest=[])
    if len(there) > 1:
        raise BadInput("place.ambiguous", text=typed[:MAX_NAME], choices=there)
    return there[0]


async def _stored_or_new(session: Session, entry: GazetteerPlace, viewer: Viewer | None) -> NewPlace | Place:
    """The registry's place that the gazetteer's is, or what is to be stored of it.

    Also one that the viewer may not know of: it would be there twice otherwise, and as everybody may know of the
    gazetteer's places, this tells nothing. Raises `BadInput` (`place.ambiguous`).
    """
    same: dict[int, Place] = {}
    for name in (entry.name, *entry.names_zh):
        for place in await db.places_named(session, None, name):
            if _is(place, entry):
                same[place.id] = place
    found = [place for place in same.values() if fold(place.name_en) == fold(entry.name)] or list(
        same.values()
    )
    found = await db.known_places(session, viewer, [place.id for place in found]) or found
    if len(found) > 1:
        raise BadInput("place.ambiguous", text=entry.name, choices=found)
    return found[0] if found else await with_free_key(session, place_from(entry))


def _is(place: Place, entry: GazetteerPlace) -> bool:
    """Whether a place of the registry with the name of the gazetteer's is that one."""
    if place.country != entry.country or place.level is Level.COUNTRY:
        return False
    if place.point is not None:
        return kilometres(place.point, entry.point) <= SAME_SPOT_KM
    regions = {plain_name(region) for region in (place.region_en, entry.region) if region}
    return len(regions) < 2


async def with_free_key(session: Session, place: NewPlace) -> NewPlace:
    """The place under a key that no other has."""
    for key in keys_for(place):
        if not await db.ids_by_key(session, [key]):
            return replace(place, key=key)
    raise AssertionError("keys never run out")


# The gazetteer's --------------------------------------------------------------------------------------------


def _spellings(typed: str) -> Iterator[str]:
    """The text as it may stand in the gazetteer."""
    yield typed
    yield traditional(typed)
    if match := _OF_TAIWAN.fullmatch(traditional(typed)):
        yield match["name"]


def _entries(typed: str, country: str | None) -> list[GazetteerPlace]:
    """The places that are called so, the largest first; those whose main name it is, if there are any."""
    for spelling in _spellings(typed):
        found = gazetteer().find(spelling, country) or list(_in_part(spelling, country))
        if spelling not in (typed, traditional(typed)):
            found = [entry for entry in found if entry.country == "TW"]
        names = {fold(name) for name in (spelling, *(base for base, _ in name_parts(spelling)))}
        mains = [e for e in found if names & {fold(e.name), *(fold(name) for name in e.names_zh[:1])}]
        if found:
            return mains or found
    return []


def _in_part(name: str, country: str | None) -> Iterator[GazetteerPlace]:
    """Places written with their region or country: `Portland, Oregon`; 朴子（台灣）."""
    for base, whole in name_parts(name):
        code = _country_names().get(fold(whole))
        for entry in gazetteer().find(base, country):
            if entry.country == code or (entry.region and plain_name(entry.region) == plain_name(whole)):
                yield entry


def _beginning(typed: str, most: int) -> list[GazetteerPlace]:
    """The largest places with a name that begins so; those whose main name does come first."""
    found = {e.geonameid: e for text in _spellings(typed) for e in gazetteer().beginning(text, LOOKED_AT)}
    starts = tuple(fold(text) for text in _spellings(typed))

    def rank(entry: GazetteerPlace) -> tuple[bool, int]:
        mains = (entry.name, *entry.names_zh[:1])
        return any(fold(name).startswith(starts) for name in mains), entry.population

    return nlargest(most, found.values(), key=rank)


def _entry_of_choice(value: str) -> GazetteerPlace | None:
    number = value.removeprefix(_GEONAMES)
    if number == value or not re.fullmatch(r"\d{1,9}", number, re.ASCII):
        return None
    return gazetteer().with_id(int(number))


def shown_place(entry: GazetteerPlace) -> Place:
    """The gazetteer's place as people are told of it; it has no id, as the registry does not have it."""
    return Place(
        id=0,
        key=f"{_GEONAMES}{entry.geonameid}",
        name_en=entry.name,
        name_zh=entry.names_zh[0] if entry.names_zh else None,
        level=None,
        country=entry.country,
        region_en=entry.region or None,
    )


# Countries --------------------------------------------------------------------------------------------------


@cache
def _territories(language: str) -> dict[str, str]:
    """The countries' names by code, as CLDR has them."""
    names = Locale.parse("zh_Hant_TW" if language.startswith("zh") else "en").territories
    return {code: str(names[code]) for code in country_codes()}


@cache
def _country_names() -> dict[str, str]:
    """Codes of countries by what people may write for them, folded."""
    named: Iterable[tuple[str, str]] = (
        (name, code) for language in ("en", "zh-TW") for code, name in _territories(language).items()
    )
    return {code.lower(): code for code in country_codes()} | {fold(name): code for name, code in named}


def country_named(text: str) -> str | None:
    """The code of the country that somebody writes by name or code, in either language."""
    wanted = fold(traditional(text))
    return _country_names().get(wanted) or _CUSTOMARY.get(wanted)


def _country_of_choice(value: str) -> str | None:
    code = value.removeprefix(_COUNTRY)
    return code if code != value and code in country_codes() else None


async def _country(session: Session, code: str) -> NewPlace | Place:
    name = _territories("en")[code]
    for place in await db.places_named(session, None, name):
        if place.level is Level.COUNTRY and place.country == code:
            return place
    new = NewPlace(
        key="",
        name_en=name,
        name_zh=_territories("zh-TW")[code],
        level=Level.COUNTRY,
        country=code,
        zone=gazetteer().zone(code, None),
    )
    return await with_free_key(session, new)


# Labels -----------------------------------------------------------------------------------------------------


def _label(entry: GazetteerPlace, language: str) -> str:
    """The name with region and country, and the name in the other script."""
    chinese = entry.names_zh[0] if entry.names_zh else ""
    country = _territories(language)[entry.country] if entry.country in country_codes() else entry.country
    if language.startswith("zh"):
        where = f"{country} {entry.region}".strip()
        label, other = f"{chinese or entry.name}（{where}）", entry.name if chinese else ""
    else:
        label, other = ", ".join(filter(None, (entry.name, entry.region, country))), chinese
    return f"{label} · {other}" if other else label


def _label_of_country(code: str, language: str) -> tuple[str, str]:
    names = [_territories(each)[code] for each in ("en", "zh-TW")]
    return " · ".join(names[::-1] if language.startswith("zh") else names), f"{_COUNTRY}{code}"
