"""Promises: who may, what is read, that nobody's is lost, the list, the sheet, and the posts."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.access import Role, Scope, Standing
from bot.domain.agreements import Commitment
from bot.domain.commitments import CommitmentState
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, FormRefused, NotAllowed, NotFound
from bot.domain.exchange_particulars import Decision
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.offices import Office, Purpose
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.domain.reminders import ReminderKind, ReminderState
from bot.i18n.texts import Texts
from bot.services import audit, reminders
from bot.services import outbox as box
from bot.services.commitment_fields import REMOVE, REOPEN, PromiseFields
from bot.services.commitment_sheet import implementation_sheet
from bot.services.commitments import (
    CommitmentFilter,
    Outcome,
    finish_promise,
    list_commitments,
    open_promise,
    save_promise,
)
from bot.services.desk import Caller, Desk
from bot.services.sheets import Column, SheetKind, make_sheet
from bot.services.telling import ChangedSince
from bot.ui.commitment_sheet import COLUMNS, sheet_cells, sheet_file
from bot.ui.commitments import commitment_line
from bot.ui.posts import post_text
from db.exchanges import NewExchange, insert_exchanges
from db.offices import set_channels
from db.partnerships import NewPartnership, insert_partnerships
from db.places import ids_by_key
from db.tables import OfficeRow
from tests.conftest import NOW
from tests.records import audit_entries, office_of, outbox, person
from tests.shell import Shell

SEATTLE = "P195"
FIELDS = PromiseFields("One visit of students", "International affairs", "2027-06-30", "")


@pytest.fixture
async def home(seeded_desk: Desk) -> Office:
    return await office_of(seeded_desk, "kaohsiung-tw")


@pytest.fixture
def editor(home: Office) -> Caller:
    return person(home, Role.EDITOR)


async def act(desk: Desk, **more: Any) -> int:
    """An act of Kaohsiung's with Seattle and what is said of it; its number."""
    async with desk.database.write() as session:
        ids = await ids_by_key(session, ["kaohsiung-tw", "seattle-us"])
        parties = (ids["kaohsiung-tw"], ids["seattle-us"])
        history = more.pop("history", (StatusChange(Status.ACTIVE),))
        new = NewPartnership(more.pop("kind", Kind.MOU), more.pop("parties", parties), history, **more)
        return (await insert_partnerships(session, [new]))[0]


# One promise --------------------------------------------------------------------------------------------------


async def test_a_promise_from_beginning_to_end(seeded_desk: Desk, editor: Caller) -> None:
    """Added, changed, kept, opened again, removed; each with an entry that takes it back."""
    number = await act(seeded_desk)
    record = f"P{number}"
    added = await save_promise(seeded_desk, editor, number, "", 1, FIELDS)
    assert added.outcome is Outcome.ADDED
    assert added.promise == Commitment(FIELDS.what, FIELDS.owner, PartialDate(2027, 6, 30))
    opened = await open_promise(seeded_desk, editor, record, "1")
    assert replace(opened.fields, then=FIELDS.then) == FIELDS
    later = replace(opened.fields, due="December 2027")
    changed = await save_promise(seeded_desk, editor, number, opened.which, opened.version, later)
    assert (changed.outcome, changed.promise.due) == (Outcome.CHANGED, PartialDate(2027, 12))
    kept = await finish_promise(seeded_desk, editor, record, "students", "yesterday", "X40")
    assert kept.promise == replace(changed.promise, done=PartialDate(2026, 11, 19), evidence="X40")
    assert kept.outcome is Outcome.DONE
    opened = await open_promise(seeded_desk, editor, record, "1")
    assert opened.done
    again = replace(opened.fields, then=REOPEN)
    reopened = await save_promise(seeded_desk, editor, number, opened.which, opened.version, again)
    assert reopened.promise.done is None
    opened = await open_promise(seeded_desk, editor, record, "1")
    gone = replace(opened.fields, then=REMOVE)
    removed = await save_promise(seeded_desk, editor, number, opened.which, opened.version, gone)
    assert removed.outcome is Outcome.REMOVED
    assert (await listed(seeded_desk, editor, number=number)).items == []
    assert len(await audit_entries(seeded_desk, record)) == 5
    assert removed.entry is not None
    await audit.undo_entry(seeded_desk, editor, removed.entry)
    (back,) = (await listed(seeded_desk, editor, number=number)).items
    assert back.commitment == reopened.promise


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ({"what": " "}, ["promise.empty"]),
        ({"what": "x" * 501, "due": "next spring"}, ["text.too_long", "date.unreadable_ahead"]),
        ({"due": "15 November"}, ["date.ambiguous"]),
        ({"due": "03/04/2027"}, ["date.ambiguous"]),
        ({"owner": "x" * 201, "evidence": "x" * 1001}, ["text.too_long", "text.too_long"]),
    ],
)
async def test_what_cannot_be_read(
    seeded_desk: Desk, editor: Caller, typed: dict[str, str], keys: list[str]
) -> None:
    """Each field with its sentence, and nothing is stored."""
    number = await act(seeded_desk)
    with pytest.raises(FormRefused) as refused:
        await save_promise(seeded_desk, editor, number, "", 1, replace(FIELDS, **typed))
    assert [problem.key for problem in refused.value.problems] == keys
    assert await audit_entries(seeded_desk, f"P{number}") == []


