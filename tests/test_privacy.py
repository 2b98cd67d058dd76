"""Erasing a person everywhere, with a receipt; what is stored on somebody; an office's own data."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Column, String, insert, select, text, update
from sqlalchemy.types import TypeDecorator

from bot.domain.access import Role, Scope, Standing, Viewer, may_change, may_see
from bot.domain.audit import Deed, exchange_record
from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput, NotAllowed, NotFound
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.kind_rules import KindRule
from bot.domain.offices import Purpose
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.domain.pressure import Incident
from bot.domain.privacy import CHINESE_MARK, MARK, Kept, Sought
from bot.domain.profiles import ProfileLine, Side
from bot.domain.prospecting import Step
from bot.domain.reminders import GRACE, Reminder, ReminderKind, ReminderState
from bot.domain.unanswered import Unanswered
from bot.services.audit import undo_entry
from bot.services.desk import Caller, Desk
from bot.services.editing import edit_visit
from bot.services.exchanges import VisitForm, log_visit
from bot.services.office_settings import PostingForm
from bot.services.offices import office_of_guild, set_up_office
from bot.services.preferences import choose_language, keep_draft
from bot.services.privacy import (
    CONFIRM_WITHIN,
    ask_to_erase,
    erase_as_asked,
    erase_own_data,
    erase_person,
    find_person,
    forget_me,
    forget_user,
    own_data,
    stored_about_me,
    stored_about_user,
)
from bot.services.records import write_change
from bot.services.telling import states_of
from bot.services.visit_fields import VisitFields
from db.asked_queries import keep_query
from db.audit import hold_entry, record_change
from db.contacts import NewContact, insert_contacts
from db.exchanges import NewExchange, insert_exchanges
from db.groups import insert_group
from db.nameless import NAMELESS
from db.office_steps import change_office_steps
from db.offices import insert_office, offices, set_kind_rule
from db.partnerships import NewPartnership, insert_partnerships
from db.places import NewPlace, insert_places
from db.pressure import NewNote, insert_notes
from db.privacy import KEEPINGS, changeable
from db.privacy import find_person as find_everywhere
from db.profiles import set_profile
from db.reminders import enqueue
from db.tables import (
    AuditRow,
    Base,
    DraftRow,
    ExchangeRow,
    ExchangeSourceRow,
    OfficeChannelRow,
    OfficeRoleRow,
    OfficeRow,
    PartnershipRow,
    PreferenceRow,
    ReminderRow,
)
from db.types import PartialDateType, Word
from db.unanswered import keep_unanswered
from db.users import OF_USERS
from db.versions import hold
from tests.acts import whole_act
from tests.conftest import NOW
from tests.exchanges import whole_exchange
from tests.records import audit_entries
from tests.shell import Shell

ANN = ("Ann Lee", "李安")
OPERATOR = Caller("en", role=Role.OPERATOR)
LIN, WANG = 111111111111111111, 222222222222222222
TAINAN, SEATTLE = 900000000000000001, 900000000000000002


# The list of columns ---------------------------------------------------------------------------------------


def text_columns() -> Iterator[tuple[str, Column[Any]]]:
    """Every column that can hold free text, in whichever type it is wrapped."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            kind = column.type
            if isinstance(kind, Word | PartialDateType):
                continue  # a fixed vocabulary, a date
            inner = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
            if isinstance(inner, String | JSON):
                yield f"{table.name}.{column.name}", column


def test_every_column_of_text_is_looked_through_or_has_a_reason() -> None:
    """A table of a later day cannot be forgotten: its columns stand in one list or in the other, and in one only."""
    looked_through = {f"{keeping.table.name}.{name}" for keeping in KEEPINGS for name in keeping.columns}
    found = {name for name, _ in text_columns()}
    assert found - looked_through - set(NAMELESS) == set()
    assert (looked_through | set(NAMELESS)) - found == set()
    assert looked_through & set(NAMELESS) == set()
    assert all(NAMELESS.values())


def test_every_column_of_user_ids_is_emptied() -> None:
    """Whoever adds one has to say what becomes of it."""
    found = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if "user" in column.name
    }
    assert found == set(OF_USERS)


# A world with a person in every place ----------------------------------------------------------------------


