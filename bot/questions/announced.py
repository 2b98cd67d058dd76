"""A visit that is to come and is told before a question of the past: "the mayor of Daegu visits tomorrow. When did…?".

It names the partner, and says nothing of what is asked.
"""

from collections.abc import Sequence
from datetime import date

from bot.questions.normal import Token
from bot.questions.spans import Span

_ENDS = frozenset(".!;。！；")
_ENDS_CHINESE = _ENDS | frozenset(",，")
_THEY = frozenset(("he", "she", "him", "her", "他", "她", "这次", "此行"))
_PAST = (("order", "last"), ("order", "first"), ("event", "signed"), ("ask", "tell"), ("ask", "did"))
_BEFORE = frozenset(("did", "have", "has", "had", "was", "were", "过", "曾"))


def without_announcement(spans: list[Span], tokens: Sequence[Token], today: date) -> list[Span]:
    """The parts with the visit silenced that is announced before the question; its place stays."""
    chinese = any("\u4e00" <= token.text[:1] <= "\u9fff" for token in tokens)
    ends = _ENDS_CHINESE if chinese else _ENDS
    mark = next((i for i, span in enumerate(spans) if span.mark and tokens[span.start].text in ends), None)
    if mark is None:
        return spans
    told, asked = spans[:mark], spans[mark + 1 :]
    if not (_announces(told, today) and _asks_of_before(asked, tokens)):
        return spans
    return [*(span if span.mention is not None else span.silenced() for span in told), *spans[mark:]]


def _announces(told: Sequence[Span], today: date) -> bool:
    """Whether it says that somebody of one place comes at a time that is still to be."""
    places = [span for span in told if span.mention is not None]
    moves = any(
        span.has(("meet", "came"), ("meet", "visit"), ("order", "next"), ("kinds", "visit")) for span in told
    )
    asks = any(span.of("ask") or span.has(("order", "last")) for span in told)
    return (
        len(places) == 1
        and places[0].is_place
        and moves
        and not asks
        and any(_is_ahead(s, today) for s in told)
    )


def _is_ahead(span: Span, today: date) -> bool:
    period = span.time.period if span.time is not None else None
    ahead = span.time.ahead if span.time is not None else None
    first = ahead or (period.first if period is not None else None)
    return first is not None and first.latest() >= today


def _asks_of_before(asked: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether it asks of the tie, or of what was before, and names nobody else, nor him who comes."""
    words = {tokens[i].text for span in asked for i in range(span.start, span.end)}
    parts = {"".join(token.text for token in tokens[span.start : span.end]) for span in asked}
    named = any(span.mention is not None or span.time is not None for span in asked)
    asks = any(span.of("ask") for span in asked) or "what" in words
    return (
        asks
        and not named
        and not parts & _THEY
        and (bool(words & _BEFORE) or any(span.has(*_PAST) for span in asked))
    )
