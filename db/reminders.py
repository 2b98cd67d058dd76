"""The outbox: rows that are planned once, claimed with a lease, sent, and kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.reminders import (
    GRACE,
    LEASE,
    LONGEST_RETRY,
    MOST_COPIES,
    PERHAPS_OUT,
    TWICE,
    Doubt,
    Reminder,
    ReminderKind,
    ReminderState,
)
from db.tables import OfficeRow, ReminderRow

NOBODY_TOLD = "nobody_told"
"""Why a notice of a closed channel was given up: it reached nobody."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A row of the outbox that this process may send until its lease ends.

    It may stand in its channel `copies` times already, since `begun_at`: whoever sent it did not learn how that ended.
    """

    row_id: int
    reminder: Reminder
    attempts: int
    lease_until: datetime
    begun_at: datetime | None = None
    copies: int = 0
    told_as_lead: int | None = None
    """Of one that was put off, the lead of the post that it repeats."""

    @property
    def told(self) -> Reminder:
        """The reminder that its text is about."""
        lead = self.told_as_lead
        return self.reminder if lead is None else replace(self.reminder, lead_days=lead)


async def enqueue(session: AsyncSession, planned: Sequence[Reminder], expire_before: datetime) -> None:
    """Put posts of one office into the outbox; those that are there already, for whichever channel, stay as they are.

    Posts whose moment lies before `expire_before` go in as expired: kept and told of, but not sent. What expired by a
    clock that has been set back since, waits again.
    """
    if not planned:
        return
    await session.execute(
        update(ReminderRow)
        .where(
            ReminderRow.office_id == planned[0].office_id,
            ReminderRow.state == ReminderState.EXPIRED,
            ReminderRow.at >= expire_before,
        )
        .values(state=ReminderState.PENDING, told_in=None)
    )
    known = await _known(session, planned)
    new = [post for post in planned if _identity(post) not in known]
    if not new:
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
        for post in new
    ]
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    await session.execute(dialect.insert(ReminderRow).on_conflict_do_nothing(), rows)


Identity = tuple[ReminderKind, str, date, int]


def _identity(post: Reminder | ReminderRow) -> Identity:
    """What makes a post the same within an office, also when its channel was changed in between."""
    return post.kind, post.subject, post.occurrence, post.lead_days


def is_identity(post: Reminder) -> ColumnElement[bool]:
    """The row of a post, for whichever channel."""
    return and_(
        ReminderRow.office_id == post.office_id,
        ReminderRow.kind == post.kind,
        ReminderRow.subject == post.subject,
        ReminderRow.occurrence == post.occurrence,
        ReminderRow.lead_days == post.lead_days,
    )


async def _known(session: AsyncSession, planned: Sequence[Reminder]) -> set[Identity]:
    """What the outbox holds of the days that the planned posts are about, whenever that was or will be posted.

    The moment of a post is no part of it: the office may have changed its hour, or what it does on rest days.
    """
    days = [post.occurrence for post in planned]
    rows = await session.scalars(
        select(ReminderRow).where(
            ReminderRow.office_id == planned[0].office_id,
            ReminderRow.occurrence.between(min(days), max(days)),
        )
    )
    return {_identity(row) for row in rows}


async def expire(session: AsyncSession, now: datetime) -> None:
    """Give up what is past its grace: as failed where sending it was tried, as expired where it never came to that.

    What may stand there all the same is noted as such.
    """
    lost = or_(
        ReminderRow.state.in_([ReminderState.PENDING, ReminderState.BLOCKED]),
        and_(ReminderRow.state == ReminderState.CLAIMED, ReminderRow.lease_until < now),
    )
    await session.execute(
        update(ReminderRow)
        .where(lost, ReminderRow.at < now - GRACE)
        .values(
            state=case((ReminderRow.attempts > 0, ReminderState.FAILED), else_=ReminderState.EXPIRED),
            reason=case(
                (ReminderRow.copies >= MOST_COPIES, TWICE),
                (ReminderRow.copies > 0, PERHAPS_OUT),
                else_=ReminderRow.reason,
            ),
            lease_until=None,
        )
    )


async def reroute(
    session: AsyncSession,
    office_id: int,
    channel_id: int,
    kinds: Collection[ReminderKind] = tuple(ReminderKind),
) -> None:
    """Send what waits or is blocked, of these kinds, to another channel, at once."""
    await session.execute(
        update(ReminderRow)
        .where(_waiting(office_id, kinds))
        .values(
            channel_id=channel_id,
            state=ReminderState.PENDING,
            retry_at=None,
            reason=None,
            begun_at=None,  # a nonce holds for its channel only
        )
    )


async def call_off(session: AsyncSession, office_id: int, kinds: Collection[ReminderKind]) -> None:
    """Do not send what waits or is blocked, of these kinds: the office wants no such posts any more."""
    await session.execute(
        update(ReminderRow)
        .where(_waiting(office_id, kinds))
        .values(state=ReminderState.CANCELLED, retry_at=None, reason="no channel")
    )


def _waiting(office_id: int, kinds: Collection[ReminderKind]) -> ColumnElement[bool]:
    return and_(
        ReminderRow.office_id == office_id,
        ReminderRow.kind.in_(kinds),
        ReminderRow.state.in_([ReminderState.PENDING, ReminderState.BLOCKED]),
    )


async def claim_due(session: AsyncSession, worker: str, now: datetime, limit: int = 20) -> list[Claim]:
    """Take for this worker what is due and not waiting, and what its holder did not finish within the lease.

    What an office that sleeps has waiting is left until it wakes or expires.
    """
    free = or_(
        and_(
            ReminderRow.state.in_([ReminderState.PENDING, ReminderState.BLOCKED]),
            or_(
                ReminderRow.retry_at.is_(None),
                ReminderRow.retry_at <= now,
                ReminderRow.retry_at > now + LONGEST_RETRY,  # by a clock that was ahead
            ),
        ),
        and_(
            ReminderRow.state == ReminderState.CLAIMED,
            or_(ReminderRow.lease_until < now, ReminderRow.lease_until > now + 2 * LEASE),
        ),
    )
    awake = select(OfficeRow.id).where(OfficeRow.asleep_since.is_(None))
    due = (
        select(ReminderRow.id)
        .where(free, ReminderRow.at <= now, ReminderRow.office_id.in_(awake))
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
    return [
        Claim(row.id, to_reminder(row), row.attempts, lease_until, row.begun_at, row.copies, row.told_as_lead)
        for row in rows
    ]


def to_reminder(row: ReminderRow) -> Reminder:
    return Reminder(
        office_id=row.office_id,
        kind=ReminderKind(row.kind),
        subject=row.subject,
        occurrence=row.occurrence,
        lead_days=row.lead_days,
        channel_id=row.channel_id,
        at=row.at,
    )


async def begin(session: AsyncSession, claim: Claim) -> bool:
    """Note that a row is about to be sent, as the claim says; returns False where it is somebody else's by now."""
    begun = await session.scalar(
        update(ReminderRow)
        .where(_is_held(claim))
        .values(begun_at=claim.begun_at, copies=claim.copies)
        .returning(ReminderRow.id)
    )
    return begun is not None


