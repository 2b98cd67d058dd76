"""Importing: what a file may look like, what is refused and why, which rows speak of one act or place."""

import contextlib
import gzip
import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.access import ANYONE, Scope
from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput
from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeStatus, Mode
from bot.domain.partnerships import Kind, Partnership, Status
from bot.services.desk import Desk
from bot.services.importing import limits
from bot.services.importing.exchange_rows import direction
from bot.services.importing.files import read_table
from bot.services.importing.layouts import guarded, join_list, split_list, unguarded
from bot.services.imports import ImportReport, Sheet, import_file
from db.exchanges import all_exchanges, exchange
from db.partnerships import all_partnerships, partnership
from db.places import place_by_key, places_named

GATHERED = "city,city_zh,partner,partner_zh,partner_region,partner_country,kind,signed,status,source,note"
WORLD = (
    "city,country,lat,lon,partner,partner_country,partner_lat,partner_lon,since,kind,"
    "city_wikidata,partner_wikidata,source,since_other"
)
REGISTRY = "number,kind,status,signed,parties,named,ended,end_reason,superseded_by,sources,as_of,note"
PLACES = "key,name_en,name_zh,aliases,country,region_en,lat,lon,zone,parent,successor"
EVENTS = "date,city,partner,kind,title,source"
SAMPLE = """\
Taipei,臺北市,Houston,休士頓,Texas,US,sister_city,1961-06-15,active,https://example.org/a,
Taipei,臺北市,Wellington,威靈頓,,NZ,mou,2015-02,unknown,https://example.org/b,exchange MOU
Taipei,臺北市,Wellington,威靈頓,,NZ,mou,2015-02-12,active,https://example.org/c,
Kaohsiung,高雄市,Portland,波特蘭,Oregon,US,sister_city,1988-10-11,active,https://example.org/d,
Kaohsiung,高雄市,Portland,,Maine,US,sister_city,2001-05-01,unknown,https://example.org/e,
"""


def write(folder: Path, header: str, *rows: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *(row.rstrip("\n") for row in rows)]) + "\n", encoding="utf-8")
    return path


async def ties(desk: Desk, folder: Path, *rows: str, header: str = GATHERED) -> ImportReport:
    return await import_file(desk, Sheet.PARTNERSHIPS, write(folder, header, *rows), country="TW")


async def acts(desk: Desk) -> list[Partnership]:
    async with desk.database.read() as session:
        return await all_partnerships(session, ANYONE)


async def events(desk: Desk) -> list[Exchange]:
    async with desk.database.read() as session:
        return await all_exchanges(session, ANYONE)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.merged, report.unchanged, report.problem_count


# Files as a whole -------------------------------------------------------------------------------------------


async def test_sample_of_a_gathered_list(desk: Desk, tmp_path: Path) -> None:
    report = await ties(desk, tmp_path, SAMPLE)
    assert counts(report) == (4, 1, 0, 0)
    assert report.places_added == 6
    houston, wellington, oregon, maine = await acts(desk)
    assert houston.signed == PartialDate(1961, 6, 15)
    assert houston.scope is Scope.SHARED
    assert houston.as_of == PartialDate(2026, 11, 20)
    assert [place.key for place in houston.parties] == ["taipei-tw", "houston-us"]
    assert houston.parties[1].zone == "America/Chicago"
    assert houston.parties[1].name_zh == "休士頓"
    assert (wellington.signed, wellington.status) == (PartialDate(2015, 2, 12), Status.ACTIVE)
    assert wellington.sources == ("https://example.org/b", "https://example.org/c")
    assert wellington.note == "exchange MOU"
    assert oregon.parties[1].key == "portland-us"
    assert maine.parties[1].key == "portland-maine-us"
    again = await ties(desk, tmp_path, SAMPLE)
    assert counts(again) == (0, 0, 5, 0)
    assert again.places_added == 0
    assert await acts(desk) == [houston, wellington, oregon, maine]


def _as_xlsx(path: Path, rows: Sequence[Sequence[object]]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)


ROWS = [
    line.split(",")
    for line in (GATHERED, "Taipei,臺北市,Houston,休士頓,Texas,US,sister_city,1961,active,src,")
]


@pytest.mark.parametrize(
    "encode",
    [
        pytest.param(lambda rows: _lines(rows, ",").encode(), id="utf-8"),
        pytest.param(lambda rows: _lines(rows, ",").encode("utf-8-sig"), id="bom"),
        pytest.param(lambda rows: _lines(rows, "\t").encode("utf-16"), id="utf-16 tabs"),
        pytest.param(lambda rows: _lines(rows, ";").encode("cp950"), id="big5 semicolons"),
        pytest.param(lambda rows: gzip.compress(_lines(rows, ",").encode()), id="gzip"),
        pytest.param(lambda rows: _lines(rows, ",").replace("\n", "\r\n").encode(), id="windows"),
        pytest.param(
            lambda rows: _lines(rows, ",").replace("partner_zh", "Partner ZH").encode(), id="header"
        ),
    ],
)
async def test_every_way_a_spreadsheet_saves(desk: Desk, tmp_path: Path, encode: object) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(encode(ROWS))  # type: ignore[operator]
    report = await import_file(desk, Sheet.PARTNERSHIPS, path, country="TW")
    assert counts(report) == (1, 0, 0, 0)
    (act,) = await acts(desk)
    assert act.parties[1].name_zh == "休士頓"
    assert act.signed == PartialDate(1961)


