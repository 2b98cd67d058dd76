"""Where the tests about scopes take place: offices of every standing, and the group that some of them share."""

from collections.abc import Mapping, Sequence

from sqlalchemy import update

from bot.domain.access import Standing
from bot.domain.groups import MembershipState
from bot.services.desk import Desk
from db.engine import Session
from db.groups import insert_group, set_membership
from db.offices import insert_office
from db.places import NewPlace, insert_places
from db.tables import PlaceRow

OFFICES: Mapping[str, Standing] = {
    "tainan": Standing.MEMBER,
    "taipei": Standing.MEMBER,
    "ministry": Standing.READER,
    "kaohsiung": Standing.MEMBER,
    "seattle": Standing.GUEST,
}
"""Tainan and Taipei share a group that the ministry reads and Kaohsiung is only invited to; Seattle is a guest."""

Ids = dict[str, int]


async def found_offices(
    session: Session,
    desk: Desk,
    standings: Mapping[str, Standing],
    former: Mapping[str, str],
    others: Sequence[str],
) -> tuple[Ids, Ids]:
    """Offices with their places and their group, places that became others, and further places.

    Returns the ids of the places and of the offices, by key.
    """
    keys = (*standings, *former, *others)
    places = await insert_places(
        session, [NewPlace(key, key, country="JP", zone="Asia/Tokyo") for key in keys]
    )
    for place, successor in former.items():
        row = update(PlaceRow).where(PlaceRow.id == places[place])
        await session.execute(row.values(successor_id=places[successor]))
    offices = {
        key: await insert_office(session, places[key], "en", "Asia/Taipei", standing=standing)
        for key, standing in standings.items()
    }
    group = await insert_group(session, "south", "South", None)
    for key in ("tainan", "taipei", "ministry", "kaohsiung"):
        state = MembershipState.INVITED if key == "kaohsiung" else MembershipState.JOINED
        await set_membership(session, group, offices[key], state, desk.clock())
    return places, offices
