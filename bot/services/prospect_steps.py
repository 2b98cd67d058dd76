"""The steps that rules ask of a place on its way to an agreement.

Those that an office has brought itself (`attache import steps`), or else those of its country, as far as they are
known here (`db/starter/steps.csv`).
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from bot.domain.access import Action
from bot.domain.date_reading import read_date
from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput
from bot.domain.matching import comparable
from bot.domain.names import clean, fold
from bot.domain.offices import Office
from bot.domain.places import Place
from bot.domain.prospecting import MAX_NOTE, Step, taken
from bot.domain.prospects import StepTaken
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.held_acts import SeenAct, changeable_act, read_act_record, seen_act, write_act
from bot.services.records import visible_record
from bot.services.typed_fields import read_text
from db.engine import Session
from db.office_steps import change_office_steps, office_steps
from db.partnerships import NewPartnership


@dataclass(frozen=True, slots=True)
class StepState:
    """A step, and what was noted of it, if anything was."""

    step: Step
    taken: StepTaken | None


@dataclass(frozen=True, slots=True)
class StepList:
    """The steps for a prospect of the caller's place: `own` ones that its office has brought, or those of its country.

    There are none where neither is known here. `differing` are the partners whose level is not comparable; `entry` is
    set where something was just noted.
    """

    seen: SeenAct
    home: Place
    steps: Sequence[StepState]
    differing: Sequence[Place]
    own: bool
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class OfficeSteps:
    """The steps of an office's place: `own` ones that it has brought, or those of its country."""

    home: Place
    steps: Sequence[Step]
    own: bool


@cache
def _steps_of_countries() -> Mapping[str, Sequence[Step]]:
    """Every step, by country."""
    found: dict[str, list[Step]] = {}
    text = files("db").joinpath("starter", "steps.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        levels = frozenset(level for level in row["levels"].split("|") if level)
        step = Step(
            row["key"], row["text_en"], row["text_zh"], row["warning_en"], row["warning_zh"],
            row["source"], PartialDate.from_iso(row["as_of"]), levels,
        )  # fmt: skip
        found.setdefault(row["country"], []).append(step)
    return found


def country_steps(place: Place) -> list[Step]:
    """The steps of a place's country, those for other levels left out; where its level is not known, all of them."""
    level = place.level.value if place.level else None
    return [
        step
        for step in _steps_of_countries().get(place.country or "", ())
        if not step.levels or level is None or level in step.levels
    ]


@requires(Action.OPERATE)
async def drop_office_steps(desk: Desk, caller: Caller, office: Office) -> int:
    """Take an office's own steps away, so that those of its country hold again; returns how many there were."""
    async with desk.database.write() as session:
        own = await _own_steps(session, office)
        if own:
            await change_office_steps(session, office.id, (), desk.clock())
    return len(own)


@requires(Action.READ)
async def steps_of_office(desk: Desk, caller: Caller) -> OfficeSteps:
    """The steps of the caller's office, whatever the prospect."""
    office = caller.own_office()
    async with desk.database.read() as session:
        own = await _own_steps(session, office)
    return OfficeSteps(office.place, own or country_steps(office.place), bool(own))


@requires(Action.READ)
async def prospect_steps(desk: Desk, caller: Caller, text: str) -> StepList:
    """The steps of a prospect, each with what was noted of it.

    Raises `BadInput` (`record.unreadable`, `record.no_act`), `NotFound` (`record.unknown`).
    """
    record, office = read_act_record(text), caller.own_office()
    async with desk.database.read() as session:
        held = await visible_record(session, caller, record)
        seen = await seen_act(session, caller, record)
        own = await _own_steps(session, office)
    assert isinstance(held.content, NewPartnership), "a record with the number of an act"
    return _listed(seen, office.place, own, held.content.steps)


async def _own_steps(session: Session, office: Office) -> Sequence[Step]:
    return (await office_steps(session, office.id)).get(office.id, ())


def _listed(
    seen: SeenAct, home: Place, own: Sequence[Step], noted: Sequence[StepTaken], entry: int | None = None
) -> StepList:
    states = [StepState(step, taken(noted, step.key)) for step in own or country_steps(home)]
    differing = [place for place in seen.partners if comparable(home.level, place.level) is False]
    return StepList(seen, home, states, differing, bool(own), entry)


@requires(Action.EDIT)
async def take_step(
    desk: Desk, caller: Caller, text: str, which: str, on: str = "", note: str = ""
) -> StepList:
    """Note that a step was taken: on a day, today if nothing is said.

    Raises as `prospect_steps`; `BadInput` (`prospect.no_step`, `prospect.in_future`, and for what cannot be read);
    `NotAllowed` (`record.not_ours`).
    """
    record, office = read_act_record(text), caller.own_office()
    today = office.today(desk.clock())
    day = read_date(on, today) if clean(on) else PartialDate.of(today)
    if day.earliest() > today:
        raise BadInput("prospect.in_future", date=day)
    told = read_text(note, MAX_NOTE) or None
    async with desk.database.write() as session:
        own = await _own_steps(session, office)
        noted = StepTaken(_step_meant(own or country_steps(office.place), which).key, day, told)
        act = await changeable_act(session, desk, caller, record, hold=True)
        others = tuple(each for each in act.act.steps if each.step != noted.step)
        after = replace(act.act, steps=(*others, noted))
        entry = await write_act(session, desk, caller, act, after)
        return _listed(await seen_act(session, caller, record), office.place, own, after.steps, entry)


def _step_meant(steps: Sequence[Step], which: str) -> Step:
    """The step of this key, or whose text has these words. Raises `BadInput` (`prospect.no_step`)."""
    wanted = fold(which)
    by_key = [step for step in steps if step.key == which.strip()]
    by_text = [step for step in steps if wanted and wanted in fold(f"{step.text_en} {step.text_zh}")]
    found = by_key or by_text
    if len(found) != 1:
        raise BadInput("prospect.no_step", text=clean(which)[:80])
    return found[0]
