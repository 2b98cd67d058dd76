"""Restoring: all of it or nothing, with what was there kept, and never under a bot that is at work."""

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text

import db.restore
from bot.domain.errors import AttacheError
from bot.domain.reminders import GRACE, Reminder, ReminderKind, ReminderState
from bot.services.backups import make_backup, restore_backup
from bot.services.desk import Desk
from db.integrity import troubles
from db.places import NewPlace, insert_places
from db.reminders import claim_due, enqueue, mark_sent
from db.restore import Restored
from db.schema import current_revision, newest_revision, upgrade
from db.tables import OfficeRow, ReminderRow, ShardRow, WorkerRow
from tests.backups import (
    SNOWFLAKE,
    Contents,
    Server,
    address_of,
    blank,
    contents,
    fill,
    names,
    opened,
    server_for,
)
from tests.conftest import NOW, clock
from tests.shell import Shell

STAMP = "before-restore-20261120T040000Z"


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Server:
    return server_for(request)


async def restored(desk: Desk, file: Path, *, force: bool = False) -> Restored:
    """Restore over the desk's own database, which is let go of first."""
    await desk.database.close()
    return await restore_backup(address_of(desk), clock, file, force=force)


async def refusal(desk: Desk, file: Path, *, force: bool = False) -> AttacheError:
    with pytest.raises(AttacheError) as caught:
        await restored(desk, file, force=force)
    return caught.value


@pytest.fixture
async def backup(desk: Desk, tmp_path: Path) -> Path:
    """A backup of some rows; the desk's database has one more place since."""
    file = tmp_path / "nightly.attache"
    await fill(desk)
    await make_backup(desk, file)
    async with desk.database.write() as session:
        await insert_places(session, [NewPlace("later", "Later")])
    return file


def keys(found: Contents) -> set[str]:
    return {row[1] for row in found["places"]}


# What was there ----------------------------------------------------------------------------------------------


async def test_what_was_there_is_kept(desk: Desk, backup: Path, tmp_path: Path) -> None:
    """On SQLite as the file that it was, on PostgreSQL as a backup beside the given one; either can come back."""
    before = await contents(desk.database)
    done = await restored(desk, backup)
    assert done.troubles == []
    assert done.kept is not None
    assert keys(await contents(desk.database)) == {"p0", "p1", "p2"}
    if desk.database.file is not None:
        assert done.kept == desk.database.file.with_name(f"{desk.database.file.name}.{STAMP}")
        async with opened(f"sqlite:///{done.kept}") as former:
            assert await contents(former) == before
            assert await troubles(former) == []
        return
    assert done.kept == tmp_path / f"nightly.{STAMP}.attache"
    assert done.kept.stat().st_mode & 0o777 == 0o600
    await desk.database.close()
    await restore_backup(address_of(desk), lambda: NOW + timedelta(seconds=1), done.kept)
    assert await contents(desk.database) == before


async def test_where_nothing_was_nothing_is_kept(
    desk: Desk,
    backup: Path,
    engine_name: str,
    server: Server,
    tmp_path: Path,
) -> None:
    """A new database, also one in a folder that is still to be made."""
    folder = tmp_path / "new"
    async with blank(engine_name, folder, server) as address:
        done = await restore_backup(address, clock, backup)
        assert done == Restored(None, [])
        async with opened(address) as database:
            assert await current_revision(database) == newest_revision()
            assert keys(await contents(database)) == {"p0", "p1", "p2"}
            assert await troubles(database) == []
    if engine_name == "sqlite":
        [file] = [path for path in folder.iterdir() if path.suffix == ".db"]
        assert file.stat().st_mode & 0o777 == 0o600
        assert names(folder) == {file.name}


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_the_new_file_has_the_rights_of_the_former(desk: Desk, backup: Path) -> None:
    """So that the bot, which may be another user, opens it as before; through a link, too."""
    assert desk.database.file is not None
    desk.database.file.chmod(0o640)
    link = desk.database.file.with_name("link.db")
    link.symlink_to(desk.database.file)
    await desk.database.close()
    await restore_backup(f"sqlite:///{link}", clock, backup)
    assert link.is_symlink()
    assert desk.database.file.stat().st_mode & 0o777 == 0o640
    assert keys(await contents(desk.database)) == {"p0", "p1", "p2"}


