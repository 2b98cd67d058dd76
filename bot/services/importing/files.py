"""Reading a table out of a file: CSV as spreadsheets save it, perhaps gzipped, or XLSX.

What a file is, its first bytes say, not its name. Every cell is text. Nothing is evaluated: what Excel would take
for a formula is data in a CSV, and a formula in an XLSX is pointed out, since its result is not ours to work out.
"""

import csv
import gzip
import io
import re
import stat
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.errors import BadInput
from bot.services.importing import limits
from bot.services.importing.layouts import unguarded
from bot.services.importing.workbooks import ARCHIVE, Row, sheet_rows

DELIMITERS = ",;\t"

_GZIP = b"\x1f\x8b"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""What a workbook with a password begins with, and an old .xls."""

_DOCUMENTS = (b"%PDF", b"{\\rtf")
_CHUNK = 1 << 18
_SAMPLE = 1_000_000
"""Bytes that are enough to tell an encoding by."""


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


def read_table(path: Path, known: Collection[str]) -> Table:
    """Read a file whose columns are `known`; case, spaces, hyphens and underscores in a header do not count.

    Raises `BadInput`, `import.file_…`: `missing`, `directory`, `special`, `unreadable`, `empty`, `too_large`,
    `swollen`, `nested`, `damaged`, `encrypted`, `binary`, `markup`, `encoding`, `quotes`, `cell_too_long`,
    `row_too_long`, `too_many_rows`, `too_many_columns`, `too_many_cells`, `column_twice`, and those of `sheet_rows`.
    """
    content = _unpacked(_content(path), path.name)
    if not content.strip():
        raise BadInput("import.file_empty", file=path.name)
    if content.startswith(ARCHIVE):
        rows: Iterable[Row] = sheet_rows(content, path.name)
    else:
        rows = _text_rows(_decoded(content, path.name), known, path.name)
    return _table(rows, known, path.name)


def _content(path: Path) -> bytes:
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            raise BadInput("import.file_directory", file=path.name)
        if not stat.S_ISREG(kind):  # reading a device may never end, nor even begin
            raise BadInput("import.file_special", file=path.name)
        with path.open("rb") as file:
            content = file.read(limits.MAX_BYTES + 1)
    except FileNotFoundError:
        raise BadInput("import.file_missing", file=path.name) from None
    except (OSError, ValueError):
        raise BadInput("import.file_unreadable", file=path.name) from None
    if len(content) > limits.MAX_BYTES:
        raise BadInput("import.file_too_large", file=path.name, most=limits.MAX_BYTES // 1_000_000)
    return content


def _unpacked(content: bytes, file: str) -> bytes:
    if not content.startswith(_GZIP):
        return content
    unpacked = bytearray()
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            while chunk := packed.read(_CHUNK):
                unpacked += chunk
                limits.check_expansion(len(content), len(unpacked), file)
    except (OSError, EOFError, zlib.error):
        raise BadInput("import.file_damaged", file=file) from None
    if unpacked.startswith(_GZIP):
        raise BadInput("import.file_nested", file=file)
    return bytes(unpacked)


# Text -------------------------------------------------------------------------------------------------------


def _decoded(content: bytes, file: str) -> str:
    if content.startswith(_OLD_OFFICE):
        raise BadInput("import.file_encrypted", file=file)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in content or content.startswith(_DOCUMENTS):
        raise BadInput("import.file_binary", file=file)
    else:
        encodings = ["utf-8-sig"] if content.startswith(b"\xef\xbb\xbf") else ["utf-8", "cp950"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp950" and not _is_big5(content[:_SAMPLE]):
            break
        return _checked(text, file)
    raise BadInput("import.file_encoding", file=file)


def _checked(text: str, file: str) -> str:
    """The text, if it can be a table."""
    if re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", text):
        raise BadInput("import.file_binary", file=file)
    if re.match(r"\s*<", text):
        raise BadInput("import.file_markup", file=file)
    return text


def _is_big5(sample: bytes) -> bool:
    """Whether bytes that decode as Big5 are it: accented Latin letters decode too, but as rare characters."""
    leads = [pair[0] for pair in re.findall(rb"[\x81-\xfe][\x40-\x7e\xa1-\xfe]", sample)]
    rare: int = sum(lead >= 0xC9 or lead <= 0xA0 for lead in leads)
    return rare * 4 <= len(leads)


class _Lines:
    """The lines of a text for `csv.reader`, which would else take whatever comes into one row."""

    def __init__(self, text: str, file: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self._file = file
        self._taken = 0
        self.row = 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._taken += len(line)
        if self._taken > limits.MAX_RECORD:
            raise BadInput("import.file_row_too_long", file=self._file, row=self.row, most=limits.MAX_RECORD)
        return line

    def next_row(self) -> None:
        self.row += 1
        self._taken = 0


def _text_rows(text: str, known: Collection[str], file: str) -> Iterator[Row]:
    lines = _Lines(text, file)
    reader = csv.reader(lines, delimiter=_delimiter(text, known), strict=True)
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            if str(error).startswith("field larger"):
                most = csv.field_size_limit()
                raise BadInput("import.file_cell_too_long", file=file, row=lines.row, most=most) from None
            raise BadInput("import.file_quotes", file=file, row=lines.row) from None
        if row is None:
            return
        yield [(cell, False) for cell in row]
        lines.next_row()


def _delimiter(text: str, known: Collection[str]) -> str:
    """The delimiter by which the header has most of the columns that we know."""
    header = re.match(r"[\r\n]*([^\r\n]{0,10000})", text)
    names = {_squeezed(name) for name in known}

    def found(delimiter: str) -> int:
        cells = header[1].split(delimiter) if header else []
        return sum(_squeezed(cell.strip('"')) in names for cell in cells)

    return max(DELIMITERS, key=found)


# Header and rows --------------------------------------------------------------------------------------------


def _table(rows: Iterable[Row], known: Collection[str], file: str) -> Table:
    numbered = enumerate(_limited(rows, file), start=1)
    header = next((row for _, row in numbered if row), None)
    if header is None:
        raise BadInput("import.file_empty", file=file)
    columns = _columns([text for text, _ in header], known, file)
    lines: list[Line] = []
    for number, row in numbered:
        if not row:
            continue
        if len(lines) == limits.MAX_ROWS:
            raise BadInput("import.file_too_many_rows", file=file, most=limits.MAX_ROWS)
        lines.append(_line(number, row, columns))
    if not lines:
        raise BadInput("import.file_empty", file=file)
    return Table(tuple(column for column in columns if column), lines)


def _limited(rows: Iterable[Row], file: str) -> Iterator[Row]:
    """The rows up to their last cell that is not blank, as long as they are within the limits."""
    cells = characters = 0
    for number, row in enumerate(rows, start=1):
        cells += len(row)
        if cells > limits.MAX_CELLS:
            raise BadInput("import.file_too_many_cells", file=file, most=limits.MAX_CELLS)
        if number > limits.MAX_SHEET_ROWS:
            raise BadInput("import.file_too_many_rows", file=file, most=limits.MAX_ROWS)
        width = 0
        for position, (text, _) in enumerate(row, start=1):
            if not text or text.isspace():
                continue
            width = position
            characters += len(text)
            if len(text) > limits.MAX_CELL:
                raise BadInput("import.file_cell_too_long", file=file, row=number, most=limits.MAX_CELL)
        if width > limits.MAX_COLUMNS:
            raise BadInput("import.file_too_many_columns", file=file, row=number, most=limits.MAX_COLUMNS)
        # A workbook keeps a text once, however many cells show it.
        limits.check_expansion(limits.MAX_EXPANDED, characters, file)
        yield row[:width]


def _columns(header: Sequence[str], known: Collection[str], file: str) -> list[str]:
    ours = {_squeezed(name): name for name in known}
    columns = [ours.get(_squeezed(cell), cell.strip()[:80]) for cell in header]
    for column in columns:
        if column and columns.count(column) > 1:
            raise BadInput("import.file_column_twice", file=file, column=column)
    return columns


def _squeezed(name: str) -> str:
    return re.sub(r"[\s_\-]+", "", name.removeprefix("\ufeff")).casefold()


def _line(number: int, row: Row, columns: Sequence[str]) -> Line:
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