class World:
    """Two offices, and records in which people are named."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.places: dict[str, int] = {}
        self.offices: dict[str, int] = {}

    async def build(self) -> "World":
        async with self.desk.database.write() as session:
            self.places = await insert_places(
                session,
                [
                    NewPlace(key, key.title(), country="TW", zone="Asia/Taipei")
                    for key in ("tainan", "taipei", "seattle")
                ],
            )
            for key in ("tainan", "taipei"):
                self.offices[key] = await insert_office(session, self.places[key], "en", "Asia/Taipei")
        await set_up_office(self.desk, self._in("tainan", TAINAN), "tainan", 5, PostingForm())
        return self

    def _in(self, _key: str, guild_id: int) -> Caller:
        return Caller("en", guild_id=guild_id, role=Role.OPERATOR)

    async def caller(
        self, key: str = "tainan", role: Role = Role.ADMINISTRATOR, user_id: int = WANG
    ) -> Caller:
        async with self.desk.database.read() as session:
            office = next(o for o in await offices(session) if o.id == self.offices[key])
        return Caller("en", user_id, office.guild_id, office, role)

    async def act(
        self, named: str, owner: str | None = None, /, scope: Scope = Scope.SHARED, **more: Any
    ) -> int:
        new = NewPartnership(
            Kind.SISTER_CITY,
            (self.places["tainan"], self.places["seattle"]),
            (StatusChange(Status.ACTIVE, None, f"signed by {named}", named),),
            named=named,
            note=f"asked {named}",
            sources=(f"letter of {named}",),
            scope=scope,
            office_id=self.offices[owner] if owner else None,
            **more,
        )
        async with self.desk.database.write() as session:
            (number,) = await insert_partnerships(session, [new])
        return number

    async def visit(
        self, text: str, owner: str | None = None, scope: Scope = Scope.SHARED, **more: Any
    ) -> int:
        new = NewExchange(
            ExchangeKind.VISIT,
            ExchangeStatus.HELD,
            PartialDate(2024),
            text,
            (self.places["tainan"], self.places["seattle"]),
            title_zh=text,
            topic=text,
            summary=text,
            note=text,
            sources=(text,),
            scope=scope,
            office_id=self.offices[owner] if owner else None,
            **more,
        )
        async with self.desk.database.write() as session:
            (number,) = await insert_exchanges(session, [new])
        return number

    async def contact(self, name: str, owner: str | None = None, scope: Scope = Scope.OFFICE) -> int:
        new = NewContact(
            place_id=self.places["seattle"],
            name=name,
            sources=("a letter",),
            scope=scope,
            office_id=self.offices[owner] if owner else None,
        )
        async with self.desk.database.write() as session:
            (number,) = await insert_contacts(session, [new])
        return number

    async def note(self, text: str, owner: str, scope: Scope = Scope.OFFICE) -> int:
        new = NewNote(
            kind=Incident.THREAT,
            date=PartialDate(2024),
            what=text,
            places=(self.places["seattle"],),
            trigger=text,
            sources=(text,),
            scope=scope,
            office_id=self.offices[owner],
        )
        async with self.desk.database.write() as session:
            (number,) = await insert_notes(session, [new])
        return number


@pytest.fixture
async def world(desk: Desk) -> World:
    return await World(desk).build()


async def put_everywhere(world: World, name: str) -> int:
    """Let a person stand once in every column of the list, twice in what is JSON; returns in how many texts."""
    await world.act("nobody", "tainan", **whole_act("nobody"))
    await world.visit("nobody", "tainan", **whole_exchange("nobody"))
    await world.contact("nobody", "tainan")
    await world.note("nobody", "tainan")
    post = Reminder(world.offices["tainan"], ReminderKind.ANNIVERSARY, "P1", NOW.date(), 0, 5, NOW)
    async with world.desk.database.write() as session:
        await insert_group(session, "friends", "Friends", "朋友")
        lines = [ProfileLine(Side.SEEKS, "housing", "nobody", "nobody")]
        await set_profile(session, world.places["seattle"], lines)
        rule = KindRule(Kind.MOU, "nobody", "無人")
        step = Step("council", "nobody", "無人", "nobody", "無人", "nobody", PartialDate(2026))
        await change_office_steps(session, world.offices["tainan"], [step], NOW)
        await set_kind_rule(session, world.offices["tainan"], Kind.MOU, rule)
        await enqueue(session, [post], NOW - GRACE)
        await session.execute(
            insert(DraftRow).values(id="d", user_id=LIN, form="visit", values={}, created_at=NOW)
        )
        await keep_query(session, "k", world.offices["tainan"], {}, NOW)
        asked = Unanswered("nobody?", "unknown_words", "nobody", "en", NOW)
        await keep_unanswered(session, world.offices["tainan"], "nobody", asked)
        await record_change(
            session, at=NOW, action="exchange.edited", subject="X1", office_id=world.offices["tainan"]
        )
        texts = 0
        for keeping in KEEPINGS:
            for column in keeping.columns:
                document = {"title": f"with {name}", "deep": [{"sources": [name, "x"]}], "people": 6}
                is_json = isinstance(keeping.table.c[column].type, JSON)
                value = document if is_json else f"{name} was here"
                row = select(*keeping.table.primary_key).order_by(*keeping.table.primary_key).limit(1)
                key = (await session.execute(row)).one()
                here = [c == v for c, v in zip(keeping.table.primary_key, key, strict=True)]
                await session.execute(update(keeping.table).where(*here).values({column: value}))
                texts += 2 if is_json else 1
    return texts


# By name ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ANN)
async def test_a_person_is_erased_from_every_column(world: World, name: str) -> None:
    """Each is found, each is rid of the name, and the second time nothing is found."""
    texts = await put_everywhere(world, name)
    found = await find_person(world.desk, OPERATOR, [name])
    assert len(found.traces) == sum(found.counts.values()) == texts
    assert {trace.field for trace in found.traces} >= {
        "note", "history.0.reason", "sources.0.text", "title_zh", "after.deep.0.sources.0", "values.title",
    }  # fmt: skip
    receipt = await erase_person(world.desk, OPERATOR, ANN)
    assert receipt.erased == found.counts
    assert (await find_person(world.desk, OPERATOR, ANN)).traces == []
    assert await everything(world.desk, name) == []
    again = await erase_person(world.desk, OPERATOR, ANN)
    assert again.erased == {}


async def everything(desk: Desk, name: str) -> list[str]:
    """Every value of every table, in which the name stands."""
    found = []
    async with desk.database.read() as session:
        for table in Base.metadata.sorted_tables:
            for row in await session.execute(select(table)):
                found += [f"{table.name}: {value}" for value in row if name.lower() in str(value).lower()]
    return found


async def test_what_stands_around_the_name_stays(world: World) -> None:
    """The records keep their texts; each that has changed counts its version on, once, and no other does."""
    named, other = await world.visit("Met Ann Lee (李安) and Joanne"), await world.visit("Met Joanne Leeds")
    act = await world.act("Ann Lee")
    await erase_person(world.desk, OPERATOR, ANN)
    async with world.desk.database.read() as session:
        summaries = dict((await session.execute(select(ExchangeRow.id, ExchangeRow.summary))).all())
        versions = dict((await session.execute(select(ExchangeRow.id, ExchangeRow.version))).all())
        assert await session.scalar(select(PartnershipRow.version).where(PartnershipRow.id == act)) == 2
        source = select(ExchangeSourceRow.text).where(ExchangeSourceRow.exchange_id == named)
        assert await session.scalar(source) == f"Met {MARK} ({CHINESE_MARK}) and Joanne"
    assert summaries == {named: f"Met {MARK} ({CHINESE_MARK}) and Joanne", other: "Met Joanne Leeds"}
    assert versions == {named: 2, other: 1}


async def test_the_receipt_does_not_name_the_person(world: World) -> None:
    """It counts by kind; the audit trail has its number, who did it and where, and nothing of the name."""
    await world.visit("Ann Lee", "tainan")
    caller = await world.caller()
    receipt = await erase_person(world.desk, caller, ANN)
    assert receipt.erased == {Kept.EXCHANGES: 6}
    entry = (await audit_entries(world.desk))[-1]
    assert (entry.action, entry.subject) == ("person.erased", f"receipt:{receipt.number}")
    assert (entry.user_id, entry.guild_id, entry.before) == (WANG, TAINAN, None)
    assert entry.after == {"exchanges": 6}
    before = len(await audit_entries(world.desk))
    await erase_person(world.desk, caller, ANN)
    assert len(await audit_entries(world.desk)) == before


async def test_full_columns_have_room_for_the_mark(world: World) -> None:
    """A name of two letters at the end of a column that is full; PostgreSQL would refuse one letter more."""
    number = await world.visit("x" * 197 + " Li")
    await erase_person(world.desk, OPERATOR, ["Li"])
    async with world.desk.database.read() as session:
        row = (
            await session.execute(
                select(ExchangeRow.title, ExchangeRow.topic).where(ExchangeRow.id == number)
            )
        ).one()
    assert row == ("x" * 197 + f" {MARK}", "x" * 197 + " …")


@pytest.mark.parametrize("name", ["A", "", "2026", "erased", "x" * 101])
async def test_a_name_that_would_be_found_everywhere_is_refused(world: World, name: str) -> None:
    """Before anything is read or written."""
    for service in (find_person, erase_person):
        with pytest.raises(BadInput, match=r"privacy\.name_unusable"):
            await service(world.desk, OPERATOR, ["Ann Lee", name])


async def test_an_edit_of_the_same_moment_is_not_lost(world: World) -> None:
    """What somebody writes while the erasure runs is there afterwards, without the name."""
    numbers = [await world.visit("Ann Lee", "tainan") for _ in range(5)]

    async def edit(number: int) -> None:
        async with world.desk.database.write() as session:
            row = await session.scalar(select(ExchangeRow).where(ExchangeRow.id == number).with_for_update())
            assert row is not None
            row.summary = f"new {number}: {row.summary}"

    await asyncio.gather(erase_person(world.desk, OPERATOR, ANN), *(edit(number) for number in numbers))
    async with world.desk.database.read() as session:
        found = dict((await session.execute(select(ExchangeRow.id, ExchangeRow.summary))).all())
    assert all(str(found[number]).startswith(f"new {number}: ") for number in numbers)
    await erase_person(world.desk, OPERATOR, ANN)
    assert await everything(world.desk, "Ann Lee") == []


@pytest.mark.both_engines
@pytest.mark.parametrize("removed", [False, True])
async def test_what_is_written_while_it_is_erased_goes_too(world: World, removed: bool) -> None:
    """Somebody changes the record, or brings it back, and is done when the erasure has looked for the name."""
    caller = await world.caller(role=Role.EDITOR)
    form = VisitForm(partner="seattle", date="2026-11-19", topic="Talk", summary="Ann Lee came")
    logged = await log_visit(world.desk, caller, form, "r1")
    if removed:
        await undo_entry(world.desk, caller, logged.entry)
    record = exchange_record(logged.exchange.id)
    async with world.desk.database.write() as session:
        if removed:
            entry = await hold_entry(session, logged.entry + 1)
            assert entry is not None
            before, after, deed = None, states_of(entry)[0], Deed.PUT_BACK
        else:
            entry, before = None, await hold(session, record)
            assert before is not None
            after, deed = replace(before.content, summary="Somebody came"), Deed.EDITED
        await write_change(session, world.desk, caller, deed, before=before, after=after, undoes=entry)
        erasing = asyncio.create_task(erase_person(world.desk, OPERATOR, ANN))
        await somebody_waits(world.desk)
    await erasing
    assert await everything(world.desk, "Ann Lee") == []


async def somebody_waits(desk: Desk) -> None:
    """Until somebody waits for what another transaction holds; on SQLite that is where they begin to write."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while not desk.database.is_sqlite:
        async with desk.database.read() as session:
            if await session.scalar(waiting):
                return


