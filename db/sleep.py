"""Offices whose server has removed the bot: asleep, awake again, and erased."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.access import DEFAULT_EVERYONE, Scope
from bot.domain.audit import RecordKind
from bot.domain.privacy import Counts, Kept
from bot.domain.reminders import ReminderState
from db.privacy import RECORDS, Recorded, about_what_is_gone, overwrite_what_goes, subjects
from db.tables import (
    AskedQueryRow,
    AuditRow,
    DraftRow,
    MutedTieRow,
    OccasionRow,
    OfficeChannelRow,
    OfficeKindRuleRow,
    OfficeRoleRow,
    OfficeRow,
    OfficeStepRow,
    ReminderRow,
    UnansweredRow,
)
from db.tables.records import RECORD_TABLES

KEPT_AS = {"P": Kept.PARTNERSHIPS, "X": Kept.EXCHANGES, "C": Kept.CONTACTS, "N": Kept.PRESSURE}


async def put_to_sleep(session: AsyncSession, guild_id: int, at: datetime) -> int | None:
    """Let the office of a server sleep; its id, or None where there is no such office, or it sleeps already."""
    return await _turn(session, guild_id, OfficeRow.asleep_since.is_(None), at)


async def wake(session: AsyncSession, guild_id: int) -> int | None:
    """Wake the office of a server; its id, or None where there is no such office, or it is awake."""
    return await _turn(session, guild_id, OfficeRow.asleep_since.is_not(None), None)


async def _turn(
    session: AsyncSession, guild_id: int, now: ColumnElement[bool], asleep_since: datetime | None
) -> int | None:
    office_id: int | None = await session.scalar(
        update(OfficeRow)
        .where(OfficeRow.guild_id == guild_id, now)
        .values(asleep_since=asleep_since, version=OfficeRow.version + 1)
        .returning(OfficeRow.id)
    )
    return office_id


async def tied_guilds(session: AsyncSession, only: int | None = None) -> dict[int, bool]:
    """The servers that have an office, or only that one if it has, and whether the office sleeps."""
    which = OfficeRow.guild_id.is_not(None) if only is None else OfficeRow.guild_id == only
    rows = await session.execute(select(OfficeRow.guild_id, OfficeRow.asleep_since).where(which))
    return {guild_id: asleep_since is not None for guild_id, asleep_since in rows if guild_id is not None}


async def asleep_before(session: AsyncSession, moment: datetime) -> list[int]:
    """The ids of the offices that have slept since before then."""
    rows = await session.scalars(select(OfficeRow.id).where(OfficeRow.asleep_since < moment))
    return sorted(rows)


async def hold_if_asleep(session: AsyncSession, office_id: int, moment: datetime) -> bool:
    """Whether the office still sleeps, since before then; if so, nobody else changes it until this one is done."""
    held = await session.scalar(
        select(OfficeRow.id)
        .where(OfficeRow.id == office_id, OfficeRow.asleep_since < moment)
        .with_for_update()
    )
    return held is not None


async def drop_old_drafts(session: AsyncSession, before: datetime) -> None:
    await session.execute(delete(DraftRow).where(DraftRow.created_at < before))


async def old_drafts(session: AsyncSession, before: datetime) -> bool:
    return await session.scalar(select(DraftRow.id).where(DraftRow.created_at < before).limit(1)) is not None


# Erasing an office's own data --------------------------------------------------------------------------------


def _own(rows: Recorded, office_id: int) -> ColumnElement[bool]:
    return and_(rows.scope == Scope.OFFICE, rows.office_id == office_id)


async def what_goes(session: AsyncSession, office_id: int) -> Counts:
    """How many records, channels, roles and rules `erase_office` would erase."""
    found = {
        KEPT_AS[letter]: await _count(session, _own(rows, office_id)) for letter, rows in RECORDS.items()
    }
    found[Kept.CHANNELS] = await _count(session, OfficeChannelRow.office_id == office_id)
    found[Kept.ROLES] = await _count(session, OfficeRoleRow.office_id == office_id)
    found[Kept.KIND_RULES] = await _count(session, OfficeKindRuleRow.office_id == office_id)
    found[Kept.STEPS] = await _count(session, OfficeStepRow.office_id == office_id)
    found[Kept.QUESTIONS] = sum(
        [await _count(session, rows.office_id == office_id) for rows in (AskedQueryRow, UnansweredRow)]
    )
    return {kept: number for kept, number in found.items() if number}


async def what_stays(session: AsyncSession, office_id: int) -> Counts:
    """How many records of the office stay, as others see them too."""
    found = {
        KEPT_AS[letter]: await _count(session, and_(rows.scope != Scope.OFFICE, rows.office_id == office_id))
        for letter, rows in RECORDS.items()
    }
    return {kept: number for kept, number in found.items() if number}


async def _count(session: AsyncSession, which: ColumnElement[bool]) -> int:
    return await session.scalar(select(func.count()).where(which)) or 0


async def erase_office(session: AsyncSession, office_id: int) -> Counts:
    """Erase what only the office itself sees, and untie it from its server. Tells what was erased.

    Its records of scope `office` go with their parts, and those that were removed before, which the audit trail would
    bring back; its channels, roles, words for kinds of ties, own steps, questions, drafts and waiting posts as well.
    Records of wider scope, its place in its groups, its language and its rules of posting stay.
    """
    await overwrite_what_goes(session)
    going = dict(await what_goes(session, office_id))
    drafts = await session.execute(
        delete(DraftRow).where(DraftRow.user_id.in_(_staff(office_id))).returning(DraftRow.id)
    )
    going[Kept.DRAFTS] = len(list(drafts))
    going[Kept.AUDIT] = await _empty_entries(session, office_id)
    await _erase_records(session, office_id)
    going[Kept.REMINDERS] = await _cancel_posts(session, office_id)
    for rows in (OfficeChannelRow, OccasionRow, MutedTieRow, AskedQueryRow, UnansweredRow):
        await session.execute(delete(rows).where(rows.office_id == office_id))
    await session.execute(delete(OfficeRoleRow).where(OfficeRoleRow.office_id == office_id))
    await session.execute(delete(OfficeKindRuleRow).where(OfficeKindRuleRow.office_id == office_id))
    await session.execute(delete(OfficeStepRow).where(OfficeStepRow.office_id == office_id))
    await session.execute(
        update(OfficeRow)
        .where(OfficeRow.id == office_id)
        .values(version=OfficeRow.version + 1, everyone=DEFAULT_EVERYONE, **UNTIED)
    )
    return {kept: going[kept] for kept in Kept if going.get(kept)}


UNTIED: Mapping[str, Any] = dict.fromkeys(
    ("guild_id", "since", "planned_until", "asleep_since", "notify_role_id"), None
)
"""An office without a server, as it was before one was tied to it."""


def _staff(office_id: int) -> Select[Any]:
    """Those who did something in the office: drafts say whose they are, not in which server they were typed."""
    return select(AuditRow.user_id).where(AuditRow.office_id == office_id, AuditRow.user_id.is_not(None))


async def _erase_records(session: AsyncSession, office_id: int) -> None:
    for record_table in RECORD_TABLES.values():
        rows, later = record_table.rows, record_table.later
        if later is not None:
            own = select(rows.id).where(_own(rows, office_id))
            unlinked = {later.key: None, "version": rows.version + 1}
            await session.execute(update(rows).where(later.in_(own)).values(unlinked))
        await session.execute(delete(rows).where(_own(rows, office_id)))


async def _empty_entries(session: AsyncSession, office_id: int) -> int:
    """Empty what the audit trail says of the office, of its own records, and of those that were removed before."""
    own = [AuditRow.subject.in_(subjects(rows, _own(rows, office_id))) for rows in RECORDS.values()]
    about_records = or_(*(AuditRow.action.like(f"{kind.value}.%") for kind in RecordKind))
    removed = and_(about_records, about_what_is_gone(office_id))
    emptied = await session.execute(
        update(AuditRow)
        .where(or_(*own, removed, AuditRow.subject == f"office:{office_id}"))
        .values(before=None, after=None)
        .returning(AuditRow.id)
    )
    return len(list(emptied))


async def _cancel_posts(session: AsyncSession, office_id: int) -> int:
    waiting = (ReminderState.PENDING, ReminderState.BLOCKED, ReminderState.CLAIMED)
    cancelled = await session.execute(
        update(ReminderRow)
        .where(ReminderRow.office_id == office_id, ReminderRow.state.in_(waiting))
        .values(state=ReminderState.CANCELLED, reason="office erased", lease_until=None, claimed_by=None)
        .returning(ReminderRow.id)
    )
    return len(list(cancelled))
