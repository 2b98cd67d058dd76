"""Words of English as somebody types them in a hurry: "the Tucson thing", "leaving Japan aside", "30th with Brisbane".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
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


def _will_have_been(spans: list[Span], tokens: Sequence[Token]) -> None:
    """When they will have been together so long is a jubilee: "when will they have been partners for 50 years?"."""
    words = [token.text for token in tokens]
    if "will" not in words or not any(span.has(("ask", "when")) for span in spans):
        return
    been = next((i for i, span in enumerate(spans) if span.words(tokens) in ("been", "have been")), None)
    lasting = next((i for i, s in enumerate(spans) if s.time and tokens[s.start].text == "for"), None)
    if (
        been is not None
        and lasting is not None
        and spans[lasting].end - spans[lasting].start == len(("for", "60", "years"))
    ):
        at = spans[lasting].start
        years = int(tokens[at + 1].text) if tokens[at + 1].text.isdigit() else None
        number = Span(at + 1, at + 2, number=years)
        if years is not None and tokens[at + 2].text in ("years", "yrs"):
            spans[lasting : lasting + 1] = [
                Span(at, at + 1).silenced(),
                number,
                Span(at + 2, at + 3).silenced(),
            ]
    counted = [i for i, span in enumerate(spans) if span.number is not None]
    if been is None or not counted or counted[0] < been or words[spans[been].end - 2] not in ("have", "will"):
        return
    if not any(token.text in ("years", "yrs", "decades") for token in tokens[spans[counted[0]].start :]):
        return
    spans[been] = replace(spans[been], concepts=frozenset({("anniversary", "turning")}))
    for index in range(been + 1, counted[0]):
        if spans[index].words(tokens) in (
            "for",
            "together",
            "partners",
            "twinned",
            "sisters",
            "paired",
            "friends",
        ):
            spans[index] = spans[index].silenced()


_PERFECT = frozenset(("has", "have", "ve"))
_REACHED = frozenset(
    ("reached", "passed", "turned", "completed", "hit", "marked", "celebrated", "topped", "exceeded")
)


def _has_reached(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A tie that "has reached fifty years" has at least so many: "which has passed its half century?"."""
    if any(span.time for span in spans) or not any(
        span.has(("ask", "which"), ("ask", "count")) for span in spans
    ):
        return
    for index in range(1, len(spans)):
        before = {spans[i].words(tokens) for i in range(max(0, index - 2), index)}
        if spans[index].words(tokens) not in _REACHED or not before & _PERFECT:
            continue
        behind = next_meant(spans, index)
        if behind is None:
            return
        if spans[behind].number is not None or spans[behind].of("jubilee"):
            spans[index] = replace(spans[index], concepts=frozenset({("anniversary", "older")}))
            return


@only_where(("friends", "the", "friend"))
def _friends_of(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The friends of a place are its partners where nothing else is spoken of: "the Japanese friends of Changhua"."""
    others = any(
        names_tie(s)
        or s.of("kinds")
        or s.of("meet")
        or s.of("event")
        or s.of("people")
        or s.has(("noun", "exchange"))
        for s in spans
    )
    for index, span in enumerate(spans):
        if not others and span.words(tokens) in ("friends of", "the friends of", "friend of"):
            spans[index] = replace(span, concepts=frozenset({("noun", "tie"), ("small", "of")}))


TYPED: Sequence[Rule] = (
    _the_thing,
    _leaving_aside,
    _ordinal_with,
    _will_have_been,
    _has_reached,
    _friends_of,
)