@pytest.mark.parametrize(
    ("text", "due"), [("民國116年6月", "2027-06"), ("2027", "2027"), ("2025-01-01", "2025-01-01"), ("", None)]
)
async def test_dates_stay_as_precise_as_they_are(
    seeded_desk: Desk, editor: Caller, text: str, due: str | None
) -> None:
    """Also one that is past already, where its year was written."""
    kept = await save_promise(seeded_desk, editor, await act(seeded_desk), "", 1, replace(FIELDS, due=text))
    assert (kept.promise.due.iso() if kept.promise.due else None) == due


async def test_done_on_a_day_that_has_been(seeded_desk: Desk, editor: Caller) -> None:
    """Today where nothing is said, by the office's clocks; never a day to come; evidence that is there stays."""
    number = await act(seeded_desk, commitments=(Commitment("a visit", evidence="a letter"),))
    with pytest.raises(AttacheError, match="done_in_future"):
        await finish_promise(seeded_desk, editor, f"P{number}", "1", "tomorrow")
    kept = await finish_promise(seeded_desk, editor, f"P{number}", "1")
    assert kept.promise == Commitment("a visit", done=PartialDate(2026, 11, 20), evidence="a letter")
    with pytest.raises(NotFound, match=r"promise\.unknown"):
        await finish_promise(seeded_desk, editor, f"P{number}", "2")


async def test_two_people_at_once(seeded_desk: Desk, editor: Caller) -> None:
    """What another did to another promise is no hindrance; to the same one, it is told, and nothing is lost."""
    number = await act(seeded_desk, commitments=(Commitment("first"), Commitment("second")))
    record = f"P{number}"
    mine = await open_promise(seeded_desk, editor, record, "2")
    await finish_promise(seeded_desk, editor, record, "first")
    await save_promise(seeded_desk, editor, number, "", 1, FIELDS)
    typed = replace(mine.fields, owner="me")
    kept = await save_promise(seeded_desk, editor, number, mine.which, mine.version, typed)
    assert kept.promise == Commitment("second", "me")
    twice = await save_promise(seeded_desk, editor, number, mine.which, mine.version, typed)
    assert (twice.outcome, twice.entry) == (Outcome.SAME, None)
    again = await save_promise(seeded_desk, editor, number, "", 1, FIELDS)
    assert again.entry is None
    with pytest.raises(ChangedSince) as changed:
        await save_promise(seeded_desk, editor, number, mine.which, mine.version, replace(typed, owner="you"))
    assert len(changed.value.since) == 3
    held = [item.commitment.what for item in (await listed(seeded_desk, editor, number=number)).items]
    assert sorted(held) == ["One visit of students", "first", "second"]


async def test_who_may(seeded_desk: Desk, home: Office, editor: Caller) -> None:
    """Editors of the office whose act it is; loggers and others not, and X40 is no agreement."""
    number = await act(seeded_desk, office_id=home.id)
    tainan = person(await office_of(seeded_desk, "tainan-tw"), Role.EDITOR)
    for caller in (tainan, person(home, Role.LOGGER)):
        with pytest.raises(NotAllowed):
            await save_promise(seeded_desk, caller, number, "", 1, FIELDS)
    with pytest.raises(AttacheError, match="no_act"):
        await open_promise(seeded_desk, editor, "X40")


# The list -----------------------------------------------------------------------------------------------------


