"""What became of a planned exchange: held, moved, called off; each once, by anybody of its office who may log."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.access import Role
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, NotAllowed
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.offices import Office
from bot.services.audit import undo_entry
from bot.services.desk import Caller, Desk
from bot.services.exchanges import Report, log_report
from bot.services.partnerships import show_partner
from bot.services.visit_status import Settled, cancel, confirm_held, move, open_plan
from tests.records import audit_entries, office_of, person

PLAN = Report(
    ["seattle-us"],
    ExchangeKind.VIRTUAL_VISIT,
    PartialDate(2026, 11, 19),
    status=ExchangeStatus.PLANNED,
    starts_at=datetime(2026, 11, 19, 1, tzinfo=UTC),
)
SOON = replace(PLAN, date=PartialDate(2026, 12, 3), starts_at=datetime(2026, 12, 3, 1, tzinfo=UTC))


@pytest.fixture
async def home(seeded_desk: Desk) -> Office:
    return await office_of(seeded_desk, "kaohsiung-tw")


async def planned(desk: Desk, home: Office, plan: Report = PLAN) -> int:
    """Somebody else of the office planned it, a while ago."""
    return (await log_report(desk, person(home, user_id=99), plan, "test:1")).exchange.id


@pytest.mark.both_engines
async def test_held_once_however_often_it_is_pressed(seeded_desk: Desk, home: Office) -> None:
    """Twenty presses at the same moment: one entry, and from then on it counts."""
    number = await planned(seeded_desk, home)
    presses = [confirm_held(seeded_desk, person(home, user_id=user), number) for user in range(20)]
    settled = await asyncio.gather(*presses)
    assert {each.exchange.status for each in settled} == {ExchangeStatus.HELD}
    assert len([each for each in settled if each.entry is not None]) == 1
    actions = [entry.action for entry in await audit_entries(seeded_desk, f"X{number}")]
    assert actions == ["exchange.logged", "exchange.held"]
    card = await show_partner(seeded_desk, person(home), "Seattle")
    assert card.tie.last is not None
    assert card.tie.last.record == f"X{number}"


async def test_what_it_was_can_be_taken_back(seeded_desk: Desk, home: Office) -> None:
    caller, number = person(home), await planned(seeded_desk, home)
    for change, status in (
        (lambda: confirm_held(seeded_desk, caller, number), ExchangeStatus.HELD),
        (lambda: move(seeded_desk, caller, number, "2026-12-05"), ExchangeStatus.PLANNED),
        (lambda: cancel(seeded_desk, caller, number, "typhoon"), ExchangeStatus.CANCELLED),
    ):
        settled = await change()
        assert settled.exchange.status is status
        assert settled.entry is not None
        await undo_entry(seeded_desk, caller, settled.entry)
        assert (await open_plan(seeded_desk, caller, f"X{number}")).when == "2026-11-19 09:00"


async def test_a_visit_is_moved_with_its_end(seeded_desk: Desk, home: Office) -> None:
    """To a day, or a time of day in the office's zone; of several days it lasts as long as it would have."""
    caller = person(home)
    number = await planned(seeded_desk, home, replace(SOON, end_date=PartialDate(2026, 12, 5)))
    moved = await move(seeded_desk, caller, number, "2026-12-10 14:30")
    exchange = moved.exchange
    assert (exchange.date, exchange.end_date) == (PartialDate(2026, 12, 10), PartialDate(2026, 12, 12))
    assert exchange.starts_at == datetime(2026, 12, 10, 6, 30, tzinfo=UTC)
    assert (await move(seeded_desk, caller, number, "2026-12-10 14:30")).entry is None
    later = (await move(seeded_desk, caller, number, "2027-01")).exchange
    assert (later.date, later.starts_at, later.end_date) == (PartialDate(2027, 1), None, None)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("next Friday", "2026-11-27"),
        ("下週五", "2026-11-27"),
        ("12月5日", "2026-12-05"),
        ("30 May", "2027-05-30"),
    ],
)
async def test_a_visit_is_moved_to_a_day_to_come(
    seeded_desk: Desk, home: Office, typed: str, day: str
) -> None:
    """A day without a year or week is the next one: a visit is not moved into the past."""
    number = await planned(seeded_desk, home)
    moved = (await move(seeded_desk, person(home), number, f"{typed} 9:00")).exchange
    assert moved.date.iso() == day
    assert moved.starts_at == datetime.fromisoformat(f"{day}T01:00+00:00")


async def test_what_was_called_off_can_be_moved(seeded_desk: Desk, home: Office) -> None:
    """It is planned again, and the reason goes; called off again without one it has none."""
    caller, number = person(home), await planned(seeded_desk, home, SOON)
    assert (await cancel(seeded_desk, caller, number, " typhoon ")).exchange.cancel_reason == "typhoon"
    assert (await cancel(seeded_desk, caller, number)).entry is None
    exchange = (await move(seeded_desk, caller, number, "2026-12-10")).exchange
    assert (exchange.status, exchange.cancel_reason) == (ExchangeStatus.PLANNED, None)


Press = Callable[[Desk, Caller, int], Awaitable[Settled]]
REFUSED: list[tuple[Report, list[Press], str]] = [
    (SOON, [confirm_held], "visit.in_future"),
    (PLAN, [cancel, confirm_held], "visit.was_cancelled"),
    (PLAN, [confirm_held, cancel], "visit.was_held"),
    (PLAN, [confirm_held, lambda desk, caller, n: move(desk, caller, n, "2026-12-05")], "visit.was_held"),
    (PLAN, [lambda desk, caller, n: move(desk, caller, n, "yesterday")], "visit.already_past"),
    (PLAN, [lambda desk, caller, n: move(desk, caller, n, "someday")], "date.unreadable_ahead"),
    (PLAN, [lambda desk, caller, n: cancel(desk, caller, n, "x" * 501)], "act.too_long"),
]


@pytest.mark.parametrize(("plan", "presses", "key"), REFUSED)
async def test_what_cannot_have_become_of_it(
    seeded_desk: Desk, home: Office, plan: Report, presses: list[Press], key: str
) -> None:
    """A sentence, and the record stays as it is."""
    caller, number = person(home), await planned(seeded_desk, home, plan)
    *before, last = presses
    for press in before:
        await press(seeded_desk, caller, number)
    entries = await audit_entries(seeded_desk, f"X{number}")
    with pytest.raises(BadInput) as refused:
        await last(seeded_desk, caller, number)
    assert refused.value.key == key
    assert await audit_entries(seeded_desk, f"X{number}") == entries


async def test_who_may_say_what_became_of_it(seeded_desk: Desk, home: Office) -> None:
    """Loggers of the office; readers and others' offices may not."""
    number = await planned(seeded_desk, home)
    tainan = await office_of(seeded_desk, "tainan-tw")
    for who, error in ((person(home, Role.READER), NotAllowed), (person(tainan, Role.EDITOR), NotAllowed)):
        with pytest.raises(error):
            await confirm_held(seeded_desk, who, number)
    with pytest.raises(AttacheError) as unknown:
        await confirm_held(seeded_desk, person(home), 99999)
    assert unknown.value.key == "record.unknown"
