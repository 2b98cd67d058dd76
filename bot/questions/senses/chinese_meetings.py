"""Words of Chinese that say what was done rather than signed: 慶祝五週年, 到高千穗町, 拜會市長, 議會通過."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import FIRST, SILENT, Span, ends_clause, written_in
from bot.questions.senses.chinese_counts import WHICH
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

# Anniversaries that were kept ---------------------------------------------------------------------------------------

_MOVED = (("meet", "came"), ("meet", "went"), ("meet", "visit"), ("meet", "received"), ("noun", "deputy"))
_TOOK_PART = frozenset(("参加", "出席", "抵达", "到场", "现身", "列席"))
_HELD = frozenset(("办", "举办", "举行", "办理", "办过", "举办过", "办了", "登场"))
_FEAST = ("典礼", "活动", "酒会", "大典", "庆典", "晚会", "仪式", "庆祝", "音乐会")
_OVER = ("的", "了", "过")
_IN_TURN = ("tens", "milestone", "older", "younger")


def _celebrations(spans: list[Span], tokens: Sequence[Token]) -> None:
    """An anniversary for which somebody came, or that was kept with a ceremony, tells what the exchange was about.

    花蓮市長何時到高千穗慶祝五週年 is asked of the visit, 六十週年線上典禮 of the ceremony: not of the tie.
    """
    at = next((i for i, span in enumerate(spans) if span.has(("anniversary", "anniversary"))), None)
    asked = {key for span in spans for key in span.of("ask")}
    if at is None or not asked & {"when", "subject", "which", "who", "whether", "count", "where"}:
        return
    if "age" in asked or any(span.of("order") or span.has(*_next_ones()) for span in spans):
        return
    said = [written_in(span, tokens) for span in spans]
    kinds = {key for span in spans for key in span.of("kinds")} - {"signing"}
    leader = any(span.of("people") for span in spans) and any(s.startswith("庆祝") or s == "到" for s in said)
    kept = any(s in _HELD for s in said) and any(word in s for s in said[at:] for word in _FEAST)
    kept = kept or any(s.startswith("庆祝") for s in said[at:])  # 二十週年是哪天慶祝的
    came = any(span.has(*_MOVED) and not span.of("anniversary") for span in spans) or any(
        s in _TOOK_PART for s in said
    )
    ends = [
        word
        for span, word in zip(spans, said, strict=True)
        if not (span.mark or "thanks" in span.of("filler"))
    ]
    when_kept = ends[-1] in _OVER and ends[-2:-1] == ["庆祝"] and "when" in asked  # 是哪天慶祝的
    if not (kinds or leader or came or when_kept or (kept and ends[-1] in _OVER)):
        return
    spans[at] = replace(spans[at], concepts=frozenset({("items", "jubilee")}))
    for index, span in enumerate(spans):
        if span.of("anniversary") == ("turning",):
            rest = frozenset(each for each in span.concepts if each[0] != "anniversary")
            spans[index] = replace(span, concepts=rest or SILENT)


def _next_ones() -> Sequence[Concept]:
    return [("anniversary", key) for key in _IN_TURN]


# Who goes where -----------------------------------------------------------------------------------------------------

_TO = frozenset(("到", "至", "到过", "到了"))
_GOES: frozenset[Concept] = frozenset({("meet", "visit"), ("small", "to")})


@only_where(_TO)
def _goes_to(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A mayor or a delegation that 到 somewhere goes there, where nothing else is said of them: 縣長何時到高千穗町."""
    if not any(
        span.has(("ask", "when"), ("ask", "whether"), ("ask", "who"), ("ask", "times")) for span in spans
    ):
        return
    if any(
        any(map(span.of, ("meet", "event", "kind", "anniversary"))) and not _is_to(span) for span in spans
    ):
        return
    for index, span in enumerate(spans[:-1]):
        goal = spans[index + 1]
        somebody = any(each.of("people") or each.has(("noun", "deputy")) for each in spans[:index])
        somebody = somebody or any(each.has(("kinds", "visit"), ("noun", "people")) for each in spans[:index])
        named = goal.mention is not None or "own" in goal.of("small")
        if somebody and named and written_in(span, tokens) in _TO:
            spans[index] = replace(span, concepts=_GOES)


def _is_to(span: Span) -> bool:
    return span.has(("small", "to"), ("filler", "words"))


_CALLED_ON = frozenset(("拜会", "来拜会", "拜访", "去拜访", "拜会过", "晋见", "会见", "会晤", "见"))