async def listed(desk: Desk, caller: Caller, **chosen: Any) -> Any:
    state = chosen.pop("state", CommitmentState.ALL)
    return await list_commitments(desk, caller, CommitmentFilter(state=state, **chosen))


PROMISED = (
    Commitment("no date"),
    Commitment("due soon", due=PartialDate(2026, 12)),
    Commitment("long over", due=PartialDate(2025)),
    Commitment("kept", due=PartialDate(2025), done=PartialDate(2025, 12, 1)),
    Commitment("just over", due=PartialDate(2026, 11, 19)),
    Commitment("today", due=PartialDate(2026, 11, 20)),
)


async def test_overdue_first(seeded_desk: Desk, editor: Caller) -> None:
    """With how many days; then what is due next, without a date, and what is done."""
    number = await act(seeded_desk, commitments=PROMISED)
    found = await listed(seeded_desk, editor, number=number)
    assert [(item.commitment.what, item.days) for item in found.items] == [
        ("long over", 324), ("just over", 1), ("today", 0), ("due soon", 0), ("no date", 0), ("kept", 0),
    ]  # fmt: skip
    assert (found.open, found.overdue, found.done) == (5, 2, 1)


@pytest.mark.parametrize(("state", "number"), [("open", 5), ("overdue", 2), ("done", 1), ("all", 6)])
async def test_states(seeded_desk: Desk, editor: Caller, state: str, number: int) -> None:
    """What is overdue is open, too."""
    await act(seeded_desk, commitments=PROMISED)
    found = await listed(seeded_desk, editor, state=CommitmentState(state))
    assert len(found.items) == number


async def test_of_one_partner(seeded_desk: Desk, editor: Caller) -> None:
    """Across all acts with it, and no others."""
    await act(seeded_desk, commitments=PROMISED[:1])
    async with seeded_desk.database.read() as session:
        ids = await ids_by_key(session, ["seattle-us", "busan-kr"])
    assert len((await listed(seeded_desk, editor, partner_id=ids["seattle-us"])).items) == 1
    assert (await listed(seeded_desk, editor, partner_id=ids["busan-kr"])).items == []


async def test_an_act_that_the_office_keeps_but_is_not_party_to(seeded_desk: Desk, home: Office) -> None:
    """Is among its acts; for others it is not."""
    async with seeded_desk.database.read() as session:
        ids = await ids_by_key(session, ["osaka-jp", "seattle-us"])
    parties = (ids["osaka-jp"], ids["seattle-us"])
    await act(seeded_desk, parties=parties, office_id=home.id, commitments=PROMISED[:1])
    assert len((await listed(seeded_desk, person(home))).items) == 1
    tainan = person(await office_of(seeded_desk, "tainan-tw"))
    assert (await listed(seeded_desk, tainan)).items == []


# The sheet ----------------------------------------------------------------------------------------------------


async def sheet_of(desk: Desk, caller: Caller, **chosen: Any) -> Any:
    return await implementation_sheet(desk, caller, CommitmentFilter(**chosen))


async def test_what_the_sheet_tells(seeded_desk: Desk, editor: Caller) -> None:
    """Each promise and each exchange of three years in a row of its own, with sources; and acts without either."""
    number = await act(
        seeded_desk, commitments=PROMISED[2:4], sources=("a report",), as_of=PartialDate(2026, 10)
    )
    await hold(
        seeded_desk, PartialDate(2025, 3, 1), PartialDate(2023, 11, 19), PartialDate(2023), PartialDate(2022)
    )
    sheet = await sheet_of(seeded_desk, editor)
    cells = sheet_cells(Texts("en"), sheet)
    assert all(set(row) <= set(COLUMNS) for row in cells)
    mine = [row for row in cells if row["record"] == f"P{number}"]
    assert [(row["entry"], row["what"], row["standing"]) for row in mine] == [
        ("promise", "long over", "overdue"),
        ("promise", "kept", "done"),
    ]
    assert {(row["sources"], row["as_of"], row["told_on"]) for row in mine} == {
        ("a report", "2026-10", "2026-11-20")
    }
    held = [row for row in cells if row.get("what", "").startswith("meeting of")]
    assert [row["date"] for row in held] == ["2025-03-01", "2023"]
    assert {row["kind"] for row in held} == {"sister city"}
    exchanges = [(row["partners"], row["number"]) for row in cells if row["entry"] == "exchange"]
    assert len(exchanges) == len(set(exchanges))
    assert any(row["entry"] == "nothing on record" for row in cells)
    assert all(row["partners"] and row["record"] for row in cells)


