"""What a process remembers is right: whatever anybody writes into a record makes it read anew."""

from collections.abc import Collection

from sqlalchemy import delete, insert, update

from bot.domain.access import ANYONE, Role
from bot.domain.offices import Office
from bot.services.desk import Desk
from bot.services.exchanges import VisitForm, log_visit
from bot.services.questions import ask
from db.engine import Database, Session
from db.offices import office_by_id, set_planned_until
from db.places import update_places
from db.tables import Base, ExchangeRow, GroupMemberRow, OfficeRoleRow, PlaceRow, ReminderRow, StatusRow
from db.tables.records import RECORD_TABLES, RECORDED_IN
from db.watermarks import Watermark, remembered, remembered_each, version_of
from tests.records import office_of, person

LAST = "When was the last exchange with Seattle?"


async def version(database: Database) -> int:
    async with database.read() as session:
        return await version_of(session, Watermark.RECORDS)


def test_every_part_of_a_record_is_watched() -> None:
    """A new table of parts is found by its key to the record."""
    assert {table.rows.__tablename__ for table in RECORD_TABLES.values()} < RECORDED_IN
    assert {
        "partnership_parties",
        "partnership_statuses",
        "exchange_places",
        "partnership_claims",
    } <= RECORDED_IN
    assert not {"places", "reminders", "offices", "audit_entries"} & RECORDED_IN
    assert set(Base.metadata.tables) >= RECORDED_IN


async def test_writes_into_records_are_counted(seeded_desk: Desk) -> None:
    """By whatever statement; not those into other tables, and nothing that was taken back."""
    database = seeded_desk.database
    before = await version(database)
    async with database.write() as session:
        await session.execute(update(ExchangeRow).where(ExchangeRow.id == 1).values(people=5))
        await session.execute(update(StatusRow).where(StatusRow.partnership_id == 1).values(reason="x"))
    assert await version(database) == before + 1
    async with database.write() as session:
        await session.execute(update(ReminderRow).values(attempts=0))
        await session.execute(update(PlaceRow).where(PlaceRow.id == 1).values(note="x"))
    assert await version(database) == before + 1
    try:
        async with database.write() as session:
            await session.execute(update(ExchangeRow).values(people=5))
            raise LookupError
    except LookupError:
        pass
    assert await version(database) == before + 1


async def test_writes_into_offices_and_groups_are_counted(seeded_desk: Desk) -> None:
    """Who is in a group is answered as it is now, also where another process has changed it."""
    database = seeded_desk.database
    other = Desk(Database(database.url), seeded_desk.clock)
    caller = person(await office_of(seeded_desk, "kaohsiung-tw"))

    async def offices_counted() -> int:
        async with database.read() as session:
            return await version_of(session, Watermark.OFFICES)

    async def told(desk: Desk) -> str:
        return str(
            (await ask(desk, caller, "Which of the six municipalities are partners of Portland?")).answer
        )

    before, first = await offices_counted(), await told(seeded_desk)
    assert await told(other) == first
    async with database.write() as session:
        await session.execute(update(ReminderRow).values(attempts=0))
    assert await offices_counted() == before
    async with database.write() as session:
        await session.execute(delete(GroupMemberRow))
    assert await offices_counted() == before + 1
    assert await told(seeded_desk) == await told(other) != first
    await other.database.close()


async def test_an_office_is_as_it_is_stored_now(seeded_desk: Desk) -> None:
    """Remembered, and changed by another process: its settings, the name of its place. What a pass notes counts not."""
    database = seeded_desk.database
    other = Database(database.url)
    kept = await office_of(seeded_desk, "kaohsiung-tw")

    async def stored() -> Office | None:
        async with database.read() as session:
            return await office_by_id(session, kept.id)

    assert await stored() == kept
    async with database.read() as session:
        version = await version_of(session, Watermark.OFFICES)
    async with other.write() as session:
        await set_planned_until(session, kept.id, seeded_desk.clock())
    async with database.read() as session:
        assert await version_of(session, Watermark.OFFICES) == version
    async with other.write() as session:
        await session.execute(insert(OfficeRoleRow).values(office_id=kept.id, role_id=7, role=Role.EDITOR))
    changed = await stored()
    assert changed is not None
    assert changed.roles == {7: Role.EDITOR}
    async with other.write() as session:
        await update_places(session, [(kept.place.id, {"name_en": "Takao"})])
    renamed = await stored()
    assert renamed is not None
    assert renamed.place.name_en == "Takao"
    await other.close()


async def test_an_answer_follows_what_was_logged(seeded_desk: Desk) -> None:
    """Also what another process has logged."""
    office = await office_of(seeded_desk, "kaohsiung-tw")
    caller = person(office)
    other = Desk(Database(seeded_desk.database.url), seeded_desk.clock)
    for desk in (seeded_desk, other):
        assert "28 April 2011" in str((await ask(desk, caller, LAST)).answer.value) or (
            (await ask(desk, caller, LAST)).answer.records == ("X19",)
        )
    logged = await log_visit(seeded_desk, caller, VisitForm("seattle-us", "yesterday"), "test:1")
    for desk in (seeded_desk, other):
        assert (await ask(desk, caller, LAST)).answer.records == (logged.exchange.record,)
    await other.database.close()


async def test_what_may_never_be_stored_is_not_remembered(seeded_desk: Desk) -> None:
    """A transaction that has changed records makes what it reads anew, and lets no other have it."""
    made: list[int] = []

    async def look(session: Session, number: int) -> int:
        async def make() -> int:
            made.append(number)
            return number

        return await remembered(session, ("test", ANYONE), Watermark.RECORDS, make)

    async with seeded_desk.database.write() as session:
        await session.execute(update(ExchangeRow).where(ExchangeRow.id == 1).values(people=6))
        assert await look(session, 1) == 1
    async with seeded_desk.database.read() as session:
        assert await look(session, 2) == 2
    async with seeded_desk.database.read() as session:
        assert await look(session, 3) == 2
    assert made == [1, 2]


async def test_of_several_things_only_what_is_missing_is_made(seeded_desk: Desk) -> None:
    """What was made for one question is there for the next, which asks for more."""
    made: list[list[str]] = []

    async def make(keys: Collection[str]) -> dict[str, int]:
        made.append([*keys])
        return {key: len(key) for key in keys}

    found = []
    for keys in (["a", "bb"], ["bb", "ccc"], ["a", "ccc"]):
        async with seeded_desk.database.read() as session:
            found.append(await remembered_each(session, keys, Watermark.RECORDS, make))
    assert made == [["a", "bb"], ["ccc"]]
    assert found == [{"a": 1, "bb": 2}, {"bb": 2, "ccc": 3}, {"a": 1, "ccc": 3}]
