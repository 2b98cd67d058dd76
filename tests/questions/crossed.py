"""Wordings crossed with each other, and whether each question has the answer of the plain one.

`python -m tests.questions.crossed [FILE…]`. A file holds blocks with an empty line between them. The first line of a
block is put plainly; each line below it stands for many questions that ask the same: `(a|b)` is one of them, `[a]` may
be left out, `@name` is one of a list that stands anywhere in the file as `@name: a|b`. Lines that begin with # are
remarks. Of each line as many questions are asked as `--count` says, every choice about equally often; by the numbers of
those that are answered otherwise one sees which words fail, and which arrangement.
"""

import argparse
import asyncio
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.app import open_desk
from bot.services.desk import Desk
from bot.services.starter import seed
from db.schema import upgrade
from tests.questions.alike import HERE, TODAY, answer, is_alike

_NAMED = re.compile(r"@(\w+): *(.*)", re.ASCII)
_CALLED = re.compile(r"@(\w+)", re.ASCII)

Chosen = Sequence[tuple[str, str]]
"""What was taken for a question: the choice as written, and which of it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several wordings, each of words and further choices."""

    written: str
    ways: Sequence["Sentence"]


Sentence = Sequence["str | Choice"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line that stands for many questions, and the plain one that they have to agree with."""

    plain: str
    written: str
    sentence: Sentence


@dataclass(slots=True)
class Tally:
    """How often the words of a line were asked, and which questions were answered otherwise."""

    asked: int = 0
    unlike: list[tuple[str, str]] = field(default_factory=list)
    """The question, and how it was understood."""
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    failed: Counter[tuple[str, str]] = field(default_factory=Counter)


def read_lines(file: Path) -> list[Line]:
    """The lines of a file. Raises ValueError where a bracket is not closed, KeyError where a list is not there."""
    text = file.read_text(encoding="utf-8")
    lists = dict(found.groups() for found in map(_NAMED.fullmatch, text.splitlines()) if found)
    found: list[Line] = []
    for part in text.split("\n\n"):
        block = [
            each for each in part.splitlines() if each and not each.startswith("#") and not _NAMED.match(each)
        ]
        found.extend(Line(block[0], written, _sentence(written, lists)) for written in block[1:])
    return found


def _sentence(written: str, lists: Mapping[str, str]) -> Sentence:
    """Words and choices of a line."""
    parts = re.split(r"([(|)\[\]])", _CALLED.sub(lambda name: f"(@{name[1]})", written))
    ways, rest = _ways(parts, lists)
    if rest or len(ways) != 1:
        raise ValueError(f"a bracket too much or too few: {written}")
    return ways[0]


def _ways(parts: Sequence[str], lists: Mapping[str, str]) -> tuple[Sequence[Sentence], Sequence[str]]:
    """The ways up to the bracket that closes, and what stands from it on."""
    ways: list[list[str | Choice]] = [[]]
    while parts and parts[0] not in (")", "]"):
        part, parts = parts[0], parts[1:]
        if part == "|":
            ways.append([])
        elif part in ("(", "["):
            inner, rest = _ways(parts, lists)
            written = "".join(parts[: len(parts) - len(rest)])
            if rest[:1] != [")" if part == "(" else "]"]:
                raise ValueError(f"a bracket is not closed: {written}")
            ways[-1].append(Choice(written, inner if part == "(" else ([], *inner)))
            parts = rest[1:]
        elif called := _CALLED.fullmatch(part):
            ways[-1].append(Choice(part, _ways(re.split(r"([(|)\[\]])", lists[called[1]]), lists)[0]))
        elif part:
            ways[-1].append(part)
    return ways, parts


_TRIES = 10
"""Short lines stand for few questions, and the same one comes up again."""


def questions_of(line: Line, count: int, seed_of_chance: str) -> Iterator[tuple[str, Chosen]]:
    """So many different questions of a line, every choice about equally often."""
    chance = random.Random(f"{seed_of_chance} {line.written}")
    waiting: dict[int, list[int]] = {}
    asked: set[str] = set()
    for _ in range(_TRIES * count):
        taken: list[tuple[str, str]] = []
        text = " ".join(_spoken(line.sentence, chance, waiting, taken).split())
        if text not in asked:
            asked.add(text)
            yield text, taken
        if len(asked) == count:
            return


def _spoken(
    sentence: Sentence, chance: random.Random, waiting: dict[int, list[int]], taken: list[tuple[str, str]]
) -> str:
    said = ""
    for part in sentence:
        if isinstance(part, str):
            said += part
            continue
        left = waiting.setdefault(id(part), [])
        if not left:
            left.extend(range(len(part.ways)))
            chance.shuffle(left)
        words = _spoken(part.ways[left.pop()], chance, waiting, taken)
        taken.append((part.written, words))
        said += words
    return said


async def plain_answers(desk: Desk, lines: Iterable[Line]) -> dict[str, Mapping[str, Any]]:
    """What is answered to the plain questions of these lines. Raises ValueError where one has no answer itself."""
    answers = {plain: await answer(desk, plain) for plain in dict.fromkeys(line.plain for line in lines)}
    for plain, told in answers.items():
        if told["outcome"] != "answered":
            raise ValueError(f"not answered: {plain}")
    return answers


async def tally(desk: Desk, line: Line, wanted: Mapping[str, Any], count: int, seed_of_chance: str) -> Tally:
    """Ask questions of a line and compare them with the answer that is wanted."""
    found = Tally()
    for question, taken in questions_of(line, count, seed_of_chance):
        told = await answer(desk, question)
        found.asked += 1
        found.taken.update(taken)
        if not is_alike(told, wanted):
            found.failed.update(taken)
            found.unlike.append((question, f"{told['outcome']} {told['value']}  {told['understood']}"))
    return found


_SHOWN = 3
_STANDS_OUT = 1.5
"""Words that fail so many times as often as their line does are shown."""


def _show(line: Line, found: Tally) -> None:
    rate = len(found.unlike) / found.asked
    print(f"\n{line.plain}\n  {line.written}\n  {len(found.unlike)} of {found.asked} otherwise")
    for (written, words), failed in found.failed.most_common():
        taken = found.taken[written, words]
        if failed == taken or failed / taken > rate * _STANDS_OUT:
            print(f"    {failed:3} of {taken:3}: {words or '(left out)'}")
    for question, told in found.unlike[:_SHOWN]:
        print(f"    {question}\n        {told}")


async def _run(files: Sequence[Path], database: Path, count: int, chance: str) -> int:
    """Print what is answered otherwise; how many questions there are."""
    is_there = database.exists()  # noqa: ASYNC240 - nothing else runs yet
    asked = unlike = 0
    async with open_desk(f"sqlite:///{database}", lambda: TODAY) as desk:
        if not is_there:
            await upgrade(desk.database)
            await seed(desk)
        lines = [line for file in files for line in read_lines(file)]
        wanted = await plain_answers(desk, lines)
        for line in lines:
            found = await tally(desk, line, wanted[line.plain], count, chance)
            asked += found.asked
            unlike += len(found.unlike)
            if found.unlike:
                _show(line, found)
    print(f"\n{unlike} of {asked} answered otherwise ({unlike / max(asked, 1):.1%})")
    return unlike


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.questions.crossed", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="default: crossed_*.txt beside this file")
    parser.add_argument("--count", type=int, default=30, help="questions of each line")
    parser.add_argument("--chance", default="", help="another word makes other questions")
    parser.add_argument("--database", type=Path, help="where the starter data stand, or are put")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = options.database or Path(folder) / "starter.db"
        files = options.files or sorted(HERE.glob("crossed_*.txt"))
        unlike = asyncio.run(_run(files, database, options.count, options.chance))
    sys.exit(1 if unlike else 0)


if __name__ == "__main__":
    main()
