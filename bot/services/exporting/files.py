"""The files of an export: CSV that no spreadsheet runs, and one JSON; all of them, or none."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.domain.errors import BadInput
from bot.services.exporting.rows import Cell, Row
from bot.services.importing.layouts import guarded

JSON_FILE = "registry.json"
_NUMBERS = frozenset({"lat", "lon"})

FILES = (
    "places.csv", "offices.csv", "groups.csv", "steps.csv", "partnerships.csv", "exchanges.csv", "contacts.csv",
    "pressure.csv",
)  # fmt: skip
"""What is written beside the JSON, in the order in which it is to be imported."""

Tables = Mapping[str, tuple[Sequence[str], list[Row]]]
"""Columns and rows, by the file."""


def check_directory(directory: Path) -> None:
    """See that nobody else's files lie in the directory."""
    ours = {*FILES, JSON_FILE}
    try:
        found = {entry.name for entry in directory.iterdir()}
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise BadInput("export.not_a_directory", directory=str(directory)) from None
    except OSError:
        raise BadInput("export.unwritable", directory=str(directory)) from None
    strangers = sorted(name for name in found - ours if not name.endswith(".part"))
    if strangers or (found & ours and JSON_FILE not in found):
        raise BadInput("export.not_empty", directory=str(directory), found=strangers[:5] or sorted(found)[:5])


def write_tables(directory: Path, tables: Tables) -> None:
    """Write under temporary names first, so that a failure leaves no half of an export behind."""
    contents = {file: table_text(columns, records) for file, (columns, records) in tables.items()}
    whole = {file.removesuffix(".csv"): records for file, (_, records) in tables.items()}
    contents[JSON_FILE] = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for file, text in contents.items():
            # Excel reads a CSV as UTF-8 only if it begins with a mark.
            encoding = "utf-8-sig" if file.endswith(".csv") else "utf-8"
            (directory / f"{file}.part").write_text(text, encoding=encoding, newline="")
        for file in contents:
            (directory / f"{file}.part").replace(directory / file)
    except OSError:
        for file in contents:
            (directory / f"{file}.part").unlink(missing_ok=True)
        raise BadInput("export.unwritable", directory=str(directory)) from None


def table_text(columns: Sequence[str], records: Sequence[Row]) -> str:
    """The records as CSV, with no cell that a spreadsheet would take for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(column, record[column]) for column in columns] for record in records)
    return text.getvalue()


def _cell(column: str, value: Cell) -> str:
    if value is None:
        return ""
    return str(value) if column in _NUMBERS or isinstance(value, int) else guarded(str(value))
