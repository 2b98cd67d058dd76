"""What no constraint can say about the registry: checks that give troubles, as keys for sentences with a remedy."""

from collections.abc import AsyncIterator, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import ColumnElement, String, and_, func, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from bot.domain.access import Scope
from bot.domain.dates import PartialDate
from db.tables import (
    AuditRow,
    Base,
    GroupMemberRow,
    GroupRow,
    OfficeRow,
    PartnershipRow,
    PlaceNameRow,
    PlaceRow,
    RecordNumberRow,
    ReminderRow,
    StatusRow,
    WatermarkRow,
)
from db.tables.records import RECORD_TABLES
from db.types import PartialDateType, Word
from db.watermarks import Watermark

Column = InstrumentedAttribute[Any]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is not as it should be, as a key and values for a sentence.

    A grave one means that the file or its keys are damaged: a database with it is not put in place of another.
    """

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    grave: bool = False


async def registry_troubles(session: AsyncSession) -> list[Trouble]:
    """Whatever is wrong with the records, places, offices, the outbox and the audit trail."""
    # Words first: where one cannot be read, nothing else needs to be said of it.
    checks = (_words, _records, _statuses, _counters, _loops, _references, _offices)
    return [trouble for check in checks async for trouble in check(session)]


async def _words(session: AsyncSession) -> AsyncIterator[Trouble]:
    """Words outside their vocabulary, dates that are none, and zones that nobody knows: reading them would fail."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if not isinstance(column.type, Word | PartialDateType):
                continue
            stored = type_coerce(column, String)
            for value in await session.scalars(select(stored).where(stored.is_not(None)).distinct()):
                if not _readable(column.type, value):
                    yield Trouble("bad_word", {"table": table.name, "column": column.name, "value": value})
    for rows in (PlaceRow, OfficeRow):
        for zone in await session.scalars(select(rows.zone).where(rows.zone.is_not(None)).distinct()):
            if zone is not None and not _known_zone(zone):
                yield Trouble("bad_word", {"table": rows.__tablename__, "column": "zone", "value": zone})


def _readable(kind: Word[Any] | PartialDateType, value: str) -> bool:
    try:
        kind.vocabulary(value) if isinstance(kind, Word) else PartialDate.from_iso(value)
    except ValueError:
        return False
    return True


def _known_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


async def _records(session: AsyncSession) -> AsyncIterator[Trouble]:
    """Records that reach too far, of too few places, of one place twice, or kept for an office that is not named."""
    for kind, table in RECORD_TABLES.items():
        rows, letter = table.rows, kind.letter
        narrow = and_(rows.scope.in_([Scope.OFFICE, Scope.GROUP]), rows.office_id.is_(None))
        for number in await session.scalars(select(rows.id).where(narrow).order_by(rows.id)):
            yield Trouble("scope_without_office", {"record": f"{letter}{number}"})
        too_wide = select(rows.id).where(rows.scope.not_in(kind.scopes)).order_by(rows.id)
        for number in await session.scalars(too_wide):
            yield Trouble("scope_too_wide", {"record": f"{letter}{number}"})
        if not table.has_many_places:
            continue
        parts, owner = table.number.class_, table.number
        key = "too_few_parties" if rows is PartnershipRow else "too_few_places"
        few = (
            select(rows.id)
            .outerjoin(parts, owner == rows.id)
            .group_by(rows.id)
            .having(func.count(parts.place_id) < table.fewest)
            .order_by(rows.id)
        )
        for number in await session.scalars(few):
            yield Trouble(key if table.fewest > 1 else "without_place", {"record": f"{letter}{number}"})
        twice = (
            select(owner, PlaceRow.key)
            .join(PlaceRow, PlaceRow.id == parts.place_id)
            .group_by(owner, PlaceRow.key)
            .having(func.count() > 1)
            .order_by(owner, PlaceRow.key)
        )
        for number, place in await session.execute(twice):
            yield Trouble("place_twice", {"record": f"{letter}{number}", "place": place})


async def _statuses(session: AsyncSession) -> AsyncIterator[Trouble]:
    """Partnerships whose status is not the last step of their history."""
    last = (
        select(StatusRow.partnership_id, func.max(StatusRow.position).label("position"))
        .group_by(StatusRow.partnership_id)
        .subquery()
    )
    newest = (
        select(StatusRow.partnership_id, StatusRow.status)
        .join(
            last,
            (last.c.partnership_id == StatusRow.partnership_id) & (last.c.position == StatusRow.position),
        )
        .subquery()
    )
    at_odds = (
        select(PartnershipRow.id)
        .outerjoin(newest, newest.c.partnership_id == PartnershipRow.id)
        .where(newest.c.status.is_(None) | (newest.c.status != PartnershipRow.status))
        .order_by(PartnershipRow.id)
    )
    for number in await session.scalars(at_odds):
        yield Trouble("status_history", {"record": f"P{number}"})


