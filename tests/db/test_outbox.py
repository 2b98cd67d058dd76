"""The outbox: planned once, claimed by one, free again when a lease runs out, kept whatever happens."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.reminders import (
    GRACE,
    LEASE,
    MOST_COPIES,
    PERHAPS_OUT,
    TWICE,
    Reminder,
    ReminderKind,
    ReminderState,
)
from bot.services.desk import Desk
from db.offices import insert_office
from db.places import NewPlace, insert_places
from db.reminders import Claim, begin, claim_due, enqueue, expire, mark, mark_sent, reroute, unsent
from db.tables import ReminderRow
from tests.conftest import NOW

POST = Reminder(0, ReminderKind.ANNIVERSARY, "P1", date(2026, 11, 20), 0, 10**18, NOW)


@pytest.fixture
async def post(desk: Desk) -> Reminder:
    """A post of an office that is there, due now."""
    async with desk.database.write() as session:
        ids = await insert_places(session, [NewPlace("kaohsiung", "Kaohsiung")])
        return replace(POST, office_id=await insert_office(session, ids["kaohsiung"], "en", "Asia/Taipei"))


async def put(desk: Desk, *posts: Reminder) -> None:
    async with desk.database.write() as session:
        await enqueue(session, posts, NOW - GRACE)


async def claim(
    desk: Desk, worker: str = "a", later: timedelta = timedelta(), limit: int = 20
) -> list[Claim]:
    async with desk.database.write() as session:
        return await claim_due(session, worker, NOW + later, limit)


async def rows(desk: Desk) -> list[ReminderRow]:
    async with desk.database.read() as session:
        return list(await session.scalars(select(ReminderRow).order_by(ReminderRow.id)))


async def test_a_post_that_is_planned_twice_is_one_row(desk: Desk, post: Reminder) -> None:
    """In one plan or in two, by one process or by several at once."""
    await put(desk, post)
    await put(desk, post, post)
    await asyncio.gather(*(put(desk, post) for _ in range(5)))
    assert len(await rows(desk)) == 1


async def test_each_part_of_its_identity_makes_another_post(desk: Desk, post: Reminder) -> None:
    """Another kind, subject, day, lead or channel is another post; another hour is not."""
    others = [
        replace(post, kind=ReminderKind.DORMANCY),
        replace(post, subject="P2"),
        replace(post, occurrence=date(2027, 11, 20)),
        replace(post, lead_days=7),
        replace(post, channel_id=5),
    ]
    await put(desk, post, *others, replace(post, at=NOW - timedelta(hours=1)))
    assert len(await rows(desk)) == 1 + len(others)


async def test_what_was_done_with_a_post_is_not_undone_by_planning(desk: Desk, post: Reminder) -> None:
    """A post that went out is not planned anew after a restart."""
    await put(desk, post)
    [taken] = await claim(desk)
    async with desk.database.write() as session:
        await mark_sent(session, taken.row_id, 99, NOW)
    await put(desk, post)
    assert [row.state for row in await rows(desk)] == [ReminderState.SENT]
    assert await claim(desk, later=timedelta(days=1)) == []


async def test_what_comes_back_is_what_was_planned(desk: Desk, post: Reminder) -> None:
    """With its nonce, so that Discord swallows a repeat."""
    await put(desk, post)
    [taken] = await claim(desk)
    assert (taken.reminder, taken.attempts) == (post, 1)
    assert taken.reminder.nonce == post.nonce


@pytest.mark.parametrize(
    ("late_by", "state"),
    [
        (timedelta(), ReminderState.PENDING),
        (GRACE, ReminderState.PENDING),
        (GRACE + timedelta(seconds=1), ReminderState.EXPIRED),
        (timedelta(days=400), ReminderState.EXPIRED),
        (-timedelta(days=1), ReminderState.PENDING),
    ],
)
async def test_what_is_too_late_is_kept_but_not_sent(
    desk: Desk, post: Reminder, late_by: timedelta, state: ReminderState
) -> None:
    """Within the grace it still goes out; after that it is told of as missed."""
    await put(desk, replace(post, at=NOW - late_by))
    assert [row.state for row in await rows(desk)] == [state]
    due = state is ReminderState.PENDING and late_by >= timedelta()
    assert len(await claim(desk)) == due


async def test_only_what_is_due_is_claimed_and_oldest_first(desk: Desk, post: Reminder) -> None:
    """Posts of the future stay, and a limit leaves the newest for the next turn."""
    hours = (0, -2, 1, -1)
    await put(desk, *(replace(post, subject=f"P{h + 9}", at=NOW + timedelta(hours=h)) for h in hours))
    assert [c.reminder.subject for c in await claim(desk, limit=2)] == ["P7", "P8"]
    assert [c.reminder.subject for c in await claim(desk, limit=2)] == ["P9"]
    assert await claim(desk) == []


async def test_two_workers_never_hold_the_same_row(desk: Desk, post: Reminder) -> None:
    """Asking at the same moment, again and again, until nothing is left."""
    await put(desk, *(replace(post, subject=f"P{number}") for number in range(30)))

    async def work(worker: str) -> list[int]:
        mine: list[int] = []
        while claims := await claim(desk, worker, limit=4):
            mine += [taken.row_id for taken in claims]
        return mine

    taken = await asyncio.gather(*(work(worker) for worker in "abcd"))
    ids = [row_id for some in taken for row_id in some]
    assert len(ids) == len(set(ids)) == 30
    assert {row.state for row in await rows(desk)} == {ReminderState.CLAIMED}


@pytest.mark.parametrize(
    ("later", "free"),
    [(timedelta(), False), (LEASE - timedelta(seconds=1), False), (LEASE + timedelta(seconds=1), True)],
)
async def test_a_lease(desk: Desk, post: Reminder, later: timedelta, free: bool) -> None:
    """While it runs the row is its holder's; then another takes over, and the attempt counts."""
    await put(desk, post)
    [first] = await claim(desk, "a")
    again = await claim(desk, "b", later)
    assert [taken.row_id for taken in again] == ([first.row_id] if free else [])
    [row] = await rows(desk)
    assert (row.claimed_by, row.attempts) == (("b", 2) if free else ("a", 1))


