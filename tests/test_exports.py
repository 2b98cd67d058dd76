"""Exporting: the files import again to the same registry, and hold what the viewer may see and no more."""

import asyncio
import csv
import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from bot.domain.access import ANYONE, EVERYONE_ROLES, Role, Scope, Standing, Viewer
from bot.domain.anniversaries import LeapDayRule
from bot.domain.audit import RecordKind
from bot.domain.contacts import ContactRole
from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus, Mode
from bot.domain.groups import MembershipState
from bot.domain.health import DEFAULT_WEIGHTS, Aspect
from bot.domain.kind_rules import KindRule
from bot.domain.leads import Leads
from bot.domain.names import fold
from bot.domain.offices import RestDayRule, Weekday, WeeklyList
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.domain.pressure import Incident
from bot.domain.profiles import ProfileLine, Side
from bot.domain.prospecting import Step
from bot.domain.saving_rules import DEFAULT_SAVINGS, Range, SavingRules
from bot.services.desk import Desk
from bot.services.exporting.files import FILES, table_text
from bot.services.exports import Exported, export_registry
from bot.services.groups import found_group, invite_office, join_group
from bot.services.importing.files import read_table
from bot.services.importing.layouts import EXCHANGE_LAYOUT
from bot.services.imports import Sheet, import_file
from bot.services.offices import all_offices
from db.contacts import NewContact, insert_contacts
from db.engine import Database, database_url
from db.exchanges import NewExchange, insert_exchanges
from db.groups import insert_group, set_membership
from db.office_measures import set_cadences, set_weekly_list, set_weights
from db.office_steps import change_office_steps
from db.offices import insert_office, set_kind_rule
from db.partnerships import NewPartnership, insert_partnerships, link_successors
from db.places import NewPlace, ids_by_key, insert_places, update_places
from db.pressure import NewNote, insert_notes
from db.profiles import set_profile
from db.schema import upgrade
from db.tables import OfficeRow
from tests.acts import act_strategies, whole_act
from tests.conftest import clock
from tests.exchanges import exchange_strategies, whole_exchange
from tests.shell import Shell
from tests.test_groups import OPERATOR, add_office

ORDER = tuple(Sheet(file.removesuffix(".csv")) for file in FILES)
ODD = '=1+1; say "hi", \'tis | a \\ b ; c\n@second line — 臺北 🙂'


async def viewer_of(desk: Desk, key: str) -> Viewer:
    return next(office.viewer for office in await all_offices(desk) if office.place.key == key)