async def test_an_sqlite_file_has_no_letter_of_it_left(world: World) -> None:
    """Neither in pages that were freed nor in the log beside it: whoever copies the file finds nothing."""
    file = world.desk.database.file
    if file is None:
        pytest.skip("PostgreSQL drops old rows with its next VACUUM")
    await world.visit("Unmistakable Person " + "and more " * 400)
    await keep_draft(world.desk, LIN, "visit", {"summary": "Unmistakable Person"})
    assert b"Unmistakable" in contents(file)
    await erase_person(world.desk, OPERATOR, ["Unmistakable Person"])
    assert b"Unmistakable" not in contents(file)


def contents(file: Path) -> bytes:
    return b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*") if path.suffix != ".lock")


# What an office reaches ------------------------------------------------------------------------------------


async def test_an_office_reaches_what_it_may_change(world: World) -> None:
    """For every scope and owner the condition is the rule; guests and readers touch only their own."""
    owners = (None, "tainan", "taipei")
    cells = list(product(Scope, owners))
    for scope, owner in cells:
        assert await world.act("Ann Lee", owner, scope) == await world.visit("Ann Lee", owner, scope)
    for key, standing in product(("tainan", "taipei"), Standing):
        viewer = Viewer(world.offices[key], standing, world.places[key])
        party = key == "tainan"
        async with world.desk.database.read() as session:
            for rows in (PartnershipRow, ExchangeRow):
                found = set(await session.scalars(select(rows.id).where(changeable(rows, viewer))))
                owned = {n: world.offices[o] if o else None for n, (_, o) in enumerate(cells, 1)}
                expected = {
                    n
                    for n, (scope, _) in enumerate(cells, 1)
                    if may_see(viewer, scope, owned[n], party=party)
                    and may_change(viewer, owned[n], party=party)
                    and (owned[n] is not None or standing is Standing.MEMBER)
                }
                assert found == expected, (key, standing, rows)
            numbers = {
                trace.record[1:] for trace in await find_everywhere(session, Sought.named(*ANN), viewer)
            }
            assert numbers == {str(n) for n in found}


