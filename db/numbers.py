"""Record numbers: handed out by the application, so that both engines count alike and an import keeps its own."""

from collections.abc import Sequence

from sqlalchemy import case, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.audit import RecordKind
from db.tables import RecordNumberRow
from db.tables.records import RECORD_TABLES


async def number_records(session: AsyncSession, kind: RecordKind, wanted: Sequence[int | None]) -> list[int]:
    """A record number for each of `wanted`: the one it asks for, or else the next that was never handed out.

    The counter's row stays locked until the transaction ends, so that two processes never take the same number.
    """
    fresh = sum(number is None for number in wanted)
    asked = max((number for number in wanted if number is not None), default=0)
    last = RecordNumberRow.last
    counter = (
        update(RecordNumberRow)
        .where(RecordNumberRow.name == RECORD_TABLES[kind].counter)
        .values(last=case((last < asked, asked), else_=last) + fresh)
        .returning(last)
    )
    highest = (await session.execute(counter)).scalar_one()
    counted = iter(range(highest - fresh + 1, highest + 1))
    return [next(counted) if number is None else number for number in wanted]


async def hold_numbers(session: AsyncSession, kind: RecordKind) -> None:
    """Let no other transaction make such a record until this one ends; what they made is seen from here on.

    SQLite has one writer at a time anyway and knows no `FOR UPDATE`; there it does nothing.
    """
    counter = RECORD_TABLES[kind].counter
    await session.execute(select(RecordNumberRow).where(RecordNumberRow.name == counter).with_for_update())
