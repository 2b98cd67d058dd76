"""`attache history` and `attache undo`: what the operator reads, and takes back, whoever did it."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from sqlalchemy import update

from bot.domain.access import Role
from bot.services.desk import Desk
from bot.services.editing import edit_visit, open_visit
from bot.services.exchanges import VisitForm, log_visit
from bot.services.visit_fields import VisitFields
from db.engine import Database, database_url
from db.tables import ExchangeRow
from tests.conftest import clock
from tests.records import office_of, person
from tests.shell import Shell

Work = Callable[[Desk], Coroutine[Any, Any, None]]


async def _log_and_edit(desk: Desk) -> None:
    office = await office_of(desk, "kaohsiung-tw")
    form = VisitForm("seattle-us", "yesterday 9:00", topic="Housing")
    await log_visit(desk, person(office, user_id=4711), form, "test:1")
    editor = person(office, Role.EDITOR, 4712)
    assert (await open_visit(desk, editor, "X148")).version == 1
    await edit_visit(desk, editor, 148, 1, VisitFields("2026-11-19 09:00", topic="Ports", people="7"))


def at_the_desk(shell: Shell, work: Work) -> None:
    async def run() -> None:
        database = Database(database_url(shell.environment["ATTACHE_DATABASE_URL"]))
        await work(Desk(database, clock))
        await database.close()

    asyncio.run(run())


@pytest.fixture
def shell(shell: Shell) -> Shell:
    """A command line on the starter data and a visit that was logged by one person and changed by another."""
    at_the_desk(shell, _log_and_edit)
    return shell


def test_the_history_on_the_command_line(shell: Shell) -> None:
    """Newest first, in UTC, with the person and their office, and without any markup."""
    done = shell("history", "x148")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "Fri 20 Nov 2026, 04:00 · user 4712 (Kaohsiung) · changed"
    assert lines[1:3] == ["　Topic: Housing → Ports", "　People: – → 7"]
    assert lines[3] == "Fri 20 Nov 2026, 04:00 · user 4711 (Kaohsiung) · logged"
    assert "　Begins at: Thu 19 Nov 2026, 01:00" in lines
    assert "Nothing has been changed here" in shell("history", "P191").stdout
    assert "類別：視訊交流" in shell("history", "X148", ATTACHE_LANGUAGE="zh-TW").stdout


def test_undo_on_the_command_line(shell: Shell) -> None:
    """Step by step, whoever made the change; it is in the history as the command line's."""
    assert shell("undo", "X148").stdout.splitlines() == [
        "Taken back: X148 is as it was before",
        "Topic: Ports → Housing",
        "People: 7 → –",
    ]
    assert shell("undo", "X148").stdout.startswith("Taken back: X148 is removed")
    nothing = shell("undo", "X148")
    assert nothing.returncode == 1
    assert "could be taken back" in nothing.stderr
    heads = [line for line in shell("history", "X148").stdout.splitlines() if not line.startswith("　")]
    assert [head.partition(" · ")[2] for head in heads] == [
        "command line · took back a change",
        "command line · took back a change",
        "user 4712 (Kaohsiung) · changed (taken back)",
        "user 4711 (Kaohsiung) · logged (taken back)",
    ]


def test_what_was_changed_since_is_told_on_the_command_line(shell: Shell) -> None:
    """Nothing is taken back, and standard error says why."""

    async def as_an_import(desk: Desk) -> None:
        async with desk.database.write() as session:
            table: Any = ExchangeRow.__table__
            await session.execute(update(table).where(table.c.id == 148).values(version=3, note="Merged"))

    at_the_desk(shell, as_an_import)
    done = shell("undo", "X148")
    assert done.returncode == 1
    assert "An import changed it" in done.stderr
    assert "was changed again afterwards" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("command", ["history", "undo"])
@pytest.mark.parametrize(
    ("record", "expected"), [("Seattle", "is not a record number"), ("X99999", "There is no record X99999")]
)
def test_mistakes_get_a_sentence(shell: Shell, command: str, record: str, expected: str) -> None:
    """On standard error, with exit status 1."""
    done = shell(command, record)
    assert (done.returncode, done.stdout) == (1, "")
    assert expected in done.stderr
