"""Words of Chinese as they are typed plainly: 距離臺北最遠的, 關於日本，…, 首先跟誰締盟, 夥伴都有哪些."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import (
    FIRST,
    Span,
    clauses_of,
    ends_clause,
    is_passed,
    next_meant,
    silence,
    written_in,
)
from bot.questions.senses.chinese_counts import WHICH
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

# How far ------------------------------------------------------------------------------------------------------------

_FARTHEST = (("order", "farthest"), ("order", "nearest"))
_TO: frozenset[Concept] = frozenset({("small", "to")})
_FROM = ("距离", "离", "距")


@only_where(_FROM)
def _from_there(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Beside 最遠 a 距離 says from where it is measured, and asks for no number: 距離臺北最遠的姊妹市.

    From whose partners they are it is measured anyhow: 高雄離高雄最遠的姊妹市.
    """
    for index, span in enumerate(spans[:-2]):
        at = index + 1 + ("own" in spans[index + 1].of("small") and spans[index + 2].is_place)
        name, behind = spans[at], next_meant(spans, at)
        named = name.mention is not None or "own" in name.of("small")
        if not named or written_in(span, tokens) not in _FROM or behind is None:
            continue
        if not spans[behind].has(*_FARTHEST):
            continue
        if name.mention and any(_is_same(name, other) for other in spans if other is not name):
            silence(spans, range(index, at + 1))
        elif span.has(("ask", "far")):
            spans[index] = Span(span.start, span.end, concepts=_TO)


def _is_same(one: Span, other: Span) -> bool:
    return bool(one.mention and other.mention and one.mention.meanings == other.mention.meanings)


# Which of so many ---------------------------------------------------------------------------------------------------


