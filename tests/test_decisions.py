"""Decisions of exchanges: one is called done once, by the office that keeps the record; what is due is told."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from bot.domain.access import Role
from bot.domain.dates import PartialDate
from bot.domain.decisions import decision_handle
from bot.domain.errors import AttacheError
from bot.domain.exchange_particulars import Decision
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.reminders import ReminderKind, ReminderState
from bot.services import outbox as box
from bot.services.audit import undo_entry
from bot.services.confirmations import confirm_exchange
from bot.services.decisions import finish_decision
from bot.services.desk import Caller, Desk
from bot.services.editing import remove_visit
from bot.services.exchange_details import edit_details, open_details
from bot.services.exchange_lists import show_exchange
from bot.services.exchanges import Report, log_report
from db.tables import ExchangeRow
from tests.conftest import NOW
from tests.records import audit_entries, office_of, outbox, person
from tests.test_commitments import Mover, post_all, served

LIBRARY = Decision("a twin library", "Lin", PartialDate(2026, 12, 4))
FAIR = Decision("a fair")
DONE = PartialDate(2026, 11, 18)


@pytest.fixture
async def keeper(seeded_desk: Desk) -> Caller:
    return person(await office_of(seeded_desk, "kaohsiung-tw"), Role.LOGGER)


async def decided(desk: Desk, keeper: Caller, *decisions: Decision, request: str = "test:1") -> str:
    """A video call of Kaohsiung's with Tainan and Seattle, and what was decided in it."""
    meeting = Report(["tainan-tw", "seattle-us"], ExchangeKind.VIRTUAL_VISIT, PartialDate(2026, 11, 12))
    record = (await log_report(desk, keeper, meeting, request)).exchange.record
    opened = await open_details(desk, keeper, record, 1)
    lines = "\n".join(
        f"{each.what} | {each.owner or ''} | {each.due.iso() if each.due else ''}" for each in decisions
    )
    await edit_details(desk, keeper, opened.exchange.id, opened.version, {"decisions": lines})
    return record


async def decisions_of(desk: Desk, caller: Caller, record: str) -> tuple[Decision, ...]:
    return (await show_exchange(desk, caller, record)).parts.decisions


@pytest.mark.both_engines
async def test_one_is_called_done_once(seeded_desk: Desk, keeper: Caller) -> None:
    """By its handle, its position or its words; the same again is noted no second time, and can be taken back."""
    record = await decided(seeded_desk, keeper, LIBRARY, FAIR)
    stored = await decisions_of(seeded_desk, keeper, record)
    assert stored == (LIBRARY, FAIR)
    before = len(await audit_entries(seeded_desk))
    done = await finish_decision(seeded_desk, keeper, record, decision_handle(stored, 0), "18 November 2026")
    assert done.decision == replace(LIBRARY, done=DONE)
    for which in (decision_handle(stored, 0), "1", "twin"):
        again = await finish_decision(seeded_desk, keeper, record, which, "2026-11-18")
        assert (again.decision, again.entry) == (done.decision, None)
    assert len(await audit_entries(seeded_desk)) == before + 1
    assert await decisions_of(seeded_desk, keeper, record) == (done.decision, FAIR)
    assert done.entry is not None
    await undo_entry(seeded_desk, keeper, done.entry)
    assert await decisions_of(seeded_desk, keeper, record) == (LIBRARY, FAIR)


async def test_who_confirmed_the_decision_has_not_to_confirm_that_it_is_done(
    seeded_desk: Desk, keeper: Caller
) -> None:
    """Done by its button, or in the form; yet another date is another decision."""
    other = person(await office_of(seeded_desk, "tainan-tw"), user_id=7)
    record = await decided(seeded_desk, keeper, LIBRARY)

    async def stands() -> bool:
        (_, side) = (await show_exchange(seeded_desk, keeper, record)).sides
        return not side.is_awaited

    shown = (await show_exchange(seeded_desk, other, record)).exchange.version
    await finish_decision(seeded_desk, keeper, record, "1", "yesterday")
    await confirm_exchange(seeded_desk, other, record, shown)  # what they saw is what it still says
    for line, expected in (
        ("a twin library | Lin | 2026-12-04", True),
        ("a twin library | Lin | 2026-12-04 | 2026-11-18", True),
        ("a twin library | Lin | 2026-12-05 | 2026-11-18", False),
    ):
        opened = await open_details(seeded_desk, keeper, record, 1)
        await edit_details(seeded_desk, keeper, opened.exchange.id, opened.version, {"decisions": line})
        assert await stands() is expected, line


