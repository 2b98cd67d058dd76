"""Whatever wordings are put together, a question has the answer of the plain one."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.services.desk import Desk
from tests.questions.alike import HERE, TODAY
from tests.questions.crossed import plain_answers, questions_of, read_lines, tally

FILES = pytest.mark.parametrize("file", sorted(HERE.glob("crossed_*.txt")), ids=lambda file: file.stem)


async def _unlike(desk: Desk, file: Path, count: int) -> list[str]:
    desk = replace(desk, clock=lambda: TODAY)
    lines = read_lines(file)
    wanted = await plain_answers(desk, lines)
    tallies = [await tally(desk, line, wanted[line.plain], count, "test") for line in lines]
    return [question for each in tallies for question, _ in each.unlike]


@FILES
async def test_crossed(seeded_desk: Desk, file: Path) -> None:
    """One question of each line is answered as the plain one of its block."""
    assert await _unlike(seeded_desk, file, 1) == []


@pytest.mark.proof
@FILES
async def test_crossed_by_tens(seeded_desk: Desk, file: Path) -> None:
    """The same, of ten questions a line."""
    assert await _unlike(seeded_desk, file, 10) == []


def test_choices_are_taken_equally_often(tmp_path: Path) -> None:
    """Every way of every choice comes up, in lists and in brackets within brackets; plain lines are not crossed."""
    file = tmp_path / "crossed.txt"
    file.write_text("@who: we|they\n\nplain\n@who (go|run[ fast])[?]\n# a remark\n", encoding="utf-8")
    (line,) = read_lines(file)
    asked = [question for question, _ in questions_of(line, 12, "test")]
    assert line.plain == "plain"
    assert sorted(asked) == sorted(
        f"{who} {what}{end}"
        for who in ("we", "they")
        for what in ("go", "run", "run fast")
        for end in ("", "?")
    )


@pytest.mark.parametrize("written", ["(a|b", "a) b", "[a|b)"])
def test_a_bracket_that_is_not_closed_is_told(tmp_path: Path, written: str) -> None:
    """A slip in a file is no question less."""
    file = tmp_path / "crossed.txt"
    file.write_text(f"plain\n{written}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="bracket"):
        read_lines(file)
