"""Verbs of English that stand for what their table says only beside certain others: "how are they linked", "will have",
"have left", "took place", "did the mayor travel", "which does Taipei count"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import DOES, TIE, Span, silence
from bot.questions.senses.comparisons import is_home
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

# How two are tied ---------------------------------------------------------------------------------------------------

_TIED = frozenset(("linked", "related", "connected", "tied", "affiliated", "associated", "bound", "allied"))
_BY = frozenset(("by", "via", "through", "in"))
_WAY = ["in", "what", "way"]
_KIND: frozenset[Concept] = frozenset({("ask", "kind")})


@only_where(_TIED)
def _how_tied(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How two cities "are linked" asks for the kind of their tie."""
    words = [token.text for token in tokens]
    said = [i for i, span in enumerate(spans) if not span.mark]
    verb = 1 if words[0] == "how" else len(_WAY) if words[: len(_WAY)] == _WAY else None
    if verb is None or words[verb : verb + 1] not in (["are"], ["is"]) or _BY & set(words[verb:]):
        return
    tied = next((i for i in said[-len("abc") :] if words[spans[i].start] in _TIED), None)
    if tied is None:
        return
    asks = next(i for i in said if spans[i].end > verb)
    silence(spans, range(asks + 1))
    spans[0] = Span(spans[0].start, spans[0].end, concepts=_KIND)
    spans[tied] = Span(spans[tied].start, spans[tied].end, concepts=TIE)


# What will be -------------------------------------------------------------------------------------------------------

_PLANNED: frozenset[Concept] = frozenset({("meet", "planned")})


