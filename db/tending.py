"""What an office said of its reminders: who looks after what, what is done, and whom it wants to hear nothing of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.reminders import Marked
from db.tables import MutedTieRow, OccasionRow


@dataclass(frozen=True, slots=True)
class Tended:
    """What was said of something that is told of: who looks after it (a Discord user), and whether it is done."""

    assignee: int | None = None
    is_done: bool = False


async def tended(session: AsyncSession, office_id: int) -> dict[Marked, Tended]:
    """All of which anything was said in the office."""
    rows = await session.scalars(select(OccasionRow).where(OccasionRow.office_id == office_id))
    return {(row.kind, row.subject, row.occurrence): Tended(row.user_id, row.is_done) for row in rows}


async def tend(session: AsyncSession, office_id: int, marked: Marked, said: Tended) -> None:
    """Note what was said of something, in place of what was said before."""
    kind, subject, occurrence = marked
    key = {"office_id": office_id, "kind": kind, "subject": subject, "occurrence": occurrence}
    await _put(session, OccasionRow, key, {"user_id": said.assignee, "is_done": said.is_done})


async def muted(session: AsyncSession, office_id: int) -> dict[int, date | None]:
    """The partner places of whom the office wants no reminders, by their ids, and until when."""
    rows = await session.scalars(select(MutedTieRow).where(MutedTieRow.office_id == office_id))
    return {row.place_id: row.until for row in rows}


async def mute(session: AsyncSession, office_id: int, place_id: int, until: date | None) -> None:
    await _put(session, MutedTieRow, {"office_id": office_id, "place_id": place_id}, {"until": until})


async def unmute(session: AsyncSession, office_id: int, place_id: int) -> None:
    which = MutedTieRow.office_id == office_id, MutedTieRow.place_id == place_id
    await session.execute(delete(MutedTieRow).where(*which))


async def _put(
    session: AsyncSession, rows: type[Any], key: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    dialect: ModuleType = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(rows).values(**key, **values)
    await session.execute(row.on_conflict_do_update(index_elements=list(key), set_=dict(values)))