@only_where(_CALLED_ON)
def _called_on(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whose mayor somebody calls on does not say who came: 延岡市是誰來拜會臺南市長."""
    for index in range(1, len(spans) - 1):
        behind = index + 1
        whose = spans[behind].mention is not None or "own" in spans[behind].of("small")
        mayor = behind + whose
        if written_in(spans[index], tokens) not in _CALLED_ON or mayor >= len(spans):
            continue
        if spans[mayor].has(("people", "mayor")) and (whose or ends_clause(spans, mayor)):
            spans[mayor] = spans[mayor].silenced()


@only_where(("签",))
def _mayor_signs(spans: list[Span], tokens: Sequence[Token]) -> None:
    """With whom a mayor signed is asked of the city's ties: 臺中市長今年和誰簽了備忘錄."""
    said = "".join(token.text for token in tokens)
    acts = any(span.of("kind") or span.has(("noun", "act")) for span in spans)
    asked = any(span.has(*WHICH) for span in spans)
    met = any(span.of("meet") or span.of("kinds") or span.of("anniversary") for span in spans)
    if not (acts and asked and "签" in said) or met:
        return
    for index, span in enumerate(spans):
        before = spans[index - 1] if index else None
        whose = before is None or before.mention is not None or "own" in before.of("small")
        if whose and span.has(("people", "mayor")):
            spans[index] = span.silenced()
            return


# Councils -----------------------------------------------------------------------------------------------------------

_COUNCIL = ("议会", "市议会", "县议会")
_COUNCILS_DO = (("kinds", "other"), ("kinds", "visit"), ("meet", "came"), ("meet", "went"), ("meet", "visit"))


@only_where(_COUNCIL)
def _councils(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The council of a place that approved something, or came: 臺北市議會哪天通過, 奧克蘭市議會代表團."""
    for index in range(1, len(spans) - 1):
        end = next((n for n in (2, 3) if _together(spans[index : index + n], tokens) in _COUNCIL), 0)
        does = any(span.has(*_COUNCILS_DO) for span in spans[index + end :])
        if end and does and spans[index - 1].mention is not None:
            last = spans[index + end - 1].end
            council = Span(spans[index].start, last, concepts=frozenset({("items", "council")}))
            spans[index : index + end] = [council]
            return


def _together(spans: Sequence[Span], tokens: Sequence[Token]) -> str:
    return "".join(written_in(span, tokens) for span in spans)


# When they began ----------------------------------------------------------------------------------------------------

_BEGIN = ("开始", "起", "算起", "起算", "开始算")


def _since_when_they_met(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Since when there have been exchanges asks for the first: 交流從哪年開始, 哪年開始跟仙台往來."""
    met = any(span.of("meet") or span.of("kinds") or span.has(("noun", "exchange")) for span in spans)
    met = met or any(span.of("items") for span in spans)
    tied = any(span.of("kind") or span.has(("noun", "act")) for span in spans)
    if not met or tied or any(span.of("order") for span in spans):
        return
    for index, span in enumerate(spans):
        said = written_in(span, tokens)
        begins = next((word for word in _BEGIN if said.endswith(word)), "")
        if span.has(("ask", "when")) and begins and said != begins:
            cut = span.end - len(begins)
            spans[index : index + 1] = [
                replace(span, end=cut),
                Span(cut, span.end, concepts=FIRST),
            ]
            return
        asked = any(each.has(("ask", "when")) for each in spans[:index])
        if asked and said in ("开始", "起") and span.has(("event", "signed")):
            spans[index] = Span(span.start, span.end, concepts=FIRST)
            return


_STILL: frozenset[Concept] = frozenset({("state", "fresh")})
_IN_TOUCH = ("交流", "往来", "互动", "联络", "联系", "来往", "接触")


@only_where(_IN_TOUCH)
def _still_in_touch(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Of many it is asked which are in touch, and not how each stands: 跟哪些姊妹市還有在交流."""
    many = any(
        span.has(("ask", "which"), ("ask", "who"), ("ask", "count"), ("ask", "list")) for span in spans
    )
    for index, span in enumerate(spans):
        if many and span.has(("ask", "status")) and written_in(span, tokens).endswith(_IN_TOUCH):
            spans[index] = Span(span.start, span.end, concepts=_STILL)


@only_where(("没",))
def _held_or_not(spans: list[Span], tokens: Sequence[Token]) -> None:
    """有沒有辦 asks whether it was held, and does not say that it was called off: 有 | 沒有辦."""
    for index in range(1, len(spans)):
        before, span = spans[index - 1], spans[index]
        said = written_in(before, tokens), written_in(span, tokens)[: len("没有")]
        if span.has(("meet", "cancelled")) and said == ("有", "没有"):
            spans[index - 1] = Span(before.start, before.end, concepts=frozenset({("ask", "whether")}))
            spans[index] = Span(span.start, span.end, concepts=frozenset({("meet", "held")}))
            return


MEETINGS: Sequence[Rule] = (
    _held_or_not,
    _called_on,
    _mayor_signs,
    _celebrations,
    _goes_to,
    _councils,
    _since_when_they_met,
    _still_in_touch,
)
