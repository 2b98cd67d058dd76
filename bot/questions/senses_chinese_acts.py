"""Words of Chinese that say who did something with a tie, and how: 遭外交部宣告無效, 要辦幾週年慶, 不是姊妹市了.

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.spans import Span, silence, written_in

# Who declared it void -----------------------------------------------------------------------------------------------

_OVER = (("event", "ended"), ("status", "ended"))


@only_where(("外交部",))
def _declared_by(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Which ministry declared an agreement void says no more of it than that: 遭馬爾地夫外交部宣告無效."""
    if not any(span.has(*_OVER) for span in spans):
        return
    for index in range(1, len(spans)):
        country = spans[index - 1].mention
        if spans[index].has(("noun", "ministry")) and country is not None and not country.places:
            silence(spans, (index - 1, index))


# Why it is none any more --------------------------------------------------------------------------------------------

_ENDED: frozenset[Concept] = frozenset({("event", "ended")})
_IS_NOT = frozenset(("不是", "已不是", "已经不是", "不算"))


@only_where(("不是", "不算", "已"))
def _none_any_more(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Why somebody 不是姊妹市了 asks why the tie ended; without 了 there may never have been one."""
    if not any(span.has(("ask", "why")) for span in spans):
        return
    for index, span in enumerate(spans):
        kind = next((i for i in range(index + 1, len(spans)) if spans[i].of("kind")), None)
        if kind is None or written_in(span, tokens) not in _IS_NOT:
            continue
        if kind + 1 < len(spans) and written_in(spans[kind + 1], tokens) in ("了", "了呢"):
            spans[index] = Span(span.start, span.end, concepts=_ENDED)
            return


# An anniversary that is kept ----------------------------------------------------------------------------------------

_KEEPS = frozenset(("办", "举办", "办理", "举行", "庆祝", "过", "迎来", "迎接", "欢度"))


@only_where(("周年", "週年"))
def _kept_jubilees(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Before 幾週年慶 a verb says no more than that there is one: 到2031年要辦幾週年慶."""
    for index in range(len(spans) - 1):
        asked = spans[index + 1]
        jubilee = asked.has(("ask", "age")) and "周年" in written_in(asked, tokens)
        if jubilee and written_in(spans[index], tokens) in _KEEPS:
            spans[index] = spans[index].silenced()


# What is to be looked up --------------------------------------------------------------------------------------------

_LOOK_UP = frozenset(
    ("查", "查查", "查询", "查一下", "看一下", "看看", "找出", "查出", "调阅", "搜寻", "找", "查出来")
)
_ASKS_ONE = (("ask", "when"), ("ask", "age"), ("ask", "why"), ("ask", "count"))
_INTERROGATIVE = frozenset("哪何几多谁什啥")


@only_where(("查", "看", "找", "调", "搜"))
def _looked_up(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who begins with 查 and then asks something lists nothing: 查一下西雅圖哪年締盟."""
    first = next((i for i, span in enumerate(spans) if not (span.mark or span.of("filler"))), None)
    if first is None or written_in(spans[first], tokens) not in _LOOK_UP or not spans[first].of("ask"):
        return
    for span in spans[first + 1 :]:
        if span.has(*_ASKS_ONE) and _INTERROGATIVE & set(written_in(span, tokens)):
            spans[first] = spans[first].silenced()
            return


# Levels of places -----------------------------------------------------------------------------------------------------

_MUNICIPALITIES_AND_COUNTIES: frozenset[Concept] = frozenset(
    {("noun", "city"), ("places", "special_municipality"), ("places", "county")}
)


@only_where(("直辖市",))
def _municipalities_and_counties(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Between 直轄市 and 縣 an "and" makes them levels of those asked for, no group of cities: 哪些直轄市和縣."""
    for index in range(1, len(spans) - 1):
        one, other = spans[index - 1], spans[index + 1]
        joins = spans[index].has(("small", "and")) or written_in(spans[index], tokens) == "、"
        county = other.has(("places", "county")) and not other.of("kind")
        if joins and county and written_in(one, tokens) == "直辖市":
            whole = Span(one.start, other.end, concepts=_MUNICIPALITIES_AND_COUNTIES)
            spans[index - 1 : index + 2] = [whole]
            return


# The councils of both -------------------------------------------------------------------------------------------------

_BOTH = frozenset(("两边", "双方", "两市", "两地", "两个", "双边"))


@only_where(("议会",))
def _councils_of_both(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What the councils of both signed is none of the cities' agreements, and no aside: 兩邊議會，臺南跟水上町的."""
    for index in range(1, len(spans)):
        if written_in(spans[index - 1], tokens) not in _BOTH:
            continue
        said = "".join(written_in(span, tokens) for span in spans[index : index + 2])
        end = index + (1 if written_in(spans[index], tokens) == "议会" else 2)
        if said.startswith("议会"):
            council = Span(
                spans[index - 1].start, spans[end - 1].end, concepts=frozenset({("items", "council")})
            )
            mark = end < len(spans) and spans[end].mark
            spans[index - 1 : end + mark] = [replace(council, end=spans[end].end) if mark else council]
            return


ACTS: Sequence[Rule] = (
    _declared_by,
    _none_any_more,
    _kept_jubilees,
    _looked_up,
    _municipalities_and_counties,
    _councils_of_both,
)
