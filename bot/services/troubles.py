"""What becomes of posts that cannot go out: lists of what was missed, and notices of channels that are closed."""

from datetime import datetime

from bot.domain.offices import Office, Purpose
from bot.domain.reminders import (
    BLOCKED_WAIT,
    GRACE,
    NO_CHANNEL,
    OF_OFFICE,
    Reminder,
    ReminderKind,
    ReminderState,
)
from bot.services.desk import Desk
from db import missed as db
from db.engine import Session
from db.offices import office_by_id, office_of_guild
from db.reminders import NOBODY_TOLD, Claim, enqueue, mark, reroute

PREFERRED = (Purpose.DIGESTS, Purpose.ANNIVERSARIES, Purpose.DORMANCY, Purpose.VISITS)
"""In which channel what is of no single purpose is posted: in the first of these that the office has."""


async def list_missed(session: Session, office: Office, now: datetime) -> None:
    """Put into the outbox the one list of what was missed and is told nowhere yet; at most one a day."""
    missed = await db.untold(session, office.id)
    if not missed:
        return
    channel = await _other_channel(session, office)
    today = office.today(now)
    a_list = Reminder(office.id, ReminderKind.MISSED, OF_OFFICE, today, 0, channel, now)
    if await db.is_there(session, a_list):
        return  # what was missed since is in tomorrow's
    await enqueue(session, [a_list], now - GRACE)
    await db.tell_in(session, missed, a_list)


async def record_blocked(desk: Desk, claim: Claim, reason: str) -> None:
    """Keep a post that a channel refuses, to be tried again; tell somebody, once, elsewhere.

    What tells of a trouble and cannot be posted itself is sent to a person; where that fails too, it is given up, and
    `/office check` tells it.
    """
    now, post = desk.clock(), claim.reminder
    async with desk.database.write() as session:
        if post.kind is ReminderKind.TROUBLE:
            await mark(session, claim, *_after_refusal(post), None)
            if post.channel_id != NO_CHANNEL:
                await reroute(session, post.office_id, NO_CHANNEL, [ReminderKind.TROUBLE])
            return
        await mark(session, claim, ReminderState.BLOCKED, reason, now + BLOCKED_WAIT)
        office = await office_by_id(session, post.office_id)
        if office is None or await db.is_told(session, office.id, post.channel_id):
            return
        channel = await _other_channel(session, office, post.channel_id)
        subject, today = str(post.channel_id), office.today(now)
        notice = Reminder(office.id, ReminderKind.TROUBLE, subject, today, 0, channel, now)
        await enqueue(session, [notice], now - GRACE)


def _after_refusal(notice: Reminder) -> tuple[ReminderState, str]:
    if notice.channel_id == NO_CHANNEL:
        return ReminderState.FAILED, NOBODY_TOLD
    return ReminderState.PENDING, "forbidden"


async def _other_channel(session: Session, office: Office, closed: int | None = None) -> int:
    """A channel of the office in which nothing is blocked; `NO_CHANNEL` where there is none."""
    shut = await db.blocked_channels(session, office.id) | {closed}
    channels = (office.channels.get(purpose) for purpose in PREFERRED)
    return next((each for each in channels if each is not None and each not in shut), NO_CHANNEL)


async def channels_changed(desk: Desk, guild_id: int) -> None:
    """A channel or a role of a server has changed: what is blocked there is tried again at once."""
    async with desk.database.read() as session:
        office = await office_of_guild(session, guild_id)
        shut = await db.blocked_channels(session, office.id) if office else ()
    if office is None or not shut:
        return
    async with desk.database.write() as session:
        await db.try_again(session, office.id)
    desk.database.changed.set()