async def _counters(session: AsyncSession) -> AsyncIterator[Trouble]:
    """Counters of record numbers that would hand out a number again, and the mark that processes watch."""
    for table in RECORD_TABLES.values():
        highest = await session.scalar(select(func.max(table.rows.id))) or 0
        named = RecordNumberRow.name == table.counter
        counter = await session.scalar(select(RecordNumberRow.last).where(named))
        if counter is None or counter < highest:
            yield Trouble("counter", {"name": table.counter, "highest": highest})
    there = set(await session.scalars(select(WatermarkRow.name)))
    for watermark in Watermark:
        if watermark not in there:
            yield Trouble("watermark", {"name": watermark.value})


async def _loops(session: AsyncSession) -> AsyncIterator[Trouble]:
    """Chains that lead back to where they began: nothing that follows them would ever end."""
    for column, name in ((PlaceRow.successor_id, "successor"), (PlaceRow.parent_id, "parent")):
        further = aliased(PlaceRow)
        links = select(PlaceRow.key, further.key).join(further, further.id == column)
        for loop in _cycles({start: end for start, end in await session.execute(links)}):
            yield Trouble("place_loop", {"column": name, "loop": _chain(loop)})
    for kind, table in RECORD_TABLES.items():
        if table.later is None:
            continue
        replaced = select(table.rows.id, table.later).where(table.later.is_not(None))
        for loop in _cycles({start: end for start, end in await session.execute(replaced)}):
            yield Trouble("superseded_loop", {"loop": _chain(f"{kind.letter}{number}" for number in loop)})


def _cycles(links: Mapping[Any, Any]) -> list[list[Any]]:
    """The loops among links of which each node has at most one, each beginning with its first node."""
    found: list[list[Any]] = []
    done: set[Hashable] = set()
    for start in sorted(links):
        path: dict[Any, int] = {}
        node = start
        while node in links and node not in done and node not in path:
            path[node] = len(path)
            node = links[node]
        if node in path:
            loop = [each for each, place in path.items() if place >= path[node]]
            least = loop.index(min(loop))
            found.append(loop[least:] + loop[:least])
        done.update(path)
    return found


def _chain(loop: Iterable[str]) -> str:
    names = list(loop)
    return " → ".join([*names, names[0]])


async def _references(session: AsyncSession) -> AsyncIterator[Trouble]:
    """References that no key of the engine watches over: of reminders to records, of undoing to what is undone."""
    for kind, table in RECORD_TABLES.items():
        letter = kind.letter
        numbers = {f"{letter}{number}" for number in await session.scalars(select(table.rows.id))}
        subjects = select(ReminderRow.subject).where(ReminderRow.subject.regexp_match(f"^{letter}[0-9]+$"))
        for subject in sorted(set(await session.scalars(subjects.distinct())) - numbers):
            yield Trouble("reminder_without_record", {"record": subject})
    undone = aliased(AuditRow)
    entries = (
        select(AuditRow.id, AuditRow.undoes)
        .outerjoin(undone, and_(undone.id == AuditRow.undoes, undone.id < AuditRow.id))
        .where(AuditRow.undoes.is_not(None), undone.id.is_(None))
        .order_by(AuditRow.id)
    )
    for entry, missing in await session.execute(entries):
        yield Trouble("undo_of_nothing", {"entry": str(entry), "missing": str(missing)})


async def _offices(session: AsyncSession) -> AsyncIterator[Trouble]:
    """Groups without an office, and places that answer to no name."""
    members = select(GroupMemberRow.group_id).where(GroupMemberRow.group_id == GroupRow.id)
    for key in await session.scalars(_keys(GroupRow.key, ~members.exists())):
        yield Trouble("group_without_members", {"group": key})
    names = select(PlaceNameRow.id).where(PlaceNameRow.place_id == PlaceRow.id)
    for key in await session.scalars(_keys(PlaceRow.key, ~names.exists())):
        yield Trouble("place_without_name", {"place": key})


def _keys(column: Column, condition: ColumnElement[bool]) -> Any:
    return select(column).where(condition).order_by(column)