async def decide(desk: Desk, *decisions: Decision, **more: Any) -> int:
    """A visit between Kaohsiung and Seattle, long ago, in which this was decided; its record number."""
    async with desk.database.write() as session:
        ids = await ids_by_key(session, ["kaohsiung-tw", "seattle-us"])
        values: dict[str, Any] = {
            "status": ExchangeStatus.HELD,
            "date": PartialDate(2020, 3, 1),
            "title": "a visit",
        }
        new = NewExchange(
            kind=ExchangeKind.VISIT, places=tuple(ids.values()), decisions=decisions, **values | more
        )
        (number,) = await insert_exchanges(session, [new])
        return number


async def test_decisions_stand_beside_promises(seeded_desk: Desk, home: Office, editor: Caller) -> None:
    """By the same order, filters and counts, each by its own name; nothing that was called off, or is hidden."""
    number = await act(seeded_desk, commitments=PROMISED[2:4])
    late, done = (
        Decision("a fair", "Lin", PartialDate(2026, 1)),
        Decision("tea", done=PartialDate(2026, 2, 1)),
    )
    met = await decide(seeded_desk, late, done, Decision("no date"))
    await decide(seeded_desk, Decision("nothing came of it"), status=ExchangeStatus.CANCELLED)
    tainan = await office_of(seeded_desk, "tainan-tw")
    await decide(seeded_desk, Decision("theirs alone"), scope=Scope.OFFICE, office_id=tainan.id)
    everything = [
        (f"P{number}", "long over", 324),
        (f"X{met}", "a fair", 293),
        (f"X{met}", "no date", 0),
        (f"X{met}", "tea", 0),
        (f"P{number}", "kept", 0),
    ]
    found = await listed(seeded_desk, editor)
    assert [(each.source.record, each.commitment.what, each.days) for each in found.items] == everything
    assert (found.open, found.overdue, found.done) == (3, 2, 2)
    async with seeded_desk.database.read() as session:
        ids = await ids_by_key(session, ["seattle-us", "busan-kr"])
    assert len((await listed(seeded_desk, editor, partner_id=ids["seattle-us"])).items) == 5
    assert (await listed(seeded_desk, editor, partner_id=ids["busan-kr"])).items == []
    assert len((await listed(seeded_desk, editor, number=number)).items) == 2
    theirs = await listed(seeded_desk, person(tainan), state=CommitmentState.OPEN)
    assert [each.commitment.what for each in theirs.items] == ["theirs alone"]
    lines = [commitment_line(Texts(language), found.items[1]) for language in ("en", "zh-TW")]
    assert lines == [
        f"`X{met}` Seattle, decided: a fair\n　🔴 293 days overdue (due January 2026) · Lin",
        f"`X{met}` 西雅圖，決議：a fair\n　🔴 逾期 293 天（期限 2026年1月）・Lin",
    ]

    recent = await decide(seeded_desk, Decision("a choir"), date=PartialDate(2026, 5, 1), title="a call")
    cells = sheet_cells(Texts("en"), await sheet_of(seeded_desk, editor))
    named = ("entry", "number", "what", "date", "due", "standing")
    assert [
        tuple(row.get(name, "") for name in named)
        for row in cells
        if row.get("number") in (f"X{met}", f"X{recent}")
    ] == [
        ("exchange", f"X{recent}", "a call", "2026-05-01", "", ""),
        ("decision", f"X{recent}", "a choir", "2026-05-01", "", "open"),
        ("decision", f"X{met}", "a fair", "2020-03-01", "2026-01", "overdue"),
        ("decision", f"X{met}", "tea", "2020-03-01", "", "done"),
        ("decision", f"X{met}", "no date", "2020-03-01", "", "open"),
    ]
    assert not any(row.get("what") in ("nothing came of it", "theirs alone") for row in cells)


async def hold(desk: Desk, *days: PartialDate) -> None:
    async with desk.database.write() as session:
        ids = await ids_by_key(session, ["kaohsiung-tw", "seattle-us"])
        parties = (ids["kaohsiung-tw"], ids["seattle-us"])
        for status in (ExchangeStatus.HELD, ExchangeStatus.CANCELLED):
            told = "meeting" if status is ExchangeStatus.HELD else "nothing came"
            new = [NewExchange(ExchangeKind.VISIT, status, day, f"{told} of {day}", parties) for day in days]
            await insert_exchanges(session, new)


