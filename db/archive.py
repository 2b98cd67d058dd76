"""The file of a backup: a zip of one member of JSON lines for each table, and a manifest that says what is in it.

The same for both engines, so that what was backed up from one can be restored into the other. It is written and
read row by row. Nothing in a file is believed before `Archive.verify` has read all of it.
"""

import errno
import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from bot.domain.errors import BadInput, Unavailable

FORMAT = "attache-backup"
VERSION = 1
MANIFEST = "manifest.json"

LONGEST_MANIFEST = 1 << 20
LONGEST_ROW = 32 << 20
"""Bytes of one line. Far above what the registry lets anybody write."""

TIGHTEST = 200
"""How many times its size a table may unpack to, beyond `HARMLESS` bytes; rows of a registry come to 10 or 20."""
HARMLESS = 64 << 20

_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, TypeError, RecursionError, OverflowError,
    NotImplementedError, RuntimeError, AttributeError, IndexError, struct.error,
)  # fmt: skip
"""What reading a damaged zip or its JSON may raise."""

Row = Sequence[Any]
"""One row as JSON has it: the values in the order of the table's columns."""


@dataclass(frozen=True, slots=True)
class TableEntry:
    """What the manifest says of one table."""

    columns: tuple[str, ...]
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: the schema's revision, the engine it came from, the moment (UTC), and each table."""

    revision: str
    engine: str
    made_at: datetime
    tables: Mapping[str, TableEntry]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


def member_of(table: str) -> str:
    return f"tables/{table}.jsonl"


class TableWriter(AbstractContextManager["TableWriter"]):
    """Writes the rows of one table; on leaving it, its count and checksum stand in the manifest to be."""

    def __init__(
        self, archive: "ArchiveWriter", table: str, columns: Sequence[str], member: IO[bytes]
    ) -> None:
        self._archive, self._table, self._columns, self._member = archive, table, tuple(columns), member
        self._hash = hashlib.sha256()
        self._rows = self._size = 0

    def add(self, rows: Iterable[Row]) -> None:
        lines = [_line(row) for row in rows]
        if not lines:
            return
        block = b"\n".join(lines) + b"\n"
        self._member.write(block)
        self._hash.update(block)
        self._rows += len(lines)
        self._size += len(block)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._member.close()
        entry = TableEntry(self._columns, self._rows, self._size, self._hash.hexdigest())
        self._archive.entries[self._table] = entry


class ArchiveWriter(AbstractContextManager["ArchiveWriter"]):
    """Writes a backup into a file; the manifest comes last, and only if nothing went wrong."""

    def __init__(self, file: Path, revision: str, engine: str, made_at: datetime) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self._head = (revision, engine, made_at.astimezone(UTC))
        self.entries: dict[str, TableEntry] = {}

    def table(self, name: str, columns: Sequence[str]) -> TableWriter:
        member = self._zip.open(self._info(member_of(name)), "w", force_zip64=True)
        return TableWriter(self, name, columns, member)

    @property
    def manifest(self) -> Manifest:
        return Manifest(*self._head, dict(self.entries))

    def _info(self, name: str) -> zipfile.ZipInfo:
        # The moment of the backup instead of this machine's: the same state gives the same bytes.
        at = self._head[2]
        info = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        return info

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._zip.writestr(self._info(MANIFEST), json.dumps(_document(self.manifest), indent=1))
        finally:
            self._zip.close()


def _line(row: Row) -> bytes:
    # Sorted, as PostgreSQL does not keep the order of a document's keys: the same state gives the same bytes.
    return json.dumps(row, separators=(",", ":"), allow_nan=False, sort_keys=True).encode("ascii")


def _document(manifest: Manifest) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "revision": manifest.revision,
        "engine": manifest.engine,
        "made_at": manifest.made_at.isoformat(),
        "tables": {
            name: {
                "columns": list(table.columns),
                "rows": table.rows,
                "bytes": table.size,
                "sha256": table.sha256,
            }
            for name, table in manifest.tables.items()
        },
    }


