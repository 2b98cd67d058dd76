"""`attache db check`: each trouble is planted, found by name, and told in both languages with what to do."""

import contextlib
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from bot.domain.offices import LANGUAGES
from bot.domain.reminders import ReminderKind, ReminderState
from bot.i18n.texts import Texts
from bot.services.desk import Desk
from db.engine import Session
from db.integrity import troubles
from db.soundness import Trouble, _cycles
from db.tables import AuditRow, ReminderRow
from tests.backups import fill
from tests.conftest import NOW

Plant = Callable[[Session], Awaitable[None]]


def sql(*statements: str) -> Plant:
    async def plant(session: Session) -> None:
        for statement in statements:
            await session.execute(text(statement))

    return plant


async def remind_of_nothing(session: Session) -> None:
    office = await session.scalar(text("SELECT id FROM offices"))
    for subject in ("P77", "X77", "office:77"):
        await session.execute(
            insert(ReminderRow).values(
                office_id=office, kind=ReminderKind.ANNIVERSARY, subject=subject, lead_days=0, channel_id=7,
                occurrence=date(2026, 12, 20), at=NOW, state=ReminderState.PENDING, attempts=0,
            )
        )  # fmt: skip


async def undo_of_the_future(session: Session) -> None:
    await session.execute(insert(AuditRow).values(id=900, at=NOW, action="tested", subject="P1", undoes=901))
    await session.execute(insert(AuditRow).values(id=901, at=NOW, action="tested", subject="P1"))


LOOP = "UPDATE places SET {column} = (SELECT id FROM places AS other WHERE other.key = '{to}') WHERE key = '{at}'"

PLANTED: dict[str, tuple[Plant, list[tuple[str, dict[str, str]]]]] = {
    "a word that is none": (
        sql("UPDATE exchanges SET mode = 'telepathic' WHERE id = 2"),
        [("bad_word", {"table": "exchanges", "column": "mode", "value": "telepathic"})],
    ),
    "a date that is none": (
        sql("UPDATE exchanges SET date = '2025-13' WHERE id = 2"),
        [("bad_word", {"table": "exchanges", "column": "date", "value": "2025-13"})],
    ),
    "a zone that nobody knows": (
        sql("UPDATE offices SET zone = 'Asia/Atlantis'"),
        [("bad_word", {"table": "offices", "column": "zone", "value": "Asia/Atlantis"})],
    ),
    "a record for an office that is not named": (
        sql("UPDATE exchanges SET office_id = NULL WHERE id = 2"),
        [("scope_without_office", {"record": "X2"})],
    ),
    "a record for a group that is not named": (
        sql("UPDATE partnerships SET scope = 'group', office_id = NULL WHERE id = 3"),
        [("scope_without_office", {"record": "P3"})],
    ),
    "an act that replaces itself": (
        sql("UPDATE partnerships SET superseded_by = 2 WHERE id = 2"),
        [("superseded_loop", {"loop": "P2 → P2"})],
    ),
    "acts that replace each other": (  # P1 is replaced by P3 already
        sql("UPDATE partnerships SET superseded_by = 1 WHERE id = 3"),
        [("superseded_loop", {"loop": "P1 → P3 → P1"})],
    ),
    "places that succeed each other": (  # p0 is succeeded by p1 already
        sql(LOOP.format(column="successor_id", at="p1", to="p0")),
        [("place_loop", {"column": "successor", "loop": "p0 → p1 → p0"})],
    ),
    "places that lie in each other": (  # p0 lies in p2 already
        sql(
            LOOP.format(column="parent_id", at="p2", to="p1"),
            LOOP.format(column="parent_id", at="p1", to="p0"),
        ),
        [("place_loop", {"column": "parent", "loop": "p0 → p2 → p1 → p0"})],
    ),
    "reminders of nothing": (
        remind_of_nothing,
        [("reminder_without_record", {"record": "P77"}), ("reminder_without_record", {"record": "X77"})],
    ),
    "an undo of nothing": (
        sql("UPDATE audit_entries SET undoes = 999 WHERE id = 2"),
        [("undo_of_nothing", {"entry": "2", "missing": "999"})],
    ),
    "an undo of what came later": (
        undo_of_the_future,
        [("undo_of_nothing", {"entry": "900", "missing": "901"})],
    ),
    "a group of nobody": (
        sql("INSERT INTO office_groups (key, name_en) VALUES ('six', 'The six')"),
        [("group_without_members", {"group": "six"})],
    ),
    "a place without a name": (
        sql("DELETE FROM place_names WHERE name = 'Place 1'"),
        [("place_without_name", {"place": "p1"})],
    ),
    "no mark of changed places": (
        sql("DELETE FROM watermarks"),
        [("watermark", {"name": name}) for name in ("places", "records", "named_offices")],
    ),
    "a column too many": (
        sql("ALTER TABLE places ADD COLUMN colour TEXT"),
        [("altered", {"what": "remove_column places.colour"})],
    ),
    "an index too few": (
        sql("DROP INDEX ix_exchanges_date"),
        [("altered", {"what": "add_index ix_exchanges_date"})],
    ),
    "a table too few": (sql("DROP TABLE drafts"), [("altered", {"what": "add_table drafts"})]),
}


