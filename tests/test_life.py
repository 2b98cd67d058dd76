"""Pausing, resuming and ending acts: what is stored, what is told, what is refused, and taking it back."""

import asyncio
import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.access import Role, Scope
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, FormRefused, NotAllowed, NotFound
from bot.domain.life import Step
from bot.domain.offices import Office
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.services.audit import undo, undo_entry
from bot.services.desk import Caller, Desk
from bot.services.life import StepWords, end_act, open_end, pause_act, resume_act
from bot.services.partnerships import show_partner
from bot.services.quiet import quiet_ties
from bot.services.telling import ChangedSince
from db.engine import Database, database_url
from db.partnerships import NewPartnership, insert_partnerships, link_successors, partnership
from db.places import ids_by_key
from tests.conftest import NOW, clock, write_hastily
from tests.records import audit_entries, office_of, person

SEATTLE, CALLED_OFF = "P195", StepWords("2026-11-01", reason="a new policy", by_whom="the council of Seattle")
WHY = StepWords(reason="an election")


@pytest.fixture
async def home(seeded_desk: Desk) -> Office:
    return await office_of(seeded_desk, "kaohsiung-tw")


@pytest.fixture
def editor(home: Office) -> Caller:
    return person(home, Role.EDITOR)


def later(desk: Desk, **delta: float) -> Desk:
    return Desk(desk.database, lambda: NOW + timedelta(**delta))


async def history(desk: Desk, caller: Caller, number: int = 195) -> tuple[StatusChange, ...]:
    async with desk.database.read() as session:
        act = await partnership(session, caller.viewer, number)
    assert act is not None
    assert act.status is act.history[-1].status
    return act.history


async def store(desk: Desk, parties: tuple[str, ...] = ("kaohsiung-tw", "seattle-us"), **more: Any) -> int:
    """An act in force that nobody has made here, as an import leaves it."""
    async with desk.database.write() as session:
        ids = await ids_by_key(session, parties)
        values: dict[str, Any] = {
            "kind": Kind.MOU,
            "parties": tuple(ids[key] for key in parties),
            "history": (StatusChange(Status.ACTIVE),),
        } | more
        (number,) = await insert_partnerships(session, [NewPartnership(**values)])
    return number


# Steps --------------------------------------------------------------------------------------------------------


async def test_a_pause_and_its_end(seeded_desk: Desk, editor: Caller) -> None:
    """Each step is added to the history, with one entry; the dormancy of the tie follows."""
    (began,) = await history(seeded_desk, editor)
    words = StepWords("yesterday", "2027-06", "an election", source="a letter")
    paused = await pause_act(seeded_desk, editor, "p195", words)
    step = StatusChange(
        Status.PAUSED, PartialDate(2026, 11, 19), "an election", until=PartialDate(2027, 6), source="a letter"
    )
    assert (paused.before, paused.after, paused.act.status) == (began, step, Status.PAUSED)
    assert [place.key for place in paused.partners] == ["seattle-us"]
    assert await history(seeded_desk, editor) == (began, step)
    card = await show_partner(seeded_desk, editor, "Seattle")
    assert card.quiet is not None
    assert card.quiet.state.value == "paused"
    resumed = await resume_act(seeded_desk, editor, SEATTLE, StepWords(reason="agreed by letter"))
    again = StatusChange(Status.ACTIVE, PartialDate(2026, 11, 20), "agreed by letter")
    assert await history(seeded_desk, editor) == (began, step, again)
    entries = await audit_entries(seeded_desk, SEATTLE)
    assert [(each.action, each.id) for each in entries] == [
        ("partnership.edited", paused.entry), ("partnership.edited", resumed.entry),
    ]  # fmt: skip


async def test_an_end(seeded_desk: Desk, editor: Caller) -> None:
    """By whom, why, what brought it about, on whose word; and that nothing is left in force."""
    words = replace(CALLED_OFF, trigger="ｘ１９", source="a report")
    ended = await end_act(seeded_desk, editor, SEATTLE, words)
    assert ended.after == StatusChange(
        Status.ENDED,
        PartialDate(2026, 11, 1),
        "a new policy",
        "the council of Seattle",
        trigger="X19",
        source="a report",
    )
    assert [place.key for place in ended.alone] == ["seattle-us"]
    assert ended.replaced == []
    assert len(await history(seeded_desk, editor)) == 2
    assert (await show_partner(seeded_desk, editor, "Seattle")).quiet is None


async def test_what_stands_beside_it_and_what_it_replaced(seeded_desk: Desk, editor: Caller) -> None:
    """With a memorandum in force the partner is not alone; the act that the ended one replaced is named."""
    memorandum = await store(seeded_desk)
    ended = (StatusChange(Status.ACTIVE), StatusChange(Status.ENDED, PartialDate(1991), "superseded"))
    older = await store(seeded_desk, history=ended)
    async with seeded_desk.database.write() as session:
        await link_successors(session, [(older, 195)])
    found = await end_act(seeded_desk, editor, SEATTLE, CALLED_OFF)
    assert [act.id for act in found.replaced] == [older]
    assert found.alone == []
    assert (await end_act(seeded_desk, editor, f"P{memorandum}", CALLED_OFF)).alone


