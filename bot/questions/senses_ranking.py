"""Words of English that put in order and count: "ranked by number", "right after", "who signed first", "and the year".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule
from bot.questions.senses_tying import names_exchange, names_tie
from bot.questions.spans import SIGNED, WHEN, Span, is_passed

_TWO = 2


def _first_meant(spans: Sequence[Span]) -> int | None:
    return next((i for i, span in enumerate(spans) if not (span.mark or is_passed(span))), None)


_RANKING = frozenset(("rank", "sort", "order", "list", "arrange", "compare", "show", "give", "name"))
_BY_NUMBER = frozenset(("by number of", "by the number of"))


def _ranked_by_number(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who wants cities ranked "by number of partners" wants the number of each."""
    by = next((i for i, span in enumerate(spans) if span.words(tokens) in _BY_NUMBER), None)
    first = _first_meant(spans)
    if by is None or first is None or first >= by or spans[first].words(tokens).split()[0] not in _RANKING:
        return
    if not spans[first].of("ask") or by + 1 >= len(spans) or any(span.of("order") for span in spans):
        return
    counted = spans[by + 1]
    ranked = [i for i in range(first + 1, by) if not (is_passed(spans[i]) or spans[i].mention is not None)]
    if len(ranked) != 1:
        return
    per = None
    if spans[ranked[0]].has(("noun", "city")) and not spans[ranked[0]].of("kind") and names_tie(counted):
        per = frozenset({("per", "home"), ("noun", "city")})
    elif names_tie(spans[ranked[0]]) and names_exchange(counted):
        per = frozenset({("per", "partner")})
    if per is not None:
        spans[first], spans[by] = spans[first].silenced(), replace(spans[by], concepts=_COUNT)
        spans[ranked[0]] = replace(spans[ranked[0]], concepts=per)


_COUNT: frozenset[Concept] = frozenset({("ask", "count")})


def _how_compares(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How one "compares with" another in something is which has more of it."""
    first = _first_meant(spans)
    compared = any(span.has(("ask", "compare")) for span in spans)
    if first is not None and compared and spans[first].words(tokens) in ("how", "how do", "how does"):
        spans[first] = spans[first].silenced()


_STANDS_FOR_WHEN = frozenset(("year", "date", "day"))


def _year_of_two(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A "year" before a colon and two places asks for the year of their tie: "Year: Kiel-Coventry"."""
    if len(spans) < 4 or not spans[1].mark or any(span.of("ask") for span in spans):
        return
    places = [span for span in spans[_TWO:] if span.is_place]
    plain = all(span.mark or span.is_place or is_passed(span) or names_tie(span) for span in spans[_TWO:])
    if spans[0].words(tokens) in _STANDS_FOR_WHEN and plain and len(places) == _TWO:
        spans[0] = replace(spans[0], concepts=WHEN)


_BECAME = frozenset(
    ("became", "become", "was renamed", "turned into", "was merged into", "was upgraded to", "joined")
)


def _before_it_became(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What a place did "before it became" another says nothing more: it did so under its own name."""
    for index in range(1, len(spans) - 3):
        words = [spans[i].words(tokens) for i in range(index, index + 3)]
        it = words[0] in ("before", "until", "till") and words[1] == "it" and words[2] in _BECAME
        named = [i for i in range(index + 3, len(spans)) if not (is_passed(spans[i]) or spans[i].mark)]
        if it and len(named) == 1 and spans[named[0]].is_place and any(s.is_place for s in spans[:index]):
            for at in range(index, named[0] + 1):
                spans[at] = spans[at].silenced()
            return


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


def _who_signed_first(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Of two that are named who "signed first" is a city, and no signatory: "who signed first with Haifa, A or B?"."""
    chosen = any(span.has(("logic", "or")) for span in spans)
    named = [span for span in spans if span.is_place]
    for index, span in enumerate(spans[:-1]):
        first = spans[index + 1].has(("order", "first"), ("order", "last"), ("logic", "earlier"))
        if chosen and first and len(named) > _TWO and span.words(tokens) == "who signed":
            who = Span(span.start, span.start + 1, concepts=frozenset({("ask", "who")}))
            spans[index : index + 1] = [who, Span(span.start + 1, span.end, concepts=SIGNED)]
            return


RANKING: Sequence[Rule] = (
    _and_the_year,
    _ranked_by_number,
    _how_compares,
    _year_of_two,
    _before_it_became,
    _right_after,
    _which_state,
    _who_signed_first,
)
