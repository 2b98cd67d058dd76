"""What a rule on the parts of a question is, and where it has to be asked."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.questions.parts.spans import Span
from bot.questions.text.normal import Token

Rule = Callable[[list[Span], Sequence[Token]], None]
"""Rewrites the parts of a question where the words around them decide what they mean."""

_WORDS: dict[Rule, frozenset[str]] = {}


def only_where(words: Iterable[str]) -> Callable[[Rule], Rule]:
    """A rule that changes nothing unless one of these is written; there are nearly two hundred, and few are needed.

    Of several words, or characters, the first counts.
    """

    def told(rule: Rule) -> Rule:
        _WORDS[rule] = frozenset(each.split()[0] if each.isascii() else each[0] for each in words)
        return rule

    return told


class InOrder:
    """Rules that are asked one after the other, each where it may change something."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._always = [at for at, rule in enumerate(self.rules) if rule not in _WORDS]
        self._by_word: dict[str, list[int]] = {}
        for at, rule in enumerate(self.rules):
            for word in _WORDS.get(rule, ()):
                self._by_word.setdefault(word, []).append(at)

    def where(self, written: Iterable[str]) -> Iterator[Rule]:
        """Those that have to be asked where these words and characters are written."""
        asked = set(self._always)
        for word in written:
            asked.update(self._by_word.get(word, ()))
        return (self.rules[at] for at in sorted(asked))
