"""Backups: a whole and consistent copy while others write, alike for both engines, and never half a file."""

import asyncio
import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text

from bot.domain.access import ANYONE, Scope
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, Unavailable
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.services.backups import check_backup, make_backup, restore_backup
from bot.services.desk import Desk
from bot.services.exports import export_registry
from db.archive import MANIFEST, Archive
from db.backup import back_up, snapshot
from db.exchanges import NewExchange, insert_exchanges
from db.integrity import troubles
from db.loading import load
from db.places import NewPlace, ids_by_key, insert_places
from db.schema import newest_revision, upgrade
from db.shapes import shapes_at
from db.tables import AuditRow, Base, ExchangeRow
from tests.backups import (
    ODD,
    Contents,
    Server,
    address_of,
    blank,
    contents,
    fill,
    manifest_of,
    members,
    names,
    opened,
    seen_by,
    server_for,
)
from tests.conftest import ENGINES, NOW, clock


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Server:
    return server_for(request)


# What is in it -----------------------------------------------------------------------------------------------


def test_every_table_and_column_is_covered() -> None:
    """A table that somebody adds is in the next backup, and stands after those that it points to."""
    shapes = {shape.name: shape for shape in shapes_at(newest_revision())}
    assert set(shapes) == set(Base.metadata.tables)
    before: set[str] = set()
    for name, shape in shapes.items():
        table = Base.metadata.tables[name]
        assert set(shape.columns) == set(table.columns.keys())
        assert shape.key == tuple(column.name for column in table.primary_key)
        parents = {key.column.table.name for key in table.foreign_keys}
        assert parents - {name} <= before
        assert bool(shape.own_references) == (name in parents)
        before.add(name)


async def test_the_manifest_says_what_is_in_it(desk: Desk, engine_name: str, tmp_path: Path) -> None:
    """Engine, revision, moment, and for each table its columns and the number of its rows."""
    await fill(desk)
    file = tmp_path / "b.attache"
    await make_backup(desk, file)
    found = members(file)
    manifest = manifest_of(found)
    assert (manifest["format"], manifest["version"]) == ("attache-backup", 1)
    assert (manifest["engine"], manifest["revision"]) == (engine_name, newest_revision())
    assert manifest["made_at"] == NOW.isoformat()
    stored = await contents(desk.database)
    for name, rows in stored.items():
        assert manifest["tables"][name]["rows"] == len(rows)
        assert len(found[f"tables/{name}.jsonl"].splitlines()) == len(rows)
    assert set(found) == {MANIFEST, *(f"tables/{name}.jsonl" for name in Base.metadata.tables)}


async def test_the_same_state_gives_the_same_bytes(desk: Desk, tmp_path: Path) -> None:
    """So that whoever keeps many backups can tell at once which ones differ."""
    await fill(desk)
    first, second = tmp_path / "1", tmp_path / "2"
    await make_backup(desk, first)
    await make_backup(desk, second)
    assert first.read_bytes() == second.read_bytes()


