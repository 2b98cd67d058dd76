"""Reading and writing offices and their channels."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased, selectinload

from bot.domain.access import DEFAULT_EVERYONE, Role, Standing
from bot.domain.anniversaries import DEFAULT_LEAP_DAY_RULE, LeapDayRule
from bot.domain.groups import MembershipState
from bot.domain.kind_rules import KindRule
from bot.domain.leads import DEFAULT_LEADS, Leads
from bot.domain.offices import (
    DEFAULT_POSTING_HOUR,
    DEFAULT_REST_DAY_RULE,
    Office,
    Posting,
    Purpose,
    RestDayRule,
    WeeklyList,
)
from bot.domain.partnerships import Kind
from bot.domain.saving_rules import DEFAULT_SAVINGS, SavingRules
from db.places import to_place
from db.tables import (
    AuditRow,
    GroupMemberRow,
    OfficeChannelRow,
    OfficeKindRuleRow,
    OfficeRoleRow,
    OfficeRow,
)
from db.watermarks import UNCOUNTED, Watermark, counts, remembered, version_seen

Change = tuple[Mapping[str, Any], Mapping[str, Any]]
"""What an audit entry tells: before and after."""


def _loaded(query: Select[OfficeRow]) -> Select[OfficeRow]:
    return query.options(
        selectinload(OfficeRow.place),
        selectinload(OfficeRow.channels),
        selectinload(OfficeRow.roles),
        selectinload(OfficeRow.kind_rules),
        selectinload(OfficeRow.cadences),
        selectinload(OfficeRow.weights),
    ).execution_options(populate_existing=True)


def _to_office(row: OfficeRow, fellows: frozenset[int]) -> Office:
    return Office(
        id=row.id,
        place=to_place(row.place),
        guild_id=row.guild_id,
        language=row.language,
        zone=row.zone,
        posting_hour=row.posting_hour,
        leap_day_rule=row.leap_day_rule,
        rest_day_rule=row.rest_day_rule,
        leads=Leads(row.milestone_leads, row.other_leads),
        standing=row.standing,
        everyone=row.everyone,
        roles={mapped.role_id: mapped.role for mapped in row.roles},
        notify_role_id=row.notify_role_id,
        channels={channel.purpose: channel.channel_id for channel in row.channels},
        savings=row.savings,
        kind_rules={r.kind: KindRule(r.kind, r.text_en, r.text_zh) for r in row.kind_rules},
        cadences={r.kind: r.months for r in row.cadences},
        weights={r.aspect: r.weight for r in row.weights},
        weekly_list=WeeklyList(row.list_day, row.list_hour),
        keeps_questions=row.keeps_questions,
        since=row.since,
        asleep_since=row.asleep_since,
        fellows=fellows,
        version=row.version,
    )


async def offices(session: AsyncSession) -> list[Office]:
    rows = list(await session.scalars(_loaded(select(OfficeRow).order_by(OfficeRow.id))))
    fellows = await fellows_of(session, [row.id for row in rows])
    return [_to_office(row, fellows[row.id]) for row in rows]


async def office_place_ids(session: AsyncSession) -> list[int]:
    """The places that have an office, whether or not a server is tied to it."""
    return list(await session.scalars(select(OfficeRow.place_id)))


async def fellows_of(session: AsyncSession, office_ids: Sequence[int]) -> dict[int, frozenset[int]]:
    """For each office, those that keep records and have joined a group that it has joined too; a guest has none."""
    mine, theirs = aliased(GroupMemberRow), aliased(GroupMemberRow)
    viewer, owner = aliased(OfficeRow), aliased(OfficeRow)
    pairs = await session.execute(
        select(mine.office_id, theirs.office_id)
        .join(theirs, theirs.group_id == mine.group_id)
        .join(viewer, viewer.id == mine.office_id)
        .join(owner, owner.id == theirs.office_id)
        .where(
            mine.office_id.in_(office_ids),
            mine.state == MembershipState.JOINED,
            theirs.state == MembershipState.JOINED,
            viewer.standing != Standing.GUEST,
            owner.standing == Standing.MEMBER,
            theirs.office_id != mine.office_id,
        )
    )
    found: dict[int, set[int]] = {office_id: set() for office_id in office_ids}
    for office_id, fellow in pairs:
        found[office_id].add(fellow)
    return {office_id: frozenset(fellows) for office_id, fellows in found.items()}


async def office_by_id(session: AsyncSession, office_id: int) -> Office | None:
    return await _remembered_office(session, OfficeRow.id, office_id)


async def office_of_guild(session: AsyncSession, guild_id: int) -> Office | None:
    return await _remembered_office(session, OfficeRow.guild_id, guild_id)


async def office_of_place(session: AsyncSession, place_id: int) -> Office | None:
    return await _remembered_office(session, OfficeRow.place_id, place_id)


async def offices_at(session: AsyncSession, place_ids: Collection[int], also: int) -> list[Office]:
    """The offices of these places, and the one with the id `also`, in order of id."""
    chosen = or_(OfficeRow.place_id.in_(place_ids), OfficeRow.id == also)
    rows = list(await session.scalars(_loaded(select(OfficeRow).where(chosen).order_by(OfficeRow.id))))
    fellows = await fellows_of(session, [row.id for row in rows])
    return [_to_office(row, fellows[row.id]) for row in rows]


async def _remembered_office(
    session: AsyncSession, column: InstrumentedAttribute[Any], value: int
) -> Office | None:
    """From the process's memory where it is unchanged: it stands in eight tables, and each command begins with it."""

    async def made() -> Office | None:
        return await _office_where(session, column == value)

    # Its place has a count of its own; one that this transaction renames is nowhere but in its own tables.
    if counts(session, Watermark.PLACES):
        return await made()
    places = await version_seen(session, Watermark.PLACES)
    return await remembered(session, ("office", column.key, value, places), Watermark.OFFICES, made)


