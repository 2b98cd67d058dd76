"""The audit trail, written in the transaction of the change that it tells of."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.domain.audit import Deed, Entry, OfficeDeed, Record, RecordKind, find_record
from bot.domain.places import Place
from db.engine import note_change
from db.places import to_place
from db.tables import AuditRow, OfficeRow, PlaceRow


async def record_change(
    session: AsyncSession,
    *,
    at: datetime,
    action: str,
    subject: str,
    user_id: int | None = None,
    guild_id: int | None = None,
    office_id: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    undoes: int | None = None,
) -> int:
    """Write one entry and return its id. `subject` is what was changed (`P12`, `X40`, `office:3`), `at` in UTC.

    `before` and `after` are plain JSON: what the change found, and what it left. `undoes` is the entry that it takes
    back; each can be taken back once.
    """
    note_change(session)
    written = await session.execute(
        insert(AuditRow)
        .values(
            at=at,
            action=action,
            subject=subject,
            user_id=user_id,
            guild_id=guild_id,
            office_id=office_id,
            before=before,
            after=after,
            undoes=undoes,
        )
        .returning(AuditRow.id)
    )
    return written.scalar_one()


def _to_entry(row: AuditRow) -> Entry:
    return Entry(
        id=row.id,
        at=row.at,
        user_id=row.user_id,
        guild_id=row.guild_id,
        office_id=row.office_id,
        action=row.action,
        subject=row.subject,
        before=row.before,
        after=row.after,
        undoes=row.undoes,
    )


async def _entries(session: AsyncSession, query: Select[AuditRow]) -> list[Entry]:
    return [_to_entry(row) for row in await session.scalars(query)]


async def entries_of(session: AsyncSession, subject: str) -> list[Entry]:
    """Everything that was done to a subject, oldest first."""
    return await _entries(session, select(AuditRow).where(AuditRow.subject == subject).order_by(AuditRow.id))


async def first_entry(session: AsyncSession, subject: str) -> Entry | None:
    """What was done to a subject first; of a record that was logged here, who logged it."""
    query = select(AuditRow).where(AuditRow.subject == subject).order_by(AuditRow.id).limit(1)
    found = await _entries(session, query)
    return found[0] if found else None


async def loggers_of_office(session: AsyncSession, office_id: int, since: datetime) -> dict[str, int]:
    """Who of the office logged which exchange since a moment (UTC): user ids by record number."""
    query = select(AuditRow.subject, AuditRow.user_id).where(
        AuditRow.office_id == office_id,
        AuditRow.action == Deed.LOGGED.of(RecordKind.EXCHANGE),
        AuditRow.at >= since,
        AuditRow.user_id.is_not(None),
    )
    return {subject: user_id for subject, user_id in await session.execute(query) if user_id is not None}


async def newest_entries(session: AsyncSession, subject: str, limit: int) -> list[Entry]:
    """The last few things that were done to a subject, oldest first."""
    query = select(AuditRow).where(AuditRow.subject == subject).order_by(AuditRow.id.desc()).limit(limit)
    return (await _entries(session, query))[::-1]


async def hold_entry(session: AsyncSession, entry_id: int) -> Entry | None:
    """An entry, which nobody else can take back until the transaction ends."""
    query = select(AuditRow).where(AuditRow.id == entry_id).with_for_update()
    row = await session.scalar(query.execution_options(populate_existing=True))
    return _to_entry(row) if row else None


async def is_taken_back(session: AsyncSession, entry_id: int) -> bool:
    """Whether some entry takes this one back."""
    return await session.scalar(select(AuditRow.id).where(AuditRow.undoes == entry_id)) is not None


async def last_change_by(
    session: AsyncSession, user_id: int, office_id: int, since: datetime
) -> Entry | None:
    """The newest change of a record that this person made here since then, and that has not been taken back."""
    undoing = aliased(AuditRow)
    query = (
        select(AuditRow)
        .where(
            AuditRow.user_id == user_id,
            AuditRow.office_id == office_id,
            AuditRow.at >= since,
            _about_records(),
            AuditRow.action.not_in([Deed.UNDONE.of(kind) for kind in RecordKind]),
            ~select(undoing.id).where(undoing.undoes == AuditRow.id).exists(),
        )
        .order_by(AuditRow.id.desc())
        .limit(1)
    )
    found = await _entries(session, query)
    return found[0] if found else None


async def records_changed_in(session: AsyncSession, office_id: int, limit: int) -> list[Record]:
    """The records that an office changed last, newest first, each once."""
    newest = func.max(AuditRow.id)
    query = (
        select(AuditRow.subject)
        .where(AuditRow.office_id == office_id, _about_records())
        .group_by(AuditRow.subject)
        .order_by(newest.desc())
        .limit(limit)
    )
    found = [find_record(subject) for subject in await session.scalars(query)]
    return [record for record in found if record is not None]


async def office_places(session: AsyncSession, office_ids: Collection[int]) -> dict[int, Place]:
    """The places of these offices, by office id."""
    if not office_ids:
        return {}
    query = select(OfficeRow.id, PlaceRow).join(PlaceRow, PlaceRow.id == OfficeRow.place_id)
    rows = await session.execute(query.where(OfficeRow.id.in_(office_ids)))
    return {office_id: to_place(place) for office_id, place in rows}


def _about_records() -> ColumnElement[bool]:
    return or_(*(AuditRow.action.startswith(f"{kind.value}.", autoescape=True) for kind in RecordKind))


async def who_set_up(session: AsyncSession, office_id: int) -> int | None:
    """Who set up an office last, by the audit trail."""
    user_id: int | None = await session.scalar(
        select(AuditRow.user_id)
        .where(
            AuditRow.subject == f"office:{office_id}",
            AuditRow.action == f"office.{OfficeDeed.SET_UP}",
            AuditRow.user_id.is_not(None),
        )
        .order_by(AuditRow.id.desc())
        .limit(1)
    )
    return user_id