@only_where(("will",))
def _will(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The exchanges that a city "will have" are planned."""
    exchanges = any(span.has(("noun", "exchange")) for span in spans)
    if not exchanges or any(span.of("order") or span.of("anniversary") or span.of("kind") for span in spans):
        return
    if any(span.has(("meet", "planned"), ("ask", "when")) for span in spans):
        return
    for index, span in enumerate(spans):
        if span.words(tokens) == "will":
            spans[index] = Span(span.start, span.end, concepts=_PLANNED)
            return


# Ahead of another ---------------------------------------------------------------------------------------------------

_SURPASS = frozenset(("surpass", "surpasses", "surpassed", "outdo", "outdoes", "outstrip", "outstrips"))


@only_where(_SURPASS)
def _surpasses(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Only in ties does one city surpass another here, and not in baseball."""
    if any(span.of("kind") for span in spans):
        return
    for index, span in enumerate(spans):
        if span.words(tokens) in _SURPASS:
            spans[index] = Span(span.start, span.end)


# What is left -------------------------------------------------------------------------------------------------------


@only_where(("left",))
def _has_left(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What a city "has left" it still has: "which partners does Kaohsiung have left?"."""
    for index in range(2, len(spans)):
        words = [token.text for token in tokens[: spans[index].start]]
        ends = index + 1 == len(spans) or spans[index + 1].mark
        if (
            spans[index].words(tokens) == "left"
            and words[-1] == "have"
            and {"do", "does"} & {*words}
            and ends
        ):
            spans[index] = spans[index].silenced()


# Taking place -------------------------------------------------------------------------------------------------------

TAKES_PLACE = frozenset(
    ("take place", "took place", "taken place", "happen", "happened", "occur", "occurred", "held")
)
_FOUNDING = frozenset(
    ("signing", "signature", "establishment", "founding", "twinning", "formation", "beginning", "creation of")
)


def _asks_when(span: Span) -> bool:
    return span.has(("ask", "when"))


@only_where(TAKES_PLACE)
def _took_place(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A signing that took place was signed: "on what day did the signing with Taoyuan take place?"."""
    said = {span.words(tokens) for span in spans if span.of("event") or span.of("kind")}
    ends = any(span.of("event") == ("ended",) for span in spans) and any(map(_asks_when, spans))
    if not (said & _FOUNDING or ends) or any(span.of("kinds") for span in spans):
        return
    for index, span in enumerate(spans):
        if span.words(tokens) in TAKES_PLACE:
            spans[index] = span.silenced()


# Having in common ---------------------------------------------------------------------------------------------------

_SHARED: frozenset[Concept] = frozenset({("logic", "common"), ("logic", "shared")})
_RELATIVE = frozenset(("that", "which", "who", "whom"))
_HAS = frozenset(("has", "have", "had"))


_BEGINNINGS = frozenset(("does", "do", "has", "have", "are", "is", "any", "which", "what"))


@only_where(_BEGINNINGS)
def _of_both(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Partners of the one that are the other's, too, are shared: "does Taichung have any of our partners?"."""
    words = [token.text for token in tokens]
    whose = [i for i, s in enumerate(spans) if (s.mention and s.mention.places) or s.has(("small", "own"))]
    if len(whose) != 2 or not _BEGINNINGS & set(words[: spans[whose[0]].start]):
        return
    for index, span in enumerate(spans[:-1]):
        at = span.start
        any_of = (at > 0 and words[at - 1 : at + 1] == ["any", "of"]) or span.words(tokens) == "any of"
        if any_of and whose[-1] - whose[0] > 1 and any(s.of("kind") for s in spans[index:]):
            spans[index] = replace(span, concepts=_SHARED)
            return
        relative = (
            words[at] in _RELATIVE and span.end == at + 1 and bool(index and spans[index - 1].of("kind"))
        )
        if (
            relative
            and index + 1 in whose
            and words[-2 if spans[-1].mark else -1 :][0] in _HAS | {"too", "also", "well"}
        ):
            spans[index] = replace(span, concepts=_SHARED)
            return


# Going --------------------------------------------------------------------------------------------------------------

_TRAVEL: frozenset[Concept] = frozenset({("meet", "went")})
_WHO_DOES = frozenset(("did", "does", "do", "will", "to"))


@only_where(("travel",))
def _travels(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who travels somewhere goes there, and is no tourist: "where did the mayor travel in June?"."""
    asked = any(span.words(tokens) in _WHO_DOES for span in spans)
    for index, span in enumerate(spans):
        if span.words(tokens) == "travel" and asked and span.has(("meet", "went")):
            behind = spans[index + 1] if index + 1 < len(spans) else None
            if behind is None or not behind.has(("noun", "exchange")):
                spans[index] = replace(span, concepts=_TRAVEL)


# Counting -----------------------------------------------------------------------------------------------------------

_COUNTS = frozenset(("counts", "lists", "numbers", "totals"))
_COUNT = _COUNTS | {"count", "list", "number", "total"}
_KEEPS = _COUNTS | {"maintains", "keeps", "has", "maintain", "keep"}
_BETWEEN = frozenset(("both", "currently", "presently", "now", "still", "all", "each", "already"))
_RANKED = (("order", "most"), ("order", "fewest"), ("logic", "more"), ("logic", "fewer"))


@only_where(_COUNT | _KEEPS | {"who"})
def _counts_them(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A place that "counts" or "lists" partners has them: "which does Taipei count in Japan?", "who counts most?"."""
    ranked = [any(each.has(*_RANKED) for each in spans[i + 1 : i + 3]) for i in range(len(spans))]
    for index, span in enumerate(spans):
        if ranked[index] and span.words(tokens) == "who maintains":
            spans[index] = replace(span, concepts=frozenset({("ask", "who")}))
    asked = next(
        (i for i, span in enumerate(spans) if span.of("ask") or "does" in span.of("small")), len(spans)
    )
    for index in range(asked + 1, len(spans)):
        said = spans[index].words(tokens)
        before = spans[index - 1 - (spans[index - 1].words(tokens) in _BETWEEN)]
        whose = before.mention is not None or (is_home(before) and before.words(tokens) != "you")
        who = before.has(("ask", "who"), ("noun", "city")) and said in _COUNTS
        if (
            (whose and said in _COUNT)
            or who
            or (ranked[index] and (before.of("ask") or before.of("noun")) and said in _KEEPS)
        ):
            spans[index] = replace(spans[index], concepts=DOES)


RARE_VERBS: Sequence[Rule] = (
    _surpasses,
    _how_tied,
    _will,
    _has_left,
)
PLAIN_VERBS: Sequence[Rule] = (
    _took_place,
    _of_both,
    _travels,
    _counts_them,
)
