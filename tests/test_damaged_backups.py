"""Files that are no whole backup of ours: each is told in a sentence, and the database stays as it is."""

import gzip
import io
import json
import random
import struct
import tarfile
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import db.archive
from bot.domain.errors import AttacheError, BadInput, Unavailable
from bot.services.backups import check_backup, make_backup, restore_backup
from bot.services.desk import Desk
from db.archive import MANIFEST
from db.shapes import Form, from_json, to_json
from tests.backups import Members, address_of, contents, fill, manifest_of, members, names, packed
from tests.conftest import clock

pytestmark = pytest.mark.proof


PLACES = "tables/places.jsonl"


@pytest.fixture
async def whole(desk: Desk, tmp_path: Path) -> Path:
    """A whole backup."""
    await fill(desk)
    folder = tmp_path / "whole"
    folder.mkdir()
    await make_backup(desk, folder / "b.attache")
    return folder / "b.attache"


def read(file: Path) -> bytes:
    return file.read_bytes()


def write(file: Path, data: bytes | bytearray) -> None:
    file.write_bytes(data)


async def refusal(desk: Desk, file: Path) -> AttacheError:
    """Why a file is not restored; nothing else may have happened."""
    await desk.database.close()
    before = await contents(desk.database)
    await desk.database.close()
    lying = names(file.parent)
    with pytest.raises(AttacheError) as caught:
        await restore_backup(address_of(desk), clock, file)
    assert await contents(desk.database) == before
    await desk.database.close()
    assert names(file.parent) == lying
    return caught.value


# The file ----------------------------------------------------------------------------------------------------