async def add_odd_records(desk: Desk) -> None:
    """Records of every scope and owner that use every column, with texts that a careless writer of CSV would break.

    The owners are Taipei, Tainan, a reader (Prague) in their group, a guest (Seattle), and nobody.
    """
    await add_office(desk, "prague-cz", Standing.READER)
    await add_office(desk, "seattle-us", Standing.GUEST)
    await join_group(desk, OPERATOR, "六都", "Prague")
    group = await found_group(desk, OPERATOR, "=South; | \\", "南部")
    await join_group(desk, OPERATOR, group.key, "Tainan")
    await invite_office(desk, OPERATOR, group.key, "Taipei")
    await found_group(desk, OPERATOR, "+Nobody")
    owners = [office.id for office in await all_offices(desk) if office.place.key in OWNERS]
    cells = [(s, o) for s in Scope for o in (None, *owners) if o or s in (Scope.SHARED, Scope.PUBLIC)]
    async with desk.database.write() as session:
        await session.execute(
            update(OfficeRow)
            .where(OfficeRow.id == owners[0])
            .values(
                everyone=Role.NOBODY,
                rest_day_rule=RestDayRule.WORKING_DAY_BEFORE,
                leap_day_rule=LeapDayRule.MAR_1,
                posting_hour=7,
                guild_id=123456789012345678,
                notify_role_id=987654321098765432,
            )
        )
        await set_kind_rule(session, owners[0], Kind.MOU, KindRule(Kind.MOU, ODD.replace("\n", " "), "=甲"))
        await set_weekly_list(session, owners[0], WeeklyList(Weekday.FRIDAY, 16))
        await set_cadences(session, owners[0], {Kind.MOU: 6, Kind.OTHER: 120})
        await set_weights(session, owners[0], {**DEFAULT_WEIGHTS, Aspect.RECENCY: 40, Aspect.PEOPLE: 0})
        step = Step(
            "council", ODD.replace("\n", " "), "議會", "-careful", "＝小心", ODD, PartialDate(2026, 11)
        )
        for owner in owners[:2]:
            await change_office_steps(session, owner, [step, replace(step, key="draft")], desk.clock())
        ids = await ids_by_key(session, ["taipei-tw", "prague-cz", "tainan-tw"])
        lines = [
            ProfileLine(Side.SEEKS, "housing", ODD, ODD, PartialDate(2026)),
            ProfileLine(Side.OFFERS, "=tea", "x"),
        ]
        await set_profile(session, ids["prague-cz"], lines)
        parties = (ids["taipei-tw"], ids["prague-cz"], ids["tainan-tw"])
        history = (
            StatusChange(Status.PROPOSED, PartialDate(2024), ODD, "Lin"),
            StatusChange(Status.PAUSED, PartialDate(2025, 3), None, None, PartialDate(2027), "P1; =2", "|"),
        )
        odd = NewPartnership(
            kind=Kind.PROJECT,
            parties=parties,
            history=history,
            named="-twins",
            note=ODD,
            sources=(ODD, "; x", "x ;", "\\", "'=1"),
            cadence_months=7,
            **whole_act(ODD),
        )
        made = await insert_partnerships(
            session, [replace(odd, scope=scope, office_id=owner) for scope, owner in cells]
        )
        await link_successors(session, zip(made[1:], made, strict=False))
        visit = NewExchange(
            kind=ExchangeKind.VIRTUAL_VISIT,
            status=ExchangeStatus.HELD,
            date=PartialDate(2026, 11, 1),
            title="",
            topic="+trams",
            summary=ODD,
            people=6,
            starts_at=desk.clock(),
            places=parties,
            home_places=2,
            sources=("''=",),
            **whole_exchange(ODD),
        )
        visits = [
            replace(
                visit,
                scope=scope,
                office_id=owner,
                request_id=f"{scope}:{owner}",
                number=n,
                paired_with=n + 1,
            )
            for n, (scope, owner) in enumerate(cells, 1001)
        ]
        visits[-1] = replace(visits[-1], paired_with=None)
        await insert_exchanges(session, visits)
        who = NewContact(
            place_id=ids["prague-cz"], role=ContactRole.ALUMNUS, name="=Jane", name_zh="杜珍", post=ODD,
            post_zh="市長", organisation="-org", since=PartialDate(2022), until=PartialDate(2027, 3),
            has_left=True, email="@home", phone="+886", note=ODD, programme="+p",
            programme_year=PartialDate(2009), consent=PartialDate(2024, 5),
            confirmed_on=PartialDate(2026, 11, 1), sources=(ODD, "; x"),
        )  # fmt: skip
        people = [
            replace(who, scope=scope, office_id=owner, number=n, replaced_by=n + 1)
            for n, (scope, owner) in enumerate(cells, 1)
            if scope is not Scope.PUBLIC
        ]
        people[-1] = replace(people[-1], replaced_by=None)
        await insert_contacts(session, people)
        noted = NewNote(
            kind=Incident.CLAUSE_DEMANDED, date=PartialDate(2025, 3), what=ODD,
            places=(ids["prague-cz"], ids["taipei-tw"]), trigger="=1; P1", sources=(ODD, "; x", "'=1"),
            as_of=PartialDate(2026, 11, 1),
        )  # fmt: skip
        narrow = [(scope, owner) for scope, owner in cells if scope in RecordKind.PRESSURE.scopes]
        notes = [
            replace(noted, scope=scope, office_id=owner, act=act, trigger=trigger)
            for scope, owner in narrow
            for act, trigger in ((None, noted.trigger), (made[0], f"P{made[1]}"), (9_999_999, "X9999999"))
        ]
        await insert_notes(session, notes)


RECORD_FILES = ("partnerships.csv", "exchanges.csv", "contacts.csv", "pressure.csv")
OWNERS = ("taipei-tw", "tainan-tw", "prague-cz", "seattle-us")


async def empty_copy(desk: Desk, folder: Path) -> Desk:
    database = Database(database_url(f"sqlite:///{folder / 'copy.db'}"))
    await upgrade(database)
    return Desk(database, desk.clock)


def with_rows(exported: Exported) -> list[Sheet]:
    """A file that has only its header has nothing to import, and would be refused as empty."""
    return [sheet for sheet in ORDER if exported.rows[f"{sheet.value}.csv"]]


async def bring_back(desk: Desk, folder: Path, exported: Exported) -> None:
    """Import the files of an export in their order: each row is new, and none has a problem."""
    for sheet in with_rows(exported):
        report = await import_file(desk, sheet, folder / f"{sheet.value}.csv")
        assert report.problems == (), sheet
        assert report.added == exported.rows[f"{sheet.value}.csv"]


def same_files(one: Path, other: Path) -> None:
    for file in [*FILES, "registry.json"]:
        assert (one / file).read_bytes() == (other / file).read_bytes(), file


