"""Parts of a sentence that tell what somebody does, heard or read, beside a question that is whole without them.

公文上要填, 老師我想給學生看, 畢竟每年辦雙城論壇: none of them says more of what is asked.
"""

from collections.abc import Sequence

from bot.questions.context.remarks import is_named_again, names_ours
from bot.questions.context.told import begins_remark
from bot.questions.parts.spans import Span, written_in
from bot.questions.text.normal import Token
from bot.questions.text.slips import is_han


def is_aside(spans: Sequence[Span], tokens: Sequence[Token], part: tuple[int, int]) -> bool:
    """Whether a part of a sentence tells what somebody does, heard or read, and asks nothing."""
    start, end = part
    in_a_row = any(  # 聽說臺北、高雄…
        0 < at < len(spans) - 1 and spans[at - 1].mention and spans[at + 1].mention for at in (start - 1, end)
    )
    if (
        in_a_row
        or any(map(asks, spans[start:end]))
        or (end < len(spans) and _tells_of_what(spans[start:end]))
    ):
        return False
    tells = any(span.has(("filler", "tells"), ("filler", "purpose")) for span in spans[start:end])
    return tells or _tells_of_oneself(spans, tokens, start, end)


_TOLD = frozenset(("tell", "kind", "subject", "statistics", "compare", "source"))


def _tells_of_what(part: Sequence[Span]) -> bool:
    """Whether it only says of what or when somebody wants to know something: 民眾詢問去年，我們去了哪些城市."""
    rest = [span for span in part if not (span.of("filler") or span.of("small"))]
    return bool(rest) and all(
        span.mention or span.time or any(map(span.of, ("time", "kind"))) or span.has(("logic", "among"))
        for span in rest
    )


def asks(span: Span) -> bool:
    return bool(set(span.of("ask")) - _TOLD) and not span.has(("filler", "tells"))


_OF_NOTHING = frozenset(("filler", "small", "follow", "repair"))
_ONE_FACT = (("ask", "when"), ("ask", "age"), ("ask", "whether"), ("ask", "far"), ("ask", "clock"))


def says_nothing_of_it(
    spans: Sequence[Span], tokens: Sequence[Token], start: int, part: tuple[int, int]
) -> bool:
    """Whether what stands behind a question for one fact, in Chinese, has no word that could bear on it: 公文上要填."""
    asked, behind = spans[start : part[0]], spans[slice(*part)]
    if not is_han(tokens[behind[0].start].text):
        return False
    if not (begins_remark(behind, tokens) or any(span.has(*_ONE_FACT) for span in asked)):
        return False
    denied = {("logic", "not"), ("logic", "without")}
    return all(
        span.mark
        or not span.known
        or (bool(span.concepts) and all(c[0] in _OF_NOTHING or c in denied for c in span.concepts))
        for span in behind
    )


# What somebody does -------------------------------------------------------------------------------------------------

_SOMEBODY = (
    "我们", "我", "老师", "同学", "学生", "长官", "主管", "老板", "局长", "处长", "科长", "主任", "组长", "秘书",
    "议员", "记者", "编辑", "同事", "同仁", "学长", "学姐", "家长", "孩子", "小孩", "家人", "朋友", "民众", "里长",
    "客人", "外宾", "厂商", "协会", "公司", "会计", "大家", "人家", "对方", "市长", "副市长", "县长",
)  # fmt: skip
_DOES = (
    "想", "要", "在", "得", "急", "等", "叫", "问", "催", "看", "交代", "需", "正", "打算", "准备", "负责", "刚",
    "会", "说", "还", "明天", "今天", "下午", "晚上", "等一下", "待会", "马上", "怕", "好",
)  # fmt: skip
_INTENDS = ("想", "打算", "准备", "正要", "正想", "好让", "方便", "以便")
"""With these a part says without anybody named what somebody is about to do: 想安排回訪."""

_NARROWS = ("kind", "order", "status", "state", "anniversary", "jubilee", "places", "logic", "time", "per")
_OF_EXCHANGES = ("meet", "kinds", "mode", "topics", "level", "items", "event")


