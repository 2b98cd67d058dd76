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


_VISITORS = frozenset(("visitors", "visitor", "guests", "delegations"))
_HAD = frozenset(
    ("have", "had", "get", "got", "receive", "received", "host", "hosted", "welcome", "welcomed")
)


@only_where(("visitors", "guests"))
def _visitors_had(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whoever asks which visitors somebody had asks who came to them, and not to whom they went."""
    for index, span in enumerate(spans[1:-1], 1):
        words = [each.words(tokens) for each in spans[index + 1 : index + 4]]
        if (
            span.words(tokens) not in _VISITORS
            or not spans[index - 1].has(("ask", "which"))
            or len(words) < 3
        ):
            continue
        host = spans[index + 2].has(("small", "own")) or is_place(spans[index + 2])
        if words[0] in ("did", "have", "has") and host and words[2] in _HAD:
            spans[index - 1] = meaning(spans[index - 1], ("ask", "who"))
            spans[index] = span.silenced()
            spans[index + 3] = meaning(spans[index + 3], ("meet", "received"))


@only_where(("was", "were"))
def _present(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Somebody who was "in" a place was there in person, and not on a screen."""
    meant = meant_parts(spans)
    if (
        not meant
        or not spans[meant[0]].has(("ask", "when"))
        or len(meant) != len(("when", "who", "whose", "where"))
    ):
        return
    _, who, whose, where = meant
    at = spans[where - 1].words(tokens) == "in"
    if at and spans[who].of("people") and is_place(spans[whose]) and is_place(spans[where]):
        was = next((i for i, span in enumerate(spans) if span.words(tokens) in ("was", "were")), None)
        if was is not None and was < where:
            spans[was] = meaning(spans[was], ("mode", "in_person"))


# What there was most of ---------------------------------------------------------------------------------------------


@only_where(("year",))
def _year_with_most(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The "year with the most exchanges" is asked for as when there were most."""
    meant = [i for i, span in enumerate(spans) if span.words(tokens) not in ("the", "what was", "what is")]
    words = [spans[i].words(tokens) for i in meant[:2]]
    if words in (["year", "with"], ["the year", "with"]) and any(
        spans[i].has(("order", "most")) for i in meant[2:3]
    ):
        spans[meant[0]] = meaning(spans[meant[0]], ("ask", "when"))
        spans[meant[1]] = spans[meant[1]].silenced()


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


_TIED = frozenset(("tied", "linked", "bound", "connected", "allied"))


@only_where(_TIED)
def _tied_to_us(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who is tied "to us" did not come to us."""
    for index, span in enumerate(spans[1:], 1):
        if span.words(tokens) == "to us" and spans[index - 1].words(tokens) in _TIED:
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


_HAS_MOST = frozenset(("hosts", "host"))


@only_where(_HAS_MOST)
def _hosts_most(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A country that "hosts" most partners is where they are; nobody visited it."""
    for index, span in enumerate(spans[:-1]):
        behind = next_meant(spans, index) if span.words(tokens) in _HAS_MOST else None
        country = any(each.has(("noun", "country")) for each in spans[:index])
        if country and behind is not None and spans[behind].has(("order", "most")):
            spans[index] = span.silenced()


@only_where(("concert", "exhibition", "reception", "gala", "festival", "show", "banquet", "dinner"))
def _anniversary_event(spans: list[Span], tokens: Sequence[Token]) -> None:
    """When an anniversary's concert was is not when the anniversary is, and which of several it was is not told."""
    for index, span in enumerate(spans[:-1]):
        if span.has(("anniversary", "anniversary")) and spans[index + 1].of("kinds"):
            spans[index] = replace(span, concepts=frozenset())


BEING_THERE: tuple[Rule, ...] = (
    _how_many_attended,
    _visitors_had,
    _present,
    _year_with_most,
    _since_when_met,
    _tied_to_us,
    _where_most,
    _hosts_most,
    _anniversary_event,
)