async def test_a_post_that_went_out(desk: Desk, post: Reminder) -> None:
    """It keeps which message it became, and when."""
    await put(desk, post)
    [taken] = await claim(desk)
    async with desk.database.write() as session:
        await mark_sent(session, taken.row_id, 10**18 + 1, NOW)
    [row] = await rows(desk)
    assert (row.state, row.message_id, row.sent_at) == (ReminderState.SENT, 10**18 + 1, NOW)
    assert (row.lease_until, row.reason) == (None, None)


@pytest.mark.parametrize(
    ("state", "comes_again"),
    [(ReminderState.PENDING, True), (ReminderState.BLOCKED, True), (ReminderState.CANCELLED, False)],
)
async def test_a_post_that_did_not(
    desk: Desk, post: Reminder, state: ReminderState, comes_again: bool
) -> None:
    """It is kept with the reason; only what is to be tried again comes again, after its wait and counted on."""
    await put(desk, post)
    [taken] = await claim(desk)
    async with desk.database.write() as session:
        await mark(session, taken, state, "why", NOW + timedelta(minutes=4))
    [row] = await rows(desk)
    assert (row.state, row.reason, row.claimed_by, row.lease_until) == (state, "why", None, None)
    assert await claim(desk, later=timedelta(minutes=3)) == []
    assert [c.attempts for c in await claim(desk, later=timedelta(minutes=4))] == ([2] if comes_again else [])


async def test_who_lost_a_lease_leaves_the_row_alone(desk: Desk, post: Reminder) -> None:
    """A worker that comes back after its lease frees neither a row that another holds nor one that went out."""
    await put(desk, post)
    [lost] = await claim(desk)
    [held] = await claim(desk, "b", later=LEASE + timedelta(seconds=1))
    async with desk.database.write() as session:
        await mark(session, lost, ReminderState.PENDING, "too slow", None)
    assert [row.claimed_by for row in await rows(desk)] == ["b"]
    async with desk.database.write() as session:
        await mark_sent(session, held.row_id, 99, NOW)
        await mark(session, lost, ReminderState.PENDING, "too slow", None)
    assert [row.state for row in await rows(desk)] == [ReminderState.SENT]


