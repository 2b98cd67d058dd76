"""Facts that a record holds, asked for in another order: where it was signed, which side ended it, what sort it is; how
many attended, since when there are exchanges, where most partners are."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import Span, is_passed, next_meant
from bot.questions.senses.ties import names_tie
from bot.questions.senses.verbs import TAKES_PLACE
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept


def _meant_parts(spans: Sequence[Span]) -> list[int]:
    """Where those parts are that say something."""
    return [i for i, span in enumerate(spans) if not (span.mark or is_passed(span))]


def _meaning(span: Span, *concepts: Concept) -> Span:
    """The part in another sense."""
    return replace(span, concepts=frozenset(concepts))


# Where it was signed ------------------------------------------------------------------------------------------------

_SPOT = frozenset(("place", "venue", "location", "site", "spot", "building", "hall", "town", "city"))
_SPOTTED = (
    "where", "whereabouts", "place", "venue", "location", "site", "building", "spot", "in which", "at which", "at what",
    "in what",
)  # fmt: skip
_SIGNED = frozenset(
    ("signed", "sign", "signing", "signing ceremony", "signature", "inked", "sealed", "concluded", "ratified",
     "sign with", "signed with", "signing with")
)  # fmt: skip
_ELSEWHERE = frozenset(("country where", "country in which", "country with which", "where else", "where to"))


@only_where(_SPOTTED)
def _signed_where(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Where two places signed is told by their signing: "venue of the signing with Gdynia", "A and B signed where?"."""
    meant = _meant_parts(spans)
    asking = [i for i in meant if _asks_spot(spans[i], tokens)]
    signed = [i for i in meant if spans[i].words(tokens) in _SIGNED]
    names = [i for i in meant if spans[i].is_place]
    nouns = [i for i in meant if names_tie(spans[i]) and i not in signed]
    if not asking or len(signed) != 1 or not names or _is_located(spans, names[-1], tokens):
        return
    asked = {i for i in meant if spans[i].of("ask") or spans[i].has(("noun", "city"))}
    held = {i for i, span in enumerate(spans) if span.words(tokens) in TAKES_PLACE}
    if len(asked - set(asking)) > 1 or set(meant) - asked - held - {*signed, *names, *nouns}:
        return
    if any(spans[i].words(tokens).endswith(("s", "cities")) for i in nouns):
        return
    ours = any(span.has(("small", "own")) for span in spans)
    if (len(names) == 1 and not (nouns or ours)) or len(names) > 2:
        return
    for index in {*asked, *held, *nouns}:
        spans[index] = spans[index].silenced()
    spans[asking[0]] = _meaning(spans[asking[0]], ("ask", "list"))
    spans[signed[0]] = _meaning(spans[signed[0]], ("kinds", "signing"))


def _asks_spot(span: Span, tokens: Sequence[Token]) -> bool:
    words = span.words(tokens)
    return words not in _ELSEWHERE and (span.has(("ask", "where")) or words.removeprefix("the ") in _SPOT)


def _is_located(spans: Sequence[Span], index: int, tokens: Sequence[Token]) -> bool:
    """Whether a name is where something was: "where was the agreement signed in Gdynia?"."""
    return index > 0 and spans[index - 1].words(tokens) in ("in", "at", "near")


# Which side ended it ------------------------------------------------------------------------------------------------

_ENDED = frozenset(
    ("end", "ended", "cut", "broke", "break", "broke off", "break off", "terminate", "terminated", "cancel",
     "cancelled", "canceled", "dissolve", "dissolved", "call off", "called off", "drop", "dropped", "sever", "severed")
)  # fmt: skip