def _is_held(claim: Claim) -> ColumnElement[bool]:
    """The row, unless the lease ran out and somebody else has claimed it since."""
    return and_(
        ReminderRow.id == claim.row_id,
        ReminderRow.state == ReminderState.CLAIMED,
        ReminderRow.attempts == claim.attempts,
    )


async def mark_sent(
    session: AsyncSession, row_id: int, message_id: int, at: datetime, reason: str | None = None
) -> None:
    await session.execute(
        update(ReminderRow)
        .where(ReminderRow.id == row_id)
        .values(state=ReminderState.SENT, message_id=message_id, sent_at=at, lease_until=None, reason=reason)
    )


async def mark(
    session: AsyncSession,
    claim: Claim,
    state: ReminderState,
    reason: str | None,
    retry_at: datetime | None,
    *,
    doubt: Doubt = Doubt.NONE,
) -> None:
    """Note why a row was not sent: `pending` or `blocked`, to be tried again at `retry_at`, or `cancelled`.

    That it was begun stays noted in `doubt`; in little, it does not count as a copy. Nothing is noted where the lease
    ran out and somebody else has claimed the row since: it is theirs.
    """
    before: dict[str, object] = {} if doubt is Doubt.GREAT else {"copies": claim.copies}
    if doubt is Doubt.NONE:
        before["begun_at"] = claim.begun_at
    await session.execute(
        update(ReminderRow)
        .where(_is_held(claim))
        .values(state=state, reason=reason, retry_at=retry_at, lease_until=None, claimed_by=None, **before)
    )


async def unsent(session: AsyncSession, since: datetime) -> list[tuple[int, ReminderState, str, int]]:
    """(office id, state, reason, number) of the posts since then that are blocked, were given up, or never sent.

    The reason is empty for those that were given up for lack of time, whatever stood in the way.
    """
    states = [ReminderState.BLOCKED, ReminderState.FAILED, ReminderState.EXPIRED]
    matters = or_(ReminderRow.state == ReminderState.BLOCKED, ReminderRow.reason == NOBODY_TOLD)
    reason = case((matters, func.coalesce(ReminderRow.reason, "")), else_="")
    rows = await session.execute(
        select(ReminderRow.office_id, ReminderRow.state, reason, func.count())
        .where(ReminderRow.state.in_(states), ReminderRow.at >= since)
        .group_by(ReminderRow.office_id, ReminderRow.state, reason)
        .order_by(ReminderRow.office_id, ReminderRow.state, reason)
    )
    return [(office_id, ReminderState(state), why, number) for office_id, state, why, number in rows]


async def release_claims(session: AsyncSession, worker: str, begun: Collection[int] = ()) -> None:
    """Let others have at once what this worker claimed and did not come to; the attempt does not count.

    What it had `begun` to send (by row id) stays claimed until its lease ends: it may be out already.
    """
    await session.execute(
        update(ReminderRow)
        .where(
            ReminderRow.state == ReminderState.CLAIMED,
            ReminderRow.claimed_by == worker,
            ReminderRow.id.not_in(begun),
        )
        .values(
            state=ReminderState.PENDING,
            attempts=ReminderRow.attempts - 1,
            claimed_by=None,
            lease_until=None,
        )
    )
