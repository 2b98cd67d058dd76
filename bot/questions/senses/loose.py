"""Words of English that stand loose beside a question: "tie-wise", "… is what?", "a 40th to celebrate"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import DOES, SIGNED, TIE, WHEN, WHETHER, Span, is_passed, next_meant, silence
from bot.questions.senses.aside import ASIDE
from bot.questions.senses.gifts import GUESTS
from bot.questions.senses.ties import names_exchange, names_tie
from bot.questions.text.normal import Token

_TWO = 2


# Beside what is asked ------------------------------------------------------------------------------------------------


def _last(spans: Sequence[Span]) -> int:
    """The last part that says something; -1 where none does."""
    return next((i for i in range(len(spans) - 1, -1, -1) if not (spans[i].mark or is_passed(spans[i]))), -1)


_IS = frozenset(("is", "was", "are", "were", "would be"))


@only_where(("what", "which"))
def _is_what(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind a number or a day that is asked for, "is what?" asks for it again: "the number of partners is what?"."""
    last = _last(spans)
    if last < _TWO or spans[last].words(tokens) not in ("what", "which"):
        return
    asked = any(span.has(("ask", "count"), ("ask", "when"), ("ask", "age")) for span in spans[:last])
    if asked and spans[last - 1].words(tokens) in _IS:
        spans[last] = spans[last].silenced()


