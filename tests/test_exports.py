"""Exporting: the files import again to the same registry, and hold what the viewer may see and no more."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.access import ANYONE, Scope, Viewer
from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.services.desk import Desk
from bot.services.exports import export_registry, table_text
from bot.services.importing.files import read_table
from bot.services.importing.layouts import EXCHANGE_LAYOUT
from bot.services.imports import Sheet, import_file
from bot.services.offices import all_offices
from db.engine import Database, database_url
from db.exchanges import NewExchange, insert_exchanges
from db.partnerships import NewPartnership, insert_partnerships
from db.places import ids_by_key
from db.schema import upgrade

ORDER = (Sheet.PLACES, Sheet.OFFICES, Sheet.PARTNERSHIPS, Sheet.EXCHANGES)
CSVS = [f"{sheet.value}.csv" for sheet in ORDER]
ODD = '=1+1; say "hi", \'tis | a \\ b ; c\n@second line — 臺北 🙂'


async def office_id(desk: Desk, key: str) -> int:
    return next(office.id for office in await all_offices(desk) if office.place.key == key)


async def add_odd_records(desk: Desk) -> Viewer:
    """Records that use every column, with texts that a careless writer of CSV would break."""
    taipei = await office_id(desk, "taipei-tw")
    async with desk.database.write() as session:
        ids = await ids_by_key(session, ["taipei-tw", "prague-cz", "tainan-tw"])
        parties = (ids["taipei-tw"], ids["prague-cz"], ids["tainan-tw"])
        history = (
            StatusChange(Status.PROPOSED, PartialDate(2024), ODD, "Lin"),
            StatusChange(Status.PAUSED, PartialDate(2025, 3), None, None),
        )
        await insert_partnerships(
            session,
            [
                NewPartnership(
                    kind=Kind.PROJECT,
                    parties=parties,
                    history=history,
                    named="-twins",
                    note=ODD,
                    sources=(ODD, "; x", "x ;", "\\", "'=1"),
                    scope=scope,
                    office_id=taipei,
                    cadence_months=7,
                )
                for scope in (Scope.SHARED, Scope.OFFICE)
            ],
        )
        await insert_exchanges(
            session,
            [
                NewExchange(
                    kind=ExchangeKind.VIRTUAL_VISIT,
                    status=ExchangeStatus.HELD,
                    date=PartialDate(2026, 11, 1),
                    title="",
                    topic="+trams",
                    summary=ODD,
                    people=6,
                    starts_at=desk.clock(),
                    places=parties[:2],
                    sources=("''=",),
                    scope=scope,
                    office_id=taipei,
                    request_id=scope.value,
                )
                for scope in (Scope.SHARED, Scope.OFFICE)
            ],
        )
    return Viewer(taipei)


async def empty_copy(desk: Desk, folder: Path) -> Desk:
    database = Database(database_url(f"sqlite:///{folder / 'copy.db'}"))
    await upgrade(database)
    return Desk(database, desk.clock)


async def test_export_imports_again_to_the_same_files(seeded_desk: Desk, tmp_path: Path) -> None:
    viewer = await add_odd_records(seeded_desk)
    rows = await export_registry(seeded_desk, tmp_path / "first", viewer)
    assert rows["partnerships.csv"] == len(_records(tmp_path / "first" / "partnerships.csv"))
    copy = await empty_copy(seeded_desk, tmp_path)
    for sheet in ORDER:
        report = await import_file(copy, sheet, tmp_path / "first" / f"{sheet.value}.csv")
        assert report.problems == ()
        assert report.added == rows[f"{sheet.value}.csv"]
    again = await export_registry(copy, tmp_path / "second", Viewer(await office_id(copy, "taipei-tw")))
    assert again == rows
    for file in [*CSVS, "registry.json"]:
        assert (tmp_path / "second" / file).read_bytes() == (tmp_path / "first" / file).read_bytes(), file
    for sheet in ORDER:
        report = await import_file(copy, sheet, tmp_path / "first" / f"{sheet.value}.csv")
        assert (report.added, report.merged, report.problems) == (0, 0, ())
    await copy.database.close()


async def test_offices_are_made_where_records_need_them(seeded_desk: Desk, tmp_path: Path) -> None:
    viewer = await add_odd_records(seeded_desk)
    await export_registry(seeded_desk, tmp_path / "first", viewer)
    copy = await empty_copy(seeded_desk, tmp_path)
    for sheet in (Sheet.PLACES, Sheet.PARTNERSHIPS, Sheet.EXCHANGES):
        assert not (await import_file(copy, sheet, tmp_path / "first" / f"{sheet.value}.csv")).problems
    await export_registry(copy, tmp_path / "second", Viewer(await office_id(copy, "taipei-tw")))
    for file in ("places.csv", "partnerships.csv", "exchanges.csv"):
        assert (tmp_path / "second" / file).read_bytes() == (tmp_path / "first" / file).read_bytes(), file
    await copy.database.close()


def _records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


async def test_nobody_exports_what_is_an_offices_own(seeded_desk: Desk, tmp_path: Path) -> None:
    viewer = await add_odd_records(seeded_desk)
    theirs = await export_registry(seeded_desk, tmp_path / "taipei", viewer)
    everyones = await export_registry(seeded_desk, tmp_path / "anyone", ANYONE)
    tainan = Viewer(await office_id(seeded_desk, "tainan-tw"))
    others = await export_registry(seeded_desk, tmp_path / "tainan", tainan)
    assert others == everyones
    assert theirs["partnerships.csv"] == everyones["partnerships.csv"] + 1
    assert theirs["exchanges.csv"] == everyones["exchanges.csv"] + 1
    whole = json.loads((tmp_path / "anyone" / "registry.json").read_text(encoding="utf-8"))
    assert {act["scope"] for act in whole["partnerships"]} == {"public", "shared"}
    assert set(whole) == {"places", "partnerships", "exchanges", "offices"}


async def test_cells_that_a_spreadsheet_would_run_are_neutralised(seeded_desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    await export_registry(seeded_desk, folder, await add_odd_records(seeded_desk))
    for file in CSVS:
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
