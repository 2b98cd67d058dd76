"""Names that are written with other characters of the same sound: 維洛那 for 維洛納, 頓內次克 for 頓涅茨克.

Foreign names are put into Chinese by their sound, and people choose other characters for it. Two names are one where
character by character they sound alike; nothing is added or left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from bot.questions.grammar import table
from bot.questions.text.normal import Sort, Token, words_of
from bot.questions.text.slips import is_han

_SHORTEST, _LONGEST = 3, 12


@cache
def _alike() -> Mapping[int, str]:
    """Every character to the one that stands for its sound."""
    found: dict[int, str] = {}
    for group in table("places")["sounds"]["alike"]:
        first, *others = words_of(group)
        found.update((ord(each), first) for each in others)
    return found


class Sounds:
    """Finds known names by their sound. `names` as they are compared, without spaces."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, list[str]] = {}
        for name in names:
            if is_han(name) and len(name) >= _SHORTEST:
                self._names.setdefault(name.translate(_alike()), []).append(name)

    def meant(self, typed: str) -> list[str]:
        """The known names that sound like what was typed and is none itself."""
        found = self._names.get(typed.translate(_alike()), [])
        return [] if typed in found else found


def windows(tokens: Sequence[Token], free: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of Chinese characters, the longest first, in which at least one stands that nothing explains."""
    left = set(free)
    for start in range(len(tokens)):
        for end in range(min(start + _LONGEST, len(tokens)), start + _SHORTEST - 1, -1):
            run = range(start, end)
            if not left.isdisjoint(run) and all(tokens[i].sort is Sort.HAN for i in run):
                yield start, end
