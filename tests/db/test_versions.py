"""Whole records by version: what is changed, what is refused, and that two hundred at once lose nothing."""

import asyncio
from contextlib import AsyncExitStack, aclosing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.access import Role, Scope
from bot.domain.audit import Record, RecordKind, exchange_record
from bot.domain.contacts import ContactRole
from bot.domain.dates import PartialDate
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus, Mode
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.domain.pressure import Incident
from bot.services.desk import Desk
from bot.services.editing import edit_visit, open_visit
from bot.services.exchanges import VisitForm, log_visit
from bot.services.telling import ChangedSince
from db import versions
from db.contacts import NewContact
from db.engine import Database
from db.exchanges import NewExchange
from db.partnerships import NewPartnership
from db.places import NewPlace, insert_places
from db.pressure import NewNote
from db.versions import Held
from tests.records import audit_entries, office_of, person

pytestmark = pytest.mark.proof


RECORDS = {
    RecordKind.EXCHANGE: (
        NewExchange(
            ExchangeKind.VISIT_IN,
            ExchangeStatus.HELD,
            PartialDate(2024, 5, 6),
            "A visit",
            (1, 2, 3),
            mode=Mode.IN_PERSON,
            level=ExchangeLevel.LEADER,
            end_date=PartialDate(2024, 5, 9),
            starts_at=datetime(2024, 5, 6, 1, 30, tzinfo=UTC),
            title_zh="來訪",
            topic="Ports",
            summary="Two lines\nof it",
            people=12,
            note="A note",
            sources=("one", "other"),
            scope=Scope.PUBLIC,
            request_id="discord:1",
        ),
        {"places": (3, 1), "sources": (), "people": None, "date": PartialDate(2023), "starts_at": None},
    ),
    RecordKind.PARTNERSHIP: (
        NewPartnership(
            Kind.SISTER_CITY,
            (1, 2),
            (
                StatusChange(Status.ACTIVE, PartialDate(1990)),
                StatusChange(Status.PAUSED, None, "A reason", "Somebody"),
            ),
            signed=PartialDate(1990, 3),
            named="Agreement",
            note="A note",
            as_of=PartialDate(2026),
            sources=("one",),
            cadence_months=6,
        ),
        {"parties": (3, 2, 1), "history": (StatusChange(Status.ENDED, PartialDate(2001)),), "named": None},
    ),
    RecordKind.CONTACT: (
        NewContact(
            place_id=2,
            role=ContactRole.ALUMNUS,
            name="Jane Doe",
            name_zh="杜珍",
            post="Mayor",
            post_zh="市長",
            organisation="City of B",
            since=PartialDate(2022),
            has_left=True,
            until=PartialDate(2026, 12, 31),
            email="jane@b.example",
            phone="+1 206 555 0100",
            note="A note",
            programme="Exchange programme",
            programme_year=PartialDate(2009),
            consent=PartialDate(2024, 5),
            confirmed_on=PartialDate(2026, 11, 1),
            sources=("one", "other"),
            scope=Scope.SHARED,
            request_id="discord:1",
        ),
        {"place_id": 3, "sources": (), "until": None, "name_zh": None, "role": ContactRole.OTHER},
    ),
    RecordKind.PRESSURE: (
        NewNote(
            kind=Incident.CLAUSE_DEMANDED,
            date=PartialDate(2019, 10),
            what="Two lines\nof it",
            places=(2, 1),
            act=4,
            trigger="P26",
            sources=("one", "other"),
            as_of=PartialDate(2026, 11, 1),
            scope=Scope.GROUP,
            request_id="discord:1",
        ),
        {"places": (3,), "sources": ("another",), "act": None, "trigger": None, "kind": Incident.THREAT},
    ),
}


@pytest.fixture
async def places(desk: Desk) -> None:
    async with desk.database.write() as session:
        ids = await insert_places(session, [NewPlace(key, key.title()) for key in ("a", "b", "c")])
    assert sorted(ids.values()) == [1, 2, 3]


async def stored(desk: Desk, record: Record) -> Held | None:
    async with desk.database.read() as session:
        return await versions.find(session, record)


@pytest.mark.parametrize("kind", RecordKind)
@pytest.mark.usefixtures("places")
async def test_a_record_is_changed_as_a_whole(desk: Desk, kind: RecordKind) -> None:
    """What it holds, parts in tables of their own among it, comes back as it was written; the version counts on."""
    content, changed = RECORDS[kind]
    async with desk.database.write() as session:
        record = Record(kind, await versions.add(session, content))
    assert await stored(desk, record) == Held(replace(content, number=1), 1)
    after = replace(content, number=1, **changed)
    async with desk.database.write() as session:
        held = await versions.hold(session, record)
        assert held == Held(replace(content, number=1), 1)
        assert await versions.rewrite(session, record, 1, after)
    assert await stored(desk, record) == Held(after, 2)


