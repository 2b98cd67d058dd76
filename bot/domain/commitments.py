"""How promises stand on a day: which are open, overdue or done, and in what order they are told."""

from datetime import date
from enum import StrEnum

from bot.domain.agreements import Commitment

MAX_WHAT, MAX_OWNER, MAX_EVIDENCE = 500, 200, 1000
"""What is taken of each, in characters."""


class CommitmentState(StrEnum):
    """Which promises are asked for; `OPEN` are all that are not done, those that are overdue among them."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    ALL = "all"

    def keeps(self, commitment: Commitment, today: date) -> bool:
        return self is CommitmentState.ALL or self in _states(commitment, today)


def _states(commitment: Commitment, today: date) -> set[CommitmentState]:
    if commitment.done is not None:
        return {CommitmentState.DONE}
    overdue = {CommitmentState.OVERDUE} if commitment.is_overdue(today) else set()
    return {CommitmentState.OPEN, *overdue}


def standing(commitment: Commitment, today: date) -> CommitmentState:
    """The one word for how a promise stands: done, overdue, or open."""
    states = _states(commitment, today)
    return CommitmentState.OVERDUE if CommitmentState.OVERDUE in states else min(states)


def days_overdue(commitment: Commitment, today: date) -> int:
    """For how many days it has been overdue, from the last day that its date can mean; 0 where it is not."""
    if not commitment.is_overdue(today) or commitment.due is None:
        return 0
    return (today - commitment.due.latest()).days


def told_first(commitment: Commitment, today: date) -> tuple[int, int]:
    """Sorts promises: the longest overdue first, then by what is due next, without a date, and what is done last."""
    if commitment.done is not None:
        return 2, -commitment.done.latest().toordinal()
    if commitment.due is None:
        return 1, 0
    return 0, commitment.due.latest().toordinal()
