"""Bringing in partnerships, exchanges, places and offices from a file: all or nothing, reported row by row.

The parts: `import_files` (a file becomes a table), `import_rows` (cells, problems), `import_places` and
`import_atlas` (which place is meant), `import_acts` (which act is meant), and a module for each layout.
"""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from bot.domain.access import Scope
from bot.domain.errors import BadInput
from bot.services import (
    import_exchanges,
    import_offices,
    import_partnerships,
    import_registry,
    import_sheet_places,
)
from bot.services.desk import Desk
from bot.services.import_acts import Outcome
from bot.services.import_batch import Batch
from bot.services.import_files import Line, Table, read_table
from bot.services.import_rows import Cells, Layout, RowProblem, country_codes, recognise
from db.audit import record_change
from db.engine import Session
from db.numbers import Numbered, number_records

STEP = 500
"""After how many rows progress is told."""

__all__ = ["ImportReport", "RowProblem", "Sheet", "bring_in", "import_file"]


class Sheet(StrEnum):
    """What a file can hold."""

    PARTNERSHIPS = "partnerships"
    EXCHANGES = "exchanges"
    PLACES = "places"
    OFFICES = "offices"


LAYOUTS: dict[Sheet, Collection[Layout]] = {
    Sheet.PARTNERSHIPS: (*import_partnerships.LAYOUTS, import_registry.PARTNERSHIPS),
    Sheet.EXCHANGES: import_exchanges.LAYOUTS,
    Sheet.PLACES: (import_sheet_places.PLACES,),
    Sheet.OFFICES: (import_offices.OFFICES,),
}

Advance = Callable[[int, int], None]
"""Told (done, total), in rows; reading them is the first half, storing the second."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the rows. Where there is a problem, nothing was stored; the counts are what would be.

    `merged` rows added something to a record that was there or came before, `unchanged` ones nothing. At most
    200 problems and 200 notes are kept; `problem_count` and `note_count` count all.
    """

    rows: int
    added: int
    merged: int
    unchanged: int
    places_added: int
    notes: tuple[RowProblem, ...]
    problems: tuple[RowProblem, ...]
    dry_run: bool
    problem_count: int = 0
    note_count: int = 0


async def import_file(
    desk: Desk,
    sheet: Sheet,
    path: Path,
    *,
    country: str | None = None,
    dry_run: bool = False,
    progress: Advance | None = None,
) -> ImportReport:
    """Import a CSV, plain or gzipped, or an XLSX; `country` (ISO alpha-2) is that of cities without one.

    Nothing is stored with `dry_run`, nor if any row has a problem. Raises `BadInput`: `import.file_…` where
    the file as a whole cannot be read, `import.country_unknown` for a wrong `country`.
    """
    if country is not None and country.upper() not in country_codes():
        raise BadInput("import.country_unknown", country=country)
    known = {column for layout in LAYOUTS[sheet] for column in layout.columns}
    table = await asyncio.to_thread(read_table, path, known)
    opening = desk.database.read() if dry_run else desk.database.write()
    async with opening as session:
        return await bring_in(
            desk,
            session,
            sheet,
            table,
            country=country.upper() if country else None,
            dry_run=dry_run,
            progress=progress,
        )


class _Reader(Protocol):
    """What reads the rows of one layout."""

    def read(self, cells: Cells) -> None: ...


