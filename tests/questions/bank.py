"""Files of questions with their right answers, as `bot/questions/bank/README.md` describes them."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

OUTCOMES = frozenset(("answered", "no_record", "ambiguous", "not_understood"))
KINDS = frozenset(("", "date", "number", "boolean", "places", "records", "text"))
COLUMNS = [
    "language", "question", "office", "today", "outcome", "kind", "value", "places", "contains", "excludes",
    "example", "note",
]  # fmt: skip
NONE = "-"


@dataclass(frozen=True)
class ExpectedPlace:
    name: str
    country: str
    optional: bool = False


@dataclass(frozen=True)
class Question:
    """A row. Of `values` and `places` any one is right, and no such cell asks for nothing.

    `contains` is all that is wanted in the text, each in several wordings.
    """

    file: str
    row: int
    language: str
    text: str
    office: str
    today: str
    outcomes: tuple[str, ...]
    kind: str
    values: tuple[str, ...]
    places: tuple[tuple[ExpectedPlace, ...], ...]
    contains: tuple[tuple[str, ...], ...]
    excludes: tuple[str, ...]
    note: str

    @property
    def has_answer(self) -> bool:
        """Whether the registry has the answer; else the question is to be refused or asked back."""
        return self.outcomes[0] == "answered"


def read_questions(path: Path) -> list[Question]:
    """The questions of a file. Raises `ValueError` with the row for a cell that cannot be read."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if rows.fieldnames != COLUMNS:
            raise ValueError(f"{path.name}: the columns are {rows.fieldnames}, not {COLUMNS}")
        return [_read_row(path.stem, number, row) for number, row in enumerate(rows, 2)]


def _read_row(file: str, number: int, row: dict[str, str]) -> Question:
    question = Question(
        file=file,
        row=number,
        language=row["language"],
        text=row["question"],
        office=row["office"].strip(),
        today=row["today"],
        outcomes=tuple(_split(row["outcome"], "|")),
        kind=row["kind"],
        values=tuple(_split(row["value"], "|")),
        places=tuple(_read_places(alternative) for alternative in _split(row["places"], "|")),
        contains=tuple(tuple(_split(wanted, "|")) for wanted in _split(row["contains"], ";")),
        excludes=tuple(_split(row["excludes"], ";")),
        note=row["note"],
    )
    faults = [
        question.language not in ("en", "zh-TW") and "language",
        not question.text.strip() and "question",
        not re.fullmatch(r"\d{4}-\d\d-\d\d", question.today) and "today",
        (not question.outcomes or not OUTCOMES.issuperset(question.outcomes)) and "outcome",
        question.kind not in KINDS and "kind",
        any(not _VALUE.fullmatch(value) for value in question.values) and "value",
        row["example"] not in ("", "yes") and "example",
    ]
    if found := [fault for fault in faults if fault]:
        raise ValueError(f"{file}, row {number}: {', '.join(found)}")
    return question


_VALUE = re.compile(r"-|true|false|≈?-?\d+(\.\d+)?|\d{4}(-\d\d){0,2}")
_PLACE = re.compile(r"(.+) ([A-Z]{2})")


def _read_places(cell: str) -> tuple[ExpectedPlace, ...]:
    return tuple(_read_place(part) for part in _split(cell, ";") if part != NONE)


def _read_place(part: str) -> ExpectedPlace:
    optional = part.startswith("(") and part.endswith(")")
    match = _PLACE.fullmatch(part[1:-1] if optional else part)
    if match is None:
        raise ValueError(f"a place with its country was expected: {part}")
    return ExpectedPlace(match[1], match[2], optional)


def _split(cell: str, separator: str) -> Sequence[str]:
    return [part.strip() for part in cell.split(separator) if part.strip()]
