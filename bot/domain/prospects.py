"""The way to an agreement: stages of a prospect, pilot projects, and the steps that the rules ask for."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.dates import PartialDate


class Stage(StrEnum):
    """How far a prospect has come. `SIGNED` and `DROPPED` are where the way ends."""

    LEAD = "lead"
    EXPLORING = "exploring"
    PILOT = "pilot"
    PROPOSED = "proposed"
    APPROVED = "approved"
    SIGNED = "signed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class StageChange:
    """A prospect came to a stage: when, why, on whose word."""

    stage: Stage
    since: PartialDate | None = None
    reason: str | None = None
    by_whom: str | None = None


@dataclass(frozen=True, slots=True)
class Pilot:
    """A project by which two places try out whether they can work together; done once it has a result."""

    title: str
    since: PartialDate | None = None
    until: PartialDate | None = None
    owner: str | None = None
    result: str | None = None

    @property
    def done(self) -> bool:
        return self.result is not None


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step of the rules that was taken: its key in the list of steps, when, and what came of it."""

    step: str
    done: PartialDate | None = None
    note: str | None = None