class Archive(AbstractContextManager["Archive"]):
    """A backup to be read.

    Opening it reads the manifest only. Raises `Unavailable`: `backup.no_file`, `backup.unreadable`; `BadInput`:
    `backup.not_ours`, `backup.damaged`, `backup.too_new`, `backup.swollen`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with ExitStack() as undo:
            self._zip = undo.enter_context(self._opened())
            with self._telling():
                self._is_packed_as_ours()
                self.manifest = self._read_manifest()
                self._members_are_ours()
            undo.pop_all()

    def _opened(self) -> zipfile.ZipFile:
        if not self.path.is_file():
            raise Unavailable("backup.no_file", file=str(self.path))
        try:
            with self.path.open("rb") as file:
                begins_as_zip = file.read(2) == b"PK"
            return zipfile.ZipFile(self.path)
        except OSError as error:
            reason = error.strerror or str(error)
            raise Unavailable("backup.unreadable", file=str(self.path), reason=reason) from None
        except _BROKEN:
            key = "backup.damaged" if begins_as_zip else "backup.not_ours"
            raise BadInput(key, file=str(self.path)) from None

    def _telling(self) -> "_Telling":
        return _Telling(self.path)

    def _is_packed_as_ours(self) -> None:
        infos = self._zip.infolist()
        if MANIFEST not in {info.filename for info in infos}:
            raise BadInput("backup.not_ours", file=str(self.path))
        if any(info.compress_type != zipfile.ZIP_DEFLATED for info in infos):
            raise BadInput("backup.damaged", file=str(self.path))

    def _read_manifest(self) -> Manifest:
        info = self._zip.getinfo(MANIFEST)
        if info.file_size > LONGEST_MANIFEST:
            raise BadInput("backup.swollen", file=str(self.path))
        document = json.loads(self._zip.read(info))
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise BadInput("backup.not_ours", file=str(self.path))
        if not isinstance(document["version"], int) or document["version"] > VERSION:
            raise BadInput("backup.too_new", file=str(self.path))
        tables = {
            _text(name): TableEntry(
                tuple(_text(column) for column in entry["columns"]),
                _count(entry["rows"]),
                _count(entry["bytes"]),
                _text(entry["sha256"]),
            )
            for name, entry in document["tables"].items()
        }
        made_at = datetime.fromisoformat(document["made_at"]).astimezone(UTC)
        return Manifest(_text(document["revision"]), _text(document["engine"]), made_at, tables)

    def _members_are_ours(self) -> None:
        """Every table once and nothing else, each as large as the manifest says and not absurdly packed."""
        infos = self._zip.infolist()
        expected = [MANIFEST, *(member_of(table) for table in self.manifest.tables)]
        if sorted(info.filename for info in infos) != sorted(expected):
            raise BadInput("backup.damaged", file=str(self.path))
        for table, entry in self.manifest.tables.items():
            info = self._zip.getinfo(member_of(table))
            if info.file_size != entry.size:
                raise BadInput("backup.damaged", file=str(self.path))
            if entry.size > HARMLESS and entry.size > TIGHTEST * info.compress_size:
                raise BadInput("backup.swollen", file=str(self.path))

    def verify(self) -> None:
        """Read everything once, and compare it with the manifest. Raises `BadInput` as the constructor does."""
        for table, entry in self.manifest.tables.items():
            digest = hashlib.sha256()
            rows = 0
            for line in self._lines(table):
                digest.update(line)
                rows += 1
            if rows != entry.rows or digest.hexdigest() != entry.sha256:
                raise BadInput("backup.damaged", file=str(self.path))

    def rows(self, table: str) -> Iterator[list[Any]]:
        """The rows of a table, each as long as it has columns. Raises `BadInput` as the constructor does."""
        width = len(self.manifest.tables[table].columns)
        for line in self._lines(table):
            with self._telling():
                row = json.loads(line)
                if not isinstance(row, list) or len(row) != width:
                    raise ValueError(table)
            yield row

    def _lines(self, table: str) -> Iterator[bytes]:
        with self._telling(), self._zip.open(member_of(table)) as member:
            while line := member.readline(LONGEST_ROW + 1):
                if len(line) > LONGEST_ROW:
                    raise BadInput("backup.swollen", file=str(self.path))
                yield line

    def __exit__(self, *_: object) -> None:
        self._zip.close()


class _Telling(AbstractContextManager[None]):
    """Tells what a broken file makes the libraries raise in a sentence that names the file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, OSError) and error.errno != errno.EINVAL:
            reason = error.strerror or str(error)
            raise Unavailable("backup.unreadable", file=str(self._path), reason=reason) from None
        if isinstance(error, (OSError, *_BROKEN)):  # EINVAL: its directory points to before its beginning
            raise BadInput("backup.damaged", file=str(self._path)) from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(type(value).__name__)
    return value
