"""Which answers are for the person alone: one rule for every card."""

from collections.abc import Iterable

from bot.domain.access import Scope

NARROW = frozenset({Scope.OFFICE, Scope.GROUP})


def restricted(scopes: Iterable[Scope]) -> bool:
    """Whether records of these scopes may be shown only to the person who asked.

    A channel can have readers from outside the office; what only the office or its group may see is answered
    privately, whatever else stands on the card.
    """
    return not NARROW.isdisjoint(scopes)
