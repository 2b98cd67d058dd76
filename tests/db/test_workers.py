"""Processes and shards: one holder for each shard, signs of life, and what a process leaves behind."""

import asyncio
import threading
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, text

from bot.domain.errors import AttacheError, BadInput, NotFound, Unavailable
from bot.domain.reminders import GRACE, Reminder, ReminderKind, ReminderState
from bot.services.desk import Desk
from bot.services.faults import outage
from bot.services.workers import (
    SHARD_LEASE,
    Shards,
    Worker,
    beat,
    end_worker,
    outbox_by_state,
    pass_done,
    pass_failed,
    read_shards,
    start_worker,
    worker_name,
    workers_seen,
)
from db.engine import Database, database_url
from db.offices import insert_office
from db.places import NewPlace, insert_places
from db.reminders import Claim, claim_due, enqueue, mark_sent, release_claims
from db.tables import DraftRow, ReminderRow, ShardRow
from tests.conftest import NOW


class Moved:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def mover() -> Moved:
    return Moved()


@pytest.fixture
def host(desk: Desk, mover: Moved) -> Desk:
    """A desk under a clock that moves."""
    return replace(desk, clock=mover)


async def shards(desk: Desk) -> list[tuple[int, int, str]]:
    async with desk.database.read() as session:
        rows = await session.scalars(select(ShardRow).order_by(ShardRow.shard_id))
        return [(row.shard_id, row.shard_count, row.worker) for row in rows]


async def served(desk: Desk) -> dict[int, str]:
    return {shard: worker for shard, _, worker in await shards(desk) if worker}


# Leases --------------------------------------------------------------------------------------------------


async def test_a_shard_has_one_holder(host: Desk) -> None:
    """A second process for it is refused, and told who has it until when; nothing has changed for the first."""
    first = await start_worker(host, Shards(4, (0, 1)))
    with pytest.raises(Unavailable) as refused:
        await start_worker(host, Shards(4, (1, 2)))
    assert refused.value.key == "shards.held"
    assert refused.value.values == {"shard": "1", "worker": first.name, "until": "2026-11-20 04:01:00 UTC"}
    assert await served(host) == {0: first.name, 1: first.name}
    await beat(host, first)


async def test_hosts_share_the_shards(host: Desk) -> None:
    """Each has its own, and none is in another's way."""
    north = await start_worker(host, Shards(4, (0, 3)))
    south = await start_worker(host, Shards(4, (1, 2)))
    assert await served(host) == {0: north.name, 1: south.name, 2: south.name, 3: north.name}


@pytest.mark.parametrize("others", [Shards(), Shards(2, (0, 1)), Shards(8, (7,))])
async def test_all_count_the_shards_alike(host: Desk, others: Shards) -> None:
    """With another number of shards the servers would be spread differently, and some be answered twice."""
    first = await start_worker(host, Shards(4, (2, 3)))
    with pytest.raises(Unavailable) as refused:
        await start_worker(host, others)
    assert refused.value.key == "shards.other_count"
    assert (refused.value.values["theirs"], refused.value.values["worker"]) == ("4", first.name)


async def test_at_the_same_moment_one_of_many_gets_a_shard(host: Desk) -> None:
    """However many processes start together, with whatever number of shards, exactly one way of counting wins."""
    wanted = [Shards(), Shards(), Shards(2, (0,)), Shards(2, (1,)), Shards(2, (0, 1)), Shards(3, (2,))] * 2
    started = await asyncio.gather(*(start_worker(host, which) for which in wanted), return_exceptions=True)
    workers = [worker for worker in started if isinstance(worker, Worker)]
    refused = [error for error in started if isinstance(error, BaseException)]
    assert all(isinstance(error, Unavailable) for error in refused), refused
    assert len({worker.shards.count for worker in workers}) == 1
    taken = [shard for worker in workers for shard in worker.shards.ids]
    assert sorted(taken) == sorted(set(taken)) == sorted(await served(host))


