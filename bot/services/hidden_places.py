"""Questions that name places of which the asker may not know: they are read as if the registry had never heard of them.

The lexicon knows every place, as it is made once for all. What the world knows, a large city, may be named by
anybody; of any other place not even its right spelling is told.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.questions.conditions import PlaceRef
from bot.questions.outcomes import Ambiguous, Reading, Twofold, UnknownPlace
from bot.questions.query import Query
from bot.services.holdings import Loader
from bot.services.lexicon import world


async def as_seen(loader: Loader, reading: Reading) -> Reading:
    """The reading as it would be if there were no places that the asker may not know of."""
    match reading:
        case Query():
            hidden = await _hidden(loader, [reading])
            found = next((ref for ref in _places(reading) if ref.id in hidden), None)
            return reading if found is None else UnknownPlace(found.said or found.name)
        case Twofold():
            first, second = await as_seen(loader, reading.first), await as_seen(loader, reading.second)
            if not isinstance(first, Query | Ambiguous):
                return first
            return Twofold(first, second) if isinstance(second, Query | Ambiguous) else second
        case Ambiguous():
            return await _settled(loader, reading)
        case UnknownPlace():
            known = await _known(loader, reading.nearest)
            return replace(reading, nearest=tuple(ref for ref in reading.nearest if ref.id in known))
    return reading


async def _settled(loader: Loader, reading: Ambiguous) -> Reading:
    hidden = await _hidden(loader, reading.choices)
    kept = [
        number
        for number, choice in enumerate(reading.choices)
        if not any(ref.id in hidden for ref in _places(choice))
    ]
    if not kept:
        return UnknownPlace(reading.words)
    if len(kept) == 1:
        return reading.choices[kept[0]]
    labels = tuple(reading.labels[number] for number in kept) if reading.labels else ()
    return replace(reading, choices=tuple(reading.choices[number] for number in kept), labels=labels)


async def _hidden(loader: Loader, queries: Iterable[Query]) -> set[int]:
    """The ids of the places that these name and the asker may not know of, but for those that the world knows."""
    named = [ref for query in queries for ref in _places(query)]
    known = await _known(loader, named)
    return {
        ref.id for ref in named if ref.id is not None and ref.id not in known and not _is_of_the_world(ref)
    }


def _is_of_the_world(ref: PlaceRef) -> bool:
    return any(each.country == ref.country for each in world(ref.name))


async def _known(loader: Loader, named: Iterable[PlaceRef]) -> set[int]:
    office = loader.caller.office
    own = {office.place.id} if office else set()
    asked = {ref.id for ref in named if ref.id is not None} - own
    return own | (await loader.known_among(asked) if asked else set())


def _places(query: Query) -> Iterator[PlaceRef]:
    yield from query.home.places
    yield from query.partner.places
    for where in query.compare.others if query.compare else ():
        yield from where.places
