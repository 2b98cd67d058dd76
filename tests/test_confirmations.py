"""Two confirm: who may, what stands and what a change outdates, and the list of what waits for one's own office."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.access import Role, Scope, Standing
from bot.domain.confirmations import MAX_RESPONSES
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, ChangedMeanwhile, NotAllowed, NotFound
from bot.domain.exchange_lists import ExchangeFilter, Only
from bot.domain.exchange_particulars import Stance
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.offices import Office
from bot.i18n.texts import Texts
from bot.services.audit import record_history, undo, undo_entry
from bot.services.confirmations import confirm_exchange, note_difference, open_difference
from bot.services.desk import Caller, Desk
from bot.services.editing import EditedVisit, edit_visit, open_visit, set_scope
from bot.services.exchange_details import edit_details
from bot.services.exchange_lists import find_exchanges, show_exchange
from bot.services.exchanges import Report, log_report
from bot.services.lessons import LessonFields, add_lesson
from bot.ui.confirmations import side_lines
from tests.conftest import NOW
from tests.records import audit_entries, office_of, person

MEETING = Report(
    ["tainan-tw", "seattle-us"], ExchangeKind.VIRTUAL_VISIT, PartialDate(2026, 11, 12), topic="housing"
)
WAITING = ExchangeFilter(only=Only.TO_CONFIRM)


@pytest.fixture
async def keeper(seeded_desk: Desk) -> Caller:
    """Of the office that logs: Kaohsiung's."""
    return person(await office_of(seeded_desk, "kaohsiung-tw"), Role.EDITOR)


@pytest.fixture
async def other(seeded_desk: Desk) -> Caller:
    """Of the office on the other side: Tainan's."""
    return person(await office_of(seeded_desk, "tainan-tw"), user_id=7)


async def logged(desk: Desk, keeper: Caller, report: Report = MEETING, request: str = "test:1") -> str:
    return (await log_report(desk, keeper, report, request)).exchange.record


async def edit(desk: Desk, caller: Caller, record: str, **typed: str) -> EditedVisit:
    opened = await open_visit(desk, caller, record)
    fields = replace(opened.fields, **typed)
    edited = await edit_visit(desk, caller, opened.exchange.id, opened.version, fields)
    again = await edit_visit(desk, caller, opened.exchange.id, opened.version, fields)
    assert again.entry == edited.entry
    return edited


async def lines(desk: Desk, caller: Caller, record: str) -> list[str]:
    return side_lines(Texts("en"), (await show_exchange(desk, caller, record)).sides)


async def waiting(desk: Desk, caller: Caller) -> list[str]:
    return [each.record for each in (await find_exchanges(desk, caller, WAITING)).exchanges]


def on(desk: Desk, days: int) -> Desk:
    """The same desk, so many days later."""
    return Desk(desk.database, lambda: NOW + timedelta(days=days))


@pytest.mark.both_engines
async def test_confirmed_once_outdated_by_a_change_and_confirmed_again(
    seeded_desk: Desk, keeper: Caller, other: Caller
) -> None:
    """Both sides see who said what and when; taking the change back brings back what was confirmed."""
    record = await logged(seeded_desk, keeper)
    assert await lines(seeded_desk, keeper, record) == [
        "🖊️ Kaohsiung: logged it", "⏳ Tainan: has not confirmed it yet",
    ]  # fmt: skip
    assert await waiting(seeded_desk, other) == [record]
    assert await waiting(seeded_desk, keeper) == []
    presses = [confirm_exchange(seeded_desk, replace(other, user_id=n), record, 1) for n in range(5)]
    entries = [each.entry for each in await asyncio.gather(*presses)]
    assert len([entry for entry in entries if entry is not None]) == 1
    assert await lines(seeded_desk, keeper, record) == [
        "🖊️ Kaohsiung: logged it", "✅ Tainan: confirmed on 20 November 2026",
    ]  # fmt: skip
    assert await waiting(seeded_desk, other) == []
    later = on(seeded_desk, 2)
    (_, said) = (await edit(later, keeper, record, people="6")).changes
    assert (said.field, said.before[0].changed_on, said.after[0].changed_on) == (
        "responses", None, PartialDate(2026, 11, 22),
    )  # fmt: skip
    assert (await lines(later, keeper, record))[1] == (
        "↻ Tainan: confirmed on 20 November 2026, but changed since, on 22 November 2026: to be confirmed again"
    )
    assert await waiting(later, other) == [record]
    await undo(later, keeper, record)
    assert (await lines(later, keeper, record))[1] == "✅ Tainan: confirmed on 20 November 2026"
    await edit(later, keeper, record, people="8")
    await confirm_exchange(later, other, record)
    assert (await lines(later, other, record))[1] == "✅ Tainan: confirmed on 22 November 2026 (<@7>)"
    sides = (await show_exchange(later, other, record)).sides
    assert side_lines(Texts("zh-TW"), sides)[1].endswith("（<@7>）")
    actions = [entry.action for entry in await audit_entries(seeded_desk, record)]
    assert actions == [
        "exchange.logged", "exchange.agreed", "exchange.edited", "exchange.undone", "exchange.edited",
        "exchange.agreed",
    ]  # fmt: skip
    told = await record_history(later, keeper, record)
    assert told.entries[0].office is not None
    assert told.entries[0].office.key == "tainan-tw"
    assert told.entries[0].person is None