async def bring_in(
    desk: Desk,
    session: Session,
    sheet: Sheet,
    table: Table,
    *,
    country: str | None = None,
    scope: Scope = Scope.SHARED,
    dry_run: bool = False,
    lenient: bool = False,
    progress: Advance | None = None,
) -> ImportReport:
    """Import a table within the caller's transaction. `scope` is that of records which name none.

    With `lenient`, records of the registry's layout that were edited since stay as they are.
    Raises `BadInput` (`import.file_columns_missing`, `import.file_columns_unknown`).
    """
    layout = recognise(table.columns, LAYOUTS[sheet])
    if not dry_run:
        # The counter's row stays locked to the end: of two imports, the second sees what the first stored.
        await number_records(session, Numbered.PARTNERSHIPS, [])
    batch = await Batch.open(session, desk.clock().astimezone(UTC).date(), country, scope)
    advance = _Progress(len(table.lines), progress)
    lines: Sequence[Line] = table.lines
    reader: _Reader
    match sheet:
        case Sheet.PARTNERSHIPS if layout is import_registry.PARTNERSHIPS:
            reader = acts = import_registry.RegisteredActs(batch, lenient)
            _read(reader, batch, lines, advance)
            acts.check_links()
        case Sheet.PARTNERSHIPS:
            reader = pairs = import_partnerships.Pairs(batch, layout)
            _read(reader, batch, pairs.ordered(lines), advance)
        case Sheet.EXCHANGES:
            reader = await import_exchanges.Exchanges.open(session, batch, layout, lenient=lenient)
            _read(reader, batch, lines, advance)
        case Sheet.PLACES:
            reader = places = import_sheet_places.PlaceSheet(batch, lenient)
            _read(reader, batch, lines, advance)
            places.check_links()
        case Sheet.OFFICES:
            reader = import_offices.OfficeSheet(batch)
            _read(reader, batch, lines, advance)
    report = _report(batch, sheet, len(table.lines), dry_run=dry_run)
    if not report.problem_count and not dry_run:
        await _store(session, batch, reader, advance)
        if report.added or report.merged:
            await record_change(
                session, at=desk.clock(), action="imported", subject=sheet.value, after=_counts(report)
            )
    advance.finish()
    return report


def _read(reader: _Reader, batch: Batch, lines: Sequence[Line], advance: "_Progress") -> None:
    for line in lines:
        reader.read(batch.cells(line))
        advance(1)


async def _store(session: Session, batch: Batch, reader: _Reader, advance: "_Progress") -> None:
    place_ids = await batch.places.store(session, advance.quietly)
    office_ids = await batch.store_offices(session, place_ids)
    match reader:
        case import_exchanges.Exchanges():
            await reader.store(session, place_ids, office_ids, advance)
        case import_sheet_places.PlaceSheet():
            await reader.store(session, place_ids)
        case import_offices.OfficeSheet():
            await reader.store(session)
        case _:
            await import_registry.store_acts(session, batch.acts.acts, place_ids, office_ids, advance)


def _report(batch: Batch, sheet: Sheet, rows: int, *, dry_run: bool) -> ImportReport:
    findings = batch.findings
    return ImportReport(
        rows=rows,
        added=batch.counts[Outcome.ADDED],
        merged=batch.counts[Outcome.MERGED],
        unchanged=batch.counts[Outcome.UNCHANGED],
        places_added=len(batch.places.new),
        notes=tuple(findings.notes),
        problems=tuple(sorted(findings.problems, key=lambda problem: problem.row)),
        dry_run=dry_run,
        problem_count=findings.problem_count,
        note_count=findings.note_count,
    )


def _counts(report: ImportReport) -> dict[str, int]:
    return {
        "rows": report.rows,
        "added": report.added,
        "merged": report.merged,
        "unchanged": report.unchanged,
        "places_added": report.places_added,
    }


class _Progress:
    """Tells how far an import is, every 500 rows and at its end."""

    def __init__(self, rows: int, tell: Advance | None) -> None:
        self._total = 2 * rows
        self._tell = tell
        self._done = 0
        self._told = 0

    def __call__(self, rows: int) -> None:
        self._done = min(self._done + rows, self._total)
        if self._tell and self._done - self._told >= STEP:
            self._told = self._done
            self._tell(self._done, self._total)

    def quietly(self, rows: int) -> None:
        """Places are stored on the way: it shows that something happens, but no row is done by it."""
        if self._tell:
            self._tell(self._done, self._total)

    def finish(self) -> None:
        if self._tell:
            self._tell(self._total, self._total)
