"""Who serves: the processes with their signs of life, and the shards that each has leased."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from types import ModuleType

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.reminders import ReminderState
from db.tables import ReminderRow, ShardRow, WorkerRow

NOBODY = ""
"""Whose a shard is that is free."""

LATCH = 0
"""The row that whoever changes a lease locks first, so that leases change one at a time."""


@dataclass(frozen=True, slots=True)
class WorkerSeen:
    """A process, as it last told of itself; moments in UTC."""

    name: str
    shards: str
    started_at: datetime
    seen_at: datetime
    last_pass_at: datetime | None = None
    last_error: str | None = None
    last_error_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShardLease:
    """Who serves a shard, of how many, and until when if nothing more is heard of them."""

    shard_id: int
    shard_count: int
    worker: str
    until: datetime


async def see_worker(session: AsyncSession, seen: WorkerSeen) -> None:
    """Note what a process tells of itself, in place of what it told before."""
    values = asdict(seen)
    row = _dialect(session).insert(WorkerRow).values(**values)
    await session.execute(row.on_conflict_do_update(index_elements=[WorkerRow.name], set_=values))


async def workers_since(session: AsyncSession, since: datetime) -> list[WorkerSeen]:
    """The processes that were seen since then, the latest first."""
    rows = await session.scalars(
        select(WorkerRow).where(WorkerRow.seen_at >= since).order_by(WorkerRow.seen_at.desc(), WorkerRow.name)
    )
    return [
        WorkerSeen(
            name=row.name,
            shards=row.shards,
            started_at=row.started_at,
            seen_at=row.seen_at,
            last_pass_at=row.last_pass_at,
            last_error=row.last_error,
            last_error_at=row.last_error_at,
        )
        for row in rows
    ]


async def forget_workers(session: AsyncSession, unseen_since: datetime, name: str = NOBODY) -> None:
    """Drop the process of that name, which has ended, and all that have not been seen since then."""
    await session.execute(
        delete(WorkerRow).where(or_(WorkerRow.seen_at < unseen_since, WorkerRow.name == name))
    )


async def in_the_way(
    session: AsyncSession, worker: str, count: int, ids: Sequence[int], now: datetime
) -> ShardLease | None:
    """A lease of somebody else's that keeps this process from serving these shards of so many, or None.

    Leases that have run out are ended. Call it, and what follows from it, in one unit of work.
    """
    await _latch(session, count, now)
    await session.execute(update(ShardRow).where(ShardRow.lease_until <= now).values(worker=NOBODY))
    row = await session.scalar(
        select(ShardRow)
        .where(
            ShardRow.worker.not_in([NOBODY, worker]),
            or_(ShardRow.shard_id.in_(ids), ShardRow.shard_count != count),
        )
        .order_by(ShardRow.shard_id)
        .limit(1)
    )
    return ShardLease(row.shard_id, row.shard_count, row.worker, row.lease_until) if row else None


async def lease_shards(
    session: AsyncSession, worker: str, count: int, ids: Sequence[int], until: datetime
) -> None:
    """Give the shards to this process until then, whoever had them: `in_the_way` says whether that is right."""
    for shard_id in ids:
        values = {"shard_count": count, "worker": worker, "lease_until": until}
        row = _dialect(session).insert(ShardRow).values(shard_id=shard_id, **values)
        await session.execute(row.on_conflict_do_update(index_elements=[ShardRow.shard_id], set_=values))


async def renew_leases(
    session: AsyncSession, worker: str, ids: Sequence[int], now: datetime, until: datetime
) -> bool:
    """Prolong the leases of this process; returns whether all of them are still its own."""
    await _latch(session, len(ids), now)
    renewed = await session.scalars(
        update(ShardRow)
        .where(ShardRow.worker == worker, ShardRow.shard_id.in_(ids))
        .values(lease_until=until)
        .returning(ShardRow.shard_id)
    )
    return set(renewed) == set(ids)


async def end_leases(session: AsyncSession, now: datetime, worker: str | None = None) -> None:
    """Free the shards of this process, or of every one where only one can be."""
    await _latch(session, 1, now)
    whose = ShardRow.worker == worker if worker else ShardRow.worker != NOBODY
    await session.execute(update(ShardRow).where(whose).values(worker=NOBODY, lease_until=now))


async def _latch(session: AsyncSession, count: int, now: datetime) -> None:
    """Wait until nobody else changes a lease. The row is made where there is none yet, and never goes."""
    row = _dialect(session).insert(ShardRow)
    free = row.values(shard_id=LATCH, shard_count=count, worker=NOBODY, lease_until=now)
    await session.execute(free.on_conflict_do_nothing())
    await session.execute(select(ShardRow.shard_id).where(ShardRow.shard_id == LATCH).with_for_update())


async def outbox_by_state(session: AsyncSession) -> dict[ReminderState, int]:
    """How many posts of the outbox stand where; states without any are left out."""
    rows = await session.execute(
        select(ReminderRow.state, func.count()).group_by(ReminderRow.state).order_by(ReminderRow.state)
    )
    return {ReminderState(state): number for state, number in rows}


def _dialect(session: AsyncSession) -> ModuleType:
    return postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