async def test_a_difference_stands_beside_the_record(
    seeded_desk: Desk, keeper: Caller, other: Caller
) -> None:
    """What the keeper wrote stays; the note stays, too, when the record is mended and confirmed."""
    record = await logged(seeded_desk, keeper)
    before = (await show_exchange(seeded_desk, keeper, record)).exchange
    assert (await open_difference(seeded_desk, other, record)).record == record
    noted = await note_difference(seeded_desk, other, record, " We were four. ")
    assert (await note_difference(seeded_desk, other, record, "We were four.")).entry is None
    assert noted.entry is not None
    after = (await show_exchange(seeded_desk, keeper, record)).exchange
    assert replace(after, version=before.version) == before
    assert await lines(seeded_desk, keeper, record) == [
        "🖊️ Kaohsiung: logged it", "❗ Tainan, on 20 November 2026: We were four.",
    ]  # fmt: skip
    assert await waiting(seeded_desk, other) == []
    later = on(seeded_desk, 1)
    await edit(later, keeper, record, people="4")
    assert await waiting(later, other) == [record]
    await confirm_exchange(later, other, record)
    assert (await lines(later, keeper, record))[1:] == [
        "❗ Tainan, on 20 November 2026: We were four. (the record was changed since, on 21 November 2026)",
        "✅ Tainan: confirmed on 21 November 2026",
    ]
    await note_difference(later, other, record, "And on Friday.")
    said = (await show_exchange(later, keeper, record)).sides[1].responses
    assert [each.stance for each in said] == [Stance.DIFFERS, Stance.DIFFERS]


async def test_nobody_confirms_what_they_have_not_seen(
    seeded_desk: Desk, keeper: Caller, other: Caller
) -> None:
    """What became another record since it was shown; a lesson, a source and what others say do not matter."""
    record = await logged(seeded_desk, keeper, replace(MEETING, partners=["tainan-tw", "taipei-tw"]))
    taipei = person(await office_of(seeded_desk, "taipei-tw"))
    await add_lesson(seeded_desk, keeper, record, "1", LessonFields(worked="a short agenda"))
    await confirm_exchange(seeded_desk, taipei, record, 1)
    version = (await open_visit(seeded_desk, keeper, record)).version
    await edit_details(seeded_desk, keeper, int(record[1:]), version, {"sources": "a report"})
    assert (await confirm_exchange(seeded_desk, other, record, 1)).entry is not None
    version = (await show_exchange(seeded_desk, other, record)).exchange.version
    await edit(seeded_desk, keeper, record, topic="trams")
    with pytest.raises(ChangedMeanwhile) as refused:
        await confirm_exchange(seeded_desk, taipei, record, version)
    assert refused.value.key == "confirmation.changed_since"
    assert len([line for line in await lines(seeded_desk, keeper, record) if "changed since" in line]) == 2


async def test_what_is_said_goes_with_its_place(seeded_desk: Desk, keeper: Caller, other: Caller) -> None:
    """Wherever the place stands among the sides; with a place that did not take part it goes."""
    record = await logged(seeded_desk, keeper)
    await note_difference(seeded_desk, other, record, "We were not there.")

    async def between(sides: str) -> None:
        version = (await open_visit(seeded_desk, keeper, record)).version
        await edit_details(seeded_desk, keeper, int(record[1:]), version, {"between": sides})

    await between("Kaohsiung ↔ Prague, Seattle, Tainan")
    assert "We were not there." in (await lines(seeded_desk, keeper, record))[1]
    await between("Kaohsiung ↔ Prague, Seattle")
    assert await lines(seeded_desk, keeper, record) == []
    await undo(seeded_desk, keeper, record)
    assert "We were not there." in (await lines(seeded_desk, keeper, record))[1]


async def test_taken_back_by_those_who_said_so(seeded_desk: Desk, keeper: Caller, other: Caller) -> None:
    """The person within a day, an editor of the office; nobody of another office."""
    record = await logged(seeded_desk, keeper)
    entry = (await confirm_exchange(seeded_desk, other, record)).entry
    assert entry is not None
    for who in (replace(other, user_id=8), keeper):
        with pytest.raises(NotAllowed):
            await undo_entry(seeded_desk, who, entry)
    await undo_entry(seeded_desk, other, entry)
    assert (await lines(seeded_desk, keeper, record))[1] == "⏳ Tainan: has not confirmed it yet"
    entry = (await confirm_exchange(seeded_desk, other, record)).entry
    assert entry is not None
    await undo_entry(seeded_desk, replace(other, user_id=8, role=Role.EDITOR), entry)
    assert (await lines(seeded_desk, keeper, record))[1] == "⏳ Tainan: has not confirmed it yet"


