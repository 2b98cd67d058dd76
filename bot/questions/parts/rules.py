"""What a rule on the parts of a question is, and where it has to be asked."""

from collections.abc import Callable, Iterable, Sequence

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


def may_change(rule: Rule, written: frozenset[str]) -> bool:
    """Whether a rule has to be asked where these words and characters are written."""
    words = _WORDS.get(rule)
    return words is None or not words.isdisjoint(written)
