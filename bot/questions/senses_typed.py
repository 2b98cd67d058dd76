"""Words of English as somebody types them in a hurry: "the Tucson thing", "leaving Japan aside", "30th with Brisbane".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.senses_tying import names_tie
from bot.questions.spans import Span, is_passed, next_meant

_THINGS = frozenset(("thing", "business", "affair", "matter", "story"))


def _the_thing(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A thing that is called by a partner or a kind is the tie: "the Tucson thing", "sign the friendship thing"."""
    for index in range(1, len(spans)):
        before, span = spans[index - 1], spans[index]
        if span.words(tokens) not in _THINGS or span.of("noun"):
            continue
        if names_tie(before):
            spans[index] = span.silenced()
        elif before.mention is not None and before.mention.places and not _spoken_of(spans, index):
            spans[index] = replace(span, concepts=frozenset({("noun", "tie")}))


def _spoken_of(spans: Sequence[Span], index: int) -> bool:
    """Whether something is spoken of that a thing may be, other than a tie."""
    return any(s.of("meet") or s.of("kinds") or s.of("topics") or s.of("items") for s in spans[:index])


_LEAVING = frozenset(
    ("leaving", "putting", "setting", "leave", "put", "set", "laying", "pushing", "with", "once", "keeping")
)


def _leaving_aside(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who leaves a name "aside" leaves it out: "leaving Japan aside, who are our partners?"."""
    for index, span in enumerate(spans):
        if not span.has(("logic", "except")) or span.words(tokens) not in ("aside", "out"):
            continue
        for at in range(max(0, index - len("a b c")), index):
            between = spans[at + 1 : index]
            named = any(each.mention is not None for each in between)
            if named and spans[at].words(tokens) in _LEAVING and not any(s.mark for s in between):
                spans[at] = spans[at].silenced()


_FARTHEST = frozenset(("furthest", "farthest", "longest", "the furthest", "the farthest", "the longest"))
_BACK = frozenset(("back", "goes back", "go back", "going back", "went back", "reaches back", "reach back",
                   "dates back", "date back", "stretches back", "stretch back"))  # fmt: skip


def _furthest_back(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The tie that goes back furthest is the oldest, and not the most distant: "which bond reaches furthest back?"."""
    for index, span in enumerate(spans):
        if span.words(tokens) not in _FARTHEST or not span.of("order"):
            continue
        beside = [i for i in (index - 1, index + 1) if 0 <= i < len(spans)]
        if any(spans[i].words(tokens) in _BACK for i in beside):
            spans[index] = replace(span, concepts=frozenset({("order", "first")}))
            for i in beside:
                if spans[i].words(tokens) == "back":
                    spans[i] = spans[i].silenced()


_THEN = frozenset(("old", "then", "former", "erstwhile", "onetime", "one-time", "late", "defunct"))


def _as_it_was_then(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A place by its former name is said to be the old one: "Dallas County and the old Taoyuan County"."""
    for index in range(1, len(spans)):
        before, span = spans[index - 1], spans[index]
        county = span.mention is not None and bool(span.mention.places) and span.end - span.start > 1
        article = before.start > 0 and tokens[before.start - 1].text in ("the", "today", "now", "our")
        if county and article and before.words(tokens) in _THEN:
            spans[index - 1] = before.silenced()


def _the_capitals(spans: list[Span], tokens: Sequence[Token]) -> None:
    """That places are capitals says nothing of them: "are the capitals Taipei and Beijing twinned"."""
    for index in range(1, len(spans) - 1):
        article = tokens[spans[index].start - 1].text in ("the", "two", "our")
        behind = spans[index + 1].mention
        named = behind is not None and bool(behind.places)
        if (
            article
            and named
            and spans[index].words(tokens) in ("capital", "capitals", "capital cities", "capital city")
        ):
            spans[index] = spans[index].silenced()


_ROUND = 5


def _ordinal_with(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A round number of a partner that opens a question is one of years: "30th with Brisbane: when is it?"."""
    first = next((i for i, span in enumerate(spans) if not (span.mark or is_passed(span))), None)
    if first is None or any(
        span.of("anniversary") and span.has(("anniversary", "anniversary")) for span in spans
    ):
        return
    span = spans[first]
    words = span.words(tokens)
    ordinal = words.endswith(("th", "st", "nd", "rd")) and span.time is None
    behind = next_meant(spans, first)
    with_it = first + 1 < len(spans) and spans[first + 1].words(tokens) in ("with", "of", "for")
    named = behind is not None and spans[behind].mention is not None
    if span.number and span.number % _ROUND == 0 and ordinal and with_it and named:
        spans[first] = replace(span, concepts=frozenset({("anniversary", "anniversary")}))


_GIVE = frozenset(("give", "gimme", "send", "get", "tell", "state", "quote", "provide", "supply"))


def _give(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A verb that opens a request for a day gives nothing to anybody: "pls give date of signing"."""
    first = next((i for i, span in enumerate(spans) if not (span.mark or is_passed(span))), None)
    if first is None or spans[first].words(tokens) not in _GIVE or not spans[first].of("meet"):
        return
    behind = next_meant(spans, first)
    if behind is not None and spans[behind].of("ask"):
        spans[first] = spans[first].silenced()


TYPED: Sequence[Callable[[list[Span], Sequence[Token]], None]] = (
    _the_thing,
    _leaving_aside,
    _furthest_back,
    _as_it_was_then,
    _the_capitals,
    _ordinal_with,
    _give,
)