@pytest.mark.parametrize(
    ("which", "on", "key"),
    [
        ("3", "", "decision.unknown"),
        ("a", "", "decision.unknown"),  # both have that
        ("1", "2026-11-21", "promise.done_in_future"),
        ("1", "soon", "date.unreadable"),
    ],
)
async def test_what_cannot_be_called_done(
    seeded_desk: Desk, keeper: Caller, which: str, on: str, key: str
) -> None:
    record = await decided(seeded_desk, keeper, LIBRARY, FAIR)
    with pytest.raises(AttacheError) as refused:
        await finish_decision(seeded_desk, keeper, record, which, on)
    assert refused.value.key == key


async def test_another_office_does_not_say_it(seeded_desk: Desk, keeper: Caller) -> None:
    record = await decided(seeded_desk, keeper, LIBRARY)
    other = person(await office_of(seeded_desk, "tainan-tw"), Role.EDITOR)
    with pytest.raises(AttacheError, match="not_ours"):
        await finish_decision(seeded_desk, other, record, "1")


# Reminders ----------------------------------------------------------------------------------------------------


@pytest.mark.both_engines
async def test_what_is_due_is_posted_once_and_to_both_sides(seeded_desk: Desk, keeper: Caller) -> None:
    """Thirty days before and when it is overdue, to the offices of the places that took part, and to no other."""
    mover = Mover()
    desk = Desk(seeded_desk.database, mover)
    home = await served(desk, "kaohsiung-tw", NOW)
    other = await served(desk, "tainan-tw", NOW)
    await served(desk, "taipei-tw", NOW)
    fair = Decision("a fair", due=PartialDate(2026, 12, 25))
    record = await decided(desk, keeper, LIBRARY, fair, FAIR)
    told: dict[str, list[str]] = {}
    for day in ("2026-11-24", "2026-11-25", "2026-12-04", "2026-12-05", "2026-12-06"):
        mover.now = datetime.fromisoformat(f"{day}T02:00:00+00:00")
        told[day] = sorted(await post_all(desk))
        assert await post_all(desk) == []
        if day == "2026-12-05":
            await finish_decision(desk, keeper, record, "twin")
    assert {day: [post.split(" – ")[0] for post in posts] for day, posts in told.items() if posts} == {
        day: sorted([f"{home.id} {record} Kaohsiung", f"{other.id} {record} Tainan"])
        for day in ("2026-11-25", "2026-12-05")
    }
    mine = next(post for post in told["2026-11-25"] if post.startswith(f"{home.id} "))
    assert "Kaohsiung – Tainan and Seattle: 1 decision to carry out" in mine
    assert "a fair: due Friday, 25 December 2026, in 30 days" in mine
    assert f"Decided in\n`{record}`" in mine
    assert all(
        "a twin library: 1 day overdue (due 4 December 2026) · Lin" in post for post in told["2026-12-05"]
    )


@pytest.mark.parametrize("how", ["done", "moved", "removed", "called off", "record removed"])
async def test_what_is_settled_since_is_not_posted(seeded_desk: Desk, keeper: Caller, how: str) -> None:
    """It was planned; by the hour of the post there was nothing to tell any more."""
    mover = Mover()
    desk = Desk(seeded_desk.database, mover)
    home = await served(desk, "kaohsiung-tw", NOW)
    editor = person(home, Role.EDITOR)
    record = await decided(desk, keeper, replace(LIBRARY, due=PartialDate(2026, 11, 20)))
    mover.now = datetime(2026, 11, 21, 2, tzinfo=UTC)
    await box.enqueue_due(desk)
    opened = await open_details(desk, editor, record, 1)
    number, version = opened.exchange.id, opened.version
    match how:
        case "done":
            await finish_decision(desk, editor, record, "1")
        case "moved":
            await edit_details(
                desk, editor, number, version, {"decisions": "a twin library | Lin | 2027-06-30"}
            )
        case "removed":
            await edit_details(desk, editor, number, version, {"decisions": ""})
        case "called off":
            async with desk.database.write() as session:
                off = update(ExchangeRow).where(ExchangeRow.id == number)
                await session.execute(off.values(status=ExchangeStatus.CANCELLED))
        case _:
            await remove_visit(desk, editor, number, version)
    assert await post_all(desk) == []
    (row,) = [row for row in await outbox(desk) if row.kind is ReminderKind.DECISION]
    assert row.state is ReminderState.CANCELLED
