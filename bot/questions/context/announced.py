"""A visit that is to come and is told before a question of the past: "the mayor of Daegu visits tomorrow. When did…?".

It names the partner, and says nothing of what is asked.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from bot.questions.parts.spans import Span
from bot.questions.text.normal import Token

_ENDS = frozenset(".!;。！；")
_ENDS_CHINESE = _ENDS | frozenset(",，")
_THEY = frozenset(("he", "she", "him", "her", "他", "她", "这次", "此行"))
_PAST = (("order", "last"), ("order", "first"), ("event", "signed"), ("ask", "tell"), ("ask", "did"))
_BEFORE = frozenset(("did", "have", "has", "had", "was", "were", "过", "曾"))


def without_announcement(spans: list[Span], tokens: Sequence[Token], today: date) -> list[Span]:
    """The parts with the visit silenced that is announced before the question.

    Its place stays, but where the question names one itself; "them" stands for it.
    """
    chinese = any("\u4e00" <= token.text[:1] <= "\u9fff" for token in tokens)
    for mark, span in enumerate(spans):
        text = tokens[span.start].text
        if not span.mark or text not in _ENDS_CHINESE:
            continue
        told, asked = spans[:mark], spans[mark + 1 :]
        if text not in _ENDS and not chinese and not _begins_to_ask(asked, tokens):
            continue
        if _announces(told, tokens, today) and _asks_of_before(asked, tokens, _place_of(told), today):
            asked = _with_the_place(asked, tokens, _place_of(told))
            again = any(each.mention is not None for each in asked) and not _asks_of_them_with(asked)
            kept = [each if each.mention and not again else each.silenced() for each in told]
            return [*kept, span, *asked]
    return spans


def question_behind(spans: Sequence[Span], tokens: Sequence[Token], today: date) -> int | None:
    """Where the question begins that names by itself the place of the visit that is announced before it."""
    for mark, span in enumerate(spans):
        told, asked = spans[:mark], spans[mark + 1 :]
        if not span.mark or tokens[span.start].text not in _ENDS or not asked:
            continue
        place = _place_of(told)
        again = any(_is_the_same(each, place) for each in asked)
        if again and _announces(told, tokens, today) and _asks_of_before(asked, tokens, place, today):
            return asked[0].start
    return None


_OPENS = frozenset(
    ("what", "which", "when", "how", "who", "since", "have", "has", "did", "is", "are", "list", "tell")
)


def _begins_to_ask(asked: Sequence[Span], tokens: Sequence[Token]) -> bool:
    words = [tokens[i].text for span in asked for i in range(span.start, span.end)]
    return bool(words) and words[0] in _OPENS


def _with_the_place(asked: list[Span], tokens: Sequence[Token], place: Span | None) -> list[Span]:
    """What is asked, with the place in the stead of "them" that there is something with: 跟他們簽了什麼."""
    at = next((i for i, s in enumerate(asked) if i and (s.of("pointing") or s.words(tokens) == "it")), None)
    if at is None or place is None or place.mention is None or not asked[at - 1].has(("small", "with")):
        return asked
    others = any(span.is_place for span in asked if span.mention is not None)
    if others or asked[at].end - asked[at].start > _LONGEST:
        return asked
    start, end = asked[at].start, asked[at].end
    named = Span(start, end, mention=replace(place.mention, start=start, end=end))
    return [*asked[:at], named, *asked[at + 1 :]]


_LONGEST = 2


def _place_of(told: Sequence[Span]) -> Span | None:
    return next((span for span in told if span.mention is not None), None)


def _announces(told: Sequence[Span], tokens: Sequence[Token], today: date) -> bool:
    """Whether it says that somebody of one place comes, or goes there, at a time that is still to be."""
    places = [span for span in told if span.mention is not None]
    moves = any(
        span.has(("meet", "came"), ("meet", "visit"), ("order", "next"), ("kinds", "visit")) for span in told
    )
    sets_out = any(_sets_out(span, tokens) for span in told)
    asks = any(span.of("ask") or span.has(("order", "last")) for span in told)
    planned = any(span.has(("meet", "planned"), ("order", "next")) for span in told)
    return (
        len(places) == 1
        and places[0].is_place
        and (moves or sets_out)
        and not asks
        and (planned or _is_under_way(told, tokens) or any(_is_ahead(s, today) for s in told))
    )


_GONE = frozenset(
    ("went", "flew", "got", "had", "was", "were", "been", "gone", "flown", "drove", "left", "came")
)


def _sets_out(span: Span, tokens: Sequence[Token]) -> bool:
    """Whether somebody goes or is received, and neither went nor was: "travels to", "we expect guests"."""
    words = span.words(tokens).split()
    past = any(word in _GONE or word.endswith("ed") or word[0] in "了过" for word in words)
    return span.has(("meet", "went"), ("meet", "received")) and not past


def _is_under_way(told: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether somebody is said to be going: "the mayor is flying to Seattle"."""
    return any(
        one.has(("small", "does"))
        and one.words(tokens) in ("is", "are", "am", "s", "re", "m")
        and other.has(("meet", "went"), ("meet", "came"), ("meet", "visit"))
        and other.words(tokens).split()[0].endswith("ing")
        for one, other in pairwise(told)
    )