@pytest.mark.parametrize("kind", RecordKind)
@pytest.mark.usefixtures("places")
async def test_another_version_is_left_alone(desk: Desk, kind: RecordKind) -> None:
    """Neither changed nor removed, in no part."""
    content, changed = RECORDS[kind]
    async with desk.database.write() as session:
        record = Record(kind, await versions.add(session, content))
    for version in (0, 2, 17):
        async with desk.database.write() as session:
            assert not await versions.rewrite(session, record, version, replace(content, **changed))
            assert not await versions.remove(session, record, version)
    assert await stored(desk, record) == Held(replace(content, number=1), 1)


@pytest.mark.parametrize("kind", RecordKind)
@pytest.mark.usefixtures("places")
async def test_what_was_removed_comes_back_and_its_number_is_not_given_again(
    desk: Desk, kind: RecordKind
) -> None:
    """With all of its parts, at a version that no form from before can have."""
    content, _ = RECORDS[kind]
    async with desk.database.write() as session:
        record = Record(kind, await versions.add(session, content))
        assert await versions.remove(session, record, 1)
    assert await stored(desk, record) is None
    async with desk.database.write() as session:
        assert await versions.add(session, replace(content, request_id=None)) == 2
        assert await versions.add(session, replace(content, number=1), version=2) == 1
    assert await stored(desk, record) == Held(replace(content, number=1), 2)


@pytest.mark.usefixtures("places")
async def test_a_request_belongs_to_one_record(desk: Desk) -> None:
    """A record that comes back leaves its request to the one that it has made since."""
    content, _ = RECORDS[RecordKind.EXCHANGE]
    assert isinstance(content, NewExchange)
    async with desk.database.write() as session:
        await versions.add(session, content)
        await versions.remove(session, exchange_record(1), 1)
        assert await versions.add(session, content) == 2
        await versions.add(session, replace(content, number=1), version=2)
    assert await stored(desk, exchange_record(1)) == Held(replace(content, number=1, request_id=None), 2)


@pytest.mark.usefixtures("places")
async def test_what_a_partnership_replaced_points_to_it(desk: Desk) -> None:
    """So that it is not removed from under it."""
    content, _ = RECORDS[RecordKind.PARTNERSHIP]
    assert isinstance(content, NewPartnership)
    async with desk.database.write() as session:
        await versions.add(session, content)
        await versions.add(session, replace(content, superseded_by=1))
        later, earlier = (Record(RecordKind.PARTNERSHIP, number) for number in (1, 2))
        assert await versions.superseded_by(session, later) == [earlier]
        assert await versions.superseded_by(session, earlier) == []
        assert await versions.superseded_by(session, exchange_record(1)) == []


TASKS, DATABASES, AT_ONCE = 200, 4, 4


async def test_two_hundred_edits_at_once_lose_nothing(seeded_desk: Desk) -> None:
    """Each reads, adds one person, and writes with the version that it read; who was overtaken reads again."""
    office = await office_of(seeded_desk, "kaohsiung-tw")
    caller = person(office)
    form = VisitForm("seattle-us", "today", people="1")
    logged = await log_visit(seeded_desk, caller, form, "test:1")
    number, room, overtaken = logged.exchange.id, asyncio.Semaphore(AT_ONCE), 0

    async def add_one(desk: Desk, user_id: int) -> None:
        nonlocal overtaken
        editor = person(office, Role.EDITOR, user_id)
        while True:
            async with room:
                opened = await open_visit(desk, editor, f"X{number}")
                people = str(int(opened.fields.people) + 1)
                try:
                    await edit_visit(
                        desk, editor, number, opened.version, replace(opened.fields, people=people)
                    )
                except ChangedSince:
                    overtaken += 1
                else:
                    return

    async with AsyncExitStack() as stack:
        desks = []
        for _ in range(DATABASES):
            database = Database(seeded_desk.database.url)
            await stack.enter_async_context(aclosing(_Closing(database)))
            desks.append(Desk(database, seeded_desk.clock))
        await asyncio.gather(*(add_one(desks[task % DATABASES], 100 + task) for task in range(TASKS)))
    opened = await open_visit(seeded_desk, caller, f"X{number}")
    assert (opened.exchange.people, opened.version) == (1 + TASKS, 1 + TASKS)
    entries = await audit_entries(seeded_desk, f"X{number}")
    edits = [entry for entry in entries if entry.action == "exchange.edited"]
    assert len(edits) == TASKS
    assert [edit.after["people"] for edit in edits if edit.after] == list(range(2, TASKS + 2))
    assert overtaken > 0


class _Closing:
    """A database as something that `aclosing` closes."""

    def __init__(self, database: Database) -> None:
        self.aclose = database.close
