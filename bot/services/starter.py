"""The starter data: places, partnerships and exchanges that come with the package, and six offices."""

from dataclasses import replace
from datetime import date
from functools import reduce
from importlib.resources import as_file, files

from bot.domain.access import Scope
from bot.domain.errors import Unavailable
from bot.services.desk import Desk
from bot.services.imports import ImportReport, Sheet, bring_in, read_sheet
from db.offices import insert_office, office_of_place
from db.places import ids_by_key

SHEETS = (Sheet.PLACES, Sheet.PARTNERSHIPS, Sheet.EXCHANGES)
GATHERED = date(2026, 11, 30)
"""When the starter data were gathered; true also under a clock that shows an earlier day, as in a rehearsal."""

MUNICIPALITIES = ("taipei-tw", "new-taipei-tw", "taoyuan-tw", "taichung-tw", "tainan-tw", "kaohsiung-tw")


async def seed(desk: Desk) -> ImportReport:
    """Store the starter data, open to all, and an office for each of Taiwan's six special municipalities.

    All in one transaction. Seeding again changes nothing, and leaves alone what was edited since. Raises
    `Unavailable` (`starter.clash`, with the first row) where other records have the numbers.
    """
    reports: list[ImportReport] = []
    async with desk.database.write() as session:
        for sheet in SHEETS:
            with as_file(files("db").joinpath("starter", f"{sheet.value}.csv")) as path:
                table = read_sheet(sheet, path)
            report = await bring_in(
                desk, session, sheet, table, scope=Scope.PUBLIC, lenient=True, today=GATHERED
            )
            if report.problems:
                first = report.problems[0]
                raise Unavailable("starter.clash", sheet=sheet.value, row=first.row)
            reports.append(report)
        places = await ids_by_key(session, MUNICIPALITIES)
        for key in MUNICIPALITIES:
            if await office_of_place(session, places[key]) is None:
                await insert_office(session, places[key], "zh-TW", "Asia/Taipei")
    return reduce(_sum, reports)


def _sum(one: ImportReport, other: ImportReport) -> ImportReport:
    return replace(
        one,
        rows=one.rows + other.rows,
        added=one.added + other.added,
        merged=one.merged + other.merged,
        unchanged=one.unchanged + other.unchanged,
        places_added=one.places_added + other.places_added,
        notes=one.notes + other.notes,
        note_count=one.note_count + other.note_count,
    )
