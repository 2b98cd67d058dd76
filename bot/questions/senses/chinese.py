"""Words of Chinese whose sense the words around them decide; `bot.questions.senses.both` has those of both languages.

A word that may say much or nothing, 到, 無, 什麼, 也, is told apart by where it stands, so that none is passed over
that says what is asked. In which order all rules on Chinese run is told here.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import AID, WHETHER, Span, clauses_of, ends_clause, written_in
from bot.questions.senses.chinese_acts import ACTS
from bot.questions.senses.chinese_chat import CHAT
from bot.questions.senses.chinese_comparisons import COMPARED, EARLIER, EITHER
from bot.questions.senses.chinese_counts import COUNTS, SO_MANY
from bot.questions.senses.chinese_days import DAYS, WHICH_DAY
from bot.questions.senses.chinese_exchanges import EXCHANGES
from bot.questions.senses.chinese_meetings import MEETINGS
from bot.questions.senses.chinese_places import LEVELS, SPEAKERS
from bot.questions.senses.chinese_plain import PLAIN
from bot.questions.senses.chinese_ties import TIES
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

# Kinds that are to be listed as well --------------------------------------------------------------------------------

_AS_WELL = frozenset(
    ("也", "连", "含", "包含", "包括", "加上", "加计", "一并", "连同", "都可以", "都可", "都算", "都行")
)


@only_where(_AS_WELL)
def _added_kinds(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A clause of its own that lets in a kind widens what is asked: 簽了哪些，備忘錄也算."""
    clauses = list(clauses_of(spans))
    if len(clauses) == 1:
        return
    for clause in clauses:
        kinds = [i for i in clause if spans[i].of("kind")]
        said = "".join(written_in(spans[i], tokens) for i in clause)
        narrowed = any(
            spans[i].mention or spans[i].time or spans[i].number is not None or "own" in spans[i].of("small")
            or spans[i].has(("logic", "not"), ("logic", "except"), ("logic", "only"), ("ask", "whether"))
            or any(key != "list" for key in spans[i].of("ask"))
            for i in clause
        )  # fmt: skip
        if not kinds or narrowed or not any(word in said for word in _AS_WELL):
            continue
        for i in clause:
            added = spans[i].concepts | {("logic", "added")} if i in kinds else None
            spans[i] = replace(spans[i], concepts=added) if added else spans[i].silenced()


# Arriving -----------------------------------------------------------------------------------------------------------

_BROUGHT = frozenset(("送", "送过", "送了", "到", "到了", "抵达", "运到", "寄", "收到", "到达"))
_CAME: frozenset[Concept] = frozenset({("meet", "came")})
_GOT = frozenset(("收到", "拿到"))
_GAVE = frozenset(("送", "送过", "送了"))


