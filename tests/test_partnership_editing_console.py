"""`attache partner add|edit` as the operator uses it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.shell import Shell

ADD = (
    "partner", "add", "--office", "Kaohsiung", "--partner", "福岡", "--kind", "姊妹市", "--source", "a letter",
)  # fmt: skip


def test_an_act_is_added_and_changed(shell: Shell, registry: Path) -> None:
    """On behalf of the office: what was added on a few lines; a second time it is recognised, and may replace."""
    done = shell(*ADD, "--signed", "1991-03", "--with", "Qwertyville, South Korea", "--note", "kept")
    assert done.returncode == 0, done.stderr
    assert "added: sister city, active" in done.stdout
    assert "New in the registry: " in done.stdout
    assert "Qwertyville, South Korea" in done.stdout
    record = done.stdout.split(" ")[0]
    again = shell(*ADD, "--partner", "Fukuoka")
    assert again.returncode == 1
    assert record in again.stderr
    later = shell(*ADD, "--with", "Qwertyville, South Korea", "--signed", "2020", "--replaces", record)
    assert f"replaces {record}" in later.stdout
    typed = ("signed=2021-05", "sources=a letter", "sources=https://example.org", "clauses=costs: shared")
    edited = shell("partner", "edit", later.stdout.split(" ")[0], *typed, "--office", "Kaohsiung")
    assert edited.returncode == 0, edited.stderr
    assert "May 2021" in edited.stdout
    with closing(sqlite3.connect(registry)) as connection:
        stored = connection.execute(
            "SELECT p.signed, p.scope, o.place_id = party.place_id FROM partnerships p "
            "JOIN offices o ON o.id = p.office_id "
            "JOIN partnership_parties party ON party.partnership_id = p.id AND party.position = 0 ORDER BY p.id"
        ).fetchall()
    assert stored == [("1991-03", "shared", 1), ("2021-05", "shared", 1)]


@pytest.mark.parametrize(
    ("arguments", "status", "expected"),
    [
        ((*ADD, "--signed", "03/04/2015"), 1, "3 April 2015 or 4 March 2015"),
        ((*ADD, "--signed", "2030", "--kind", "x"), 1, "is not a kind"),
        ((*ADD, "--partner", "Nirgendheim"), 1, "write it with its country"),
        ((*ADD, "--office", "Nirgendheim"), 1, "No place called"),
        ((*ADD, "--scope", "galaxy"), 2, "galaxy"),
        (ADD[:8], 2, "--source"),
        (("partner", "edit", "P1", "signed", "--office", "Taipei"), 1, "FIELD=VALUE"),
        (("partner", "edit", "P1", "colour=red", "--office", "Taipei"), 1, "There are: kind, signed"),
        (("partner", "edit", "X1", "note=a", "--office", "Taipei"), 1, "is not an agreement"),
    ],
)
def test_what_cannot_be_done_is_told(
    shell: Shell, arguments: tuple[str, ...], status: int, expected: str
) -> None:
    """A sentence on standard error and the exit status of the design; no traceback."""
    done = shell(*arguments)
    assert done.returncode == status, (done.stdout, done.stderr)
    assert expected in done.stderr
    assert "Traceback" not in done.stderr
