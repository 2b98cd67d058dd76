"""Reading the first sheet of an XLSX, which may have been made to do harm.

A workbook is an archive of XML parts. Each part is unpacked and read once for what would be dangerous to load,
within `limits`; only then is the workbook handed to openpyxl.
"""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from bot.domain.errors import BadInput
from bot.services.importing import limits

Row = Sequence[tuple[str, bool]]
"""(text, whether the cell is no data: a formula or an error value)"""

ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")
"""How a zip begins; the second is an empty one."""

_DIRECTORY_ENTRY = b"PK\x01\x02"
_CHUNK = 1 << 18
_WAYS_TO_PACK = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The only ones of the standard for workbooks; others cannot be unpacked in small pieces."""

_KINDS = (b"spreadsheetml.sheet.main+xml", b"spreadsheetml.template.main+xml")

# openpyxl lets whatever went wrong inside a broken workbook through.
_BROKEN_WORKBOOK = (
    zipfile.BadZipFile, zlib.error, struct.error, InvalidFileException, ParseError, expat.ExpatError, LookupError,
    EOFError, OSError, TypeError, ValueError, AttributeError, ArithmeticError, RuntimeError,
)  # fmt: skip


def sheet_rows(content: bytes, file: str) -> Iterator[Row]:
    """The rows of the first sheet, row by row.

    Raises `BadInput`, `import.file_…`: `too_large`, `swollen`, `damaged`, `encrypted`, `no_workbook`, `macros`,
    `doctype`, `too_many_rows`, `too_many_cells`.
    """
    try:
        _check(content, file)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and validations, which are not read
            yield from _first_sheet(content)
    except _BROKEN_WORKBOOK:
        raise BadInput("import.file_damaged", file=file) from None


def _first_sheet(content: bytes) -> Iterator[Row]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for row in sheet.iter_rows():
            yield [(_cell_text(cell.value), getattr(cell, "data_type", "n") in "fe") for cell in row]
    finally:
        book.close()


def _cell_text(value: Any) -> str:
    """A cell as it would stand in a CSV: ISO dates, whole numbers without a decimal point."""
    match value:
        case None:
            return ""
        case str():
            return value
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case int() | float() | time():
            return str(value)
        case _:  # a formula for many cells, which openpyxl makes an object of
            return str(getattr(value, "text", None) or "=")


# What a workbook may be ---------------------------------------------------------------------------------------


def _check(content: bytes, file: str) -> None:
    if content.count(_DIRECTORY_ENTRY) > limits.MAX_PARTS:  # counted before the directory is read into memory
        raise BadInput("import.file_damaged", file=file)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise BadInput("import.file_encrypted", file=file)
        if any(part.compress_type not in _WAYS_TO_PACK for part in parts):
            raise BadInput("import.file_damaged", file=file)
        # A size that is not true harms nobody: no more of a part is unpacked than this, and then its sum is wrong.
        limits.check_expansion(len(content), sum(part.file_size for part in parts), file)
        _check_kind(archive, file)
        for part in parts:
            _look_through(archive, part, file)


def _check_kind(archive: zipfile.ZipFile, file: str) -> None:
    """See from the list of contents what the archive is, whatever the file is called."""
    names = archive.namelist()
    contents = "[Content_Types].xml"
    kinds = archive.read(contents).replace(b"\0", b"") if contents in names else b""
    if b"macroEnabled.main+xml" in kinds or any(name.endswith("vbaProject.bin") for name in names):
        raise BadInput("import.file_macros", file=file)
    if not any(kind in kinds for kind in _KINDS):
        raise BadInput("import.file_no_workbook", file=file)


def _look_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo, file: str) -> None:
    """Unpack a part to its end, in pieces, and look for danger in it."""
    look: _Look | None = _Look(part.filename, file)
    with archive.open(part) as unpacked:
        while chunk := unpacked.read(_CHUNK):
            try:
                if look:
                    look.at(chunk)
            except expat.ExpatError:
                if part.filename.endswith((".xml", ".rels")):
                    raise
                look = None  # a picture


_STREAMED: Mapping[str, str] = {"worksheet": "row", "sst": "si", "pivotCacheRecords": "r"}
"""Parts that are read piece by piece, by their outermost element, and what a piece is; others are held whole."""

_HELD_WHOLE = "xl/styles.xml"


class _Look:
    """What the XML parser that openpyxl uses meets in a part, without anything being made of it."""

    def __init__(self, part: str, file: str) -> None:
        self._part, self._file = part, file
        self._piece: str | None = None
        self._pieces = self._together = self._seen = 0
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._element

    def at(self, chunk: bytes) -> None:
        self._parser.Parse(chunk, False)

    def _doctype(self, *_: object) -> None:
        # Entities are declared in a DTD: those that multiply, and those that fetch files or addresses. The standard
        # for workbooks forbids DTDs, so that no honest file has one.
        raise BadInput("import.file_doctype", file=self._file)

    def _element(self, name: str, _: object) -> None:
        local = name.rpartition(":")[2]
        if not self._seen and self._part != _HELD_WHOLE:
            self._piece = _STREAMED.get(local)
        self._seen += 1
        self._together += 1
        if local == self._piece:
            self._together = 0
            self._pieces += 1
            if self._piece == "row" and self._pieces > limits.MAX_SHEET_ROWS:
                raise BadInput("import.file_too_many_rows", file=self._file, most=limits.MAX_ROWS)
        if self._together > limits.MAX_ELEMENTS or self._pieces > limits.MAX_CELLS:
            raise BadInput("import.file_too_many_cells", file=self._file, most=limits.MAX_CELLS)
