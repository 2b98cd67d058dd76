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


def _and_the_year(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The year of the first or last of a list is told with it: "Darmstadt's oldest partner, and the year?"."""
    end = len(spans)
    while end and spans[end - 1].mark:
        end -= 1
    mark = next((i for i in range(end - 1, 0, -1) if spans[i].mark), None)
    if mark is None or not any(span.has(("order", "first"), ("order", "last")) for span in spans[:mark]):
        return
    words = [token.text for token in tokens[spans[mark].end : spans[end - 1].end]]
    asked = words[-1:] and words[-1] in ("year", "date", "when", "since") and set(words[:-1]) <= _AND_ITS
    if words[:1] == ["and"] and asked and any(map(names_tie, spans[:mark])):
        spans[mark + 1 : end] = [span.silenced() for span in spans[mark + 1 : end]]


_AND_ITS = frozenset(("and", "the", "its", "their", "in", "from", "since", "which", "what", "signing"))


_RIGHT = frozenset(("right", "directly", "immediately", "straight", "shortly", "just", "soon"))


def _right_after(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who came right after a place is one, and not all that came later: it is asked back."""
    for index in range(len(spans) - _TWO):
        beside = spans[index + 1].has(
            ("time", "after"), ("time", "before"), ("logic", "earlier"), ("logic", "later")
        )
        if beside and spans[index].words(tokens) in _RIGHT and spans[index + _TWO].is_place:
            spans[index] = Span(spans[index].start, spans[index].end)


_STATES = frozenset(("state", "states", "state of", "states of", "province", "prefecture"))


def _which_state(spans: list[Span], tokens: Sequence[Token]) -> None:
    """In which state most partners lie is not told; and a "state of the US" is none in which something is."""
    for index in range(1, len(spans)):
        if spans[index].words(tokens) not in _STATES:
            continue
        before = spans[index - 1]
        asked = before.has(("ask", "which")) or (
            before.mention is not None and index > 1 and spans[index - _TWO].has(("ask", "which"))
        )
        ranked = any(span.has(("order", "most"), ("order", "fewest")) for span in spans)
        if asked and (ranked or spans[index].of("ask")):
            spans[index] = Span(spans[index].start, spans[index].end)


RANKING: Sequence[Rule] = (
    _and_the_year,
    _year_of_two,
    _right_after,
    _which_state,
)