@pytest.mark.parametrize(
    "key", [None, OWNERS[0], *(pytest.param(key, marks=pytest.mark.proof) for key in OWNERS[1:])]
)
async def test_export_imports_again_to_the_same_files(
    seeded_desk: Desk, tmp_path: Path, key: str | None
) -> None:
    """What the operator exports, and what each office does, with records of every scope and owner."""
    await add_odd_records(seeded_desk)
    viewer = await viewer_of(seeded_desk, key) if key else None
    exported = await export_registry(seeded_desk, tmp_path / "first", viewer)
    assert exported.rows["partnerships.csv"] == len(_records(tmp_path / "first" / "partnerships.csv"))
    copy = await empty_copy(seeded_desk, tmp_path)
    await bring_back(copy, tmp_path / "first", exported)
    viewer = await viewer_of(copy, key) if key else None
    assert await export_registry(copy, tmp_path / "second", viewer) == exported
    same_files(tmp_path / "first", tmp_path / "second")
    for sheet in with_rows(exported):
        report = await import_file(copy, sheet, tmp_path / "first" / f"{sheet.value}.csv")
        assert (report.added, report.merged, report.problems) == (0, 0, ())
    await copy.database.close()


async def test_offices_are_made_where_records_need_them(seeded_desk: Desk, tmp_path: Path) -> None:
    """Records of an office that the registry does not have yet bring it along, as a member without rules."""
    await add_odd_records(seeded_desk)
    await export_registry(seeded_desk, tmp_path / "first", None)
    copy = await empty_copy(seeded_desk, tmp_path)
    for sheet in (Sheet.PLACES, Sheet.PARTNERSHIPS, Sheet.EXCHANGES):
        assert not (await import_file(copy, sheet, tmp_path / "first" / f"{sheet.value}.csv")).problems
    await export_registry(copy, tmp_path / "second", None)
    for file in ("places.csv", "partnerships.csv", "exchanges.csv"):
        assert (tmp_path / "second" / file).read_bytes() == (tmp_path / "first" / file).read_bytes(), file
    await copy.database.close()


def _records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.both_engines
async def test_an_office_exports_what_it_may_see(seeded_desk: Desk, tmp_path: Path) -> None:
    """Its own, its groups', what is shared; the operator everything, and how much of it is not public."""
    await add_odd_records(seeded_desk)
    scopes: dict[str, dict[str, set[str]]] = {}
    for name in ("operator", "anyone", *OWNERS):
        known = {"operator": None, "anyone": ANYONE}
        viewer = known[name] if name in known else await viewer_of(seeded_desk, name)
        exported = await export_registry(seeded_desk, tmp_path / name, viewer)
        found: dict[str, set[str]] = {scope: set() for scope in Scope}
        for file in RECORD_FILES:
            for record in _records(tmp_path / name / file):
                found[record["scope"]].add(record["office"])
        scopes[name] = found
        assert exported.restricted == sum(
            record["scope"] != "public"
            for file in RECORD_FILES
            for record in _records(tmp_path / name / file)
        )
    everybody = {"", *OWNERS}
    assert scopes["operator"] == {
        "office": set(OWNERS), "group": set(OWNERS), "shared": everybody, "public": everybody,
    }  # fmt: skip
    assert scopes["anyone"] == {"office": set(), "group": set(), "shared": everybody, "public": everybody}
    seen = {key: (scopes[key]["office"], scopes[key]["group"], scopes[key]["shared"]) for key in OWNERS}
    assert seen == {
        "taipei-tw": ({"taipei-tw"}, {"taipei-tw", "tainan-tw"}, everybody),
        "tainan-tw": ({"tainan-tw"}, {"taipei-tw", "tainan-tw"}, everybody),
        "prague-cz": ({"prague-cz"}, {"taipei-tw", "tainan-tw", "prague-cz"}, everybody),
        "seattle-us": ({"seattle-us"}, {"seattle-us"}, {"seattle-us"}),
    }


async def test_offices_and_groups_of_others_stay_theirs(seeded_desk: Desk, tmp_path: Path) -> None:
    """An office exports its own rules and its own groups; of other offices only that they are there."""
    await add_odd_records(seeded_desk)
    await export_registry(seeded_desk, tmp_path / "all", None)
    await export_registry(seeded_desk, tmp_path / "tainan", await viewer_of(seeded_desk, "tainan-tw"))
    await export_registry(seeded_desk, tmp_path / "taipei", await viewer_of(seeded_desk, "taipei-tw"))
    whole = {record["place"]: record for record in _records(tmp_path / "all" / "offices.csv")}
    assert whole["taipei-tw"]["everyone"] == "nobody"
    assert whole["taipei-tw"]["rest_day_rule"] == "working_day_before"
    assert (whole["prague-cz"]["standing"], whole["seattle-us"]["standing"]) == ("reader", "guest")
    seen = {record["place"]: record for record in _records(tmp_path / "tainan" / "offices.csv")}
    assert set(seen) == set(whole)
    assert seen["tainan-tw"] == whole["tainan-tw"]
    assert not any(
        seen["taipei-tw"][c]
        for c in ("everyone", "posting_hour", "leap_day_rule", "rest_day_rule", "other_leads", "kind_rules")
    )
    groups = {name: _records(tmp_path / name / "groups.csv") for name in ("all", "tainan", "taipei")}
    assert [group["key"] for group in groups["all"]] == ["nobody", "six-municipalities", "south"]
    assert [group["key"] for group in groups["tainan"]] == ["six-municipalities", "south"]
    assert groups["tainan"][1]["invited"] == "taipei-tw"
    assert [group["key"] for group in groups["taipei"]] == ["six-municipalities"]


