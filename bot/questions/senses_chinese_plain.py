"""Words of Chinese as they are typed plainly: 距離臺北最遠的, 有法國姊妹市沒有, 姊妹市加友好城市.

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.spans import WHETHER, Span, clauses_of, ends_clause, next_meant, written_in

# How far ------------------------------------------------------------------------------------------------------------

_FARTHEST = (("order", "farthest"), ("order", "nearest"))
_TO: frozenset[Concept] = frozenset({("small", "to")})


def _from_there(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Beside 最遠 a 距離 says from where it is measured, and asks for no number: 距離臺北最遠的姊妹市."""
    for index, span in enumerate(spans[:-2]):
        named = spans[index + 1].mention is not None or "own" in spans[index + 1].of("small")
        if not named or not span.has(("ask", "far")) or written_in(span, tokens) != "距离":
            continue
        behind = next_meant(spans, index + 1)
        if behind is not None and spans[behind].has(*_FARTHEST):
            spans[index] = Span(span.start, span.end, concepts=_TO)


# A yes or a no ------------------------------------------------------------------------------------------------------

_HAS = ("有", "已有", "还有", "具有")


def _has_or_not(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A 沒有 that ends what began with 有 asks for a yes or a no: 不來梅有法國姊妹市沒有."""
    if any(span.of("ask") for span in spans):
        return
    for clause in clauses_of(spans):
        has = [i for i in clause if written_in(spans[i], tokens) in _HAS]
        nots = [i for i in clause if written_in(spans[i], tokens) in ("没有", "没")]
        if len(has) == 1 and len(nots) == 1 and has[0] < nots[0] and ends_clause(spans, nots[0]):
            last = spans[nots[0]]
            spans[nots[0]] = Span(last.start, last.end, concepts=WHETHER)


# Both kinds ---------------------------------------------------------------------------------------------------------

_PLUS = ("加", "加上", "外加", "连同", "加计", "并", "+")
_AND: frozenset[Concept] = frozenset({("small", "and")})


def _kinds_together(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Between two kinds 加 says that both are meant: 姊妹市加友好城市."""
    for index in range(1, len(spans) - 1):
        between = spans[index - 1].of("kind") and spans[index + 1].of("kind")
        if between and written_in(spans[index], tokens) in _PLUS:
            spans[index] = Span(spans[index].start, spans[index].end, concepts=_AND)


# Which of so many ---------------------------------------------------------------------------------------------------

_WHICH = (("ask", "which"), ("ask", "who"))


def _which_of_so_many(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Of how many one is asked for is told, and 只是 before its kind says no more: 三個夥伴中，哪一個只是友好城市."""
    which = next((i for i, span in enumerate(spans) if span.has(*_WHICH)), None)
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


# Fields -------------------------------------------------------------------------------------------------------------

_FIELD = ("政策", "事务", "业务", "领域", "工作")


def _fields(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind a field 政策 says no more than the field does: 住宅政策的視訊會議."""
    for index in range(1, len(spans)):
        if spans[index - 1].of("topics") and written_in(spans[index], tokens) in _FIELD:
            spans[index] = spans[index].silenced()


# In such countries --------------------------------------------------------------------------------------------------


def _of_such_countries(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind the name of a part of the world 國家 is not what is counted: 有幾個歐盟國家的姊妹市."""
    for index in range(1, len(spans) - 2):
        of_them = spans[index + 1].has(("small", "of")) and spans[index + 2].of("kind")
        if spans[index].has(("noun", "country")) and spans[index - 1].mention is not None and of_them:
            spans[index] = spans[index].silenced()


# Of one and of the other --------------------------------------------------------------------------------------------

_ALSO = ("又", "且", "并", "而且", "并且", "同时又")
_COMMON: frozenset[Concept] = frozenset({("logic", "common")})


def _of_both(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Between 跟臺北締盟 and 跟高雄締盟, 是臺北夥伴 and 是高雄夥伴 a 又 says that both are so of the same place."""
    for index in range(1, len(spans) - 2):
        tied, behind = spans[index - 1].of("kind"), spans[index + 1]
        again = behind.has(("small", "with")) or written_in(behind, tokens) == "是"
        named = again and spans[index + 2].mention is not None
        if tied and named and written_in(spans[index], tokens) in _ALSO:
            spans[index] = Span(spans[index].start, spans[index].end, concepts=_COMMON)


# How many of its cities --------------------------------------------------------------------------------------------

_CITY: frozenset[Concept] = frozenset({("noun", "city")})
_COUNT: frozenset[Concept] = frozenset({("ask", "count")})


@only_where(("城市数",))
def _number_of_its_cities(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind a country 城市數 counts its cities, and not the partners that they have: 跟以色列締盟的德國城市數."""
    for index in range(1, len(spans)):
        span, mention = spans[index], spans[index - 1].mention
        if mention is not None and not mention.places and written_in(span, tokens) == "城市数":
            cities = Span(span.start, span.end - 1, concepts=_CITY)
            spans[index : index + 1] = [cities, Span(span.end - 1, span.end, concepts=_COUNT)]
            return


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


PLAIN: Sequence[Rule] = (
    _from_there,
    _has_or_not,
    _kinds_together,
    _which_of_so_many,
    _fields,
    _of_such_countries,
    _of_both,
    _number_of_its_cities,
    _in_nothing,
)