async def test_whoever_sees_it_confirms_it(seeded_desk: Desk, keeper: Caller, other: Caller) -> None:
    """What is for a group, its offices; what is public, all; who may not see it is neither asked nor awaited."""
    guest = person(await office_of(seeded_desk, "seattle-us", Standing.GUEST))
    for scope, awaited in ((Scope.GROUP, ["Tainan"]), (Scope.PUBLIC, ["Tainan", "Seattle"])):
        record = await logged(seeded_desk, keeper, replace(MEETING, scope=scope), f"test:{scope}")
        told = [f"⏳ {name}: has not confirmed it yet" for name in awaited]
        assert (await lines(seeded_desk, keeper, record))[1:] == told
        assert (await confirm_exchange(seeded_desk, other, record)).entry is not None
    with pytest.raises(NotFound):
        await confirm_exchange(seeded_desk, guest, "X148")
    assert (await confirm_exchange(seeded_desk, guest, record)).entry is not None


Refused = tuple[Report, str, type[AttacheError], str]
REFUSED: list[Refused] = [
    (MEETING, "kaohsiung-tw", BadInput, "confirmation.own"),
    (MEETING, "taipei-tw", NotAllowed, "confirmation.no_party"),
    (replace(MEETING, scope=Scope.OFFICE), "tainan-tw", NotFound, "record.unknown"),
    (
        replace(MEETING, status=ExchangeStatus.PLANNED, date=PartialDate(2026, 12)),
        "tainan-tw", BadInput, "confirmation.not_held",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("report", "who", "error", "key"), REFUSED)
async def test_who_has_nothing_to_confirm(
    seeded_desk: Desk, keeper: Caller, report: Report, who: str, error: type[AttacheError], key: str
) -> None:
    """Neither confirmed nor disputed, by the keeper, by those who did not take part, or who may not see it."""
    record = await logged(seeded_desk, keeper, report)
    caller = person(await office_of(seeded_desk, who), Role.EDITOR)
    calls: list[Callable[[], Awaitable[object]]] = [
        lambda: confirm_exchange(seeded_desk, caller, record),
        lambda: open_difference(seeded_desk, caller, record),
        lambda: note_difference(seeded_desk, caller, record, "x"),
    ]
    for call in calls:
        with pytest.raises(error) as refused:
            await call()
        assert refused.value.key == key
    assert len(await audit_entries(seeded_desk, record)) == 1


async def test_words_that_are_not_taken(seeded_desk: Desk, keeper: Caller, other: Caller) -> None:
    """None, too many, or once too often; readers say nothing at all."""
    record = await logged(seeded_desk, keeper)
    for what, key in ((" ", "confirmation.empty"), ("x" * 1001, "text.too_long")):
        with pytest.raises(BadInput) as refused:
            await note_difference(seeded_desk, other, record, what)
        assert refused.value.key == key
    with pytest.raises(NotAllowed):
        await confirm_exchange(seeded_desk, replace(other, role=Role.READER), record)
    for n in range(MAX_RESPONSES):
        await note_difference(seeded_desk, other, record, f"difference {n}")
    with pytest.raises(BadInput) as refused:
        await note_difference(seeded_desk, other, record, "one more")
    assert refused.value.key == "confirmation.too_many"
    assert (await confirm_exchange(seeded_desk, other, record)).entry is not None


async def test_a_partner_abroad_confirms_and_nobodys_records_wait_for_nobody(
    seeded_desk: Desk, keeper: Caller
) -> None:
    """Seattle's guest office confirms what it took part in; what came from a list of sources is nobody's to confirm."""
    seattle: Office = await office_of(seeded_desk, "seattle-us", Standing.GUEST)
    guest = person(seattle)
    record = await logged(seeded_desk, keeper)
    assert await waiting(seeded_desk, guest) == [record]
    await confirm_exchange(seeded_desk, guest, record)
    assert await lines(seeded_desk, keeper, record) == [
        "🖊️ Kaohsiung: logged it",
        "⏳ Tainan: has not confirmed it yet",
        "✅ Seattle: confirmed on 20 November 2026",
    ]
    await set_scope(seeded_desk, keeper, record, Scope.OFFICE)
    assert await waiting(seeded_desk, guest) == []
    assert (await lines(seeded_desk, keeper, record))[1:] == ["✅ Seattle: confirmed on 20 November 2026"]
    for caller in (keeper, guest):
        with pytest.raises(BadInput) as refused:
            await confirm_exchange(seeded_desk, caller, "X19")
        assert refused.value.key == "confirmation.nobodys"
