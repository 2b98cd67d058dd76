"""Migrations, there and back on both engines, and what the integrity check finds."""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest
from sqlalchemy import delete, func, inspect, select, text, update

from bot.domain.access import Role
from bot.domain.audit import RecordKind
from bot.domain.dates import PartialDate
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.offices import Purpose
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.domain.reminders import Reminder, ReminderKind
from bot.services.desk import Desk
from db.engine import Database, Session
from db.exchanges import NewExchange, insert_exchanges
from db.integrity import troubles
from db.numbers import number_records
from db.offices import set_channels, set_roles
from db.partnerships import NewPartnership, insert_partnerships
from db.places import NewPlace, insert_places
from db.reminders import enqueue
from db.schema import check_against_tables, current_revision, downgrade, newest_revision, upgrade
from db.tables import Base, ExchangePlaceRow, OfficeRow, PartnershipRow, PartyRow, RecordNumberRow, StatusRow
from tests.conftest import NOW


async def tables(database: Database) -> set[str]:
    async with database.engine.connect() as connection:
        return set(await connection.run_sync(lambda c: inspect(c).get_table_names()))


async def test_the_migrations_give_the_tables(desk: Desk) -> None:
    """At the newest revision Alembic finds no difference to `db.tables`."""
    await check_against_tables(desk.database)
    assert await tables(desk.database) == {"alembic_version", *Base.metadata.tables}
    assert await current_revision(desk.database) == newest_revision()


async def test_down_and_up_again(desk: Desk) -> None:
    """Nothing is left behind, so that nothing stands in the way of coming back."""
    await downgrade(desk.database, "base")
    assert await tables(desk.database) == {"alembic_version"}
    assert await current_revision(desk.database) is None
    await upgrade(desk.database)
    await check_against_tables(desk.database)
    async with desk.database.write() as session:
        assert await number_records(session, RecordKind.PARTNERSHIP, [None]) == [1]


async def test_going_back_and_forth_loses_nothing(seeded_desk: Desk) -> None:
    """A table that is made anew takes nothing with it that refers to it, whatever the engine does to change one."""
    database = seeded_desk.database
    async with database.write() as session:
        office_id = await session.scalar(select(func.min(OfficeRow.id)))
        assert office_id is not None
        await set_channels(session, office_id, {Purpose.DIGESTS: 5})
        await set_roles(session, office_id, {7: Role.EDITOR}, Role.READER)
        post = Reminder(office_id, ReminderKind.ANNIVERSARY, "P1", date(2026, 11, 20), 0, 5, NOW)
        await enqueue(session, [post], NOW)
    before = await counts(database)
    await downgrade(database, "0010")
    await upgrade(database)
    assert await counts(database) == before
    assert await troubles(database) == []