async def _office_where(session: AsyncSession, condition: ColumnElement[bool]) -> Office | None:
    row = await session.scalar(_loaded(select(OfficeRow).where(condition)))
    if row is None:
        return None
    return _to_office(row, (await fellows_of(session, [row.id]))[row.id])


async def insert_office(
    session: AsyncSession,
    place_id: int,
    language: str,
    zone: str,
    *,
    posting_hour: int = DEFAULT_POSTING_HOUR,
    leap_day_rule: LeapDayRule = DEFAULT_LEAP_DAY_RULE,
    rest_day_rule: RestDayRule = DEFAULT_REST_DAY_RULE,
    leads: Leads = DEFAULT_LEADS,
    savings: SavingRules = DEFAULT_SAVINGS,
    standing: Standing = Standing.MEMBER,
    everyone: Role = DEFAULT_EVERYONE,
) -> int:
    """An office that no server is tied to yet."""
    row = OfficeRow(
        place_id=place_id,
        language=language,
        zone=zone,
        posting_hour=posting_hour,
        leap_day_rule=leap_day_rule,
        rest_day_rule=rest_day_rule,
        **_lead_columns(leads),
        savings=savings,
        standing=standing,
        everyone=everyone,
        version=1,
    )
    session.add(row)
    await session.flush()
    return row.id


async def any_office_taken(session: AsyncSession) -> bool:
    """Whether any server has an office, or ever had one, be it erased since."""
    taken = or_(OfficeRow.guild_id.is_not(None), OfficeRow.since.is_not(None))
    erased = select(AuditRow.id).where(AuditRow.action == "office.erased").limit(1)
    return (
        await session.scalar(select(OfficeRow.id).where(taken).limit(1)) is not None
        or await session.scalar(erased) is not None
    )


async def tie_guild(
    session: AsyncSession,
    office_id: int,
    guild_id: int,
    since: datetime,
    posting: Posting,
    standing: Standing,
) -> bool:
    """Tie a server to an office, with how it posts and its standing; reminders count from `since`.

    Returns whether it is tied now: an office that another server has, even since a moment ago, stays theirs.
    """
    tied = await session.scalar(
        update(OfficeRow)
        .where(OfficeRow.id == office_id, or_(OfficeRow.guild_id.is_(None), OfficeRow.guild_id == guild_id))
        .values(
            guild_id=guild_id,
            since=since,
            standing=standing,
            asleep_since=None,
            version=OfficeRow.version + 1,
            **_posting_columns(posting),
        )
        .returning(OfficeRow.id)
    )
    return tied is not None


def _posting_columns(posting: Posting) -> dict[str, Any]:
    return {
        "language": posting.language,
        "zone": posting.zone,
        "posting_hour": posting.hour,
        "leap_day_rule": posting.leap_day_rule,
        "rest_day_rule": posting.rest_day_rule,
    }


async def hold_office(session: AsyncSession, office_id: int) -> None:
    """Let no other transaction change this office until this one ends; what they changed is seen from here on."""
    # What only points to the office, such as a visit that is logged meanwhile, need not wait.
    held = select(OfficeRow.id).where(OfficeRow.id == office_id).with_for_update(key_share=True)
    await session.execute(held)


