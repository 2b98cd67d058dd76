"""One row of a table, read cell by cell, and what there is to remark about it."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar
from zoneinfo import available_timezones

from babel import Locale

from bot.domain.date_reading import read_date
from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput
from bot.domain.names import clean, fold
from bot.services.importing.files import Line
from bot.services.importing.layouts import split_list

KEPT = 200
"""How many problems and how many notes are kept; all are counted."""

MAX_NAME = 200
MAX_TEXT = 4000
MAX_NUMBER = 999_999_999
_NO_COUNTRIES = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)
"""Codes of CLDR that ISO 3166-1 does not assign."""

W = TypeVar("W", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one cell of one row. The sentence, with its remedy, is `import.<key>` of the catalogue.

    `row` counts as a person does (the header is 1), `value` is cut to 80 characters; `values` are further
    placeholders of the sentence.
    """

    row: int
    column: str
    value: str
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Remarks:
    """The first remarks of a kind, and how many there were."""

    kept: list[Remark] = field(default_factory=list)
    count: int = 0

    def add(self, remark: Remark) -> None:
        self.count += 1
        if len(self.kept) < KEPT:
            self.kept.append(remark)


@dataclass(slots=True)
class Findings:
    """What an import found: problems stop it, notes do not."""

    problems: Remarks = field(default_factory=Remarks)
    notes: Remarks = field(default_factory=Remarks)


@cache
def country_codes() -> frozenset[str]:
    """ISO 3166-1 alpha-2, and XK for Kosovo."""
    territories = Locale("en").territories
    return frozenset(str(code) for code in territories if re.fullmatch("[A-Z]{2}", str(code))) - _NO_COUNTRIES


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


class Cells:
    """The cells of one row. Each method reads one, or notes what is wrong with it and returns None.

    `today` is the day by which words such as 昨天 are read and a date counts as future.
    """

    def __init__(self, line: Line, findings: Findings, today: date) -> None:
        self.row = line.row
        self.ok = True
        self._today = today
        self._findings = findings
        self._cells = line.cells
        for column, value, key in line.faults:
            self.problem(column, key, found=value)

    def has(self, column: str) -> bool:
        return column in self._cells

    def raw(self, column: str) -> str:
        return self._cells.get(column, "")

    def problem(self, column: str, key: str, *, found: str | None = None, **values: Any) -> None:
        self.ok = False
        value = self.raw(column) if found is None else found
        self._findings.problems.add(Remark(self.row, column, value[:80], key, values))

    def note(self, column: str, key: str, **values: Any) -> None:
        self._findings.notes.add(Remark(self.row, column, self.raw(column)[:80], key, values))

    def _required(self, column: str, *, required: bool) -> str:
        """The cell as it stands; where it is empty and may not be, that is a problem."""
        if required and not self.has(column):
            self.problem(column, "cell_empty")
        return self.raw(column)

    def text(self, column: str, longest: int = MAX_TEXT, *, required: bool = False) -> str | None:
        cleaned = clean(self.raw(column))
        if not cleaned:
            if required:
                self.problem(column, "cell_empty")
            return None
        if len(cleaned) > longest:
            self.problem(column, "text_too_long", length=len(cleaned), most=longest)
            return None
        return cleaned

    def name(self, column: str, *, required: bool = False) -> str | None:
        """The name of a place: on one line, and with something in it to find it by."""
        text = self.text(column, MAX_NAME, required=required)
        if text is None:
            return None
        if problem := name_problem(text):
            self.problem(column, problem, most=MAX_NAME)
            return None
        return " ".join(text.split())

    def texts(self, column: str, separator: str, longest: int = MAX_TEXT) -> tuple[str, ...]:
        parts = [part for piece in split_list(self.raw(column), separator) if (part := clean(piece))]
        for part in parts:
            if len(part) > longest:
                self.problem(column, "text_too_long", length=len(part), most=longest)
                return ()
        return tuple(dict.fromkeys(parts))

    def word(self, column: str, vocabulary: type[W], key: str, *, required: bool = False) -> W | None:
        text = self._required(column, required=required)
        if not text:
            return None
        try:
            return vocabulary(re.sub(r"[\s\-]+", "_", text.casefold()))
        except ValueError:
            self.problem(column, key, choices=[word.value for word in vocabulary])
            return None

    def date(self, column: str, *, required: bool = False, past: bool = True) -> PartialDate | None:
        """A partial date; with `past`, one that has begun by today."""
        text = self._required(column, required=required)
        if not text:
            return None
        try:
            found = _partial_date(text, self._today)
        except BadInput as problem:
            self.problem(column, problem.key.replace(".", "_"), **problem.values)
            return None
        if past and found.earliest() > self._today:
            self.problem(column, "date_in_future", today=self._today)
            return None
        return found

    def country(self, column: str, *, required: bool = False) -> str | None:
        code = self._required(column, required=required).upper()
        if not code:
            return None
        if code not in country_codes():
            self.problem(column, "country_unknown")
            return None
        return code

    def number(self, column: str, most: int = MAX_NUMBER) -> int | None:
        text = self.raw(column)
        if not text:
            return None
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not 1 <= int(text) <= most:
            self.problem(column, "number_unreadable", most=most)
            return None
        return int(text)

    def degrees(self, column: str, most: float) -> float | None:
        text = self.raw(column)
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not abs(value) <= most:
            self.problem(column, "degrees_unreadable", most=int(most))
            return None
        return value

    def point(self, lat_column: str, lon_column: str) -> tuple[float, float] | None:
        lat, lon = self.degrees(lat_column, 90), self.degrees(lon_column, 180)
        if self.has(lat_column) != self.has(lon_column):
            self.problem(lat_column if self.has(lon_column) else lon_column, "point_half")
        return None if lat is None or lon is None else (lat, lon)

    def wikidata(self, column: str) -> str | None:
        text = self.raw(column).upper()
        if text and not re.fullmatch(r"Q[1-9]\d{0,11}", text, re.ASCII):
            self.problem(column, "wikidata_unreadable")
            return None
        return text or None

    def zone(self, column: str, *, required: bool = False) -> str | None:
        """The name of a time zone."""
        text = self.text(column, required=required)
        if text and text not in _zones():
            self.problem(column, "zone_unknown")
            return None
        return text


def _partial_date(text: str, today: date) -> PartialDate:
    try:
        found = PartialDate.from_iso(text)
    except ValueError:
        found = read_date(text, today)
    if 0 in (found.month, found.day):
        raise BadInput("date.impossible", year=found.year, month=found.month or 0, day=found.day or 0)
    return found


def name_problem(name: str) -> str | None:
    """What keeps a text from being the name of a place, as a key."""
    folded = fold(name)
    if not folded:
        return "name_unreadable"
    return "text_too_long" if max(len(name), len(folded)) > MAX_NAME else None
