"""Lists as files, and the calendar: they hold what the list shows, harm no spreadsheet, and are read back."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.domain.access import Role, Scope
from bot.domain.agreements import Commitment
from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput
from bot.domain.exchange_particulars import Decision
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.partner_lists import PartnerFilter
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.i18n.texts import Texts
from bot.services.calendars import office_calendar
from bot.services.desk import Caller, Desk
from bot.services.partner_lists import list_partners
from bot.ui.calendars import calendar_content, left_out_lines
from bot.ui.files import FileKind, Table, file_content
from bot.ui.partner_lists import COLUMNS, partners_table_of
from db.contacts import NewContact, insert_contacts
from db.exchanges import NewExchange, insert_exchanges
from db.partnerships import NewPartnership, insert_partnerships
from db.places import NewPlace, ids_by_key, insert_places
from tests.records import office_of, person

ODD = '=1+1; say "hi"\n@second | 臺北 🙂'


async def caller_of(desk: Desk, key: str = "taipei-tw") -> Caller:
    return person(await office_of(desk, key), Role.READER)


async def table(desk: Desk, key: str = "taipei-tw", language: str = "en", **chosen: object) -> Table:
    listed = await list_partners(desk, await caller_of(desk, key), PartnerFilter(**chosen))  # type: ignore[arg-type]
    return partners_table_of(Texts(language), listed)


async def add_odd_act(desk: Desk, **more: object) -> int:
    """An act of Taipei's with a partner whose name a spreadsheet would run."""
    async with desk.database.write() as session:
        made = await insert_places(session, [NewPlace("odd", ODD, name_zh="+1", country="JP")])
        home = (await ids_by_key(session, ["taipei-tw"]))["taipei-tw"]
        act = NewPartnership(
            Kind.SISTER_CITY, (home, made["odd"]), (StatusChange(Status.ACTIVE),), sources=(ODD, "-x")
        )
        (number,) = await insert_partnerships(session, [replace(act, **more)])  # type: ignore[arg-type]
    return number


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


async def test_a_file_is_what_the_list_shows(seeded_desk: Desk) -> None:
    """Row by row, in the same order, what is told apart as well, in each of the three kinds."""
    listed = await list_partners(
        seeded_desk, await caller_of(seeded_desk, "new-taipei-tw"), PartnerFilter(kind=Kind.SISTER_CITY)
    )
    records = [item.act.record for item in listed.all_shown]
    assert listed.district_acts
    made = partners_table_of(Texts("en"), listed)
    texts = Texts("en")
    assert [row["Record"] for row in rows_of(file_content(texts, made, FileKind.CSV))] == records
    told = json.loads(file_content(texts, made, FileKind.JSON))
    assert [row["record"] for row in told] == records
    assert {row["section"] for row in told} >= {None, "districts"}
    sheet = load_workbook(io.BytesIO(file_content(texts, made, FileKind.XLSX))).active
    assert sheet is not None
    assert [cell.value for cell in sheet["A"]] == ["Record", *records]
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].width == COLUMNS["record"]


async def test_words_for_people_and_for_programs(seeded_desk: Desk) -> None:
    """A spreadsheet has the reader's words, JSON those of the vocabulary; dates are as precise as they are."""
    chinese = await table(seeded_desk, "kaohsiung-tw", "zh-TW")
    (seattle,) = [
        r
        for r in rows_of(file_content(Texts("zh-TW"), chinese, FileKind.CSV))
        if "西雅圖" in r["夥伴（中文）"]
    ]
    assert (seattle["國家"], seattle["類別"], seattle["簽署日期"]) == ("美國", "姊妹市", "1991")
    assert (seattle["最近往來"], seattle["往來情形"]) == ("2011-04-28", "長期無往來")
    (plain,) = [
        row
        for row in json.loads(file_content(Texts("zh-TW"), chinese, FileKind.JSON))
        if "Seattle" in row["partner_en"]
    ]
    assert (plain["country"], plain["kind"], plain["signed"], plain["years"]) == (
        ["US"],
        "sister_city",
        "1991",
        35,
    )
    assert (plain["last_contact"], plain["state"], plain["cadence"]) == ("2011-04-28", "stale", 12)


async def test_formulas_are_neutralised(seeded_desk: Desk) -> None:
    """In a name, a source and anywhere else: no cell is a formula, whatever somebody typed."""
    await add_odd_act(seeded_desk)
    made = await table(seeded_desk)
    for row in rows_of(file_content(Texts("en"), made, FileKind.CSV)):
        assert not any(value[:1] in set("=+-@\t\r") for value in row.values()), row
    sheet = load_workbook(io.BytesIO(file_content(Texts("en"), made, FileKind.XLSX))).active
    assert sheet is not None
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n"}
    told = [
        row
        for row in json.loads(file_content(Texts("en"), made, FileKind.JSON))
        if row["partner_en"] == [ODD]
    ]
    assert told[0]["sources"] == [ODD, "-x"]