@pytest.mark.proof
@pytest.mark.parametrize("engine_name", ["sqlite"])
@pytest.mark.parametrize("damage", ["noise", "cut", "empty"])
async def test_a_damaged_database_is_what_backups_are_for(desk: Desk, backup: Path, damage: str) -> None:
    """It is moved aside, with what lies beside it, and the backup takes its place."""
    file = desk.database.file
    assert file is not None
    await desk.database.close()
    whole = file.read_bytes()
    file.write_bytes({"noise": os.urandom(5000), "cut": whole[: len(whole) // 3], "empty": b""}[damage])
    left = file.read_bytes()
    wal = file.with_name(f"{file.name}-wal")
    wal.write_bytes(b"left by a crash")
    done = await restored(desk, backup)
    assert done.kept is not None
    if damage == "noise":
        assert done.kept.read_bytes() == left
        assert done.kept.with_name(f"{done.kept.name}-wal").read_bytes() == b"left by a crash"
    assert not wal.exists() or wal.read_bytes() != b"left by a crash"
    assert keys(await contents(desk.database)) == {"p0", "p1", "p2"}
    assert await troubles(desk.database) == []


async def test_a_database_of_an_old_revision_is_replaced(
    backup: Path,
    engine_name: str,
    server: Server,
    tmp_path: Path,
) -> None:
    """And what it held is kept at the revision that it had."""
    async with blank(engine_name, tmp_path, server) as address:
        async with opened(address) as database:
            await upgrade(database, "0001")
        done = await restore_backup(address, clock, backup)
        async with opened(address) as database:
            assert await current_revision(database) == newest_revision()
            assert keys(await contents(database)) == {"p0", "p1", "p2"}
    assert done.kept is not None


async def test_a_database_of_a_later_program(desk: Desk, backup: Path) -> None:
    """On PostgreSQL it is left alone, as its tables are not known; on SQLite the file is simply moved aside."""
    async with desk.database.write() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    if desk.database.is_sqlite:
        done = await restored(desk, backup)
        assert done.kept is not None
        assert await current_revision(desk.database) == newest_revision()
        return
    assert (await refusal(desk, backup)).key == "restore.database_newer"
    assert await current_revision(desk.database) == "9999"


# While somebody is there -------------------------------------------------------------------------------------


async def seen(desk: Desk, ago: timedelta) -> None:
    async with desk.database.write() as session:
        await session.execute(
            insert(WorkerRow).values(name="w", shards="0 of 1", started_at=NOW, seen_at=NOW - ago)
        )


async def test_not_under_a_bot_that_is_at_work(desk: Desk, backup: Path, tmp_path: Path) -> None:
    """One that was seen within the last minute is taken to be running; `force` knows better."""
    await seen(desk, timedelta(seconds=59))
    before = await contents(desk.database)
    assert (await refusal(desk, backup)).key == "restore.running"
    assert await contents(desk.database) == before
    assert not [name for name in names(tmp_path) if STAMP in name]
    await restored(desk, backup, force=True)
    assert keys(await contents(desk.database)) == {"p0", "p1", "p2"}


async def test_a_bot_that_was_stopped_is_in_nobodys_way(desk: Desk, backup: Path) -> None:
    """It was last seen more than a minute ago."""
    await seen(desk, timedelta(seconds=61))
    await restored(desk, backup)


async def test_not_while_somebody_else_has_it_open(
    desk: Desk, backup: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Not even when forced: what they write would be lost."""
    monkeypatch.setattr(db.restore, "PATIENCE", "100ms")
    before = await contents(desk.database)
    async with opened(address_of(desk)) as other, other.read() as session:
        await session.execute(select(OfficeRow))
        for force in (False, True):
            assert (await refusal(desk, backup, force=force)).key == "restore.in_use"
    assert await contents(desk.database) == before
    assert not [name for name in names(tmp_path) if STAMP in name or name.startswith(".")]


async def test_what_processes_note_about_themselves_does_not_come_back(
    seeded_desk: Desk, tmp_path: Path
) -> None:
    """A backup made under a running bot would otherwise say that it still serves."""
    await seen(seeded_desk, timedelta())
    async with seeded_desk.database.write() as session:
        await session.execute(insert(ShardRow).values(shard_id=0, shard_count=1, worker="w", lease_until=NOW))
    await make_backup(seeded_desk, tmp_path / "b")
    await restored(seeded_desk, tmp_path / "b", force=True)
    async with seeded_desk.database.read() as session:
        assert list(await session.scalars(select(WorkerRow.name))) == []
        assert list(await session.scalars(select(ShardRow.worker))) == []


# What was posted since ---------------------------------------------------------------------------------------


async def planned(desk: Desk, *posts: Reminder) -> None:
    async with desk.database.write() as session:
        await enqueue(session, posts, NOW - GRACE)


async def send_all(desk: Desk, first: int) -> None:
    async with desk.database.write() as session:
        for number, claim in enumerate(await claim_due(session, "w", NOW)):
            await mark_sent(session, claim.row_id, first + number, NOW)


async def outbox(desk: Desk) -> dict[str, tuple[ReminderState, int | None]]:
    async with desk.database.read() as session:
        rows = await session.execute(
            select(ReminderRow.subject, ReminderRow.lead_days, ReminderRow.state, ReminderRow.message_id)
        )
        return {f"{subject}/{lead}": (state, message) for subject, lead, state, message in rows}


async def test_what_was_posted_since_is_not_posted_again(desk: Desk, tmp_path: Path) -> None:
    """Whether the backup knows the post as one to come, or was made before it was planned at all."""
    await fill(desk)  # the post P1/30 waits
    await make_backup(desk, tmp_path / "b")
    async with desk.database.read() as session:
        [waiting] = await session.scalars(select(ReminderRow))
        session.expunge_all()
    post = Reminder(
        waiting.office_id,
        ReminderKind.DORMANCY,
        "P2",
        date(2026, 11, 20),
        0,
        SNOWFLAKE,
        NOW - timedelta(hours=1),
    )
    await planned(desk, post, replace(post, subject="P99"))
    await send_all(desk, 500)
    await planned(desk, replace(post, subject="P3"))
    done = await restored(desk, tmp_path / "b")
    assert done.troubles == []
    found = await outbox(desk)
    assert set(found) == {"P1/30", "P2/0"}
    assert {state for state, _ in found.values()} == {ReminderState.SENT}
    assert {message for _, message in found.values()} <= {500, 501, 502}
    async with desk.database.write() as session:
        await enqueue(session, [post], NOW - GRACE)
        assert await claim_due(session, "w", NOW + timedelta(hours=1)) == []


async def test_posts_of_another_server_are_not_taken_for_ours(desk: Desk, tmp_path: Path) -> None:
    """What an office has posted under another server counts for that server alone."""
    await fill(desk)
    await make_backup(desk, tmp_path / "b")
    await send_all(desk, 500)
    async with desk.database.write() as session:
        await session.execute(OfficeRow.__table__.update().values(guild_id=5))  # type: ignore[attr-defined]
    await restored(desk, tmp_path / "b")
    assert await outbox(desk) == {"P1/30": (ReminderState.PENDING, None)}


# All of it or nothing ----------------------------------------------------------------------------------------


async def unchanged(desk: Desk, before: Contents, folder: Path) -> None:
    await desk.database.close()
    assert not [name for name in names(folder) if STAMP in name or name.startswith(".")]
    assert await contents(desk.database) == before
    assert await troubles(desk.database) == []


@pytest.mark.proof
@pytest.mark.parametrize("at", ["load", "note_sent", "troubles_in"])
async def test_whatever_fails_changes_nothing(
    desk: Desk, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """At the start, after everything is loaded, and at the last look."""
    before = await contents(desk.database)
    whole = getattr(db.restore, at)

    async def failing(*arguments: Any) -> None:
        await whole(*arguments)
        raise RuntimeError(at)

    with monkeypatch.context() as patch:
        patch.setattr(db.restore, at, failing)
        await desk.database.close()
        with pytest.raises(RuntimeError, match=at):
            await restore_backup(address_of(desk), clock, backup)
    await unchanged(desk, before, tmp_path)


async def test_a_name_that_is_taken_stops_it(desk: Desk, backup: Path, tmp_path: Path) -> None:
    """What an earlier restore has kept is not overwritten."""
    before = await contents(desk.database)
    kept = tmp_path / f"nightly.{STAMP}.attache"
    if desk.database.file is not None:
        kept = desk.database.file.with_name(f"{desk.database.file.name}.{STAMP}")
    kept.write_text("precious")
    assert (await refusal(desk, backup)).key in ("restore.failed", "backup.exists")
    assert kept.read_text() == "precious"
    kept.unlink()
    await unchanged(desk, before, tmp_path)


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_an_address_with_options_is_not_guessed_at(desk: Desk, backup: Path) -> None:
    """A file that is opened for reading only, say, is not replaced."""
    assert desk.database.file is not None
    await desk.database.close()
    with pytest.raises(AttacheError) as caught:
        await restore_backup(f"sqlite:///file:{desk.database.file}?mode=ro&uri=true", clock, backup)
    assert caught.value.key == "restore.plain_address"


async def test_troubles_that_a_backup_brings_along_are_told(desk: Desk, tmp_path: Path) -> None:
    """A true copy of a registry with a trouble is restored, as it may be the best there is."""
    await fill(desk)
    async with desk.database.write() as session:
        await session.execute(text("DELETE FROM partnership_parties WHERE partnership_id = 2"))
    made = await make_backup(desk, tmp_path / "b")
    assert [trouble.key for trouble in made.troubles] == ["too_few_parties"]
    done = await restored(desk, tmp_path / "b")
    assert [(trouble.key, trouble.values) for trouble in done.troubles] == [
        ("too_few_parties", {"record": "P2"})
    ]


@pytest.mark.proof
async def test_counters_and_tables_that_somebody_spoilt_are_set_right(desk: Desk, tmp_path: Path) -> None:
    """As `attache db check` advises: a backup, restored, makes tables and counters anew."""
    await fill(desk)
    async with desk.database.write() as session:
        await session.execute(text("UPDATE record_numbers SET last = 1 WHERE name = 'partnerships'"))
        await session.execute(text("DELETE FROM record_numbers WHERE name = 'exchanges'"))
        await session.execute(text("DELETE FROM watermarks"))
        await session.execute(text("DROP INDEX ix_exchanges_date"))
        await session.execute(text("ALTER TABLE places ADD COLUMN colour TEXT"))
    assert {trouble.key for trouble in await troubles(desk.database)} == {"altered", "counter", "watermark"}
    await make_backup(desk, tmp_path / "b")
    done = await restored(desk, tmp_path / "b")
    assert done.troubles == []
    assert await troubles(desk.database) == []


# At the command line -----------------------------------------------------------------------------------------


def test_backup_and_restore_at_the_command_line(shell: Shell, tmp_path: Path) -> None:
    """What is done is told on standard output, with the name of what was kept."""
    done = shell("db", "backup", "b.attache")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Backup written to b.attache: " in done.stdout
    checked = shell("db", "restore", "b.attache", "--dry-run")
    assert "Nothing was restored" in checked.stdout
    assert "before-restore" not in " ".join(names(tmp_path))
    done = shell("db", "restore", "b.attache")
    assert (done.returncode, done.stderr) == (0, "")
    [kept] = [name for name in names(tmp_path) if "before-restore" in name]
    assert str(tmp_path / kept) in done.stdout
    assert "sound" in shell("db", "check").stdout


WRONG = [
    (("backup", "b.attache"), "b.attache is there already"),
    (("backup", "registry.db", "--force"), "belongs to the database itself"),
    (("backup", "nowhere/b"), "cannot be written: No such file or directory"),
    (("restore", "nowhere"), "There is no file nowhere"),
    (("restore", "."), "There is no file ."),
    (("restore", "registry.db"), "is no backup"),
]


@pytest.mark.parametrize(("arguments", "expected"), WRONG, ids=lambda value: str(value)[:30])
def test_mistakes_get_a_sentence(
    shell: Shell, tmp_path: Path, arguments: tuple[str, ...], expected: str
) -> None:
    """On standard error, with status 1; the database stays as it is."""
    (tmp_path / "b.attache").write_text("precious")
    before = (tmp_path / "registry.db").read_bytes()
    done = shell("db", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert expected in done.stderr
    assert (tmp_path / "registry.db").read_bytes() == before
    assert (tmp_path / "b.attache").read_text() == "precious"


def test_while_the_file_is_open_elsewhere(shell: Shell, tmp_path: Path) -> None:
    """The command says who is to be stopped."""
    shell("db", "backup", "b")
    with closing(sqlite3.connect(tmp_path / "registry.db")) as connection:
        connection.execute("SELECT count(*) FROM places").fetchone()
        done = shell("db", "restore", "b", "--force")
    assert done.returncode == 1
    assert "Another program has this database open" in done.stderr


def test_troubles_of_a_backup_are_told_in_both_languages(shell: Shell, tmp_path: Path) -> None:
    """On standard error, while the backup itself is made and restored."""
    with closing(sqlite3.connect(tmp_path / "registry.db")) as connection, connection:
        connection.execute("UPDATE partnerships SET scope = 'office' WHERE id = 5")
    done = shell("db", "backup", "b")
    assert done.returncode == 0
    assert "P5 is kept for one office" in done.stderr
    done = shell("db", "restore", "b", ATTACHE_LANGUAGE="zh-TW")
    assert done.returncode == 0
    assert "P5 僅供單一辦公室" in done.stderr
    assert "已由 b 還原" in done.stdout
    assert shell("db", "check").returncode == 1
