"""The command line as an operator uses it: what is printed, where, and with which exit status."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.shell import Shell

DAY = "2026-06-30"


def test_reminders_as_json(shell: Shell) -> None:
    """One object a line, with the fields of the design; nothing is stored."""
    done = shell("reminders", "--from", DAY, "--days", "1", "--office", "高雄", "--json")
    assert done.returncode == 0
    (post,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert post["at"] == "2026-06-30T09:00:00+08:00"
    assert (post["office"], post["channel"], post["kind"]) == ("Kaohsiung", None, "anniversary")
    assert (post["lead_days"], post["occurrence"], post["years"]) == (0, DAY, 60)
    assert post["milestone"] == "diamond"
    assert post["records"][0] == "P191"
    assert {"name": "Busan", "country": "KR"} in post["places"]
    assert "釜山" in post["text"]
    again = shell("reminders", "--from", DAY, "--days", "1", "--office", "高雄", "--json")
    assert again.stdout == done.stdout


def test_reminders_of_all_offices(shell: Shell) -> None:
    """Without an office all six are previewed, in order of time."""
    done = shell("reminders", "--from", DAY, "--days", "120", "--json")
    posts = [json.loads(line) for line in done.stdout.splitlines()]
    assert len({post["office"] for post in posts}) > 3
    assert [post["at"] for post in posts] == sorted(post["at"] for post in posts)


WRONG = [
    (("run",), 1, "No token is set"),
    (("reminders", "--from", "30 Feb"), 1, "no such day"),
    (("reminders", "--from", "2026"), 1, "full day is needed"),
    (("reminders", "--office", "Atlantis"), 1, "No place called"),
    (("reminders", "--office", "Seattle"), 1, "Seattle has no office"),
    (("reminders", "--days", "0"), 2, "--days"),
    (("rehearse", "--office", "Atlantis"), 1, "No place called"),
    (("rehearse", "--today", "someday"), 1, "not a date I can read"),
    (("rehearse", "--today", "1999-05-05"), 1, "any day from 2 January 2015"),
    (("reminders", "--from", "2199-12-31", "--days", "3660"), 1, "outside the calendar"),
    (("rehearse", "--language", "fr"), 2, "--language"),
    (("import", "partnerships", "nowhere.csv"), 1, "nowhere.csv"),
    (("import", "planets", "nowhere.csv"), 2, "planets"),
    (("import", "places", "nowhere.csv", "--country", "Narnia"), 1, "not a country I know"),
    (("dance",), 2, "No such command"),
]


@pytest.mark.parametrize(("arguments", "status", "expected"), WRONG, ids=lambda value: str(value)[:40])
def test_mistakes_get_a_sentence(
    shell: Shell, arguments: tuple[str, ...], status: int, expected: str
) -> None:
    """A mistake is told on standard error, with the exit status of the design, and never as a traceback."""
    done = shell(*arguments)
    assert done.returncode == status
    assert expected in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"ATTACHE_DATABASE_URL": "mysql://root:geheim@host/db"}, "not a database address"),
        ({"ATTACHE_DATABASE_URL": "nonsense"}, "not a database address"),
        ({"ATTACHE_DATABASE_URL": "sqlite://"}, "not a database address"),
        ({"ATTACHE_DATABASE_URL": "postgresql://me:geheim@host:port/db"}, "not a database address"),
        (
            {"ATTACHE_DATABASE_URL": "postgresql://me:geheim@127.0.0.1:1/db?sslmode=require"},
            "cannot be reached",
        ),
        ({"ATTACHE_DATABASE_URL": "sqlite:////tmp"}, "cannot be reached"),
        ({"ATTACHE_DATABASE_URL": "postgresql://me:geheim@127.0.0.1:1/db"}, "cannot be reached"),
        ({"ATTACHE_DATABASE_URL": "sqlite:////proc/nowhere/file.db"}, "cannot be reached"),
        ({"ATTACHE_LOG_LEVEL": "LOUD"}, "ATTACHE_LOG_LEVEL"),
    ],
)
def test_bad_settings_are_named(shell: Shell, environment: dict[str, str], expected: str) -> None:
    """What is wrong with a setting is said, and a password in it is not."""
    done = shell("reminders", **environment)
    assert done.returncode == 1
    assert expected in done.stderr
    assert "geheim" not in done.stderr


def test_a_file_that_is_no_database(shell: Shell, tmp_path: Path) -> None:
    """A wrong file is told as such."""
    wrong = tmp_path / "picture.db"
    wrong.write_bytes(bytes(range(256)) * 100)
    done = shell("db", "check", ATTACHE_DATABASE_URL=f"sqlite:///{wrong}")
    assert done.returncode == 1
    assert "not a database" in done.stderr


def test_a_registry_that_may_only_be_read(shell: Shell, tmp_path: Path) -> None:
    """The engine's refusal is told in a sentence, without its statement."""
    if os.geteuid() == 0:
        url = f"sqlite:///file:{tmp_path / 'registry.db'}?mode=ro&uri=true"
    else:
        (tmp_path / "registry.db").chmod(0o444)
        url = shell.environment["ATTACHE_DATABASE_URL"]
    (tmp_path / "places.csv").write_text("key,name_en,country\nnowhere-us,Nowhere,US\n", encoding="utf-8")
    done = shell("import", "places", "places.csv", ATTACHE_DATABASE_URL=url)
    assert done.returncode == 1
    assert "readonly" in done.stderr
    assert "INSERT" not in done.stderr