async def test_what_lies_with_other_offices_is_neither_counted_nor_touched(world: World) -> None:
    """Tainan erases its own and what is nobody's; Taipei's records, its history and people's drafts stay."""
    await world.visit("Ann Lee", "tainan")
    await world.visit("Ann Lee", None)
    theirs = await world.visit("Ann Lee", "taipei")
    tainan, taipei = await world.caller(), await world.caller("taipei")
    async with world.desk.database.write() as session:
        for office, subject in ((tainan.office, "X1"), (taipei.office, f"X{theirs}"), (taipei.office, "X99")):
            await record_change(
                session, at=NOW, action="exchange.removed", subject=subject,
                office_id=office.id if office else None, before={"title": "Ann Lee"},
            )  # fmt: skip
    await keep_draft(world.desk, LIN, "visit", {"topic": "Ann Lee"})
    found = await find_person(world.desk, tainan, ANN)
    assert found.counts == {Kept.EXCHANGES: 12, Kept.AUDIT: 1}
    assert {trace.record for trace in found.traces if trace.kept is Kept.EXCHANGES} == {"X1", "X2"}
    assert (await erase_person(world.desk, tainan, ANN)).erased == found.counts
    left = await find_person(world.desk, OPERATOR, ANN)
    assert left.counts == {Kept.DRAFTS: 1, Kept.EXCHANGES: 6, Kept.AUDIT: 2}
    assert {trace.record for trace in left.traces if trace.kept is Kept.EXCHANGES} == {f"X{theirs}"}


