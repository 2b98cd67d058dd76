"""Counting changes, so that each process learns when what it keeps in memory is out of date.

A change and its count are committed together: whoever reads a version sees all that was changed up to it.
"""

from enum import StrEnum

from sqlalchemy import event, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from db.tables import WatermarkRow


class Watermark(StrEnum):
    """What changes are counted of."""

    PLACES = "places"


def count_on(session: AsyncSession, watermark: Watermark) -> None:
    """Let this transaction count as a change when it is committed.

    The watermark's row is locked until the transaction ends. It is therefore the last that is taken, so that of two
    transactions that also lock other rows neither waits for the other.
    """
    session.info.setdefault(_CHANGED, set()).add(watermark)
    event.listen(session.sync_session, "before_commit", _count)


def counts(session: AsyncSession, watermark: Watermark) -> bool:
    """Whether this transaction has a change that is not committed yet."""
    return watermark in session.info.get(_CHANGED, ())


async def version_of(session: AsyncSession, watermark: Watermark) -> int:
    """How many changes there were, those of this transaction not among them."""
    version = await session.scalar(select(WatermarkRow.version).where(WatermarkRow.name == watermark))
    return version or 0


_CHANGED = "changed_watermarks"


def _count(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a savepoint, whose changes may still be rolled back with what is around it
    changed: set[Watermark] = session.info[_CHANGED]
    for watermark in sorted(changed):
        session.execute(
            update(WatermarkRow)
            .where(WatermarkRow.name == watermark)
            .values(version=WatermarkRow.version + 1)
        )
    changed.clear()
