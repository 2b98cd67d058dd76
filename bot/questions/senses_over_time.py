"""Ties in the course of time, in English: "used to be a partner", "is over", "since we signed".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.senses_arranged import end_of
from bot.questions.senses_tying import names_tie
from bot.questions.spans import Span

_ENDED: frozenset[Concept] = frozenset({("event", "ended")})


@only_where(("over",))
def _is_over(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A tie that "is over" ended: "why is the tie of Prague with Beijing over?"."""
    end = end_of(spans)
    last = spans[end - 1] if end > 1 else None
    if last is None or last.words(tokens) != "over" or not last.has(("event", "ended")):
        return
    tied = any(map(names_tie, spans)) or sum(span.is_place for span in spans) > 1
    if tied and not any(span.number is not None or span.time for span in spans):
        spans[end - 1] = replace(last, concepts=_ENDED)


@only_where(("since", "after"))
def _years_since(spans: list[Span], tokens: Sequence[Token]) -> None:
    """So many years since a signing are an anniversary of it: "when will it have been 60 years since we signed?"."""
    words = {token.text for token in tokens}
    coming = any(span.has(("ask", "when")) for span in spans) and words & {
        "will",
        "shall",
        "ll",
        "is",
        "are",
        "do",
        "be",
    }
    for index in range(2, len(spans) - 2):
        years = spans[index - 1].words(tokens) == "years" and spans[index - 2].number is not None
        signed = any(span.has(("event", "signed")) for span in spans[index + 1 :])
        if spans[index].words(tokens) in ("since", "after") and years and signed and coming:
            spans[index] = spans[index].silenced()


OVER_TIME: Sequence[Rule] = (_is_over, _years_since)