async def test_a_record_that_was_removed_is_erased_from_the_history(world: World) -> None:
    """Undo would bring it back from there."""
    caller = await world.caller()
    async with world.desk.database.write() as session:
        await record_change(
            session, at=NOW, action="exchange.removed", subject="X99",
            office_id=world.offices["tainan"], before={"title": "Ann Lee"},
        )  # fmt: skip
    assert (await erase_person(world.desk, caller, ANN)).erased == {Kept.AUDIT: 1}


async def test_what_the_operator_removed_of_an_offices_is_erased_too(world: World) -> None:
    """In the history it is the office's record still, whoever took it away."""
    caller = await world.caller()
    form = VisitForm(partner="seattle", date="2026-11-19", topic="Talk with Ann Lee", scope=Scope.OFFICE)
    logged = await log_visit(world.desk, caller, form, "r1")
    await undo_entry(world.desk, OPERATOR, logged.entry)
    assert (await erase_person(world.desk, caller, ANN)).erased == {Kept.AUDIT: 4}
    assert await everything(world.desk, "Ann Lee") == []


@pytest.mark.parametrize("role", [Role.NOBODY, Role.READER, Role.LOGGER, Role.EDITOR])
async def test_only_administrators_look_for_people(world: World, role: Role) -> None:
    """Nobody else is told even whether somebody is named."""
    caller = await world.caller(role=role)
    for service in (find_person, erase_person):
        with pytest.raises(NotAllowed):
            await service(world.desk, caller, ANN)
    for about_user in (stored_about_user, forget_user):
        with pytest.raises(NotAllowed):
            await about_user(world.desk, await world.caller(), LIN)


async def test_undo_does_not_bring_the_name_back(world: World) -> None:
    """A visit is logged, edited, and taken back after the erasure: the earlier text comes, without the name."""
    caller = await world.caller(role=Role.EDITOR)
    form = VisitForm(partner="seattle", date="2026-11-19", topic="Talk with Ann Lee", summary="李安 came")
    logged = await log_visit(world.desk, caller, form, "r1")
    typed = VisitFields(date="2026-11-19", topic="Talk", summary="Ann Lee came, and others")
    edited = await edit_visit(world.desk, caller, logged.exchange.id, 1, typed)
    assert edited.entry is not None
    await erase_person(world.desk, OPERATOR, ANN)
    await undo_entry(world.desk, caller, edited.entry)
    async with world.desk.database.read() as session:
        row = (await session.execute(select(ExchangeRow.topic, ExchangeRow.summary))).one()
    assert row == (f"Talk with {MARK}", f"{CHINESE_MARK} came")
    assert await everything(world.desk, "Ann Lee") == []
    assert await everything(world.desk, "李安") == []


