"""What was done to a record: who is told of it, who may take it back, and what that leaves."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from bot.domain.access import ANYONE, Role, Scope, Standing
from bot.domain.audit import Deed, Record, RecordKind, exchange_record
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, NotAllowed, NotFound
from bot.domain.offices import Office, Purpose
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.services.audit import TakenBack, office_history, record_history, undo, undo_entry
from bot.services.desk import Caller, Desk
from bot.services.documents import same
from bot.services.editing import edit_visit, open_visit, remove_visit, set_scope
from bot.services.exchanges import VisitForm, log_visit
from bot.services.office_settings import ChannelsForm, change_channels
from bot.services.records import write_change
from bot.services.telling import ChangedSince
from db import versions
from db.engine import Database
from db.exchanges import all_exchanges
from db.partnerships import NewPartnership
from db.places import ids_by_key
from db.tables import AuditRow, ExchangeRow, OfficeRow, PartnershipRow
from db.versions import Held
from tests.conftest import NOW
from tests.records import audit_entries, office_of, person

FORM = VisitForm("seattle-us", "yesterday 9:00", topic="Housing", people="6")
OPERATOR = Caller("en", role=Role.OPERATOR)


@pytest.fixture
async def home(seeded_desk: Desk) -> Office:
    return await office_of(seeded_desk, "kaohsiung-tw")


@pytest.fixture
async def tainan(seeded_desk: Desk) -> Office:
    return await office_of(seeded_desk, "tainan-tw")


def later(desk: Desk, **delta: float) -> Desk:
    return Desk(desk.database, lambda: NOW + timedelta(**delta))


async def log(desk: Desk, caller: Caller, request: str = "test:1", **more: Any) -> int:
    return (await log_visit(desk, caller, replace(FORM, **more), request)).exchange.id


async def edit(desk: Desk, caller: Caller, number: int, **typed: str) -> int:
    """Change fields of a record as it is now; returns the entry."""
    opened = await open_visit(desk, caller, f"X{number}")
    fields = replace(opened.fields, **typed)
    done = await edit_visit(desk, caller, number, opened.version, fields)
    assert done.entry is not None
    return done.entry


async def stored(desk: Desk, record: str) -> Held | None:
    async with desk.database.read() as session:
        return await versions.find(session, _record(record))


def _record(text: str) -> Record:
    kind = RecordKind.EXCHANGE if text[0] == "X" else RecordKind.PARTNERSHIP
    return Record(kind, int(text[1:]))


async def told(desk: Desk, caller: Caller, record: str) -> list[tuple[Any, Mapping[str, Any]]]:
    """Who did what to a record, newest first: (person, office's key or None, deed), fields as they were and became."""
    history = await record_history(desk, caller, record)
    return [
        (
            (each.person, each.office.key if each.office else None, each.deed),
            {change.field: (change.before, change.after) for change in each.changes},
        )
        for each in history.entries
    ]


# History ----------------------------------------------------------------------------------------------------


async def test_a_history_tells_field_by_field(seeded_desk: Desk, home: Office) -> None:
    """Newest first, with places and words instead of ids, and what was taken back marked as such."""
    caller = person(home)
    number = await log(seeded_desk, caller)
    await edit(seeded_desk, caller, number, topic="Ports", people="")
    await undo(seeded_desk, caller)
    history = await record_history(seeded_desk, caller, f"x{number}")
    undone, edited, logged = history.entries
    assert [each.deed for each in history.entries] == [Deed.UNDONE, Deed.EDITED, Deed.LOGGED]
    assert [each.is_taken_back for each in history.entries] == [False, True, False]
    assert {each.field: (each.before, each.after) for each in edited.changes} == {
        "topic": ("Housing", "Ports"),
        "people": (6, None),
    }
    assert {each.field: (each.before, each.after) for each in undone.changes} == {
        "topic": ("Ports", "Housing"),
        "people": (None, 6),
    }
    first = {each.field: each.after for each in logged.changes}
    assert [place.key for place in first["places"]] == ["kaohsiung-tw", "seattle-us"]
    assert first["office_id"] == home.place
    assert first["date"] == PartialDate(2026, 11, 19)
    assert "request_id" not in first
    assert all(each.at == NOW and each.person == 1 for each in history.entries)


async def test_another_office_sees_the_office_and_not_the_person(
    seeded_desk: Desk, home: Office, tainan: Office
) -> None:
    """And the operator both, at the command line as such."""
    number = await log(seeded_desk, person(home))
    await undo(seeded_desk, OPERATOR, f"X{number}")
    await undo_entry(seeded_desk, OPERATOR, (await audit_entries(seeded_desk, f"X{number}"))[-1].id)
    for caller, who in ((person(tainan), (None, "kaohsiung-tw")), (OPERATOR, (1, "kaohsiung-tw"))):
        put_back, undone, logged = (await record_history(seeded_desk, caller, f"X{number}")).entries
        assert (logged.person, logged.office and logged.office.key) == who
        assert not logged.at_command_line
        assert put_back.at_command_line
        assert (undone.person, undone.office) == (None, None)


async def test_what_may_not_be_seen_has_no_history(seeded_desk: Desk, home: Office, tainan: Office) -> None:
    """Hidden, removed while hidden, and never there: all get the same sentence."""
    editor, stranger = person(home, Role.EDITOR), person(tainan, Role.ADMINISTRATOR)
    hidden = await log(seeded_desk, editor, scope=Scope.OFFICE)
    gone = await log(seeded_desk, editor, "test:2", scope=Scope.OFFICE)
    await remove_visit(seeded_desk, editor, gone, 1)
    sentences = []
    for record in (f"X{hidden}", f"X{gone}", "X99999", "P99999"):
        with pytest.raises(NotFound) as refused:
            await record_history(seeded_desk, stranger, record)
        sentences.append((refused.value.key, refused.value.values == {"record": record}))
    assert set(sentences) == {("record.unknown", True)}
    assert len((await record_history(seeded_desk, editor, f"X{gone}")).entries) == 2


async def test_what_a_record_said_while_it_was_hidden_stays_hidden(
    seeded_desk: Desk, home: Office, tainan: Office
) -> None:
    """A record that is shared later does not share what was struck out before."""
    editor = person(home, Role.EDITOR)
    number = await log(seeded_desk, editor, scope=Scope.OFFICE, topic="The mayor's illness")
    await edit(seeded_desk, editor, number, topic="Postponed")
    await set_scope(seeded_desk, editor, f"X{number}", Scope.SHARED)
    await edit(seeded_desk, editor, number, topic="Next spring")
    assert [who[2] for who, _ in await told(seeded_desk, editor, f"X{number}")] == [
        Deed.EDITED, Deed.RESCOPED, Deed.EDITED, Deed.LOGGED,
    ]  # fmt: skip
    assert await told(seeded_desk, person(tainan), f"X{number}") == [
        ((None, "kaohsiung-tw", Deed.EDITED), {"topic": ("Postponed", "Next spring")})
    ]
    assert Scope.OFFICE in (await record_history(seeded_desk, editor, f"X{number}")).scopes
    assert (await record_history(seeded_desk, person(tainan), f"X{number}")).scopes == {Scope.SHARED}


async def test_a_record_that_nobody_changed(seeded_desk: Desk, home: Office) -> None:
    """It came with the starter data: its history is empty, and there is nothing to take back."""
    assert (await record_history(seeded_desk, person(home), "P191")).entries == []
    with pytest.raises(BadInput) as refused:
        await undo(seeded_desk, person(home, Role.EDITOR), "P191")
    assert refused.value.key == "undo.nothing_on_record"


async def test_the_history_of_an_office(seeded_desk: Desk, home: Office) -> None:
    """Its settings, for its administrator; of an entry of the first release, what is still a setting."""
    administrator = person(home, Role.ADMINISTRATOR)
    async with seeded_desk.database.write() as session:
        old = {"place": "kaohsiung-tw", "channel": 3, "language": "en"}
        await session.execute(
            insert(AuditRow).values(
                at=NOW, user_id=1, guild_id=1, office_id=home.id, action="office.set_up",
                subject=f"office:{home.id}", before=None, after=old,
            )
        )  # fmt: skip
    channels = dict.fromkeys(Purpose, 77)
    await change_channels(seeded_desk, administrator, ChannelsForm(channels, None), 1)
    changed, set_up = await office_history(seeded_desk, administrator)
    assert (changed.person, changed.deed.value, set_up.deed.value) == (1, "settings", "set_up")
    assert {each.name for each in changed.changes} == {f"channel_{purpose}" for purpose in Purpose}
    assert [(each.name, each.after) for each in set_up.changes] == [
        ("language", "en"),
        ("place", "kaohsiung-tw"),
    ]
    with pytest.raises(NotAllowed):
        await office_history(seeded_desk, person(home, Role.EDITOR))


# Undo -------------------------------------------------------------------------------------------------------


async def test_undo_goes_back_step_by_step(seeded_desk: Desk, home: Office) -> None:
    """Twice goes two steps back, to the creation and to nothing; each step is one entry that names what it undoes."""
    caller = person(home)
    number = await log(seeded_desk, caller)
    states = [None, await stored(seeded_desk, f"X{number}")]
    for topic in ("Ports", "Parks"):
        await edit(seeded_desk, caller, number, topic=topic)
        states.append(await stored(seeded_desk, f"X{number}"))
    made = await audit_entries(seeded_desk, f"X{number}")
    for step in (2, 1, 0):
        done = await undo(seeded_desk, caller)
        now, expected = await stored(seeded_desk, f"X{number}"), states[step]
        assert same(now.content if now else None, expected.content if expected else None)
        assert (done.was_there, done.is_there, done.put_back) == (True, step > 0, False)
        entry = (await audit_entries(seeded_desk, f"X{number}"))[-1]
        assert (entry.id, entry.undoes, entry.action) == (done.entry, made[step].id, "exchange.undone")
    with pytest.raises(BadInput) as refused:
        await undo(seeded_desk, caller)
    assert refused.value.key == "undo.nothing"


async def test_what_was_taken_back_can_be_put_back(seeded_desk: Desk, home: Office) -> None:
    """By the undo of the undo, and back again, as often as one likes; the version never comes twice."""
    caller = person(home)
    number = await log(seeded_desk, caller)
    before = await stored(seeded_desk, f"X{number}")
    done, versions_seen = await undo(seeded_desk, caller), [1]
    for put_back in (True, False, True):
        done = await undo_entry(seeded_desk, caller, done.entry)
        now = await stored(seeded_desk, f"X{number}")
        assert (done.put_back, now is not None) == (put_back, put_back)
        if now is not None and before is not None:
            assert now.content == before.content
            versions_seen.append(now.version)
    assert versions_seen == sorted(set(versions_seen))
    assert len(await audit_entries(seeded_desk, f"X{number}")) == 5


async def test_undo_after_putting_back_takes_the_same_change_back(seeded_desk: Desk, home: Office) -> None:
    """What was put back is again the last change."""
    caller = person(home)
    number = await log(seeded_desk, caller)
    await edit(seeded_desk, caller, number, topic="Ports")
    done = await undo(seeded_desk, caller)
    await undo_entry(seeded_desk, caller, done.entry)
    for text in (None, f"X{number}"):
        assert (await topic(seeded_desk, number)) == "Ports"
        done = await undo(seeded_desk, caller, text)
        assert (await topic(seeded_desk, number)) == "Housing"
        await undo_entry(seeded_desk, caller, done.entry)


async def topic(desk: Desk, number: int) -> Any:
    held = await stored(desk, f"X{number}")
    return getattr(held.content, "topic", None) if held else None


async def test_a_removed_record_comes_back_with_its_number(seeded_desk: Desk, home: Office) -> None:
    """And its number was not given to another meanwhile."""
    editor = person(home, Role.EDITOR)
    number = await log(seeded_desk, editor)
    before = await stored(seeded_desk, f"X{number}")
    await remove_visit(seeded_desk, editor, number, 1)
    assert await log(seeded_desk, editor, "test:2") == number + 1
    done = await undo(seeded_desk, editor, f"X{number}")
    now = await stored(seeded_desk, f"X{number}")
    assert (done.was_there, done.is_there) == (False, True)
    assert now is not None
    assert before is not None
    assert (now.content, now.version) == (before.content, 2)


async def test_the_last_change_is_the_callers_own_here(
    seeded_desk: Desk, home: Office, tainan: Office
) -> None:
    """Neither what others did, nor what one did elsewhere, more than a day ago, or to settings."""
    mine = await log(seeded_desk, person(home))
    await log(seeded_desk, person(home, user_id=2), "test:2")
    await log(seeded_desk, person(tainan), "test:3")
    await change_channels(
        seeded_desk, person(home, Role.ADMINISTRATOR), ChannelsForm(dict.fromkeys(Purpose, 5), None), 1
    )
    for desk, caller in (
        (later(seeded_desk, hours=24, seconds=1), person(home)),
        (seeded_desk, person(home, user_id=3)),
    ):
        with pytest.raises(BadInput) as refused:
            await undo(desk, caller)
        assert refused.value.key == "undo.nothing"
    assert (await undo(later(seeded_desk, hours=24), person(home))).record == exchange_record(mine)


UNDOERS = [
    # hours later, who, role, what it ends in
    (0, "self", Role.LOGGER, None),
    (24, "self", Role.LOGGER, None),
    (25, "self", Role.LOGGER, "undo.others_change"),
    (25, "self", Role.EDITOR, None),
    (0, "colleague", Role.LOGGER, "undo.others_change"),
    (9000, "colleague", Role.EDITOR, None),
    (0, "colleague", Role.READER, "role_too_weak"),
    (0, "elsewhere", Role.ADMINISTRATOR, "undo.other_office"),
    (9000, "operator", Role.OPERATOR, None),
]


@pytest.mark.parametrize(("hours", "who", "role", "key"), UNDOERS)
async def test_who_may_take_back(
    seeded_desk: Desk, home: Office, tainan: Office, hours: int, who: str, role: Role, key: str | None
) -> None:
    """Editors any change of their office, others their own of a day; by the record and by the button alike."""
    number = await log(seeded_desk, person(home))
    entry = await edit(seeded_desk, person(home), number, topic="Ports")
    desk = later(seeded_desk, hours=hours)
    callers = {
        "self": person(home, role),
        "colleague": person(home, role, 2),
        "elsewhere": person(tainan, role),
        "operator": OPERATOR,
    }
    for call in (undo(desk, callers[who], f"X{number}"), undo_entry(desk, callers[who], entry)):
        if key is None:
            done = await _result(call)
            assert isinstance(done, TakenBack) or done == "undo.already"
        else:
            assert await _result(call) == key
    assert (await topic(seeded_desk, number)) == ("Ports" if key else "Housing")


async def _result(call: Any) -> TakenBack | str:
    try:
        found: TakenBack = await call
    except AttacheError as error:
        return error.key
    return found


async def test_a_guest_takes_back_its_own_of_the_day(seeded_desk: Desk) -> None:
    """Even its administrator no more than that: guests have no editors."""
    guest = await office_of(seeded_desk, "seattle-us", Standing.GUEST)
    number = await log(seeded_desk, person(guest), partner="kaohsiung-tw")
    other = person(guest, Role.ADMINISTRATOR, 2)
    assert await _result(undo(seeded_desk, other, f"X{number}")) == "undo.others_change"
    assert isinstance(await _result(undo(seeded_desk, person(guest))), TakenBack)


async def test_what_others_changed_since_is_not_overwritten(seeded_desk: Desk, home: Office) -> None:
    """The caller is told what was changed, and by whom; once that is taken back, the own change can be."""
    caller, editor = person(home), person(home, Role.EDITOR, 2)
    number = await log(seeded_desk, caller)
    await edit(seeded_desk, caller, number, topic="Ports")
    await edit(seeded_desk, editor, number, people="7")
    with pytest.raises(ChangedSince) as refused:
        await undo(seeded_desk, caller)
    assert refused.value.key == "undo.changed_since"
    assert [(each.person, each.changes[0].field) for each in refused.value.since] == [(2, "people")]
    assert (await topic(seeded_desk, number)) == "Ports"
    await undo(seeded_desk, editor)
    await undo(seeded_desk, caller)
    assert (await topic(seeded_desk, number)) == "Housing"


async def test_what_an_import_changed_since_is_not_overwritten(seeded_desk: Desk, home: Office) -> None:
    """It leaves no entry of its own for the record; the record itself shows it."""
    number = await log(seeded_desk, person(home))
    async with seeded_desk.database.write() as session:
        await session.execute(
            update(ExchangeRow.__table__).where(ExchangeRow.id == number).values(version=2, note="Merged")  # type: ignore[arg-type]
        )
    with pytest.raises(ChangedSince) as refused:
        await undo(seeded_desk, person(home))
    assert refused.value.since == []


async def test_changes_back_and_forth_count_as_changes(seeded_desk: Desk, home: Office) -> None:
    """Somebody has looked at it since, even where it says the same again."""
    caller, editor = person(home), person(home, Role.EDITOR, 2)
    number = await log(seeded_desk, caller)
    await edit(seeded_desk, caller, number, topic="Ports")
    for topic_then in ("Parks", "Ports"):
        await edit(seeded_desk, editor, number, topic=topic_then)
    with pytest.raises(ChangedSince):
        await undo(seeded_desk, caller)


async def test_a_change_is_taken_back_once(seeded_desk: Desk, home: Office) -> None:
    """Twenty presses at once, in several processes' databases: one entry, and the others are told."""
    caller = person(home)
    number = await log(seeded_desk, caller)
    entry = await edit(seeded_desk, caller, number, topic="Ports")
    other = Database(seeded_desk.database.url)
    desks = (seeded_desk, Desk(other, seeded_desk.clock))
    results = await asyncio.gather(
        *(_result(undo_entry(desks[press % 2], caller, entry)) for press in range(20))
    )
    await other.close()
    assert sorted(type(each).__name__ for each in results) == ["TakenBack"] + ["str"] * 19
    assert {each for each in results if isinstance(each, str)} == {"undo.already"}
    assert len(await audit_entries(seeded_desk, f"X{number}")) == 3
    assert (await topic(seeded_desk, number)) == "Housing"


async def test_two_undo_commands_at_once_go_one_step_back(seeded_desk: Desk, home: Office) -> None:
    """Both mean the change that they saw; the second does not take another one along."""
    caller = person(home)
    number = await log(seeded_desk, caller)
    await edit(seeded_desk, caller, number, topic="Ports")
    for _ in range(5):
        before = len(await audit_entries(seeded_desk, f"X{number}"))
        results = await asyncio.gather(*(_result(undo(seeded_desk, caller, f"X{number}")) for _ in range(2)))
        done = [each for each in results if isinstance(each, TakenBack)]
        steps = len(await audit_entries(seeded_desk, f"X{number}")) - before
        assert steps == len(done)
        if (await topic(seeded_desk, number)) != "Housing":
            assert await stored(seeded_desk, f"X{number}") is None
        await undo_entry(seeded_desk, caller, done[-1].entry)
        if len(done) == 2:
            await undo_entry(seeded_desk, caller, done[0].entry)
    assert (await topic(seeded_desk, number)) == "Ports"


async def test_an_unseen_record_is_not_undone(seeded_desk: Desk, home: Office, tainan: Office) -> None:
    """Neither by its number nor by the number of its entry, and not told from one that never was."""
    number = await log(seeded_desk, person(home), scope=Scope.OFFICE)
    (entry,) = await audit_entries(seeded_desk, f"X{number}")
    stranger = person(tainan, Role.ADMINISTRATOR)
    assert await _result(undo(seeded_desk, stranger, f"X{number}")) == "record.unknown"
    assert await _result(undo(seeded_desk, stranger, "X99999")) == "record.unknown"
    assert await _result(undo_entry(seeded_desk, stranger, entry.id)) == "record.unknown"
    assert await _result(undo_entry(seeded_desk, stranger, 99_999)) == "undo.no_entry"
    imported = (await audit_entries(seeded_desk))[0]
    assert imported.action == "imported"
    assert await _result(undo_entry(seeded_desk, stranger, imported.id)) == "undo.no_entry"


async def replaced(desk: Desk, editor: Caller, **earlier: Any) -> tuple[Record, int]:
    """Two agreements of the editor's office, one replaced by the other: the first's number, the second's entry."""
    assert editor.office is not None
    async with desk.database.write() as session:
        ids = await ids_by_key(session, ["kaohsiung-tw", "seattle-us"])
        act = NewPartnership(
            Kind.MOU, (ids["kaohsiung-tw"], ids["seattle-us"]), (StatusChange(Status.ACTIVE, None),),
            office_id=editor.office.id,
        )  # fmt: skip
        later_act, entry = await write_change(session, desk, editor, Deed.ADDED, before=None, after=act)
        former = replace(act, superseded_by=later_act.number, **earlier)
        number, _ = await write_change(session, desk, editor, Deed.ADDED, before=None, after=former)
    return number, entry


async def test_what_replaced_another_act_stays(seeded_desk: Desk, home: Office) -> None:
    """The removal of an agreement that another points to is refused with the other's number."""
    editor = person(home, Role.EDITOR)
    earlier, entry = await replaced(seeded_desk, editor)
    with pytest.raises(BadInput) as refused:
        await undo_entry(seeded_desk, editor, entry)
    assert (refused.value.key, refused.value.values["others"]) == ("undo.superseding", [str(earlier)])
    done = await undo(seeded_desk, editor, str(earlier))
    assert await stored(seeded_desk, str(earlier)) is None
    await undo_entry(seeded_desk, editor, entry)
    with pytest.raises(BadInput) as refused:
        await undo_entry(seeded_desk, editor, done.entry)
    assert refused.value.key == "undo.refers_gone"


async def test_what_replaced_a_hidden_act_stays_too(seeded_desk: Desk, home: Office, tainan: Office) -> None:
    """But nobody is told the number of an agreement that another office keeps to itself."""
    editor = person(home, Role.EDITOR)
    _, entry = await replaced(seeded_desk, editor, scope=Scope.OFFICE, office_id=tainan.id)
    with pytest.raises(BadInput) as refused:
        await undo_entry(seeded_desk, editor, entry)
    assert (refused.value.key, set(refused.value.values)) == ("undo.referred_to", {"record"})


async def test_a_hidden_successor_is_not_told_by_undo(
    seeded_desk: Desk, home: Office, tainan: Office
) -> None:
    """The agreement that replaced this one is by now kept by another office to itself."""
    editor = person(home, Role.EDITOR)
    earlier, _ = await replaced(seeded_desk, editor)
    async with seeded_desk.database.write() as session:
        successor = select(PartnershipRow.superseded_by).where(PartnershipRow.id == earlier.number)
        row = update(PartnershipRow).where(PartnershipRow.id == await session.scalar(successor))
        await session.execute(row.values(scope=Scope.OFFICE, office_id=tainan.id))
    done = await undo(seeded_desk, editor, str(earlier))
    told = {change.field for change in done.changes}
    assert "kind" in told
    assert "superseded_by" not in told


async def test_a_scope_is_put_back(seeded_desk: Desk, home: Office, tainan: Office) -> None:
    """And what it says of who may see is rid of nothing else."""
    editor = person(home, Role.EDITOR)
    number = await log(seeded_desk, editor)
    await set_scope(seeded_desk, editor, f"X{number}", Scope.OFFICE)
    done = await undo(seeded_desk, editor)
    assert done.scopes == {Scope.OFFICE, Scope.SHARED}
    assert len((await record_history(seeded_desk, person(tainan), f"X{number}")).entries) == 1


async def test_an_entry_of_the_first_release_is_taken_back(seeded_desk: Desk, home: Office) -> None:
    """It has neither version nor request in it; the record goes, and comes back."""
    number = await log(seeded_desk, person(home))
    (entry,) = await audit_entries(seeded_desk, f"X{number}")
    assert entry.after is not None
    old = {
        name: value for name, value in entry.after.items() if name not in ("version", "request_id", "sources")
    }
    async with seeded_desk.database.write() as session:
        await session.execute(update(AuditRow).where(AuditRow.id == entry.id).values(after=old))
    before = await stored(seeded_desk, f"X{number}")
    done = await undo(seeded_desk, person(home))
    assert await stored(seeded_desk, f"X{number}") is None
    await undo_entry(seeded_desk, person(home), done.entry)
    now = await stored(seeded_desk, f"X{number}")
    assert now is not None
    assert before is not None
    assert now.content == before.content


async def test_an_erased_entry_takes_nothing_back(seeded_desk: Desk, home: Office) -> None:
    """Where what it said has been erased, there is nothing to go back to."""
    number = await log(seeded_desk, person(home))
    entry = await edit(seeded_desk, person(home), number, topic="Ports")
    async with seeded_desk.database.write() as session:
        await session.execute(update(AuditRow).where(AuditRow.id == entry).values(before=None, after=None))
    assert await _result(undo_entry(seeded_desk, person(home), entry)) == "undo.changed_since"
    async with seeded_desk.database.write() as session:
        await session.execute(delete(ExchangeRow).where(ExchangeRow.id == number))
    assert await _result(undo_entry(seeded_desk, person(home), entry)) == "record.unknown"


async def test_a_request_that_was_taken_back_may_be_sent_again(seeded_desk: Desk, home: Office) -> None:
    """It makes a new record; the old one can come back beside it."""
    first = await log(seeded_desk, person(home))
    done = await undo(seeded_desk, person(home))
    assert await log(seeded_desk, person(home)) == first + 1
    await undo_entry(seeded_desk, person(home), done.entry)
    async with seeded_desk.database.read() as session:
        assert [each.id for each in await all_exchanges(session, ANYONE)][-2:] == [first, first + 1]


async def test_an_office_that_may_not_write_any_more(seeded_desk: Desk, home: Office) -> None:
    """What it did stays, as it is a reader now."""
    await log(seeded_desk, person(home))
    async with seeded_desk.database.write() as session:
        await session.execute(
            update(OfficeRow).where(OfficeRow.id == home.id).values(standing=Standing.READER)
        )
    reader = person(await office_of(seeded_desk, "kaohsiung-tw"), Role.ADMINISTRATOR)
    assert await _result(undo(seeded_desk, reader)) == "standing_forbids"
