"""What is owed until a day, promised or decided: how it stands, and in what order it is told."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.dates import PartialDate

MAX_WHAT, MAX_OWNER, MAX_EVIDENCE = 500, 200, 1000
"""What is taken of each, in characters."""


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that is to be done: what, by whom, and until when; `done` is the day on which it was."""

    what: str
    owner: str | None = None
    due: PartialDate | None = None
    done: PartialDate | None = None

    def is_overdue(self, today: date) -> bool:
        """Whether its time is over; a month or a year is over after its last day."""
        return self.done is None and self.due is not None and self.due.latest() < today


class CommitmentState(StrEnum):
    """Which promises and decisions are asked for; `OPEN` are all that are not done, also overdue ones."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    ALL = "all"

    def keeps(self, owed: Owed, today: date) -> bool:
        return self is CommitmentState.ALL or self in _states(owed, today)


def _states(owed: Owed, today: date) -> set[CommitmentState]:
    if owed.done is not None:
        return {CommitmentState.DONE}
    overdue = {CommitmentState.OVERDUE} if owed.is_overdue(today) else set()
    return {CommitmentState.OPEN, *overdue}


def standing(owed: Owed, today: date) -> CommitmentState:
    """The one word for how it stands: done, overdue, or open."""
    states = _states(owed, today)
    return CommitmentState.OVERDUE if CommitmentState.OVERDUE in states else min(states)


def days_overdue(owed: Owed, today: date) -> int:
    """For how many days it has been overdue, from the last day that its date can mean; 0 where it is not."""
    if not owed.is_overdue(today) or owed.due is None:
        return 0
    return (today - owed.due.latest()).days


def told_first(owed: Owed, today: date) -> tuple[int, int]:
    """Sorts what is owed: the longest overdue first, then what is due next, without a date, and what is done last."""
    if owed.done is not None:
        return 2, -owed.done.latest().toordinal()
    if owed.due is None:
        return 1, 0
    return 0, owed.due.latest().toordinal()
