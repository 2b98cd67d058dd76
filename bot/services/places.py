"""Finding the place that somebody means."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.domain.errors import BadInput, NotFound
from bot.domain.names import clean, fold
from bot.domain.places import Place
from bot.questions.scripts import traditional
from bot.services.desk import Caller, Desk
from db import places as db
from db.engine import Session

MAX_NAME = 100
NEAREST = 3
NEAR_ENOUGH = 70
"""RapidFuzz's ratio from which a name counts as near: one or two letters off in an ordinary name."""


async def find_place(session: Session, text: str, among: Sequence[Place] = ()) -> Place:
    """The place of this key or name, in any of its names, scripts and spellings.

    Where several places answer to the name, one that is `among` the given ones settles it. Raises `BadInput`
    (`place.empty`, `place.ambiguous` with the choices) or `NotFound` (`place.unknown`, `place.unknown_near` with
    the nearest).
    """
    typed = clean(text)
    if not fold(typed):
        raise BadInput("place.empty")
    if found := await db.place_by_key(session, typed):
        return found
    name = typed[:MAX_NAME]
    candidates = [
        *await db.places_named(session, name),
        *await db.places_named(session, traditional(name)),
        *await db.places_named(session, name.rpartition(" · ")[2]),  # the label of a suggestion, pasted
    ]
    candidates = list({place.id: place for place in candidates}.values())
    known = {place.id for place in among}
    candidates = [place for place in candidates if place.id in known] or candidates
    if not candidates:
        nearest = await _nearest(session, typed, among)
        key = "place.unknown_near" if nearest else "place.unknown"
        raise NotFound(key, text=name, nearest=nearest)
    if len(candidates) > 1:
        raise BadInput("place.ambiguous", text=name, choices=candidates)
    return candidates[0]


async def _nearest(session: Session, typed: str, among: Sequence[Place]) -> list[Place]:
    """The places whose names are nearest to what was typed, those `among` the given ones first."""
    names = await db.all_names(session)
    scored = process.extract(
        fold(typed[:MAX_NAME]),
        [name for _, name in names],
        scorer=fuzz.ratio,
        score_cutoff=NEAR_ENOUGH,
        limit=20,
    )
    ids = list(dict.fromkeys(names[index][0] for _, _, index in scored))
    known = {place.id for place in among}
    ids.sort(key=lambda place_id: place_id not in known)
    places = await db.places_by_id(session, ids[:NEAREST])
    return [places[place_id] for place_id in ids[:NEAREST]]


def _typed(text: str) -> str:
    return traditional(clean(text[:MAX_NAME]))


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


async def complete_places(desk: Desk, caller: Caller, typed: str) -> list[Place]:
    """Up to 25 places that have a tie the caller may see."""
    async with desk.database.read() as session:
        return await db.complete_tied_places(session, caller.viewer, _typed(typed))


async def place_meant(desk: Desk, caller: Caller, text: str) -> Place:
    """The place that the text names, the office's own first. Raises as `find_place` does."""
    among = [caller.office.place] if caller.office else []
    async with desk.database.read() as session:
        return await find_place(session, text, among)


async def place_with_id(desk: Desk, place_id: int) -> Place:
    """Raises `NotFound` (`place.gone`)."""
    async with desk.database.read() as session:
        found = await db.places_by_id(session, [place_id])
    if place_id not in found:
        raise NotFound("place.gone")
    return found[place_id]
