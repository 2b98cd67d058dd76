"""However a question is put, it has the same answer."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.services.desk import Desk
from tests.questions.alike import HERE, TODAY, read_blocks, unlike


@pytest.mark.parametrize("file", sorted(HERE.glob("alike_*.txt")), ids=lambda file: file.stem)
async def test_alike(seeded_desk: Desk, file: Path) -> None:
    """Every line of a block is answered as its first."""
    desk = replace(seeded_desk, clock=lambda: TODAY)
    assert [question for block in read_blocks(file) for question, _ in await unlike(desk, block)] == []
