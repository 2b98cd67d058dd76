"""Words of English as reporters, students and consuls type them: "kindly state the date", "has a few: which?".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.senses_tying import names_exchange, names_tie
from bot.questions.spans import DOES, SIGNED, WHEN, WHETHER, Span, is_passed

_TWO = 2


def _first_meant(spans: Sequence[Span]) -> int | None:
    return next((i for i, span in enumerate(spans) if not (span.mark or is_passed(span))), None)


# What is asked for ---------------------------------------------------------------------------------------------------

_POLITE = frozenset(("kindly", "please"))
_DAYS = frozenset(("year", "date", "years", "dates"))


def _kindly_state(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who says no more than "kindly state the date of the agreement" asks for it; behind a question it is told."""
    if any(span.of("ask") for span in spans):
        return
    for index, span in enumerate(spans):
        ends = span.end - span.start > _TWO and tokens[span.end - 1].text in _DAYS
        if ends and tokens[span.start].text in _POLITE and span.of("filler"):
            spans[index] = replace(span, concepts=WHEN)
            return


_ANY = frozenset(("any", "anything", "anyone", "anybody", "something", "someone", "somebody"))


def _any_there(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who asks no more than "anything in Ohio?", or "Portugal: any partner there?", asks whether there is such."""
    if any(span.of("ask") for span in spans) or not (spans and tokens[spans[-1].start].text == "?"):
        return
    first = 0
    if len(spans) > _TWO and spans[0].mention is not None and spans[1].mark:
        first = _TWO
    located = first + 1 < len(spans) and spans[first + 1].has(("small", "in"))
    area = any(span.mention is not None and not span.mention.places for span in spans)
    said = spans[first].words(tokens)
    if (said == "any" and first) or (said in _ANY and located and area):
        spans[first] = replace(spans[first], concepts=WHETHER)


_HAVING = frozenset(("do we count", "do we have", "do they count", "do we number"))


def _count_with(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Years that we "count with" somebody are those that there are."""
    asked = False
    for index, span in enumerate(spans):
        if asked and span.words(tokens) in _HAVING and span.has(("ask", "whether")):
            spans[index] = replace(span, concepts=frozenset({("small", "own"), ("small", "does")}))
        asked = asked or span.has(("ask", "count"), ("ask", "age"))


_LATELY = frozenset(("lately", "recently", "of late", "latterly", "these days"))


def _lately(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Of these days no day is on record: for a yes or no the last exchange is told, else it is asked back."""
    asked = {key for span in spans for key in span.of("ask")}
    met = any(span.of("meet") or names_exchange(span) for span in spans)
    listed = any(span.words(tokens) in ("what", "what has", "what have") for span in spans)
    for index, span in enumerate(spans):
        if (
            met
            and not listed
            and asked <= _NOT_IN_ORDER
            and span.words(tokens) in _LATELY
            and not span.of("order")
        ):
            spans[index] = replace(span, concepts=frozenset({("logic", "lately")}))


_NOT_IN_ORDER = frozenset(("whether", "which", "who", "count"))


def _did_together(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What two places "did together" are their exchanges: "tell me what Dresden and Coventry did together"."""
    what = next((i for i, span in enumerate(spans) if span.words(tokens) == "what" and span.of("ask")), None)
    if what is None or not any(span.has(("meet", "together")) for span in spans[what:]):
        return
    named = what + 1 < len(spans) and spans[what + 1].mention is not None
    did = any(span.words(tokens) in ("did", "do", "have done", "done") for span in spans[what:])
    others = any(map(names_tie, spans)) or any(span.of("topics") for span in spans)
    if named and did and not others:
        spans[what] = replace(spans[what], concepts=frozenset({("ask", "did")}))


def _jubilees_due(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Anniversaries that "are due" come then; that contact is due is asked of nobody."""
    if not any(span.has(("anniversary", "anniversary")) for span in spans):
        return
    for index, span in enumerate(spans):
        if span.has(("ask", "often")) and span.words(tokens) in ("is due", "are due"):
            spans[index] = replace(span, concepts=DOES)


_SEVERAL = frozenset(
    ("several", "few", "bunch", "handful", "various", "numerous", "many", "couple", "host", "plenty", "lots", "raft",
     "slew", "string", "dozen")
)  # fmt: skip


def _several_which(spans: list[Span], tokens: Sequence[Token]) -> None:
    """That there are several says nothing where it is asked behind which they are: "a few twins: which ones?"."""
    for index, span in enumerate(spans):
        if span.words(tokens) not in _SEVERAL or span.of("ask"):
            continue
        mark = next((i for i in range(index, len(spans)) if spans[i].mark), None)
        before = any(each.has(("ask", "which"), ("ask", "who")) for each in spans[:index])
        if mark is None or before:
            return
        which = {token.text for token in tokens[spans[mark].start :]} & {"which", "who", "name", "list"}
        if which and any(map(names_tie, spans)):
            spans[index] = span.silenced()
            if index + 1 < mark and spans[index + 1].words(tokens) == "of":
                spans[index + 1] = spans[index + 1].silenced()


_KINDS_TOO = frozenset(("sport", "culture", "education"))


def _what_sort_of_sport(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What sort of sport there was between two places is which exchanges there were of that kind."""
    for index in range(len(spans) - 1):
        span, behind = spans[index], spans[index + 1]
        kinds = _KINDS_TOO & set(behind.of("topics"))
        if not (span.has(("ask", "kind")) and kinds) or any(map(names_exchange, spans)):
            continue
        others = [each for at, each in enumerate(spans) if at > index + 1 and names_tie(each)]
        if any(each.of("kind") or each.has(("noun", "act")) for each in others):
            return
        spans[index] = replace(span, concepts=frozenset({("ask", "which")}))
        spans[index + 1] = replace(behind, concepts=frozenset(("kinds", key) for key in kinds))
        for at in range(index + _TWO, len(spans)):
            if names_tie(spans[at]):
                spans[at] = replace(spans[at], concepts=DOES)
        return


_PAIR_OF = frozenset(("two", "both", "three"))


def _two_dates(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How many dates are told says nothing more: "what two dates are given for the signing with Columbus?"."""
    for index in range(1, len(spans) - 1):
        dates = spans[index + 1].has(("ask", "when")) and spans[index + 1].words(tokens) in (
            "dates",
            "years",
            "days",
        )
        if dates and spans[index].words(tokens) in _PAIR_OF:
            if spans[index - 1].words(tokens) in ("what", "which"):
                spans[index - 1] = spans[index - 1].silenced()
            spans[index] = spans[index].silenced()
            for at in range(index + _TWO, len(spans)):
                if spans[at].words(tokens) in (
                    "told",
                    "given",
                    "stated",
                    "named",
                    "mentioned",
                    "reported",
                    "recorded",
                ):
                    spans[at] = spans[at].silenced()
            return


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


PRESS: Sequence[Callable[[list[Span], Sequence[Token]], None]] = (
    _kindly_state,
    _any_there,
    _count_with,
    _lately,
    _did_together,
    _jubilees_due,
    _ranked_by_number,
    _how_compares,
    _year_of_two,
    _before_it_became,
    _right_after,
    _which_state,
    _who_signed_first,
    _several_which,
    _what_sort_of_sport,
    _two_dates,
)