async def counts(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    async with database.read() as session:
        return {
            table.name: await session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


async def test_upgrading_twice_changes_nothing(desk: Desk) -> None:
    """What is there stays there."""
    await stored(desk)
    await upgrade(desk.database)
    assert await troubles(desk.database) == []
    async with desk.database.write() as session:
        assert await number_records(session, RecordKind.PARTNERSHIP, [None]) == [3]


async def test_a_migration_that_fails_leaves_everything_as_it_was(desk: Desk) -> None:
    """All of it or nothing: a revision that is not there."""
    before = await tables(desk.database)
    with pytest.raises(Exception, match="9999"):
        await upgrade(desk.database, "9999")
    assert await tables(desk.database) == before
    assert await current_revision(desk.database) == newest_revision()


# Integrity ---------------------------------------------------------------------------------------


async def stored(desk: Desk) -> None:
    """Two acts and an exchange, all sound."""
    async with desk.database.write() as session:
        ids = await insert_places(
            session, [NewPlace("kaohsiung", "Kaohsiung"), NewPlace("seattle", "Seattle")]
        )
        both = (ids["kaohsiung"], ids["seattle"])
        steps = (
            StatusChange(Status.PROPOSED, PartialDate(1990)),
            StatusChange(Status.ACTIVE, PartialDate(1991)),
        )
        await insert_partnerships(session, [NewPartnership(Kind.SISTER_CITY, both, steps) for _ in range(2)])
        await insert_exchanges(
            session, [NewExchange(ExchangeKind.VISIT, ExchangeStatus.HELD, PartialDate(2025), "", both)]
        )


async def drop_party(session: Session) -> None:
    await session.execute(delete(PartyRow).where(PartyRow.partnership_id == 2, PartyRow.position == 1))


async def drop_all_parties(session: Session) -> None:
    await session.execute(delete(PartyRow).where(PartyRow.partnership_id == 2))


async def drop_place(session: Session) -> None:
    await session.execute(delete(ExchangePlaceRow).where(ExchangePlaceRow.position == 0))


async def change_status(session: Session) -> None:
    table = PartnershipRow.__table__
    connection = await session.connection()
    await connection.execute(update(table).where(table.c.id == 1).values(status=Status.ENDED))  # type: ignore[arg-type]


async def drop_history(session: Session) -> None:
    await session.execute(delete(StatusRow).where(StatusRow.partnership_id == 1))


async def turn_counter_back(session: Session) -> None:
    await session.execute(
        update(RecordNumberRow).where(RecordNumberRow.name == "partnerships").values(last=1)
    )


async def drop_counter(session: Session) -> None:
    await session.execute(delete(RecordNumberRow).where(RecordNumberRow.name == "exchanges"))


async def test_a_sound_database_has_no_troubles(desk: Desk) -> None:
    """Neither an empty one nor one with records."""
    assert await troubles(desk.database) == []
    await stored(desk)
    assert await troubles(desk.database) == []


@pytest.mark.parametrize(
    ("plant", "key", "values"),
    [
        (drop_party, "too_few_parties", {"record": "P2"}),
        (drop_all_parties, "too_few_parties", {"record": "P2"}),
        (drop_place, "too_few_places", {"record": "X1"}),
        (change_status, "status_history", {"record": "P1"}),
        (drop_history, "status_history", {"record": "P1"}),
        (turn_counter_back, "counter", {"name": "partnerships", "highest": 2}),
        (drop_counter, "counter", {"name": "exchanges", "highest": 1}),
    ],
)
async def test_each_trouble_is_found(
    desk: Desk, plant: Callable[[Session], Awaitable[None]], key: str, values: dict[str, object]
) -> None:
    """What no constraint can say is said by name and record, and nothing else is."""
    await stored(desk)
    async with desk.database.write() as session:
        await plant(session)
    assert [(trouble.key, trouble.values) for trouble in await troubles(desk.database)] == [(key, values)]


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_a_row_that_points_to_nothing_is_found(desk: Desk) -> None:
    """On SQLite, where whoever opens the file can switch keys off; PostgreSQL never lets it happen."""
    await stored(desk)
    async with desk.database.engine.connect() as connection:
        raw = await connection.get_raw_connection()
        driver = raw.driver_connection
        assert driver is not None
        await driver.rollback()
        await driver.execute("PRAGMA foreign_keys=OFF")
        await driver.execute(
            "UPDATE partnership_parties SET place_id = 999 WHERE partnership_id = 1 AND position = 0"
        )
        await driver.execute("PRAGMA foreign_keys=ON")
    [found] = [trouble for trouble in await troubles(desk.database) if trouble.key == "foreign_key"]
    assert (found.values["table"], found.values["parent"]) == ("partnership_parties", "places")


@pytest.mark.parametrize("at", [None, "0000"])
async def test_another_revision_is_the_first_trouble(desk: Desk, at: str | None) -> None:
    """Nothing else can be said of tables that may be others."""
    async with desk.database.write() as session:
        await session.execute(text("DELETE FROM alembic_version"))
        if at:
            await session.execute(text("INSERT INTO alembic_version VALUES (:at)"), {"at": at})
    [found] = await troubles(desk.database)
    assert (found.key, found.values["at"], found.values["newest"]) == (
        "revision",
        at or "–",
        newest_revision(),
    )
