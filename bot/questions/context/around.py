"""What is told around a question: why somebody asks, and for whom. It is left away where the question alone is whole.

"We host Busan on Friday. When did we sign?" asks of Busan, and the Friday says nothing of the agreement.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.domain.places import Place
from bot.questions.context.aside import is_aside, is_background, is_settled, says_nothing_of_it
from bot.questions.context.asides import divides, is_reason, told_behind
from bot.questions.context.remarks import is_named_again, is_preface, is_remark, names_ours
from bot.questions.context.told import (
    SINCE,
    asks_of_a_tie,
    begins_remark,
    is_told,
    is_topic,
    may_be_a_place,
    says_when,
)
from bot.questions.context.whole import is_whole, points_to_an_occasion, points_to_the_tie
from bot.questions.parts.spans import SILENT, Span
from bot.questions.text.normal import Token

_ENDS = frozenset(".!;")
_NARROWING = frozenset(("not", "without", "difference", "over", "under", "least", "most"))
"""Words of logic that bear on what is asked though they stand in another part of the sentence."""

_PERSON = frozenset(("he", "him", "she", "her"))
_EVER = frozenset(("ever", "before", "already", "yet"))
_PRONOUNS = frozenset(("it", "its", "they", "them", "their", "she", "her"))


@dataclass(frozen=True, slots=True)
class _Cut:
    """The question is the parts from `start` to before `end`; `loose` where only a comma divides it from the rest."""

    start: int
    end: int
    loose: bool = False
    told: bool = False
    """Whether all that stands around it is told, and the question is whole without any of it."""
    request: bool = False
    """Whether it begins with words of somebody who asks, "I need", before which no mark has to stand."""
    ended: bool = False
    """Whether what stands behind it is told, whatever it names."""


def without_context(
    spans: Sequence[Span], tokens: Sequence[Token], *, led: bool = False
) -> Iterator[list[Span]]:
    """The parts with what is told around the question silenced, the longest question first.

    `led`: only what is told in a sentence of its own, or what a word leads from to the question: "Busan comes, so I
    want to know…".
    """
    for cut in _cuts(spans, tokens):
        asked, behind = spans[cut.start : cut.end], spans[cut.end :]
        before = spans[: cut.start]
        remark = cut.ended or is_remark(behind, tokens, asked)
        surely = cut.told or cut.request or (remark and not cut.ended)
        if led and not (cut.told or cut.request) and _leads_on(spans[cut.start : cut.end]):
            continue  # 請問局長下週接待訪團，想確認…: the question is behind the last of these words
        if led and not (surely or _is_led(spans, cut) or (not cut.loose and is_told(before, tokens))):
            continue
        if cut.loose and not cut.told and says_when(before, tokens):
            continue
        if cut.request and not is_preface(before, asked):
            continue
        loose = cut.loose and all(
            span.known for span in before
        )  # else it tells of something foreign to the registry
        fact = cut.loose and not loose and asks_of_a_tie(asked)
        narrows = not cut.request and any(
            _matters(span, loose, fact=fact)
            and not (
                _counts_something_else(before, i) or _is_idle(before, i) or _is_a_thing(before, i, tokens)
            )
            for i, span in enumerate(before)
        )
        matters = not cut.told and (narrows or (not remark and any(map(_asks_on, behind))))
        if cut.loose and not cut.told and not _is_led(spans, cut):
            matters = matters or is_topic(before, tokens, asked) or may_be_a_place(before, tokens)
        bare = cut.told and not points_to_an_occasion(asked, tokens)  # …專題要用：基輔的德國姊妹市
        if (bare or is_whole(asked, tokens)) and not matters:
            kept = _kept(asked, tokens)
            yield [
                span if cut.start <= i < cut.end or span.mark or _is_kept(span, kept) else span.silenced()
                for i, span in enumerate(spans)
            ]


def _cuts(spans: Sequence[Span], tokens: Sequence[Token]) -> Iterator[_Cut]:
    """Where the question may begin and end."""
    ends = [i for i, span in enumerate(spans) if span.mark and tokens[span.start].text == "?"]
    yield from _between_asides(spans, tokens, ends[0] + 1 if len(ends) == 1 else None)
    if len(ends) > 1:
        return
    end = ends[0] + 1 if ends else len(spans)
    if end < len(spans) and any(span.known and not span.mark for span in spans[end:]):
        yield _Cut(0, end)
        if any(map(_asks_on, spans[end:])) and not is_remark(spans[end:], tokens, spans[:end]):
            end = len(spans)  # "did they meet? In 2021"
    yield from _beginnings(spans, tokens, end)
    for up_to in told_behind(spans, tokens, end):
        yield _Cut(0, up_to, told=True)
        yield from (replace(cut, ended=True) for cut in _beginnings(spans, tokens, up_to))


def _beginnings(spans: Sequence[Span], tokens: Sequence[Token], end: int) -> Iterator[_Cut]:
    """Where a question may begin that goes up to `end`."""
    for start in range(1, end):
        before = spans[start - 1]
        mark = divides(spans, tokens, start)
        led = before.has(("filler", "lead")) and _leads_from_clause(spans, tokens, start - 1)
        told = mark == ":" and is_told(spans[:start], tokens)
        told = (told or (mark == "," and is_reason(spans[: start - 1], tokens))) and not _names_other(
            spans, start, end
        )
        if mark in (*_ENDS, "-") or led or told or (mark == "," and _tells_why(spans, start)):
            yield _Cut(start, end)
        elif mark == "," and _turns_to(spans[start:end], tokens):
            yield _Cut(start, end, told=True)
        elif spans[start].has(("filler", "request")):
            yield _Cut(start, end, request=True)
        elif mark in (",", ":") or before.has(("filler", "lead")):
            yield _Cut(start, end, loose=True)


def _turns_to(asked: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether 那 begins a question that has all it needs: …收過穿山甲，那萊比錫是不是臺北姊妹市."""
    begins = asked[0].has(("follow", "and")) and tokens[asked[0].start].text == "那"
    named = sum(span.mention is not None or "own" in span.of("small") for span in asked)
    whole = any(span.of("ask") for span in asked) and any(
        span.of("kind") or span.of("event") for span in asked
    )
    return begins and named > 1 and whole and not any(span.of("pointing") for span in asked)


