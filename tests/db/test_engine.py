"""The engine and the column types behave alike on SQLite and PostgreSQL."""

import asyncio
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import literal, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.types import TypeDecorator

from bot.domain.audit import RecordKind
from bot.domain.dates import PartialDate
from bot.domain.errors import Unavailable
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.services.desk import Desk
from db.engine import Database, check_writable, database_url, reach
from db.exchanges import NewExchange, insert_exchanges
from db.numbers import number_records
from db.partnerships import NewPartnership, insert_partnerships
from db.places import NewPlace, insert_places
from db.preferences import keep_draft
from db.tables import DraftRow, ExchangeRow, OfficeRow, PartyRow, RecordNumberRow
from db.types import PartialDateType, UtcDateTime, Word
from tests.conftest import NOW

MOMENT = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def draft(name: str, moment: datetime) -> DraftRow:
    return DraftRow(id=name, user_id=1, form="visit", values={}, created_at=moment)


async def two_places(desk: Desk) -> tuple[int, int]:
    async with desk.database.write() as session:
        ids = await insert_places(
            session, [NewPlace("kaohsiung", "Kaohsiung"), NewPlace("seattle", "Seattle")]
        )
    return ids["kaohsiung"], ids["seattle"]


# Types -------------------------------------------------------------------------------------------


async def test_a_moment_without_an_offset_is_refused(desk: Desk) -> None:
    """Nobody could say later what it meant."""
    with pytest.raises(StatementError, match="offset"):
        async with desk.database.write() as session:
            session.add(draft("naive", datetime(2026, 11, 20, 4, 0)))  # noqa: DTZ001
    async with desk.database.read() as session:
        assert (await session.scalars(select(DraftRow.id))).all() == []


@pytest.mark.parametrize(
    "zone",
    [UTC, ZoneInfo("Asia/Taipei"), ZoneInfo("America/New_York"), timezone(timedelta(hours=-11, minutes=-30))],
)
async def test_moments_come_back_in_utc(desk: Desk, zone: ZoneInfo) -> None:
    """The same moment, whatever clock it was told by, and it compares as a moment in SQL."""
    async with desk.database.write() as session:
        session.add(draft("one", MOMENT.astimezone(zone)))
    async with desk.database.read() as session:
        [found] = await session.scalars(select(DraftRow.created_at))
        same = select(DraftRow.id).where(DraftRow.created_at == MOMENT.astimezone(zone))
        later = select(DraftRow.id).where(DraftRow.created_at < MOMENT.astimezone(zone))
        assert (found, found.tzinfo) == (MOMENT, UTC)
        assert [(await session.scalars(query)).all() for query in (same, later)] == [["one"], []]


PARTIALS = (
    "1962",
    "1962-01",
    "1962-01-01",
    "1962-12-31",
    "1963",
    "2026-02",
    "2026-02-28",
    "2026-10",
    "2026-11-20",
)


async def test_partial_dates_keep_their_precision_and_sort(desk: Desk) -> None:
    """A year stays a year, and the database sorts as Python does."""
    places = await two_places(desk)
    async with desk.database.write() as session:
        new = [
            NewExchange(ExchangeKind.VISIT, ExchangeStatus.HELD, PartialDate.from_iso(iso), "", places)
            for iso in reversed(PARTIALS)
        ]
        await insert_exchanges(session, new)
    async with desk.database.read() as session:
        found = (await session.scalars(select(ExchangeRow.date).order_by(ExchangeRow.date))).all()
        after = (
            select(ExchangeRow.date).where(ExchangeRow.date > PartialDate(2026)).order_by(ExchangeRow.date)
        )
        assert [str(partial) for partial in found] == list(PARTIALS)
        assert [str(partial) for partial in await session.scalars(after)] == list(PARTIALS[-4:])


@pytest.mark.parametrize("value", ["2026-11-20", date(2026, 11, 20), 2026])
async def test_only_partial_dates_are_partial_dates(desk: Desk, value: object) -> None:
    """Text or a plain date would lose what it means."""
    with pytest.raises(StatementError, match="partial date"):
        async with desk.database.read() as session:
            await session.scalar(select(literal(value, PartialDateType)))


