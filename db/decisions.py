"""Reading what was decided in exchanges. Every query sees through `db.scope.visible`."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.access import Viewer
from bot.domain.decisions import Decided
from bot.domain.exchanges import ExchangeStatus
from db.exchange_parts import EXCHANGE_PART_KINDS
from db.exchanges import exchanges_among
from db.parts import read_kind
from db.tables import DecisionRow, ExchangePlaceRow, ExchangeRow


async def decided_by(
    session: AsyncSession, viewer: Viewer, own_ids: Sequence[int], office_id: int
) -> list[Decided]:
    """The visible exchanges of these places, or kept by the office, in which something was decided; newest first.

    Of what was called off nothing is left to be done.
    """
    own = select(ExchangePlaceRow.exchange_id).where(ExchangePlaceRow.place_id.in_(own_ids))
    chosen = (
        ExchangeRow.id.in_(select(DecisionRow.exchange_id))
        & (ExchangeRow.status != ExchangeStatus.CANCELLED)
        & or_(ExchangeRow.id.in_(own), ExchangeRow.office_id == office_id)
    )
    found = await exchanges_among(session, viewer, chosen)
    ids = select(ExchangeRow.id).where(ExchangeRow.id.in_([each.id for each in found]))
    decisions = await read_kind(session, EXCHANGE_PART_KINDS["decisions"], ids)
    return [Decided(each, decisions[each.id]) for each in found]
