"""Changing, removing and re-scoping exchanges: who may, what is refused, and that nobody's change is lost."""

import asyncio
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.access import ANYONE, Role, Scope, Standing
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, FormRefused, NotAllowed, NotFound
from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeStatus, Format, Mode
from bot.domain.offices import Office
from bot.services.desk import Caller, Desk
from bot.services.editing import (
    check_removable,
    edit_visit,
    open_visit,
    remove_visit,
    set_scope,
)
from bot.services.exchanges import VisitForm, check_partners, log_visit
from bot.services.partnerships import show_partner
from bot.services.telling import ChangedSince
from bot.services.visit_fields import AS_IT_IS, VisitFields, fields_of, read_fields
from db import groups
from db.exchanges import NewExchange, all_exchanges, insert_exchanges, stored_exchanges
from db.groups import MembershipState
from db.places import ids_by_key
from tests.conftest import NOW
from tests.records import audit_entries, office_of, person

STARTER = 147
FORM = VisitForm("seattle-us", "yesterday 9:00", topic="Housing", people="6", summary="Two lines\nof it")


@pytest.fixture
async def home(seeded_desk: Desk) -> Office:
    return await office_of(seeded_desk, "kaohsiung-tw")


async def log(desk: Desk, caller: Caller, form: VisitForm = FORM, request: str = "test:1") -> Exchange:
    return (await log_visit(desk, caller, form, request)).exchange


def later(desk: Desk, **delta: float) -> Desk:
    return Desk(desk.database, lambda: NOW + timedelta(**delta))


# The form ---------------------------------------------------------------------------------------------------


async def test_a_form_says_what_is_stored(seeded_desk: Desk, home: Office) -> None:
    """Every exchange of the starter data, opened and sent off untouched, stays as it is; read anew it says the same."""
    async with seeded_desk.database.read() as session:
        everything = await stored_exchanges(session, None)
    assert len(everything) == STARTER
    for stored in everything:
        shown = fields_of(stored, home.zone)
        assert read_fields(shown, home, NOW, stored) == {}
        read = read_fields(replace(shown, format="video"), home, NOW)
        assert (read["date"], read["starts_at"]) == (stored.date, stored.starts_at)
        assert read["topic"] == stored.topic


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("Asia/Taipei", "2026-11-19 09:00"), ("America/Los_Angeles", "2026-11-19"), ("UTC", "2026-11-19 01:00")],
)
def test_the_time_is_shown_where_the_day_is_the_same(zone: str, expected: str) -> None:
    """Elsewhere it was another day: the day on record is shown, and the time stays unless the day is changed."""
    stored = NewExchange(
        ExchangeKind.VISIT, ExchangeStatus.HELD, PartialDate(2026, 11, 19), "", (1, 2),
        starts_at=datetime(2026, 11, 19, 1, tzinfo=UTC),
    )  # fmt: skip
    assert fields_of(stored, zone).date == expected


CHANGES = [
    ({"date": "2026-11-18"}, {"date": PartialDate(2026, 11, 18), "starts_at": None}),
    ({"date": "2026-11"}, {"date": PartialDate(2026, 11), "starts_at": None}),
    ({"format": "visit_in"}, {"kind": ExchangeKind.VISIT_IN, "mode": Mode.IN_PERSON}),
    ({"topic": ""}, {"topic": None, "title": "", "topics": ()}),
    ({"topic": "Ports"}, {"topic": "Ports", "title": "Ports", "topics": ("port",)}),
    ({"format": "exhibition"}, {"kind": ExchangeKind.EXHIBITION, "mode": None}),
    ({"people": "約 7 人"}, {"people": 7}),
    ({"people": ""}, {"people": None}),
    ({"summary": "Other", "people": "7"}, {"summary": "Other", "people": 7}),
]


