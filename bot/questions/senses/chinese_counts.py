"""Numbers in a question in Chinese: what 數 says beside what else is asked, what is counted, and which or how many of
those: 姊妹市數各是多少, 友好城市有幾個，姊妹市有幾個, 排名前三久的姊妹市."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import (
    Span,
    clauses_of,
    ends_clause,
    is_passed,
    next_meant,
    silence,
    written_in,
)
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

# What 數 says --------------------------------------------------------------------------------------------------------

_COUNT: frozenset[Concept] = frozenset({("ask", "count")})
_NUMBER = frozenset(("数", "数量", "总数", "数目", "个数", "多寡", "数量多寡"))
_OF_EACH: frozenset[Concept] = frozenset({("per", "home")})
_MORE_OR_LESS = (
    ("logic", "over"),
    ("logic", "under"),
    ("logic", "least"),
    ("logic", "most"),
    ("anniversary", "older"),
)


@only_where(_NUMBER)
def _numbers_told_apart(spans: list[Span], tokens: Sequence[Token]) -> None:
    """姊妹市數各是多少 asks for the number of each, 姊妹市數有超過30嗎 for none."""
    for index in range(1, len(spans) - 1):
        if written_in(spans[index], tokens) not in _NUMBER or not spans[index - 1].of("kind"):
            continue
        each = spans[index + 1]
        said = written_in(each, tokens)
        if each.has(("per", "home")) or said in ("分别是", "各是"):
            spans[index] = spans[index].silenced()
            asked = each.concepts & {("ask", "statistics")}
            spans[index + 1] = Span(each.start, each.end, concepts=_OF_EACH | asked)
            last = next_meant(spans, index + 1)
            if last is not None and written_in(spans[last], tokens) in (
                "为何",
                "多少",
                "是多少",
                "几个",
                "若干",
            ):
                spans[last] = Span(spans[last].start, spans[last].end, concepts=_COUNT)
            return
        bound = index + 1 + (said in ("有", "有没有", "是否", "是不是"))
        asks = any(span.has(("ask", "whether")) for span in spans[index + 1 :])
        if asks and bound < len(spans) and spans[bound].has(*_MORE_OR_LESS):
            spans[index] = spans[index].silenced()
            return


WHICH = (("ask", "which"), ("ask", "who"))
_COMPARED = frozenset(("比", "比较", "相比", "比起来", "相较", "相比较", "对比"))
_MOST = (("order", "most"), ("order", "fewest"), ("logic", "more"), ("logic", "fewer"))


@only_where(_NUMBER | _COMPARED)
def _of_what(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A number before 最多, 較多 says of what there is most, and 比一比 no more: 姊妹市數，六都誰居冠."""
    for index in range(1, len(spans) - 1):
        said = written_in(spans[index], tokens)
        counted = spans[index - 1].of("kind") and said in _NUMBER
        chosen = said in _COMPARED and spans[index + 1].mark and any(span.has(*WHICH) for span in spans)
        if (counted or said == "比一比" or chosen) and any(span.has(*_MOST) for span in spans[index:]):
            silence(spans, (index, index + 1) if spans[index + 1].mark else (index,))
            return


# More than that -----------------------------------------------------------------------------------------------------

_EXCEEDS = {"多于": "more", "多过": "more", "超过": "more", "高于": "more", "少于": "fewer", "低于": "fewer"}


@only_where(_EXCEEDS)
def _more_than_theirs(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Before a name 多於 is more than theirs, and no bound: 我們的姊妹市多於臺中嗎."""
    for index in range(1, len(spans) - 1):
        more = _EXCEEDS.get(written_in(spans[index], tokens))
        if more and spans[index + 1].mention and any(span.of("kind") for span in spans[:index]):
            concepts = frozenset({("logic", more), ("logic", "than")})
            spans[index] = Span(spans[index].start, spans[index].end, concepts=concepts)


_LEAST: frozenset[Concept] = frozenset({("logic", "least")})


@only_where(("年",))
def _years_by_now(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Which ones are so many years 了 are those that are that old at least: 哪些姊妹市締盟三十年了."""
    for number, years, now in zip(range(len(spans)), spans[1:], spans[2:], strict=False):
        counted = spans[number].number is not None and written_in(years, tokens) == "年"
        asked = any(span.has(("ask", "which")) for span in spans[:number])
        turned = number and spans[number - 1].of("anniversary")
        ends = written_in(now, tokens) == "了" and ends_clause(spans, number + 2)
        if counted and asked and ends and not turned:
            spans[number + 2] = Span(now.start, now.end, concepts=_LEAST)


# Counting -----------------------------------------------------------------------------------------------------------

_COUNTED = ("kind", "kinds", "items")
_COUNTED_WORDS = (
    ("noun", "exchange"), ("noun", "tie"), ("noun", "act"), ("event", "signed"), ("meet", "visit"), ("meet", "came"),
    ("meet", "went"),
)  # fmt: skip


@only_where(("数",))
def _numbers_of(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A 數 behind what is counted asks for its number: 締盟數, 簽約數, 來訪數."""
    for index, span in enumerate(spans):
        if not index or written_in(span, tokens) != "数" or not ends_clause(spans, index):
            continue
        before = spans[index - 1]
        if any(before.of(section) for section in _COUNTED) or before.has(*_COUNTED_WORDS):
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


_WHICH_ALTOGETHER = frozenset(("哪些", "有哪些", "什么", "有什么", "哪几个", "有哪几个", "谁", "有谁"))


@only_where(each[0] for each in _ALTOGETHER)
def _which_altogether(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Which there are altogether is no number: 總共有哪些交流."""
    for index, span in enumerate(spans[:-1]):
        if (
            written_in(span, tokens) in _ALTOGETHER
            and written_in(spans[index + 1], tokens) in _WHICH_ALTOGETHER
        ):
            spans[index] = span.silenced()


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


# The first so many, and so many at least ----------------------------------------------------------------------------

_OLD = ("久", "老", "早", "资深", "悠久")
_NEW = ("新", "晚", "年轻", "资浅")


@only_where((*_OLD, *_NEW))
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


COUNTS: Sequence[Rule] = (
    _years_by_now,
    _more_than_theirs,
    _numbers_told_apart,
    _of_what,
    _counted_out,
    _which_altogether,
    _numbers_of,
    _counted_in_turn,
)
_MOST_OF_ALL: frozenset[Concept] = frozenset({("order", "most")})
_PLACES = ("名", "大", "位", "个")


@only_where(("前",))
def _top_countries(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The first five countries are those with most where nothing else puts them in order: 姊妹市前五名的國家."""
    if any(span.of("order") for span in spans) or not any(span.of("kind") for span in spans):
        return
    for at in range(len(spans) - 3):
        behind = [span for span in spans[at + 3 : at + 5] if not span.has(("small", "of"))]
        counted = spans[at].has(("logic", "top")) and spans[at + 1].number is not None
        if not counted or not behind or not behind[0].has(("noun", "country")):
            continue
        if written_in(spans[at + 2], tokens) in _PLACES:
            spans[at + 2] = Span(spans[at + 2].start, spans[at + 2].end, concepts=_MOST_OF_ALL)
            return


SO_MANY: Sequence[Rule] = (_top_countries, _oldest_so_many, _two_or_more)
