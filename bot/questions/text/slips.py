"""Slips of the fingers: which known name somebody meant who typed one that is not known.

A letter too many, one missing, one wrong or two exchanged; two of these only in long names. A name is looked for among
those that share its beginning or its end, not among all: one slip leaves one of them whole.
"""

from collections.abc import Mapping

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

SHORTEST, SHORTEST_HAN, LONG = 5, 3, 9
"""Characters from which on a name is looked for, in letters and in Chinese; and from which on two slips are taken."""

_PART, _PART_HAN = 2, 1
_NEAR_ENOUGH = 70
"""RapidFuzz's ratio from which a name is offered as near."""


def is_han(text: str) -> bool:
    return text[:1] >= "\u3040" and not "\uac00" <= text[:1] <= "\ud7af"


class Slips:
    """Finds names that are near to what was typed. `weights` says which of two is the likelier."""

    def __init__(self, weights: Mapping[str, int]) -> None:
        self._weights = weights
        self._beginnings: dict[str, list[str]] = {}
        self._ends: dict[str, list[str]] = {}
        self._initials: dict[str, list[str]] = {}
        for name in weights:
            self._initials.setdefault(name[0], []).append(name)
            if part := _part(name):
                self._beginnings.setdefault(name[:part], []).append(name)
                self._ends.setdefault(name[-part:], []).append(name)

    def meant(self, typed: str) -> list[str]:
        """The known names that it may be a slip of, all equally near, the likeliest first."""
        part = _part(typed)
        if not part:
            return []
        most = 2 if len(typed) >= LONG else 1
        if is_han(typed):
            most = 1
        pool = {*self._beginnings.get(typed[:part], ()), *self._ends.get(typed[-part:], ())}
        near = process.extract(typed, list(pool), scorer=OSA.distance, score_cutoff=most, limit=None)
        found = {name: distance for name, distance, _ in near if not is_han(typed) or len(name) == len(typed)}
        if not found:
            return []
        best = min(found.values())
        return sorted((n for n, d in found.items() if d == best), key=lambda n: (-self._weights[n], n))

    def near(self, typed: str, most: int) -> list[str]:
        """Names to offer where none was meant for sure, the nearest first."""
        pool = self._initials.get(typed[:1], [])
        found = process.extract(typed, pool, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH, limit=most)
        return [n for n, _, _ in sorted(found, key=lambda each: (-each[1], -self._weights[each[0]], each[0]))]


def _part(name: str) -> int:
    """How many letters of a name its beginning and its end are; 0 for names too short to be mistyped for sure."""
    if is_han(name):
        return _PART_HAN if len(name) >= SHORTEST_HAN else 0
    return _PART if len(name) >= SHORTEST else 0