@only_where(_ENDED)
def _which_side_ended(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Of two that are named one ended their tie: "was it A or B that ended the tie?", "was ended by whom?"."""
    meant = _meant_parts(spans)
    names = [i for i in meant if spans[i].is_place]
    ended = [i for i in meant if spans[i].has(("event", "ended")) and spans[i].words(tokens) in _ENDED]
    told = [i for i in meant if spans[i].has(("people", "ended_by"))]
    asking = [i for i in meant if spans[i].has(("ask", "who"))]
    either = [i for i in meant if spans[i].has(("logic", "or"))]
    ties = [i for i in meant if names_tie(spans[i])]
    if len(names) != 2 or len(ended) + len(told) != 1 or len(asking) > 1 or len(either) > 1 or not ties:
        return
    if set(meant) - {*names, *ended, *told, *asking, *either, *ties}:
        return
    last = bool(ended) and bool(asking) and asking[0] > ended[0] and spans[asking[0] - 1].has(("small", "by"))
    if (either and not names[0] < either[0] < names[1]) or not (either or last):
        return
    first = next((i for i, span in enumerate(spans) if span.has(("small", "does"))), None)
    at = told[0] if told else asking[0] if asking else first
    if at is None:
        return
    for index in ended:
        spans[index] = spans[index].silenced()
    if last:
        spans[asking[0] - 1] = spans[asking[0] - 1].silenced()
    for index in either:
        spans[index] = _meaning(spans[index], ("follow", "and"), ("small", "and"))
    spans[at] = _meaning(spans[at], ("people", "ended_by"))


# What sort it is ----------------------------------------------------------------------------------------------------

_KINDS_ASKED = frozenset(("type", "kind", "sort", "form"))


@only_where(("or", *_KINDS_ASKED))
def _sort_of_one(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A place and two kinds, or "type of agreement", asks for its kind: "Hachioji: sister city or friendship city?"."""
    meant = _meant_parts(spans)
    kinds = [i for i in meant if spans[i].of("kind")]
    either = [i for i in meant if spans[i].has(("logic", "or"))]
    if not meant or not spans[meant[0]].is_place or any(is_passed(span) for span in spans[: meant[0] + 2]):
        return
    if set(meant[1:]) - {*kinds, *either} or not kinds:
        return
    two = len(kinds) == 2 and len(either) == 1 and kinds[0] < either[0] < kinds[1]
    named = len(kinds) == 1 and not either and spans[kinds[0]].words(tokens).split()[0] in _KINDS_ASKED
    if two or named:
        for index in (*kinds, *either):
            spans[index] = spans[index].silenced()
        spans[kinds[0]] = _meaning(spans[kinds[0]], ("ask", "kind"))


# No longer ----------------------------------------------------------------------------------------------------------


@only_where(("until", "till", "up to"))
def _until_when(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Until when two were sister cities, or twinned, is when that ended."""
    meant = _meant_parts(spans)
    until = next((i for i in meant if spans[i].words(tokens) in ("until", "till", "up to")), None)
    if until is None or until + 1 == len(spans) or not spans[until + 1].has(("ask", "when")):
        return
    were = any(span.words(tokens) in ("was", "were") for span in spans)
    tied = [i for i in meant if spans[i].of("kind") or spans[i].has(("event", "signed"))]
    alone = all(spans[i].mention or i in (*tied, until, until + 1) or spans[i].of("status") for i in meant)
    if (were and tied and until == meant[0]) or (alone and until + 1 == meant[-1]):
        spans[until] = _meaning(spans[until], ("event", "ended"))
        for index in tied:
            if not spans[index].of("kind"):
                spans[index] = spans[index].silenced()


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
            spans[behind] = _meaning(spans[behind], ("noun", "people"))


# Since when ---------------------------------------------------------------------------------------------------------


@only_where(("since when", "from when"))
def _since_when_met(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Since when there are exchanges is told by the first: "since when do we have exchanges with Honolulu?"."""
    meant = _meant_parts(spans)
    if not meant or spans[meant[0]].words(tokens) not in ("since when", "from when"):
        return
    met = [i for i in meant if spans[i].has(("noun", "exchange"))]
    does = next((i for i, span in enumerate(spans) if i > meant[0] and span.has(("small", "does"))), None)
    if met and does is not None and all(i in met or spans[i].mention is not None for i in meant[1:]):
        spans[does] = _meaning(spans[does], ("order", "first"))


# To us --------------------------------------------------------------------------------------------------------------

_TIED = frozenset(("tied", "linked", "bound", "connected", "allied", "near", "close", "belong", "belongs"))


_NEARER = (("order", "nearer"), ("order", "nearest"), ("order", "further"), ("order", "farthest"))


@only_where(("us", "to"))
def _tied_to_us(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who is tied or nearer "to us", or belongs to us, did not come to us: "the nearest partner city to us"."""
    for index, span in enumerate(spans[1:], 1):
        before = index - 1
        tied = spans[before].words(tokens) in _TIED
        while before and (spans[before].of("kind") or spans[before].has(("noun", "city"))):
            before -= 1
        if span.words(tokens) == "to us" and (tied or spans[before].has(*_NEARER)):
            spans[index] = _meaning(span, ("small", "own"))


# Where there is most ------------------------------------------------------------------------------------------------


@only_where(("where",))
def _where_most(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Where there are most partners is which country has most: "where are most of our sister cities?"."""
    meant = _meant_parts(spans)
    if len(meant) < 3 or spans[meant[0]].words(tokens) != "where" or meant[0] + 1 >= len(spans):
        return
    most = [i for i in meant if spans[i].has(("order", "most"))]
    kinds = [i for i in meant if spans[i].of("kind")]
    names = [i for i in meant if spans[i].is_place]
    if len(most) != 1 or not kinds or len(names) > 1 or set(meant[1:]) - {*most, *kinds, *names}:
        return
    if most[0] < kinds[0] and spans[meant[0] + 1].has(("small", "does")):
        spans[meant[0]] = _meaning(spans[meant[0]], ("ask", "which"))
        spans[meant[0] + 1] = _meaning(spans[meant[0] + 1], ("noun", "country"))


# What was held for an anniversary -----------------------------------------------------------------------------------


@only_where(("concert", "exhibition", "reception", "gala", "festival", "show", "banquet", "dinner"))
def _anniversary_event(spans: list[Span], tokens: Sequence[Token]) -> None:
    """When an anniversary's concert was is not when the anniversary is, and which of several it was is not told."""
    for index, span in enumerate(spans[:-1]):
        if span.has(("anniversary", "anniversary")) and spans[index + 1].of("kinds"):
            spans[index] = replace(span, concepts=frozenset())


FACTS: Sequence[Rule] = (
    _signed_where,
    _which_side_ended,
    _sort_of_one,
    _until_when,
    _how_many_attended,
    _since_when_met,
    _tied_to_us,
    _where_most,
    _anniversary_event,
)
