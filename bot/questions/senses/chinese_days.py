"""Days in a question in Chinese: which of two it was, 是11日還12日, those of several that a list tells anyhow,
漢堡有哪些姊妹市，分別是哪年締盟的, and whether one came before another, 締盟年份早於鹿特丹嗎."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import (
    OR,
    SIGNED,
    WHEN,
    Span,
    clauses_of,
    ends_clause,
    is_passed,
    next_meant,
    written_in,
)
from bot.questions.senses.chinese_comparisons import EARLIER, LATER
from bot.questions.text.normal import Token

# One or the other ---------------------------------------------------------------------------------------------------


@only_where(("还", "或"))
def _either_day(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Two days with 還 or 或 between leave a choice, 是11日還12日; where the day is asked for, they say no more."""
    asked = any(span.has(("ask", "when")) for span in spans)
    for index in range(1, len(spans) - 1):
        one, between, other = spans[index - 1 : index + 2]
        if written_in(between, tokens) not in ("还", "还是", "或", "或是") or not other.time:
            continue
        if one.number is not None or (one.time and asked):  # 11還是12號
            spans[index - 1], spans[index] = one.silenced(), between.silenced()
            spans[index + 1] = other.silenced() if asked else Span(other.start, other.end, concepts=WHEN)
            _our_day(spans, tokens, index - 2)
        elif one.time:
            spans[index] = Span(between.start, between.end, concepts=OR)


def _our_day(spans: list[Span], tokens: Sequence[Token], last: int) -> None:
    """Where it was that day is said of the clock, not of the tie: 臺灣這邊到底算14還15號."""
    for index in range(last, 0, -1):
        if spans[index].mark:
            return
        here = written_in(spans[index], tokens) in ("这边", "这里", "当地", "那边", "时间")
        if here and spans[index - 1].mention is not None:
            spans[index - 1] = spans[index - 1].silenced()


# The days of several ------------------------------------------------------------------------------------------------

_TWO = 2

_IN_TURN = ("各", "各自", "分别", "各别", "各是", "分别是")


@only_where(_IN_TURN)
def _days_in_turn(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The days of several that are named are told of each: 北京與柏林、科隆分別於何年締盟, 締盟年份各是多少."""
    named = sum(span.mention is not None or "own" in span.of("small") for span in spans)
    asked = [i for i, span in enumerate(spans) if span.has(("ask", "when"), ("ask", "age"))]
    if named <= _TWO or not asked or any(span.of("order") for span in spans):
        return
    for index, span in enumerate(spans):
        if span.has(("per", "home")) and written_in(span, tokens) in _IN_TURN:
            behind = next_meant(spans, index)
            if behind is not None and (behind in asked or _is_number_of(spans, behind, asked)):
                spans[index] = span.silenced()
            if behind is not None and _is_number_of(spans, behind, asked):
                spans[behind] = spans[behind].silenced()


def _is_number_of(spans: Sequence[Span], index: int, asked: Sequence[int]) -> bool:
    """Whether 多少 or 為何 asks for the years that were named before it."""
    count = spans[index].of("ask") and set(spans[index].of("ask")) <= {"count", "which", "why"}
    return bool(count) and asked[-1] < index and ends_clause(spans, index)


_MANY = ("哪些", "哪几", "有谁", "谁", "清单", "名单", "列")
_OF_SIGNING = (("event", "signed"), ("per", "home"), ("logic", "each"), ("ask", "when"))


@only_where(_MANY)
def _days_behind_a_list(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The days of all that are asked for are in a list of them: 漢堡有哪些姊妹市，分別是哪年締盟的."""
    first, *later = clauses_of(spans)
    lists = [i for i in first if spans[i].has(("ask", "which"), ("ask", "who"), ("ask", "list"))]
    many = any(word in written_in(spans[i], tokens) for i in lists for word in _MANY)
    of_ties = any(spans[i].of("kind") for i in first)
    if not (many and of_ties) or any(spans[i].of("order") or spans[i].has(("ask", "when")) for i in first):
        return
    for clause in later:
        said = [spans[i] for i in clause if not is_passed(spans[i])]
        dated = any(span.has(("ask", "when")) for span in said)
        if dated and all(span.has(*_OF_SIGNING) and not span.mention for span in said):
            for i in clause:
                spans[i] = spans[i].silenced()


# What is asked beside the day ---------------------------------------------------------------------------------------


def _last_beside_times(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What the last of them was, asked behind how many there were, is told with them: 交流過幾次，最近一次做了什麼."""
    clauses = list(clauses_of(spans))
    for clause in clauses[1:]:
        counted = any(span.has(("ask", "times")) for span in spans[: clause.start])
        last = any(spans[i].has(("order", "last")) for i in clause)
        asks = any(spans[i].has(("ask", "subject"), ("ask", "when"), ("ask", "did")) for i in clause)
        named = any(spans[i].mention or spans[i].time or spans[i].of("kind") for i in clause)
        if counted and last and asks and not named:
            for i in clause:
                spans[i] = spans[i].silenced()


# Which day ----------------------------------------------------------------------------------------------------------

_THAT_YEAR = ("那年", "那一年")
_THAT_DAY = ("那天", "那一天", "那日")


@only_where((*_THAT_YEAR, *_THAT_DAY))
def _which_year(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who writes 那年 where nothing else is asked, and no year was told, asks for it: 那 is typed for 哪.

    A question may end with it, too: 副署那天是？
    """
    if any(span.time or set(span.of("ask")) - {"whether"} for span in spans):
        return
    signed = any(span.has(("event", "signed")) or span.of("kind") for span in spans)
    met = any(span.of("meet") or span.of("kinds") for span in spans)
    for index, span in enumerate(spans):
        said = written_in(span, tokens)
        if (signed and said in _THAT_YEAR) or ((signed or met) and said in _THAT_DAY):
            spans[index] = replace(span, concepts=frozenset({("ask", "when")}))


# Whose day came first -----------------------------------------------------------------------------------------------

_DAYS = ("年份", "年度", "日期", "时间", "时点", "年月", "日", "年")
ASKING_DAY = frozenset("哪几何多")


def _compared_days(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whether a day is earlier than another's asks for none of them: 締盟年份早於鹿特丹嗎, 簽約時間比釜山晚嗎."""
    compared = any(span.has(EARLIER, LATER) for span in spans)
    if not (compared and any(span.has(("logic", "than")) for span in spans)):
        return
    if not any(span.has(("ask", "whether")) for span in spans):
        return
    for index, span in enumerate(spans):
        said = written_in(span, tokens)
        if span.has(("ask", "when")) and said.endswith(_DAYS) and not ASKING_DAY & set(said):
            spans[index] = Span(span.start, span.end, concepts=SIGNED)


WHICH_DAY: Sequence[Rule] = (_which_year, _compared_days)
DAYS: Sequence[Rule] = (
    _either_day,
    _days_in_turn,
    _days_behind_a_list,
    _last_beside_times,
)
