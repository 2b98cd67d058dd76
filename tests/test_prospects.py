"""Prospects: moves as they are stored, the gate, pilots and the plan, steps of the rules, and the command line."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.access import Role
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, FormRefused, NotAllowed
from bot.domain.offices import Office
from bot.domain.partnerships import Kind, Status, StatusChange, tally
from bot.domain.places import Level
from bot.domain.prospects import Pilot, Stage, StageChange
from bot.services import audit
from bot.services.desk import Caller, Desk
from bot.services.pilots import PilotFields, open_pilot, pilots_of, save_pilot
from bot.services.prospect_steps import country_steps, prospect_steps, take_step
from bot.services.prospects import (
    Move,
    Plan,
    list_prospects,
    move_prospect,
    open_plan,
    save_plan,
)
from bot.services.quiet import quiet_ties
from bot.services.telling import ChangedSince
from db.act_parts import parts_of
from db.partnerships import partnership
from db.places import NewPlace, ids_by_key, insert_places
from tests.domain.builders import place
from tests.records import audit_entries, office_of, person
from tests.shell import Shell
from tests.test_commitments import act

PROSPECT = {"kind": Kind.PROSPECTIVE, "history": (StatusChange(Status.PROSPECTIVE),)}
READY = {
    "owner": "The mayor's office",
    "sustain_plan": "a visit each year",
    "pilots": (Pilot("a week", result="well"),),
}


@pytest.fixture
async def home(seeded_desk: Desk) -> Office:
    return await office_of(seeded_desk, "kaohsiung-tw")


@pytest.fixture
def editor(home: Office) -> Caller:
    return person(home, Role.EDITOR)


async def prospect(desk: Desk, **more: Any) -> int:
    return await act(desk, **(PROSPECT | more))


async def stored(desk: Desk, caller: Caller, number: int) -> tuple[Any, Any]:
    async with desk.database.read() as session:
        found = await partnership(session, caller.viewer, number)
        return found, (await parts_of(session, caller.viewer, [number]))[number]


# Moving -------------------------------------------------------------------------------------------------------


async def test_from_a_lead_to_an_agreement(seeded_desk: Desk, editor: Caller) -> None:
    """Each move dated, by whom; at the end an act of its kind in force, with its way; one entry for each move."""
    number = await prospect(seeded_desk, **READY)
    moves = [
        Move(Stage.EXPLORING, on="2026-01-10"),
        Move(Stage.PILOT, on="2026-03"),
        Move(Stage.PROPOSED, on="2026-09-01"),
        Move(Stage.APPROVED, on="2026-10-01", by_whom="Executive Yuan"),
        Move(Stage.SIGNED, on="2026-11-19", kind="friendship_city"),
    ]
    for each in moves:
        assert (await move_prospect(seeded_desk, editor, f"P{number}", each)).entry is not None
    found, parts = await stored(seeded_desk, editor, number)
    assert (found.kind, found.status, found.signed) == (
        Kind.FRIENDSHIP_CITY, Status.ACTIVE, PartialDate(2026, 11, 19),
    )  # fmt: skip
    assert [step.status for step in found.history] == [Status.PROSPECTIVE, Status.PROPOSED, Status.ACTIVE]
    assert found.history[-1].since == PartialDate(2026, 11, 19)
    assert [(each.stage.value, str(each.since), each.by_whom) for each in parts.stages] == [
        ("exploring", "2026-01-10", "The mayor's office"),
        ("pilot", "2026-03", "The mayor's office"),
        ("proposed", "2026-09-01", "The mayor's office"),
        ("approved", "2026-10-01", "Executive Yuan"),
        ("signed", "2026-11-19", "The mayor's office"),
    ]
    assert len(await audit_entries(seeded_desk, f"P{number}")) == 5
    with pytest.raises(AttacheError, match="signed_already"):
        await move_prospect(seeded_desk, editor, f"P{number}", Move(Stage.DROPPED, "because"))
    await audit.undo(seeded_desk, editor, f"P{number}")
    found, parts = await stored(seeded_desk, editor, number)
    assert (found.kind, found.status, parts.stage) == (Kind.PROSPECTIVE, Status.PROPOSED, Stage.APPROVED)


@pytest.mark.parametrize(
    ("move", "key"),
    [
        (Move(Stage.DROPPED), "needs_reason"),
        (Move(Stage.EXPLORING, "because", on="tomorrow"), "in_future"),
        (Move(Stage.EXPLORING, "because", on="soon"), "unreadable"),
        (Move(Stage.EXPLORING, "because", on="2025"), "before_last"),
        (Move(Stage.PILOT), "same_stage"),
        (Move(Stage.SIGNED, "at once", despite=True), "kind_needed"),
        (Move(Stage.SIGNED, "at once", kind="prospective", despite=True), "kind_needed"),
        (Move(Stage.PROPOSED, despite=True), "gate_reason"),
        (Move(Stage.EXPLORING, "x" * 501), "too_long"),
    ],
)
async def test_what_is_refused(seeded_desk: Desk, editor: Caller, move: Move, key: str) -> None:
    """Nothing is stored."""
    stages = (StageChange(Stage.PILOT, PartialDate(2026, 2, 1)),)
    number = await prospect(seeded_desk, stages=stages)
    with pytest.raises(AttacheError, match=key):
        await move_prospect(seeded_desk, editor, f"P{number}", move)
    assert await audit_entries(seeded_desk, f"P{number}") == []


async def test_the_gate_stops_and_can_be_passed(seeded_desk: Desk, editor: Caller) -> None:
    """What is missing is told with the partners that are quiet; passed all the same, the reason is in the stage."""
    number = await prospect(seeded_desk, owner="The mayor's office")
    stopped = await move_prospect(seeded_desk, editor, f"P{number}", Move(Stage.PROPOSED))
    assert stopped.entry is None
    assert stopped.gate is not None
    assert [str(part) for part in stopped.gate.missing] == ["pilot", "plan"]
    listed = await quiet_ties(seeded_desk, editor)
    assert stopped.quiet is not None
    assert stopped.quiet.quiet == len(listed.quiet) > 0
    assert stopped.quiet.partners == len(listed.quiet) + len(listed.no_record) + listed.fresh
    assert (await stored(seeded_desk, editor, number))[1].stages == ()
    despite = Move(Stage.PROPOSED, "The council wants it this year", despite=True)
    passed = await move_prospect(seeded_desk, editor, f"P{number}", despite)
    assert passed.entry is not None
    _, parts = await stored(seeded_desk, editor, number)
    assert parts.stages == (
        StageChange(Stage.PROPOSED, PartialDate(2026, 11, 20), despite.reason, "The mayor's office"),
    )


async def test_dropped_and_taken_up_again(seeded_desk: Desk, editor: Caller) -> None:
    """It is no tie that has ended: it is counted nowhere."""
    number = await prospect(seeded_desk)
    await move_prospect(seeded_desk, editor, f"P{number}", Move(Stage.DROPPED, "no answer"))
    found, parts = await stored(seeded_desk, editor, number)
    assert (found.status, found.ended.reason, parts.stages[0].by_whom) == (
        Status.ENDED, "no answer", "Kaohsiung",
    )  # fmt: skip
    assert tally([found]).ended == 0
    await move_prospect(seeded_desk, editor, f"P{number}", Move(Stage.LEAD, "they wrote"))
    found, parts = await stored(seeded_desk, editor, number)
    assert (found.status, parts.stage) == (Status.PROSPECTIVE, Stage.LEAD)


async def test_only_an_editor_of_the_office(seeded_desk: Desk, home: Office) -> None:
    """And only what is a prospect: P195 is in force."""
    number = await prospect(seeded_desk, office_id=home.id)
    tainan = person(await office_of(seeded_desk, "tainan-tw"), Role.EDITOR)
    for caller in (tainan, person(home, Role.LOGGER)):
        with pytest.raises(NotAllowed):
            await move_prospect(seeded_desk, caller, f"P{number}", Move(Stage.EXPLORING))
    with pytest.raises(AttacheError, match=r"prospect\.none"):
        await move_prospect(seeded_desk, person(home, Role.EDITOR), "P195", Move(Stage.EXPLORING))


async def test_the_list(seeded_desk: Desk, editor: Caller) -> None:
    """By stage, the furthest first; the longest at it first; what was dropped last; what is signed not at all."""
    ways = {
        "new": (),
        "old": (StageChange(Stage.PILOT, PartialDate(2025, 11, 20)),),
        "young": (StageChange(Stage.PILOT, PartialDate(2026, 11, 10)),),
        "near": (StageChange(Stage.APPROVED, PartialDate(2026)),),
        "gone": (StageChange(Stage.DROPPED, PartialDate(2026, 1, 1)),),
    }
    numbers = {await prospect(seeded_desk, stages=stages): name for name, stages in ways.items()}
    await act(seeded_desk, stages=(StageChange(Stage.SIGNED, PartialDate(2026)),))
    found = (await list_prospects(seeded_desk, editor)).items
    assert [(numbers[item.seen.act.id], item.stage.value, item.days) for item in found] == [
        ("near", "approved", None), ("old", "pilot", 365), ("young", "pilot", 10), ("new", "lead", None),
        ("gone", "dropped", 323),
    ]  # fmt: skip


# Pilots and the plan ------------------------------------------------------------------------------------------


async def test_a_pilot(seeded_desk: Desk, editor: Caller) -> None:
    """Added once, changed where others add meanwhile, told where another has changed the same one."""
    number = await prospect(seeded_desk)
    fields = PilotFields("A week", "March 2026", "2027-06", "Libraries", "")
    added = await save_pilot(seeded_desk, editor, number, "", 1, fields)
    assert added.pilot == Pilot("A week", PartialDate(2026, 3), PartialDate(2027, 6), "Libraries")
    assert (await save_pilot(seeded_desk, editor, number, "", 1, fields)).entry is None
    opened = await open_pilot(seeded_desk, editor, f"P{number}", "week")
    assert opened.fields == replace(fields, since="2026-03")
    await save_pilot(seeded_desk, editor, number, "", 2, replace(fields, title="Another"))
    done = replace(opened.fields, result="500 readers")
    kept = await save_pilot(seeded_desk, editor, number, opened.which, opened.version, done)
    assert kept.pilot.done
    with pytest.raises(ChangedSince):
        await save_pilot(
            seeded_desk, editor, number, opened.which, opened.version, replace(done, result="600")
        )
    titles = [pilot.title for pilot in (await pilots_of(seeded_desk, editor, f"P{number}")).values()]
    assert titles == ["A week", "Another"]


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ({"title": ""}, ["pilot.empty"]),
        ({"since": "2027-01-01", "until": "2026-12-31"}, ["pilot.ends_before"]),
        ({"since": "soon", "until": "30 June"}, ["date.unreadable", "date.ambiguous"]),
    ],
)
async def test_a_pilot_that_cannot_be_read(
    seeded_desk: Desk, editor: Caller, typed: dict[str, str], keys: list[str]
) -> None:
    """Each field with its sentence."""
    number = await prospect(seeded_desk)
    with pytest.raises(FormRefused) as refused:
        await save_pilot(seeded_desk, editor, number, "", 1, PilotFields(**({"title": "A week"} | typed)))
    assert [problem.key for problem in refused.value.problems] == keys


async def test_the_plan(seeded_desk: Desk, editor: Caller) -> None:
    """Not over what another has written meanwhile; the same twice is no change."""
    number = await prospect(seeded_desk)
    opened = await open_plan(seeded_desk, editor, f"P{number}")
    plan = Plan("Libraries", "a week each year")
    assert (await save_plan(seeded_desk, editor, number, opened.version, plan)).entry is not None
    assert (await save_plan(seeded_desk, editor, number, opened.version, plan)).entry is None
    with pytest.raises(ChangedSince):
        await save_plan(seeded_desk, editor, number, opened.version, Plan("Others"))
    assert (await open_plan(seeded_desk, editor, f"P{number}")).plan == plan


# Steps --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "country", "approval"),
    [
        (Level.SPECIAL_MUNICIPALITY, "TW", ["approval_cabinet"]),
        (Level.COUNTY, "TW", ["approval_interior"]),
        (Level.CITY, "TW", ["approval_interior"]),
        (None, "TW", ["approval_cabinet", "approval_interior"]),
        (Level.CITY, "US", []),
        (Level.CITY, None, []),
    ],
)
def test_whose_steps(level: Level | None, country: str | None, approval: list[str]) -> None:
    """A special municipality asks the Executive Yuan, others the Interior; elsewhere there is no list."""
    steps = country_steps(place(1, level=level, country=country))
    assert [step.key for step in steps if step.key.startswith("approval")] == approval
    assert bool(steps) is (country == "TW")
    for step in steps:
        assert step.source.startswith("https://")
        assert step.text_en != step.text_zh
        assert len(step.key) <= 40


async def test_steps_are_noted(seeded_desk: Desk, editor: Caller) -> None:
    """By key or by words; noted again, the later word counts; levels that differ are told."""
    number = await prospect(seeded_desk)
    listed = await prospect_steps(seeded_desk, editor, f"P{number}")
    assert all(state.taken is None for state in listed.steps)
    assert listed.differing == []
    await take_step(seeded_desk, editor, f"P{number}", "travel", "2026-11-01", "letter 12")
    noted = await take_step(seeded_desk, editor, f"P{number}", "told before the journey", "yesterday")
    (state,) = [state for state in noted.steps if state.taken]
    assert (state.step.key, state.taken and state.taken.done) == ("travel", PartialDate(2026, 11, 19))
    for which, key in (("no such step", "no_step"), ("the", "no_step")):
        with pytest.raises(AttacheError, match=key):
            await take_step(seeded_desk, editor, f"P{number}", which)
    with pytest.raises(AttacheError, match="in_future"):
        await take_step(seeded_desk, editor, f"P{number}", "travel", "tomorrow")
    guam = await act(seeded_desk, **PROSPECT, parties=await _with_village(seeded_desk))
    assert [p.level for p in (await prospect_steps(seeded_desk, editor, f"P{guam}")).differing] == [
        Level.VILLAGE
    ]


async def _with_village(desk: Desk) -> tuple[int, ...]:
    async with desk.database.write() as session:
        ids = await ids_by_key(session, ["kaohsiung-tw"])
        made = await insert_places(
            session, [NewPlace("hamlet-jp", "Hamlet", level=Level.VILLAGE, country="JP")]
        )
    return ids["kaohsiung-tw"], made["hamlet-jp"]


# The command line ---------------------------------------------------------------------------------------------


async def test_at_the_command_line(seeded_desk: Desk, tmp_path: Path) -> None:
    """The list, a move that the gate stops and one that passes it, and the steps."""
    number = await prospect(seeded_desk)
    shell = Shell(seeded_desk.database.url.render_as_string(hide_password=False), tmp_path)
    record, office = f"P{number}", ("--office", "Kaohsiung")
    assert f"lead  `{record}` Seattle" in shell("prospect", "list", *office).stdout
    stopped = shell("prospect", "move", record, "proposed", *office)
    assert stopped.returncode == 1
    assert "☐ a pilot that has a result" in stopped.stderr
    passed = shell("prospect", "move", record, "proposed", *office, "--reason", "soon", "--all-the-same")
    assert (passed.returncode, "Why: soon" in passed.stdout) == (0, True)
    done = shell("prospect", "steps", record, *office, "--done", "draft")
    assert "☑ The draft follows international practice" in done.stdout
    assert "No legal advice" in done.stdout
