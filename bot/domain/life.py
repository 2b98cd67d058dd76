"""The life of an act: which step may follow which, when it may have been, and whether a pause is over."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput
from bot.domain.partnerships import IN_FORCE, Partnership, Status, StatusChange

MAX_BY_WHOM, MAX_REASON, MAX_TRIGGER, MAX_SOURCE = 200, 1000, 300, 500
"""How long the words of a step may be, in characters."""


class Step(StrEnum):
    """What staff do to an act in the course of its life."""

    PAUSE = "pause"
    RESUME = "resume"
    END = "end"


BECOMES: Mapping[Step, Status] = {
    Step.PAUSE: Status.PAUSED,
    Step.RESUME: Status.ACTIVE,
    Step.END: Status.ENDED,
}
"""What an act is after a step."""

BEFORE_FORCE = frozenset({Status.PROSPECTIVE, Status.PROPOSED})
"""What an act is that was never in force: its way is told by its stages."""


def check_step(record: str, step: Step, now: Status) -> None:
    """Let an act that is `now` take the step, or raise `BadInput` with the reason why it makes no sense.

    `life.never_in_force`, `life.paused_already`, `life.not_paused`, `life.ended_already`, `life.ended_no_pause`,
    `life.ended_no_resume`.
    """
    if now in BEFORE_FORCE:
        raise BadInput("life.never_in_force", record=record, status=now)
    match step, now:
        case Step.PAUSE, Status.PAUSED:
            raise BadInput("life.paused_already", record=record)
        case Step.PAUSE, Status.ENDED:
            raise BadInput("life.ended_no_pause", record=record)
        case Step.RESUME, Status.ENDED:
            raise BadInput("life.ended_no_resume", record=record)
        case Step.RESUME, _ if now in IN_FORCE:
            raise BadInput("life.not_paused", record=record, status=now)
        case Step.END, Status.ENDED:
            raise BadInput("life.ended_already", record=record)


def check_dates(
    record: str, signed: PartialDate | None, history: Sequence[StatusChange], step: StatusChange, today: date
) -> None:
    """Let a step with these dates follow the history of an act, or raise `BadInput`.

    `life.in_future`, `life.before_signing`, `life.before_last_step`, `life.until_past`. A partial date is read in
    favour of the writer: "2020" may be any day of it.
    """
    since = step.since
    if since is not None:
        if since.earliest() > today:
            raise BadInput("life.in_future", date=since)
        if signed is not None and since.latest() < signed.earliest():
            raise BadInput("life.before_signing", record=record, date=since, signed=signed)
        last = next((each for each in reversed(history) if each.since is not None), None)
        if last is not None and last.since is not None and since.latest() < last.since.earliest():
            status, was = last.status, last.since
            raise BadInput("life.before_last_step", record=record, date=since, status=status, since=was)
    if step.until is not None and step.until.latest() <= today:
        raise BadInput("life.until_past", until=step.until)


def current_pause(act: Partnership) -> StatusChange | None:
    """The step by which an act is paused now, None where it is not paused."""
    return act.history[-1] if act.status is Status.PAUSED and act.history else None


def is_over(pause: StatusChange, today: date) -> bool:
    """Whether the time that a pause was meant to last has passed; the act stays paused until somebody resumes it."""
    return pause.until is not None and pause.until.latest() < today