async def test_a_restricted_record_marks_the_file(seeded_desk: Desk) -> None:
    """Its own act makes it private, and no other office's file knows of it."""
    assert not (await table(seeded_desk)).private
    office = await office_of(seeded_desk, "taipei-tw")
    number = await add_odd_act(seeded_desk, scope=Scope.OFFICE, office_id=office.id)
    made = await table(seeded_desk)
    assert made.private
    assert f"P{number}" in {row["record"] for row in made.rows}
    listed = await list_partners(
        seeded_desk, await caller_of(seeded_desk, "tainan-tw"), PartnerFilter(home_id=office.place.id)
    )
    others = partners_table_of(Texts("en"), listed)
    assert f"P{number}" not in {row["record"] for row in others.rows}
    assert not others.private


# Calendar ---------------------------------------------------------------------------------------------------


async def calendar(desk: Desk, key: str = "taipei-tw", language: str = "en") -> Calendar:
    found = await office_calendar(desk, await caller_of(desk, key))
    return Calendar.from_ical(calendar_content(Texts(language), found))


async def test_the_calendar_is_read_back(seeded_desk: Desk) -> None:
    """Every act in force with an exact day is in it as a whole day of every year, each under an id of its own."""
    events = (await calendar(seeded_desk, "kaohsiung-tw")).walk("VEVENT")
    listed = await list_partners(
        seeded_desk, await caller_of(seeded_desk, "kaohsiung-tw"), PartnerFilter(all_kinds=True)
    )
    exact = {i.act.record for i in listed.acts if i.act.signed and i.act.signed.exact()}
    told = {str(event["description"]).split(",")[0]: event for event in events}
    assert set(told) == exact
    assert len({event["uid"] for event in events}) == len(events)
    busan = next(event for event in events if "Busan" in event["summary"])
    assert busan.decoded("dtstart") == date(2027, 6, 30)
    assert busan.decoded("dtend") - busan.decoded("dtstart") == timedelta(days=1)
    assert busan["rrule"] == {"FREQ": ["YEARLY"]}
    assert "signed 30 June 1966" in busan["description"]
    assert "70 years, platinum jubilee" in busan["description"]
    left = (await office_calendar(seeded_desk, await caller_of(seeded_desk, "kaohsiung-tw"))).left_out
    assert "Seattle" in {place.name_en for each in left for place in each.partners}
    assert not any("Seattle" in event["summary"] for event in events)


@pytest.mark.proof
async def test_ids_stay_the_same(seeded_desk: Desk) -> None:
    """In another language, on a later day, and with further acts: calendars know the entries again."""
    first = await calendar(seeded_desk)
    await add_odd_act(seeded_desk, signed=PartialDate(2004, 5, 1))
    later = Desk(seeded_desk.database, lambda: datetime.fromisoformat("2027-08-01T04:00:00+00:00"))
    second = await calendar(later, language="zh-TW")
    ids, again = ({str(event["uid"]) for event in each.walk("VEVENT")} for each in (first, second))
    assert ids < again
    assert len(again - ids) == 1


async def test_a_leap_day_and_what_is_due(seeded_desk: Desk) -> None:
    """29 February is ten days rather than a wrong rule; review, expiry and promises are single days."""
    due = PartialDate(2027, 3, 1)
    number = await add_odd_act(
        seeded_desk,
        signed=PartialDate(2004, 2, 29),
        review_on=PartialDate(2027, 1, 2),
        expires_on=PartialDate(2030, 12, 31),
        commitments=(Commitment(ODD, due=due), Commitment("done", due=due, done=due)),
    )
    events = [
        e for e in (await calendar(seeded_desk)).walk("VEVENT") if e["description"].startswith(f"P{number},")
    ]
    days = sorted(event.decoded("dtstart").isoformat() for event in events)
    assert days == [
        "2027-01-02", "2027-02-28", "2027-03-01", "2028-02-29", "2029-02-28", "2030-02-28", "2030-12-31",
        "2031-02-28", "2032-02-29", "2033-02-28", "2034-02-28", "2035-02-28", "2036-02-29",
    ]  # fmt: skip
    assert not any("rrule" in event for event in events)
    assert any(ODD in event["summary"] for event in events)
    assert any("24 years" in event["summary"] for event in events)


async def test_what_is_left_out_is_named(seeded_desk: Desk) -> None:
    """With record number and what is known; those that are too many are counted."""
    found = await office_calendar(seeded_desk, await caller_of(seeded_desk))
    lines = left_out_lines(Texts("en"), found)
    assert len(lines) == 16
    assert lines[-1] == f"and {len(found.left_out) - 15} more"
    assert lines[0] == "`P2` Manila · 1966"


# Command line -----------------------------------------------------------------------------------------------

Run = Callable[..., Result]


