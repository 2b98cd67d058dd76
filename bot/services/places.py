"""Finding the place that somebody means."""

from collections.abc import Sequence

from bot.domain.access import Action, Viewer
from bot.domain.errors import BadInput, NotFound
from bot.domain.names import clean, fold
from bot.domain.places import Place
from bot.questions.text.scripts import traditional
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from db import places as db
from db.engine import Session
from db.place_index import place_index

MAX_NAME = 100
NEAREST = 3
NEAR_ENOUGH = 70
"""RapidFuzz's ratio from which a name counts as near: one or two letters off in an ordinary name."""

NEAR, MEASURED = 20, 500
"""Among how many near places the office's own come first, and how many names are looked at to get them: some may
be of places that the viewer may not know of."""


async def find_place(
    session: Session, text: str, *, viewer: Viewer | None, among: Sequence[Place] = ()
) -> Place:
    """The place of this key or name, in any of its names, scripts and spellings.

    Places that the `viewer` may not know of are as if they were not there; None, the operator, knows all. Where
    several places answer to the name, one that is `among` the given ones settles it. Raises `BadInput`
    (`place.empty`, `place.ambiguous` with the choices) or `NotFound` (`place.unknown`, `place.unknown_near` with
    the nearest).
    """
    typed = clean(text)
    if not fold(typed):
        raise BadInput("place.empty")
    if found := await db.place_by_key(session, viewer, typed):
        return found
    name = typed[:MAX_NAME]
    found_by_id: dict[int, Place] = {}
    pasted = name.rpartition(" · ")[2]  # perhaps it is the label of a suggestion
    for spelling in dict.fromkeys((name, traditional(name), pasted)):
        found_by_id |= {place.id: place for place in await db.places_named(session, viewer, spelling)}
    candidates = list(found_by_id.values())
    own = {place.id for place in among}
    candidates = [place for place in candidates if place.id in own] or candidates
    if not candidates:
        nearest = await _nearest(session, name, viewer, among)
        key = "place.unknown_near" if nearest else "place.unknown"
        raise NotFound(key, text=name, nearest=nearest)
    if len(candidates) > 1:
        raise BadInput("place.ambiguous", text=name, choices=candidates)
    return candidates[0]


async def _nearest(
    session: Session, typed: str, viewer: Viewer | None, among: Sequence[Place]
) -> list[Place]:
    """The places whose names are nearest to what was typed, those `among` the given ones first."""
    index = await place_index(session)
    near = index.nearest(fold(typed), NEAR_ENOUGH, MEASURED)
    places = (await db.known_places(session, viewer, near))[:NEAR]
    own = {place.id for place in among}
    return sorted(places, key=lambda place: place.id not in own)[:NEAREST]


def _typed(text: str) -> str:
    return traditional(clean(text[:MAX_NAME]))


@requires(Action.READ)
async def complete_partners(desk: Desk, caller: Caller, typed: str) -> list[Place]:
    """Up to 25 partners of the caller's office for what was typed so far, then other places with ties."""
    typed = _typed(typed)
    async with desk.database.read() as session:
        own: list[Place] = []
        if caller.office is not None:
            family = await db.family_of(session, caller.office.place)
            own = await db.complete_tied_places(session, caller.viewer, typed, partners_of=family.own_ids)
        if len(own) >= 25 or not typed.strip():
            return own
        others = await db.complete_tied_places(session, caller.viewer, typed)
    known = {place.id for place in own}
    return (own + [place for place in others if place.id not in known])[:25]


@requires(Action.READ)
async def complete_places(desk: Desk, caller: Caller, typed: str) -> list[Place]:
    """Up to 25 places that have a tie the caller may see."""
    async with desk.database.read() as session:
        return await db.complete_tied_places(session, caller.viewer, _typed(typed))


@requires(Action.READ)
async def place_meant(desk: Desk, caller: Caller, text: str) -> Place:
    """The place that the text names, the office's own first. Raises as `find_place` does."""
    among = [caller.office.place] if caller.office else []
    async with desk.database.read() as session:
        return await find_place(session, text, viewer=caller.viewer, among=among)


async def place_with_id(desk: Desk, place_id: int) -> Place:
    """Raises `NotFound` (`place.gone`)."""
    async with desk.database.read() as session:
        found = await db.places_by_id(session, [place_id])
    if place_id not in found:
        raise NotFound("place.gone")
    return found[place_id]
