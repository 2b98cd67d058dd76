"""Reading and writing offices and their channels."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.domain.anniversaries import DEFAULT_LEAP_DAY_RULE, LeapDayRule
from bot.domain.offices import DEFAULT_POSTING_HOUR, Office, Purpose
from db.places import to_place
from db.tables import OfficeChannelRow, OfficeRow


def _loaded(query: Select[OfficeRow]) -> Select[OfficeRow]:
    return query.options(selectinload(OfficeRow.place), selectinload(OfficeRow.channels)).execution_options(
        populate_existing=True
    )


def _to_office(row: OfficeRow) -> Office:
    return Office(
        id=row.id,
        place=to_place(row.place),
        guild_id=row.guild_id,
        language=row.language,
        zone=row.zone,
        posting_hour=row.posting_hour,
        leap_day_rule=row.leap_day_rule,
        channels={channel.purpose: channel.channel_id for channel in row.channels},
        since=row.since,
    )


async def offices(session: AsyncSession) -> list[Office]:
    return [
        _to_office(row) for row in await session.scalars(_loaded(select(OfficeRow).order_by(OfficeRow.id)))
    ]


async def office_by_id(session: AsyncSession, office_id: int) -> Office | None:
    return await _office_where(session, OfficeRow.id == office_id)


async def office_of_guild(session: AsyncSession, guild_id: int) -> Office | None:
    return await _office_where(session, OfficeRow.guild_id == guild_id)


async def office_of_place(session: AsyncSession, place_id: int) -> Office | None:
    return await _office_where(session, OfficeRow.place_id == place_id)


async def _office_where(session: AsyncSession, condition: ColumnElement[bool]) -> Office | None:
    row = await session.scalar(_loaded(select(OfficeRow).where(condition)))
    return _to_office(row) if row else None


async def insert_office(
    session: AsyncSession,
    place_id: int,
    language: str,
    zone: str,
    *,
    posting_hour: int = DEFAULT_POSTING_HOUR,
    leap_day_rule: LeapDayRule = DEFAULT_LEAP_DAY_RULE,
) -> int:
    """An office that no server is tied to yet."""
    row = OfficeRow(
        place_id=place_id,
        language=language,
        zone=zone,
        posting_hour=posting_hour,
        leap_day_rule=leap_day_rule,
    )
    session.add(row)
    await session.flush()
    return row.id


async def tie_guild(
    session: AsyncSession,
    office_id: int,
    *,
    guild_id: int,
    language: str,
    channels: Mapping[Purpose, int],
    since: datetime,
) -> bool:
    """Tie a server to an office, with its language and channels; reminders count from `since`.

    Returns whether it is tied now: an office that another server has, even since a moment ago, stays theirs.
    """
    tied = await session.scalar(
        update(OfficeRow)
        .where(OfficeRow.id == office_id, or_(OfficeRow.guild_id.is_(None), OfficeRow.guild_id == guild_id))
        .values(guild_id=guild_id, language=language, since=since)
        .returning(OfficeRow.id)
    )
    if tied is None:
        return False
    await session.execute(delete(OfficeChannelRow).where(OfficeChannelRow.office_id == office_id))
    rows = [
        {"office_id": office_id, "purpose": purpose, "channel_id": channel}
        for purpose, channel in channels.items()
    ]
    if rows:
        await session.execute(insert(OfficeChannelRow), rows)
    return True


async def planned_until(session: AsyncSession, office_id: int) -> datetime | None:
    """Up to which moment (UTC) the posts of the office are in the outbox."""
    moment: datetime | None = await session.scalar(
        select(OfficeRow.planned_until).where(OfficeRow.id == office_id)
    )
    return moment


async def set_planned_until(session: AsyncSession, office_id: int, moment: datetime) -> None:
    await session.execute(update(OfficeRow).where(OfficeRow.id == office_id).values(planned_until=moment))
