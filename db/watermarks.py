"""Counting changes, so that each process learns when what it keeps in memory is out of date.

A change and its count are committed together: whoever reads a version sees all that was changed up to it.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Hashable, Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Connection, Delete, Insert, Update, event, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from db.tables import (
    GroupMemberRow,
    GroupRow,
    OfficeCadenceRow,
    OfficeChannelRow,
    OfficeKindRuleRow,
    OfficeRoleRow,
    OfficeRow,
    OfficeWeightRow,
    WatermarkRow,
)
from db.tables.records import RECORDED_IN

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

REMEMBERED = 4096
"""So many things are kept in the memory of a process; what was not asked for the longest goes first."""


class Watermark(StrEnum):
    """What changes are counted of."""

    PLACES = "places"
    RECORDS = "records"
    """Whatever stands in a record: nobody has to count it, see `watch`."""
    OFFICES = "named_offices"
    """Offices with their settings, groups and who is in them: nobody has to count it either.

    (The row `offices` is there to be held.)
    """


def count_on(session: AsyncSession, watermark: Watermark) -> None:
    """Let this transaction count as a change when it is committed.

    The watermark's row is locked until the transaction ends. It is therefore the last that is taken, so that of two
    transactions that also lock other rows neither waits for the other.
    """
    _note(session.sync_session, watermark)


def uncounted(session: AsyncSession) -> None:
    """Let what this transaction has written so far count for nothing: what comes from a backup brings its counts."""
    session.info.get(_CHANGED, set()).clear()


def counts(session: AsyncSession, watermark: Watermark) -> bool:
    """Whether this transaction has a change that is not committed yet."""
    return watermark in session.info.get(_CHANGED, ())


async def version_of(session: AsyncSession, watermark: Watermark) -> int:
    """How many changes there were, those of this transaction not among them."""
    version = await session.scalar(select(WatermarkRow.version).where(WatermarkRow.name == watermark))
    return version or 0


SEEN = "seen_watermarks"
"""Where a session that only reads keeps the versions that it has seen, in its `info`."""

_CHANGED, _SESSION = "changed_watermarks", "attache_session"


def _note(session: Session, watermark: Watermark) -> None:
    session.info.setdefault(_CHANGED, set()).add(watermark)
    if not event.contains(session, "before_commit", _count):
        event.listen(session, "before_commit", _count)


def _count(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a savepoint, whose changes may still be rolled back with what is around it
    changed: set[Watermark] = session.info[_CHANGED]
    for watermark in sorted(changed):
        session.execute(
            update(WatermarkRow)
            .where(WatermarkRow.name == watermark)
            .values(version=WatermarkRow.version + 1)
        )
    changed.clear()


# Watching ------------------------------------------------------------------------------------------------------

_OF_OFFICES = (
    OfficeRow,
    OfficeCadenceRow,
    OfficeChannelRow,
    OfficeKindRuleRow,
    OfficeRoleRow,
    OfficeWeightRow,
    GroupRow,
    GroupMemberRow,
)

_WATCHED = dict.fromkeys(RECORDED_IN, Watermark.RECORDS) | dict.fromkeys(
    (table.__tablename__ for table in _OF_OFFICES), Watermark.OFFICES
)
"""What a write into a table counts as a change of, by the table's name."""


def watch(session: AsyncSession) -> None:
    """Let whatever this session writes into the tables of records, offices and groups count as a change of them.

    Its engine must tell of what it executes: `event.listen(engine, "before_execute", note_written)`.
    """
    event.listen(session.sync_session, "after_begin", _tie)


def _tie(session: Session, _transaction: Any, connection: Connection) -> None:
    connection.info[_SESSION] = session


UNCOUNTED = "attache_uncounted"
"""An execution option of a write that changes nothing of what is remembered."""


def note_written(
    connection: Connection, statement: Any, _many: Any, _parameters: Any, options: Mapping[str, Any]
) -> None:
    """Listens to an engine whose sessions are watched."""
    written = isinstance(statement, Insert | Update | Delete) and not options.get(UNCOUNTED)
    watermark = _WATCHED.get(getattr(statement.table, "name", "")) if written else None
    session = connection.info.get(_SESSION)
    if watermark is not None and session is not None:
        _note(session, watermark)


# Remembering ---------------------------------------------------------------------------------------------------


async def remembered(
    session: AsyncSession, key: Hashable, watermark: Watermark, make: Callable[[], Awaitable[T]]
) -> T:
    """What was made of the things that the watermark counts changes of, as it is right for this transaction.

    It is kept in the memory of the process (`Database.memory`) under `key`, and made anew when they have changed.
    """

    async def make_all(_: Collection[Hashable]) -> Mapping[Hashable, T]:
        return {key: await make()}

    return (await remembered_each(session, [key], watermark, make_all))[key]


async def remembered_each(
    session: AsyncSession,
    keys: Iterable[K],
    watermark: Watermark,
    make: Callable[[Collection[K]], Awaitable[Mapping[K, T]]],
) -> dict[K, T]:
    """The same of several things; `make` is asked at once for all that are not in memory, and has to give each."""
    version = await version_seen(session, watermark)
    memory: OrderedDict[Hashable, tuple[int, T]] = session.info["memory"]
    # What this transaction has changed may never be committed, so that no other may find it in memory.
    own_changes = counts(session, watermark)
    found: dict[K, T] = {}
    missing: list[K] = []
    for key in keys:
        kept = memory.get(key)
        if kept is not None and kept[0] == version and not own_changes:
            memory.move_to_end(key)
            found[key] = kept[1]
        else:
            missing.append(key)
    if missing:
        made = await make(missing)
        found |= {key: made[key] for key in missing}
        if not own_changes:
            _keep(memory, version, {key: made[key] for key in missing})
    return found


def _keep(memory: OrderedDict[Hashable, tuple[int, T]], version: int, made: Mapping[K, T]) -> None:
    memory.update({key: (version, value) for key, value in made.items()})
    while len(memory) > REMEMBERED:
        memory.popitem(last=False)


_VERSIONS = select(WatermarkRow.__table__.c.name, WatermarkRow.__table__.c.version)
"""Made once, as each question begins with it."""


async def version_seen(session: AsyncSession, watermark: Watermark) -> int:
    """The version as of this transaction; one that reads sees the same from its first query to its last."""
    seen: dict[Watermark, int] | None = session.info.get(SEEN)
    if seen is None:
        return await version_of(session, watermark)
    if not seen:  # all in one query, as one follows upon another
        versions = {name: version for name, version in await session.execute(_VERSIONS)}
        seen |= {each: versions.get(each, 0) for each in Watermark}
    return seen[watermark]