@pytest.mark.parametrize("language", ["en", "zh-TW"])
async def test_the_sheet_as_files(seeded_desk: Desk, editor: Caller, language: str) -> None:
    """CSV and XLSX say the same; nothing is a formula; the head stays in view."""
    await act(
        seeded_desk, commitments=(Commitment('=HYPERLINK("http://x","y")', "+1"), Commitment("two\nlines"))
    )
    sheet = await sheet_of(seeded_desk, editor)
    texts = Texts(language)
    name, content = sheet_file(texts, sheet, SheetKind.CSV)
    assert name == "implementation-kaohsiung-2026-11-20.csv"
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert table[0] == [texts(f"sheet.{column}") for column in COLUMNS]
    book = openpyxl.load_workbook(io.BytesIO(sheet_file(texts, sheet, SheetKind.XLSX)[1]))
    (page,) = book.worksheets
    assert page.freeze_panes == "A2"
    assert page.column_dimensions["I"].width == COLUMNS["what"]
    assert [[cell.value or "" for cell in row] for row in page.iter_rows()] == table
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}
    assert not any(
        cell.value.startswith(("=", "+")) for row in page.iter_rows() for cell in row if cell.value
    )


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_any_text_stands_in_a_sheet(texts: list[str]) -> None:
    """Whatever was typed, the file opens, and no cell begins like a formula."""
    columns = [Column("head", 10)] * len(texts)
    texts = [text.encode("utf-8", "ignore").decode() for text in texts]
    for kind in SheetKind:
        content = make_sheet(kind, "a/b:c" * 20, columns, [texts])
        if kind is SheetKind.XLSX:
            openpyxl.load_workbook(io.BytesIO(content))
        else:
            rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
            assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


# Reminders ----------------------------------------------------------------------------------------------------


