"""What the outbox could not post: the lists in which that is told, and channels in which nothing can be posted."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.reminders import Reminder, ReminderKind, ReminderState
from db.reminders import is_identity, to_reminder
from db.tables import ReminderRow

LOST = (ReminderState.EXPIRED, ReminderState.FAILED)
TOLD_ELSEWHERE = (ReminderKind.MISSED, ReminderKind.TROUBLE)
"""Kinds that are in no list of missed posts: what they tell is told again by the next one."""


async def untold(session: AsyncSession, office_id: int) -> list[int]:
    """The row ids of the posts of an office that were missed and stand in no list, or in one that was missed too."""
    lost_lists = select(ReminderRow.id).where(
        ReminderRow.office_id == office_id,
        ReminderRow.kind == ReminderKind.MISSED,
        ReminderRow.state.in_(LOST),
    )
    rows = await session.scalars(
        select(ReminderRow.id).where(
            ReminderRow.office_id == office_id,
            ReminderRow.state.in_(LOST),
            ReminderRow.kind.not_in(TOLD_ELSEWHERE),
            or_(ReminderRow.told_in.is_(None), ReminderRow.told_in.in_(lost_lists)),
        )
    )
    return list(rows)


async def is_there(session: AsyncSession, post: Reminder) -> bool:
    """Whether the outbox holds a post, for whichever channel."""
    return await session.scalar(select(ReminderRow.id).where(is_identity(post))) is not None


async def tell_in(session: AsyncSession, row_ids: Collection[int], a_list: Reminder) -> None:
    """Note in which list, a row of the outbox, these posts are told of."""
    row_id = await session.scalar(select(ReminderRow.id).where(is_identity(a_list)))
    await session.execute(update(ReminderRow).where(ReminderRow.id.in_(row_ids)).values(told_in=row_id))


async def told_in(session: AsyncSession, a_list: Reminder) -> list[Reminder]:
    """The posts that a list tells of, in order of time."""
    row_id = select(ReminderRow.id).where(is_identity(a_list)).scalar_subquery()
    rows = await session.scalars(
        select(ReminderRow).where(ReminderRow.told_in == row_id).order_by(ReminderRow.at, ReminderRow.id)
    )
    told = [(to_reminder(row), row.told_as_lead) for row in rows]
    return [each if lead is None else replace(each, lead_days=lead) for each, lead in told]


# Channels in which nothing can be posted ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Blocked:
    """How many posts wait for a channel, and the reason of the last attempt: `forbidden`, `channel_gone`."""

    number: int
    reason: str


async def blocked_in(session: AsyncSession, office_id: int, channel_id: int) -> Blocked | None:
    """What is blocked in a channel of the office; None if nothing is."""
    number, reason = (
        await session.execute(
            select(func.count(), func.max(ReminderRow.reason)).where(
                ReminderRow.office_id == office_id,
                ReminderRow.channel_id == channel_id,
                ReminderRow.state == ReminderState.BLOCKED,
            )
        )
    ).one()
    return Blocked(number, reason or "forbidden") if number else None


async def blocked_channels(session: AsyncSession, office_id: int) -> set[int]:
    """The channels of the office in which something is blocked."""
    rows = await session.scalars(
        select(ReminderRow.channel_id)
        .where(ReminderRow.office_id == office_id, ReminderRow.state == ReminderState.BLOCKED)
        .distinct()
    )
    return set(rows)


async def is_told(session: AsyncSession, office_id: int, channel_id: int) -> bool:
    """Whether somebody was told of the trouble with a channel since anything was last posted in it."""
    notice = await session.scalar(
        select(func.max(ReminderRow.at)).where(
            ReminderRow.office_id == office_id,
            ReminderRow.kind == ReminderKind.TROUBLE,
            ReminderRow.subject == str(channel_id),
        )
    )
    well: datetime | None = await session.scalar(
        select(func.max(ReminderRow.sent_at)).where(
            ReminderRow.office_id == office_id, ReminderRow.channel_id == channel_id
        )
    )
    return notice is not None and (well is None or well < notice)


async def try_again(session: AsyncSession, office_id: int) -> None:
    """Let what is blocked be tried at once: somebody has changed a channel or a role of the server."""
    await session.execute(
        update(ReminderRow)
        .where(
            and_(ReminderRow.office_id == office_id, ReminderRow.state == ReminderState.BLOCKED),
        )
        .values(retry_at=None)
    )