@pytest.fixture
def attache(tmp_path: Path, templates: dict[bool, Path], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `attache partner` on a copy of the starter data, in this process: it is quicker than one of its own."""
    shutil.copy(templates[True], tmp_path / "registry.db")
    monkeypatch.setenv("ATTACHE_DATABASE_URL", f"sqlite:///{tmp_path / 'registry.db'}")
    return lambda *words: CliRunner().invoke(app, ["partner", *words])


@pytest.mark.proof
def test_files_at_the_command_line(attache: Run, tmp_path: Path) -> None:
    """Each kind by the ending of its name, another one refused; the calendar says what it left out."""
    for ending in FileKind:
        file = tmp_path / f"a.{ending}"
        done = attache("list", "--office", "Taipei", "--region", "europe", "--file", str(file))
        assert (done.exit_code, "6 rows" in done.output) == (0, True)
        assert file.stat().st_size > 500
    refused = attache("list", "--office", "Taipei", "--file", str(tmp_path / "a.doc"))
    assert isinstance(refused.exception, BadInput)
    assert refused.exception.key == "files.unknown_kind"
    done = attache("calendar", "--office", "Kaohsiung", "--file", str(tmp_path / "k.ics"))
    events = Calendar.from_ical((tmp_path / "k.ics").read_bytes()).walk("VEVENT")
    assert f"{len(events)} rows" in done.output
    assert "Honolulu · 1962" in done.output


def test_lists_at_the_command_line(attache: Run) -> None:
    """Plain lines, without the marks of a chat; a word that is none is wrong usage."""
    listed = attache("list", "--office", "Taipei", "--country", "JP").output
    assert "P15 Yokohama (Japan) · friendship city · 2006" in listed
    assert "0 sister cities" in listed
    compared = attache("compare", "Kaohsiung", "Taipei").output
    assert "Basseterre, Guam" in compared
    assert "P195 Kaohsiung (Taiwan)" in attache("ties", "Seattle").output
    assert "**" not in listed + compared
    assert attache("list", "--office", "Taipei", "--kind", "twin").exit_code == 2


DECIDED = (
    Decision("a stage", "Kim", PartialDate(2027, 1, 15)),
    Decision("a choir", due=PartialDate(2027, 1, 16), done=PartialDate(2026, 11, 1)),
)


async def test_what_is_planned_and_decided_and_whose_term_ends(seeded_desk: Desk) -> None:
    """With the moment where one is known, under ids that stay; and for a wider circle only what that may see."""
    caller = await caller_of(seeded_desk, "kaohsiung-tw")
    office = caller.own_office()
    async with seeded_desk.database.write() as session:
        ids = await ids_by_key(session, ["kaohsiung-tw", "busan-kr"])
        common: dict[str, Any] = {
            "kind": ExchangeKind.CULTURE, "status": ExchangeStatus.PLANNED, "office_id": office.id,
            "places": (ids["kaohsiung-tw"], ids["busan-kr"]),
        }  # fmt: skip
        concert = NewExchange(
            date=PartialDate(2027, 2, 28), starts_at=datetime(2027, 2, 28, 6, tzinfo=UTC), title="Concert",
            scope=Scope.OFFICE, decisions=DECIDED, **common,
        )  # fmt: skip
        fair = NewExchange(
            date=PartialDate(2027, 3, 1), end_date=PartialDate(2027, 3, 3), title="Fair", **common
        )
        some_day = NewExchange(date=PartialDate(2027, 5), title="Some day", **common)
        first, *_ = await insert_exchanges(session, [concert, fair, some_day])
        person = {"place_id": ids["busan-kr"], "office_id": office.id}
        await insert_contacts(session, [NewContact(name="Kim", until=PartialDate(2027, 6, 30), **person)])

    async def events(reach: Scope) -> list[Any]:
        found = await office_calendar(seeded_desk, caller, reach)
        read = Calendar.from_ical(calendar_content(Texts("en"), found)).walk("VEVENT")
        return [each for each in read if "Busan" in each["summary"] and "rrule" not in each]

    planned = await events(Scope.OFFICE)
    assert [each["dtstart"].dt.isoformat() for each in planned] == [
        "2027-02-28T06:00:00+00:00",
        "2027-03-01",
        "2027-01-15",
        "2027-06-30",
    ]
    assert planned[2]["summary"] == "Decided, due: a stage (Kaohsiung – Busan)"
    assert planned[2]["description"] == f"X{first} · Concert\nOfficer: Kim"
    assert planned[1]["dtend"].dt.isoformat() == "2027-03-04"
    assert f"X{first}" in planned[0]["description"]
    assert "Kim" not in str(planned[3])
    assert [each["uid"] for each in await events(Scope.OFFICE)] == [each["uid"] for each in planned]
    assert [each["dtstart"].dt.isoformat() for each in await events(Scope.SHARED)] == ["2027-03-01"]