async def count_on(session: AsyncSession, office_id: int) -> None:
    """Give the office its next version: something in it has changed."""
    await session.execute(
        update(OfficeRow).where(OfficeRow.id == office_id).values(version=OfficeRow.version + 1)
    )


async def set_posting(session: AsyncSession, office_id: int, posting: Posting) -> None:
    await session.execute(
        update(OfficeRow).where(OfficeRow.id == office_id).values(**_posting_columns(posting))
    )


def _lead_columns(leads: Leads) -> dict[str, tuple[int, ...]]:
    return {"milestone_leads": leads.milestones, "other_leads": leads.others}


async def set_keeps_questions(session: AsyncSession, office_id: int, keep: bool) -> None:
    await session.execute(update(OfficeRow).where(OfficeRow.id == office_id).values(keeps_questions=keep))


async def set_leads(session: AsyncSession, office_id: int, leads: Leads) -> None:
    await session.execute(update(OfficeRow).where(OfficeRow.id == office_id).values(**_lead_columns(leads)))


async def set_saving_rules(session: AsyncSession, office_id: int, rules: SavingRules) -> None:
    await session.execute(update(OfficeRow).where(OfficeRow.id == office_id).values(savings=rules))


async def set_standing(session: AsyncSession, office_id: int, standing: Standing) -> None:
    await session.execute(update(OfficeRow).where(OfficeRow.id == office_id).values(standing=standing))


async def set_channels(session: AsyncSession, office_id: int, channels: Mapping[Purpose, int]) -> None:
    """Give each purpose its channel; one that is left out has none any more."""
    await session.execute(delete(OfficeChannelRow).where(OfficeChannelRow.office_id == office_id))
    rows = [
        {"office_id": office_id, "purpose": purpose, "channel_id": channel}
        for purpose, channel in channels.items()
    ]
    if rows:
        await session.execute(insert(OfficeChannelRow), rows)


async def set_notify_role(session: AsyncSession, office_id: int, role_id: int | None) -> None:
    await session.execute(update(OfficeRow).where(OfficeRow.id == office_id).values(notify_role_id=role_id))


async def set_roles(session: AsyncSession, office_id: int, roles: Mapping[int, Role], everyone: Role) -> None:
    """Say what each Discord role means in the office, and what people without one of them are."""
    await session.execute(delete(OfficeRoleRow).where(OfficeRoleRow.office_id == office_id))
    rows = [{"office_id": office_id, "role_id": role_id, "role": role} for role_id, role in roles.items()]
    if rows:
        await session.execute(insert(OfficeRoleRow), rows)
    await session.execute(update(OfficeRow).where(OfficeRow.id == office_id).values(everyone=everyone))


async def set_kind_rule(session: AsyncSession, office_id: int, kind: Kind, rule: KindRule | None) -> None:
    """Let the office call a kind of tie so; None takes its own words away."""
    which = OfficeKindRuleRow.office_id == office_id, OfficeKindRuleRow.kind == kind
    await session.execute(delete(OfficeKindRuleRow).where(*which))
    if rule is not None:
        row = {"office_id": office_id, "kind": kind, "text_en": rule.text_en, "text_zh": rule.text_zh}
        await session.execute(insert(OfficeKindRuleRow), [row])


async def last_changes(session: AsyncSession) -> dict[int, datetime]:
    """When each office last changed anything, by the audit trail; those that never did are left out."""
    rows = await session.execute(
        select(AuditRow.office_id, func.max(AuditRow.at))
        .where(AuditRow.office_id.is_not(None))
        .group_by(AuditRow.office_id)
    )
    return {office_id: at for office_id, at in rows if office_id is not None}


async def changes_of_office(session: AsyncSession, office_id: int) -> list[Change]:
    """(before, after) of every change of the office itself, by the audit trail, oldest first."""
    rows = await session.execute(
        select(AuditRow.before, AuditRow.after)
        .where(AuditRow.subject == f"office:{office_id}")
        .order_by(AuditRow.id)
    )
    return [(before or {}, after or {}) for before, after in rows]


async def planned_until(session: AsyncSession, office_id: int) -> datetime | None:
    """Up to which moment (UTC) the posts of the office are in the outbox."""
    moment: datetime | None = await session.scalar(
        select(OfficeRow.planned_until).where(OfficeRow.id == office_id)
    )
    return moment


async def set_planned_until(session: AsyncSession, office_id: int, moment: datetime) -> None:
    planned = update(OfficeRow).where(OfficeRow.id == office_id).values(planned_until=moment)
    # Each pass writes it, and no `Office` has it: whoever remembers offices need not read them anew.
    await session.execute(planned, execution_options={UNCOUNTED: True})
