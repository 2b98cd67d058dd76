"""Which places took part in an exchange: any number on both sides, read from what somebody typed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.domain.confirmations import moved
from bot.domain.errors import BadInput, NotFound
from bot.domain.exchange_particulars import Attendee
from bot.domain.names import clean
from bot.domain.offices import Office
from bot.domain.places import Place
from bot.services.act_lines import split_names
from bot.services.desk import Caller
from bot.services.places import find_place
from bot.services.ties import ties_of_place
from bot.services.typed_fields import Values
from db.engine import Session
from db.exchanges import NewExchange

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


# Both sides --------------------------------------------------------------------------------------------------

BETWEEN = "↔"
_BETWEEN = re.compile(r"\s*(?:↔|⇄|⇔|<-+>|<=+>|<>|\|)\s*")


def write_sides(places: Sequence[Place], home_places: int, language: str) -> str:
    """The places on both sides, `Kaohsiung ↔ Seattle, Prague`, in names of the language."""
    chinese = language.startswith("zh")
    names = [each.name_zh if chinese and each.name_zh else each.name_en for each in places]
    comma = "、" if chinese else ", "
    return f"{comma.join(names[:home_places])} {BETWEEN} {comma.join(names[home_places:])}"


async def sides_meant(
    session: Session, caller: Caller, text: str, stored: NewExchange, places: Mapping[int, Place]
) -> Values:
    """What `write_sides` writes, as columns of an exchange; without the sign between them, only the far side is named.

    Those who took part, and what offices said of it, stay with their places. Raises as `places_named_in` does, and
    `BadInput`: `place.empty`,
    `visit.own_place_left_out`, `visit.attendee_left_out`, `visit.too_many_places`.
    """
    near, sign, far = (part.strip() for part in _parted(text))
    known = list(places.values())
    home = [places[place_id] for place_id in stored.places[: stored.home_places]]
    if sign:
        home = once(await places_named_in(session, caller, near, known))
    ids = {place.id for place in home}
    guests = [each for each in await places_named_in(session, caller, far, known) if each.id not in ids]
    if not home or not guests:
        raise BadInput("place.empty")
    own = caller.office.place if caller.office else None
    if own and own.id in stored.places and own.id not in ids:
        raise BadInput("visit.own_place_left_out", place=own)
    found = tuple(place.id for place in once([*home, *guests]))
    return {
        "places": found,
        "home_places": len(home),
        "attendees": tuple(_with_place(each, stored.places, found) for each in stored.attendees),
        "responses": moved(stored.responses, stored.places, found),
    }


def _parted(text: str) -> tuple[str, str, str]:
    match = _BETWEEN.search(text)
    return (text[: match.start()], match[0] or BETWEEN, text[match.end() :]) if match else ("", "", text)


def _with_place(attendee: Attendee, before: Sequence[int], after: Sequence[int]) -> Attendee:
    place_id = before[attendee.party - 1]
    if place_id not in after:
        raise BadInput("visit.attendee_left_out", name=attendee.name)
    return replace(attendee, party=after.index(place_id) + 1)