async def test_only_its_owner_may_read_it(desk: Desk, tmp_path: Path) -> None:
    """It holds what is restricted to offices."""
    file = tmp_path / "b.attache"
    await make_backup(desk, file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [name for name in names(tmp_path) if name.endswith(".part")] == []


# While somebody writes ---------------------------------------------------------------------------------------


class Staff:
    """Somebody who goes on logging exchanges, each in one transaction with its entry in the audit trail."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.logged = 0
        self._more = asyncio.Condition()

    async def work(self) -> None:
        async with self.desk.database.read() as session:
            places = await ids_by_key(session, ["kaohsiung-tw", "seattle-us"])
        while True:
            async with self.desk.database.write() as session:
                new = NewExchange(
                    ExchangeKind.VIRTUAL_VISIT, ExchangeStatus.HELD, PartialDate(2026, 11, 20), ODD,
                    tuple(places.values()), scope=Scope.PUBLIC,
                )  # fmt: skip
                (number,) = await insert_exchanges(session, [new])
                await session.execute(
                    insert(AuditRow).values(
                        at=NOW, action="tested", subject=f"X{number}", after={"n": number}
                    )
                )
            async with self._more:
                self.logged += 1
                self._more.notify_all()

    async def until_more(self, number: int) -> None:
        """Wait until so many more are logged."""
        async with self._more:
            aim = self.logged + number
            await self._more.wait_for(lambda: self.logged >= aim)


@contextlib.asynccontextmanager
async def at_work(desk: Desk) -> AsyncIterator[Staff]:
    staff = Staff(desk)
    tasks = [asyncio.create_task(staff.work()) for _ in range(2)]
    try:
        await staff.until_more(3)
        yield staff
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(isinstance(each, asyncio.CancelledError) for each in ended)


@pytest.mark.both_engines
async def test_a_backup_while_others_log_is_of_one_moment(
    seeded_desk: Desk, engine_name: str, server: Server, tmp_path: Path
) -> None:
    """Restored elsewhere it is sound, and gives the export of that moment, of which later records are no part."""
    file = tmp_path / "b.attache"
    async with at_work(seeded_desk) as staff, snapshot(seeded_desk.database) as session:
        await session.scalar(select(func.count()).select_from(ExchangeRow))
        await staff.until_more(5)
        before = staff.logged
        await back_up(session, file, NOW)
        assert staff.logged > before, "nobody logged anything while the backup was made"
        await staff.until_more(5)
        moment = await seen_by(session)
    exported = await export(seeded_desk, tmp_path / "live")
    assert len(moment["exchanges"]) + 10 <= len((await contents(seeded_desk.database))["exchanges"])

    async with blank(engine_name, tmp_path, server) as address:
        await restore_backup(address, clock, file)
        async with opened(address) as database:
            assert await contents(database) == moment
            assert await troubles(database) == []
            restored = await export(Desk(database, clock), tmp_path / "restored")
    numbers = {row["number"] for row in restored["exchanges"]}
    exported["exchanges"] = [row for row in exported["exchanges"] if row["number"] in numbers]
    assert restored == exported
    assert len(numbers) > 147


async def export(desk: Desk, folder: Path) -> dict[str, list[dict[str, Any]]]:
    await export_registry(desk, folder, ANYONE)
    document: dict[str, list[dict[str, Any]]] = json.loads((folder / "registry.json").read_text("utf-8"))
    return document


async def test_a_backup_holds_up_nobody(seeded_desk: Desk, tmp_path: Path) -> None:
    """While a snapshot is open, others write, and it sees nothing of what they write."""
    async with snapshot(seeded_desk.database) as session:
        before = await seen_by(session)
        await fill(seeded_desk)
        assert await seen_by(session) == before
        await back_up(session, tmp_path / "b.attache", NOW)
    assert (await check_backup(tmp_path / "b.attache")).tables["drafts"].rows == 0


# From one engine to the other --------------------------------------------------------------------------------


async def moved(file: Path, address: str, folder: Path) -> tuple[Contents, Path]:
    """Restore into the address; gives what is there now, and a backup of that."""
    await restore_backup(address, clock, file)
    async with opened(address) as database:
        again = folder / f"{file.name}+"
        await make_backup(Desk(database, clock), again)
        assert await troubles(database) == []
        return await contents(database), again


@pytest.mark.both_engines
async def test_from_engine_to_engine_and_back(
    desk: Desk, engine_name: str, tmp_path: Path, postgres_server: str
) -> None:
    """A registry that moves from a laptop to a server and back is the same registry, to the last row."""
    await fill(desk)
    original = await contents(desk.database)
    file = tmp_path / "b"
    await make_backup(desk, file)
    other = next(each for each in ENGINES if each != engine_name)
    async with (
        blank(other, tmp_path, lambda: postgres_server) as there,
        blank(engine_name, tmp_path, lambda: postgres_server) as back,
    ):
        abroad, second = await moved(file, there, tmp_path)
        home, third = await moved(second, back, tmp_path)
    assert abroad == original
    assert home == original
    assert {n: d for n, d in members(file).items() if n != MANIFEST} == {
        n: d for n, d in members(third).items() if n != MANIFEST
    }


async def test_the_starter_data_survive_the_journey(
    seeded_desk: Desk, engine_name: str, tmp_path: Path, postgres_server: str
) -> None:
    """Export, too, is the same on both sides."""
    file = tmp_path / "b"
    await make_backup(seeded_desk, file)
    other = next(each for each in ENGINES if each != engine_name)
    async with blank(other, tmp_path, lambda: postgres_server) as there:
        await restore_backup(there, clock, file)
        async with opened(there) as database:
            assert await export(Desk(database, clock), tmp_path / "there") == await export(
                seeded_desk, tmp_path / "here"
            )


async def test_no_document_and_a_document_of_nothing_stay_two_things(
    desk: Desk, engine_name: str, server: Server, tmp_path: Path
) -> None:
    """JSON `null` is a value; an empty column is none."""
    await fill(desk)
    await make_backup(desk, tmp_path / "b")
    query = text("SELECT count(*) FROM audit_entries WHERE before IS NULL")
    written = text("SELECT count(*) FROM audit_entries WHERE CAST(after AS TEXT) = 'null'")
    async with blank(engine_name, tmp_path, server) as address:
        await restore_backup(address, clock, tmp_path / "b")
        async with opened(address) as database, database.read() as session, desk.database.read() as original:
            for each in (query, written):
                assert await session.scalar(each) == await original.scalar(each) == 1


async def test_what_numbers_records_goes_on(
    desk: Desk, engine_name: str, server: Server, tmp_path: Path
) -> None:
    """The next place and the next exchange get numbers that nobody has, on PostgreSQL too."""
    await fill(desk)
    await make_backup(desk, tmp_path / "b")
    async with blank(engine_name, tmp_path, server) as address:
        await restore_backup(address, clock, tmp_path / "b")
        async with opened(address) as database, database.write() as session:
            taken = {row[0] for row in (await seen_by(session))["places"]}
            ids = await insert_places(session, [NewPlace("new", "New"), NewPlace("newer", "Newer")])
            assert min(ids.values()) > max(taken)
            new = NewExchange(
                ExchangeKind.VISIT, ExchangeStatus.HELD, PartialDate(2026), "", tuple(ids.values())
            )
            assert await insert_exchanges(session, [new]) == [3]
            await session.execute(insert(AuditRow).values(at=NOW, action="tested", subject="X3"))


async def test_a_backup_of_an_old_revision_is_brought_up_to_date(
    engine_name: str, server: Server, tmp_path: Path
) -> None:
    """One made before an upgrade restores into the newest schema, with what it held."""
    file = tmp_path / "b"
    async with blank(engine_name, tmp_path, server) as old, opened(old) as database:
        await upgrade(database, "0001")
        async with database.write() as session:
            await session.execute(text("INSERT INTO places (id, key, name_en) VALUES (7, 'a', 'A')"))
            await session.execute(
                text(
                    "INSERT INTO offices (id, place_id, guild_id, language, zone, posting_hour, leap_day_rule) "
                    "VALUES (3, 7, 99, 'en', 'Asia/Taipei', 9, 'feb_28')"
                )
            )
        made = await make_backup(Desk(database, clock), file)
        assert made.manifest.revision == "0001"
        assert made.troubles == []
        async with blank(engine_name, tmp_path, server) as new:
            await restore_backup(new, clock, file)
            async with opened(new) as upgraded:
                found = await contents(upgraded)
                assert await troubles(upgraded) != []  # the place has no name, as nothing gave it one
    [office] = found["offices"]
    assert office[:3] == (3, 7, 99)
    assert "member" in office


# When it cannot be written -----------------------------------------------------------------------------------


async def refused(desk: Desk, file: Path, *, overwrite: bool = False) -> AttacheError:
    with pytest.raises(AttacheError) as caught:
        await make_backup(desk, file, overwrite=overwrite)
    return caught.value


async def test_what_is_there_is_replaced_only_when_asked(desk: Desk, tmp_path: Path) -> None:
    """Neither by mistake, nor when two backups take the same name at once."""
    file = tmp_path / "b"
    file.write_text("precious")
    assert (await refused(desk, file)).key == "backup.exists"
    assert file.read_text() == "precious"
    await make_backup(desk, file, overwrite=True)
    await check_backup(file)
    outcomes = await asyncio.gather(
        *(make_backup(desk, tmp_path / "c") for _ in range(3)), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in outcomes) == ["BackupMade", "BadInput", "BadInput"]
    assert not [name for name in names(tmp_path) if name.endswith(".part")]


async def test_places_where_no_backup_can_be(desk: Desk, tmp_path: Path) -> None:
    """A folder, a folder that is not there, a name that is too long: each in a sentence, and nothing is made."""
    await fill(desk)
    before = names(tmp_path)
    assert (await refused(desk, tmp_path, overwrite=True)).key == "backup.exists"
    nowhere = await refused(desk, tmp_path / "no" / "b")
    assert (type(nowhere), nowhere.key) == (Unavailable, "backup.unwritable")
    assert (await refused(desk, tmp_path / ("x" * 300))).key == "backup.unwritable"
    assert names(tmp_path) == before


@pytest.mark.parametrize("engine_name", ["sqlite"])
@pytest.mark.parametrize("end", ["", "-wal"])
async def test_the_database_does_not_replace_itself(desk: Desk, end: str) -> None:
    """Not even with --force, nor through a link."""
    assert desk.database.file is not None
    file = Path(f"{desk.database.file}{end}")
    link = file.with_name(f"{file.name}.link")
    link.symlink_to(file)
    for name in (file, link):
        assert (await refused(desk, name, overwrite=True)).key == "backup.is_the_database"
    assert await troubles(desk.database) == []


async def test_nothing_to_back_up(engine_name: str, server: Server, tmp_path: Path) -> None:
    """A database without our tables is told as such; one of a later program is not guessed at."""
    async with blank(engine_name, tmp_path, server) as address, opened(address) as database:
        desk = Desk(database, clock)
        assert (await refused(desk, tmp_path / "b")).key == "backup.nothing"
        await upgrade(database)
        async with database.write() as session:
            await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        assert (await refused(desk, tmp_path / "b")).key == "database.newer"
    assert "b" not in names(tmp_path)


@pytest.mark.parametrize("engine_name", ["sqlite"])
@pytest.mark.parametrize(
    ("column", "value"),
    [("posting_hour", "'nine'"), ("since", "'yesterday'"), ("guild_id", "1.5"), ("zone", "x'ff00'")],
)
async def test_a_value_that_cannot_be_read_stops_it(
    seeded_desk: Desk, tmp_path: Path, column: str, value: str
) -> None:
    """On SQLite, which lets whoever opens the file put anything anywhere; no half a backup comes of it."""
    async with seeded_desk.database.write() as session:
        await session.execute(text(f"UPDATE offices SET {column} = {value} WHERE id = 2"))  # noqa: S608
    before = names(tmp_path)
    error = await refused(seeded_desk, tmp_path / "b")
    assert (error.key, error.values) == ("backup.bad_value", {"table": "offices"})
    assert names(tmp_path) == before
    [found] = [trouble for trouble in await troubles(seeded_desk.database) if trouble.grave]
    assert (found.key, found.values) == ("bad_value", {"table": "offices"})


async def test_a_backup_that_is_broken_off_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    """Whoever presses Ctrl-C, wherever it was."""
    await fill(desk)
    before = names(tmp_path)
    for steps in (1, 3, 10, 30):
        task = asyncio.create_task(make_backup(desk, tmp_path / "b"))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    assert {name for name in names(tmp_path) - before if not name.endswith(("-wal", "-shm"))} <= {"b"}
    if "b" in names(tmp_path):
        await check_backup(tmp_path / "b")


def command(folder: Path, file: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "bot", "db", *arguments, str(file)]


def environment(folder: Path, database: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": str(Path(__file__).parent.parent),
        "PYTHONUTF8": "1",
        "ATTACHE_DATABASE_URL": f"sqlite:///{database}",
    }


@pytest.mark.proof
def test_a_full_disk_leaves_nothing(tmp_path: Path, templates: dict[bool, Path]) -> None:
    """The disk takes no more than a part of the backup: a sentence, status 1, and no file."""
    database = tmp_path / "registry.db"
    database.write_bytes(templates[True].read_bytes())
    (tmp_path / "out").mkdir()
    done = subprocess.run(  # noqa: S603 - our own command
        command(tmp_path, tmp_path / "out" / "b", "backup"),
        env=environment(tmp_path, database),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000)),
    )
    assert done.returncode == 1
    assert "cannot be written: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert names(tmp_path / "out") == set()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_leaves_nothing(tmp_path: Path, templates: dict[bool, Path], how: signal.Signals) -> None:
    """Ended while it writes, it takes its unfinished file along."""
    database = tmp_path / "registry.db"
    database.write_bytes(templates[True].read_bytes())
    out = tmp_path / "out"
    out.mkdir()
    seed = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('''WITH RECURSIVE n(i) AS "
    seed += "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) INSERT INTO preferences "
    seed += "SELECT i, 'en' FROM n'''); c.commit()"
    subprocess.run([sys.executable, "-c", seed, str(database)], check=True)  # noqa: S603
    former = signal.signal(how, signal.SIG_DFL)  # what a shell starts in the background ignores Ctrl-C
    process = subprocess.Popen(  # noqa: S603
        command(tmp_path, out / "b", "backup"),
        env=environment(tmp_path, database),
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    )
    signal.signal(how, former)
    while process.poll() is None and not any(out.glob(".b*")):
        os.sched_yield()
    process.send_signal(how)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert names(out) == set()


async def peak(work: Awaitable[Any]) -> int:
    """The most memory, in bytes, that the work held at a time."""
    tracemalloc.start()
    try:
        await work
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.proof
@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_many_rows_need_little_memory(desk: Desk, server: Server, tmp_path: Path) -> None:
    """They go through in parts, out and in again: far less is held at a time than the file unpacks to."""
    rows = 30_000
    async with desk.database.write() as session:
        await session.execute(
            text(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows) "
                "INSERT INTO places (id, key, name_en, note) "
                "SELECT i, 'place-' || i, 'Place ' || i, hex(randomblob(250)) FROM n"
            ),
            {"rows": rows},
        )
    async with snapshot(desk.database) as session:
        writing = await peak(back_up(session, tmp_path / "b", NOW))
    with Archive(tmp_path / "b") as archive:
        assert archive.manifest.tables["places"].rows == rows
        assert archive.manifest.tables["places"].size > 16_000_000
        async with (
            blank("sqlite", tmp_path, server) as address,
            opened(address) as database,
            database.write() as session,
        ):
            reading = await peak(load(session, archive))
    assert writing < 8_000_000
    assert reading < 8_000_000


@pytest.mark.both_engines
async def test_a_restored_database_gives_the_same_backup(desk: Desk, tmp_path: Path) -> None:
    """Into itself and out again, byte for byte."""
    await fill(desk)
    first, second = tmp_path / "1", tmp_path / "2"
    await make_backup(desk, first)
    await desk.database.close()
    await restore_backup(address_of(desk), clock, first)
    async with opened(address_of(desk)) as database:
        await make_backup(Desk(database, clock), second)
    assert first.read_bytes() == second.read_bytes()