async def test_what_brought_a_step_about_is_not_told_where_it_is_hidden(
    seeded_desk: Desk, tmp_path: Path
) -> None:
    """Its number alone would tell others that there is a record; words, and the office's own export, keep it."""
    offices = {office.place.key: office for office in await all_offices(seeded_desk)}
    tainan, taipei = offices["tainan-tw"], offices["taipei-tw"]
    active = StatusChange(Status.ACTIVE, PartialDate(2000))
    hidden = NewPartnership(
        Kind.MOU, (tainan.place.id, taipei.place.id), (active,), scope=Scope.OFFICE, office_id=tainan.id
    )
    async with seeded_desk.database.write() as session:
        (number,) = await insert_partnerships(session, [hidden])
        causes = (f"P{number}", "P1", "a letter about P1")
        paused = [
            StatusChange(Status.PAUSED, PartialDate(2001 + n), "x", trigger=c) for n, c in enumerate(causes)
        ]
        await insert_partnerships(session, [replace(hidden, scope=Scope.SHARED, history=(active, *paused))])

    async def told(viewer: Viewer | None, name: str) -> list[str | None]:
        await export_registry(seeded_desk, tmp_path / name, viewer)
        last = _records(tmp_path / name / "partnerships.csv")[-1]
        return [step.get("trigger") for step in json.loads(last["history"])[1:]]

    assert await told(None, "all") == list(causes)
    assert await told(tainan.viewer, "own") == list(causes)
    assert await told(taipei.viewer, "others") == [None, "P1", "a letter about P1"]


async def test_a_place_of_hidden_records_only_is_not_exported(seeded_desk: Desk, tmp_path: Path) -> None:
    """That it is there at all would tell of them; what it is part of comes along where it is named openly."""
    async with seeded_desk.database.write() as session:
        places = await insert_places(
            session, [NewPlace("atlantis", "Atlantis"), NewPlace("harbour", "Harbour")]
        )
        await update_places(session, [(places["harbour"], {"parent_id": places["atlantis"]})])
        (tainan,) = [o for o in await all_offices(seeded_desk) if o.place.key == "tainan-tw"]
        active = (StatusChange(Status.ACTIVE, None),)
        parties = (tainan.place.id, places["atlantis"])
        hidden = NewPartnership(Kind.MOU, parties, active, scope=Scope.OFFICE, office_id=tainan.id)
        await insert_partnerships(session, [hidden])

    async def exported(viewer: Viewer | None, name: str) -> set[str]:
        await export_registry(seeded_desk, tmp_path / name, viewer)
        return {record["key"] for record in _records(tmp_path / name / "places.csv")} & set(places)

    taipei = await viewer_of(seeded_desk, "taipei-tw")
    assert await exported(None, "all") == {"atlantis", "harbour"}
    assert await exported(tainan.viewer, "tainan") == {"atlantis"}
    assert await exported(taipei, "taipei") == set()
    async with seeded_desk.database.write() as session:
        open_ = replace(hidden, parties=(tainan.place.id, places["harbour"]), scope=Scope.SHARED)
        await insert_partnerships(session, [open_])
    assert await exported(taipei, "again") == {"atlantis", "harbour"}


async def test_nothing_of_a_server_is_exported(seeded_desk: Desk, tmp_path: Path) -> None:
    """Neither its id, nor channels, nor roles: those belong to the server, and a backup has them."""
    await add_odd_records(seeded_desk)
    await export_registry(seeded_desk, tmp_path / "out", None)
    for path in (tmp_path / "out").iterdir():
        text = path.read_text(encoding="utf-8")
        assert not any(number in text for number in ("123456789012345678", "987654321098765432"))
        assert not any(word in text for word in ("guild", "channel", "notify_role", "request_id"))


