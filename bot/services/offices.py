"""Which office a server is, and setting it up."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.access import ANYONE, Action, Role, Standing, Viewer
from bot.domain.audit import read_record
from bot.domain.errors import BadInput
from bot.domain.groups import Group
from bot.domain.names import clean
from bot.domain.offices import Office, Purpose
from bot.domain.places import Place
from bot.questions.text.scripts import traditional
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.gazetteer import gazetteer_choices, place_to_found
from bot.services.invitations import check_invitation, founded_place, redeem
from bot.services.office_settings import VERSION, PostingForm, office_document, posting_form, read_posting
from bot.services.places import MAX_NAME, find_place
from bot.services.records import visible_record
from db import offices as db
from db.audit import record_change
from db.engine import Session
from db.groups import all_groups
from db.holds import Held, hold
from db.places import NewPlace, complete_tied_places
from db.reminders import reroute


async def office_of_guild(desk: Desk, guild_id: int | None) -> Office | None:
    if guild_id is None:
        return None
    async with desk.database.read() as session:
        return await db.office_of_guild(session, guild_id)


async def office_named(desk: Desk, text: str) -> Office:
    """The office of a place. Raises as `find_place`, or `BadInput` (`office.no_such`) where it has no office."""
    async with desk.database.read() as session:
        offices = await db.offices(session)
        place = await find_place(session, text, viewer=None, among=[o.place for o in offices])
    for office in offices:
        if office.place.id == place.id:
            return office
    raise BadInput("office.no_such", place=place)


@requires(Action.OPERATE)
async def office_that_keeps(desk: Desk, caller: Caller, text: str) -> Office | None:
    """The office whose record this is, None where it is nobody's: for it the operator acts who names no other.

    Raises `BadInput` (`record.unreadable`), `NotFound` (`record.unknown`).
    """
    record = read_record(text)
    async with desk.database.read() as session:
        owner = (await visible_record(session, caller, record)).content.office_id
        return None if owner is None else await db.office_by_id(session, owner)


async def all_offices(desk: Desk) -> list[Office]:
    async with desk.database.read() as session:
        return await db.offices(session)


@dataclass(frozen=True, slots=True)
class ListedOffice:
    """An office with the groups that it has joined, and when it last changed anything (UTC), if ever."""

    office: Office
    groups: Sequence[Group]
    last_change: datetime | None


@requires(Action.OPERATE)
async def list_offices(desk: Desk, caller: Caller) -> list[ListedOffice]:
    """Every office there is, for the operator."""
    async with desk.database.read() as session:
        found, groups = await db.offices(session), await all_groups(session)
        changed = await db.last_changes(session)
    return [
        ListedOffice(
            office, [group for group in groups if group.has_joined(office.id)], changed.get(office.id)
        )
        for office in found
    ]


# Setting it up -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SetupStart:
    """What the form for setting up begins with. `place` has no id (0) where it is not in the registry yet."""

    place: Place
    form: PostingForm


STRANGER = Viewer(standing=Standing.GUEST, place_id=0)
"""Whose eyes a server without an office has: what is public, and nothing that offices share."""


def _eyes(caller: Caller) -> Viewer | None:
    """What the caller may know of places before there is an office; None, the operator, knows all."""
    if caller.role is Role.OPERATOR:
        return None
    return caller.viewer if caller.office else STRANGER


@requires(Action.SET_UP)
async def complete_cities(
    desk: Desk, caller: Caller, typed: str
) -> tuple[Sequence[Place], Sequence[tuple[str, str]]]:
    """Places whose office a server might become, for what was typed so far: the registry's, and (label, value) of
    the world's. The value, as any name, is for `begin_setup`."""
    async with desk.database.read() as session:
        viewer = caller.viewer if caller.office else _eyes(caller) or ANYONE
        known = await complete_tied_places(session, viewer, traditional(clean(typed)[:MAX_NAME]))
    # Reading the gazetteer for the first time takes long; everybody else is answered meanwhile.
    return known, await asyncio.to_thread(gazetteer_choices, typed, caller.language)


@requires(Action.SET_UP)
async def begin_setup(
    desk: Desk, caller: Caller, place_text: str, code_hash: str | None = None
) -> SetupStart:
    """What the form for setting up begins with, where the caller's server may become the office of a place.

    Raises as `set_up_office` does about place and code, so that no form is filled in vain.
    """
    async with desk.database.read() as session:
        place = _shown(await place_to_found(session, place_text, viewer=_eyes(caller)))
        office = await _own_or_free(session, caller, place)
        await check_invitation(session, caller, place, code_hash, desk.clock())
    if office is not None and office.guild_id is not None:
        return SetupStart(place, posting_form(office.posting))
    return SetupStart(place, PostingForm(language=caller.language, zone=place.zone or ""))


@requires(Action.SET_UP)
async def set_up_office(
    desk: Desk,
    caller: Caller,
    place_text: str,
    channel_id: int,
    form: PostingForm,
    code_hash: str | None = None,
) -> Office:
    """Tie the caller's server to the office of a place, and all posts to one channel.

    An office that exists without a server (from the starter data) is taken over; a place without one gets one. All
    but the first server need a code from the operator, used up here. Raises as `place_to_found`, `check_invitation`;
    `FormRefused`; `BadInput`: `office.taken` where another server has it, `office.server_has_another` where this one
    is another office's.
    """
    assert caller.guild_id is not None, "the command is for servers only"
    now = desk.clock()
    async with desk.database.write() as session:
        await hold(session, Held.OFFICES)
        place = await founded_place(session, place_text, _eyes(caller))
        found = await _own_or_free(session, caller, place)
        posting = read_posting(form, place)
        standing = await redeem(session, caller, place, code_hash, now)
        if found is None:
            office_id = await db.insert_office(session, place.id, posting.language, posting.zone)
            standing = standing or Standing.MEMBER
        else:
            office_id, standing = found.id, standing or found.standing
        own = found if found and found.guild_id is not None else None
        since = own.since if own and own.since else now
        tied = await db.tie_guild(session, office_id, caller.guild_id, since, posting, standing)
        assert tied, "no other server can have taken it meanwhile"
        await db.set_channels(session, office_id, dict.fromkeys(Purpose, channel_id))
        await reroute(session, office_id, channel_id)
        office = await db.office_by_id(session, office_id)
        assert office is not None
        await record_change(
            session,
            at=now,
            action="office.set_up",
            subject=f"office:{office_id}",
            user_id=caller.user_id,
            guild_id=caller.guild_id,
            office_id=office_id,
            before=office_document(own) if own else None,
            after=office_document(office) | {VERSION: office.version},
        )
    return office


def _shown(place: Place | NewPlace) -> Place:
    """A place that is not stored yet, as people are told of it."""
    if isinstance(place, Place):
        return place
    return Place(
        id=0,
        key=place.key,
        name_en=place.name_en,
        name_zh=place.name_zh,
        level=place.level,
        country=place.country,
        region_en=place.region_en,
        zone=place.zone,
    )


async def _own_or_free(session: Session, caller: Caller, place: Place) -> Office | None:
    """The office of the place, None where there is none yet; raises where the server or the office is taken."""
    mine = await db.office_of_guild(session, caller.guild_id or 0)
    if mine is not None and mine.place.id != place.id:
        raise BadInput("office.server_has_another", place=mine.place)
    office = await db.office_of_place(session, place.id)
    if office is not None and office.guild_id not in (None, caller.guild_id):
        raise BadInput("office.taken", place=place)
    return office
