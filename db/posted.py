"""Rows of the outbox as people ask for them: what was posted, what waits, and putting one off."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.reminders import Marked, Posted, Reminder, ReminderKind, ReminderState
from db.reminders import enqueue, is_identity, to_reminder
from db.tables import ReminderRow

NO_LEAD = 10_000
"""So many days apart are leads that mean nothing but another post."""

WAITING = (ReminderState.PENDING, ReminderState.BLOCKED)


def _to_posted(row: ReminderRow) -> Posted:
    return Posted(
        row.id, to_reminder(row), row.state, row.reason, row.message_id, row.sent_at, row.told_as_lead
    )


async def posted(session: AsyncSession, office_id: int, most: int) -> list[Posted]:
    """The last rows of an office whose moment has come, newest first."""
    rows = await session.scalars(
        select(ReminderRow)
        .where(ReminderRow.office_id == office_id, ReminderRow.state.not_in(WAITING))
        .order_by(func.coalesce(ReminderRow.sent_at, ReminderRow.at).desc(), ReminderRow.id.desc())
        .limit(most)
    )
    return [_to_posted(row) for row in rows]


async def waiting(session: AsyncSession, office_id: int, until: datetime) -> list[Posted]:
    """What is in the outbox of an office and not out yet, up to that moment: blocked, tried again, or put off."""
    rows = await session.scalars(
        select(ReminderRow)
        .where(ReminderRow.office_id == office_id, ReminderRow.state.in_(WAITING), ReminderRow.at < until)
        .order_by(ReminderRow.at, ReminderRow.id)
    )
    return [_to_posted(row) for row in rows]


async def put_off(session: AsyncSession, reminder: Reminder, day: date, at: datetime) -> None:
    """Post a reminder once more, on that day of the office at that moment, in place of what was put off before.

    It has the lead that it has then, so that it is no other post than one that would come on that day anyway; only
    where that one is out already, it has one that no post has. It is told as this one.
    """
    mine = _of(reminder.office_id, reminder.marked)
    repeats = and_(mine, ReminderRow.told_as_lead.is_not(None), ReminderRow.state.in_(WAITING))
    await session.execute(delete(ReminderRow).where(repeats))
    taken = set(await session.scalars(select(ReminderRow.lead_days).where(mine)))
    lead = (reminder.occurrence - day).days
    while lead in taken:
        lead -= NO_LEAD
    repeat = replace(reminder, lead_days=lead, at=at)
    await enqueue(session, [repeat], at)
    told = {"told_as_lead": reminder.lead_days}
    await session.execute(update(ReminderRow).where(is_identity(repeat)).values(told))


async def put_off_subjects(session: AsyncSession, office_id: int, kind: ReminderKind) -> set[str]:
    """What the reminders of this kind are about that the office has put off, and that have not come again yet."""
    rows = await session.scalars(
        select(ReminderRow.subject).where(
            ReminderRow.office_id == office_id,
            ReminderRow.kind == kind,
            ReminderRow.told_as_lead.is_not(None),
            ReminderRow.state.in_(WAITING),
        )
    )
    return set(rows)


async def call_off_marked(session: AsyncSession, office_id: int, marked: Marked, reason: str) -> None:
    """Do not send what waits of something that is told of: it is done."""
    await session.execute(
        update(ReminderRow)
        .where(_of(office_id, marked), ReminderRow.state.in_(WAITING))
        .values(state=ReminderState.CANCELLED, retry_at=None, reason=reason)
    )


async def last_about(session: AsyncSession, office_id: int, subject: str) -> Posted | None:
    """The last post about a record whose moment has come; None if there was none."""
    row = await session.scalar(
        select(ReminderRow)
        .where(
            ReminderRow.office_id == office_id,
            ReminderRow.subject == subject,
            ReminderRow.state == ReminderState.SENT,
        )
        .order_by(ReminderRow.at.desc(), ReminderRow.id.desc())
        .limit(1)
    )
    return _to_posted(row) if row else None


def _of(office_id: int, marked: Marked) -> ColumnElement[bool]:
    kind, subject, occurrence = marked
    return and_(
        ReminderRow.office_id == office_id,
        ReminderRow.kind == kind,
        ReminderRow.subject == subject,
        ReminderRow.occurrence == occurrence,
    )
