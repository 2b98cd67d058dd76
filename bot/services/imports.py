"""Bringing in records, places, offices, groups and steps from a file: all or nothing, reported row by row.

A file becomes a table (`importing.files`) of a known layout (`importing.layouts`), whose rows are read cell by
cell (`importing.cells`) by the reader of that layout (`importing.…_rows`) into the registry as it is going to be
(`importing.staging`), which is then stored.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date
from enum import StrEnum
from pathlib import Path

from bot.domain.access import Scope
from bot.domain.audit import RecordKind
from bot.domain.errors import BadInput
from bot.services.desk import Desk
from bot.services.importing.act_rows import ActRows
from bot.services.importing.cells import Remark, country_codes
from bot.services.importing.contact_rows import ContactRows
from bot.services.importing.exchange_rows import ExchangeRows, GatheredExchangeRows
from bot.services.importing.files import Table, read_table
from bot.services.importing.group_rows import GroupRows
from bot.services.importing.layouts import (
    CONTACT_LAYOUT,
    EXCHANGE_LAYOUT,
    GATHERED_EXCHANGES,
    GATHERED_TIES,
    GROUP_LAYOUT,
    OFFICE_LAYOUT,
    PARTNERSHIP_LAYOUT,
    PLACE_LAYOUT,
    PRESSURE_LAYOUT,
    STEP_LAYOUT,
    WORLD_TIES,
    Layout,
    recognise,
)
from bot.services.importing.office_rows import OfficeRows
from bot.services.importing.pair_rows import GatheredTieRows, WorldTieRows
from bot.services.importing.place_rows import PlaceRows
from bot.services.importing.pressure_rows import PressureRows
from bot.services.importing.records import Outcome
from bot.services.importing.staging import Reader, Rules, Staging
from bot.services.importing.step_rows import StepRows
from db.audit import record_change
from db.engine import Session
from db.holds import Held, hold
from db.numbers import hold_numbers

STEP = 500
"""After how many rows progress is told."""


class Sheet(StrEnum):
    """What a file can hold."""

    PARTNERSHIPS = "partnerships"
    EXCHANGES = "exchanges"
    CONTACTS = "contacts"
    PRESSURE = "pressure"
    PLACES = "places"
    OFFICES = "offices"
    GROUPS = "groups"
    STEPS = "steps"


READERS: Mapping[Sheet, Mapping[Layout, type[Reader]]] = {
    Sheet.PARTNERSHIPS: {
        GATHERED_TIES: GatheredTieRows,
        WORLD_TIES: WorldTieRows,
        PARTNERSHIP_LAYOUT: ActRows,
    },
    Sheet.EXCHANGES: {GATHERED_EXCHANGES: GatheredExchangeRows, EXCHANGE_LAYOUT: ExchangeRows},
    Sheet.CONTACTS: {CONTACT_LAYOUT: ContactRows},
    Sheet.PRESSURE: {PRESSURE_LAYOUT: PressureRows},
    Sheet.PLACES: {PLACE_LAYOUT: PlaceRows},
    Sheet.OFFICES: {OFFICE_LAYOUT: OfficeRows},
    Sheet.GROUPS: {GROUP_LAYOUT: GroupRows},
    Sheet.STEPS: {STEP_LAYOUT: StepRows},
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
    notes: tuple[Remark, ...]
    problems: tuple[Remark, ...]
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
    table = await asyncio.to_thread(read_sheet, sheet, path)
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


def read_sheet(sheet: Sheet, path: Path) -> Table:
    """The table in a file. Raises as `read_table`."""
    return read_table(path, {column for layout in READERS[sheet] for column in layout.columns})


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
    today: date | None = None,
    progress: Advance | None = None,
) -> ImportReport:
    """Import a table within the caller's transaction; `country`, `scope` and `lenient` as in `Rules`.

    `today` is the day after which a date lies in the future, by default the desk's.

    Raises `BadInput` (`import.file_columns_missing`, `import.file_columns_unknown`).
    """
    read_rows = READERS[sheet][recognise(table.columns, READERS[sheet])]
    if not dry_run:
        # Of two imports at once, the second waits, and sees what the first has stored.
        await hold_numbers(session, RecordKind.PARTNERSHIP)
        if sheet is Sheet.GROUPS:
            await hold(session, Held.GROUPS)
    today = today or desk.clock().astimezone(UTC).date()
    staging = await Staging.load(session, Rules(today, country, scope, lenient))
    advance = _Progress(len(table.lines), progress)
    reader = read_rows(staging)
    for line in reader.ordered(table.lines):
        reader.read(staging.cells(line))
        advance(1)
    reader.finish()
    report = _report(staging, len(table.lines), dry_run=dry_run)
    if not report.problem_count and not dry_run:
        await staging.store(session, advance, desk.clock())
        if report.added or report.merged:
            await record_change(
                session, at=desk.clock(), action="imported", subject=sheet.value, after=_counts(report)
            )
    advance.finish()
    return report


def _report(staging: Staging, rows: int, *, dry_run: bool) -> ImportReport:
    problems, notes = staging.findings.problems, staging.findings.notes
    return ImportReport(
        rows=rows,
        added=staging.counts[Outcome.ADDED],
        merged=staging.counts[Outcome.MERGED],
        unchanged=staging.counts[Outcome.UNCHANGED],
        places_added=len(staging.places.new),
        notes=tuple(notes.kept),
        problems=tuple(sorted(problems.kept, key=lambda problem: problem.row)),
        dry_run=dry_run,
        problem_count=problems.count,
        note_count=notes.count,
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

    def finish(self) -> None:
        if self._tell:
            self._tell(self._total, self._total)
