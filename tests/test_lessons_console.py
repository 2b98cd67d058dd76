"""`attache lesson add|find|list` as an operator uses them."""

import pytest

from tests.shell import Shell

OFFICE = ("--office", "高雄")


def test_lessons_on_the_command_line(shell: Shell) -> None:
    """Noted for the office, found in either language, shown whole, and taken back."""
    asked = ("--worked", "兩週前就送出議程", "--otherwise", "more interpreters", "--topics", "住宅")
    kept = shell("lesson", "add", "X19", *asked, "--ask", "Lin", *OFFICE)
    assert kept.returncode == 0, kept.stderr
    assert "兩週前就送出議程" in kept.stdout
    assert "Lin" in kept.stdout
    for words in ("housing", "住宅", "interpreters"):
        assert shell("lesson", "find", words, *OFFICE).stdout.startswith("X19"), words
    assert "X19" not in shell("lesson", "find", "trams", *OFFICE).stdout
    for arguments in ((), OFFICE):
        assert shell("lesson", "list", *arguments).stdout.startswith("X19")
    whole = shell("lesson", "list", "X19", *OFFICE, ATTACHE_LANGUAGE="zh-TW").stdout
    assert "兩週前就送出議程" in whole
    assert "more interpreters" in whole
    assert shell("undo", "X19").returncode == 0
    assert "X19" not in shell("lesson", "list", *OFFICE).stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("add", "X19", *OFFICE), "worked"),
        (("add", "X19", "--worked", "x", "--scope", "office", *OFFICE), "No office keeps X19"),
        (("add", "X99999", "--worked", "x", *OFFICE), "X99999"),
        (("add", "P195", "--worked", "x", *OFFICE), "P195"),
        (("list", "X99999", *OFFICE), "X99999"),
    ],
)
def test_what_cannot_be_done_is_said(shell: Shell, arguments: tuple[str, ...], sentence: str) -> None:
    done = shell("lesson", *arguments)
    assert done.returncode == 1
    assert sentence in done.stderr