def test_a_database_of_a_later_program(shell: Shell, tmp_path: Path) -> None:
    """It is told as newer, and left alone."""
    with closing(sqlite3.connect(tmp_path / "registry.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for command in (("db", "upgrade"), ("reminders",), ("run",)):
        done = shell(*command, ATTACHE_TOKEN="x")
        assert done.returncode == 1
        assert "newer than this program" in done.stderr
    assert "newer than this program" in shell("doctor").stdout


def test_a_settings_file_that_is_no_text(shell: Shell, tmp_path: Path) -> None:
    """It is named, also where only help was asked for."""
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00A")
    assert "not text" in shell("reminders").stderr
    assert shell("--help").returncode == 0


def test_a_rehearsal_leaves_real_offices_alone(shell: Shell, tmp_path: Path) -> None:
    """A database that a real server uses is not played with."""
    with closing(sqlite3.connect(tmp_path / "registry.db")) as connection, connection:
        connection.execute("UPDATE offices SET guild_id = 123456789012345678 WHERE id = 1")
    done = shell("rehearse", "--port", "0", "--database", shell.environment["ATTACHE_DATABASE_URL"])
    assert done.returncode == 1
    assert "real Discord server" in done.stderr


def test_the_language_of_the_command_line(shell: Shell) -> None:
    """Help and messages come in Chinese where that is set."""
    done = shell("run", ATTACHE_LANGUAGE="zh-TW")
    assert "尚未設定權杖" in done.stderr
    assert "匯入夥伴" in shell("--help", ATTACHE_LANGUAGE="zh-TW").stdout


def test_a_new_database_from_nothing(shell: Shell, tmp_path: Path) -> None:
    """Upgrade, seed, check, export: what an operator does on the first day; seeding twice changes nothing."""
    url = f"sqlite:///{tmp_path / 'new' / 'registry.db'}"
    assert shell("db", "upgrade", ATTACHE_DATABASE_URL=url).returncode == 0
    assert "Added: 847" in shell("db", "seed", ATTACHE_DATABASE_URL=url).stdout
    assert "Added: 0" in shell("db", "seed", ATTACHE_DATABASE_URL=url).stdout
    assert "sound" in shell("db", "check", ATTACHE_DATABASE_URL=url).stdout
    done = shell("export", "out", ATTACHE_DATABASE_URL=url)
    assert done.returncode == 0
    assert (tmp_path / "out" / "partnerships.csv").read_text(encoding="utf-8").count("\n") == 335


def test_the_doctor(shell: Shell) -> None:
    """Each thing looked at has its line; without a token the doctor says where to get one."""
    done = shell("doctor")
    assert done.returncode == 1
    assert "No token" in done.stdout
    assert "newest revision" in done.stdout
    assert "can be written to" in done.stdout
    misshapen = shell("doctor", ATTACHE_TOKEN="abc")
    assert "does not look like a bot token" in misshapen.stdout
    token = f"{'A' * 26}.{'B' * 6}.{'C' * 38}"
    shaped = shell("doctor", ATTACHE_TOKEN=token)
    assert "right shape" in shaped.stdout
    assert token not in shaped.stdout + shaped.stderr


def test_square_brackets_are_not_markup(shell: Shell) -> None:
    """The name of an extra is printed whole."""
    done = shell("rehearse", PYTHONPATH=f"{shell.hidden('simcord')}:{shell.environment['PYTHONPATH']}")
    assert done.returncode == 1
    assert "'attache[rehearsal]'" in done.stderr


def test_a_bad_sheet_names_its_rows(shell: Shell, tmp_path: Path) -> None:
    """Each bad row by number, column, value and remedy; nothing is stored."""
    header = "city,partner,partner_country,kind,signed,status,source"
    rows = [
        "Tainan,Springfield,US,sister_city,2020-13-01,active,x",
        "Tainan,Nowhere,ZZ,sister_city,2020,active,x",
    ]
    (tmp_path / "ties.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    done = shell("import", "partnerships", "ties.csv", "--country", "TW")
    assert done.returncode == 1
    assert "Row 2" in done.stderr
    assert "2020-13-01" in done.stderr
    assert "Row 3" in done.stderr
    assert "ZZ" in done.stderr
    assert "Nothing was imported" in done.stderr
    assert "334" in shell("export", "out").stdout