# Asking first ----------------------------------------------------------------------------------------------


async def test_a_question_is_confirmed_once_in_time_by_who_asked(world: World) -> None:
    """The name is kept for it and goes with it."""
    await world.visit("Ann Lee", "tainan")
    caller = await world.caller()
    key = await ask_to_erase(world.desk, caller, ANN)
    for other in (replace(caller, user_id=LIN), await world.caller("taipei")):
        with pytest.raises(NotFound, match=r"privacy\.expired"):
            await erase_as_asked(world.desk, other, key)
    late = replace(world.desk, clock=lambda: NOW + CONFIRM_WITHIN + timedelta(seconds=1))
    with pytest.raises(NotFound, match=r"privacy\.expired"):
        await erase_as_asked(late, caller, key)
    assert (await erase_as_asked(world.desk, caller, key)).erased == {Kept.EXCHANGES: 6}
    assert await everything(world.desk, "Ann Lee") == []
    with pytest.raises(NotFound, match=r"privacy\.expired"):
        await erase_as_asked(world.desk, caller, key)


# A Discord user --------------------------------------------------------------------------------------------


async def user_of_everything(world: World) -> Caller:
    """Somebody who chose a language, typed a form, logged a visit, and is mentioned in another office's record."""
    caller = await world.caller(role=Role.LOGGER, user_id=LIN)
    await choose_language(world.desk, LIN, "zh-TW")
    await keep_draft(world.desk, LIN, "visit", {"typed": {"topic": "half a thought"}})
    await log_visit(world.desk, caller, VisitForm(partner="seattle", date="2026-11-19"), "r1")
    await world.visit(f"secret: <@{LIN}> said no", "taipei", Scope.OFFICE)
    async with world.desk.database.write() as session:
        await record_change(
            session, at=NOW, action="role.given", subject="office:9", after={"who": [LIN, WANG]}
        )
    return caller


async def test_what_is_stored_about_oneself(world: World) -> None:
    """All of it, in every office; but of the text around one's id nothing, as it is others'."""
    caller = await user_of_everything(world)
    holdings = await stored_about_me(world.desk, caller)
    assert holdings.counts == {Kept.PREFERENCES: 1, Kept.DRAFTS: 1, Kept.EXCHANGES: 6, Kept.AUDIT: 2}
    document = json.loads(json.dumps(holdings.document))
    texts = {(item["kind"], item["field"]): item["text"] for item in document["found"]}
    assert texts["preferences", "language"] == "zh-TW"
    assert texts["drafts", "values.typed.topic"] == "half a thought"
    assert "exchange.logged X1" in texts["audit", "user_id"]
    assert texts["audit", "after.who.0"] == texts["exchanges", "summary"] == str(LIN)
    assert "secret" not in json.dumps(document)
    assert (await stored_about_me(world.desk, replace(caller, user_id=333))).traces == []
    assert (await stored_about_user(world.desk, OPERATOR, LIN)).traces == holdings.traces


@pytest.mark.parametrize("by_operator", [False, True])
async def test_a_user_is_forgotten(world: World, by_operator: bool) -> None:
    """Settings, forms and every trace of the id go; what was logged stays; nobody else is touched."""
    caller = await user_of_everything(world)
    await choose_language(world.desk, WANG, "en")
    before = await stored_about_me(world.desk, caller)
    if by_operator:
        receipt = await forget_user(world.desk, OPERATOR, LIN)
    else:
        receipt = await forget_me(world.desk, caller)
    assert receipt.erased == before.counts
    assert (await stored_about_me(world.desk, caller)).traces == []
    assert await everything(world.desk, str(LIN)) == []
    async with world.desk.database.read() as session:
        assert list(await session.scalars(select(PreferenceRow.user_id))) == [WANG]
        assert await session.scalar(select(ExchangeRow.request_id).where(ExchangeRow.id == 1)) == "r1"
        given = select(AuditRow.after).where(AuditRow.action == "role.given")
        assert await session.scalar(given) == {"who": [None, WANG]}
    entry = (await audit_entries(world.desk))[-1]
    assert (entry.action, entry.user_id, entry.guild_id) == ("person.erased", None, None)
    again = await forget_me(world.desk, caller)
    assert again.erased == {}


