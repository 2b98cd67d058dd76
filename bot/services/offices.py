"""Which office a server is, and setting it up."""

from bot.domain.errors import BadInput
from bot.domain.offices import Office, Purpose
from bot.domain.places import Place
from bot.services.desk import Caller, Desk
from bot.services.places import find_place
from db import offices as db
from db.audit import record_change
from db.engine import Session
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
        place = await find_place(session, text, among=[office.place for office in offices])
    for office in offices:
        if office.place.id == place.id:
            return office
    raise BadInput("office.no_such", place=place)


async def all_offices(desk: Desk) -> list[Office]:
    async with desk.database.read() as session:
        return await db.offices(session)


async def set_up_office(
    desk: Desk, caller: Caller, place_text: str, channel_id: int, language: str
) -> Office:
    """Tie the caller's server to the office of a place, and all posts to one channel.

    An office that exists without a server (from the starter data) is taken over; a place without one gets one.
    Raises as `find_place`, or `BadInput`: `office.taken` where another server has it, `office.server_has_another`
    where this one is another office's, `office.zone_unknown` where the place has no time zone on record.
    """
    assert caller.guild_id is not None, "the command is for servers only"
    now = desk.clock()
    async with desk.database.write() as session:
        place = await find_place(session, place_text)
        before = await db.office_of_guild(session, caller.guild_id)
        if before is not None and before.place.id != place.id:
            raise BadInput("office.server_has_another", place=before.place)
        office_id = await _office_id(session, place, language)
        tied = await db.tie_guild(
            session,
            office_id,
            guild_id=caller.guild_id,
            language=language,
            channels=dict.fromkeys(Purpose, channel_id),
            since=before.since if before and before.since else now,
        )
        if not tied:
            raise BadInput("office.taken", place=place)
        await reroute(session, office_id, channel_id)
        await record_change(
            session,
            at=now,
            action="office.set_up",
            subject=f"office:{office_id}",
            user_id=caller.user_id,
            guild_id=caller.guild_id,
            office_id=office_id,
            before=_as_document(before) if before else None,
            after={"place": place.key, "channel": channel_id, "language": language},
        )
        office = await db.office_by_id(session, office_id)
    assert office is not None
    return office


async def _office_id(session: Session, place: Place, language: str) -> int:
    """The office of the place; one is made where there is none."""
    office = await db.office_of_place(session, place.id)
    if office is not None:
        return office.id
    if place.zone is None:
        raise BadInput("office.zone_unknown", place=place)
    return await db.insert_office(session, place.id, language, place.zone)


def _as_document(office: Office) -> dict[str, object]:
    return {
        "place": office.place.key,
        "channel": office.channels.get(Purpose.ANNIVERSARIES),
        "language": office.language,
    }