def _is_ahead(span: Span, today: date) -> bool:
    """Whether it is a time that is still to be."""
    period = span.time.period if span.time is not None else None
    ahead = span.time.ahead if span.time is not None else None
    first = ahead or (period.first if period is not None else None)
    return first is not None and first.latest() >= today


def _asks_of_before(asked: Sequence[Span], tokens: Sequence[Token], place: Span | None, today: date) -> bool:
    """Whether it asks of the tie, or of what was before, and names nobody else, nor him who comes."""
    words = {tokens[i].text for span in asked for i in range(span.start, span.end)}
    parts = {"".join(token.text for token in tokens[span.start : span.end]) for span in asked}
    named = [span for span in asked if span.mention is not None]
    others = [span for span in named if not _is_the_same(span, place)]
    ahead = any(span.has(("meet", "planned"), ("order", "next")) or _is_ahead(span, today) for span in asked)
    ours = any(span.has(("small", "own")) for span in asked) and any(span.has(*_OF_ANY) for span in asked)
    timed = any(span.time is not None for span in asked) and not (named or ours)
    asks = any(span.of("ask") or span.has(("filler", "lead")) for span in asked) or "what" in words
    pointing = any(span.of("pointing") for span in asked)
    if not asks or (others and pointing and not _asks_of_them_with(asked)) or ahead or timed or parts & _THEY:
        return False
    tied = any(span.has(*_OF_A_TIE) or span.of("kind") for span in asked)
    both = bool(named) or any(span.has(*_OF_BOTH) for span in asked)
    again = both and any(span.has(*_OF_ANY) for span in asked)
    return tied or again or bool(words & _BEFORE) or any(span.has(*_PAST) for span in asked)


def _asks_of_them_with(asked: Sequence[Span]) -> bool:
    """Whether it is asked of those who come and another: 他們跟田寮交流過幾次."""
    first = [span for span in asked if not span.of("filler")][:3]
    return len(first) > _LONGEST and bool(
        first[0].of("pointing") and first[1].has(("small", "with")) and first[2].mention
    )


_OF_A_TIE = (("event", "signed"), ("noun", "tie"), ("noun", "act"), ("ask", "age"))
_OF_BOTH = (("meet", "together"), ("status", "ended"), ("small", "own"))
"""雙方的往來, 過去的交流, "our exchanges": with him who comes."""
_OF_ANY = (("noun", "exchange"), ("ask", "did"), ("meet", "talked"))


def _is_the_same(span: Span, place: Span | None) -> bool:
    """Whether both may name one place."""
    one, other = span.mention, place.mention if place is not None else None
    if one is None or other is None:
        return False
    return bool({each.id for each in one.places} & {each.id for each in other.places} - {None})
