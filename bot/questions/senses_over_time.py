"""Ties in the course of time, in English: "used to be a partner", "is over", "since we signed".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.senses_arranged import end_of
from bot.questions.senses_tying import names_exchange, names_tie
from bot.questions.spans import DOES, Span

_ENDED: frozenset[Concept] = frozenset({("event", "ended")})
_ONCE = frozenset(("used", "formerly", "erstwhile", "once"))
_NO_MORE = frozenset(("no longer", "no more", "not any more", "not anymore", "not any longer"))


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


@only_where(_ONCE)
def _used_to_be(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who "used to be" a partner is none any more: "which cities used to be partners of ours?"."""
    asked = any(span.has(("ask", "which"), ("ask", "who"), ("ask", "list")) for span in spans)
    asked = asked and not any(names_exchange(span) for span in spans)
    if (
        not asked
        or not any(map(names_tie, spans))
        or any(span.of("event") == ("ended",) for span in spans[:-3])
    ):
        return
    for index in range(1, len(spans) - 1):
        used = [span.words(tokens) for span in spans[index : index + 3]]
        if used[:2] == ["used", "to"] and used[-1] in ("be", "have", "belong", "maintain"):
            spans[index : index + 3] = [Span(spans[index].start, spans[index + 2].end, concepts=_ENDED)]
        elif used[0] == "formerly" and spans[index].concepts.isdisjoint(_ENDED):
            spans[index] = replace(spans[index], concepts=_ENDED)
        else:
            continue
        but = next(
            (i for i in range(index + 1, len(spans)) if spans[i].words(tokens) in ("but", "and")), len(spans)
        )
        if any(span.words(tokens) in _NO_MORE for span in spans[but:]):
            spans[but:] = [span if span.mark else span.silenced() for span in spans[but:]]
        return


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


@only_where(("had",))
def _have_had(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A partner that we "have had" the longest is one that we have."""
    if not any(map(names_tie, spans)) or any(map(names_exchange, spans)):
        return
    for index, span in enumerate(spans):
        if span.words(tokens) in ("have had", "has had", "ve had") and span.of("meet"):
            spans[index] = replace(span, concepts=DOES)


OVER_TIME: Sequence[Rule] = (_is_over, _used_to_be, _years_since, _have_had)
