"""The way to an agreement: which moves there are, what they need, and the gate before an agreement is proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput
from bot.domain.partnerships import Kind, Status
from bot.domain.prospects import Pilot, Stage, StageChange, StepTaken

MAX_REASON, MAX_TITLE, MAX_PLAN, MAX_NOTE, MAX_WHO = 500, 200, 1500, 300, 200
"""What is taken of each, in characters."""

MAX_KEY, MAX_STEP = 40, 300
"""The same of a step's key, and of its text and its warning."""

WAY = (Stage.LEAD, Stage.EXPLORING, Stage.PILOT, Stage.PROPOSED, Stage.APPROVED, Stage.SIGNED)
"""The stages in order; `DROPPED` is beside the way, and can be come back from."""

STATUS_OF = {
    Stage.LEAD: Status.PROSPECTIVE,
    Stage.EXPLORING: Status.PROSPECTIVE,
    Stage.PILOT: Status.PROSPECTIVE,
    Stage.PROPOSED: Status.PROPOSED,
    Stage.APPROVED: Status.PROPOSED,
    Stage.SIGNED: Status.ACTIVE,
    Stage.DROPPED: Status.ENDED,
}
"""What an act is at each stage."""

SIGNED_KINDS = tuple(kind for kind in Kind if kind is not Kind.PROSPECTIVE)
"""What a prospect can become."""


class GatePart(StrEnum):
    """What should be there before an agreement is proposed."""

    PILOT = "pilot"
    PLAN = "plan"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Gate:
    """The checklist before `PROPOSED`: which parts are there."""

    met: frozenset[GatePart]

    @property
    def missing(self) -> tuple[GatePart, ...]:
        return tuple(part for part in GatePart if part not in self.met)

    @property
    def open(self) -> bool:
        return not self.missing


def gate(pilots: Sequence[Pilot], sustain_plan: str | None, owner: str | None) -> Gate:
    """A pilot that has a result, a plan how the tie is kept alive, and somebody who sees to it."""
    there = {
        GatePart.PILOT: any(pilot.done for pilot in pilots),
        GatePart.PLAN: bool(sustain_plan),
        GatePart.OWNER: bool(owner),
    }
    return Gate(frozenset(part for part, met in there.items() if met))


def stage_of(kind: Kind, status: Status, stages: Sequence[StageChange]) -> Stage | None:
    """Where a prospect stands: where it was put last, at the beginning where nobody has; None for what is none."""
    if stages and stages[-1].stage is not Stage.SIGNED:
        return stages[-1].stage
    is_one = kind is Kind.PROSPECTIVE or status in (Status.PROSPECTIVE, Status.PROPOSED)
    if stages:
        return Stage.SIGNED
    return Stage.LEAD if is_one and status is not Status.ENDED else None


def crosses_gate(before: Stage, to: Stage) -> bool:
    """Whether a move passes the gate: from before `PROPOSED` to it, or beyond."""
    return _place(before) < _place(Stage.PROPOSED) <= _place(to)


def needs_reason(before: Stage, to: Stage) -> bool:
    """Whether a move has to be explained: dropping, taking up again, going back, and skipping an approval."""
    if Stage.DROPPED in (before, to):
        return True
    skipped = WAY[_place(before) + 1 : _place(to)]
    return _place(to) < _place(before) or bool({Stage.PROPOSED, Stage.APPROVED} & set(skipped))


def _place(stage: Stage) -> int:
    """How far along the way; what was dropped begins anew."""
    return WAY.index(stage) if stage in WAY else -1


def check_move(before: Stage | None, to: Stage, reason: str | None) -> Stage:
    """Return the stage that is left, if this move can be made.

    Raises `BadInput`: `prospect.none` where there is no prospect, `prospect.signed_already`, `prospect.same_stage`,
    `prospect.needs_reason`.
    """
    if before is None:
        raise BadInput("prospect.none")
    if before is Stage.SIGNED:
        raise BadInput("prospect.signed_already")
    if before is to:
        raise BadInput("prospect.same_stage", stage=to)
    if needs_reason(before, to) and not reason:
        raise BadInput("prospect.needs_reason", before=before, to=to)
    return before


def check_date(stages: Sequence[StageChange], on: PartialDate, today: date) -> None:
    """Raises `BadInput`: `prospect.in_future`, `prospect.before_last` where the stage before began later."""
    if on.earliest() > today:
        raise BadInput("prospect.in_future", date=on)
    last = stages[-1].since if stages else None
    if last is not None and on.latest() < last.earliest():
        raise BadInput("prospect.before_last", date=on, last=last)


def days_in_stage(stages: Sequence[StageChange], today: date) -> int | None:
    """For how many days it has been at its stage; None where only a month or a year is known, or nothing."""
    since = stages[-1].since if stages else None
    day = since.exact() if since else None
    return (today - day).days if day else None


@dataclass(frozen=True, slots=True)
class Step:
    """A step that rules ask for, or warn of, in both languages; `key` is what a record keeps.

    `levels` are the levels of places that it is for, none for all. `source` is where the rule stands, `as_of` when it
    was read there.
    """

    key: str
    text_en: str
    text_zh: str
    warning_en: str
    warning_zh: str
    source: str
    as_of: PartialDate
    levels: frozenset[str] = frozenset()


def taken(steps: Sequence[StepTaken], key: str) -> StepTaken | None:
    """What was noted of a step, the last time that something was."""
    return next((each for each in reversed(steps) if each.step == key), None)