def _which_of_so_many(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Of how many one is asked for is told, and 只是 before its kind says no more: 三個夥伴中，哪一個只是友好城市."""
    which = next((i for i, span in enumerate(spans) if span.has(*WHICH)), None)
    if which is None:
        return
    among = next((i for i in range(which) if spans[i].has(("logic", "among"))), None)
    for index in range(among or 0):
        if spans[index].number is not None and written_in(spans[index + 1], tokens) in "个座处位":
            spans[index] = spans[index].silenced()
    for index in range(which + 1, len(spans) - 2):
        only = spans[index].has(("logic", "only")) and written_in(spans[index + 1], tokens) == "是"
        if among is not None and only and spans[index + 2].of("kind"):
            spans[index] = spans[index].silenced()


# In such countries --------------------------------------------------------------------------------------------------


@only_where(("国家",))
def _of_such_countries(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind the name of a part of the world 國家 is not what is counted: 有幾個歐盟國家的姊妹市, 跟非洲國家."""
    for index in range(1, len(spans) - 2):
        of_them = spans[index + 1].has(("small", "of")) and bool(spans[index + 2].of("kind"))
        of_them = of_them or spans[index - 2].has(("small", "with"), ("small", "in"))
        if spans[index].has(("noun", "country")) and spans[index - 1].mention is not None and of_them:
            spans[index] = spans[index].silenced()


# Of one and of the other --------------------------------------------------------------------------------------------

_ALSO = ("又", "且", "并", "而且", "并且", "同时又")
_IS = ("是", "为", "属于")
_COMMON: frozenset[Concept] = frozenset({("logic", "common")})


@only_where((*_ALSO, "共有"))
def _of_both(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Between 跟臺北締盟 and 跟高雄締盟, 是臺北夥伴 and 是高雄夥伴 a 又 says that both are so of the same place."""
    for index in range(1, len(spans) - 2):
        tied = spans[index - 1].of("kind") or (spans[index - 1].mark and spans[index - 2].of("kind"))
        again = spans[index + 1].has(("small", "with")) or written_in(spans[index + 1], tokens) in _IS
        named = again and (spans[index + 2].mention or "own" in spans[index + 2].of("small"))
        if tied and named and written_in(spans[index], tokens) in _ALSO:
            spans[index] = Span(spans[index].start, spans[index].end, concepts=_COMMON)
    for index in range(3, len(spans)):
        row = spans[index - 2].has(("small", "and")) and spans[index - 3].mention
        if row and written_in(spans[index], tokens) == "共有" and ends_clause(spans, index):
            spans[index] = Span(spans[index].start, spans[index].end, concepts=_COMMON)


# Part of a name ------------------------------------------------------------------------------------------------------


@only_where(("里",))
def _in_nothing(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A 里 with no noun before it says in what nothing lies: it is part of a name that is not known, 里約."""
    for index, span in enumerate(spans):
        if written_in(span, tokens) not in ("里", "裡") or not span.has(("logic", "among")):
            continue
        before = spans[index - 1] if index else None
        if (
            before is None
            or before.mark
            or before.has(("small", "with"), ("filler", "lead"), ("small", "does"))
        ):
            spans[index] = Span(span.start, span.end)


# What leads to what is asked -----------------------------------------------------------------------------------------

_LOOKS = ("看看", "看一下", "查查", "查", "看")
_AGED = frozenset({("ask", "age")})


@only_where(("过", "以来", "到"))
def _how_long_since_then(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How long it is since a tie was signed is its age: 從締盟到今天過了幾年, 結盟以來已經多少年."""
    age = next((i for i, span in enumerate(spans) if span.has(("ask", "age"))), 0)
    if not age or not any(span.of("kind") or span.of("event") for span in spans[:age]):
        return
    if any(span.of("meet") or span.has(("noun", "exchange")) for span in spans):
        return
    spans[age] = replace(spans[age], concepts=_AGED)
    for index in range(1, age):
        to_now = written_in(spans[index], tokens) in ("今天", "今日") and spans[index].time
        if written_in(spans[index], tokens) == "以来":
            spans[index] = spans[index].silenced()
        elif to_now and "to" in spans[index - 1].of("small"):
            silence(spans, (index - 1, index))


_LISTS = ("名单", "清单", "名册", "列表", "一览表")
_MAY = frozenset("可能好行")
_ABOUT = ("关于", "有关")


@only_where((*_LOOKS, *_LISTS))
def _looked_up(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Before what is asked 看看 lists nothing: 幫我看看橫濱算不算姊妹市; 可以看看…嗎 asks for no yes or no."""
    for index, span in enumerate(spans[:-1]):
        behind = next_meant(spans, index)
        asks = behind is not None and spans[behind].has(("ask", "whether"), ("logic", "among"))
        if written_in(span, tokens) in _LISTS and asks and any(each.is_place for each in spans[index:]):
            spans[index] = span.silenced()  # 姊妹市名單有沒有橫濱
    index = next((i for i, span in enumerate(spans) if not is_passed(span) and not span.mark), 0)
    span = spans[index]
    if span.of("ask") != ("list",) or written_in(span, tokens) not in _LOOKS:
        return
    asked = {key for each in spans[index + 1 :] for key in each.of("ask")} - {"list", "tell"}
    asked |= {"which" for each in spans[index + 1 :] if each.has(("logic", "or"))}
    may = not _MAY.isdisjoint(token.text for token in tokens[: span.start])
    if asked - {"whether"} or (asked and not may):
        spans[index] = span.silenced()


@only_where(_ABOUT)
def _speaking_of(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Before a clause that asks 關於 says of what: 關於日本，我們有哪些夥伴."""
    clauses = list(clauses_of(spans))
    for clause, behind in pairwise(clauses):
        begins = spans[clause[0]]
        asked = {key for i in behind for key in spans[i].of("ask")} - {"tell"}
        if written_in(begins, tokens) in _ABOUT and (asked or any(spans[i].of("kind") for i in behind)):
            spans[clause[0]] = begins.silenced()


_WITH = frozenset("和跟与同")


@only_where(("首先",))
def _first_of_all(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Before 跟誰 and behind 誰 首先 puts ties in order: 首先跟哪座城市締盟, 誰首先跟我們締盟."""
    for index, span in enumerate(spans[:-2]):
        near = (spans[index - 1 if index else 1], spans[index + 1 + spans[index + 1].has(("small", "with"))])
        asks = any(each.has(*WHICH, ("ask", "where"), ("noun", "city")) for each in near)
        if written_in(span, tokens) == "首先" and asks and tokens[span.end].text in _WITH:
            spans[index] = Span(span.start, span.end, concepts=FIRST)


_DIFFERENCE: frozenset[Concept] = frozenset({("logic", "difference"), ("logic", "not")})


@only_where(("非",))
def _none_of_theirs(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind 哪些 a 非 before somebody's partners denies that, and leaves nobody out: 哪些非臺北的夥伴."""
    for index in range(1, len(spans) - 3):
        which, span, name, of = spans[index - 1 : index + 3]
        kind = next_meant(spans, index + 2)
        theirs = name.mention and of.has(("small", "of")) and kind is not None and spans[kind].of("kind")
        if which.has(*WHICH) and written_in(span, tokens) == "非" and theirs:
            spans[index] = Span(span.start, span.end, concepts=_DIFFERENCE)


@only_where(("都",))
def _which_they_all_are(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Between what is asked for and 哪些 a 都 says no more: 夥伴都有哪些."""
    for index in range(1, len(spans) - 1):
        asked = spans[index - 1].of("kind") or spans[index - 1].has(("noun", "exchange"))
        said = written_in(spans[index], tokens)
        if asked and said in ("都", "都有", "都是") and spans[index + 1].has(*WHICH):
            spans[index] = spans[index].silenced()


PLAIN: Sequence[Rule] = (
    _how_long_since_then,
    _which_they_all_are,
    _looked_up,
    _speaking_of,
    _first_of_all,
    _none_of_theirs,
    _from_there,
    _which_of_so_many,
    _of_such_countries,
    _of_both,
    _in_nothing,
)
