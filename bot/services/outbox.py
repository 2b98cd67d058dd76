"""The outbox between the plan and the post."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.planning import plan
from bot.domain.reminders import GRACE, MOST_COPIES, NONCE_KEPT, TWICE, Doubt, ReminderState
from bot.services.desk import Desk
from bot.services.facts import facts_of
from bot.services.faults import outage
from bot.services.troubles import list_missed
from db import reminders as db
from db.offices import hold_office, office_by_id, offices, planned_until, set_planned_until
from db.reminders import Claim

log = logging.getLogger(__name__)

TOLD_OF = timedelta(days=30)


async def enqueue_due(desk: Desk) -> list[Exception]:
    """Put into the outbox whatever has come due since the last time, for every office that has a server and is awake.

    What came due while nothing ran, or while the office slept, is put in too: late within the grace, as expired
    beyond it. An office for which this fails is logged, and keeps no other from its posts; what went wrong is returned.
    Raises what keeps the database from working at all.
    """
    failures: list[Exception] = []
    async with desk.database.read() as session:
        everywhere = await offices(session)
    for office in everywhere:
        if not office.is_served:
            continue
        try:
            await _enqueue_due_of(desk, office.id)
        except Exception as error:
            if outage(error):
                raise
            log.exception("the posts of office %s could not be planned", office.id)
            failures.append(error)
    return failures


async def _enqueue_due_of(desk: Desk, office_id: int) -> None:
    now = desk.clock()
    async with desk.database.write() as session:
        await hold_office(session, office_id)  # its channels, or its server, may have changed a moment ago
        office = await office_by_id(session, office_id)
        if office is None or office.since is None or not office.is_served:
            return
        known = await planned_until(session, office.id) or office.since
        start = max(office.since, min(known, now - GRACE))
        due = plan(await facts_of(session, office), start, now + timedelta(seconds=1))
        await db.enqueue(session, due, now - GRACE)
        await list_missed(session, office, now)
        await set_planned_until(session, office.id, now)


async def claim_due(desk: Desk, worker: str) -> list[Claim]:
    """Take what is due for this worker; the claim is stored before anything is sent."""
    async with desk.database.write() as session:
        await db.expire(session, desk.clock())
        return await db.claim_due(session, worker, desk.clock())


async def begin(desk: Desk, claim: Claim) -> Claim | None:
    """Note that a post is about to be sent, so that it is known to be perhaps out if nobody can tell any more.

    None where it is not to be sent: it is somebody else's by now, or it may be out `MOST_COPIES` times and is given up.
    """
    now = desk.clock()
    known = claim.begun_at is not None and timedelta() <= now - claim.begun_at < NONCE_KEPT
    if not known and claim.copies >= MOST_COPIES:
        log.error("post %s may be out %s times, and is not sent again", claim.row_id, claim.copies)
        await record_unsent(desk, claim, ReminderState.FAILED, TWICE)
        return None
    begun = claim if known else replace(claim, begun_at=now, copies=claim.copies + 1)
    async with desk.database.write() as session:
        if not await db.begin(session, begun):
            return None
    if begun.copies > 1:
        log.warning("post %s may stand there twice: how it was sent before is not known", claim.row_id)
    return begun


async def record_sent(desk: Desk, claim: Claim, message_id: int) -> None:
    """Note as which message a post that was begun went out."""
    reason = TWICE if claim.copies > 1 else None
    async with desk.database.write() as session:
        await db.mark_sent(session, claim.row_id, message_id, desk.clock(), reason)


async def record_unsent(
    desk: Desk,
    claim: Claim,
    state: ReminderState,
    reason: str,
    wait: timedelta | None = None,
    *,
    doubt: Doubt = Doubt.NONE,
) -> None:
    """Note why a post did not go out, as far as is known, and after what time it is tried again."""
    retry_at = desk.clock() + wait if wait else None
    async with desk.database.write() as session:
        await db.mark(session, claim, state, reason, retry_at, doubt=doubt)


async def unsent_posts(desk: Desk) -> Sequence[tuple[int, ReminderState, str, int]]:
    """(office id, state, reason, number) of the last month's posts that are blocked, were given up, or never sent."""
    async with desk.database.read() as session:
        return await db.unsent(session, desk.clock() - TOLD_OF)