# An office's own data --------------------------------------------------------------------------------------


async def test_an_offices_own_data_is_erased(world: World) -> None:
    """Records of its own eyes go with their parts and their history; what others see too stays, and so do others'."""
    own_act = await world.act("x", "tainan", Scope.OFFICE)
    older = await world.act("y", "tainan", Scope.SHARED, superseded_by=own_act)
    own_visit = await world.visit("z", "tainan", Scope.OFFICE)
    stays = await world.visit("z", "tainan", Scope.SHARED)
    theirs = await world.visit("z", "taipei", Scope.OFFICE)
    caller = await world.caller()
    assert caller.office is not None
    due = Reminder(caller.office.id, ReminderKind.ANNIVERSARY, "P1", NOW.date(), 0, 5, NOW)
    async with world.desk.database.write() as session:
        await enqueue(session, [due, replace(due, subject="P2")], NOW - GRACE)
        await session.execute(
            update(ReminderRow).where(ReminderRow.subject == "P2").values(state=ReminderState.SENT)
        )
        await session.execute(
            insert(OfficeRoleRow).values(office_id=caller.office.id, role_id=7, role=Role.EDITOR)
        )
        await session.execute(update(OfficeRow).values(notify_role_id=8, everyone=Role.READER))
        for subject, user in ((f"X{own_visit}", LIN), (f"X{stays}", None), ("X99", None)):
            await record_change(
                session, at=NOW, action="exchange.removed", subject=subject, user_id=user,
                office_id=caller.office.id, before={"title": "z"},
            )  # fmt: skip
        await record_change(
            session, at=NOW, action="exchange.edited", subject=f"X{own_visit}", after={"title": "z"}
        )
    for person in (LIN, 333):
        await keep_draft(world.desk, person, "visit", {"topic": "half"})
    own = await own_data(world.desk, caller)
    assert own.goes == {
        Kept.PARTNERSHIPS: 1, Kept.EXCHANGES: 1, Kept.CHANNELS: len(Purpose), Kept.ROLES: 1,
    }  # fmt: skip
    assert own.stays == {Kept.PARTNERSHIPS: 1, Kept.EXCHANGES: 1}
    erased = await erase_own_data(world.desk, caller)
    assert erased == dict(own.goes) | {Kept.DRAFTS: 1, Kept.AUDIT: 4, Kept.REMINDERS: 1}
    async with world.desk.database.read() as session:
        assert set(await session.scalars(select(ExchangeRow.id))) == {stays, theirs}
        acts = (await session.execute(select(PartnershipRow.id, PartnershipRow.superseded_by))).all()
        assert acts == [(older, None)]
        assert set(await session.scalars(select(ExchangeSourceRow.exchange_id))) == {stays, theirs}
        row = await session.get_one(OfficeRow, caller.office.id)
        assert (row.guild_id, row.since, row.planned_until, row.asleep_since) == (None,) * 4
        assert (row.notify_role_id, row.everyone) == (None, Role.LOGGER)
        assert list(await session.scalars(select(OfficeChannelRow))) == []
        assert list(await session.scalars(select(OfficeRoleRow))) == []
        assert list(await session.scalars(select(DraftRow.user_id))) == [333]
        states = dict((await session.execute(select(ReminderRow.subject, ReminderRow.state))).all())
    assert states == {"P1": ReminderState.CANCELLED, "P2": ReminderState.SENT}
    entries = await audit_entries(world.desk)
    told = {entry.subject for entry in entries if entry.before or entry.after}
    assert told == {f"X{stays}", f"office:{caller.office.id}"}
    assert (entries[-1].action, entries[-1].user_id) == ("office.erased", WANG)
    assert entries[-1].after == {kept.value: number for kept, number in erased.items()}
    assert await office_of_guild(world.desk, TAINAN) is None


async def test_an_office_is_erased_once(world: World) -> None:
    """Of two administrators who confirm at the same moment, the second is told; the history has one entry."""
    caller = await world.caller()
    outcomes = await asyncio.gather(
        *(erase_own_data(world.desk, caller) for _ in range(2)), return_exceptions=True
    )
    (late,) = (each for each in outcomes if isinstance(each, Exception))
    assert isinstance(late, NotFound)
    actions = [entry.action for entry in await audit_entries(world.desk)]
    assert actions.count("office.erased") == 1


