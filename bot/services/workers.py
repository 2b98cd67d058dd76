"""A process that serves: the shards that it has leased, its signs of life, and what it leaves behind."""

import os
import secrets
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from bot.domain.errors import AttacheError, BadInput, Unavailable
from bot.domain.reminders import ReminderState
from bot.services.desk import Desk
from bot.services.faults import outage
from db import workers as db
from db.reminders import release_claims
from db.workers import WorkerSeen

SHARD_LEASE = timedelta(seconds=60)
"""How long a shard stays with a process of which nothing is heard; it is renewed every twenty seconds or so."""

FORGOTTEN = timedelta(days=7)

MOST_SHARDS = 16_384
NAME, TOLD, SHARDS_TOLD = 64, 200, 80
"""What the columns of `workers` take."""


@dataclass(frozen=True, slots=True)
class Shards:
    """Which shards of how many a process serves; Discord sends the events of each server to one of them."""

    count: int = 1
    ids: tuple[int, ...] = (0,)

    def __str__(self) -> str:
        """`0 of 1`, `0-3,6 of 8`."""
        runs = [
            [shard for _, shard in run]
            for _, run in groupby(enumerate(self.ids), lambda pair: pair[1] - pair[0])
        ]
        told = ",".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
        return f"{told} of {self.count}"


ALL = Shards()
"""The one shard that there is unless somebody says otherwise."""


def read_shards(count: int | None, ids: str | None) -> Shards:
    """What `--shards` and `--shard-ids` say; without ids all of them, without either the one that there is.

    Raises `BadInput`: `shards.ids_without_count`, `shards.bad_count`, `shards.bad_ids`.
    """
    if count is None:
        if ids is not None:
            raise BadInput("shards.ids_without_count")
        return ALL
    if not 1 <= count <= MOST_SHARDS:
        raise BadInput("shards.bad_count", most=str(MOST_SHARDS))
    if ids is None:
        return Shards(count, tuple(range(count)))
    try:
        chosen = {int(part) for part in ids.split(",")}
    except ValueError:
        raise BadInput("shards.bad_ids", last=str(count - 1)) from None
    if not chosen <= set(range(count)):
        raise BadInput("shards.bad_ids", last=str(count - 1))
    return Shards(count, tuple(sorted(chosen)))


def worker_name() -> str:
    """A name that no other process has, also not one of the same number on a host of the same name."""
    return f"{socket.gethostname()[: NAME - 20]}:{os.getpid()}:{secrets.token_hex(3)}"


@dataclass(slots=True)
class Worker:
    """This process, and what it has seen of itself; moments in UTC.

    `begun` are the posts (by row id) that it began to send and of which it is not recorded yet how that ended.
    """

    name: str
    shards: Shards
    started_at: datetime
    leased_until: datetime
    last_pass_at: datetime | None = None
    last_error: str | None = None
    last_error_at: datetime | None = None
    begun: set[int] = field(default_factory=set)

    def note_error(self, error: BaseException, at: datetime) -> None:
        """Remember what went wrong, by its type and key: its text may hold what somebody typed."""
        known = error if isinstance(error, AttacheError) else outage(error)
        key = f" {known.key}" if known else ""
        self.last_error = f"{type(error).__name__}{key}"[:TOLD]
        self.last_error_at = at

    def seen(self, at: datetime) -> WorkerSeen:
        return WorkerSeen(
            self.name,
            str(self.shards)[:SHARDS_TOLD],
            self.started_at,
            at,
            self.last_pass_at,
            self.last_error,
            self.last_error_at,
        )


def new_worker(desk: Desk, shards: Shards = ALL) -> Worker:
    """A worker that nobody knows of yet."""
    now = desk.clock()
    return Worker(worker_name(), shards, now, now + SHARD_LEASE)


async def start_worker(desk: Desk, shards: Shards, *, alone: bool = False) -> Worker:
    """Lease the shards and appear among the workers. `alone` says that no other process can use this database.

    Raises `Unavailable`: `shards.held` where somebody else serves one of them, `shards.other_count` where somebody
    serves shards of another number of them; both say who, and until when unless they are heard of again.
    """
    worker = new_worker(desk, shards)
    now = worker.started_at
    async with desk.database.write() as session:
        if alone:
            await db.end_leases(session, now)
        if lease := await db.in_the_way(session, worker.name, shards.count, shards.ids, now):
            told = {"worker": lease.worker, "until": f"{lease.until:%Y-%m-%d %H:%M:%S} UTC"}
            if lease.shard_count != shards.count:
                raise Unavailable(
                    "shards.other_count", count=str(shards.count), theirs=str(lease.shard_count), **told
                )
            raise Unavailable("shards.held", shard=str(lease.shard_id), **told)
        await db.lease_shards(session, worker.name, shards.count, shards.ids, worker.leased_until)
        await db.see_worker(session, worker.seen(now))
    return worker


async def beat(desk: Desk, worker: Worker) -> None:
    """Give a sign of life and renew the leases.

    Raises `Unavailable` (`shards.lost`) where somebody else has taken a shard since: this process must stop serving.
    """
    now = desk.clock()
    until = now + SHARD_LEASE
    async with desk.database.write() as session:
        if not await db.renew_leases(session, worker.name, worker.shards.ids, now, until):
            raise Unavailable("shards.lost")
        await db.see_worker(session, worker.seen(now))
        await db.forget_workers(session, now - FORGOTTEN)
    worker.leased_until = until


async def pass_done(desk: Desk, worker: Worker) -> None:
    """Note that a reminder pass went through."""
    worker.last_pass_at = desk.clock()
    async with desk.database.write() as session:
        await db.see_worker(session, worker.seen(worker.last_pass_at))


async def pass_failed(desk: Desk, worker: Worker, error: BaseException) -> None:
    """Note that a pass, or an interaction, failed unexpectedly."""
    now = desk.clock()
    worker.note_error(error, now)
    async with desk.database.write() as session:
        await db.see_worker(session, worker.seen(now))


async def end_worker(desk: Desk, worker: Worker) -> None:
    """Leave: free the shards, and the posts that were claimed but not begun, and be gone from the list."""
    now = desk.clock()
    async with desk.database.write() as session:
        await release_claims(session, worker.name, worker.begun)
        await db.end_leases(session, now, worker.name)
        await db.forget_workers(session, now - FORGOTTEN, worker.name)


async def workers_seen(desk: Desk) -> Sequence[WorkerSeen]:
    """The processes of the last days that have not ended in good order, the latest seen first."""
    async with desk.database.read() as session:
        return await db.workers_since(session, desk.clock() - FORGOTTEN)


async def outbox_by_state(desk: Desk) -> dict[ReminderState, int]:
    """How many posts of the outbox stand where."""
    async with desk.database.read() as session:
        return await db.outbox_by_state(session)
