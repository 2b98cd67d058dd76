"""Groups of offices: founding, inviting, answering, leaving. None but the operator puts another office into one.

Every change holds all groups until it is done, so that of two at once the second sees what the first has left.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.access import Action, Standing
from bot.domain.errors import BadInput, NotAllowed, NotFound
from bot.domain.groups import (
    Group,
    Membership,
    MembershipState,
    check_outside,
    may_belong,
    named,
    new_key,
    read_group_name,
)
from bot.domain.names import fold
from bot.domain.offices import Office
from bot.domain.places import Place
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.places import find_place
from db import groups as db
from db.audit import record_change
from db.engine import Session
from db.holds import Held, hold
from db.offices import offices

# Founding and inviting --------------------------------------------------------------------------------------


@requires(Action.ADMINISTER)
async def found_group(desk: Desk, caller: Caller, name: str, name_zh: str | None = None) -> Group:
    """Found a group whose first member is the caller's office; one that the operator founds has none yet.

    Raises `BadInput`: `group.name_unreadable`, `group.name_too_long`, `group.name_taken`; `NotAllowed`
    (`standing_forbids`) for an office that is no member.
    """
    _require_member(caller)
    name, chinese = read_group_name(name), read_group_name(name_zh) if name_zh else None
    async with _changing(desk) as session:
        known = await db.all_groups(session)
        for wanted in filter(None, (name, chinese)):
            if any(fold(wanted) in group.answers_to for group in known):
                raise BadInput("group.name_taken", name=wanted)
        group_id = await db.insert_group(session, new_key(name, known), name, chinese)
        if caller.office is not None:
            await db.set_membership(session, group_id, caller.office.id, MembershipState.JOINED, desk.clock())
        group = await _group(session, group_id)
        await _record(session, desk, caller, "group.founded", group, after=group_document(group))
    return group


@requires(Action.ADMINISTER)
async def invite_office(desk: Desk, caller: Caller, group_text: str, city: str) -> tuple[Group, Place]:
    """Invite the office of a place to a group that the caller's office is a member of.

    Nothing is sent to it: it sees the invitation among its groups. Raises as `find_place`; `NotFound`
    (`group.unknown`); `BadInput`: `group.not_joined`, `office.no_such`, `group.guest`, `group.joined_already`,
    `group.invited_already`; `NotAllowed` (`standing_forbids`).
    """
    async with _changing(desk) as session:
        group = await _group_of_member(session, caller, group_text)
        office = await _office_of(session, caller, city)
        check_outside(group, office.id, office.place, office.standing)
        await db.set_membership(session, group.id, office.id, MembershipState.INVITED, desk.clock())
        await _record(session, desk, caller, "group.invited", group, after={"office": office.place.key})
        return await _group(session, group.id), office.place


@requires(Action.ADMINISTER)
async def withdraw_invitation(desk: Desk, caller: Caller, group_text: str, city: str) -> tuple[Group, Place]:
    """Take back an invitation that nobody has answered yet.

    Raises as `invite_office`, and `NotFound` (`group.not_invited`) where there is none.
    """
    async with _changing(desk) as session:
        group = await _group_of_member(session, caller, group_text)
        office = await _office_of(session, caller, city)
        if office.id not in {each.office_id for each in group.invited}:
            raise NotFound("group.not_invited", place=office.place, group=group)
        await db.end_membership(session, group.id, office.id)
        await _record(session, desk, caller, "group.withdrawn", group, before={"office": office.place.key})
        return await _group(session, group.id), office.place


# Answering and leaving --------------------------------------------------------------------------------------


@requires(Action.ADMINISTER)
async def accept_invitation(desk: Desk, caller: Caller, group_text: str) -> Group:
    """Join a group that the caller's office is invited to; a reader joins as one.

    Raises `NotFound` (`group.no_invitation`) where there is none any more, `BadInput` (`group.joined_already`),
    `NotAllowed` (`standing_forbids`) for a guest.
    """
    office = caller.own_office()
    async with _changing(desk) as session:
        group = await _inviting_group(session, office, group_text)
        if not may_belong(office.standing):
            raise NotAllowed("standing_forbids", place=office.place, standing=office.standing)
        return await _join(session, desk, caller, group, office)


@requires(Action.ADMINISTER)
async def decline_invitation(desk: Desk, caller: Caller, group_text: str) -> Group:
    """Turn down an invitation. Raises as `accept_invitation`, but a guest may."""
    office = caller.own_office()
    async with _changing(desk) as session:
        group = await _inviting_group(session, office, group_text)
        await db.end_membership(session, group.id, office.id)
        await _record(session, desk, caller, "group.declined", group, before={"office": office.place.key})
    return group


@requires(Action.OPERATE)
async def join_group(desk: Desk, caller: Caller, group_text: str, city: str) -> tuple[Group, Place]:
    """Put the office of a place into a group, invited or not. Raises as `invite_office`."""
    async with _changing(desk) as session:
        group = named(await db.all_groups(session), group_text)
        office = await _office_of(session, caller, city)
        if group.has_joined(office.id) or not may_belong(office.standing):
            check_outside(group, office.id, office.place, office.standing)
        return await _join(session, desk, caller, group, office), office.place


async def _join(session: Session, desk: Desk, caller: Caller, group: Group, office: Office) -> Group:
    await db.set_membership(session, group.id, office.id, MembershipState.JOINED, desk.clock())
    await _record(
        session, desk, caller, "group.joined", group, after={"office": office.place.key}, of=office.id
    )
    return await _group(session, group.id)


@dataclass(frozen=True, slots=True)
class Leaving:
    """What an office would leave; `dissolves` says whether that ends the group."""

    group: Group
    membership: Membership
    dissolves: bool


@requires(Action.ADMINISTER)
async def about_to_leave(desk: Desk, caller: Caller, group_text: str) -> Leaving:
    """What leaving a group would mean; nothing is changed. Raises `NotFound` (`group.unknown`), `BadInput`
    (`group.not_joined`)."""
    office = caller.own_office()
    async with desk.database.read() as session:
        group = named(await db.groups_of(session, office.id), group_text)
    if not group.has_joined(office.id):
        raise BadInput("group.not_joined", place=office.place, group=group)
    membership = group.membership_of(office.id)
    assert membership is not None, "who has joined is on the list"
    return Leaving(group, membership, group.ends_without(office.id))


@requires(Action.ADMINISTER)
async def leave_group(desk: Desk, caller: Caller, group_id: int, since: datetime) -> Leaving:
    """Leave a group that the office has been in `since` then; the last member's leaving dissolves it.

    Raises `NotFound` (`group.left_already`) where that membership has ended, whatever came after it.
    """
    office = caller.own_office()
    async with _changing(desk) as session:
        group = await db.group_by_id(session, group_id)
        membership = group.membership_of(office.id) if group else None
        if (
            group is None
            or not group.has_joined(office.id)
            or membership is None
            or membership.since != since
        ):
            raise NotFound("group.left_already")
        dissolves = group.ends_without(office.id)
        await db.end_membership(session, group.id, office.id)
        await _record(session, desk, caller, "group.left", group, before={"office": office.place.key})
        if dissolves:
            await db.delete_group(session, group.id)
            await _record(session, desk, caller, db.DISSOLVED, group, before=group_document(group))
    return Leaving(group, membership, dissolves)


# Common to them -------------------------------------------------------------------------------------------


@asynccontextmanager
async def _changing(desk: Desk) -> AsyncIterator[Session]:
    """The unit of work of a change: no other one touches groups until it ends."""
    async with desk.database.write() as session:
        await hold(session, Held.GROUPS)
        yield session


def _require_member(caller: Caller) -> None:
    office = caller.office
    if office is not None and office.standing is not Standing.MEMBER:
        raise NotAllowed("standing_forbids", place=office.place, standing=office.standing)


async def _group_of_member(session: Session, caller: Caller, text: str) -> Group:
    """The group that a member means, one that it has joined; the operator may mean any."""
    if caller.office is None:
        return named(await db.all_groups(session), text)
    group = named(await db.groups_of(session, caller.office.id), text)
    if not group.has_joined(caller.office.id):
        raise BadInput("group.not_joined", place=caller.office.place, group=group)
    _require_member(caller)
    return group


async def _inviting_group(session: Session, office: Office, text: str) -> Group:
    group = named(await db.groups_of(session, office.id), text, "group.no_invitation")
    if group.has_joined(office.id):
        raise BadInput("group.joined_already", place=office.place, group=group)
    return group


async def _office_of(session: Session, caller: Caller, city: str) -> Office:
    everybody = await offices(session)
    place = await find_place(session, city, viewer=caller.viewer, among=[o.place for o in everybody])
    for office in everybody:
        if office.place.id == place.id:
            return office
    raise BadInput("office.no_such", place=place)


async def _group(session: Session, group_id: int) -> Group:
    group = await db.group_by_id(session, group_id)
    assert group is not None, "groups are held while one is changed"
    return group


def group_document(group: Group) -> dict[str, Any]:
    """A group as the audit trail keeps it."""
    return {
        "key": group.key,
        "name_en": group.name_en,
        "name_zh": group.name_zh,
        "members": [each.place.key for each in group.joined],
        "invited": [each.place.key for each in group.invited],
    }


async def _record(
    session: Session,
    desk: Desk,
    caller: Caller,
    action: str,
    group: Group,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    of: int | None = None,
) -> None:
    """Write the audit entry; it is the caller's office's, or that of the office `of`, for which the operator acted."""
    await record_change(
        session,
        at=desk.clock(),
        action=action,
        subject=f"group:{group.id}",
        user_id=caller.user_id,
        guild_id=caller.guild_id,
        office_id=caller.office.id if caller.office else of,
        before=before,
        after=after,
    )
