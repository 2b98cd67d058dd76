"""The names of all places in memory, for finding those that are near to what somebody typed.

No index of a database finds near names: each has to be measured. They are read once by a process, and again when
`watermarks` says that it, or another, has changed them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.tables import PlaceNameRow
from db.watermarks import Watermark, remembered


@dataclass(frozen=True, slots=True)
class PlaceIndex:
    """The folded names of all places, and beside each the id of its place."""

    ids: Sequence[int]
    names: Sequence[str]

    def nearest(self, folded: str, near_enough: float, most: int) -> list[int]:
        """The places with names of at least this nearness (RapidFuzz's ratio, 0 to 100), the nearest first."""
        found = process.extract(folded, self.names, scorer=fuzz.ratio, score_cutoff=near_enough, limit=most)
        return list(dict.fromkeys(self.ids[position] for _, _, position in found))


async def place_index(session: AsyncSession) -> PlaceIndex:
    """The index as it is right for this transaction: from the process's memory (`Database.memory`) if it can be.

    It holds places that the viewer may not know of; what is found in it goes through `places.known_places`.
    """

    async def read() -> PlaceIndex:
        rows = (await session.execute(select(PlaceNameRow.place_id, PlaceNameRow.folded))).all()
        return PlaceIndex([place_id for place_id, _ in rows], [folded for _, folded in rows])

    return await remembered(session, "place_index", Watermark.PLACES, read)
