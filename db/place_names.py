"""All places with all their names, for knowing them in running text."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.places import Place
from db.places import to_place
from db.tables import PartyRow, PlaceNameRow, PlaceRow


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """A place, all names that it answers to, and how many agreements it is party to."""

    place: Place
    names: tuple[str, ...]
    ties: int


async def all_place_names(session: AsyncSession) -> list[PlaceNames]:
    """Every place, also those that a viewer may not know of: what is found goes through `places.known_places`."""
    names: dict[int, list[str]] = {}
    for place_id, name in await session.execute(select(PlaceNameRow.place_id, PlaceNameRow.name)):
        names.setdefault(place_id, []).append(name)
    counted = select(PartyRow.place_id, func.count()).group_by(PartyRow.place_id)
    ties = Counter({place_id: count for place_id, count in await session.execute(counted)})
    places = await session.scalars(select(PlaceRow).order_by(PlaceRow.id))
    return [PlaceNames(to_place(row), tuple(names.get(row.id, ())), ties[row.id]) for row in places]
