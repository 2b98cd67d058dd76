"""The groups that an office is in, all of them for the operator, and what is offered while somebody types."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.access import Action
from bot.domain.groups import (
    Group,
    MembershipState,
    may_belong,
)
from bot.domain.names import fold
from bot.domain.offices import Office
from bot.domain.places import Place
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from db import groups as db
from db.offices import offices


@dataclass(frozen=True, slots=True)
class OwnGroups:
    """The groups that an office has joined, and those that it is invited to."""

    office: Office
    joined: Sequence[Group]
    invited: Sequence[Group]


@requires(Action.READ)
async def own_groups(desk: Desk, caller: Caller) -> OwnGroups:
    """The groups of the caller's office. Raises `Unavailable` (`office.none`)."""
    office = caller.own_office()
    async with desk.database.read() as session:
        found = await db.groups_of(session, office.id)
    joined = [group for group in found if group.has_joined(office.id)]
    invited = [group for group in found if group.membership_of(office.id) and group not in joined]
    return OwnGroups(office, joined, invited)


@requires(Action.OPERATE)
async def list_groups(desk: Desk, caller: Caller) -> list[Group]:
    """Every group there is, for the operator."""
    async with desk.database.read() as session:
        return await db.all_groups(session)


# What is offered while somebody types ---------------------------------------------------------------------


@requires(Action.ADMINISTER)
async def complete_groups(desk: Desk, caller: Caller, typed: str, state: MembershipState) -> list[Group]:
    """The groups of the caller's office, or its invitations, that what was typed fits."""
    office = caller.own_office()
    async with desk.database.read() as session:
        found = await db.groups_of(session, office.id)
    wanted = fold(typed)
    return [
        group
        for group in found
        if (known := group.membership_of(office.id)) is not None
        and known.state is state
        and any(wanted in name for name in group.answers_to)
    ]


@requires(Action.ADMINISTER)
async def complete_offices(
    desk: Desk, caller: Caller, typed: str, group_text: str, *, invited: bool
) -> list[Place]:
    """The places whose offices could be invited to the group of the caller's office, or (`invited`) have been."""
    own = caller.own_office()
    async with desk.database.read() as session:
        groups = await db.groups_of(session, own.id)
        everybody = await offices(session)
    group = next((group for group in groups if fold(group_text) in group.answers_to), None)
    known = {} if group is None else {each.office_id: each.state for each in group.memberships}
    wanted = fold(typed)
    return [
        office.place
        for office in everybody
        if (known.get(office.id) is MembershipState.INVITED if invited else office.id not in known)
        and office.id != own.id
        and may_belong(office.standing)
        and any(wanted in fold(name) for name in (office.place.name_en, office.place.name_zh) if name)
    ]
