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
_CONDITIONAL = ("沒有的話", "没有的话", "有的話", "有的话", "如果", "若", "if ", "If ")
"""With these the second question is put only for one answer to the first."""
_DIVIDING = frozenset(",;?")


def in_two(
    written: str, reading: Reading, tokens: Sequence[Token], spans: Sequence[Span], read: Read
) -> Reading:
    """Both questions, where a text holds two of which the reading is none, or the second alone; else the reading."""
    if not isinstance(reading, NotUnderstood | Query):
        return reading
    for at in islice(_cuts(spans, tokens), _MOST_CUTS):
        ended = tokens[at.start].text == "?"
        if written[tokens[at.end - 1].end :].lstrip().startswith(_CONDITIONAL):
            continue
        first = read(written[: tokens[at.start].start], None)
        if not isinstance(first, Query) or first.told is Told.OVERVIEW or (_leads(first) and not ended):
            continue
        second = read(written[tokens[at.end - 1].end :], first)
        if not isinstance(second, Query) or second == first or second.about is About.PEOPLE:
            continue
        if not isinstance(reading, Query) or _is_half(reading, first, second, ended=ended):
            return Twofold(first, second)
    return reading


def _leads(first: Query) -> bool:
    """Whether it is a yes or no, which is often only what leads to the question."""
    return first.asked is Asked.BOOLEAN


def _is_half(reading: Query, first: Query, second: Query, *, ended: bool) -> bool:
    """Whether a reading of all says no more than the second question, or mixes both; `ended` by a question mark.

    Whether there is a tie, or with whom, and its date are told together anyhow.
    """
    if ended:
        together = reading.about is first.about is second.about is About.TIES
        return not (together and first.asked in (Asked.BOOLEAN, Asked.PLACES, Asked.RECORDS))
    apart = first.asked in (Asked.DATE, Asked.NUMBER, Asked.PLACES) and reading.about is not first.about
    return apart and replace(reading, acts=second.acts) == second


def _cuts(spans: Sequence[Span], tokens: Sequence[Token]) -> Iterator[Span]:
    """The parts between two questions: a mark or "and" with something asked on both its sides."""
    for index, span in enumerate(spans):
        divides = (span.mark and tokens[span.start].text in _DIVIDING) or span.has(("small", "and"))
        behind = spans[index + 1 :]
        joined = bool(behind) and behind[0].has(("small", "and"))  # ", and"
        ended = span.mark and tokens[span.start].text == "?"
        asks_on = (_asks(behind) and not _counts_alone(behind)) or (ended and _says_what_of(behind, tokens))
        if divides and not joined and _asks(spans[:index]) and asks_on:
            yield span


def _says_what_of(spans: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether the same is asked of something else: 日本呢, "and in Japan?"."""
    said = [span for span in spans if not span.mark]
    if not any(span.mention or span.time for span in said):
        return False
    return bool(said[0].of("follow")) or tokens[said[-1].end - 1].text == "呢"


def _counts_alone(spans: Sequence[Span]) -> bool:
    """Whether nothing but a number is asked, be it of what was given: "who received pineapples, and how many?"."""
    said = [span for span in spans if not (span.mark or span.of("small") or span.of("filler"))]
    return len(said) == 1 and said[0].of("ask") == ("count",)


def _asks(spans: Sequence[Span]) -> bool:
    return any(_ASKING & set(span.of("ask")) for span in spans)
