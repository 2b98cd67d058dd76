"""Questions that were not understood: kept per office, the same one once, for a time and up to a number."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.unanswered import Unanswered
from db.tables import UnansweredRow


async def keep_unanswered(session: AsyncSession, office_id: int, folded: str, asked: Unanswered) -> None:
    """Keep it, or count it once more where it is there; what was marked as out of scope stays so."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(UnansweredRow).values(
        office_id=office_id, folded=folded, question=asked.question, reading=asked.reading, words=asked.words,
        language=asked.language, times=1, asked_at=asked.asked_at, is_out_of_scope=False,
    )  # fmt: skip
    again = {"times": UnansweredRow.times + 1, "asked_at": asked.asked_at}
    await session.execute(
        row.on_conflict_do_update(index_elements=[UnansweredRow.office_id, UnansweredRow.folded], set_=again)
    )


async def drop_old_unanswered(session: AsyncSession, office_id: int, before: datetime, most: int) -> None:
    """Forget what was asked last before then, and all but the newest `most`."""
    newest = (
        select(UnansweredRow.id)
        .where(UnansweredRow.office_id == office_id)
        .order_by(UnansweredRow.asked_at.desc(), UnansweredRow.id.desc())
        .offset(most)
    )
    if session.get_bind().dialect.name == "sqlite":
        newest = newest.limit(-1)  # SQLite takes no offset alone
    old = (UnansweredRow.asked_at < before) | UnansweredRow.id.in_(newest)
    await session.execute(delete(UnansweredRow).where(UnansweredRow.office_id == office_id, old))


async def unanswered(session: AsyncSession, office_id: int) -> Sequence[Unanswered]:
    """Those to be looked at, what was asked most often first, then what was asked last."""
    rows = await session.scalars(
        select(UnansweredRow)
        .where(UnansweredRow.office_id == office_id, UnansweredRow.is_out_of_scope.is_(False))
        .order_by(UnansweredRow.times.desc(), UnansweredRow.asked_at.desc(), UnansweredRow.id)
    )
    return [_read(row) for row in rows]


async def unanswered_numbered(session: AsyncSession, office_id: int, number: int) -> Unanswered | None:
    row = await session.scalar(
        select(UnansweredRow).where(UnansweredRow.id == number, UnansweredRow.office_id == office_id)
    )
    return _read(row) if row else None


def _read(row: UnansweredRow) -> Unanswered:
    return Unanswered(row.question, row.reading, row.words, row.language, row.asked_at, row.times, row.id)


async def set_out_of_scope(session: AsyncSession, office_id: int, number: int) -> None:
    here = (UnansweredRow.id == number, UnansweredRow.office_id == office_id)
    await session.execute(update(UnansweredRow).where(*here).values(is_out_of_scope=True))


async def remove_unanswered(session: AsyncSession, office_id: int, number: int) -> None:
    here = (UnansweredRow.id == number, UnansweredRow.office_id == office_id)
    await session.execute(delete(UnansweredRow).where(*here))


async def remove_all_unanswered(session: AsyncSession, office_id: int) -> None:
    await session.execute(delete(UnansweredRow).where(UnansweredRow.office_id == office_id))
