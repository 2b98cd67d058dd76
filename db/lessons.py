"""Reading lessons across exchanges, and counting whom they helped. Every query sees through `db.scope.visible`."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.access import Viewer
from bot.domain.exchanges import Exchange, ExchangeStatus
from bot.domain.lessons import NotedLesson
from db.exchange_parts import EXCHANGE_PART_KINDS, seen_lessons
from db.exchanges import exchanges_among
from db.parts import read_kind
from db.scope import visible
from db.tables import ExchangeRow, LessonRow, LessonUseRow

NEWEST = 100
"""So many of the exchanges without a lesson are looked at, the newest ones: older ones are asked about no more."""


async def lessons_seen(session: AsyncSession, viewer: Viewer, number: int | None = None) -> list[NotedLesson]:
    """Every lesson that the viewer may see, or those of one exchange, of the newest exchanges first."""
    with_one = select(LessonRow.exchange_id).where(seen_lessons(viewer))
    if number is not None:
        with_one = with_one.where(LessonRow.exchange_id == number)
    chosen = ExchangeRow.id.in_(with_one)
    seen = select(ExchangeRow.id).where(chosen, visible(ExchangeRow, viewer))
    lessons = await read_kind(session, EXCHANGE_PART_KINDS["lessons"], seen, seen_lessons(viewer))
    keys = select(LessonRow.key).where(LessonRow.exchange_id.in_(seen))
    uses = select(LessonUseRow.lesson, func.count()).where(LessonUseRow.lesson.in_(keys))
    helped: dict[str, int] = {
        key: count for key, count in await session.execute(uses.group_by(LessonUseRow.lesson))
    }
    return [
        NotedLesson(each, lesson, helped.get(lesson.key, 0))
        for each in await exchanges_among(session, viewer, chosen)
        for lesson in lessons.get(each.id, ())
    ]


async def without_lessons(session: AsyncSession, viewer: Viewer, office_id: int) -> Sequence[Exchange]:
    """The newest exchanges that an office keeps, that were held, and of which nobody has noted a lesson."""
    chosen = (
        (ExchangeRow.office_id == office_id)
        & (ExchangeRow.status == ExchangeStatus.HELD)
        & ExchangeRow.id.not_in(select(LessonRow.exchange_id))
    )
    return await exchanges_among(session, viewer, chosen, NEWEST)


async def note_use(session: AsyncSession, lesson: str, office_id: int, user_id: int, at: datetime) -> bool:
    """Remember that a lesson helped somebody of an office; False where they have said so before."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(LessonUseRow).values(lesson=lesson, office_id=office_id, user_id=user_id, used_at=at)
    noted = await session.scalar(row.on_conflict_do_nothing().returning(LessonUseRow.lesson))
    return noted is not None