@pytest.mark.parametrize(("typed", "expected"), CHANGES)
async def test_what_is_typed_is_stored(
    seeded_desk: Desk, home: Office, typed: dict[str, str], expected: dict[str, Any]
) -> None:
    """Just the fields that were changed; the entry has the whole record before and after."""
    caller = person(home)
    before = await log(seeded_desk, caller)
    opened = await open_visit(seeded_desk, caller, before.record)
    assert opened.fields == VisitFields("2026-11-19 09:00", "video", "Housing", "6", "Two lines\nof it")
    fields = replace(opened.fields, **typed)
    done = await edit_visit(seeded_desk, caller, before.id, opened.version, fields)
    assert done.exchange == replace(before, version=2, **expected)
    _, entry = await audit_entries(seeded_desk, before.record)
    assert (entry.action, entry.id) == ("exchange.edited", done.entry)
    assert entry.before is not None
    assert entry.after is not None
    assert (entry.before["version"], entry.after["version"]) == (1, 2)
    for document, topic in ((entry.before, "Housing"), (entry.after, done.exchange.topic)):
        assert document.get("topic") == topic
        assert document["places"] == [place.id for place in before.places]


async def test_a_record_of_another_kind_keeps_it(seeded_desk: Desk, home: Office) -> None:
    """What has no format in the form is offered as it is, and stays so whatever else is changed."""
    caller = person(home, Role.EDITOR)
    kind = ExchangeKind.VIRTUAL_VISIT
    number = await store(seeded_desk, home, kind=kind, mode=None, title="A match", topic=None)
    opened = await open_visit(seeded_desk, caller, f"X{number}")
    assert opened.fields.format == AS_IT_IS
    typed = replace(opened.fields, topic="Baseball")
    done = await edit_visit(seeded_desk, caller, number, opened.version, typed)
    assert (done.exchange.kind, done.exchange.mode) == (kind, None)
    assert (done.exchange.title, done.exchange.topic) == ("A match", "Baseball")


async def test_how_people_met_stays_where_the_kind_does_not_say_it(seeded_desk: Desk, home: Office) -> None:
    """A concert that was streamed becomes an exhibition that was streamed, and areas told apart stay as they are."""
    caller, virtual = person(home, Role.EDITOR), Mode.VIRTUAL
    number = await store(seeded_desk, home, kind=ExchangeKind.CULTURE, mode=virtual, topics=("youth",))
    opened = await open_visit(seeded_desk, caller, f"X{number}")
    assert opened.fields.format == Format.CULTURE
    typed = replace(opened.fields, format=Format.EXHIBITION, topic="Ports")
    done = await edit_visit(seeded_desk, caller, number, opened.version, typed)
    assert (done.exchange.kind, done.exchange.mode) == (ExchangeKind.EXHIBITION, virtual)
    assert done.exchange.topics == ("youth",)


async def store(desk: Desk, office: Office | None, **more: object) -> int:
    """An exchange of Kaohsiung and Seattle that nobody logged here, as an import leaves it."""
    async with desk.database.write() as session:
        ids = await ids_by_key(session, ["kaohsiung-tw", "seattle-us", "busan-kr", "tainan-tw"])
        values: dict[str, object] = {
            "kind": ExchangeKind.VISIT,
            "status": ExchangeStatus.HELD,
            "date": PartialDate(2020, 5, 1),
            "title": "",
            "places": (ids["kaohsiung-tw"], ids["seattle-us"]),
            "office_id": office.id if office else None,
        } | more
        (number,) = await insert_exchanges(session, [NewExchange(**values)])  # type: ignore[arg-type]
    return number


REFUSED = [
    ({"date": "tomorrow"}, "visit.in_future"),
    ({"date": "never"}, "date.unreadable"),
    ({"date": "2020-05-09"}, "visit.after_its_end"),
    ({"format": "balloon"}, "visit.format_unknown"),
    ({"people": "-1"}, "visit.people_unreadable"),
    ({"topic": "x" * 201}, "visit.topic_too_long"),
    ({"summary": "x" * 1501}, "visit.summary_too_long"),
]


