"""What 數 and 數量 say in Chinese beside what else is asked: 姊妹市數各是多少, 姊妹市數，六都誰居冠.

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.spans import Span, next_meant, silence, written_in

_COUNT: frozenset[Concept] = frozenset({("ask", "count")})
_NUMBER = frozenset(("数", "数量", "总数", "数目", "个数"))
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


_MOST = (("order", "most"), ("order", "fewest"), ("logic", "more"), ("logic", "fewer"))


@only_where(_NUMBER | {"比一比"})
def _of_what(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Before a mark a number says of what there is most, and 比一比 no more: 姊妹市數，六都誰居冠."""
    mark = next((i for i, span in enumerate(spans) if span.mark), 0)
    if mark < 1 or not any(span.has(*_MOST) for span in spans[mark:]):
        return
    before = spans[mark - 1]
    counted = mark > 1 and spans[mark - 2].of("kind") and written_in(before, tokens) in _NUMBER
    if counted or written_in(before, tokens) == "比一比":
        silence(spans, (mark - 1, mark))


NUMBERS: Sequence[Rule] = (
    _numbers_told_apart,
    _of_what,
)