def _lines(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    return "".join(delimiter.join(row) + "\n" for row in rows)


async def test_workbook_with_real_dates_and_numbers(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "ties.xlsx"
    header = GATHERED.split(",")
    tie = ["Taipei", "臺北市", "Houston", None, "Texas", "US", "sister_city"]
    rows = [
        [*tie, datetime(1961, 6, 15, tzinfo=UTC).replace(tzinfo=None), "active", "src", None],
        ["Taipei", None, "Seoul", None, None, "KR", "sister_city", 1968.0, "active", "src", "=no formula"],
        [None] * 11,
        ["Taipei", None, "Boston", None, None, "US", "sister_city", date(1996, 1, 2), "active", "src", None],
    ]
    _as_xlsx(path, [header, *rows])
    book = openpyxl.load_workbook(path)
    book.active["K3"].data_type = "s"
    book.save(path)
    report = await import_file(desk, Sheet.PARTNERSHIPS, path, country="TW")
    assert report.problems == ()
    assert [act.signed.iso() for act in await acts(desk) if act.signed] == [
        "1961-06-15",
        "1968",
        "1996-01-02",
    ]
    assert (await acts(desk))[1].note == "=no formula"


async def test_formula_in_a_workbook_is_a_problem(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "ties.xlsx"
    _as_xlsx(path, [*ROWS, ["=1+1", "", "Houston", "", "", "US", "sister_city", "", "", "src", ""]])
    report = await import_file(desk, Sheet.PARTNERSHIPS, path, country="TW")
    assert next((p.row, p.column, p.key) for p in report.problems) == (3, "city", "cell_formula")
    assert await acts(desk) == []


def _zip(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "key"),
    [
        pytest.param(content, key, id=f"{key} {number}")
        for number, (content, key) in enumerate(
            [
                (b"", "file_empty"),
                (b"\xef\xbb\xbf \n", "file_empty"),
                (GATHERED.encode(), "file_empty"),
                (bytes(range(256)) * 4, "file_binary"),
                (b"\x89PNG\r\n\x1a\n\x00\x00", "file_binary"),
                (f"{GATHERED}\nMálaga,,Curaçao,,,CW,mou,,,é,".encode("latin-1"), "file_encoding"),
                (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "file_encrypted"),
                (b"PK\x03\x04 not really", "file_damaged"),
                (_zip(a=b"no workbook"), "file_no_workbook"),
                (gzip.compress(b"city")[:-6], "file_damaged"),
                (_zip(a=b"\x00" * 3000), "file_too_large"),
                (gzip.compress(b"a" * 3000), "file_too_large"),
                (b"x" * 2001, "file_too_large"),
                (f'{GATHERED}\n"Taipei,,Houston\n'.encode(), "file_quotes"),
                (b"city,partner,partner_country,kind,source,city\na,b,c,d,e,f", "file_column_twice"),
                (b"town,partner,partner_country,kind,source\na,b,c,d,e", "file_columns_missing"),
                (b"city,partner,partner_country,kind,source,signd\na,b,c,d,e,f", "file_columns_unknown"),
            ]
        )
    ],
)
async def test_files_that_cannot_be_read(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, key: str
) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", 2000)
    monkeypatch.setattr(limits, "MAX_EXPANDED", 2000)
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        await import_file(desk, Sheet.PARTNERSHIPS, path, country="TW")
    assert refused.value.key == f"import.{key}"


async def test_wrong_columns_are_named(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path, "town,partner,partner_country,kind,source", "a,b,c,d,e")
    with pytest.raises(BadInput) as refused:
        await import_file(desk, Sheet.PARTNERSHIPS, path)
    assert refused.value.values["missing"] == ["city"]
    assert "town" in refused.value.values["found"]


async def test_no_file_at_all(desk: Desk, tmp_path: Path) -> None:
    for path, key in ((tmp_path / "none.csv", "file_missing"), (tmp_path, "file_directory")):
        with pytest.raises(BadInput, match=key):
            await import_file(desk, Sheet.PARTNERSHIPS, path)
    with pytest.raises(BadInput, match=r"import\.country_unknown"):
        await import_file(desk, Sheet.PARTNERSHIPS, write(tmp_path, GATHERED, SAMPLE), country="ZZ")


# Rows -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "column", "key"),
    [
        ("Taipei,,Houston,,,US,sister_city,1991-13,,s,", "signed", "date_impossible"),
        ("Taipei,,Houston,,,US,sister_city,1991-02-30,,s,", "signed", "date_impossible"),
        ("Taipei,,Houston,,,US,sister_city,1991-00-00,,s,", "signed", "date_impossible"),
        ("Taipei,,Houston,,,US,sister_city,03/04/1991,,s,", "signed", "date_ambiguous"),
        ("Taipei,,Houston,,,US,sister_city,soon,,s,", "signed", "date_unreadable"),
        ("Taipei,,Houston,,,US,sister_city,2026-11-21,,s,", "signed", "date_in_future"),
        ("Taipei,,Houston,,,US,sister_city,2027,,s,", "signed", "date_in_future"),
        ("Taipei,,Houston,,,XX,sister_city,,,s,", "partner_country", "country_unknown"),
        ("Taipei,,Houston,,,USA,sister_city,,,s,", "partner_country", "country_unknown"),
        ("Taipei,,Houston,,,EU,sister_city,,,s,", "partner_country", "country_unknown"),
        ("Taipei,,Houston,,,US,sister,,,s,", "kind", "kind_unknown"),
        ("Taipei,,Houston,,,US,sister_city,,alive,s,", "status", "status_unknown"),
        ("Taipei,,Houston,,,,sister_city,,,s,", "partner_country", "cell_empty"),
        ("Taipei,,Houston", "kind", "cell_empty"),
        ("Taipei,,,,,US,sister_city,,,s,", "partner", "cell_empty"),
        ("Taipei,,Houston,,,US,sister_city,,,,", "source", "cell_empty"),
        ("Taipei,,!!!,,,US,sister_city,,,s,", "partner", "name_unreadable"),
        (f"Taipei,,{'x' * 201},,,US,sister_city,,,s,", "partner", "text_too_long"),
        (f"Taipei,,Houston,,,US,sister_city,,,s,{'x' * 4001}", "note", "text_too_long"),
        ("Taipei,,TAIPEI,,,TW,sister_city,,,s,", "partner", "same_place"),
        ("Taipei,,Houston,,,US,sister_city,,,s,,more", "", "cell_without_column"),
    ],
)
async def test_problems_of_a_row(desk: Desk, tmp_path: Path, row: str, column: str, key: str) -> None:
    report = await ties(desk, tmp_path, "Taipei,,Seoul,,,KR,sister_city,1968,,s,", "", row)
    assert (report.problems[0].row, report.problems[0].column, report.problems[0].key) == (4, column, key)
    assert len(report.problems[0].value) <= 80
    assert await acts(desk) == []
    async with desk.database.read() as session:
        assert await place_by_key(session, None, "seoul-kr") is None


async def test_without_a_country_the_city_could_be_anywhere(desk: Desk, tmp_path: Path) -> None:
    report = await import_file(desk, Sheet.PARTNERSHIPS, write(tmp_path, GATHERED, SAMPLE))
    assert {problem.key for problem in report.problems} == {"country_missing"}
    assert report.problem_count == 5


async def test_three_bad_rows_of_five_hundred_are_named_and_nothing_is_stored(
    desk: Desk, tmp_path: Path
) -> None:
    rows = [f"Taipei,,Sample{n},,,US,sister_city,{1900 + n % 100},,s," for n in range(500)]
    for n in (7, 250, 499):
        rows[n] = rows[n].replace(",US,", ",QQ,")
    report = await ties(desk, tmp_path, *rows)
    assert [problem.row for problem in report.problems] == [9, 252, 501]
    assert (report.rows, await acts(desk)) == (500, [])


async def test_two_hundred_problems_are_kept_and_all_are_counted(desk: Desk, tmp_path: Path) -> None:
    report = await ties(desk, tmp_path, *(f"Taipei,,Sample{n},,,QQ,mou,,,s," for n in range(300)))
    assert (len(report.problems), report.problem_count) == (200, 300)


async def test_what_looks_like_a_formula_is_kept_as_text(desk: Desk, tmp_path: Path) -> None:
    await ties(
        desk, tmp_path, 'Taipei,,Houston,,,US,mou,,,s,"=HYPERLINK(""x"")"', "Taipei,,Seoul,,,KR,mou,,,s,'=1"
    )
    assert [act.note for act in await acts(desk)] == ['=HYPERLINK("x")', "=1"]


async def test_dry_run_counts_and_stores_nothing(desk: Desk, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    path = write(tmp_path, GATHERED, SAMPLE)
    report = await import_file(
        desk, Sheet.PARTNERSHIPS, path, country="tw", dry_run=True, progress=lambda *step: steps.append(step)
    )
    assert (counts(report), report.dry_run, await acts(desk)) == ((4, 1, 0, 0), True, [])
    assert steps[-1][0] == steps[-1][1]


async def test_roc_years_are_read(desk: Desk, tmp_path: Path) -> None:
    await ties(desk, tmp_path, "Taipei,,Manila,,,PH,sister_city,民國55年,,s,")
    assert (await acts(desk))[0].signed == PartialDate(1966)


# One act, several rows --------------------------------------------------------------------------------------

SISTER = "Taipei,,Boston,,,US,sister_city,{},{},{},{}"


@pytest.mark.parametrize(
    ("first", "second", "signed", "number_of_acts"),
    [
        (("1996", "", "a", ""), ("1996", "", "b", ""), ["1996"], 1),
        (("1996", "", "a", ""), ("1996-05", "", "b", ""), ["1996-05"], 1),
        (("1996-05-06", "", "a", ""), ("1996", "", "b", ""), ["1996-05-06"], 1),
        (("", "", "a", ""), ("1996", "", "b", ""), ["1996"], 1),
        (("1996", "", "a", ""), ("", "", "b", ""), ["1996"], 1),
        (("1996", "", "a", ""), ("1997", "", "b", ""), ["1996", "1997"], 2),
        (("1996-05-06", "", "a", ""), ("1996-05-07", "", "b", ""), ["1996-05-06", "1996-05-07"], 2),
    ],
)
@pytest.mark.parametrize("in_one_file", [True, False])
async def test_dates_of_one_act(
    desk: Desk,
    tmp_path: Path,
    first: tuple[str, ...],
    second: tuple[str, ...],
    signed: list[str],
    number_of_acts: int,
    in_one_file: bool,
) -> None:
    rows = [SISTER.format(*first), SISTER.format(*second)]
    for batch in [rows] if in_one_file else [[row] for row in rows]:
        assert not (await ties(desk, tmp_path, *batch)).problems
    found = await acts(desk)
    assert [act.signed.iso() for act in found if act.signed] == signed
    assert len(found) == number_of_acts
    if number_of_acts == 1:
        assert found[0].sources == ("a", "b")
        assert found[0].history[0].since in (None, found[0].signed)
    assert counts(await ties(desk, tmp_path, *rows)) == (0, 0, 2, 0)


async def test_other_kind_is_another_act(desk: Desk, tmp_path: Path) -> None:
    row = SISTER.format("1996", "", "a", "")
    assert (await ties(desk, tmp_path, row, row.replace("sister_city", "mou"))).added == 2


async def test_either_side_may_come_first(desk: Desk, tmp_path: Path) -> None:
    header = GATHERED.replace("city_zh", "city_country")
    rows = ["Taipei,TW,Boston,,,US,sister_city,1996,,a,", "Boston,US,Taipei,,,TW,sister_city,1996,,b,"]
    report = await ties(desk, tmp_path, *rows, header=header)
    assert counts(report) == (1, 1, 0, 0)


async def test_ended_acts_are_not_revived(desk: Desk, tmp_path: Path) -> None:
    await ties(desk, tmp_path, SISTER.format("1996", "ended", "a", ""))
    report = await ties(desk, tmp_path, SISTER.format("", "active", "b", ""))
    (act,) = await acts(desk)
    assert (act.status, act.sources) == (Status.ENDED, ("a", "b"))
    assert [note.key for note in report.notes] == ["note_ended", "note_merged"]


async def test_notes_are_kept_and_an_unknown_status_becomes_known(desk: Desk, tmp_path: Path) -> None:
    await ties(
        desk, tmp_path, SISTER.format("1996", "", "a", "one"), SISTER.format("1996", "active", "a", "two")
    )
    (act,) = await acts(desk)
    assert (act.note, act.status) == ("one ; two", Status.ACTIVE)
    report = await ties(desk, tmp_path, SISTER.format("1996", "paused", "a", ""))
    assert [note.key for note in report.notes] == ["note_status_differs"]
    assert (await acts(desk))[0].status is Status.ACTIVE


async def test_office_secrets_are_neither_joined_nor_shown(seeded_desk: Desk, tmp_path: Path) -> None:
    header = f"{REGISTRY},scope,office"
    secret = "9000,mou,prospective,,taipei-tw|ghent-be,,,,,desk,,secret,office,taipei-tw"
    places = write(tmp_path, PLACES, "ghent-be,Ghent,,,BE,,,,,,", name="places.csv")
    await import_file(seeded_desk, Sheet.PLACES, places)
    assert not (await ties(seeded_desk, tmp_path, secret, header=header)).problems
    report = await ties(seeded_desk, tmp_path, "Taipei,,Ghent,,,BE,mou,2020,,s,")
    assert counts(report) == (1, 0, 0, 0)
    taken = await ties(
        seeded_desk, tmp_path, "9000,mou,active,,taipei-tw|ghent-be,,,,,desk,,", header=REGISTRY
    )
    assert [problem.key for problem in taken.problems] == ["number_taken"]


async def test_a_row_of_an_office_stays_its_own(seeded_desk: Desk, tmp_path: Path) -> None:
    """Without a number it joins the office's record, and nobody else's, even where both tell of one act."""
    await ties(seeded_desk, tmp_path, "Taipei,,Ghent,,,BE,mou,2020,,s,")
    before = await acts(seeded_desk)
    secret = ",mou,active,2020,taipei-tw|ghent-be,,,,,a rumour,,a secret,office,taipei-tw"
    for expected in ((1, 0, 0, 0), (0, 0, 1, 0)):
        report = await ties(seeded_desk, tmp_path, secret, header=f"{REGISTRY},scope,office")
        assert counts(report) == expected
    assert await acts(seeded_desk) == before


async def test_an_event_of_an_office_is_not_joined(seeded_desk: Desk, tmp_path: Path) -> None:
    """A list that everybody may read neither meets it nor shows that it is there."""
    header = "number,kind,status,date,title_en,places,sources,scope,office"
    secret = "900,aid,held,2024-01-02,Books,taipei-tw|prague-cz,desk,office,taipei-tw"
    await import_file(seeded_desk, Sheet.EXCHANGES, write(tmp_path, header, secret))
    gathered = write(tmp_path, EVENTS, "2024-01-02,Taipei,Prague,gift,Books,s")
    assert counts(await import_file(seeded_desk, Sheet.EXCHANGES, gathered)) == (1, 0, 0, 0)
    assert (await events(seeded_desk))[-1].sources == ("s",)


# The table of the world -------------------------------------------------------------------------------------


@pytest.mark.both_engines
async def test_world_rows_join_what_the_registry_has(seeded_desk: Desk, tmp_path: Path) -> None:
    before = await acts(seeded_desk)
    houston = "Houston,US,29.7628,-95.3831,Taipei,TW,25.0375,121.5625,,,,Q1867,hekman+other,"
    report = await ties(seeded_desk, tmp_path, houston, header=WORLD)
    assert counts(report) == (0, 1, 0, 0)
    after = await acts(seeded_desk)
    assert len(after) == len(before)
    assert set(after[0].sources) - set(before[0].sources) == {"other"}
    assert "https://github.com/Hekman/twincities" in after[0].sources
    assert after[0].note == before[0].note
    assert counts(await ties(seeded_desk, tmp_path, houston, header=WORLD)) == (0, 0, 1, 0)


async def test_world_kinds(desk: Desk, tmp_path: Path) -> None:
    rows = [
        "Bern,CH,,,Kiel,DE,,,1990,partnership,,,a,",
        "Bern,CH,,,Bonn,DE,,,1991,friendship,,,a,1989|2000",
        "Bern,CH,,,Köln,DE,,,1992,contact,,,a,",
        "Bern,CH,,,Ulm,DE,,,,,,,a,",
    ]
    assert not (await ties(desk, tmp_path, *rows, header=WORLD)).problems
    found = await acts(desk)
    assert [act.kind for act in found] == [
        Kind.SISTER_CITY,
        Kind.FRIENDSHIP_CITY,
        Kind.CONTACT,
        Kind.SISTER_CITY,
    ]
    assert [act.note for act in found] == [
        None,
        "also given: 1989, 2000",
        None,
        "kind not stated by the source",
    ]
    header = GATHERED.replace("city_zh", "city_country")
    await ties(desk, tmp_path, "Bern,CH,Ulm,,,DE,friendship_city,1999,active,b,", header=header)
    stated = (await acts(desk))[3]
    assert (stated.kind, stated.signed, stated.note) == (Kind.FRIENDSHIP_CITY, PartialDate(1999), None)


async def test_places_of_one_name_are_told_apart_by_the_map(desk: Desk, tmp_path: Path) -> None:
    rows = [
        "Eisenberg,DE,49.5614,8.0725,Eisenberg,DE,50.9667,11.9000,,,,,a,",
        "Bern,CH,46.948,7.4474,Eisenberg,DE,49.56,8.07,,,,,a,",
        "Bern,CH,46.948,7.4474,Eisenberg,DE,50.97,11.91,,,,,a,",
        "Bern,CH,46.948,7.4474,Eisenberg,DE,,,,,,,b,",
    ]
    report = await ties(desk, tmp_path, *rows, header=WORLD)
    assert (report.problems, report.places_added) == ((), 4)
    async with desk.database.read() as session:
        found = await places_named(session, None, "eisenberg")
    assert [(place.key, place.lat) for place in found] == [
        ("eisenberg-de", 49.5614),
        ("eisenberg-de-2", 50.9667),
        ("eisenberg-de-3", None),
    ]
    assert (await ties(desk, tmp_path, *rows, header=WORLD)).places_added == 0


async def test_no_country_is_a_note_in_the_world_table(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path, WORLD, "Tōmi,,,,Madras,US,44.6335,-121.1295,,,,,hekman,")
    report = await import_file(desk, Sheet.PARTNERSHIPS, path)
    assert ([note.key for note in report.notes], report.added) == (["note_country_missing"], 1)
    async with desk.database.read() as session:
        tomi = await place_by_key(session, None, "tomi")
    assert tomi is not None
    assert tomi.country is None
    assert (await import_file(desk, Sheet.PARTNERSHIPS, path)).unchanged == 1


@pytest.mark.parametrize(
    "row",
    [
        "Radom,PL,51.4036,21.1567,Taoyuan,TW,24.993,121.301,,,,,hekman+rogorido+l3viathan,",
        "Columbus,US,39.9833,-82.9833,Taichung,TW,24.1439,120.6794,,,,,hekman,",
        "Guam,US,13.5,144.8,Taipei,TW,25.0375,121.5625,,,,,hekman+l3viathan,",
    ],
)
async def test_rows_that_a_keeper_has_put_right_are_not_doubled(
    seeded_desk: Desk, tmp_path: Path, row: str
) -> None:
    before = len(await acts(seeded_desk))
    report = await ties(seeded_desk, tmp_path, row, header=WORLD)
    assert (report.added, report.places_added, len(await acts(seeded_desk))) == (0, 0, before)


async def test_gathered_names_with_brackets(seeded_desk: Desk, tmp_path: Path) -> None:
    rows = ["Gushan (Kaohsiung),,Kiel,,,DE,mou,2020,,s,", "Nowhere (Kaohsiung),,Kiel,,,DE,mou,2020,,s,"]
    assert not (await ties(seeded_desk, tmp_path, *rows)).problems
    gushan, nowhere = [act.parties[0] for act in (await acts(seeded_desk))[-2:]]
    assert gushan.key == "gushan-tw"
    async with seeded_desk.database.read() as session:
        kaohsiung = await place_by_key(session, None, "kaohsiung-tw")
    assert kaohsiung is not None
    assert (nowhere.name_en, nowhere.parent_id) == ("Nowhere", kaohsiung.id)


# The registry's own layout ----------------------------------------------------------------------------------

TWO_PLACES = [
    "taipei-tw,Taipei,臺北市,Taibei,TW,,25.0375,121.5625,Asia/Taipei,,",
    "seoul-kr,Seoul,,,KR,,,,,,",
]


async def registry(desk: Desk, folder: Path, *rows: str, header: str = REGISTRY) -> ImportReport:
    await import_file(desk, Sheet.PLACES, write(folder, PLACES, *TWO_PLACES, name="places.csv"))
    return await ties(desk, folder, *rows, header=header)


async def test_record_numbers_are_kept(desk: Desk, tmp_path: Path) -> None:
    rows = [
        "14,mou,ended,2001,taipei-tw|seoul-kr,,2020-01-13,superseded,26,a ; b,2026-11,",
        "26,sister_city,active,2020-01-13,taipei-tw|seoul-kr,,,,,a,2026-11,",
    ]
    assert counts(await registry(desk, tmp_path, *rows)) == (2, 0, 0, 0)
    async with desk.database.read() as session:
        old = await partnership(session, ANYONE, 14)
    assert old is not None
    assert (old.superseded_by, old.sources) == (26, ("a", "b"))
    assert old.ended is not None
    assert (old.ended.since, old.ended.reason) == (PartialDate(2020, 1, 13), "superseded")
    assert counts(await registry(desk, tmp_path, *rows)) == (0, 0, 2, 0)
    await ties(desk, tmp_path, "Taipei,,Boston,,,US,mou,,,s,")
    assert (await acts(desk))[-1].id == 27


@pytest.mark.parametrize(
    ("row", "column", "key"),
    [
        ("1,mou,active,,taipei-tw|nowhere,,,,,a,,", "parties", "place_key_unknown"),
        ("1,mou,active,,taipei-tw,,,,,a,,", "parties", "too_few_places"),
        ("1,mou,active,,taipei-tw|taipei-tw,,,,,a,,", "parties", "too_few_places"),
        ("0,mou,active,,taipei-tw|seoul-kr,,,,,a,,", "number", "number_unreadable"),
        ("P1,mou,active,,taipei-tw|seoul-kr,,,,,a,,", "number", "number_unreadable"),
        ("1,mou,active,,taipei-tw|seoul-kr,,,,9,a,,", "superseded_by", "record_unknown"),
        ("1,mou,,,taipei-tw|seoul-kr,,,,,a,,", "status", "cell_empty"),
        ("2,mou,active,1999,taipei-tw|seoul-kr,,,,,a,,", "number", "number_twice"),
    ],
)
async def test_problems_of_registry_rows(desk: Desk, tmp_path: Path, row: str, column: str, key: str) -> None:
    good = "2,mou,active,,taipei-tw|seoul-kr,,,,,a,,"
    report = await registry(desk, tmp_path, good, row)
    assert [(p.row, p.column, p.key) for p in report.problems] == [(3, column, key)]


async def test_another_record_under_the_number_is_a_problem(desk: Desk, tmp_path: Path) -> None:
    await registry(desk, tmp_path, "1,mou,active,,taipei-tw|seoul-kr,,,,,a,,")
    report = await registry(desk, tmp_path, "1,mou,paused,,taipei-tw|seoul-kr,,,,,a,,")
    assert [(p.key, p.values) for p in report.problems] == [("number_taken", {"record": "P1"})]


@pytest.mark.parametrize(
    ("row", "column", "key"),
    [
        ("Bad Key,X,,,TW,,,,,,", "key", "key_unreadable"),
        ("taipei-tw,X,,,TW,,,,,,", "key", "key_twice"),
        ("x,X,,,TW,,91,0,,,", "lat", "degrees_unreadable"),
        ("x,X,,,TW,,nan,0,,,", "lat", "degrees_unreadable"),
        ("x,X,,,TW,,1,,,,", "lon", "point_half"),
        ("x,X,,,TW,,,,Mars/Olympus,,", "zone", "zone_unknown"),
        ("x,X,,,TW,,,,,x,", "parent", "place_loop"),
        ("x,X,,,TW,,,,,,y", "successor", "place_key_unknown"),
        ("x,X,,!|?,TW,,,,,,", "aliases", "name_unreadable"),
    ],
)
async def test_problems_of_places(desk: Desk, tmp_path: Path, row: str, column: str, key: str) -> None:
    path = write(tmp_path, PLACES, *TWO_PLACES, row)
    report = await import_file(desk, Sheet.PLACES, path)
    assert next((p.row, p.column, p.key) for p in report.problems) == (4, column, key)
    async with desk.database.read() as session:
        assert await place_by_key(session, None, "taipei-tw") is None


async def test_blanks_of_a_place_are_filled_and_nothing_is_written_over(desk: Desk, tmp_path: Path) -> None:
    await import_file(desk, Sheet.PLACES, write(tmp_path, PLACES, *TWO_PLACES))
    fuller = "seoul-kr,Seoul,首爾,漢城,KR,,37.57,126.98,Asia/Seoul,,"
    assert counts(await import_file(desk, Sheet.PLACES, write(tmp_path, PLACES, fuller))) == (0, 1, 0, 0)
    assert counts(await import_file(desk, Sheet.PLACES, write(tmp_path, PLACES, fuller))) == (0, 0, 1, 0)
    async with desk.database.read() as session:
        (seoul,) = await places_named(session, None, "漢城")
    assert (seoul.name_zh, seoul.zone) == ("首爾", "Asia/Seoul")
    other = await import_file(desk, Sheet.PLACES, write(tmp_path, PLACES, fuller.replace("37.57", "40.0")))
    assert [(p.column, p.key) for p in other.problems] == [("lat", "place_differs")]


# Exchanges --------------------------------------------------------------------------------------------------


async def test_gathered_exchanges(seeded_desk: Desk, tmp_path: Path) -> None:
    rows = [
        "2024-01-02,Tainan,San Jose,delegation_visit,Mayor of San Jose visits Tainan,s",
        "2024-01-03,Tainan,San Jose,delegation_visit,Mayor of Tainan in San Jose for a day,s",
        "2024-01-04,Tainan,San Jose,delegation_visit,A meeting of friends,s",
        "2024-01-05,Tainan,San Jose,gift,Books,s",
        "2024-01-06,Tainan,San Jose,virtual_visit,Breakfast planned online,s",
        "2027-01-07,Tainan,San Jose,sports,Race,s",
        "2024-01,Hengchun (Pingtung),Wakkanai,cultural_event,Dances,s",
    ]
    path = write(tmp_path, EVENTS, *rows)
    report = await import_file(seeded_desk, Sheet.EXCHANGES, path)
    assert counts(report) == (7, 0, 0, 0)
    found = (await events(seeded_desk))[-7:]
    assert [each.kind for each in found] == [
        ExchangeKind.VISIT_IN,
        ExchangeKind.VISIT_OUT,
        ExchangeKind.VISIT,
        ExchangeKind.AID,
        ExchangeKind.VIRTUAL_VISIT,
        ExchangeKind.SPORT,
        ExchangeKind.CULTURE,
    ]
    assert [each.status for each in found].count(ExchangeStatus.PLANNED) == 2
    assert (found[0].mode, found[4].mode, found[3].mode) == (Mode.IN_PERSON, Mode.VIRTUAL, None)
    assert [place.key for place in found[0].places] == ["tainan-tw", "san-jose-us"]
    assert [place.key for place in found[6].places] == ["hengchun-tw", "wakkanai-jp"]
    again = await import_file(seeded_desk, Sheet.EXCHANGES, path)
    assert counts(again) == (0, 0, 7, 0)


@pytest.mark.parametrize(
    ("row", "column", "key"),
    [
        (",Taipei,Prague,gift,Books,s", "date", "cell_empty"),
        ("2024-01-02,Taipei,Atlantis,gift,Books,s", "partner", "place_unknown"),
        ("2024-01-02,Taipei,Taipei City,gift,Books,s", "partner", "same_place"),
        ("2024-01-02,Taipei,Prague,party,Books,s", "kind", "exchange_kind_unknown"),
        ("2024-01-02,Hengchun,San Jose,gift,Books,s", "partner", "place_ambiguous"),
    ],
)
async def test_problems_of_exchanges(
    seeded_desk: Desk, tmp_path: Path, row: str, column: str, key: str
) -> None:
    before = len(await events(seeded_desk))
    report = await import_file(seeded_desk, Sheet.EXCHANGES, write(tmp_path, EVENTS, row))
    assert [(p.row, p.column, p.key) for p in report.problems] == [(2, column, key)]
    assert len(await events(seeded_desk)) == before


async def test_exchanges_in_the_registry_layout(seeded_desk: Desk, tmp_path: Path) -> None:
    header = (
        "number,kind,mode,status,level,date,end_date,title_en,title_zh,places,sources,note,"
        "starts_at,people,office"
    )
    row = (
        "900,webinar,virtual,held,official,2026-01-02,2026-01-03,Trams,電車,taipei-tw|prague-cz,s,,"
        "2026-01-02T09:00:00+08:00,12,taipei-tw"
    )
    path = write(tmp_path, header, row)
    assert counts(await import_file(seeded_desk, Sheet.EXCHANGES, path)) == (1, 0, 0, 0)
    async with seeded_desk.database.read() as session:
        stored = await exchange(session, ANYONE, 900)
    assert stored is not None
    assert stored.starts_at == datetime(2026, 1, 2, 1, 0, tzinfo=UTC)
    assert (stored.people, stored.title_zh) == (12, "電車")
    assert counts(await import_file(seeded_desk, Sheet.EXCHANGES, path)) == (0, 0, 1, 0)
    for wrong, key in (
        ("held,official,2027-01-02", "date_in_future"),
        ("held,mayor,2026-01-02", "level_unknown"),
        ("over,official,2026-01-02", "exchange_status_unknown"),
    ):
        bad = write(tmp_path, header, row.replace("held,official,2026-01-02", wrong))
        report = await import_file(seeded_desk, Sheet.EXCHANGES, bad)
        assert key in {problem.key for problem in report.problems}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Mayor of Radom visits Taoyuan", ExchangeKind.VISIT_IN),
        ("New governor of Radom visits Taoyuan on a 23rd", ExchangeKind.VISIT_IN),
        ("Mayor of Radom at the Smart City Summit in Taoyuan", ExchangeKind.VISIT_IN),
        ("Mayor of Taoyuan in Radom for 40 years of ties", ExchangeKind.VISIT_OUT),
        ("Mayor of Taoyuan visits Chiba, Narita and Radom", ExchangeKind.VISIT),
        ("Mayors of Taoyuan and Radom meet", ExchangeKind.VISIT),
        ("Mayor of Radom receives gifts from the mayor of Taoyuan", ExchangeKind.VISIT),
        ("Deputy mayor leads a group", ExchangeKind.VISIT),
    ],
)
def test_who_went(title: str, expected: ExchangeKind) -> None:
    assert direction(title, ["Taoyuan"], ["Radom"]) is expected


# Cells ------------------------------------------------------------------------------------------------------

ODD = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip).filter(bool)


@given(st.one_of(st.text(), st.text("'=+-@\t x")))
def test_guard_comes_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in set("=+-@\t")


@given(st.lists(st.one_of(ODD, st.text("|; \\ab", min_size=1).map(str.strip).filter(bool))))
def test_lists_in_a_cell_come_apart_again(parts: list[str]) -> None:
    for separator in ("|", " ; "):
        assert split_list(join_list(parts, separator), separator) == parts


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


WORKBOOK = _workbook()


@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=100).map(lambda text: f"{GATHERED}\n{text}".encode(errors="replace")),
        st.tuples(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=8)).map(
            lambda damage: WORKBOOK[: damage[0]] + damage[1] + WORKBOOK[damage[0] + len(damage[1]) :]
        ),
        st.integers(0, len(WORKBOOK)).map(lambda length: WORKBOOK[:length]),
    )
)
def test_no_file_is_worse_than_bad_input(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(content)
    with contextlib.suppress(BadInput):
        assert read_table(path, GATHERED.split(",")).lines