@pytest.mark.parametrize(("typed", "key"), REFUSED)
async def test_what_cannot_be_read_changes_nothing(
    seeded_desk: Desk, home: Office, typed: dict[str, str], key: str
) -> None:
    """One problem for each field, and neither a change nor an entry."""
    caller = person(home, Role.EDITOR)
    number = await store(seeded_desk, home, end_date=PartialDate(2020, 5, 3))
    opened = await open_visit(seeded_desk, caller, f"X{number}")
    with pytest.raises(FormRefused) as refused:
        await edit_visit(seeded_desk, caller, number, 1, replace(opened.fields, **typed))
    assert [problem.key for problem in refused.value.problems] == [key]
    assert (await open_visit(seeded_desk, caller, f"X{number}")).exchange == opened.exchange
    assert await audit_entries(seeded_desk, f"X{number}") == []


async def test_what_is_planned_may_lie_ahead(seeded_desk: Desk, home: Office) -> None:
    """Only what was held cannot; what lies ahead is put on a day to come, said without its year."""
    caller = person(home, Role.EDITOR)
    number = await store(seeded_desk, home, status=ExchangeStatus.PLANNED)
    typed = VisitFields("2027-03-01 10:00", AS_IT_IS)
    done = await edit_visit(seeded_desk, caller, number, 1, typed)
    assert done.exchange.starts_at == datetime(2027, 3, 1, 2, tzinfo=UTC)
    for version, (said, day) in enumerate((("5 May", "2027-05-05"), ("下週五", "2026-11-27")), 2):
        done = await edit_visit(seeded_desk, caller, number, version, VisitFields(said, AS_IT_IS))
        assert done.exchange.date.iso() == day


async def test_a_long_summary_from_an_import_stays_whole(seeded_desk: Desk, home: Office) -> None:
    """It may be longer than what is taken anew, as long as it is not touched."""
    caller = person(home, Role.EDITOR)
    number = await store(seeded_desk, home, summary="x" * 4000)
    opened = await open_visit(seeded_desk, caller, f"X{number}")
    done = await edit_visit(seeded_desk, caller, number, 1, replace(opened.fields, topic="Ports"))
    assert done.exchange.summary == "x" * 4000


# Who may ----------------------------------------------------------------------------------------------------


async def attempt(desk: Desk, caller: Caller, number: int) -> str | None:
    """What opening the form of a record ends in: the key of the refusal, None where it opens."""
    try:
        await open_visit(desk, caller, f"X{number}")
    except AttacheError as error:
        return error.key
    return None


async def test_who_may_change_what(seeded_desk: Desk, home: Office) -> None:
    """Loggers their own of the last day; editors their office's, and nobody's in which their city stands."""
    tainan = await office_of(seeded_desk, "tainan-tw")
    guest = await office_of(seeded_desk, "seattle-us", Standing.GUEST)
    ministry = await office_of(seeded_desk, "busan-kr", Standing.READER)
    own = (await log(seeded_desk, person(home))).id
    hidden = (await log(seeded_desk, person(home), replace(FORM, scope=Scope.OFFICE), "test:2")).id
    nobodys = await store(seeded_desk, None)
    elsewhere = await store(seeded_desk, tainan)
    guests = (await log(seeded_desk, person(guest), replace(FORM, partner="kaohsiung-tw"), "test:3")).id
    table = [
        # who: own, hidden, nobody's, Tainan's, the guest's, one that never was
        (person(home), (None, None, "record.only_own", "record.not_ours", "record.not_ours", "record.unknown")),
        (person(home, user_id=2), (
            "record.only_own", "record.only_own", "record.only_own", "record.not_ours", "record.not_ours",
            "record.unknown",
        )),
        (person(home, Role.EDITOR, 2), (None, None, None, "record.not_ours", "record.not_ours", "record.unknown")),
        (person(tainan, Role.ADMINISTRATOR), (
            "record.not_ours", "record.unknown", "record.not_ours", None, "record.not_ours", "record.unknown",
        )),
        (person(guest, Role.ADMINISTRATOR, 1), (
            "record.not_ours", "record.unknown", "record.only_own", "record.not_ours", None, "record.unknown",
        )),
        (person(ministry, Role.ADMINISTRATOR), ("standing_forbids",) * 6),
        (person(home, Role.READER), ("role_too_weak",) * 6),
    ]  # fmt: skip
    numbers = (own, hidden, nobodys, elsewhere, guests, 99_999)
    for caller, expected in table:
        found = tuple([await attempt(seeded_desk, caller, number) for number in numbers])
        assert found == expected, (caller.office and caller.office.place.key, caller.role)