def _names_other(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether a name is told that the question does not name again, though it names others."""
    asked = spans[start:end]
    named = any(span.mention is not None for span in asked)
    return named and any(names_ours(span) and not is_named_again(span, asked) for span in spans[:start])


def _between_asides(spans: Sequence[Span], tokens: Sequence[Token], asked_to: int | None) -> Iterator[_Cut]:
    """The question between what is told before it and behind it: 我在寫新聞稿，…？網路上有人寫14號."""
    marks = [i for i, span in enumerate(spans) if span.mark]
    cut = [(one + 1, other) for one, other in pairwise([-1, *marks, len(spans)]) if other > one + 1]
    parts = [part for part in cut if not all(map(_is_polite, spans[slice(*part)]))]
    if not parts:
        return
    first, last = 0, len(parts)
    while first < last - 1 and is_aside(spans, tokens, parts[first]):
        first += 1
    while last > first + 1 and (
        is_aside(spans, tokens, parts[last - 1])
        or says_nothing_of_it(spans, tokens, parts[first][0], parts[last - 1])
    ):
        last -= 1
    settled = [at for at in range(first, last) if is_settled(spans, parts[at])]
    if len(settled) == 1 and all(
        is_background(spans, parts[at], parts[settled[0]]) for at in range(first, last) if at != settled[0]
    ):
        first, last = settled[0], settled[0] + 1
    end = parts[last - 1][1]
    while first >= 0 and (first, last) != (0, len(parts)):
        start = parts[first][0]
        alone = first == 0 and all(begins_remark(spans[slice(*part)], tokens) for part in parts[last:])
        if (asked_to is None or end <= asked_to) and (alone or _stands_alone(spans[start:end])):
            yield _Cut(start, end, told=True)
            return
        first -= 1  # 她說松山跟弗萊堡是姊妹市，那是哪一年: what was told says of whom


def _is_polite(span: Span) -> bool:
    """Whether it greets or thanks, which is no part of what is told."""
    return span.has(("filler", "greeting"), ("filler", "thanks")) or _is_courtesy(span)


_DOING = ("kind", "event", "meet", "kinds", "mode", "anniversary", "state")


def _stands_alone(asked: Sequence[Span]) -> bool:
    """Whether it names somebody and says what of them is asked, so that nothing told beside it can belong to it."""
    named = any(span.mention is not None or "own" in span.of("small") for span in asked)
    said = any(span.of(section) for span in asked for section in _DOING) or any(
        span.has(("noun", "exchange"), ("ask", "far"), ("ask", "clock")) for span in asked
    )
    return named and said


def _leads_on(asked: Sequence[Span]) -> bool:
    """Whether another word leads to the question, behind a mark."""
    return any(one.mark and other.has(("filler", "lead")) for one, other in pairwise(asked))


def _is_led(spans: Sequence[Span], cut: _Cut) -> bool:
    before = spans[: cut.start]
    if _tells_why(spans, cut.start):
        return True
    return bool(before) and before[-1].has(("filler", "lead")) and any(span.mark for span in before)


def _leads_from_clause(spans: Sequence[Span], tokens: Sequence[Token], lead: int) -> bool:
    """Whether a whole clause was told before a mark and the word that leads on: 局長下週要接待訪團，想確認…"""
    if not lead or not spans[lead - 1].mark:
        return False
    told = spans[: lead - 1]
    told = told[max((i + 1 for i, span in enumerate(told) if span.mark), default=0) :]
    acts = any(span.of("meet") or span.of("event") or span.has(("small", "does")) for span in told)
    ending = "".join(token.text for token in tokens[: told[-1].end][-2:]) if told else ""
    return acts and told[-1].time is None and not ending.endswith(SINCE)


def _is_courtesy(span: Span) -> bool:
    return span.concepts == SILENT or span.has(("filler", "lead"), ("filler", "words"))


def _tells_why(spans: Sequence[Span], end: int) -> bool:
    """Whether all before says what the question is for: 配合下週外賓來訪，…"""
    first = next((s for s in spans[:end] if not (s.mark or s.of("small") or _is_courtesy(s))), None)
    return first is not None and first.has(("filler", "purpose"))


def _matters(span: Span, loose: bool, *, fact: bool = False) -> bool:
    """Whether what is told may narrow what is asked: "apart from Japan, which partners do we have?".

    No number does where one `fact` of a tie is asked.
    """
    if span.has(("logic", "except"), ("logic", "only")) or span.record:
        return True
    if span.number is not None and not fact:
        return True
    if span.concepts and all(section == "ask" for section, _ in span.concepts):
        return True
    return loose and bool(
        _NARROWING & set(span.of("logic")) or span.of("order") or span.time or span.of("time")
    )


def _counts_something_else(told: Sequence[Span], index: int) -> bool:
    """Whether it is a number of what is none of the registry's business: "I'm on air in ten minutes"."""
    behind = told[index + 1] if index + 1 < len(told) else None
    if told[index].number is None or behind is None or behind.mark:
        return False
    ours = any(map(behind.of, ("kind", "order", "anniversary"))) or behind.mention is not None
    return not ours and not set(behind.of("noun")) - {"people"}


_A_THING = frozenset(("a", "an", "the", "my", "our", "his", "her", "this"))


def _is_a_thing(told: Sequence[Span], index: int, tokens: Sequence[Token]) -> bool:
    """Whether a word that may ask is a noun of what is told: "I'm putting together a display"."""
    listed = told[index].of("ask") == ("list",)
    return listed and index > 0 and tokens[told[index].start - 1].text in _A_THING


def _is_idle(told: Sequence[Span], index: int) -> bool:
    """Whether an "only" is of what somebody did: "I only started yesterday"."""
    behind = told[index + 1] if index + 1 < len(told) else None
    idle = behind is not None and (
        behind.of("event") or behind.of("meet") or behind.time or not (behind.known or behind.mark)
    )
    return told[index].has(("logic", "only")) and bool(idle)


def _asks_on(span: Span) -> bool:
    """Whether what stands behind the question may say more of it: "… with Japan? Only the oldest"."""
    said = any(section not in ("filler", "small", "people", "level") for section, _ in span.concepts)
    names = span.mention is not None and any(
        not isinstance(each, Place) or each.id for each in span.mention.meanings
    )
    return said or names or span.number is not None or bool(span.time or span.record)


def _kept(asked: Sequence[Span], tokens: Sequence[Token]) -> str:
    """Which names of what is told the question is about: all where it has none, the places where it says "it"."""
    if points_to_the_tie(asked, tokens):
        return "places"
    words = {tokens[i].text for span in asked for i in range(span.start, span.end)}
    if words & _PERSON and "did" in words and not (words & _EVER or any(span.of("order") for span in asked)):
        return "story"
    if not any(span.mention for span in asked) or any(span.has(("pointing", "place")) for span in asked):
        return "all"
    return "places" if words & _PRONOUNS else ""


def _is_kept(span: Span, kept: str) -> bool:
    if kept == "story" and (span.time or span.of("level")):
        return True  # "a mayor's trip to America in 2010. Which cities did he drop in on?"
    if span.mention is None:
        return False
    if all(isinstance(each, Place) and not (each.id or each.country) for each in span.mention.meanings):
        return False  # a word that stands where a name might: "is preparing a poster"
    return kept in ("all", "story") or (kept == "places" and bool(span.mention.places))
