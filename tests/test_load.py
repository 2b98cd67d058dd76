"""The proofs of `tests.load` in short: what two processes acknowledge is there once, whatever the database does."""

import shutil
from pathlib import Path

import pytest

from tests.load import one_sqlite, two_bots
from tests.load.run import Load, prove

pytestmark = pytest.mark.proof


LOAD = Load(
    48, people=8, rounds=3, restarts={1: "fast", 2: "immediate"}, reminders=12, hand_over=True, edits=5
)


async def test_two_bots_lose_nothing(tmp_path: Path) -> None:
    """Both serve three offices, while PostgreSQL is restarted in good order and then crashes."""
    outcome = await prove(LOAD, tmp_path / "bots.log")
    assert two_bots.faults(outcome) == []
    assert outcome.taken > 0
    assert outcome.verdict.reminders_sent > 0
    assert len(outcome.edits.edited) == 10


async def test_one_file_loses_nothing(templates: dict[bool, Path], tmp_path: Path) -> None:
    """Forty people at once on SQLite, while another process holds the file for a moment: everybody gets through."""
    file = tmp_path / "attache.db"
    shutil.copy(templates[True], file)
    result = await one_sqlite.log_together(file, 50, 40, 0.5)
    assert result.wrong == []