async def test_of_three_parties_each_partner_is_looked_at(seeded_desk: Desk, editor: Caller) -> None:
    """Kumamoto's prefecture and city signed twice with Kaohsiung: the second end leaves both alone."""
    assert (await end_act(seeded_desk, editor, "P201", CALLED_OFF)).alone == []
    alone = (await end_act(seeded_desk, editor, "P203", CALLED_OFF)).alone
    assert {place.key for place in alone} == {"kumamoto-jp", "kumamoto-prefecture-jp"}


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("民國113年5月", "2024-05"),
        ("last Friday", "2026-11-13"),
        ("2020", "2020"),
        ("昨天", "2026-11-19"),
        ("1991", "1991"),
    ],
)
async def test_dates_as_people_type_them(
    seeded_desk: Desk, editor: Caller, since: str, expected: str
) -> None:
    """In either language, Taiwan's years too, and as precise as they are."""
    words = replace(CALLED_OFF, since=since)
    ended = await end_act(seeded_desk, editor, SEATTLE, words)
    assert str(ended.after.since) == expected


# Refusals -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (StepWords(), "life.needs_reason"),
        (StepWords(reason="x" * 1001), "life.too_long"),
        (StepWords("tomorrow", reason="x"), "life.in_future"),
        (StepWords("1990", reason="x"), "life.before_signing"),
        (StepWords("03/04/2026", reason="x"), "date.ambiguous"),
        (StepWords("some day", reason="x"), "date.unreadable"),
        (StepWords("", "yesterday", "x"), "life.until_past"),
        (StepWords("", "March", "x"), "life.until_past"),
        (StepWords("x", "y", ""), "form.refused"),
        (StepWords(reason="x", trigger="P9999"), "record.unknown"),
    ],
)
async def test_what_is_refused(seeded_desk: Desk, editor: Caller, words: StepWords, key: str) -> None:
    """With a sentence each, all that cannot be read at once, and nothing is stored."""
    with pytest.raises(AttacheError) as refused:
        await pause_act(seeded_desk, editor, SEATTLE, words)
    assert refused.value.key == key
    assert len(await history(seeded_desk, editor)) == 1
    assert await audit_entries(seeded_desk, SEATTLE) == []


async def test_an_end_needs_three_things(seeded_desk: Desk, editor: Caller) -> None:
    """When, by whom and why are asked for together."""
    with pytest.raises(FormRefused) as refused:
        await end_act(seeded_desk, editor, SEATTLE, StepWords())
    assert [each.key for each in refused.value.problems] == [
        "date.empty", "life.needs_by_whom", "life.needs_reason",
    ]  # fmt: skip


async def test_whose_act_it_is(seeded_desk: Desk, editor: Caller, home: Office) -> None:
    """Only editors, only acts, only one's own or nobody's that one is party to; hidden ones are unknown."""
    tainan = await office_of(seeded_desk, "tainan-tw")
    theirs = await store(seeded_desk, scope=Scope.PUBLIC, office_id=tainan.id)
    hidden = await store(seeded_desk, scope=Scope.OFFICE, office_id=tainan.id)
    for text, error, key in (
        ("X19", BadInput, "record.no_act"),
        ("Seattle", BadInput, "record.unreadable"),
        ("P9999", NotFound, "record.unknown"),
        (f"P{hidden}", NotFound, "record.unknown"),
        (f"P{theirs}", NotAllowed, "record.not_ours"),
        ("P1", NotAllowed, "record.not_ours"),
    ):
        for call in (pause_act(seeded_desk, editor, text, WHY), open_end(seeded_desk, editor, text)):
            with pytest.raises(error) as refused:
                await call
            assert refused.value.key == key
    with pytest.raises(NotAllowed, match="role_too_weak"):
        await pause_act(seeded_desk, person(home), SEATTLE, WHY)
    with pytest.raises(NotFound) as unknown:  # what brought it about would tell of a hidden record
        await pause_act(seeded_desk, editor, SEATTLE, replace(WHY, trigger=f"P{hidden}"))
    assert unknown.value.key == "record.unknown"


# Two at once --------------------------------------------------------------------------------------------------


