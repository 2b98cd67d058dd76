"""Counting changes, so that each process learns when what it keeps in memory is out of date.

A change and its count are committed together: whoever reads a version sees all that was changed up to it.
"""

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import event, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from db.tables import WatermarkRow

T = TypeVar("T")


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


async def remembered(
    session: AsyncSession, key: str, watermark: Watermark, make: Callable[[], Awaitable[T]]
) -> T:
    """What was made of the things that the watermark counts changes of, as it is right for this transaction.

    It is kept in the memory of the process (`Database.memory`) under `key`, and made anew when they have changed.
    """
    version = await version_of(session, watermark)
    memory = session.info["memory"]
    kept: tuple[int, T] | None = memory.get(key)
    # What this transaction has changed may never be committed, so that no other may find it in memory.
    own_changes = counts(session, watermark)
    if kept is not None and kept[0] == version and not own_changes:
        return kept[1]
    made = await make()
    if not own_changes:
        memory[key] = (version, made)
    return made