@pytest.mark.parametrize("word", ["twin_town", "", "SISTER_CITY", "held"])
async def test_words_outside_a_vocabulary_are_refused(desk: Desk, word: str) -> None:
    """On the way in, on both engines."""
    with pytest.raises(StatementError, match="valid Kind"):
        async with desk.database.read() as session:
            await session.scalar(select(literal(word, Word(Kind))))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.datetimes(datetime(1800, 1, 1), datetime(2200, 1, 1), timezones=st.timezones()).map(  # noqa: DTZ001
        lambda moment: moment.astimezone(UTC)
    ),
    st.sampled_from(Kind),
    st.sampled_from(PARTIALS).map(PartialDate.from_iso),
)
def test_what_goes_through_a_type_comes_back(moment: datetime, kind: Kind, partial: PartialDate) -> None:
    """Bound and read by each dialect, a value is what it was."""
    kept: list[tuple[TypeDecorator[Any], object]] = [
        (UtcDateTime(), moment),
        (Word(Kind), kind),
        (PartialDateType(), partial),
    ]
    for dialect in (postgresql.dialect(), sqlite.dialect()):  # type: ignore[no-untyped-call]
        for column, value in kept:
            stored = column.process_bind_param(value, dialect)
            assert column.process_result_value(stored, dialect) == value
            assert column.process_bind_param(None, dialect) is None
            assert column.process_result_value(None, dialect) is None


# Constraints and pragmas -------------------------------------------------------------------------


async def test_foreign_keys_are_enforced(desk: Desk) -> None:
    """A party of an act that is not there is refused on both engines."""
    home, _ = await two_places(desk)
    with pytest.raises(IntegrityError):
        async with desk.database.write() as session:
            session.add(PartyRow(partnership_id=999, position=0, place_id=home))


async def test_errors_do_not_repeat_what_was_written(desk: Desk) -> None:
    """The text of an error goes into the log, with the statement but without its values."""
    draft = {"draft_id": "same", "user_id": 1, "form": "visit", "values": {"summary": "a secret"}, "at": NOW}
    async with desk.database.write() as session:
        await keep_draft(session, **draft)
        with pytest.raises(IntegrityError) as failed:
            await keep_draft(session, **draft)
        await session.rollback()
    assert "INSERT INTO drafts" in str(failed.value)
    assert "a secret" not in str(failed.value)


async def test_a_write_is_whole_or_nothing(desk: Desk) -> None:
    """What went before the failure is undone with it."""

    async def fail_halfway() -> None:
        async with desk.database.write() as session:
            session.add(draft("first", MOMENT))
            await session.flush()
            session.add(PartyRow(partnership_id=999, position=0, place_id=999))

    with pytest.raises(IntegrityError):
        await fail_halfway()
    async with desk.database.read() as session:
        assert (await session.scalars(select(DraftRow.id))).all() == []


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_sqlite_is_set_up_on_every_connection(desk: Desk) -> None:
    """Write-ahead log on the disk at each commit, foreign keys and patience: for readers, and for the writer."""
    expected = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 10000, "synchronous": 2}
    database = Database(desk.database.url)  # as it is made for people: the tests' own leaves the disk out
    async with database.read() as one, database.read() as other, database.write() as writer:
        for session in (one, other, writer):
            for pragma, value in expected.items():
                assert (await session.execute(text(f"PRAGMA {pragma}"))).scalar_one() == value
    await database.close()


# Concurrency -------------------------------------------------------------------------------------


async def test_reading_then_writing_loses_no_update(desk: Desk) -> None:
    """Fifty tasks read a counter and write it plus one: nobody meets a locked database, nothing is lost."""
    tasks = 50

    async def count_one() -> None:
        async with desk.database.write() as session:
            last = RecordNumberRow.last
            query = select(last).where(RecordNumberRow.name == "exchanges").with_for_update()
            found = (await session.execute(query)).scalar_one()
            await asyncio.sleep(0)
            await session.execute(
                update(RecordNumberRow).where(RecordNumberRow.name == "exchanges").values(last=found + 1)
            )

    await asyncio.gather(*(count_one() for _ in range(tasks)))
    async with desk.database.read() as session:
        query = select(RecordNumberRow.last).where(RecordNumberRow.name == "exchanges")
        assert await session.scalar(query) == tasks


