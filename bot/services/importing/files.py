"""Reading a table out of a file: CSV as spreadsheets save it, perhaps gzipped, or XLSX.

Every cell is text. Nothing is evaluated: what Excel would take for a formula is data in a CSV, and a formula
in an XLSX is pointed out, since its result is not ours to work out.
"""

import csv
import gzip
import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from bot.domain.errors import BadInput
from bot.services.importing.layouts import unguarded

MAX_BYTES = 50_000_000
MAX_EXPANDED = 200_000_000
"""How much a compressed file may unpack to."""

MAX_ROWS = 200_000
DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Line:
    """One row, numbered as a person counts (the header is row 1). `faults` are cells that cannot be used."""

    row: int
    cells: dict[str, str]
    faults: tuple[tuple[str, str, str], ...] = ()
    """(column, value, key of the problem)"""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns as we name them, unknown ones as they were typed, and the rows that are not blank."""

    columns: tuple[str, ...]
    lines: Sequence[Line]


_Row = Sequence[tuple[str, bool]]
"""(text, whether the cell is no data: a formula or an error value)"""


def read_table(path: Path, known: Collection[str]) -> Table:
    """Read a file whose columns are `known`; case, spaces, hyphens and underscores in a header do not count.

    Raises `BadInput`, `import.file_…`: `missing`, `directory`, `unreadable`, `empty`, `too_large`, `damaged`,
    `encrypted`, `binary`, `encoding`, `quotes` (with the row), `too_many_rows`, `column_twice`.
    """
    content = _unpacked(_content(path), path)
    if not content.strip():
        raise BadInput("import.file_empty", file=path.name)
    if content.startswith(b"PK\x03\x04"):
        rows: Iterable[_Row] = _sheet_rows(content, path)
    else:
        rows = _text_rows(_decoded(content, path), known, path)
    return _table(rows, known, path)


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise BadInput("import.file_directory", file=path.name)
    try:
        if path.exists() and not path.is_file():
            raise BadInput("import.file_unreadable", file=path.name)
        if path.stat().st_size > MAX_BYTES:
            raise BadInput("import.file_too_large", file=path.name, most=MAX_BYTES // 1_000_000)
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInput("import.file_missing", file=path.name) from None
    except (OSError, ValueError):
        raise BadInput("import.file_unreadable", file=path.name) from None


def _unpacked(content: bytes, path: Path) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            unpacked = packed.read(MAX_EXPANDED + 1)
    except (OSError, EOFError, zlib.error):
        raise BadInput("import.file_damaged", file=path.name) from None
    if len(unpacked) > MAX_EXPANDED:
        raise BadInput("import.file_too_large", file=path.name, most=MAX_EXPANDED // 1_000_000)
    return unpacked


# Text -------------------------------------------------------------------------------------------------------


def _decoded(content: bytes, path: Path) -> str:
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # a workbook with a password, and an old .xls
        raise BadInput("import.file_encrypted", file=path.name)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in content:
        raise BadInput("import.file_binary", file=path.name)
    else:
        encodings = ["utf-8-sig"] if content.startswith(b"\xef\xbb\xbf") else ["utf-8", "cp950"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp950" and not _is_big5(content):
            break
        if re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", text):
            raise BadInput("import.file_binary", file=path.name)
        return text
    raise BadInput("import.file_encoding", file=path.name)


def _is_big5(content: bytes) -> bool:
    """Whether bytes that decode as Big5 are it: accented Latin letters decode too, but as rare characters."""
    leads = [pair[0] for pair in re.findall(rb"[\x81-\xfe][\x40-\x7e\xa1-\xfe]", content)]
    rare: int = sum(lead >= 0xC9 or lead <= 0xA0 for lead in leads)
    return rare * 4 <= len(leads)


def _text_rows(text: str, known: Collection[str], path: Path) -> Iterator[_Row]:
    delimiter = _delimiter(text, known)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(reader, None)
        except csv.Error:
            raise BadInput("import.file_quotes", file=path.name, row=number) from None
        if row is None:
            return
        yield [(cell, False) for cell in row]


def _delimiter(text: str, known: Collection[str]) -> str:
    """The delimiter by which the header has most of the columns that we know."""
    header = text.lstrip("\r\n").splitlines()[0] if text.strip() else ""
    names = {_squeezed(name) for name in known}

    def found(delimiter: str) -> int:
        return sum(_squeezed(cell.strip('"')) in names for cell in header.split(delimiter))

    return max(DELIMITERS, key=found)


# Workbooks --------------------------------------------------------------------------------------------------


def _sheet_rows(content: bytes, path: Path) -> list[_Row]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if any(part.flag_bits & 1 for part in archive.infolist()):
                raise BadInput("import.file_encrypted", file=path.name)
            if sum(part.file_size for part in archive.infolist()) > MAX_EXPANDED:
                raise BadInput("import.file_too_large", file=path.name, most=MAX_EXPANDED // 1_000_000)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and validations, which are not read
            return _first_sheet(content)
    except _BROKEN_WORKBOOK:
        raise BadInput("import.file_damaged", file=path.name) from None


# openpyxl lets whatever went wrong inside a broken workbook through.
_BROKEN_WORKBOOK = (
    zipfile.BadZipFile, zlib.error, struct.error, InvalidFileException, ParseError, LookupError, EOFError,
    OSError, TypeError, ValueError, AttributeError, ArithmeticError, RuntimeError,
)  # fmt: skip


def _first_sheet(content: bytes) -> list[_Row]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        return [
            [(_cell_text(cell.value), getattr(cell, "data_type", "n") in "fe") for cell in row]
            for row in sheet.iter_rows()
        ]
    finally:
        book.close()


def _cell_text(value: Any) -> str:
    """A cell as it would stand in a CSV: ISO dates, whole numbers without a decimal point."""
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case _:
            return str(value)


# Header and rows --------------------------------------------------------------------------------------------


def _table(rows: Iterable[_Row], known: Collection[str], path: Path) -> Table:
    numbered = enumerate(rows, start=1)
    header = next((row for _, row in numbered if any(text.strip() for text, _ in row)), None)
    if header is None:
        raise BadInput("import.file_empty", file=path.name)
    columns = _columns([text for text, _ in header], known, path)
    lines: list[Line] = []
    for number, row in numbered:
        if not any(text.strip() for text, _ in row):
            continue
        if len(lines) == MAX_ROWS:
            raise BadInput("import.file_too_many_rows", file=path.name, most=MAX_ROWS)
        lines.append(_line(number, row, columns))
    if not lines:
        raise BadInput("import.file_empty", file=path.name)
    return Table(tuple(column for column in columns if column), lines)


def _columns(header: Sequence[str], known: Collection[str], path: Path) -> list[str]:
    ours = {_squeezed(name): name for name in known}
    columns = [ours.get(_squeezed(cell), cell.strip()[:80]) for cell in header]
    for column in columns:
        if column and columns.count(column) > 1:
            raise BadInput("import.file_column_twice", file=path.name, column=column)
    return columns


def _squeezed(name: str) -> str:
    return re.sub(r"[\s_\-]+", "", name.removeprefix("\ufeff")).casefold()


def _line(number: int, row: _Row, columns: Sequence[str]) -> Line:
    cells: dict[str, str] = {}
    faults: list[tuple[str, str, str]] = []
    for position, (text, no_data) in enumerate(row):
        column = columns[position] if position < len(columns) else ""
        value = unguarded(text.strip())
        if not value:
            continue
        if not column:
            faults.append(("", value, "cell_without_column"))
        elif no_data:
            faults.append((column, value, "cell_formula"))
        else:
            cells[column] = value
    return Line(number, cells, tuple(faults))
