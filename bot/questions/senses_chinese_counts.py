"""Numbers and days in a question in Chinese: what is counted, what is known and told, which of two days it was.

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.spans import OR, WHEN, Span, clauses_of, ends_clause, is_passed, next_meant, written_in

# Counting -----------------------------------------------------------------------------------------------------------

_COUNTED = ("kind", "kinds", "items")
_COUNT: frozenset[Concept] = frozenset({("ask", "count")})


def _numbers_of(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A 數 behind what is counted asks for its number: 締盟數."""
    for index, span in enumerate(spans):
        if not index or written_in(span, tokens) != "数" or not ends_clause(spans, index):
            continue
        before = spans[index - 1]
        if any(before.of(section) for section in _COUNTED) or before.has(
            ("noun", "exchange"), ("noun", "tie")
        ):
            spans[index] = Span(span.start, span.end, concepts=_COUNT)


_COUNTS_OUT = frozenset(("统计", "计算", "算", "数", "清点", "加总"))


@only_where(each[0] for each in _COUNTS_OUT)
def _counted_out(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whoever asks for a number with 幾個, too, is not asking for numbers by year: 請統計高雄有幾個姊妹市."""
    numbers = [i for i, span in enumerate(spans) if span.has(("ask", "count"), ("ask", "times"))]
    for index, span in enumerate(spans):
        said = written_in(span, tokens)
        if said in _COUNTS_OUT and any(i > index for i in numbers) and not span.number:
            spans[index] = span.silenced()


_ALTOGETHER = frozenset(("总共有", "一共有", "总共", "一共", "合计有", "合计", "总计有", "总计"))


@only_where(each[0] for each in _ALTOGETHER)
def _which_altogether(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Which there are altogether is no number: 總共有哪些交流."""
    for index, span in enumerate(spans[:-1]):
        if written_in(span, tokens) in _ALTOGETHER and written_in(spans[index + 1], tokens) in _WHICH:
            spans[index] = span.silenced()


_WHICH = frozenset(("哪些", "有哪些", "什么", "有什么", "哪几个", "有哪几个", "谁", "有谁"))

_EACH: frozenset[Concept] = _COUNT | {("per", "home")}


def _counted_in_turn(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Numbers of one kind and then of another are numbers of each: 友好城市有幾個，姊妹市有幾個."""
    clauses = list(clauses_of(spans))
    counts = [[i for i in clause if spans[i].has(("ask", "count"))] for clause in clauses]
    kinds = [[i for i in clause if spans[i].of("kind")] for clause in clauses]
    if len(clauses) < len(("one", "other")) or any(len(each) != 1 for each in (*counts, *kinds)):
        return
    later = (spans[i] for clause in clauses[1:] for i in clause)
    if not all(span.of("kind") or span.has(("ask", "count")) or is_passed(span) for span in later):
        return
    for number, (at,) in enumerate(counts):
        spans[at] = spans[at].silenced() if number else replace(spans[at], concepts=_EACH)


# One or the other ---------------------------------------------------------------------------------------------------


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


_IN_TURN = ("各", "各自", "分别", "各别", "各是", "分别是")


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


_MANY = ("哪些", "哪几", "有谁", "谁", "清单", "名单", "列")
_OF_SIGNING = (("event", "signed"), ("per", "home"), ("logic", "each"), ("ask", "when"))


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


def _is_number_of(spans: Sequence[Span], index: int, asked: Sequence[int]) -> bool:
    """Whether 多少 or 為何 asks for the years that were named before it."""
    count = spans[index].of("ask") and set(spans[index].of("ask")) <= {"count", "which", "why"}
    return bool(count) and asked[-1] < index and ends_clause(spans, index)


_TWO = 2


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


_BOUNDS = (("logic", "least"), ("logic", "most"), ("logic", "over"), ("logic", "under"))


@only_where(("两个", "两座", "二个"))
def _two_or_more(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Beside a bound 兩個 is a number, and not "the two": 兩個以上的日本姊妹市."""
    for index in range(len(spans) - 1, -1, -1):
        span = spans[index]
        if written_in(span, tokens) not in ("两个", "两座", "二个") or span.number is not None:
            continue
        beside = [spans[i] for i in (index - 1, index + 1) if 0 <= i < len(spans)]
        if any(each.has(*_BOUNDS) for each in beside):
            unit = Span(span.start + 1, span.end).silenced()
            spans[index : index + 1] = [Span(span.start, span.start + 1, number=2), unit]


# The first so many ---------------------------------------------------------------------------------------------------

_OLD = ("久", "老", "早", "资深", "悠久")
_NEW = ("新", "晚", "年轻", "资浅")


def _oldest_so_many(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind 前三 an old or a new says by what they are put in order: 排名前三久的姊妹市."""
    for index in range(1, len(spans) - 1):
        if spans[index].number is None or not spans[index - 1].has(("logic", "top")):
            continue
        said = written_in(spans[index + 1], tokens)
        by = "first" if said in _OLD else "last" if said in _NEW else ""
        if by:
            order = frozenset({("order", by)})
            spans[index + 1] = Span(spans[index + 1].start, spans[index + 1].end, concepts=order)


COUNTS: Sequence[Rule] = (
    _counted_out,
    _which_altogether,
    _numbers_of,
    _counted_in_turn,
    _either_day,
    _days_in_turn,
    _days_behind_a_list,
    _last_beside_times,
    _oldest_so_many,
    _two_or_more,
)
