"""Making databases to back up and to restore into, and comparing what is in them."""

import json
import uuid
import zipfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, make_url, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.access import Scope
from bot.domain.dates import PartialDate
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.domain.reminders import ReminderKind, ReminderState
from bot.services.desk import Desk
from db.archive import MANIFEST
from db.engine import Database, database_url
from db.exchanges import NewExchange, insert_exchanges
from db.loading import OF_PROCESSES
from db.offices import insert_office
from db.partnerships import NewPartnership, insert_partnerships
from db.places import NewPlace, insert_places
from db.tables import AuditRow, Base, DraftRow, OfficeRow, PartnershipRow, PlaceRow, ReminderRow
from tests.exchanges import whole_exchange

Server = Callable[[], str]
Contents = dict[str, list[tuple[Any, ...]]]

ODD = "'; DROP TABLE places; -- \\ \" 臺北 𠮷 🙂 \t\n\x7f"
SNOWFLAKE = 2**63 - 2


async def contents(database: Database) -> Contents:
    """Every row of every table, but for what processes note about themselves."""
    async with database.read() as session:
        return await seen_by(session)


async def seen_by(session: AsyncSession) -> Contents:
    found: Contents = {}
    for table in Base.metadata.sorted_tables:
        if table.name not in OF_PROCESSES:
            rows = await session.execute(select(table).order_by(*table.primary_key))
            found[table.name] = [tuple(row) for row in rows]
    return found


async def fill(desk: Desk) -> None:
    """Rows in most tables, with values that a careless copy would change; places and acts point ahead of them."""
    async with desk.database.write() as session:
        places = [NewPlace(f"p{n}", f"Place {n}", note=ODD, lat=0.1 + n, lon=-1e-7) for n in range(3)]
        ids = list((await insert_places(session, places)).values())
        office = await insert_office(session, ids[0], "zh-TW", "Asia/Taipei")
        history = (StatusChange(Status.ACTIVE, PartialDate(1991, 2), ODD, "林"),)
        acts = [
            NewPartnership(Kind.SISTER_CITY, (ids[2], ids[0]), history, sources=(ODD,), office_id=office)
            for _ in range(3)
        ]
        await insert_partnerships(session, acts)
        held = NewExchange(
            ExchangeKind.VISIT, ExchangeStatus.HELD, PartialDate(2025), "a", tuple(ids), scope=Scope.OFFICE,
            office_id=office, starts_at=datetime(2025, 5, 5, 1, 2, 3, 456789, UTC),
        )  # fmt: skip
        whole = replace(held, paired_with=2, home_places=2, **whole_exchange(ODD))
        await insert_exchanges(session, [whole, held])
        for rows, values in (
            (PlaceRow, {"parent_id": ids[2], "successor_id": ids[1]}),
            (PartnershipRow, {"superseded_by": 3}),
            (OfficeRow, {"guild_id": SNOWFLAKE, "since": desk.clock(), "planned_until": desk.clock()}),
        ):
            table: Any = rows.__table__
            first = table.c.id == select(table.c.id).order_by(table.c.id).limit(1).scalar_subquery()
            await (await session.connection()).execute(table.update().where(first).values(**values))
        await _fill_trail(session, office, desk.clock())


async def _fill_trail(session: AsyncSession, office: int, now: datetime) -> None:
    document = {"a": [1, 2.5, None, True], ODD: {"deep": [ODD]}, "big": 2**60}
    table: Any = AuditRow.__table__
    connection = await session.connection()
    for before, after in ((document, None), (text("NULL"), []), (0, "x")):
        await connection.execute(
            table.insert().values(at=now, action="tested", subject="P1", before=before, after=after)
        )
    await session.execute(
        insert(DraftRow).values(
            id="d", user_id=SNOWFLAKE, form="visit", values={"topic": ODD}, created_at=now
        )
    )
    await session.execute(
        insert(ReminderRow).values(
            office_id=office, kind=ReminderKind.ANNIVERSARY, subject="P1", occurrence=date(2026, 12, 20),
            lead_days=30, channel_id=7, at=now, state=ReminderState.PENDING, attempts=0,
        )
    )  # fmt: skip


def server_for(request: pytest.FixtureRequest) -> Server:
    """The address of the PostgreSQL server, which is started only for tests that it has to do with."""
    if "postgresql" in request.node.name:
        address: str = request.getfixturevalue("postgres_server")
        return lambda: address
    return lambda: pytest.fail("this test has nothing to do with PostgreSQL")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@asynccontextmanager
async def blank(engine: str, folder: Path, server: Server) -> AsyncIterator[str]:
    """The address of a database of which there is nothing yet: no file, or no tables."""
    name = f"blank_{uuid.uuid4().hex}"
    if engine == "sqlite":
        yield f"sqlite:///{folder / name}.db"
        return
    await _admin(server(), f'CREATE DATABASE "{name}"')
    try:
        yield make_url(server()).set(database=name).render_as_string(hide_password=False)
    finally:
        await _admin(server(), f'DROP DATABASE "{name}" WITH (FORCE)')


async def _admin(server: str, statement: str) -> None:
    database = Database(database_url(server))
    async with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.execute(text(statement))
    await database.close()


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Database]:
    database = Database(database_url(address))
    try:
        yield database
    finally:
        await database.close()


def address_of(desk: Desk) -> str:
    return desk.database.url.render_as_string(hide_password=False)


Members = dict[str, bytes]


def members(file: Path) -> Members:
    """What is in an archive, by the name of the member."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(file: Path, found: Members) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            archive.writestr(name, data)


def manifest_of(found: Members) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(found[MANIFEST])
    return document