async def test_own_records_of_a_day_ago(seeded_desk: Desk, home: Office) -> None:
    """A day is 24 hours; then it takes an editor."""
    caller = person(home)
    number = (await log(seeded_desk, caller)).id
    assert await attempt(later(seeded_desk, hours=24), caller, number) is None
    assert await attempt(later(seeded_desk, hours=24, seconds=1), caller, number) == "record.only_own"
    assert await attempt(later(seeded_desk, days=4000), person(home, Role.EDITOR), number) is None


@pytest.mark.parametrize(("text", "key"), [("P1", "record.no_exchange"), ("40", "record.unreadable")])
async def test_only_exchanges_are_edited(seeded_desk: Desk, home: Office, text: str, key: str) -> None:
    """What is none gets a sentence."""
    with pytest.raises(BadInput) as refused:
        await open_visit(seeded_desk, person(home, Role.EDITOR), text)
    assert refused.value.key == key


# Two at once ------------------------------------------------------------------------------------------------


async def test_the_second_is_asked(seeded_desk: Desk, home: Office) -> None:
    """Two people with one record: who comes second is told who changed what, and what theirs would make of it."""
    one, other = person(home), person(home, Role.EDITOR, 2)
    number = (await log(seeded_desk, one)).id
    first, second = [await open_visit(seeded_desk, each, f"X{number}") for each in (one, other)]
    await edit_visit(seeded_desk, one, number, first.version, replace(first.fields, topic="Ports"))
    mine = replace(second.fields, people="7")
    with pytest.raises(ChangedSince) as asked:
        await edit_visit(seeded_desk, other, number, second.version, mine)
    changed = asked.value
    assert [(told.person, [each.field for each in told.changes]) for told in changed.since] == [
        (1, ["topic"])
    ]
    assert [(each.field, each.before, each.after) for each in changed.mine] == [
        ("topic", "Ports", "Housing"),
        ("people", 6, 7),
    ]
    assert len(await audit_entries(seeded_desk, f"X{number}")) == 2
    done = await edit_visit(seeded_desk, other, number, changed.version, mine)
    assert (done.exchange.topic, done.exchange.people, done.exchange.version) == ("Housing", 7, 3)


async def test_who_is_overtaken_while_deciding_is_asked_again(seeded_desk: Desk, home: Office) -> None:
    """The version that was shown is the one that is written over, and no later one."""
    one, other = person(home), person(home, Role.EDITOR, 2)
    number = (await log(seeded_desk, one)).id
    fields = (await open_visit(seeded_desk, one, f"X{number}")).fields
    await edit_visit(seeded_desk, one, number, 1, replace(fields, people="8"))
    with pytest.raises(ChangedSince) as asked:
        await edit_visit(seeded_desk, other, number, 1, replace(fields, people="7"))
    await edit_visit(seeded_desk, one, number, 2, replace(fields, people="9"))
    with pytest.raises(ChangedSince) as again:
        await edit_visit(seeded_desk, other, number, asked.value.version, replace(fields, people="7"))
    assert [told.changes[0].after for told in again.value.since] == [9]
    assert again.value.version == 3


async def test_a_change_that_somebody_else_made_already_is_asked_about_too(
    seeded_desk: Desk, home: Office
) -> None:
    """Two who both count one more person are two, and the second has to count again."""
    number = (await log(seeded_desk, person(home))).id
    fields = (await open_visit(seeded_desk, person(home), f"X{number}")).fields
    await edit_visit(seeded_desk, person(home), number, 1, replace(fields, people="7"))
    with pytest.raises(ChangedSince) as asked:
        await edit_visit(seeded_desk, person(home, Role.EDITOR, 2), number, 1, replace(fields, people="7"))
    assert asked.value.mine == []


