"""The starter data: places, partnerships and exchanges that come with the package, and six offices in one group."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import reduce
from importlib.resources import as_file, files

from bot.domain.access import Scope
from bot.domain.errors import Unavailable
from bot.domain.groups import Group, MembershipState, may_belong
from bot.services.desk import Desk
from bot.services.groups import group_document
from bot.services.imports import ImportReport, Sheet, bring_in, read_sheet
from db.audit import record_change
from db.engine import Session
from db.groups import (
    all_groups,
    group_by_id,
    insert_group,
    set_membership,
    was_dissolved,
)
from db.holds import Held, hold
from db.offices import insert_office, office_of_place
from db.places import ids_by_key

SHEETS = (Sheet.PLACES, Sheet.PARTNERSHIPS, Sheet.EXCHANGES)
GATHERED = date(2026, 11, 30)
"""When the starter data were gathered; true also under a clock that shows an earlier day, as in a rehearsal."""

GROUP_KEY, GROUP_EN, GROUP_ZH = "six-municipalities", "Six Special Municipalities", "六都"
MUNICIPALITIES = ("taipei-tw", "new-taipei-tw", "taoyuan-tw", "taichung-tw", "tainan-tw", "kaohsiung-tw")


async def seed(desk: Desk) -> ImportReport:
    """Store the starter data, open to all, and an office for each of Taiwan's six special municipalities, in a group.

    All in one transaction. Seeding again changes nothing, and leaves alone what was edited since: an office that
    left the group stays out of it, and a group that all have left is not founded again. Raises
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
        await _found_group(desk, session, places)
    return reduce(_sum, reports)


async def _found_group(desk: Desk, session: Session, places: Mapping[str, int]) -> None:
    """The group of the six, unless it is there, or was; an office that a server has already decides for itself."""
    await hold(session, Held.GROUPS)
    wanted = Group(0, GROUP_KEY, GROUP_EN, GROUP_ZH)
    known = await all_groups(session)
    if any(wanted.answers_to & group.answers_to for group in known) or await was_dissolved(
        session, GROUP_KEY
    ):
        return
    group_id = await insert_group(session, GROUP_KEY, GROUP_EN, GROUP_ZH)
    for key in MUNICIPALITIES:
        office = await office_of_place(session, places[key])
        if office is not None and may_belong(office.standing):
            state = MembershipState.JOINED if office.guild_id is None else MembershipState.INVITED
            await set_membership(session, group_id, office.id, state, desk.clock())
    group = await group_by_id(session, group_id)
    assert group is not None, "it has just been made"
    await record_change(
        session,
        at=desk.clock(),
        action="group.founded",
        subject=f"group:{group_id}",
        after=group_document(group),
    )


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
