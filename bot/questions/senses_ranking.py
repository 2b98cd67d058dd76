"""Words of English that put in order and count: "ranked by number", "right after", "who signed first", "and the year".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.rules import Rule
from bot.questions.senses_tying import names_tie
from bot.questions.spans import WHEN, Span, is_passed

_TWO = 2


_STANDS_FOR_WHEN = frozenset(("year", "date", "day"))


def _year_of_two(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A "year" before a colon and two places asks for the year of their tie: "Year: Kiel-Coventry"."""
    if len(spans) < 4 or not spans[1].mark or any(span.of("ask") for span in spans):
        return
    places = [span for span in spans[_TWO:] if span.is_place]
    plain = all(span.mark or span.is_place or is_passed(span) or names_tie(span) for span in spans[_TWO:])
    if spans[0].words(tokens) in _STANDS_FOR_WHEN and plain and len(places) == _TWO:
        spans[0] = replace(spans[0], concepts=WHEN)


_RIGHT = frozenset(("right", "directly", "immediately", "straight", "shortly", "just", "soon"))


def _right_after(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who came right after a place is one, and not all that came later: it is asked back."""
    for index in range(len(spans) - _TWO):
        beside = spans[index + 1].has(
            ("time", "after"), ("time", "before"), ("logic", "earlier"), ("logic", "later")
        )
        if beside and spans[index].words(tokens) in _RIGHT and spans[index + _TWO].is_place:
            spans[index] = Span(spans[index].start, spans[index].end)


RANKING: Sequence[Rule] = (
    _year_of_two,
    _right_after,
)
