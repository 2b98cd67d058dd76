"""However a question is put, it has the same answer."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.services.desk import Desk
from tests.questions.alike import HERE, TODAY, read_blocks, unlike

FILES = pytest.mark.parametrize("file", sorted(HERE.glob("alike_*.txt")), ids=lambda file: file.stem)


async def _unlike(desk: Desk, file: Path, every: int) -> list[str]:
    desk = replace(desk, clock=lambda: TODAY)
    blocks = [(block[0], *block[1::every]) for block in read_blocks(file)]
    return [question for block in blocks for question, _ in await unlike(desk, block)]


@FILES
async def test_alike(seeded_desk: Desk, file: Path) -> None:
    """A sixth of the lines of each block are answered as its first."""
    assert await _unlike(seeded_desk, file, 6) == []


@pytest.mark.proof
@FILES
async def test_all_alike(seeded_desk: Desk, file: Path) -> None:
    """All of them are."""
    assert await _unlike(seeded_desk, file, 1) == []
