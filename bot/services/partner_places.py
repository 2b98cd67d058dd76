"""Which place a new act is with: one that is known, one of the gazetteer's, or one that somebody names themselves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.errors import BadInput, NotFound
from bot.domain.names import clean
from bot.domain.places import Place
from bot.services.desk import Caller
from bot.services.gazetteer import country_named, place_to_found, with_free_key
from bot.services.importing.mentions import name_parts
from bot.services.places import MAX_NAME, find_place
from db.engine import Session
from db.gazetteer import gazetteer
from db.places import NewPlace, insert_places, known_places, places_by_id, places_named

_QUOTED = re.compile('["“”„«「『](?P<name>[^"“”„«»「」『』]+)["“”«»」』]')
"""A name in quotation marks is meant to the letter, though it is nearly that of a place that is known."""

_SCRIPTS = re.compile(
    r"(?P<latin>[^\u3400-\u9fff]*[A-Za-z\u00c0-\u024f][^\u3400-\u9fff]*)(?P<han>[\u3400-\u9fff·]+)"
)


@dataclass(frozen=True, slots=True)
class Meant:
    """A place that somebody means; `place.id` is 0 where it is not stored yet. `new` if the caller did not know it."""

    place: Place
    new: NewPlace | None = None
    unknown: bool = False


async def place_meant_anew(session: Session, caller: Caller, text: str, among: Sequence[Place] = ()) -> Meant:
    """The place that is meant, be it known or not; in any script and spelling, those `among` the given ones first.

    What neither the registry nor the gazetteer knows is a new place if it comes with its country: `Ulju, Korea`,
    蔚州（韓國）. Raises `BadInput` (`place.empty`, `place.ambiguous`, `act.place_near` with the nearest, where the
    name is nearly that of a known place), `NotFound` (`act.place_unknown`, `act.place_unknown_near`).
    """
    quoted = _QUOTED.search(text)
    typed = clean(text.replace(quoted[0], quoted["name"]) if quoted else text)[:MAX_NAME]
    try:
        return Meant(await find_place(session, typed, viewer=caller.viewer, among=among))
    except NotFound as error:
        unknown = error
    try:
        return await _known_or_new(
            session, caller, await place_to_found(session, typed, viewer=caller.viewer)
        )
    except NotFound:
        pass
    for name, whole in name_parts(typed):
        if (country := country_named(whole)) is not None:
            return await _in_country(session, caller, name, country, insisted=quoted is not None)
    near = unknown.values.get("nearest") or []
    if near:
        raise NotFound("act.place_unknown_near", text=typed, nearest=near)
    raise NotFound("act.place_unknown", text=typed)


async def stored_place(session: Session, meant: Meant) -> Place:
    """The place, stored now if it was not there."""
    if meant.new is None:
        return meant.place
    place_id = (await insert_places(session, [meant.new]))[meant.new.key]
    return (await places_by_id(session, [place_id]))[place_id]


async def _known_or_new(session: Session, caller: Caller, found: Place | NewPlace) -> Meant:
    if isinstance(found, NewPlace):
        return Meant(_shown(found), found, unknown=True)
    return Meant(found, unknown=not await known_places(session, caller.viewer, [found.id]))


async def _in_country(session: Session, caller: Caller, name: str, country: str, *, insisted: bool) -> Meant:
    latin, han = _by_script(name)
    near: dict[int, Place] = {}
    for spelling in dict.fromkeys(filter(None, (name, latin, han))):
        try:
            found = await place_to_found(session, spelling, country, viewer=caller.viewer)
            return await _known_or_new(session, caller, found)
        except NotFound as error:
            near |= {place.id: place for place in error.values.get("nearest", ()) if place.country == country}
        # One that only others may know of is that one: it would be there twice otherwise.
        for place in await places_named(session, None, spelling):
            if place.country == country:
                return Meant(place, unknown=True)
    if near and not insisted:
        raise BadInput("act.place_near", text=name, nearest=list(near.values()))
    zone = gazetteer().zone(country, None)
    new = NewPlace(key="", name_en=latin, name_zh=han, country=country, zone=zone)
    stored = await with_free_key(session, new)
    return Meant(_shown(stored), stored, unknown=True)


def _by_script(name: str) -> tuple[str, str | None]:
    """The name in Latin letters, or in any others, and the Chinese one: `Ulju 蔚州`, 蔚州."""
    both = _SCRIPTS.fullmatch(name)
    if both:
        return both["latin"].strip(" /("), both["han"]
    return name, name if re.fullmatch("[\u3400-\u9fff·]+", name) else None


def _shown(new: NewPlace) -> Place:
    return Place(
        id=0,
        key=new.key,
        name_en=new.name_en,
        name_zh=new.name_zh,
        level=new.level,
        country=new.country,
        region_en=new.region_en,
        zone=new.zone,
    )