def tarred(data: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def zipped(**found: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in found.items():
            archive.writestr(name, data)
    return file.getvalue()


FILES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _: b"", "backup.not_ours"),
    "text": (lambda _: b"places,offices\n1,2\n", "backup.not_ours"),
    "noise": (lambda _: random.Random(7).randbytes(5000), "backup.not_ours"),
    "a gzip": (gzip.compress, "backup.not_ours"),
    "a tar": (tarred, "backup.not_ours"),
    "another zip": (lambda _: zipped(readme=b"hello"), "backup.not_ours"),
    "an empty zip": (lambda _: zipped(), "backup.not_ours"),
    "half": (lambda whole: whole[: len(whole) // 2], "backup.damaged"),
    "without its last byte": (lambda whole: whole[:-1], "backup.damaged"),
    "its second half": (lambda whole: whole[len(whole) // 2 :], "backup.damaged"),
    "a hole": (lambda whole: whole[:300] + b"\0" * 200 + whole[500:], "backup.damaged"),
    "lines ends changed": (lambda whole: whole.replace(b"\n", b"\r\n"), "backup.damaged"),
}


@pytest.mark.parametrize("engine_name", ["sqlite"])
@pytest.mark.parametrize("name", FILES)
async def test_a_file_that_is_no_whole_backup(desk: Desk, whole: Path, name: str) -> None:
    """Another kind of file, or one that was cut short or changed on its way."""
    spoil, key = FILES[name]
    write(whole, spoil(read(whole)))
    error = await refusal(desk, whole)
    assert (error.key, error.values) == (key, {"file": str(whole)})


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_no_changed_byte_passes_for_the_original(desk: Desk, whole: Path) -> None:
    """Wherever a byte is changed, either the file is refused or what it holds is still the same."""
    data, original = read(whole), members(whole)
    chance = random.Random(11)
    refused = 0
    for place in chance.sample(range(len(data)), 400):
        spoilt = bytearray(data)
        spoilt[place] ^= 1 << chance.randrange(8)
        write(whole, spoilt)
        try:
            await check_backup(whole)
        except BadInput:
            refused += 1
        else:
            assert members(whole) == original
    assert refused > 200


# What is in it -----------------------------------------------------------------------------------------------

Change = Callable[[Members], None]


def manifest(change: Callable[[dict[str, Any]], None]) -> Change:
    """A change of the manifest."""

    def changed(found: Members) -> None:
        document = manifest_of(found)
        change(document)
        found[MANIFEST] = json.dumps(document).encode()

    return changed


def rows(table: str, change: Callable[[list[list[Any]]], Any]) -> Change:
    """A change of rows by somebody who sets the counts and sums right."""

    def changed(found: Members) -> None:
        member = f"tables/{table}.jsonl"
        lines = [json.loads(line) for line in found[member].splitlines()]
        change(lines)
        data = b"".join(json.dumps(line, separators=(",", ":")).encode() + b"\n" for line in lines)
        found[member] = data
        document = manifest_of(found)
        document["tables"][table] |= {
            "rows": len(lines), "bytes": len(data), "sha256": sha256(data).hexdigest()
        }  # fmt: skip
        found[MANIFEST] = json.dumps(document).encode()

    return changed


def raw(member: str, data: bytes) -> Change:
    def changed(found: Members) -> None:
        found[member] = data

    return changed


def counted(table: str, data: bytes, count: int) -> Change:
    """Other bytes for a table, with a manifest to match."""

    def changed(found: Members) -> None:
        found[f"tables/{table}.jsonl"] = data
        document = manifest_of(found)
        document["tables"][table] |= {
            "rows": count, "bytes": len(data), "sha256": sha256(data).hexdigest()
        }  # fmt: skip
        found[MANIFEST] = json.dumps(document).encode()

    return changed


def without(name: str) -> Change:
    def changed(found: Members) -> None:
        del found[name]

    return changed


def both(*changes: Change) -> Change:
    def changed(found: Members) -> None:
        for change in changes:
            change(found)

    return changed


INSIDES: dict[str, tuple[Change, str]] = {
    "no manifest": (without(MANIFEST), "backup.not_ours"),
    "another manifest": (raw(MANIFEST, b'{"name": "x"}'), "backup.not_ours"),
    "a list for a manifest": (raw(MANIFEST, b"[1, 2]"), "backup.not_ours"),
    "a manifest that is no JSON": (raw(MANIFEST, b"{"), "backup.damaged"),
    "a manifest of no text": (raw(MANIFEST, b"\xff\xfe{}"), "backup.damaged"),
    "a manifest nested without end": (raw(MANIFEST, b"[" * 100_000), "backup.damaged"),
    "a huge manifest": (raw(MANIFEST, b" " * 3_000_000), "backup.swollen"),
    "a later format": (manifest(lambda m: m.update(version=2)), "backup.too_new"),
    "a format of no number": (manifest(lambda m: m.update(version="2")), "backup.too_new"),
    "a later revision": (manifest(lambda m: m.update(revision="9999")), "backup.too_new"),
    "no revision": (manifest(lambda m: m.pop("revision")), "backup.damaged"),
    "a moment that is none": (manifest(lambda m: m.update(made_at="yesterday")), "backup.damaged"),
    "tables that are none": (manifest(lambda m: m.update(tables=[1])), "backup.damaged"),
    "a count below zero": (manifest(lambda m: m["tables"]["places"].update(rows=-1)), "backup.damaged"),
    "another count": (manifest(lambda m: m["tables"]["places"].update(rows=2)), "backup.damaged"),
    "another sum": (manifest(lambda m: m["tables"]["places"].update(sha256="00")), "backup.damaged"),
    "a table too few": (without(PLACES), "backup.damaged"),
    "a table too few, and not missed": (
        both(without(PLACES), manifest(lambda m: m["tables"].pop("places"))),
        "backup.damaged",
    ),
    "a table too many": (raw("tables/colours.jsonl", b""), "backup.damaged"),
    "a name that leads out": (raw("../../places.jsonl", b"[]\n"), "backup.damaged"),
    "other rows": (raw(PLACES, b"[1]\n"), "backup.damaged"),
    "an older revision's name on newer tables": (
        manifest(lambda m: m.update(revision="0001")), "backup.damaged",
    ),
    "a column too few": (
        both(
            manifest(lambda m: m["tables"]["places"]["columns"].pop()),
            rows("places", lambda lines: [line.pop() for line in lines]),
        ),
        "backup.damaged",
    ),
    "a row too short": (rows("places", lambda lines: lines[1].pop()), "backup.damaged"),
    "a row that is none": (counted("places", b'{"id": 1}\n', 1), "backup.damaged"),
    "a row that is no JSON": (counted("places", b"[1,\n", 1), "backup.damaged"),
    "a row nested without end": (counted("places", b"[" * 100_000 + b"\n", 1), "backup.damaged"),
    "a word for a number": (rows("places", lambda lines: lines[0].__setitem__(0, "one")), "backup.damaged"),
    "a number of many digits": (
        counted("preferences", b"[" + b"9" * 5000 + b',"en"]\n', 1), "backup.damaged",
    ),
    "a number too large": (counted("preferences", b'[9223372036854775808,"en"]\n', 1), "backup.damaged"),
    "a truth for a number": (counted("preferences", b'[true,"en"]\n', 1), "backup.damaged"),
    "a number for a word": (counted("preferences", b"[1,2]\n", 1), "backup.damaged"),
    "a row twice": (counted("preferences", b'[1,"en"]\n[1,"en"]\n', 2), "backup.does_not_fit"),
    "a row without its key": (counted("preferences", b'[null,"en"]\n', 1), "backup.does_not_fit"),
}  # fmt: skip


@pytest.mark.parametrize("engine_name", ["sqlite"])
@pytest.mark.parametrize("name", INSIDES)
async def test_a_backup_that_somebody_has_changed(desk: Desk, whole: Path, name: str) -> None:
    """However well the change is made, what does not belong there is not loaded."""
    change, key = INSIDES[name]
    found = members(whole)
    change(found)
    packed(whole, found)
    assert (await refusal(desk, whole)).key == key


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (rows("partnership_parties", lambda lines: lines[0].__setitem__(2, 999)), "backup.does_not_fit"),
        (rows("places", lambda lines: lines[0].__setitem__(13, 999)), "backup.does_not_fit"),
        (rows("offices", lambda lines: lines.append([*lines[0]])), "backup.does_not_fit"),
        (rows("places", lambda lines: lines[0].__setitem__(2, 5)), "backup.damaged"),
    ],
    ids=["no such place", "no such parent", "an office twice", "a number for a name"],
)
async def test_rows_that_point_to_nothing(desk: Desk, whole: Path, change: Change, key: str) -> None:
    """The keys of either engine refuse them when everything before them is loaded already: it is taken back."""
    found = members(whole)
    change(found)
    packed(whole, found)
    assert (await refusal(desk, whole)).key == key


@pytest.mark.parametrize("engine_name", ["postgresql"])
@pytest.mark.parametrize("text", ["geheim" * 100, "geheim\0"])
async def test_what_only_one_engine_takes(desk: Desk, whole: Path, text: str) -> None:
    """SQLite keeps any text under any limit; PostgreSQL does not, and its refusal does not repeat the text."""
    found = members(whole)
    rows("places", lambda lines: lines[0].__setitem__(2, text))(found)
    packed(whole, found)
    error = await refusal(desk, whole)
    assert (error.key, error.values["table"]) == ("backup.does_not_fit", "places")
    assert "geheim" not in error.values["reason"]


# Bombs -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_a_file_that_unpacks_without_end(
    desk: Desk, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a small file that would fill the disk not even the beginning is unpacked."""
    monkeypatch.setattr(db.archive, "HARMLESS", 1 << 20)
    line = b'[1,"' + b"0" * 100_000 + b'"]\n'
    found = members(whole)
    counted("preferences", line * 50, 50)(found)
    packed(whole, found)
    assert (await refusal(desk, whole)).key == "backup.swollen"


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_a_line_without_end(desk: Desk, whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more of a line is held in memory than any row needs."""
    monkeypatch.setattr(db.archive, "LONGEST_ROW", 1000)
    found = members(whole)
    counted("preferences", b'[1,"' + b"0" * 2000 + b'"]\n', 1)(found)
    packed(whole, found)
    assert (await refusal(desk, whole)).key == "backup.swollen"


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_a_size_that_is_a_lie(desk: Desk, whole: Path) -> None:
    """More, or less, is in a table than the zip's own directory says."""
    data = read(whole)
    start = data.rindex(b"tables/places.jsonl") - 46
    assert data[start : start + 4] == b"PK\x01\x02"
    (size,) = struct.unpack_from("<L", data, start + 24)
    for lie in (size - 50, size + 50, 10):
        spoilt = bytearray(data)
        struct.pack_into("<L", spoilt, start + 24, lie)
        write(whole, spoilt)
        assert (await refusal(desk, whole)).key == "backup.damaged"


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_members_that_are_packed_in_other_ways(desk: Desk, whole: Path) -> None:
    """Stored plain, packed otherwise, twice, or under a password: not what we write."""
    found = members(whole)
    for how in (zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with zipfile.ZipFile(whole, "w", how) as archive:
            for name, data in found.items():
                archive.writestr(name, data)
        assert (await refusal(desk, whole)).key == "backup.damaged"
    packed(whole, found)
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        zipfile.ZipFile(whole, "a", zipfile.ZIP_DEFLATED) as archive,
    ):
        archive.writestr(PLACES, found[PLACES])
    assert (await refusal(desk, whole)).key == "backup.damaged"
    packed(whole, found)
    locked = bytearray(read(whole))
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := locked.find(sign, place + 1)) >= 0:
            locked[place + flags] |= 1
    write(whole, locked)
    assert (await refusal(desk, whole)).key == "backup.damaged"


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_a_file_that_cannot_be_read(desk: Desk, whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's own reason is given: here a disk that fails while the file is read."""

    def failing(*_: object) -> int:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(zipfile.ZipExtFile, "_read2", failing)
    with pytest.raises(Unavailable) as caught:
        await check_backup(whole)
    assert (caught.value.key, caught.value.values["reason"]) == ("backup.unreadable", "Input/output error")


# Values ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", Form)
def test_no_value_is_no_value(form: Form) -> None:
    """Whatever the column."""
    assert to_json(form, None) is None
    assert from_json(form, None) is None


@pytest.mark.parametrize(
    ("form", "value"),
    [
        (Form.WHOLE, True), (Form.WHOLE, 1.0), (Form.WHOLE, 2**63), (Form.WHOLE, "1"),
        (Form.REAL, True), (Form.REAL, "1.5"), (Form.TRUTH, 1), (Form.TEXT, b"x"), (Form.TEXT, 1),
        (Form.DAY, "2026-02-30"), (Form.DAY, 20260220), (Form.MOMENT, "2026-11-20T04:00:00"),
        (Form.MOMENT, "now"), (Form.MOMENT, 0), (Form.DOCUMENT, {}), (Form.DOCUMENT, []),
        (Form.DOCUMENT, [1, 2]), (Form.DOCUMENT, "x"),
    ],
)  # fmt: skip
def test_values_that_do_not_belong(form: Form, value: Any) -> None:
    """They are refused, and not bent into something that might."""
    with pytest.raises((ValueError, TypeError)):
        from_json(form, value)
