"""The outbox: rows that are planned once, claimed with a lease, sent, and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.reminders import LEASE, Reminder, ReminderKind, ReminderState
from db.tables import ReminderRow


@dataclass(frozen=True, slots=True)
class Claim:
    """A row of the outbox that this process may send until its lease ends."""

    row_id: int
    reminder: Reminder
    attempts: int
    lease_until: datetime


async def enqueue(session: AsyncSession, planned: Sequence[Reminder], expire_before: datetime) -> None:
    """Put posts into the outbox; those that are there already stay as they are.

    Posts whose moment lies before `expire_before` go in as expired: kept and told of, but not sent.
    """
    if not planned:
        return
    rows = [
        {
            "office_id": post.office_id,
            "kind": post.kind,
            "subject": post.subject,
            "occurrence": post.occurrence,
            "lead_days": post.lead_days,
            "channel_id": post.channel_id,
            "at": post.at,
            "state": ReminderState.EXPIRED if post.at < expire_before else ReminderState.PENDING,
            "attempts": 0,
        }
        for post in planned
    ]
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    await session.execute(dialect.insert(ReminderRow).on_conflict_do_nothing(), rows)


async def claim_due(session: AsyncSession, worker: str, now: datetime, limit: int = 20) -> list[Claim]:
    """Take due rows, and those whose holder's lease has run out, for this worker."""
    free = or_(
        ReminderRow.state == ReminderState.PENDING,
        and_(ReminderRow.state == ReminderState.CLAIMED, ReminderRow.lease_until < now),
    )
    due = (
        select(ReminderRow.id)
        .where(free, ReminderRow.at <= now)
        .order_by(ReminderRow.at, ReminderRow.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = list(await session.scalars(due))
    if not ids:
        return []
    lease_until = now + LEASE
    await session.execute(
        update(ReminderRow)
        .where(ReminderRow.id.in_(ids))
        .values(
            state=ReminderState.CLAIMED,
            claimed_by=worker,
            lease_until=lease_until,
            attempts=ReminderRow.attempts + 1,
        )
    )
    rows = await session.scalars(
        select(ReminderRow).where(ReminderRow.id.in_(ids)).order_by(ReminderRow.at, ReminderRow.id)
    )
    return [Claim(row.id, _to_reminder(row), row.attempts, lease_until) for row in rows]


def _to_reminder(row: ReminderRow) -> Reminder:
    return Reminder(
        office_id=row.office_id,
        kind=ReminderKind(row.kind),
        subject=row.subject,
        occurrence=row.occurrence,
        lead_days=row.lead_days,
        channel_id=row.channel_id,
        at=row.at,
    )


async def mark_sent(session: AsyncSession, row_id: int, message_id: int, at: datetime) -> None:
    await session.execute(
        update(ReminderRow)
        .where(ReminderRow.id == row_id)
        .values(state=ReminderState.SENT, message_id=message_id, sent_at=at, lease_until=None, reason=None)
    )


async def mark(session: AsyncSession, claim: Claim, state: ReminderState, reason: str | None) -> None:
    """Note why a row was not sent: `pending` to be tried again, `blocked`, `failed` or `cancelled`.

    Nothing is noted where the lease ran out and somebody else has claimed the row since: it is theirs.
    """
    await session.execute(
        update(ReminderRow)
        .where(
            ReminderRow.id == claim.row_id,
            ReminderRow.state == ReminderState.CLAIMED,
            ReminderRow.attempts == claim.attempts,
        )
        .values(state=state, reason=reason, lease_until=None, claimed_by=None)
    )


async def blocked_reasons(session: AsyncSession) -> list[tuple[int, str]]:
    """(office id, reason) of every blocked post."""
    rows = await session.execute(
        select(ReminderRow.office_id, ReminderRow.reason)
        .where(ReminderRow.state == ReminderState.BLOCKED)
        .distinct()
        .order_by(ReminderRow.office_id)
    )
    return [(office_id, reason or "") for office_id, reason in rows]