async def test_readers_are_not_kept_waiting_by_a_writer(desk: Desk) -> None:
    """A read sees the state before a write that is still open."""
    async with desk.database.write() as writer:
        writer.add(draft("open", MOMENT))
        await writer.flush()
        async with desk.database.read() as reader:
            assert (await reader.scalars(select(DraftRow.id))).all() == []
    async with desk.database.read() as reader:
        assert (await reader.scalars(select(DraftRow.id))).all() == ["open"]


# Record numbers ----------------------------------------------------------------------------------


async def test_a_number_is_never_handed_out_twice(desk: Desk) -> None:
    """Not to thirty that ask at once."""

    async def take(count: int) -> list[int]:
        async with desk.database.write() as session:
            return await number_records(session, RecordKind.PARTNERSHIP, [None] * count)

    taken = await asyncio.gather(*(take(1 + number % 3) for number in range(30)))
    numbers = [number for some in taken for number in some]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    ("wanted", "given_out", "then"),
    [
        ([None, None], [1, 2], 3),
        ([7], [7], 8),
        ([None, 7, None], [8, 7, 9], 10),
        ([3, 1, 2], [3, 1, 2], 4),
        ([], [], 1),
    ],
)
async def test_numbers_that_are_asked_for(
    desk: Desk, wanted: list[int | None], given_out: list[int], then: int
) -> None:
    """They are given as asked, and counting goes on behind the highest; each kind counts for itself."""
    async with desk.database.write() as session:
        assert await number_records(session, RecordKind.EXCHANGE, wanted) == given_out
        assert await number_records(session, RecordKind.EXCHANGE, [None]) == [then]
        assert await number_records(session, RecordKind.PARTNERSHIP, [None]) == [1]


async def test_a_number_below_the_highest_does_not_turn_the_counter_back(desk: Desk) -> None:
    """An import may fill a gap without endangering what was handed out."""
    async with desk.database.write() as session:
        await number_records(session, RecordKind.PARTNERSHIP, [40])
        assert await number_records(session, RecordKind.PARTNERSHIP, [12]) == [12]
        assert await number_records(session, RecordKind.PARTNERSHIP, [None]) == [41]


async def test_a_number_of_a_failed_write_is_free_again(desk: Desk) -> None:
    """The counter is part of the transaction: no gaps where nothing was stored."""
    home, partner = await two_places(desk)
    act = NewPartnership(Kind.SISTER_CITY, (home, partner), (StatusChange(Status.ACTIVE, None),))
    broken = NewPartnership(Kind.SISTER_CITY, (home, 999), (StatusChange(Status.ACTIVE, None),))
    with pytest.raises(IntegrityError):
        async with desk.database.write() as session:
            await insert_partnerships(session, [broken])
    async with desk.database.write() as session:
        assert await insert_partnerships(session, [act]) == [1]


# Addresses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "driver"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite"),
        ("sqlite+pysqlite:///a.db", "sqlite+aiosqlite"),
        ("postgresql://u:p@h/n", "postgresql+asyncpg"),
        ("postgres://u:p@h/n", "postgresql+asyncpg"),
        ("postgresql+psycopg://u:p@h/n", "postgresql+asyncpg"),
    ],
)
def test_addresses(address: str, driver: str) -> None:
    """Whatever driver an address names, Attaché's own is used."""
    assert database_url(address).drivername == driver


@pytest.mark.parametrize("address", ["", "mysql://u:hunter2@h/n", "not an address", "hunter2"])
def test_bad_addresses(address: str) -> None:
    """They are refused, and what they hold stays out of the error."""
    with pytest.raises(Unavailable) as refused:
        database_url(address)
    assert refused.value.key == "database.bad_url"
    assert "hunter2" not in f"{refused.value!r} {refused.value.values}"


async def test_a_database_that_is_there(desk: Desk) -> None:
    """It is reached and may be written to, and asking leaves no trace."""
    await reach(desk.database)
    assert await check_writable(desk.database)
    async with desk.database.read() as session:
        assert (await session.scalars(select(OfficeRow.id))).all() == []
