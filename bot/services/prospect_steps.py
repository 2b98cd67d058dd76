"""The steps that the rules of a country ask of a place on its way to an agreement, read from `db/starter/steps.csv`."""

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
from bot.domain.places import Place
from bot.domain.prospecting import MAX_NOTE, Step, taken
from bot.domain.prospects import StepTaken
from bot.services.access import requires
from bot.services.commitment_fields import read_text
from bot.services.desk import Caller, Desk
from bot.services.held_acts import SeenAct, changeable_act, read_act_record, seen_act, write_act
from bot.services.records import visible_record
from db.partnerships import NewPartnership


@dataclass(frozen=True, slots=True)
class StepState:
    """A step, and what was noted of it, if anything was."""

    step: Step
    taken: StepTaken | None


@dataclass(frozen=True, slots=True)
class StepList:
    """The steps for a prospect of the caller's place; none where its country has no list here.

    `differing` are the partners whose level is not comparable; `entry` is set where something was just noted.
    """

    seen: SeenAct
    home: Place
    steps: Sequence[StepState]
    differing: Sequence[Place]
    entry: int | None = None


@cache
def _all_steps() -> Mapping[str, Sequence[Step]]:
    """Every step, by country."""
    found: dict[str, list[Step]] = {}
    text = files("db").joinpath("starter", "steps.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        levels = frozenset(level for level in row["levels"].split("|") if level)
        step = Step(
            row["key"], row["text_en"], row["text_zh"], row["warning_en"], row["warning_zh"], levels,
            row["source"], PartialDate.from_iso(row["as_of"]),
        )  # fmt: skip
        found.setdefault(row["country"], []).append(step)
    return found


def steps_for(place: Place) -> list[Step]:
    """The steps for a place, those for other levels left out; of a place whose level is not known, all of them."""
    level = place.level.value if place.level else None
    return [
        step
        for step in _all_steps().get(place.country or "", ())
        if not step.levels or level is None or level in step.levels
    ]


@requires(Action.READ)
async def prospect_steps(desk: Desk, caller: Caller, text: str) -> StepList:
    """The steps of a prospect, each with what was noted of it.

    Raises `BadInput` (`record.unreadable`, `record.no_act`), `NotFound` (`record.unknown`).
    """
    record, home = read_act_record(text), caller.own_office().place
    async with desk.database.read() as session:
        held = await visible_record(session, caller, record)
        seen = await seen_act(session, caller, record)
    assert isinstance(held.content, NewPartnership), "a record with the number of an act"
    return _listed(seen, home, held.content.steps)


def _listed(seen: SeenAct, home: Place, noted: Sequence[StepTaken], entry: int | None = None) -> StepList:
    states = [StepState(step, taken(noted, step.key)) for step in steps_for(home)]
    differing = [place for place in seen.partners if comparable(home.level, place.level) is False]
    return StepList(seen, home, states, differing, entry)


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
    step = _step_meant(office.place, which)
    day = read_date(on, today) if clean(on) else PartialDate.of(today)
    if day.earliest() > today:
        raise BadInput("prospect.in_future", date=day)
    noted = StepTaken(step.key, day, read_text(note, MAX_NOTE) or None)
    async with desk.database.write() as session:
        act = await changeable_act(session, desk, caller, record, hold=True)
        others = tuple(each for each in act.act.steps if each.step != step.key)
        after = replace(act.act, steps=(*others, noted))
        entry = await write_act(session, desk, caller, act, after)
        return _listed(await seen_act(session, caller, record), office.place, after.steps, entry)


def _step_meant(place: Place, which: str) -> Step:
    """The step of this key, or whose text has these words. Raises `BadInput` (`prospect.no_step`)."""
    steps, wanted = steps_for(place), fold(which)
    by_key = [step for step in steps if step.key == which.strip()]
    by_text = [step for step in steps if wanted and wanted in fold(f"{step.text_en} {step.text_zh}")]
    found = by_key or by_text
    if len(found) != 1:
        raise BadInput("prospect.no_step", text=clean(which)[:80])
    return found[0]
