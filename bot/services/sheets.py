"""Tables as files for a spreadsheet, CSV or XLSX, with no cell that it would take for a formula."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from bot.domain.errors import BadInput
from bot.services.importing.layouts import guarded

TITLE = 31
"""What a spreadsheet takes for the name of a sheet, in characters."""


class SheetKind(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column, and how many characters wide it is shown."""

    head: str
    width: int


def kind_of_file(file: Path) -> SheetKind:
    """What a file name asks for. Raises `BadInput` (`sheet.unknown_kind`)."""
    ending = file.suffix.lower().removeprefix(".")
    if ending not in set(SheetKind):
        raise BadInput("sheet.unknown_kind", file=file.name)
    return SheetKind(ending)


def make_sheet(
    kind: SheetKind, title: str, columns: Sequence[Column], rows: Sequence[Sequence[str]]
) -> bytes:
    """The table as the content of a file; the first row is the head, in XLSX it stays in view."""
    table = [[column.head for column in columns], *rows]
    cells = [[guarded(ILLEGAL_CHARACTERS_RE.sub("", cell)) for cell in row] for row in table]
    return _csv(cells) if kind is SheetKind.CSV else _xlsx(title, columns, cells)


def _csv(cells: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(cells)
    return text.getvalue().encode("utf-8-sig")  # by the mark Excel knows it for UTF-8


def _xlsx(title: str, columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None, "a new workbook has one sheet"
    sheet.title = "".join(letter for letter in title if letter not in r"[]:*?/\'")[:TITLE]
    for number, row in enumerate(cells, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column, text or None)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if text:
                cell.data_type = "s"  # words, whatever they look like
            if number == 1:
                cell.font = Font(bold=True)
    for index, each in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = each.width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def write_sheet(file: Path, content: bytes) -> None:
    """Write a file, over an earlier one. Raises `BadInput` (`sheet.unwritable`)."""
    try:
        file.write_bytes(content)
    except OSError:
        raise BadInput("sheet.unwritable", file=str(file)) from None