async def test_the_same_form_twice_is_stored_once(seeded_desk: Desk, home: Office) -> None:
    """Twenty deliveries of one submission: one change, one entry, and each is answered with it."""
    caller = person(home)
    number = (await log(seeded_desk, caller)).id
    fields = replace((await open_visit(seeded_desk, caller, f"X{number}")).fields, topic="Ports")
    results = await asyncio.gather(*(edit_visit(seeded_desk, caller, number, 1, fields) for _ in range(20)))
    assert {result.exchange.version for result in results} == {2}
    assert len({result.entry for result in results}) == 1
    assert {tuple(each.field for each in result.changes) for result in results} == {("topic",)}
    assert len(await audit_entries(seeded_desk, f"X{number}")) == 2


@pytest.mark.both_engines
async def test_the_last_contact_stays_the_same_record(seeded_desk: Desk, home: Office) -> None:
    """Of two visits on one day it is the one that was logged last, also when the other is changed afterwards."""
    caller = person(home)
    first, second = [await log(seeded_desk, caller, request=request) for request in ("one", "two")]
    for summary in ("longer", ""):
        opened = await open_visit(seeded_desk, caller, f"X{first.id}")
        typed = replace(opened.fields, summary=summary)
        await edit_visit(seeded_desk, caller, first.id, opened.version, typed)
        card = await show_partner(seeded_desk, caller, "seattle-us")
        assert card.tie.last is not None
        assert card.tie.last.exchange_id == second.id == card.dealings.recent[0].id


async def test_a_form_without_a_change_leaves_no_trace(seeded_desk: Desk, home: Office) -> None:
    """Neither an entry nor a version."""
    number = (await log(seeded_desk, person(home))).id
    opened = await open_visit(seeded_desk, person(home), f"X{number}")
    done = await edit_visit(seeded_desk, person(home), number, 1, opened.fields)
    assert (done.entry, done.changes, done.exchange.version) == (None, [], 1)
    assert len(await audit_entries(seeded_desk, f"X{number}")) == 1


# Removing ---------------------------------------------------------------------------------------------------


async def test_removing_takes_it_out_of_the_registry(seeded_desk: Desk, home: Office) -> None:
    """It is gone for everybody, with one entry that has all of it."""
    editor = person(home, Role.EDITOR)
    number = (await log(seeded_desk, editor)).id
    shown, version = await check_removable(seeded_desk, editor, f"X{number}")
    gone, _ = await remove_visit(seeded_desk, editor, number, version)
    assert gone == shown
    async with seeded_desk.database.read() as session:
        assert number not in [each.id for each in await all_exchanges(session, ANYONE)]
    entry = (await audit_entries(seeded_desk, f"X{number}"))[-1]
    assert (entry.action, entry.after) == ("exchange.removed", None)
    assert entry.before is not None
    assert entry.before["topic"] == "Housing"
    with pytest.raises(NotFound):
        await remove_visit(seeded_desk, editor, number, version)


async def test_what_was_changed_since_is_not_removed_unseen(seeded_desk: Desk, home: Office) -> None:
    """Whoever confirms something is asked about what they were not shown."""
    editor = person(home, Role.EDITOR)
    number = (await log(seeded_desk, person(home, user_id=2))).id
    _, version = await check_removable(seeded_desk, editor, f"X{number}")
    await edit_visit(seeded_desk, person(home, user_id=2), number, 1, VisitFields("2026-11-01"))
    with pytest.raises(ChangedSince) as asked:
        await remove_visit(seeded_desk, editor, number, version)
    await remove_visit(seeded_desk, editor, number, asked.value.version)


# Who may see ------------------------------------------------------------------------------------------------


async def test_a_scope_is_set_by_its_own_office(seeded_desk: Desk, home: Office) -> None:
    """Exchanges and agreements of the own office; what is another's or nobody's stays."""
    editor, tainan = person(home, Role.EDITOR), await office_of(seeded_desk, "tainan-tw")
    number = (await log(seeded_desk, editor)).id
    done = await set_scope(seeded_desk, editor, f"X{number}", Scope.OFFICE)
    assert (done.before, done.after) == (Scope.SHARED, Scope.OFFICE)
    with pytest.raises(NotFound):
        await open_visit(seeded_desk, person(tainan, Role.EDITOR), f"X{number}")
    assert (await set_scope(seeded_desk, editor, f"X{number}", Scope.OFFICE)).entry is None
    for record in ("P1", f"X{await store(seeded_desk, None)}", f"X{await store(seeded_desk, tainan)}"):
        with pytest.raises(NotAllowed) as refused:
            await set_scope(seeded_desk, editor, record, Scope.OFFICE)
        assert refused.value.key == "record.not_ours"
    assert [entry.action for entry in await audit_entries(seeded_desk, f"X{number}")] == [
        "exchange.logged",
        "exchange.rescoped",
    ]


