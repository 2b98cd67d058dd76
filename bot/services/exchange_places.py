"""Which places took part in an exchange: any number on both sides, read from what somebody typed."""

import re
from collections.abc import Iterable, Sequence

from bot.domain.errors import BadInput, NotFound
from bot.domain.names import clean
from bot.domain.offices import Office
from bot.domain.places import Place
from bot.services.act_lines import split_names
from bot.services.desk import Caller
from bot.services.places import find_place
from bot.services.ties import ties_of_place
from db.engine import Session

MAX_PLACES = 50
_COMMA = re.compile(r"[,，]")
_AND = re.compile(r"\s+(?:and|&)\s+|\s*(?:以及|及|與|和)\s*")


async def partners_meant(
    session: Session, caller: Caller, office: Office, named: Iterable[str]
) -> list[Place]:
    """The places that the texts name, in their order and each once; a text may name several, with commas between them.

    Raises as `find_place` does, and `BadInput`: `visit.with_oneself`, `visit.too_many_places`.
    """
    _, ties = await ties_of_place(session, caller.viewer, office.place)
    among = [tie.partner for tie in ties]
    texts = [text for text in named if clean(text)]
    if not texts:
        raise BadInput("place.empty")
    found = [place for text in texts for place in await places_named_in(session, caller, text, among)]
    if office.place.id in {place.id for place in found}:
        raise BadInput("visit.with_oneself", place=office.place)
    return once(found)


async def places_named_in(session: Session, caller: Caller, text: str, among: Sequence[Place]) -> list[Place]:
    """The places of a list such as `Seattle, Prague` or 西雅圖、布拉格. Raises as `find_place` does."""
    found = []
    for piece in split_names(text):
        found += await _pieces(session, caller, piece, among, [_COMMA, _AND])
    return found


async def _pieces(
    session: Session, caller: Caller, text: str, among: Sequence[Place], signs: Sequence[re.Pattern[str]]
) -> list[Place]:
    """A name may have a comma or an "and" in it: it is taken apart only where nothing is called that."""
    try:
        return [await find_place(session, text, viewer=caller.viewer, among=among)]
    except (NotFound, BadInput):
        for position, sign in enumerate(signs, 1):
            parts = [part for part in sign.split(text) if clean(part)]
            if len(parts) > 1:
                found = [await _pieces(session, caller, part, among, signs[position:]) for part in parts]
                return [place for places in found for place in places]
        raise


def once(places: Iterable[Place]) -> list[Place]:
    """Each place once. Raises `BadInput` (`visit.too_many_places`)."""
    found = list({place.id: place for place in places}.values())
    if len(found) > MAX_PLACES:
        raise BadInput("visit.too_many_places", n=len(found), most=MAX_PLACES)
    return found