async def test_a_form_that_was_overtaken(seeded_desk: Desk, editor: Caller, home: Office) -> None:
    """What somebody else did meanwhile is told, and nothing stored; the same form twice is stored once."""
    opened = await open_end(seeded_desk, editor, SEATTLE)
    other = person(home, Role.EDITOR, 2)
    await pause_act(seeded_desk, other, SEATTLE, StepWords("2026-10", reason="an election"))
    with pytest.raises(ChangedSince) as changed:
        await end_act(seeded_desk, editor, SEATTLE, CALLED_OFF, opened.version)
    assert changed.value.version == opened.version + 1
    assert [told.person for told in changed.value.since] == [2]
    assert len(await history(seeded_desk, editor)) == 2
    version = changed.value.version
    once = await end_act(seeded_desk, editor, SEATTLE, CALLED_OFF, version)
    twice = await end_act(seeded_desk, editor, SEATTLE, CALLED_OFF, version)
    assert once.entry == twice.entry
    assert len(await history(seeded_desk, editor)) == 3
    with pytest.raises(BadInput, match=r"life\.ended_already"):
        await end_act(seeded_desk, other, SEATTLE, CALLED_OFF, version)


# Taking back --------------------------------------------------------------------------------------------------


async def test_a_wrong_end_is_taken_back(seeded_desk: Desk, editor: Caller) -> None:
    """By its entry: the act is in force again, as if it had never ended."""
    before = await history(seeded_desk, editor)
    ended = await end_act(seeded_desk, editor, SEATTLE, CALLED_OFF)
    with pytest.raises(BadInput, match=r"life\.ended_no_resume"):
        await resume_act(seeded_desk, editor, SEATTLE, StepWords())
    await undo_entry(seeded_desk, editor, ended.entry)
    assert await history(seeded_desk, editor) == before


@pytest.mark.proof
@settings(max_examples=12, deadline=None)
@given(steps=st.lists(st.sampled_from(list(Step)), max_size=6))
def test_any_sequence_of_steps(templates: dict[bool, Path], steps: list[Step]) -> None:
    """The status is that of the last step, no step is lost, and taking all back comes to the beginning."""
    with tempfile.TemporaryDirectory() as folder:
        file = shutil.copy(templates[True], Path(folder) / "registry.db")
        asyncio.run(_live(f"sqlite:///{file}", steps))


async def _live(url: str, steps: list[Step]) -> None:
    database = Database(database_url(url))
    write_hastily(database)
    desk = Desk(database, clock)
    editor = person(await office_of(desk, "kaohsiung-tw"), Role.EDITOR)
    beginning = await history(desk, editor)
    expected = list(beginning)
    for step in steps:
        words = StepWords("today", reason=f"because of {len(expected)}", by_whom="somebody")
        service = {Step.PAUSE: pause_act, Step.RESUME: resume_act, Step.END: end_act}[step]
        with suppress(BadInput):  # a step that makes no sense is none
            expected.append((await service(desk, editor, SEATTLE, words)).after)
        assert await history(desk, editor) == tuple(expected)
    for _ in expected[len(beginning) :]:
        await undo(desk, editor, SEATTLE)
    assert await history(desk, editor) == beginning
    await database.close()


# Told ---------------------------------------------------------------------------------------------------------


async def test_a_pause_that_is_over_is_told_and_goes_on(seeded_desk: Desk, editor: Caller) -> None:
    """The quiet list names what is paused, first what should be no longer; nothing is resumed by itself."""
    await pause_act(seeded_desk, editor, SEATTLE, StepWords("", "2027-01", "an election"))
    await pause_act(seeded_desk, editor, "P191", StepWords(reason="a storm"))
    listed = await quiet_ties(seeded_desk, editor)
    assert [(each.act.id, each.is_over) for each in listed.paused] == [(191, False), (195, False)]
    listed = await quiet_ties(later(seeded_desk, days=100), editor)
    assert [(each.act.id, each.is_over) for each in listed.paused] == [(195, True), (191, False)]
    assert not {tie.partner.key for tie in listed.no_record} & {"seattle-us", "busan-kr"}
    assert (await history(seeded_desk, editor))[-1].status is Status.PAUSED


async def test_a_pause_that_is_over_beside_an_act_in_force(seeded_desk: Desk, editor: Caller) -> None:
    """The tie is measured by what is in force; only that the pause is over is told."""
    await store(seeded_desk, kind=Kind.FRIENDSHIP_CITY)
    await pause_act(seeded_desk, editor, SEATTLE, StepWords("", "2027-01", "an election"))
    assert (await quiet_ties(seeded_desk, editor)).paused == []
    found = (await quiet_ties(later(seeded_desk, days=100), editor)).paused
    assert [each.act.id for each in found] == [195]


async def test_the_day_is_the_offices(seeded_desk: Desk, editor: Caller) -> None:
    """A pause without a date begins on the day at the office, where it is tomorrow already."""
    desk = Desk(seeded_desk.database, lambda: datetime.fromisoformat("2026-11-20T17:00:00+00:00"))
    assert (await pause_act(desk, editor, SEATTLE, WHY)).after.since == PartialDate(2026, 11, 21)