async def test_cells_that_a_spreadsheet_would_run_are_neutralised(seeded_desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    await add_odd_records(seeded_desk)
    await export_registry(seeded_desk, folder, None)
    for file in FILES:
        for record in _records(folder / file):
            for column, value in record.items():
                assert value[:1] not in set("=+-@\t\r") or column in ("lat", "lon"), (file, column, value)
    assert any(record["lat"].startswith("-") for record in _records(folder / "places.csv"))


async def test_strange_directories_are_refused(seeded_desk: Desk, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.doc").write_text("precious")
    file = tmp_path / "file"
    file.write_text("precious")
    for directory, key in (
        (mine, "not_empty"),
        (file, "not_a_directory"),
        (file / "below", "not_a_directory"),
    ):
        with pytest.raises(BadInput) as refused:
            await export_registry(seeded_desk, directory, ANYONE)
        assert refused.value.key == f"export.{key}"
    assert (mine / "thesis.doc").read_text() == "precious"
    assert [path.name for path in mine.iterdir()] == ["thesis.doc"]


async def test_an_earlier_export_is_replaced(seeded_desk: Desk, tmp_path: Path) -> None:
    first = await export_registry(seeded_desk, tmp_path / "out", ANYONE)
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert await export_registry(seeded_desk, tmp_path / "out", ANYONE) == first
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"]), min_size=1).map(str.strip).filter(bool)
MEAN = st.text("'=+-@,\";| \n\\é臺", min_size=1).map(str.strip).filter(bool)


@given(st.lists(st.one_of(TEXT, MEAN), min_size=1, max_size=5))
def test_any_text_survives_a_file(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("csv") / "exchanges.csv"
    records = [
        {**dict.fromkeys(EXCHANGE_LAYOUT.columns), "number": n, "note": t}
        for n, t in enumerate(texts, start=1)
    ]
    path.write_text(table_text(EXCHANGE_LAYOUT.columns, records), encoding="utf-8-sig", newline="")
    table = read_table(path, EXCHANGE_LAYOUT.columns)
    assert [line.cells["note"] for line in table.lines] == texts


# Any registry ------------------------------------------------------------------------------------------------

CITIES = ("tainan", "taipei", "ministry", "seattle", "prague", "osaka")
SHORT = st.one_of(TEXT, MEAN).map(lambda text: text[:40].strip()).filter(bool)
DATES = st.one_of(
    st.builds(PartialDate, st.integers(1900, 2025)),
    st.builds(PartialDate, st.integers(1900, 2025), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(1900, 2025), st.integers(1, 12), st.integers(1, 28)),
)
SOURCES = st.lists(SHORT, max_size=3, unique=True).map(tuple)
STEPS = st.builds(
    StatusChange,
    st.sampled_from(Status),
    st.none() | DATES,
    *[st.none() | SHORT] * 2,
    until=st.none() | DATES,
    trigger=st.none() | SHORT,
    source=st.none() | SHORT,
)
PARTS = st.fixed_dictionaries(
    act_strategies({"": SHORT, "language": st.sampled_from(["en", "zh-TW"])}, DATES)
)
DETAILS = st.fixed_dictionaries(exchange_strategies({"": SHORT}, DATES))
MOMENTS = st.integers(0, 10**15).map(lambda n: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(microseconds=n))


@st.composite
def whose(draw: st.DrawFn) -> dict[str, Any]:
    """How far a record reaches, whose it is (a city, to become its office), and who stands in it."""
    scope = draw(st.sampled_from(Scope))
    owners = st.sampled_from(CITIES)
    owner = draw(owners if scope in (Scope.OFFICE, Scope.GROUP) else st.none() | owners)
    parties = draw(st.lists(st.sampled_from(CITIES), min_size=2, max_size=4, unique=True))
    return {"scope": scope, "office_id": owner, "places": tuple(parties)}


@st.composite
def acts(draw: st.DrawFn) -> dict[str, Any]:
    common = draw(whose())
    return {
        "kind": draw(st.sampled_from(Kind)),
        "parties": common.pop("places"),
        "history": tuple(draw(st.lists(STEPS, min_size=1, max_size=3))),
        "signed": draw(st.none() | DATES),
        "named": draw(st.none() | SHORT),
        "note": draw(st.none() | SHORT),
        "as_of": draw(st.none() | DATES),
        "sources": draw(SOURCES),
        "cadence_months": draw(st.none() | st.integers(1, 1200)),
        **draw(PARTS),
        **common,
    }


@st.composite
def events(draw: st.DrawFn) -> dict[str, Any]:
    day = draw(DATES)
    return {
        "kind": draw(st.sampled_from(ExchangeKind)),
        "status": draw(st.sampled_from(ExchangeStatus)),
        "date": day,
        "title": draw(st.just("") | SHORT),
        "mode": draw(st.none() | st.sampled_from(Mode)),
        "level": draw(st.none() | st.sampled_from(ExchangeLevel)),
        "end_date": draw(st.none() | st.just(day)),
        "starts_at": draw(st.none() | MOMENTS),
        "title_zh": draw(st.none() | SHORT),
        "topic": draw(st.none() | SHORT),
        "summary": draw(st.none() | SHORT),
        "people": draw(st.none() | st.integers(1, 100_000)),
        "note": draw(st.none() | SHORT),
        "sources": draw(SOURCES),
        "paired": draw(st.booleans()),
        "near": draw(st.integers(1, 3)),
        **draw(DETAILS),
        **draw(whose()),
    }


SOME_LEADS = st.sets(st.integers(0, 366), max_size=12).map(lambda days: tuple(sorted(days, reverse=True)))
OWN_SAVINGS = SavingRules(True, 3, Range(0.1, 0.25), Range(30_000, 60_000), "TWD", ODD)
OFFICE = st.fixed_dictionaries(
    {
        "posting_hour": st.integers(0, 23),
        "leap_day_rule": st.sampled_from(LeapDayRule),
        "rest_day_rule": st.sampled_from(RestDayRule),
        "leads": st.builds(Leads, SOME_LEADS, SOME_LEADS),
        "standing": st.sampled_from(Standing),
        "everyone": st.sampled_from(EVERYONE_ROLES),
        "savings": st.sampled_from([DEFAULT_SAVINGS, SavingRules(shown=False), OWN_SAVINGS]),
    }
)
NAMES = SHORT.map(lambda text: " ".join(text.split())).filter(fold)
GROUPS = st.lists(
    st.tuples(NAMES, st.dictionaries(st.sampled_from(CITIES), st.sampled_from(MembershipState))),
    max_size=3,
    unique_by=lambda group: fold(group[0]),
)


@st.composite
def persons(draw: st.DrawFn) -> dict[str, Any]:
    common = draw(whose())
    scope = Scope.SHARED if common["scope"] is Scope.PUBLIC else common["scope"]
    texts = ("post", "post_zh", "organisation", "email", "phone", "note", "programme")
    dates = ("since", "until", "programme_year", "confirmed_on")
    where = common.pop("places", None) or common.pop("parties", None)
    return {
        "role": draw(st.sampled_from(ContactRole)),
        "name": draw(SHORT),
        "name_zh": draw(st.none() | SHORT),
        **{name: draw(st.none() | SHORT) for name in texts},
        **{name: draw(st.none() | DATES) for name in dates},
        "consent": draw(DATES),
        "has_left": draw(st.booleans()),
        "replaced": draw(st.booleans()),
        "city": draw(st.sampled_from(CITIES)) if where is None else where[0],
        "sources": draw(SOURCES),
        **common,
        "scope": scope,
    }


async def _store(desk: Desk, offices: Any, groups: Any, ties: Any, visits: Any, people: Any = ()) -> None:
    """A registry as the strategies describe it, also with guests in groups: offices that have become guests."""
    async with desk.database.write() as session:
        places = await insert_places(session, [NewPlace(city, city, zone="Asia/Taipei") for city in CITIES])
        ids: dict[str | None, int | None] = {None: None}
        for city, office in zip(CITIES, offices, strict=True):
            ids[city] = await insert_office(session, places[city], "en", "Asia/Taipei", **office)
        for n, (name, members) in enumerate(groups):
            group_id = await insert_group(session, f"the-group-{n}", name, None)
            for city, state in members.items():
                await set_membership(session, group_id, ids[city] or 0, state, desk.clock())

        def stored(record: dict[str, Any], where: str) -> dict[str, Any]:
            known = {"office_id": ids[record["office_id"]], where: tuple(places[c] for c in record[where])}
            return record | known

        made = await insert_partnerships(session, [NewPartnership(**stored(tie, "parties")) for tie in ties])
        await link_successors(session, [(one, other) for one, other in zip(made, made[2:], strict=False)])
        events = []
        for n, each in enumerate(visits, 1):
            known = {name: value for name, value in each.items() if name not in ("paired", "near")}
            other = n + 1 if each["paired"] and n < len(visits) else None
            near = min(each["near"], len(each["places"]) - 1)
            events.append(
                NewExchange(**stored(known, "places"), number=n, paired_with=other, home_places=near)
            )
        await insert_exchanges(session, events)
        kept = []
        for n, each in enumerate(people, 1):
            known = {name: value for name, value in each.items() if name not in ("replaced", "city")}
            later = n + 1 if each["replaced"] and n < len(people) else None
            known |= {"office_id": ids[each["office_id"]], "place_id": places[each["city"]]}
            kept.append(NewContact(**known, number=n, replaced_by=later))
        await insert_contacts(session, kept)


async def _round_trip(template: Path, folder: Path, city: str | None, *registry: Any) -> None:
    """Export what the office of a city sees, or the operator, import it into an empty database, and export it again."""
    first, copy = [await _opened(template, folder / f"{name}.db") for name in ("first", "copy")]
    await _store(first, *registry)
    exported = await export_registry(first, folder / "1", await viewer_of(first, city) if city else None)
    await bring_back(copy, folder / "1", exported)
    again = await export_registry(copy, folder / "2", await viewer_of(copy, city) if city else None)
    assert again == exported
    same_files(folder / "1", folder / "2")
    for desk in (first, copy):
        await desk.database.close()


async def _opened(template: Path, file: Path) -> Desk:
    shutil.copy(template, file)
    return Desk(Database(database_url(f"sqlite:///{file}")), clock)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    city=st.none() | st.sampled_from(CITIES),
    offices=st.lists(OFFICE, min_size=len(CITIES), max_size=len(CITIES)),
    groups=GROUPS,
    ties=st.lists(acts(), max_size=8),
    visits=st.lists(events(), max_size=6),
    people=st.lists(persons(), max_size=6),
)
def test_any_registry_comes_back(
    templates: dict[bool, Path],
    tmp_path_factory: pytest.TempPathFactory,
    city: str | None,
    offices: Any,
    groups: Any,
    ties: Any,
    visits: Any,
    people: Any,
) -> None:
    """Whatever offices, groups and records there are, with whatever texts: the same bytes, whoever exports."""
    folder = tmp_path_factory.mktemp("any")
    asyncio.run(_round_trip(templates[False], folder, city, offices, groups, ties, visits, people))


# Sheets of groups and offices --------------------------------------------------------------------------------


async def problems(desk: Desk, folder: Path, sheet: Sheet, *rows: str) -> list[tuple[int, str, str]]:
    path = folder / f"{sheet.value}.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    report = await import_file(desk, sheet, path)
    return [(problem.row, problem.column, problem.key) for problem in report.problems]


async def test_what_is_wrong_with_a_sheet_of_groups(seeded_desk: Desk, tmp_path: Path) -> None:
    """Each row gets its remedy, and nothing is stored."""
    await add_office(seeded_desk, "prague-cz", Standing.GUEST)
    rows = [
        ("=x,South,,,", [("key", "key_unreadable")]),
        (",South,,,", [("key", "cell_empty")]),
        ("south,…,,,", [("name_en", "group_name_unreadable")]),
        ("south," + "x" * 81 + ",,,", [("name_en", "text_too_long")]),
        ("other,六都,,,", [("name_en", "group_name_taken")]),
        ("south,South,,tainan-tw|nowhere,", [("members", "place_key_unknown")]),
        ("south,South,,seattle-us,", [("members", "office_unknown")]),
        ("south,South,,prague-cz,", [("members", "group_guest")]),
        ("south,South,,tainan-tw,taipei-tw|tainan-tw", [("invited", "group_office_twice")]),
        ("first,First,,tainan-tw,", []),
        ("first,Second,,tainan-tw,", [("key", "group_key_twice")]),
        ("third,first,,tainan-tw,", [("name_en", "group_name_taken")]),
    ]
    header = "key,name_en,name_zh,members,invited"
    found = await problems(seeded_desk, tmp_path, Sheet.GROUPS, header, *(row for row, _ in rows))
    assert found == [(n, *each) for n, (_, expected) in enumerate(rows, 2) for each in expected]
    assert await problems(seeded_desk, tmp_path, Sheet.GROUPS, header, "south,South,南部,tainan-tw,") == []
    again = await problems(seeded_desk, tmp_path, Sheet.GROUPS, header, "south,Elsewhere,,taipei-tw,")
    assert again == []
    await export_registry(seeded_desk, tmp_path / "out", None)
    kept = {record["key"]: record for record in _records(tmp_path / "out" / "groups.csv")}
    assert (kept["south"]["name_en"], kept["south"]["members"]) == ("South", "tainan-tw")


async def test_what_is_wrong_with_a_sheet_of_offices(seeded_desk: Desk, tmp_path: Path) -> None:
    """A word that is none of the choices is pointed out; what is left out is the usual."""
    header = "place,language,zone,rest_day_rule,standing,everyone"
    base = "seattle-us,en,America/Los_Angeles"
    for row, expected in (
        (f"{base},someday,,", ("rest_day_rule", "rest_day_rule_unknown")),
        (f"{base},,owner,", ("standing", "standing_unknown")),
        (f"{base},,,administrator", ("everyone", "everyone_unknown")),
    ):
        assert await problems(seeded_desk, tmp_path, Sheet.OFFICES, header, row) == [(2, *expected)]
    assert await problems(seeded_desk, tmp_path, Sheet.OFFICES, header, f"{base},,guest,") == []
    made = next(office for office in await all_offices(seeded_desk) if office.place.key == "seattle-us")
    assert (made.standing, made.everyone, made.posting_hour) == (Standing.GUEST, Role.LOGGER, 9)
    assert made.rest_day_rule is RestDayRule.SAME_DAY


async def test_what_is_wrong_with_a_sheet_of_contacts(seeded_desk: Desk, tmp_path: Path) -> None:
    """Each row gets its remedy, and nothing is stored: nobody comes after themselves, alumni need their consent."""
    header = "number,role,name,place,replaced_by,consent,scope,office"
    rows = [
        ("1,chief,A,seattle-us,,,office,tainan-tw", [("role", "contact_role_unknown")]),
        ("2,other,,seattle-us,,,office,tainan-tw", [("name", "cell_empty")]),
        ("3,other,A,nowhere,,,office,tainan-tw", [("place", "place_key_unknown")]),
        ("4,other,A,,,,office,tainan-tw", [("place", "cell_empty")]),
        ("5,other,A,seattle-us,,,public,tainan-tw", [("scope", "contact_public")]),
        ("6,other,A,seattle-us,,,,", [("office", "office_missing")]),
        ("7,alumnus,A,seattle-us,,,office,tainan-tw", [("consent", "contact_without_consent")]),
        ("8,other,A,seattle-us,9,,office,tainan-tw", [("replaced_by", "record_unknown")]),
        ("9,other,B,seattle-us,10,,office,tainan-tw", [("replaced_by", "record_unknown")]),
        ("10,other,C,seattle-us,8,,office,tainan-tw", [("replaced_by", "record_unknown")]),
        ("11,other,D,seattle-us,99,,office,tainan-tw", [("replaced_by", "record_unknown")]),
    ]
    found = await problems(seeded_desk, tmp_path, Sheet.CONTACTS, header, *(row for row, _ in rows))
    assert found == [(n, *each) for n, (_, expected) in enumerate(rows, 2) for each in expected]
    row = ",other,Jane,seattle-us,,,,tainan-tw"
    assert await problems(seeded_desk, tmp_path, Sheet.CONTACTS, header, row) == []
    again = await import_file(seeded_desk, Sheet.CONTACTS, tmp_path / "contacts.csv")
    assert (again.added, again.unchanged) == (0, 1)


async def test_what_is_wrong_with_a_sheet_of_pressure_notes(seeded_desk: Desk, tmp_path: Path) -> None:
    """No note without a source or a place, none that reaches beyond a group; the same told again is one note."""
    header = "number,kind,date,what,places,act,sources,scope,office"
    rows = [
        ("1,scandal,2024,A,prague-cz,,x,office,tainan-tw", [("kind", "incident_unknown")]),
        ("2,threat,,A,prague-cz,,x,office,tainan-tw", [("date", "cell_empty")]),
        ("3,threat,2024,,prague-cz,,x,office,tainan-tw", [("what", "cell_empty")]),
        ("4,threat,2024,A,,,x,office,tainan-tw", [("places", "cell_empty")]),
        ("5,threat,2024,A,nowhere,,x,office,tainan-tw", [("places", "place_key_unknown")]),
        ("6,threat,2024,A,prague-cz,,,office,tainan-tw", [("sources", "pressure_without_source")]),
        ("7,threat,2024,A,prague-cz,,x,shared,tainan-tw", [("scope", "pressure_too_wide")]),
        ("8,threat,2024,A,prague-cz,,x,public,tainan-tw", [("scope", "pressure_too_wide")]),
        ("9,threat,2024,A,prague-cz,P99999,x,office,tainan-tw", [("act", "record_unknown")]),
        ("10,threat,2024,A,prague-cz,X1,x,office,tainan-tw", [("act", "record_unknown")]),
        ("11,threat,2024,A,prague-cz,,x,,", [("office", "office_missing")]),
        (
            f"12,threat,2024,A,prague-cz,,{'x' * 301},office,tainan-tw",
            [("sources", "pressure_sources_too_long")],
        ),
    ]
    found = await problems(seeded_desk, tmp_path, Sheet.PRESSURE, header, *(row for row, _ in rows))
    assert found == [(n, *each) for n, (_, expected) in enumerate(rows, 2) for each in expected]
    row = ",threat,2024,A letter,prague-cz,P26,x,,tainan-tw"
    assert await problems(seeded_desk, tmp_path, Sheet.PRESSURE, header, row) == []
    again = await import_file(seeded_desk, Sheet.PRESSURE, tmp_path / "pressure.csv")
    assert (again.added, again.unchanged) == (0, 1)


# The command line --------------------------------------------------------------------------------------------


def test_the_operator_is_told_what_is_not_public(shell: Shell, tmp_path: Path) -> None:
    """How many records are for few eyes, on standard error; an office's export has only what it sees."""
    assert shell("export", "public").stderr == ""
    header = "number,kind,status,signed,parties,sources,scope,office"
    rows = [
        f",mou,active,,{city}|berlin-de,x,{scope},{city}"
        for city in ("tainan-tw", "taipei-tw")
        for scope in ("office", "group", "shared")
    ]
    (tmp_path / "places.csv").write_text("key,name_en,country\nberlin-de,Berlin,DE", encoding="utf-8")
    (tmp_path / "ties.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    assert shell("import", "places", "places.csv").returncode == 0
    assert shell("import", "partnerships", "ties.csv").returncode == 0
    whole = shell("export", "whole")
    assert "6 of these records are not public (for one office: 2, for a group: 2, for all offices: 2)" in (
        whole.stderr
    )
    assert "partnerships.csv: 340" in whole.stdout
    one = shell("export", "one", "--office", "臺南")
    assert "5 of these records are not public" in one.stderr
    assert "partnerships.csv: 339" in one.stdout
    assert "尚未公開" not in shell("export", "zh", ATTACHE_LANGUAGE="zh-TW").stderr
    assert "並未公開" in shell("export", "zh", ATTACHE_LANGUAGE="zh-TW").stderr
    nobody = shell("export", "none", "--office", "Seattle")
    assert nobody.returncode == 1
    assert "Seattle has no office" in nobody.stderr
