"""Words of Chinese that ask for places of a kind in a country: 哪些直轄市和縣, 跟日本締盟的臺灣鄉鎮有哪些.

The readers look for them in one order, 臺灣哪些鄉鎮跟日本締盟, into which the others are put here. The rules are of the
kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.spans import Span, is_passed, written_in

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


# In which order they are asked for -----------------------------------------------------------------------------------

_WHICH: Concept = ("ask", "which")
_ASKED = frozenset(("哪些", "哪几个", "哪个", "哪一个", "是哪些", "是哪几个", "是哪个", "哪几", "何"))
_AMONG = frozenset(("中", "裡", "里", "当中", "之中", "里面", "裡面", "里头"))
_THERE_ARE = frozenset(("有", "是", "为"))


@only_where(("哪", "何"))
def _places_asked_for(spans: list[Span], tokens: Sequence[Token]) -> None:
    """哪些臺灣的鄉鎮跟…, 臺灣的鄉鎮中哪些與…, 跟…締盟的臺灣鄉鎮有哪些: all ask for 臺灣哪些鄉鎮."""
    which = next((i for i, span in enumerate(spans) if span.has(_WHICH)), None)
    if which is None or written_in(spans[which], tokens) not in _ASKED:
        return
    for country in range(len(spans) - 1):
        level = country + 1 + (written_in(spans[country + 1], tokens) in ("的", "之"))
        if not _is_country(spans[country]) or level >= len(spans):
            continue
        led = which + 1 == country
        kinds = spans[level].of("places") or (led and spans[level].has(("noun", "city")))
        if not kinds or spans[level].of("kind") or spans[level].of("ask"):
            continue
        asked = [spans[country], spans[which], spans[level]]
        if led and level == country + 2:
            spans[which : level + 1] = asked
        elif which == level + 2 and written_in(spans[level + 1], tokens) in _AMONG:
            spans[country : which + 1] = asked
        elif _ends_in(spans, tokens, country, level, which):
            told = spans[: country - 1] if spans[country - 1].of("small") else spans[:country]
            spans[:] = [*asked, *told, *spans[which + 1 :]]
        return


def _is_country(span: Span) -> bool:
    return span.mention is not None and not span.mention.places


def _ends_in(spans: Sequence[Span], tokens: Sequence[Token], country: int, level: int, which: int) -> bool:
    """Whether all before tells of the places, and 有哪些 ends the question: 跟日本締盟的臺灣鄉鎮有哪些."""
    if country < 3 or written_in(spans[country - 1], tokens) not in ("的", "之"):
        return False
    between = all(written_in(spans[i], tokens) in _THERE_ARE for i in range(level + 1, which))
    ends = all(span.mark or is_passed(span) for span in spans[which + 1 :])
    begins = spans[0].has(("small", "with")) or written_in(spans[0], tokens) == "有"
    plain = not any(
        span.mark or span.of("ask") or span.of("order") or span.of("logic") for span in spans[:country]
    )
    return which > level and between and ends and begins and plain


LEVELS: Sequence[Rule] = (
    _municipalities_and_counties,
    _places_asked_for,
)
