"""`attache office` as the operator uses it."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.services.invitations import hash_of
from tests.shell import Shell


def stored(registry: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(registry)) as connection:
        return connection.execute(query).fetchall()


CODE = re.compile(r"^ {4}([2-9A-Z]{4}(?:-[2-9A-Z]{4}){3})$", re.MULTILINE)


def test_an_invitation_is_printed_once(shell: Shell, registry: Path) -> None:
    """The code with what to type, in the language of whom it is for; the database has its hash."""
    done = shell("office", "invite", "高雄", "--standing", "guest", "--language", "zh-TW")
    assert done.returncode == 0, done.stderr
    assert "來賓" in done.stdout
    found = CODE.search(done.stdout)
    assert found is not None
    assert f"/office setup city:kaohsiung-tw channel:#… code:{found[1]}" in done.stdout
    rows = stored(registry, "SELECT code_hash, standing FROM office_invitations")
    assert rows == [(hash_of(found[1]), "guest")]


@pytest.mark.parametrize(
    ("arguments", "status", "expected"),
    [
        (("invite", "Nirgendheim"), 1, "No place called"),
        (("invite", "Portland, Oregon"), 0, "as a member"),
        (("invite", "Columbus"), 1, "several places"),
        (("invite", "高雄", "--standing", "king"), 2, "king"),
        (("standing", "Seattle", "reader"), 1, "has no office"),
        (("standing", "Kaohsiung", "king"), 2, "king"),
        (("standing",), 2, "CITY"),
    ],
)
def test_what_cannot_be_done_is_told(
    shell: Shell, arguments: tuple[str, ...], status: int, expected: str
) -> None:
    """A sentence on standard error and the exit status of the design; no traceback."""
    done = shell("office", *arguments)
    assert done.returncode == status
    assert expected in (done.stderr if status else done.stdout)


def test_the_list_and_the_standings(shell: Shell, registry: Path) -> None:
    """Each office on a line: place, standing, server, groups, last change."""
    with closing(sqlite3.connect(registry)) as connection:
        connection.execute("UPDATE offices SET guild_id = 77 WHERE id = 1")
        connection.execute(
            "UPDATE offices SET guild_id = 78, asleep_since = '2026-11-01 00:00:00' WHERE id = 2"
        )
        connection.commit()
    assert "is a reader now" in shell("office", "standing", "Tainan", "reader").stdout
    lines = shell("office", "list").stdout.splitlines()
    assert len(lines) == 6
    told = {line.split(",")[0]: line for line in lines}
    assert "member  server 77  Six Special Municipalities  no change yet" in told["Taipei"]
    assert "asleep since 2026-11-01 (server 78)" in told["New Taipei"]
    assert re.search(r"reader  no server  Six Special Municipalities  last change 20\d\d-", told["Tainan"])


def test_an_empty_registry(tmp_path: Path) -> None:
    """There is nothing to list, and that is said."""
    shell = Shell(f"sqlite:///{tmp_path / 'new.db'}", tmp_path)
    assert shell("office", "list").stdout.strip() == "There is no office yet."
