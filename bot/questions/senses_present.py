"""Who came and how many, who was there in person, and where and when there was most."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.senses_facts import is_place, meaning, meant_parts
from bot.questions.spans import Span, next_meant

# Who came, and how many ---------------------------------------------------------------------------------------------

_ATTENDED = frozenset(("attended", "took part in", "participated in", "took part", "participated"))


@only_where(_ATTENDED)
def _how_many_attended(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How many attended, without a word of what, are people and no exchanges."""
    for index, span in enumerate(spans):
        behind = next_meant(spans, index)
        if (
            span.words(tokens) == "how many"
            and behind is not None
            and spans[behind].words(tokens) in _ATTENDED
        ):
            spans[behind] = meaning(spans[behind], ("noun", "people"))


# What there was most of ---------------------------------------------------------------------------------------------


@only_where(("since when", "from when"))
def _since_when_met(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Since when there are exchanges is told by the first: "since when do we have exchanges with Honolulu?"."""
    meant = meant_parts(spans)
    if not meant or spans[meant[0]].words(tokens) not in ("since when", "from when"):
        return
    met = [i for i in meant if spans[i].has(("noun", "exchange"))]
    does = next((i for i, span in enumerate(spans) if i > meant[0] and span.has(("small", "does"))), None)
    if met and does is not None and all(i in met or spans[i].mention is not None for i in meant[1:]):
        spans[does] = meaning(spans[does], ("order", "first"))


_TIED = frozenset(("tied", "linked", "bound", "connected", "allied", "near", "close", "belong", "belongs"))


@only_where(("us", "to"))
def _tied_to_us(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who is tied or nearer "to us", or belongs to us, did not come to us."""
    for index, span in enumerate(spans[1:], 1):
        before = spans[index - 1]
        nearer = before.has(("order", "nearer"), ("order", "nearest"), ("order", "further"))
        if span.words(tokens) == "to us" and (nearer or before.words(tokens) in _TIED):
            spans[index] = meaning(span, ("small", "own"))


@only_where(("where",))
def _where_most(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Where there are most partners is which country has most: "where are most of our sister cities?"."""
    meant = meant_parts(spans)
    if len(meant) < 3 or spans[meant[0]].words(tokens) != "where" or meant[0] + 1 >= len(spans):
        return
    most = [i for i in meant if spans[i].has(("order", "most"))]
    kinds = [i for i in meant if spans[i].of("kind")]
    names = [i for i in meant if is_place(spans[i])]
    if len(most) != 1 or not kinds or len(names) > 1 or set(meant[1:]) - {*most, *kinds, *names}:
        return
    if most[0] < kinds[0] and spans[meant[0] + 1].has(("small", "does")):
        spans[meant[0]] = meaning(spans[meant[0]], ("ask", "which"))
        spans[meant[0] + 1] = meaning(spans[meant[0] + 1], ("noun", "country"))


@only_where(("concert", "exhibition", "reception", "gala", "festival", "show", "banquet", "dinner"))
def _anniversary_event(spans: list[Span], tokens: Sequence[Token]) -> None:
    """When an anniversary's concert was is not when the anniversary is, and which of several it was is not told."""
    for index, span in enumerate(spans[:-1]):
        if span.has(("anniversary", "anniversary")) and spans[index + 1].of("kinds"):
            spans[index] = replace(span, concepts=frozenset())


BEING_THERE: tuple[Rule, ...] = (
    _how_many_attended,
    _since_when_met,
    _tied_to_us,
    _where_most,
    _anniversary_event,
)
