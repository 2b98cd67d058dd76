"""One question in many words, and whether each has the same answer: `python -m tests.questions.alike [FILE…]`.

A file holds blocks with an empty line between them. The first line of a block is put plainly, and whatever stands below
it asks the same in other words; lines that begin with # are remarks. They are put to the starter data by the office of
Kaohsiung. It prints what is answered otherwise, with how it was understood; exit status 1 says that there is such.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.app import open_desk
from bot.console.questions import document
from bot.domain.access import Role
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.offices import office_named
from bot.services.questions import ask
from bot.services.starter import seed
from db.schema import upgrade

HERE = Path(__file__).parent
TODAY = datetime(2026, 11, 20, 4, tzinfo=UTC)
FACTS = ("outcome", "value", "places", "records")
"""What has to be the same; the words of an answer may take up those of the question."""

Block = Sequence[str]


def read_blocks(file: Path) -> list[Block]:
    """The blocks of a file, the plain question of each first."""
    parts = file.read_text(encoding="utf-8").split("\n\n")
    found = [[line for line in part.splitlines() if line and not line.startswith("#")] for part in parts]
    return [each for each in found if each]


async def unlike(desk: Desk, block: Block) -> list[tuple[str, Mapping[str, Any]]]:
    """The questions of a block that are not answered as its first, with what is said to them.

    Raises ValueError where the first has no answer itself.
    """
    plain, *others = block
    wanted = await answer(desk, plain)
    if wanted["outcome"] != "answered":
        raise ValueError(f"not answered: {plain}")
    answers = [(each, await answer(desk, each)) for each in others]
    return [(each, told) for each, told in answers if not is_alike(told, wanted)]


def is_alike(told: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether the facts are the same, in whatever order places and records are told."""
    return all(_in_order(told[key]) == _in_order(wanted[key]) for key in FACTS)


def _in_order(fact: object) -> object:
    return sorted(fact, key=str) if isinstance(fact, list) else fact


async def answer(desk: Desk, question: str) -> Mapping[str, Any]:
    """What the office of Kaohsiung is told, as `attache ask --json` writes it."""
    language = "zh-TW" if _has_han(question) else "en"
    caller = Caller(language, office=await office_named(desk, "Kaohsiung"), role=Role.OPERATOR)
    return document(await ask(desk, caller, question), Texts(language))


def _has_han(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


async def _show(files: Sequence[Path], database: Path) -> int:
    """Print what is unlike; how many there are."""
    count = 0
    is_there = database.exists()  # noqa: ASYNC240 - nothing else runs yet
    async with open_desk(f"sqlite:///{database}", lambda: TODAY) as desk:
        if not is_there:
            await upgrade(desk.database)
            await seed(desk)
        for block in (block for file in files for block in read_blocks(file)):
            found = await unlike(desk, block)
            count += len(found)
            if found:
                print(f"\n{block[0]}  ({len(found)} of {len(block) - 1})")
            for question, told in found:
                print(f"  {question}\n      {told['outcome']} {told['value']}  {told['understood']}")
    return count


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.questions.alike", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="default: alike_*.txt beside this file")
    parser.add_argument("--database", type=Path, help="where the starter data stand, or are put")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = options.database or Path(folder) / "starter.db"
        count = asyncio.run(_show(options.files or sorted(HERE.glob("alike_*.txt")), database))
    print(f"{count} answered otherwise")
    sys.exit(1 if count else 0)


if __name__ == "__main__":
    main()