async def test_what_did_not_go_out_is_told_by_reason(desk: Desk, post: Reminder) -> None:
    """However many posts wait for the same permission; what is older than asked for is not told any more."""
    await put(desk, *(replace(post, subject=f"P{number}") for number in range(4)))
    async with desk.database.write() as session:
        for row, reason in zip(
            await claim_due(session, "a", NOW), ("forbidden",) * 3 + ("channel_gone",), strict=True
        ):
            await mark(session, row, ReminderState.BLOCKED, reason, None)
    async with desk.database.read() as session:
        assert await unsent(session, NOW) == [
            (post.office_id, ReminderState.BLOCKED, "channel_gone", 1),
            (post.office_id, ReminderState.BLOCKED, "forbidden", 3),
        ]
        assert await unsent(session, NOW + timedelta(seconds=1)) == []


async def test_past_its_grace_a_post_is_given_up(desk: Desk, post: Reminder) -> None:
    """Failed where it was tried, expired where it was not; what went out and what is in time stay as they are."""
    tried, never, sent, fresh = (replace(post, subject=f"P{number}") for number in range(4))
    await put(desk, tried, sent)
    async with desk.database.write() as session:
        for row in await claim_due(session, "a", NOW):
            if row.reminder.subject == sent.subject:
                await mark_sent(session, row.row_id, 99, NOW)
            else:
                await mark(session, row, ReminderState.PENDING, "why", None)
    later = NOW + GRACE + timedelta(minutes=1)
    await put(desk, never, replace(fresh, at=later))
    async with desk.database.write() as session:
        await expire(session, later)
    assert {row.subject: row.state for row in await rows(desk)} == {
        tried.subject: ReminderState.FAILED,
        never.subject: ReminderState.EXPIRED,
        sent.subject: ReminderState.SENT,
        fresh.subject: ReminderState.PENDING,
    }


@pytest.mark.parametrize(("copies", "reason"), [(0, "why"), (1, PERHAPS_OUT), (MOST_COPIES, TWICE)])
async def test_what_is_given_up_and_may_be_out_is_noted(
    desk: Desk, post: Reminder, copies: int, reason: str
) -> None:
    """Whoever sent it did not live to tell: in the log it says that it may stand there."""
    await put(desk, post)
    async with desk.database.write() as session:
        [claimed] = await claim_due(session, "a", NOW)
        assert await begin(session, replace(claimed, begun_at=NOW, copies=copies))
        await session.execute(update(ReminderRow).values(reason="why"))
        await expire(session, NOW + GRACE + timedelta(minutes=1))
    [row] = await rows(desk)
    assert (row.state, row.reason) == (ReminderState.FAILED, reason)


async def test_another_channel_takes_what_waits_and_repeats_nothing(desk: Desk, post: Reminder) -> None:
    """What was sent to the old channel is not planned for the new one; what was blocked there goes out here."""
    sent, blocked = post, replace(post, subject="P2")
    await put(desk, sent, blocked)
    async with desk.database.write() as session:
        for row in await claim_due(session, "a", NOW):
            if row.reminder.subject == sent.subject:
                await mark_sent(session, row.row_id, 99, NOW)
            else:
                await mark(session, row, ReminderState.BLOCKED, "forbidden", NOW + timedelta(hours=1))
        await reroute(session, post.office_id, 5)
    await put(desk, *(replace(planned, channel_id=5) for planned in (sent, blocked)))
    assert len(await rows(desk)) == 2
    assert [(row.reminder.subject, row.reminder.channel_id) for row in await claim(desk)] == [("P2", 5)]


async def test_nothing_to_plan_is_no_statement(desk: Desk) -> None:
    """An empty plan leaves the outbox as it is."""
    await put(desk)
    assert await rows(desk) == []