@pytest.mark.parametrize(
    ("later", "free"), [(SHARD_LEASE - timedelta(seconds=1), False), (SHARD_LEASE, True)]
)
async def test_a_lease_runs_out(host: Desk, mover: Moved, later: timedelta, free: bool) -> None:
    """A process that died without a word is followed by another after a minute, not before."""
    await start_worker(host, Shards())
    mover.now += later
    if free:
        follower = await start_worker(host, Shards())
        assert await served(host) == {0: follower.name}
    else:
        with pytest.raises(Unavailable):
            await start_worker(host, Shards())


async def test_a_sign_of_life_keeps_the_lease(host: Desk, mover: Moved) -> None:
    """As long as they come in time nobody else gets the shard."""
    worker = await start_worker(host, Shards())
    for _ in range(5):
        mover.now += SHARD_LEASE - timedelta(seconds=1)
        await beat(host, worker)
        assert worker.leased_until == mover.now + SHARD_LEASE
        with pytest.raises(Unavailable):
            await start_worker(host, Shards())


async def test_who_was_not_awake_finds_the_shard_taken(host: Desk, mover: Moved) -> None:
    """A process that was suspended stops when it wakes up; its follower goes on undisturbed."""
    sleeper = await start_worker(host, Shards(2, (0, 1)))
    mover.now += SHARD_LEASE
    follower = await start_worker(host, Shards(2, (1,)))
    with pytest.raises(Unavailable) as lost:
        await beat(host, sleeper)
    assert lost.value.key == "shards.lost"
    await end_worker(host, sleeper)
    assert await served(host) == {1: follower.name}
    await beat(host, follower)


async def test_who_was_not_awake_may_go_on_where_nobody_came(host: Desk, mover: Moved) -> None:
    """A lease that ran out is renewed if it is still there."""
    sleeper = await start_worker(host, Shards())
    mover.now += SHARD_LEASE * 10
    await beat(host, sleeper)
    assert await served(host) == {0: sleeper.name}


async def test_another_number_of_shards_ends_what_ran_out(host: Desk, mover: Moved) -> None:
    """Also of a shard that the follower does not serve itself: the sleeper counts differently, and must not go on."""
    sleeper = await start_worker(host, Shards(4, (3,)))
    mover.now += SHARD_LEASE
    await start_worker(host, Shards())
    with pytest.raises(Unavailable):
        await beat(host, sleeper)


async def test_a_good_end_frees_the_shards_at_once(host: Desk) -> None:
    """The next process need not wait, and may count differently; the list of workers has only that one."""
    first = await start_worker(host, Shards(4, (0, 1, 2, 3)))
    await end_worker(host, first)
    assert await served(host) == {}
    second = await start_worker(host, Shards())
    assert [seen.name for seen in await workers_seen(host)] == [second.name]


async def test_who_is_alone_takes_what_a_dead_process_left(host: Desk) -> None:
    """Where the file's lock says that nobody else lives, leases of the killed process keep nobody out."""
    await start_worker(host, Shards(2, (0, 1)))
    alone = await start_worker(host, Shards(), alone=True)
    assert await served(host) == {0: alone.name}


def test_no_two_processes_have_one_name() -> None:
    """Also not with the same number on hosts of the same name, as containers have; and it fits its column."""
    names = {worker_name() for _ in range(100)}
    assert len(names) == 100
    assert max(map(len, names)) <= 64


# What is asked for ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "ids", "expected", "told"),
    [
        (None, None, Shards(), "0 of 1"),
        (1, None, Shards(1, (0,)), "0 of 1"),
        (4, None, Shards(4, (0, 1, 2, 3)), "0-3 of 4"),
        (4, "1,0", Shards(4, (0, 1)), "0-1 of 4"),
        (8, " 6 , 0,1,2,6", Shards(8, (0, 1, 2, 6)), "0-2,6 of 8"),
    ],
)
def test_shards_that_can_be_served(count: int | None, ids: str | None, expected: Shards, told: str) -> None:
    """In any order, each once; without ids all of them."""
    assert read_shards(count, ids) == expected
    assert str(expected) == told


