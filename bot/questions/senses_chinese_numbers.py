"""What 數 and 數量 say in Chinese beside what else is asked: 姊妹市數各是多少, 姊妹市數，六都誰居冠.

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.spans import Span, ends_clause, next_meant, silence, written_in

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
            spans[index + 1] = Span(each.start, each.end, concepts=_OF_EACH)
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


_WHICH = (("ask", "which"), ("ask", "who"))
_COMPARED = frozenset(("比", "比较", "相比", "比起来", "相较", "相比较", "对比"))
_MOST = (("order", "most"), ("order", "fewest"), ("logic", "more"), ("logic", "fewer"))


@only_where(_NUMBER | _COMPARED)
def _of_what(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A number before 最多, 較多 says of what there is most, and 比一比 no more: 姊妹市數，六都誰居冠."""
    for index in range(1, len(spans) - 1):
        said = written_in(spans[index], tokens)
        counted = spans[index - 1].of("kind") and said in _NUMBER
        chosen = said in _COMPARED and spans[index + 1].mark and any(span.has(*_WHICH) for span in spans)
        if (counted or said == "比一比" or chosen) and any(span.has(*_MOST) for span in spans[index:]):
            silence(spans, (index, index + 1) if spans[index + 1].mark else (index,))
            return


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


NUMBERS: Sequence[Rule] = (
    _years_by_now,
    _more_than_theirs,
    _numbers_told_apart,
    _of_what,
)
