"""Posts that went out after a backup was made: what a restored outbox has to know, or it would post them again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.reminders import GRACE, ReminderKind, ReminderState
from db.tables import OfficeRow, PartnershipRow, ReminderRow


@dataclass(frozen=True, slots=True)
class SentPost:
    """A post that a server has had."""

    guild_id: int | None
    kind: ReminderKind
    subject: str
    occurrence: date
    lead_days: int
    channel_id: int
    at: datetime
    message_id: int | None
    sent_at: datetime | None


async def sent_since(session: AsyncSession, made_at: datetime) -> list[SentPost]:
    """The posts that a backup of that moment may not know to be sent; the database must be at the newest revision."""
    rows = await session.execute(
        select(
            OfficeRow.guild_id, ReminderRow.kind, ReminderRow.subject, ReminderRow.occurrence,
            ReminderRow.lead_days, ReminderRow.channel_id, ReminderRow.at, ReminderRow.message_id,
            ReminderRow.sent_at,
        )
        .join(OfficeRow, OfficeRow.id == ReminderRow.office_id)
        .where(
            OfficeRow.guild_id.is_not(None),
            ReminderRow.state == ReminderState.SENT,
            ReminderRow.at >= made_at - GRACE,
        )
        .order_by(ReminderRow.id)
    )  # fmt: skip
    return [SentPost(*row) for row in rows]


async def note_sent(session: AsyncSession, posts: Sequence[SentPost]) -> None:
    """Note them as sent in the outbox of the same servers, where they still are about a record that is there."""
    found = await session.execute(
        select(OfficeRow.guild_id, OfficeRow.id).where(OfficeRow.guild_id.is_not(None))
    )
    offices = {guild_id: office_id for guild_id, office_id in found}
    records = {f"P{number}" for number in await session.scalars(select(PartnershipRow.id))}
    for post in posts:
        gone = post.subject.startswith("P") and post.subject not in records
        if post.guild_id in offices and not gone:
            await _note(session, offices[post.guild_id], post)


async def _note(session: AsyncSession, office_id: int, post: SentPost) -> None:
    same = and_(
        ReminderRow.office_id == office_id,
        ReminderRow.kind == post.kind,
        ReminderRow.subject == post.subject,
        ReminderRow.occurrence == post.occurrence,
        ReminderRow.lead_days == post.lead_days,
    )
    rows = list(await session.execute(select(ReminderRow.id, ReminderRow.state).where(same)))
    how = {"message_id": post.message_id, "sent_at": post.sent_at, "state": ReminderState.SENT}
    if any(state is ReminderState.SENT for _, state in rows):
        return
    if rows:
        (first, _), *_ = rows
        await session.execute(
            update(ReminderRow).where(ReminderRow.id == first).values(**how, lease_until=None, reason=None)
        )
        return
    await session.execute(
        insert(ReminderRow).values(
            office_id=office_id,
            kind=post.kind,
            subject=post.subject,
            occurrence=post.occurrence,
            lead_days=post.lead_days,
            channel_id=post.channel_id,
            at=post.at,
            attempts=1,
            **how,
        )
    )