async def test_an_agreement_of_the_own_office(seeded_desk: Desk, home: Office) -> None:
    """Only its scope changes; everything else comes back from its entry as it was."""
    from sqlalchemy import update

    from db.partnerships import partnership
    from db.tables import PartnershipRow

    async with seeded_desk.database.write() as session:
        await session.execute(
            update(PartnershipRow).where(PartnershipRow.id == 191).values(office_id=home.id)
        )
        before = await partnership(session, home.viewer, 191)
    await set_scope(seeded_desk, person(home, Role.EDITOR), "P191", Scope.SHARED)
    async with seeded_desk.database.read() as session:
        after = await partnership(session, home.viewer, 191)
    assert before is not None
    assert after == replace(before, scope=Scope.SHARED)


async def test_the_group_needs_a_group(seeded_desk: Desk, home: Office) -> None:
    """Logging for it, and opening it to it, takes one that the office has joined; an invitation is not enough."""
    editor = person(home, Role.EDITOR)
    for state in (None, MembershipState.INVITED, MembershipState.JOINED):
        if state is not None:
            async with seeded_desk.database.write() as session:
                known = await groups.all_groups(session)
                found = next((group.id for group in known if group.key == "test-group"), None)
                found = found or await groups.insert_group(session, "test-group", "A test group", None)
                for group in known:
                    await groups.end_membership(session, group.id, home.id)
                await groups.set_membership(session, found, home.id, state, NOW)
        else:
            async with seeded_desk.database.write() as session:
                for group in await groups.all_groups(session):
                    await groups.end_membership(session, group.id, home.id)
        form = replace(FORM, scope=Scope.GROUP)
        if state is MembershipState.JOINED:
            await check_partners(seeded_desk, editor, "seattle-us", Scope.GROUP)
            assert (await log(seeded_desk, editor, form)).scope is Scope.GROUP
        else:
            with pytest.raises(BadInput) as refused:
                await check_partners(seeded_desk, editor, "seattle-us", Scope.GROUP)
            assert refused.value.key == "scope.no_group"
            with pytest.raises(FormRefused):
                await log(seeded_desk, editor, form)


# Crashes ----------------------------------------------------------------------------------------------------

CRASH = """
import asyncio, os, sys
from datetime import UTC, datetime
from bot.services import records
from bot.services.desk import Desk
from bot.services.exchanges import VisitForm, log_visit
from db.engine import Database, database_url
from tests.records import office_of, person

url, when = sys.argv[1:]
original = records.record_change

async def killed(session, **named):
    if when == "between":
        await session.flush()
        os._exit(9)
    await original(session, **named)
    os._exit(9)

records.record_change = killed

async def main():
    desk = Desk(Database(database_url(url)), lambda: datetime(2026, 11, 20, 4, tzinfo=UTC))
    caller = person(await office_of(desk, "kaohsiung-tw"))
    await log_visit(desk, caller, VisitForm("seattle-us", "yesterday"), "test:crash")

asyncio.run(main())
"""


@pytest.mark.parametrize("when", ["between", "after"])
async def test_a_crash_leaves_both_or_none(seeded_desk: Desk, home: Office, when: str) -> None:
    """A process that dies between record and entry, or just before the end, leaves neither; the same request then
    makes both."""
    url = seeded_desk.database.url.render_as_string(hide_password=False)
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", CRASH, url, when],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 9, done.stderr
    assert await audit_entries(seeded_desk, "X148") == []
    async with seeded_desk.database.read() as session:
        assert len(await all_exchanges(session, ANYONE)) == STARTER
    logged = await log(seeded_desk, person(home), request="test:crash")
    assert logged.record == "X148"
    assert len(await audit_entries(seeded_desk, "X148")) == 1