@pytest.mark.parametrize("by_operator", [False, True])
async def test_undo_brings_nothing_of_an_erased_office_back(world: World, by_operator: bool) -> None:
    """Its own record was removed before, by whomever: the history has forgotten what it said."""
    caller = await world.caller(role=Role.EDITOR)
    form = VisitForm(partner="seattle", date="2026-11-19", topic="confidential", scope=Scope.OFFICE)
    logged = await log_visit(world.desk, caller, form, "r1")
    taken = await undo_entry(world.desk, OPERATOR if by_operator else caller, logged.entry)
    await erase_own_data(world.desk, await world.caller())
    operator = OPERATOR if by_operator else replace(await world.caller(), role=Role.OPERATOR)
    for entry in (logged.entry, taken.entry):
        with pytest.raises((NotFound, BadInput)):
            await undo_entry(world.desk, operator, entry)
    assert await everything(world.desk, "confidential") == []


async def test_after_erasing_the_city_can_be_set_up_again(world: World) -> None:
    """By a server with a code of the operator's; not freely, as in an empty installation."""
    await erase_own_data(world.desk, await world.caller())
    stranger = Caller("en", 5, SEATTLE, role=Role.ADMINISTRATOR)
    with pytest.raises(BadInput):
        await set_up_office(world.desk, stranger, "tainan", 6, PostingForm())
    office = await set_up_office(
        world.desk, replace(stranger, role=Role.OPERATOR), "tainan", 6, PostingForm()
    )
    assert (office.id, office.since) == (world.offices["tainan"], NOW)


# At the command line ---------------------------------------------------------------------------------------


def test_the_operator_finds_and_erases(shell: Shell) -> None:
    """With a word before, or --yes; without anybody to ask nothing is erased. The second time nothing is there."""
    found = shell("privacy", "find", "Radom", "--json")
    assert found.returncode == 0
    places = json.loads(found.stdout)["found"]
    assert places
    assert {"kind", "record", "field", "text"} == set(places[0])
    listed = shell("privacy", "find", "Radom")
    assert len(listed.stdout.splitlines()) == len(places)
    unasked = shell("privacy", "erase", "Radom")
    assert unasked.returncode == 1
    assert "Nothing was erased" in unasked.stderr
    erased = shell("privacy", "erase", "Radom", "拉當", "--yes")
    assert erased.returncode == 0
    assert "receipt" in erased.stdout
    assert "Backups" in erased.stdout
    assert "Radom" not in erased.stdout
    again = shell("privacy", "find", "Radom", "拉當")
    assert again.stdout == "Nothing is stored.\n"
    nothing = shell("privacy", "erase", "Radom", "--yes", ATTACHE_LANGUAGE="zh-TW")
    assert nothing.stdout == "沒有可刪除的資料。\n"


def test_mistakes_at_the_command_line(shell: Shell) -> None:
    """A sentence each, and the exit status of the design."""
    short = shell("privacy", "erase", "x", "--yes")
    assert short.returncode == 1
    assert "two letters" in short.stderr
    assert shell("privacy", "user", "0").returncode == 2
    assert shell("privacy", "user", "12345", "--erase", "--yes").stdout == "There was nothing to erase.\n"
    nowhere = shell("privacy", "office", "Seattle", "--yes")
    assert nowhere.returncode == 1
    assert "Seattle has no office" in nowhere.stderr


def test_the_operator_erases_an_office(shell: Shell) -> None:
    """After a question that names the city, or with --yes; one that no server has taken has nothing to erase."""
    untaken = shell("privacy", "office", "Tainan", "--yes")
    assert untaken.stdout == "There was nothing to erase.\n"
    with closing(sqlite3.connect(shell.folder / "registry.db")) as file:
        tainan = "(SELECT id FROM places WHERE key = 'tainan-tw')"
        file.execute(f"UPDATE offices SET guild_id = 5 WHERE place_id = {tainan}")  # noqa: S608
        file.execute("INSERT INTO office_channels SELECT id, 'visits', 6 FROM offices WHERE guild_id = 5")
        file.commit()
    asked = shell("privacy", "office", "Tainan")
    assert asked.returncode == 1
    assert "What goes" in asked.stdout
    assert "Erase the data of the office of Tainan" in asked.stdout
    done = shell("privacy", "office", "Tainan", "--yes")
    assert done.returncode == 0
    assert "Channels: 1" in done.stdout
    assert "What stays" in done.stdout
