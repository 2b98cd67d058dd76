"""Counting the exchanges between two sides. The query sees through `db.scope.visible`."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.access import Scope, Viewer
from bot.domain.exchanges import ExchangeLevel, ExchangeStatus
from db.scope import visible
from db.tables import ExchangePlaceRow, ExchangeRow


@dataclass(frozen=True, slots=True)
class ExchangeCount:
    """So many exchanges of this status, level and scope."""

    status: ExchangeStatus
    level: ExchangeLevel | None
    scope: Scope
    number: int


async def count_between(
    session: AsyncSession, viewer: Viewer, own_ids: Sequence[int], partner_ids: Sequence[int]
) -> list[ExchangeCount]:
    """How many exchanges have a place of either side, by status, level and scope."""
    own = select(ExchangePlaceRow.exchange_id).where(ExchangePlaceRow.place_id.in_(own_ids))
    theirs = select(ExchangePlaceRow.exchange_id).where(ExchangePlaceRow.place_id.in_(partner_ids))
    kinds = (ExchangeRow.status, ExchangeRow.level, ExchangeRow.scope)
    query = (
        select(*kinds, func.count())
        .where(ExchangeRow.id.in_(own), ExchangeRow.id.in_(theirs), visible(ExchangeRow, viewer))
        .group_by(*kinds)
        .order_by(*kinds)
    )
    return [ExchangeCount(*row) for row in await session.execute(query)]