@pytest.mark.parametrize(
    ("count", "ids", "key"),
    [
        (None, "0", "shards.ids_without_count"),
        (0, None, "shards.bad_count"),
        (-3, "0", "shards.bad_count"),
        (10**9, None, "shards.bad_count"),
        (2, "2", "shards.bad_ids"),
        (2, "-1", "shards.bad_ids"),
        (2, "", "shards.bad_ids"),
        (2, "0,,1", "shards.bad_ids"),
        (2, "zero", "shards.bad_ids"),
        (2, "0-1", "shards.bad_ids"),
    ],
)
def test_shards_that_cannot(count: int | None, ids: str | None, key: str) -> None:
    """Each mistake has its sentence."""
    with pytest.raises(BadInput) as refused:
        read_shards(count, ids)
    assert refused.value.key == key


# Signs of life -------------------------------------------------------------------------------------------


async def test_what_a_process_tells_of_itself(host: Desk, mover: Moved) -> None:
    """When it started, was last seen, made its last pass, and what went wrong last."""
    worker = await start_worker(host, Shards(2, (1,)))
    mover.now += timedelta(seconds=5)
    await pass_done(host, worker)
    mover.now += timedelta(seconds=5)
    await pass_failed(host, worker, NotFound("place.unknown", name="what somebody typed"))
    mover.now += timedelta(seconds=5)
    await beat(host, worker)
    [seen] = await workers_seen(host)
    assert (seen.name, seen.shards, seen.started_at) == (worker.name, "1 of 2", NOW)
    assert seen.last_pass_at == NOW + timedelta(seconds=5)
    assert (seen.last_error, seen.last_error_at) == ("NotFound place.unknown", NOW + timedelta(seconds=10))
    assert seen.seen_at == NOW + timedelta(seconds=15)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("what somebody typed"), "ValueError"),
        (AttacheError("form.refused", name="what somebody typed"), "AttacheError form.refused"),
        (type("Long" * 100, (Exception,), {})("x"), ("Long" * 100)[:200]),
    ],
)
async def test_errors_are_told_by_type_and_key(host: Desk, error: Exception, told: str) -> None:
    """Never by their text, and within the column."""
    worker = await start_worker(host, Shards())
    await pass_failed(host, worker, error)
    assert [seen.last_error for seen in await workers_seen(host)] == [told]


async def test_processes_that_have_not_been_seen_for_a_week_are_forgotten(host: Desk, mover: Moved) -> None:
    """Those of the week stay in the list, the latest first, also when they died without a word."""
    old = await start_worker(host, Shards())
    mover.now += timedelta(days=3)
    died = await start_worker(host, Shards())
    mover.now += timedelta(days=4, seconds=1)
    assert [seen.name for seen in await workers_seen(host)] == [died.name]
    now = await start_worker(host, Shards())
    await beat(host, now)
    assert [seen.name for seen in await workers_seen(host)] == [now.name, died.name]
    async with host.database.read() as session:
        names = set(await session.scalars(text("SELECT name FROM workers")))
    assert old.name not in names


# Posts that were claimed ---------------------------------------------------------------------------------


@pytest.fixture
async def posts(host: Desk) -> list[Reminder]:
    """Three posts of an office, due now."""
    async with host.database.write() as session:
        ids = await insert_places(session, [NewPlace("kaohsiung", "Kaohsiung")])
        office = await insert_office(session, ids["kaohsiung"], "en", "Asia/Taipei")
        planned = [
            Reminder(office, ReminderKind.ANNIVERSARY, f"P{number}", date(2026, 11, 20), 0, 10**18, NOW)
            for number in range(3)
        ]
        await enqueue(session, planned, NOW - GRACE)
    return planned


async def claimed(desk: Desk, worker: str, limit: int = 20) -> list[Claim]:
    async with desk.database.write() as session:
        return await claim_due(session, worker, NOW, limit)


async def states(desk: Desk) -> list[tuple[ReminderState, str | None, int]]:
    async with desk.database.read() as session:
        rows = await session.scalars(select(ReminderRow).order_by(ReminderRow.id))
        return [(row.state, row.claimed_by, row.attempts) for row in rows]


@pytest.mark.usefixtures("posts")
async def test_claims_are_given_back(host: Desk) -> None:
    """Those of this worker only; the attempt does not count, and the next one gets them at once."""
    await claimed(host, "leaving", 2)
    await claimed(host, "staying", 1)
    async with host.database.write() as session:
        await release_claims(session, "leaving")
    assert await states(host) == [
        (ReminderState.PENDING, None, 0),
        (ReminderState.PENDING, None, 0),
        (ReminderState.CLAIMED, "staying", 1),
    ]
    assert [claim.attempts for claim in await claimed(host, "next")] == [1, 1]