@only_where(_GOT | _BROUGHT | _GAVE | {"到", "抵"})
def _arrivals(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What is sent and arrives was given, and is not whatever else was told of it: 穿山甲是幾號到的."""
    things = any(
        span.of("items")
        or span.has(("noun", "thing"))
        or "".join(written_in(each, tokens) for each in spans[i : i + 2]) in _WHAT_THING
        or written_in(span, tokens) in _WHAT_THING
        for i, span in enumerate(spans)
    )
    asked = any(span.has(("ask", "when")) for span in spans)
    asked = asked and not any(span.has(("anniversary", "anniversary")) for span in spans)
    for index, span in enumerate(spans):
        said = written_in(span, tokens)
        if said in _GOT and span.of("meet") and _asks_what(spans, tokens):
            spans[index] = Span(span.start, span.end, concepts=AID)  # 三蘭港收到漢堡的什麼
            continue
        arrives = said in ("到", "到了", "抵") and asked and ends_clause(spans, index)
        if arrives or (things and said in _BROUGHT and span.of("meet")):
            spans[index] = Span(span.start, span.end, concepts=AID if things else _CAME)
        elif said in _GAVE and span.of("meet") and _meets_otherwise(spans):
            spans[index] = Span(span.start, span.end)  # 龍舟是哪年送的: not when there was a race


_WHAT_THING = frozenset(
    f"{what}{thing}"
    for what in ("什么", "哪种", "何种", "啥")
    for thing in (
        "动物",
        "东西",
        "物品",
        "礼物",
        "礼品",
        "物资",
        "宝贝",
        "玩意",
        "水果",
        "农产",
        "食物",
        "书",
        "画",
    )
)
_WHAT = frozenset(("什么", "甚么", "啥", "哪些"))


def _asks_what(spans: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether of two who are named it is asked what the one got, with no noun behind that."""
    named = sum(each.mention is not None or "own" in each.of("small") for each in spans)
    asked = [i for i, each in enumerate(spans) if each.has(("ask", "which"))]
    return (
        named > 1
        and bool(asked)
        and written_in(spans[asked[-1]], tokens) in _WHAT
        and ends_clause(spans, asked[-1])
    )


def _meets_otherwise(spans: Sequence[Span]) -> bool:
    """Whether exchanges are spoken of that are no gifts."""
    kinds = {key for span in spans for key in span.of("kinds")}
    return bool(kinds) and "aid" not in kinds


# A yes or a no ------------------------------------------------------------------------------------------------------


@only_where(("没", "无", "否"))
def _trailing_denial(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A 無, 沒 or 了沒有 that ends a sentence asks for a yes or a no: 是咱的友好城市無."""
    for index, span in enumerate(spans):
        said = written_in(span, tokens)
        done = index and tokens[span.start - 1].text in "了过" and said in ("没有", "没")  # 辦了沒有
        if said == "没有" and index and _was_done(tokens, span.start):
            done = True  # 簽過任何協議沒有
        if index and (done or said in ("无", "没", "否")) and ends_clause(spans, index):
            if any(each.of("ask") for each in spans):
                continue
            spans[index] = Span(span.start, span.end, concepts=WHETHER)


def _was_done(tokens: Sequence[Token], end: int) -> bool:
    """Whether something is said to have been done, in the same clause: 來過本府, 簽了備忘錄."""
    clause = "".join(token.text for token in tokens[:end])
    clause = re.split(r"[,.;:?!]", clause)[-1]
    return re.search(r"[签订缔结办谈来去访见聊送收成做参到][了过]", clause) is not None


_ANYTHING = frozenset(("什么", "甚么", "啥"))


@only_where(_ANYTHING)
def _anything(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Before 嗎 and behind 有沒有 the word for "what" says "anything": 有簽過什麼嗎, 有沒有簽什麼約."""
    whether = next((i for i, span in enumerate(spans) if span.has(("ask", "whether"))), len(spans))
    for index, span in enumerate(spans):
        if index > whether and span.has(("ask", "kind")) and written_in(span, tokens).startswith("什么"):
            spans[index] = Span(span.start, span.end, concepts=frozenset({("noun", "act")}))
            continue
        behind = next((i for i in range(index + 1, len(spans)) if not spans[i].of("small")), None)
        ends = behind is not None and written_in(spans[behind], tokens) in ("吗", "没", "没有")
        if ends and span.has(("ask", "which")) and written_in(span, tokens) in _ANYTHING:
            spans[index] = span.silenced()


_LATELY = frozenset(("最近", "最近有", "近期", "近来"))


@only_where(_LATELY)
def _lately(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Beside how lively a tie is, or before a yes or no, 最近 says "these days" and puts nothing in order.

    Of these days no day is on record: what asks for them is asked back, but for states, which are of today.
    """
    states = any(span.of("state") for span in spans)
    asked = [key for span in spans for key in span.of("ask")]
    whether = bool(asked) and set(asked) == {"whether"}
    for index, span in enumerate(spans):
        if not span.has(("order", "last")) or written_in(span, tokens) not in _LATELY:
            continue
        if states:
            spans[index] = span.silenced()
        elif whether:
            spans[index] = Span(span.start, span.end, concepts=frozenset({("logic", "lately")}))


@only_where(("是", "有", "已"))
def _stated(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What is stated, and nothing asked with it, is to be confirmed: 柏林跟臺北是姊妹關係？"""
    if any(span.of("ask") or span.has(("anniversary", "anniversary"), ("order", "next")) for span in spans):
        return
    if any(span.has(("logic", "or")) for span in spans) and any(span.of("order") for span in spans):
        return  # 是先和德勒斯登還是先和基爾
    end = len(spans)
    while end and spans[end - 1].mark:
        end -= 1
    sure = end < len(spans) and tokens[spans[end].start].text == "?"
    clause = spans[:end]
    if not clause or any(each.mark for each in clause) or clause[-1].of("small"):
        return
    if written_in(clause[-1], tokens).startswith("的") and clause[-1].has(("noun", "city")):
        return  # 同時是科隆和柏林姊妹市的城市
    named = sum(each.mention is not None or "own" in each.of("small") for each in clause)
    words = ("是", "有", "已", "已经") if sure else ("是",)  # 和臺北簽有備忘錄的日本城市 states nothing
    verbs = [i for i, each in enumerate(clause[:-1]) if written_in(each, tokens) in words]
    if any(each.has(("logic", "or")) for each in clause) and any(each.has(EARLIER) for each in clause):
        return  # 是先和釜山還是先和關島締盟
    if named > 1 and verbs and any(each.of("kind") for each in clause):
        verb = spans[verbs[0]]
        spans[verbs[0]] = Span(verb.start, verb.end, concepts=verb.concepts | WHETHER)


# What is left out anyhow -------------------------------------------------------------------------------------------

_OVER: Sequence[Concept] = (
    ("event", "ended"),
    ("event", "paused"),
    ("status", "ended"),
    ("status", "paused"),
)


def _over_left_out(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What is over is in no list unless it is asked for: …有哪些，已經被取代的別列."""
    for clause in list(clauses_of(spans))[1:]:
        over = any(spans[i].has(*_OVER) for i in clause)
        out = spans[clause[-1]].has(("logic", "except")) or spans[clause[0]].has(("logic", "except"))
        named = any(spans[i].mention or spans[i].time or spans[i].number is not None for i in clause)
        if over and out and not named:
            for i in clause:
                spans[i] = spans[i].silenced()


RULES: Sequence[Rule] = (
    *SPEAKERS,
    *CHAT,
    *ACTS,
    *LEVELS,
    *PLAIN,
    _added_kinds,
    _arrivals,
    _trailing_denial,
    _anything,
    _lately,
    _stated,
    _over_left_out,
    *COUNTS,
    *DAYS,
    *SO_MANY,
    *TIES,
    *EITHER,
    *WHICH_DAY,
    *COMPARED,
    *MEETINGS,
    *EXCHANGES,
)
