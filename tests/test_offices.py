"""Offices, where two servers or two failures meet."""

import asyncio

from sqlalchemy import update

from bot.domain.errors import BadInput
from bot.domain.offices import Office
from bot.services.desk import Caller, Desk
from bot.services.offices import set_up_office
from bot.services.reminders import enqueue_due
from db.tables import OfficeRow
from tests.records import outbox


async def set_up(desk: Desk, guild_id: int, city: str = "taipei-tw") -> Office:
    return await set_up_office(desk, Caller("en", 1, guild_id), city, 10 * guild_id, "en")


async def test_of_two_servers_at_once_one_gets_the_office(seeded_desk: Desk) -> None:
    """The other is told that it is taken, and changes nothing."""
    outcomes = await asyncio.gather(*(set_up(seeded_desk, n) for n in (1, 2)), return_exceptions=True)
    (won,) = (each for each in outcomes if isinstance(each, Office))
    (lost,) = (each for each in outcomes if not isinstance(each, Office))
    assert isinstance(lost, BadInput)
    assert lost.key == "office.taken"
    assert set(won.channels.values()) == {10 * (won.guild_id or 0)}


async def test_an_office_that_fails_keeps_no_other_from_its_posts(seeded_desk: Desk) -> None:
    """Here its time zone is one that this machine does not know."""
    broken, sound = await set_up(seeded_desk, 1), await set_up(seeded_desk, 2, "kaohsiung-tw")
    async with seeded_desk.database.write() as session:
        await session.execute(update(OfficeRow).where(OfficeRow.id == broken.id).values(zone="No/Where"))
        await session.execute(update(OfficeRow).values(since=seeded_desk.clock().replace(year=2025)))
    await enqueue_due(seeded_desk)
    assert {post.office_id for post in await outbox(seeded_desk)} == {sound.id}
