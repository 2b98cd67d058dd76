"""Reading and writing the profiles of places. They are for all to see, as the places are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.profiles import ProfileLine
from db.parts import read_parts, replace_parts, text_lengths
from db.tables import PlaceRow, ProfileRow

_FIELDS = tuple(field.name for field in fields(ProfileLine))


def profile_lengths() -> Mapping[str, int]:
    """The most characters that a line holds, by field, where there is a limit."""
    return text_lengths(ProfileRow, _FIELDS)


async def profiles(
    session: AsyncSession, place_ids: Iterable[int] | None = None
) -> dict[int, tuple[ProfileLine, ...]]:
    """The lines of these places, or of all, in order, by place; a place without any is not there."""
    ids = select(PlaceRow.id)
    if place_ids is not None:
        ids = ids.where(PlaceRow.id.in_(list(place_ids)))
    columns = [getattr(ProfileRow, name) for name in _FIELDS]
    found = await read_parts(session, ProfileRow.place_id, ids, *columns)
    return {
        place_id: tuple(ProfileLine(**dict(zip(_FIELDS, values, strict=True))) for values in lines)
        for place_id, lines in found.items()
    }


async def set_profile(session: AsyncSession, place_id: int, lines: Sequence[ProfileLine]) -> None:
    """Let the place have these lines and no others."""
    rows = [{name: getattr(line, name) for name in _FIELDS} for line in lines]
    await replace_parts(session, ProfileRow.place_id, place_id, rows)