async def test_where_nothing_was_planted_nothing_is_found(desk: Desk) -> None:
    await fill(desk)
    assert await troubles(desk.database) == []


@pytest.mark.parametrize("name", PLANTED)
async def test_each_trouble_is_found(desk: Desk, name: str) -> None:
    """By what is wrong and where, and nothing else with it."""
    plant, expected = PLANTED[name]
    await fill(desk)
    async with desk.database.write() as session:
        await plant(session)
    found = await troubles(desk.database)
    assert [(trouble.key, trouble.values) for trouble in found] == expected


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_a_place_twice_where_the_constraint_is_gone(desk: Desk) -> None:
    """Somebody took the constraint away, and the rows made use of it."""
    await fill(desk)
    async with desk.database.write() as session:
        await sql(
            "ALTER TABLE exchange_places DROP CONSTRAINT uq_exchange_places_exchange_id_place_id",
            "UPDATE exchange_places SET place_id = (SELECT id FROM places WHERE key = 'p0') WHERE exchange_id = 2",
        )(session)
    altered, twice = await troubles(desk.database)
    assert altered.values["what"] == "add_constraint uq_exchange_places_exchange_id_place_id"
    assert (twice.key, twice.values) == ("place_twice", {"record": "X2", "place": "p0"})


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_rows_loaded_with_the_keys_switched_off(desk: Desk) -> None:
    """What a hasty restore by hand leaves in PostgreSQL: rows that point to nothing, named by their key."""
    await fill(desk)
    async with desk.database.write() as session:
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        await session.execute(text("DELETE FROM exchanges WHERE id = 2"))
        await session.execute(text("UPDATE partnerships SET superseded_by = 99 WHERE id = 1"))
    found = await troubles(desk.database)
    assert all(trouble.grave and trouble.key == "foreign_key" for trouble in found)
    assert {(str(t.values["table"]), str(t.values["row"]), str(t.values["parent"])) for t in found} == {
        ("exchange_places", "2/0", "exchanges"),
        ("exchange_places", "2/1", "exchanges"),
        ("exchange_places", "2/2", "exchanges"),
        ("exchanges", "1", "exchanges"),
        ("partnerships", "1", "partnerships"),
    }


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_a_damaged_file(desk: Desk) -> None:
    """SQLite's own check is believed, and nothing is read from tables that may be rubble."""
    await fill(desk)
    file = desk.database.file
    assert file is not None
    await desk.database.close()
    spoil_an_index(file)
    found = await troubles(desk.database)
    assert found
    assert all((trouble.key, trouble.grave) == ("sqlite", True) for trouble in found)


def spoil_an_index(file: Path) -> None:
    """Overwrite the entries of one index, as a failing disk would."""
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'ix_exchanges_date'"
        ).fetchone()
    data = bytearray(file.read_bytes())
    end = page * size
    data[end - 20 : end] = bytes(byte ^ 0xFF for byte in data[end - 20 : end])
    file.write_bytes(data)


async def test_the_starter_data_are_sound(seeded_desk: Desk) -> None:
    """With their successors, their superseded acts and their group."""
    assert await troubles(seeded_desk.database) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_trouble_says_what_to_do(language: str) -> None:
    """Two sentences or more: what is wrong, and what helps."""
    texts = Texts(language)
    stop = {"en": ". ", "zh-TW": "。"}[language]
    told = [Trouble(key, values) for _, found in PLANTED.values() for key, values in found]
    told += [
        Trouble("foreign_key", {"table": "t", "row": "1", "parent": "p"}),
        Trouble("too_few_parties", {"record": "P1"}),
        Trouble("too_few_places", {"record": "X1"}),
        Trouble("status_history", {"record": "P1"}),
        Trouble("counter", {"name": "partnerships", "highest": 3}),
        Trouble("place_twice", {"record": "X1", "place": "p"}),
        Trouble("bad_value", {"table": "t"}),
        Trouble("sqlite", {"line": "l"}),
        Trouble("revision", {"at": "1", "newest": "2"}),
    ]
    for trouble in told:
        sentence = texts(f"integrity.{trouble.key}", **trouble.values)
        assert stop in sentence.rstrip(stop), sentence


@pytest.mark.parametrize(
    ("links", "loops"),
    [
        ({}, []),
        ({1: 2, 2: 3}, []),
        ({1: 1}, [[1]]),
        ({1: 2, 2: 3, 3: 2}, [[2, 3]]),
        ({5: 4, 4: 5, 3: 4, 1: 2, 2: 1}, [[1, 2], [4, 5]]),
    ],
)
def test_loops(links: dict[int, int], loops: list[list[int]]) -> None:
    """Each is told once, from its first member on, and not what merely leads into it."""
    assert _cycles(links) == loops


async def test_a_check_sees_one_state_and_changes_nothing(desk: Desk) -> None:
    """It may run beside a bot that is at work."""
    await fill(desk)
    async with desk.database.read() as session:
        before = (await session.execute(text("SELECT count(*) FROM exchanges"))).scalar_one()
    assert await troubles(desk.database) == []
    async with desk.database.read() as session:
        assert (await session.execute(text("SELECT count(*) FROM exchanges"))).scalar_one() == before