@pytest.mark.usefixtures("posts")
async def test_what_may_be_out_is_not_given_back(host: Desk) -> None:
    """A post whose sending began stays claimed until its lease ends; one that is recorded stays sent."""
    begun, sent, _ = await claimed(host, "leaving")
    async with host.database.write() as session:
        await mark_sent(session, sent.row_id, 99, NOW)
        await release_claims(session, "leaving", {begun.row_id})
    assert [state for state, _, _ in await states(host)] == [
        ReminderState.CLAIMED,
        ReminderState.SENT,
        ReminderState.PENDING,
    ]


@pytest.mark.usefixtures("posts")
async def test_leaving_gives_back_what_was_not_begun(host: Desk) -> None:
    """The end of a process is the end of its claims."""
    worker = await start_worker(host, Shards())
    first, *_ = await claimed(host, worker.name)
    worker.begun.add(first.row_id)
    await end_worker(host, worker)
    assert await outbox_by_state(host) == {ReminderState.CLAIMED: 1, ReminderState.PENDING: 2}


# Away, busy, or neither ----------------------------------------------------------------------------------


async def fails(database: Database, *statements: str) -> Exception:
    """The error of statements that must fail."""
    try:
        async with database.write() as session:
            for statement in statements or ("SELECT 1",):
                await session.execute(text(statement))
    except Exception as error:
        return error
    raise AssertionError("nothing failed")


@pytest.mark.proof
@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me:geheim@127.0.0.1:1/db",
        "postgresql://me:geheim@localhost:1/db",
        "postgresql://me:geheim@/db?host=/nowhere",
        "sqlite:////proc/nowhere/file.db",
        "sqlite:////tmp",
    ],
)
async def test_a_database_that_is_not_there(address: str) -> None:
    """No server, no socket, no file: all of it is told as away, without the password."""
    database = Database(database_url(address))
    before = set(threading.enumerate())
    away = outage(await fails(database))
    await database.close()
    for thread in set(threading.enumerate()) - before:
        thread.join(10)  # the SQLite driver's, which must not outlive the event loop
    assert away is not None
    assert away.key == "database.away"
    assert "geheim" not in str(away.values)


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_a_connection_that_is_cut(desk: Desk) -> None:
    """By an administrator in the middle of a transaction; the next one finds another connection."""
    cut = outage(await fails(desk.database, "SELECT pg_terminate_backend(pg_backend_pid())"))
    assert cut is not None
    assert cut.key == "database.away"
    async with desk.database.read() as session:
        assert await session.scalar(text("SELECT 1")) == 1


@pytest.mark.proof
async def test_a_database_that_is_busy(desk: Desk) -> None:
    """Somebody else holds what is needed for longer than we wait: told as busy."""
    update = "UPDATE record_numbers SET last = last"
    other = Database(desk.database.url)
    async with desk.database.write() as session:
        await session.execute(text(update))
        if desk.database.is_sqlite:
            async with other.engine.connect() as connection:
                await connection.exec_driver_sql("PRAGMA busy_timeout=1")
            busy = outage(await fails(other, update))
        else:
            busy = outage(await fails(other, "SET LOCAL lock_timeout = 1", update))
    await other.close()
    assert busy is not None
    assert busy.key == "database.busy"


async def test_what_is_our_own_fault_is_not_told_as_away(desk: Desk) -> None:
    """A broken rule, a wrong statement, a file that is not there, a time-out elsewhere: these get a reference."""
    async with desk.database.write() as session:
        session.add(DraftRow(id="same", user_id=1, form="visit", values={}, created_at=NOW))
    twice = (
        'INSERT INTO drafts (id, user_id, form, "values", created_at)'
        ' SELECT id, user_id, form, "values", created_at FROM drafts'
    )
    assert outage(await fails(desk.database, twice)) is None
    assert outage(await fails(desk.database, "SELECT * FROM nowhere")) is None
    for error in (FileNotFoundError("x"), TimeoutError(), ConnectionResetError(), ValueError("x")):
        assert outage(error) is None
