"""`attache visit confirm|dispute|decision-done` and the list of what waits, as an operator uses them."""

from pathlib import Path

import pytest

from tests.shell import Shell

KEPT = """number,kind,status,date,title_en,places,sources,scope,office,decisions
,virtual_visit,held,2026-11-12,Housing,tainan-tw|kaohsiung-tw,a letter,shared,tainan-tw,"[{""what"": ""a fair""}]"
"""


@pytest.fixture
def shell(shell: Shell, tmp_path: Path) -> Shell:
    """With an exchange that Tainan keeps."""
    (tmp_path / "kept.csv").write_text(KEPT, encoding="utf-8")
    done = shell("import", "exchanges", "kept.csv")
    assert done.returncode == 0, done.stdout + done.stderr
    return shell


def test_both_sides_on_the_command_line(shell: Shell) -> None:
    """What waits, what each office says, taking it back; and a sentence for what cannot be said."""
    waiting = ("visit", "list", "--office", "高雄", "--only", "to_confirm")
    assert "X148" in shell(*waiting).stdout
    confirmed = shell("visit", "confirm", "X148", "--office", "高雄")
    assert confirmed.returncode == 0, confirmed.stderr
    assert "🖊️ Tainan: logged it" in confirmed.stdout
    assert "✅ Kaohsiung: confirmed on" in confirmed.stdout
    assert "X148" not in shell(*waiting).stdout
    assert "said so already" in shell("visit", "confirm", "X148", "--office", "高雄").stdout
    noted = shell("visit", "dispute", "X148", "--what", "It was [on] *Friday*.", "--office", "高雄")
    assert "It was [on] *Friday*." in noted.stdout
    shown = shell("visit", "show", "X148", ATTACHE_LANGUAGE="zh-TW").stdout
    assert "❗ 高雄市" in shown
    assert shell("undo", "X148").returncode == 0
    done = shell("visit", "decision-done", "X148", "fair", "--on", "2026-11-13", ATTACHE_LANGUAGE="zh-TW")
    assert done.stdout.splitlines() == [
        "X148（臺南市和高雄市）：決議已辦理完成",
        "a fair · ✅ 2026年11月13日完成",
    ]
    assert "✅ Kaohsiung" in shell("visit", "show", "X148").stdout
    for command, sentence in (
        (("confirm", "X148", "--office", "臺南"), "your own office’s record"),
        (("confirm", "X148", "--office", "臺北"), "Taipei does not stand in X148"),
        (("dispute", "X19", "--what", "x", "--office", "高雄"), "No office keeps X19"),
        (("dispute", "X148", "--what", " ", "--office", "高雄"), "What do you see otherwise?"),
    ):
        done = shell("visit", *command)
        assert done.returncode == 1
        assert sentence in done.stderr