@only_where(("wise",))
def _tie_wise(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What is asked "tie-wise" is asked of ties, whatever else was said of goings-on."""
    for index in range(1, len(spans)):
        before = spans[index - 1]
        if spans[index].words(tokens) != "wise" or not (names_tie(before) or names_exchange(before)):
            continue
        spans[index] = spans[index].silenced()
        if not names_tie(before):
            continue
        for at in range(index - 1):
            said = spans[at].words(tokens)
            if (at == 0 and said in ("anything", "something", "any")) or "going on" in said:
                kept = {("small", "with")} if said.endswith("with") else frozenset()
                spans[at] = replace(spans[at], concepts=WHETHER | kept)
        spans[index - 1] = before.silenced() if _ties_before(spans, index - 1) else _as_tie(before)


def _ties_before(spans: Sequence[Span], index: int) -> bool:
    return any(map(names_tie, spans[:index]))


def _as_tie(span: Span) -> Span:
    """The same word where it can be no verb: "tie" of "tie-wise"."""
    return replace(span, concepts=frozenset(each for each in span.concepts if each[0] == "kind") or TIE)


# So many years -------------------------------------------------------------------------------------------------------


@only_where(("celebrate", "mark", "observe", "commemorate", "coming"))
def _to_celebrate(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A round number that there is "to celebrate" is one of years: "do we have a 40th to celebrate in 2026?"."""
    for index in range(len(spans) - _TWO):
        said = spans[index].words(tokens)
        ordinal = spans[index].number and said.endswith(("th", "st", "nd", "rd"))
        celebrated = spans[index + 1].words(tokens) == "to" and spans[index + _TWO].has(
            ("anniversary", "turning")
        )
        if ordinal and celebrated and not spans[index].of("anniversary"):
            kept = spans[index].concepts | {("anniversary", "anniversary")}
            spans[index] = replace(spans[index], concepts=kept)
            silence(spans, (index + 1, index + _TWO))


@only_where(("years", "decades", "decade"))
def _years_then(spans: list[Span], tokens: Sequence[Token]) -> None:
    """So many years, and then a time, said first are an anniversary: "30 years in 2026: which tie is that?"."""
    if len(spans) < len("abcd") or spans[0].number is None or spans[1].words(tokens) != "years":
        return
    asks = any(span.has(("ask", "which"), ("ask", "who")) for span in spans)
    apart = spans[_TWO].time is not None and spans[_TWO + 1].mark
    if asks and apart and not any(span.of("anniversary") for span in spans):
        spans[1] = replace(spans[1], concepts=frozenset({("anniversary", "turning")}))


@only_where(("become", "becomes"))
def _becomes(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A tie that "becomes seventy" has that anniversary."""
    for index in range(1, len(spans) - 1):
        behind = spans[index + 1]
        ends = index + _TWO == len(spans) or spans[index + _TWO].mark or spans[index + _TWO].time is not None
        years = index + _TWO < len(spans) and spans[index + _TWO].words(tokens) == "years"
        if spans[index].words(tokens) in ("become", "becomes") and behind.number and (ends or years):
            spans[index] = replace(spans[index], concepts=frozenset({("anniversary", "turning")}))


# What is a matter of opinion -----------------------------------------------------------------------------------------

_NEEDS = frozenset(("need", "needs", "want", "wants", "require", "requires", "wanted", "needed"))
_ASKS_IF = frozenset(("do", "does", "did", "would", "will", "should"))


@only_where(_NEEDS)
def _whether_needed(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whether somebody needs a tie is a matter of opinion: "do we need a sister city in Japan?"."""
    first = next((i for i, span in enumerate(spans) if not (span.mark or span.of("filler"))), None)
    if first is None or spans[first].words(tokens) not in _ASKS_IF:
        return
    for index in range(first + 1, min(first + len("abcd"), len(spans))):
        if tokens[spans[index].start].text in _NEEDS:
            spans[index] = replace(spans[index], concepts=frozenset({("scope", "opinion")}))
            return


# Ties ----------------------------------------------------------------------------------------------------------------

_GOT_TOGETHER = frozenset(
    ("get together with", "got together with", "gets together with", "get together", "got together")
)


@only_where(("got", "get", "gets"))
def _got_together(spans: list[Span], tokens: Sequence[Token]) -> None:
    """When two cities "got together" is when they signed, where no last time and nobody is spoken of."""
    met = ("order", "level", "people", "kinds", "topics", "mode", "state")
    if any(span.of(section) for span in spans for section in met) or not any(
        span.has(("ask", "when"), ("ask", "age"), ("noun", "year")) for span in spans
    ):
        return
    named = sum(span.is_place or "own" in span.of("small") for span in spans)
    for index, span in enumerate(spans):
        if span.words(tokens) in _GOT_TOGETHER and span.has(("event", "signed")) and named == _TWO:
            spans[index] = replace(span, concepts=SIGNED)


_SHARES = frozenset(("share", "shares", "shared", "sharing"))


@only_where(_SHARES)
def _shares_as(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Cities that share a place "as a partner" have it, each of them: "how many cities share Riga as a partner?"."""
    for index in range(len(spans) - _TWO):
        named = next_meant(spans, index)
        together = any(span.is_place or "own" in span.of("small") for span in spans[:index])
        if (
            spans[index].words(tokens) not in _SHARES
            or named is None
            or not spans[named].is_place
            or together
        ):
            continue
        behind = next_meant(spans, named)
        if behind is not None and names_tie(spans[behind]) and tokens[spans[named].end].text == "as":
            spans[index] = replace(spans[index], concepts=DOES)
            return


@only_where(("before",))
def _before_or_after(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whether it was before or after a year is told by its day: "did they sign before or after 2005?".

    At the end "before" says no more than "ever": "have we met them before?".
    """
    words = [token.text for token in tokens]
    last = next((i for i in range(len(spans) - 1, 0, -1) if not spans[i].mark), 0)
    if words[0] in ("have", "has", "had", "did") and spans[last].words(tokens) == "before":
        spans[last] = spans[last].silenced()
    for index in range(1, len(spans) - _TWO):
        at = spans[index].start
        behind = next((i for i in range(index, len(spans)) if spans[i].time), None)
        if words[at : at + 3] != ["before", "or", "after"] or behind is None or behind - index > len("abc"):
            continue
        spans[index] = replace(spans[index], concepts=WHEN, time=None)
        silence(spans, range(index + 1, behind + 1))
        return


@only_where(("who signed",))
def _who_signed_first(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who signed first is a city: "who signed first with Kumamoto?"."""
    for index in range(len(spans) - 1):
        ordered = spans[index + 1].has(("order", "first"), ("order", "last"))
        if ordered and spans[index].words(tokens) == "who signed":
            spans[index] = replace(spans[index], concepts=frozenset({("ask", "who"), ("event", "signed")}))


# Times ---------------------------------------------------------------------------------------------------------------


_THAT_IS = frozenset(("that is", "that means", "meaning", "namely", "that is to say"))


@only_where(("that", "meaning", "namely"))
def _that_is(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A time told by what happened and then by its year is that of the year: "after the war, i.e. from 1946"."""
    for index in range(_TWO, len(spans) - 1):
        if spans[index].words(tokens) not in _THAT_IS:
            continue
        start = next((i for i in range(index - 1, -1, -1) if spans[i].of("time")), None)
        end = next((i for i in range(index, len(spans)) if spans[i].time), None)
        if start is None or end is None or any(span.mention or span.time for span in spans[start:end]):
            continue
        silence(spans, range(start, end))
        return


LOOSE: Sequence[Rule] = (
    _is_what,
    _tie_wise,
    _to_celebrate,
    _years_then,
    _becomes,
    _whether_needed,
    _got_together,
    _shares_as,
    *GUESTS,
    *ASIDE,
    _who_signed_first,
    _before_or_after,
    _that_is,
)
