"""Reading and writing groups of offices, and who belongs to them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.access import Standing
from bot.domain.groups import Group, Membership, MembershipState
from db.places import to_place
from db.tables import AuditRow, GroupMemberRow, GroupRow, OfficeRow, PlaceRow

DISSOLVED = "group.dissolved"
"""The action of the audit entry that a dissolved group leaves behind; its `before` has the key."""


async def all_groups(session: AsyncSession) -> list[Group]:
    """Every group, by name."""
    return await _groups(session, select(GroupRow))


async def groups_of(session: AsyncSession, office_id: int) -> list[Group]:
    """The groups that an office has joined or is invited to, by name; of a guest, those from before it was one."""
    own = select(GroupMemberRow.group_id).where(GroupMemberRow.office_id == office_id)
    return await _groups(session, select(GroupRow).where(GroupRow.id.in_(own)))


async def group_by_id(session: AsyncSession, group_id: int) -> Group | None:
    found = await _groups(session, select(GroupRow).where(GroupRow.id == group_id))
    return found[0] if found else None


async def _groups(session: AsyncSession, query: Select[GroupRow]) -> list[Group]:
    query = query.order_by(GroupRow.name_en, GroupRow.id).execution_options(populate_existing=True)
    rows = list(await session.scalars(query))
    members = await _memberships(session, [row.id for row in rows])
    return [Group(row.id, row.key, row.name_en, row.name_zh, members.get(row.id, [])) for row in rows]


async def _memberships(session: AsyncSession, group_ids: Sequence[int]) -> dict[int, list[Membership]]:
    """Those of offices that can belong to a group: one that has become a guest since counts for nothing in it."""
    rows = await session.execute(
        select(GroupMemberRow.group_id, GroupMemberRow.state, GroupMemberRow.since, OfficeRow.id)
        .add_columns(OfficeRow.standing, PlaceRow)
        .join(OfficeRow, OfficeRow.id == GroupMemberRow.office_id)
        .join(PlaceRow, PlaceRow.id == OfficeRow.place_id)
        .where(GroupMemberRow.group_id.in_(group_ids), OfficeRow.standing != Standing.GUEST)
        .order_by(PlaceRow.name_en, OfficeRow.id)
    )
    found: dict[int, list[Membership]] = {}
    for group_id, state, since, office_id, standing, place in rows:
        member = Membership(office_id, to_place(place), standing, state, since)
        found.setdefault(group_id, []).append(member)
    return found


async def insert_group(session: AsyncSession, key: str, name_en: str, name_zh: str | None) -> int:
    """Store a group without offices. The key and the names must be new: see `db.holds`."""
    row = insert(GroupRow).values(key=key, name_en=name_en, name_zh=name_zh).returning(GroupRow.id)
    return (await session.execute(row)).scalar_one()


async def set_membership(
    session: AsyncSession, group_id: int, office_id: int, state: MembershipState, since: datetime
) -> None:
    """Let an office be invited or in, from `since` on, whatever it was before."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(GroupMemberRow).values(
        group_id=group_id, office_id=office_id, state=state, since=since
    )
    await session.execute(
        row.on_conflict_do_update(
            index_elements=[GroupMemberRow.group_id, GroupMemberRow.office_id],
            set_={"state": state, "since": since},
        )
    )


async def end_membership(session: AsyncSession, group_id: int, office_id: int) -> None:
    """Take an office, or its invitation, out of a group."""
    await session.execute(
        delete(GroupMemberRow).where(
            GroupMemberRow.group_id == group_id, GroupMemberRow.office_id == office_id
        )
    )


async def delete_group(session: AsyncSession, group_id: int) -> None:
    """Forget a group and all its invitations; the records of its offices stay theirs."""
    await session.execute(delete(GroupMemberRow).where(GroupMemberRow.group_id == group_id))
    await session.execute(delete(GroupRow).where(GroupRow.id == group_id))


async def was_dissolved(session: AsyncSession, key: str) -> bool:
    """Whether there was a group of this key whose offices have all left it."""
    entries = await session.scalars(select(AuditRow.before).where(AuditRow.action == DISSOLVED))
    return any(before is not None and before.get("key") == key for before in entries)
