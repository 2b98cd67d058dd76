"""Questions that can be asked, from the bank: the rows that are marked as examples and have an answer."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz

from bot.domain.names import fold

BANK = Path(__file__).parent / "bank"


@dataclass(frozen=True, slots=True)
class Example:
    """A question of the bank, asked in the office of that city; `theme` is the file that it stands in."""

    theme: str
    language: str
    office: str
    text: str


@cache
def examples(language: str) -> Sequence[Example]:
    """All of a language, in the order of the bank."""
    found = []
    for path in sorted(BANK.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                answered = row["outcome"].startswith("answered")
                if row["example"] and answered and row["language"] == language:
                    found.append(Example(path.stem, language, row["office"], row["question"]))
    return tuple(found)


def nearest_first(text: str, among: Sequence[Example]) -> list[Example]:
    """The examples by how much they are like a text, likest first."""
    asked = fold(text)[:300]
    return sorted(among, key=lambda each: -fuzz.token_set_ratio(asked, fold(each.text)))