class Mover:
    """A clock that the test moves."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


async def served(desk: Desk, key: str, since: datetime) -> Office:
    """An office with a server and a channel for each purpose."""
    office = await office_of(desk, key)
    async with desk.database.write() as session:
        row = await session.get(OfficeRow, office.id)
        assert row is not None
        row.guild_id, row.since, row.language = 1000 + office.id, since, "en"
        await set_channels(session, office.id, dict.fromkeys(Purpose, 5000 + office.id))
    return await office_of(desk, key)


DUE = (ReminderKind.REVIEW, ReminderKind.COMMITMENT, ReminderKind.DECISION)


async def post_all(desk: Desk) -> list[str]:
    """A pass of the loop, without Discord: what each new post says."""
    await box.enqueue_due(desk)
    found = []
    while claims := await box.claim_due(desk, "test"):
        for claim in claims:
            post = await reminders.compose(desk, claim)
            if post is None:
                await box.record_unsent(desk, claim, ReminderState.CANCELLED, "nothing")
            else:
                await box.record_sent(desk, claim, claim.row_id)
                if claim.reminder.kind in DUE:
                    found.append(f"{claim.reminder.office_id} {post.reminder.subject} {post_text(post)}")
    return found


@pytest.mark.both_engines
async def test_each_is_posted_once(seeded_desk: Desk) -> None:
    """Day by day through the days that matter: once each, to the office that is party, and to no other."""
    mover = Mover()
    desk = Desk(seeded_desk.database, mover)
    mover.now = datetime(2026, 11, 22, 2, tzinfo=UTC)
    home = await served(desk, "kaohsiung-tw", mover.now)
    await served(desk, "tainan-tw", mover.now)
    promised = (
        Commitment("a visit", "the mayor", PartialDate(2026, 12, 23)),
        Commitment("a fair", due=PartialDate(2027, 1)),
    )
    number = await act(
        desk, review_on=PartialDate(2027, 2, 21), expires_on=PartialDate(2027), commitments=promised
    )
    told: dict[str, list[str]] = {}
    for day in ("2026-11-23", "2026-11-24", "2026-12-01", "2026-12-23", "2026-12-24", "2026-12-25", "2027-01-01",
                "2027-01-22", "2027-01-23", "2027-02-01"):  # fmt: skip
        mover.now = datetime.fromisoformat(f"{day}T02:00:00+00:00")
        told[day] = await post_all(desk)
        assert await post_all(desk) == []
    begins = f"{home.id} P{number} Kaohsiung – Seattle: "
    assert {day: len(posts) for day, posts in told.items() if posts} == {
        "2026-11-23": 2, "2026-12-01": 1, "2026-12-24": 1, "2027-01-01": 1, "2027-01-22": 1, "2027-02-01": 1,
    }  # fmt: skip
    assert [post for posts in told.values() for post in posts if not post.startswith(begins)] == []
    assert "a visit: due Wednesday, 23 December 2026, in 30 days · the mayor" in "".join(told["2026-11-23"])
    assert "To be reviewed: Sunday, 21 February 2027, in 90 days" in "".join(told["2026-11-23"])
    assert "a fair: due January 2027" in told["2026-12-01"][0]
    assert "a visit: 1 day overdue (due 23 December 2026)" in told["2026-12-24"][0]
    assert "Expires: 2027" in told["2027-01-01"][0]
    assert "a fair: 1 day overdue (due January 2027)" in told["2027-02-01"][0]


async def test_what_is_done_since_is_not_posted(seeded_desk: Desk) -> None:
    """It was planned; by the hour of the post the promise had been kept."""
    mover = Mover()
    desk = Desk(seeded_desk.database, mover)
    mover.now = datetime(2026, 11, 20, 2, tzinfo=UTC)
    home = await served(desk, "kaohsiung-tw", mover.now)
    number = await act(desk, commitments=(Commitment("a visit", due=PartialDate(2026, 11, 22)),))
    mover.now = datetime(2026, 11, 23, 2, tzinfo=UTC)
    await box.enqueue_due(desk)
    await finish_promise(desk, person(home, Role.EDITOR), f"P{number}", "1")
    assert await post_all(desk) == []
    (row,) = [row for row in await outbox(desk) if row.kind is ReminderKind.COMMITMENT]
    assert row.state is ReminderState.CANCELLED


async def test_a_guest_is_told_of_its_own_ties_only(seeded_desk: Desk) -> None:
    """A partner city's office hears of the act that it is party to; what the other keeps to itself it does not."""
    desk = Desk(seeded_desk.database, lambda: NOW + timedelta(days=3))
    await office_of(desk, "seattle-us", Standing.GUEST)
    guest = await served(desk, "seattle-us", NOW)
    home = await office_of(desk, "kaohsiung-tw")
    due = (Commitment("a visit", due=PartialDate(2026, 11, 21)),)
    number = await act(desk, commitments=due)
    await act(desk, commitments=due, scope="office", office_id=home.id)
    (post,) = await post_all(desk)
    assert post.startswith(f"{guest.id} P{number} Seattle – Kaohsiung")


# The command line ---------------------------------------------------------------------------------------------


async def test_at_the_command_line(seeded_desk: Desk, tmp_path: Path) -> None:
    """The list, its JSON, the sheet, and what is told where the file has no ending that is known."""
    await act(seeded_desk, commitments=PROMISED[2:3])
    await decide(seeded_desk, Decision("a fair", "Lin", PartialDate(2026, 12, 5)))
    shell = Shell(seeded_desk.database.url.render_as_string(hide_password=False), tmp_path)
    ask = ("partner", "commitments", "--office", "Kaohsiung")
    told, fair = [json.loads(line) for line in shell(*ask, "--json").stdout.splitlines()]
    assert (told["kind"], fair["kind"], fair["record"], fair["what"]) == (
        "promise",
        "decision",
        "X148",
        "a fair",
    )
    assert (fair["partners"], fair["evidence"]) == ([{"name": "Seattle", "country": "US"}], None)
    assert (told["what"], told["due"], told["state"]) == ("long over", "2025", "overdue")
    assert told["days_overdue"] > 300
    shown = shell(*ask).stdout
    assert "long over" in shown
    assert "`X148` Seattle, decided: a fair" in shown
    assert "No such promise" in shell(*ask, "--state", "done").stdout
    assert "ends in .csv or .xlsx" in shell(*ask, "--sheet", "sheet.pdf").stderr
    for ending in SheetKind:
        assert shell(*ask, "--sheet", f"sheet.{ending}").returncode == 0
        assert (tmp_path / f"sheet.{ending}").stat().st_size > 1000
