"""Letting one transaction at a time do what rests on all rows of a kind, such as who is the first.

A row is locked for it, not a table: engines that only speak PostgreSQL's protocol know no `LOCK TABLE`.
"""

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.tables import WatermarkRow


class Held(StrEnum):
    """What is held, each by its row among the watermarks."""

    GROUPS = "groups"
    OFFICES = "offices"


async def hold(session: AsyncSession, what: Held) -> None:
    """Let nobody else who holds it go on until this transaction ends; what they changed is seen from here on.

    SQLite has one writer at a time anyway and knows no `FOR UPDATE`; there it does nothing.
    """
    await session.execute(select(WatermarkRow.version).where(WatermarkRow.name == what).with_for_update())
