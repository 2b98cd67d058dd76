"""`attache partner pause|resume|end|timeline` as an operator uses them."""

import json
import sqlite3
from contextlib import closing

from tests.shell import Shell

OFFICE = ("--office", "高雄")


def test_a_life_on_the_command_line(shell: Shell) -> None:
    """Paused, resumed and ended on behalf of an office; the timeline tells all of it, in words and as JSON."""
    done = shell(
        "partner", "pause", "P195", *OFFICE, "--reason", "an election", "--since", "2020-03", "--by", "both"
    )
    assert done.stdout.splitlines() == [
        "P195 paused: Seattle", "Status: active → paused", "Since: March 2020", "By: both", "Reason: an election",
    ]  # fmt: skip
    done = shell("partner", "resume", "P195", *OFFICE, "--since", "2021")
    assert done.stdout.splitlines()[:2] == ["P195 in force again: Seattle", "Status: paused → active"]
    done = shell(
        "partner", "end", "P195", *OFFICE, "--date", "2025-05-01", "--by", "the council", "--reason", "a new policy",
        "--trigger", "x19",
    )  # fmt: skip
    assert "Brought about by: X19" in done.stdout
    assert "nothing is in force any more with Seattle" in done.stdout
    told = shell("partner", "timeline", "Seattle", *OFFICE).stdout.splitlines()
    assert told == [
        "Kaohsiung – Seattle: timeline",
        "1991 · P195 signed: sister city",
        "28 April 2011 · X19 culture: Taiwanese dance at the Seattle sister cities reception",
        "March 2020 · P195 paused · by both · reason: an election",
        "2021 · P195 in force again",
        "1 May 2025 · P195 ended · by the council · reason: a new policy · brought about by X19",
    ]
    chinese = shell("partner", "timeline", "P195", *OFFICE, ATTACHE_LANGUAGE="zh-TW").stdout
    assert "2020年3月 · P195 暫停 · 決定者：both · 理由：an election" in chinese
    document = json.loads(shell("partner", "timeline", "P195", *OFFICE, "--json").stdout)
    assert document["partner"] == {"name": "Seattle", "country": "US"}
    whole = [(entry["date"], entry["what"], entry["record"]) for entry in document["entries"]]
    assert whole == [
        ("1991", "signed", "P195"),
        ("2011-04-28", "exchange", "X19"),
        ("2020-03", "status", "P195"),
        ("2021", "status", "P195"),
        ("2025-05-01", "status", "P195"),
    ]
    assert document["entries"][-1]["trigger"] == "X19"
    assert shell("undo", "P195").stdout.startswith("Taken back: P195 is as it was before")


def test_what_cannot_be_done_is_said(shell: Shell) -> None:
    """One sentence and exit status 1; without an office it is wrong usage."""
    for arguments, sentence in (
        (("pause", "P200", *OFFICE, "--reason", "x"), "P200 has ended and cannot be paused"),
        (("resume", "P195", *OFFICE), "P195 is not paused (status: active)"),
        (
            ("pause", "P195", *OFFICE, "--reason", "x", "--until", "2020"),
            "has to lie ahead, and 2020 does not",
        ),
        (("pause", "P1", *OFFICE, "--reason", "x"), "not a record of your office"),
        (("timeline", "Prague", *OFFICE), "Prague"),
    ):
        done = shell("partner", *arguments)
        assert done.returncode == 1, arguments
        assert sentence in done.stderr
    assert shell("partner", "timeline", "Seattle").stderr == (
        "Whose partner? Give a record number such as P12, or name an office with --office.\n"
    )


def test_without_an_office_the_keeper_of_the_record_acts(shell: Shell) -> None:
    """Nobody, where it is nobody's; a timeline is then seen from its first party, and shows no more than all see."""
    paused = shell("partner", "pause", "P195", "--reason", "an election")
    assert paused.stdout.splitlines()[0] == "P195 paused: Seattle"
    told = shell("partner", "timeline", "P195").stdout
    assert told.splitlines()[0] == "Kaohsiung – Seattle: timeline"
    assert "paused" in told
    kept = ("--partner", "Houston", "--kind", "mou", "--source", "a letter", "--signed", "2020")
    added = shell("partner", "add", *OFFICE, *kept, "--scope", "office")
    record = added.stdout.split()[0]
    assert shell("partner", "timeline", record).returncode == 1
    ended = shell("partner", "end", record, "--date", "2025", "--by", "both", "--reason", "done")
    assert ended.stdout.splitlines()[0].endswith("ended: Houston")
    assert shell("partner", "edit", record, "named=A pact").returncode == 0
    with closing(sqlite3.connect(shell.folder / "registry.db")) as connection:
        query = "SELECT subject, office_id IS NOT NULL FROM audit_entries WHERE action = 'partnership.edited'"
        assert connection.execute(query).fetchall() == [("P195", 0), (record, 1), (record, 1)]
