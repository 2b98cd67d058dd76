"""Two questions in one: "when did we sign with Miami, and who came last?"; the second goes on from the first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from bot.questions.normal import Token
from bot.questions.outcomes import NotUnderstood, Reading, Twofold
from bot.questions.query import About, Asked, Query, Told
from bot.questions.spans import Span

Read = Callable[[str, Query | None], Reading]
"""Reads a text, with what was asked before."""

_MOST_CUTS = 4
"""At so many places a question is cut at most."""

_ASKING = frozenset(
    ("when", "count", "who", "which", "list", "where", "why", "times", "age", "whether", "subject", "decided")
)
_DIVIDING = frozenset(",;?")


def in_two(
    written: str, reading: Reading, tokens: Sequence[Token], spans: Sequence[Span], read: Read
) -> Reading:
    """Both questions, where a text holds two of which the reading is none, or the second alone; else the reading."""
    if not isinstance(reading, NotUnderstood | Query):
        return reading
    for at in islice(_cuts(spans, tokens), _MOST_CUTS):
        first = read(written[: tokens[at.start].start], None)
        if not isinstance(first, Query) or not _asks_a_fact(first) or _is_whole(reading, first):
            continue
        second = read(written[tokens[at.end - 1].end :], first)
        if isinstance(second, Query) and second != first and _may_be_half(reading, second):
            return Twofold(first, second)
    return reading


def _asks_a_fact(first: Query) -> bool:
    """Whether the first asks something by itself; a yes or no is often only what leads to the question."""
    return first.asked is not Asked.BOOLEAN and first.told is not Told.OVERVIEW


def _is_whole(reading: Reading, first: Query) -> bool:
    """Whether a reading of all says the first question, too, as far as can be told."""
    apart = first.asked in (Asked.DATE, Asked.NUMBER, Asked.PLACES)
    return isinstance(reading, Query) and (reading.about is first.about or not apart)


def _cuts(spans: Sequence[Span], tokens: Sequence[Token]) -> Iterator[Span]:
    """The parts between two questions: a mark or "and" with something asked on both its sides."""
    for index, span in enumerate(spans):
        divides = (span.mark and tokens[span.start].text in _DIVIDING) or span.has(("small", "and"))
        behind = spans[index + 1 :]
        joined = bool(behind) and behind[0].has(("small", "and"))  # ", and"
        if divides and not joined and _asks(spans[:index]) and _asks(behind) and not _counts_alone(behind):
            yield span


def _may_be_half(reading: Reading, second: Query) -> bool:
    """Whether a reading of all asks no more than the second question does, be it with the kinds of the first."""
    if not isinstance(reading, Query):
        return second.about is not About.PEOPLE
    return replace(reading, acts=second.acts) == second


def _counts_alone(spans: Sequence[Span]) -> bool:
    """Whether nothing but a number is asked, be it of what was given: "who received pineapples, and how many?"."""
    said = [span for span in spans if not (span.mark or span.of("small") or span.of("filler"))]
    return len(said) == 1 and said[0].of("ask") == ("count",)


def _asks(spans: Sequence[Span]) -> bool:
    return any(_ASKING & set(span.of("ask")) for span in spans)
