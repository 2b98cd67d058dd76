"""Whether a part of what is said is a whole question by itself, which points back to nothing but a tie."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.questions.parts.spans import SILENT, Span
from bot.questions.text.normal import Token

_SPEAKING = (
    "kind",
    "event",
    "meet",
    "kinds",
    "state",
    "status",
    "anniversary",
    "order",
    "people",
    "mode",
    "topics",
)
"""Sections one word of which at least is in a question that is whole."""

_NOUNS = (("noun", "act"), ("noun", "tie"), ("noun", "exchange"), ("ask", "did"))

_POINTS_BACK = frozenset(
    ("that", "this", "those", "these", "then", "so", "such", "same", "one", "ones", "他", "它")
)
"""Words that stand for what was told before, which is more than a place."""

_THAT_ONE = re.compile("[那这该][一]?[次场回趟]")
"""An occasion that was told of before: 和薩爾斯堡的那次."""


def is_whole(asked: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether it asks, says what about, and does not point back to what was told, but for the tie."""
    said = [s for s in asked if not (s.of("logic") or s.of("ask") or s.has(("noun", "disputed")))]
    words = {tokens[i].text for span in said for i in range(span.start, span.end)}
    if points_to_an_occasion(asked, tokens):
        return False
    if points_to_the_tie(asked, tokens):
        words -= _OF_IT
    asks = any(
        span.of("ask") or span.has(("filler", "request"), ("noun", "year")) for span in asked
    ) or _begins_with_verb(asked)
    named = any(span.mention is not None and span.mention.places for span in asked)
    speaks = any(span.has(*_NOUNS) or any(map(span.of, _SPEAKING)) for span in asked)
    return asks and not words & _POINTS_BACK and (named or speaks)


_OF_IT = frozenset(("that", "this"))


def points_to_the_tie(asked: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether it is asked of the tie of the places that were told of: "what is the year of that partnership?"."""
    for one, other in pairwise(asked):
        tie = bool(other.of("kind")) or other.has(("noun", "tie"), ("noun", "act"))
        if tie and one.words(tokens) in _OF_IT:
            return not any(span.mention for span in asked)
    return False


def points_to_an_occasion(asked: Sequence[Span], tokens: Sequence[Token]) -> bool:
    said = "".join(token.text for token in tokens[asked[0].start : asked[-1].end])
    return _THAT_ONE.search(said) is not None


def _begins_with_verb(asked: Sequence[Span]) -> bool:
    first = next((span for span in asked if not span.mark and span.concepts != SILENT), None)
    return first is not None and first.has(("small", "does"))