def _tells_of_oneself(spans: Sequence[Span], tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a part says what somebody is about to do, and has no word that could narrow what is asked."""
    said = "".join(written_in(span, tokens) for span in spans[start:end])
    if not said or not is_han(said[0]) or said.endswith("的"):
        return False  # 我想看日本的
    somebody = next((each for each in _SOMEBODY if said.startswith(each)), None)
    rest = said.removeprefix(somebody) if somebody else said
    rest = rest.removeprefix("我们").removeprefix("我")
    does = somebody is not None and rest.startswith(_DOES)
    intends = said.startswith(_INTENDS) or (does and rest.startswith(_INTENDS))
    if not does and not intends:
        return False
    narrowing = _NARROWS if intends else (*_NARROWS, *_OF_EXCHANGES)
    whole = [*spans[:start], *spans[end:]]
    return not any(
        _bears(spans[i], whole, narrowing) and not _is_fragment(spans, i, start, end)
        for i in range(start, end)
    )


def _bears(span: Span, whole: Sequence[Span], narrowing: Sequence[str]) -> bool:
    """Whether a part may say more of what is asked."""
    if span.time or span.record or span.number is not None:
        return True
    if names_ours(span) and not is_named_again(span, whole):
        return True
    return bool(span.of("ask")) or any(span.of(section) for section in narrowing)


def _is_fragment(spans: Sequence[Span], index: int, start: int, end: int) -> bool:
    """Whether a character that is a word by itself belongs to one that nobody knows: 老 in 老師."""
    span = spans[index]
    near = [spans[i] for i in (index - 1, index + 1) if start <= i < end]
    return span.end - span.start == 1 and any(not each.known for each in near)


# What is told beside a pair -----------------------------------------------------------------------------------------

_SETTLES = (("ask", "when"), ("ask", "whether"), ("ask", "age"))
_UNSETTLED = ("order", "state", "anniversary", "jubilee", "per", "people", "kinds", "items", "mode")
_DECIDES = ("kind", "order", "status", "state", "anniversary", "jubilee", "time", "per", "people")


def is_settled(spans: Sequence[Span], part: tuple[int, int]) -> bool:
    """Whether a part asks by itself when, or whether, the two that it names became partners."""
    asked = spans[slice(*part)]
    named = sum(span.is_place for span in asked) + any("own" in span.of("small") for span in asked)
    ties = any(span.of("kind") or span.of("event") == ("signed",) for span in asked)
    met = any(span.of("meet") and not span.of("event") for span in asked)
    settles = any(span.has(*_SETTLES) for span in asked)
    return settles and ties and not met and named > 1 and not any(any(map(s.of, _UNSETTLED)) for s in asked)


def is_background(spans: Sequence[Span], part: tuple[int, int], settled: tuple[int, int]) -> bool:
    """Whether a part tells what else happened between the two of whose tie another part asks."""
    told, asked = spans[slice(*part)], spans[slice(*settled)]
    if not any(_tells(span) for span in told):
        return False
    return not any(_decides(span, asked) for span in told)


def _tells(span: Span) -> bool:
    """Whether a part says that something happened, be it with a word that nobody knows."""
    return not span.known or span.number is not None or any(map(span.of, _OF_EXCHANGES)) or _is_nobody(span)


def _is_nobody(span: Span) -> bool:
    """Whether a part is called like some place of the world that has no ties here: 合作."""
    return span.mention is not None and not names_ours(span)


def _decides(span: Span, asked: Sequence[Span]) -> bool:
    if span.of("filler"):
        return False  # 過
    if span.time or span.record or set(span.of("ask")) - {"list", "statistics", "subject"}:
        return True
    if names_ours(span) and not is_named_again(span, asked):
        return True
    narrows = set(span.of("logic")) - {"common", "earlier", "later", "only", "formerly"}
    ends = set(span.of("event")) - {"signed"}
    plain = span.of("time") in ((), ("before",), ("after",))
    return bool(narrows or ends) or not plain or any(span.of(s) for s in _DECIDES if s != "time")
