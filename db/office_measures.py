"""What an office measures its ties by: how often it expects an exchange, what weighs how much, when it is told."""

from collections.abc import Mapping

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.dormancy import Cadences
from bot.domain.health import Weights
from bot.domain.offices import WeeklyList
from bot.domain.partnerships import Kind
from db.tables import OfficeCadenceRow, OfficeRow, OfficeWeightRow


async def cadences_of(session: AsyncSession, office_id: int) -> Cadences:
    """The office's own months, for the kinds for which it has any."""
    query = select(OfficeCadenceRow.kind, OfficeCadenceRow.months)
    own = await session.execute(query.where(OfficeCadenceRow.office_id == office_id))
    return {kind: months for kind, months in own}


async def set_cadences(session: AsyncSession, office_id: int, cadences: Mapping[Kind, int]) -> None:
    """Let the office have these and no others of its own."""
    await session.execute(delete(OfficeCadenceRow).where(OfficeCadenceRow.office_id == office_id))
    rows = [{"office_id": office_id, "kind": kind, "months": months} for kind, months in cadences.items()]
    if rows:
        await session.execute(insert(OfficeCadenceRow), rows)


async def set_weights(session: AsyncSession, office_id: int, weights: Weights) -> None:
    """Let the office have these; none at all for the built-in ones."""
    await session.execute(delete(OfficeWeightRow).where(OfficeWeightRow.office_id == office_id))
    rows = [
        {"office_id": office_id, "aspect": aspect, "weight": weight} for aspect, weight in weights.items()
    ]
    if rows:
        await session.execute(insert(OfficeWeightRow), rows)


async def set_weekly_list(session: AsyncSession, office_id: int, when: WeeklyList) -> None:
    values = {"list_day": when.day, "list_hour": when.hour}
    await session.execute(update(OfficeRow).where(OfficeRow.id == office_id).values(**values))
