"""Of which places a question in Chinese is: those for which somebody speaks, 我是朱諾市府的人，想確認我們…, and those
of a level in a country, 哪些直轄市和縣, 跟日本締盟的臺灣鄉鎮有哪些.

The readers look for the latter in one order, 臺灣哪些鄉鎮跟日本締盟, into which the others are put here."""

from collections.abc import Sequence
from itertools import pairwise

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import OWN, Span, clauses_of, is_passed, silence, written_in
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

# For whom somebody speaks -------------------------------------------------------------------------------------------

_BEGINS = (
    "我是", "我们是", "本人是", "敝人是", "这里是", "这边是", "我这边是", "我们这边是", "此为", "我代表", "我们代表",
)  # fmt: skip
_WORKS = ("我在", "我们在", "本人在", "我任职于", "我服务于", "本人任职于")
_OFFICE = ("政府", "市府", "县府", "公所", "市役所", "县厅", "厅", "区公所", "议会", "市政府", "县政府")
_OURS = ("我们", "我市", "本市", "我县", "本县", "敝市", "敝县", "我方", "我们的", "我府", "本府", "咱们")
_TELLS = ("ask", "kind", "event", "order", "anniversary", "meet", "kinds")


@only_where(("我", "本", "敝", "这", "此"))
def _speaks_for(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Where somebody says first for which place they speak, 我們 is that place."""
    clauses = list(clauses_of(spans))
    if len(clauses) == 1:
        return
    first = clauses[0]
    said = "".join(written_in(spans[i], tokens) for i in first)
    places = [i for i in first if spans[i].is_place]
    office = len(places) == 1 and any(word in said for word in _OFFICE)
    speaks = said.startswith(_BEGINS) or (said.startswith(_WORKS) and office)
    if not speaks or len(places) != 1 or any(spans[i].of(section) for i in first for section in _TELLS):
        return
    rest = range(first.stop, len(spans))
    ours = [i for i in rest if "own" in spans[i].of("small") and written_in(spans[i], tokens) in _OURS]
    if not ours or not any(spans[i].mention or spans[i].of("kind") for i in rest):
        return
    mention = spans[places[0]].mention
    silence(spans, range(first.stop + (first.stop < len(spans) and spans[first.stop].mark)))
    for i in reversed(ours):
        noun = spans[i + 1] if i + 1 < len(spans) else None
        county = noun is not None and written_in(noun, tokens) in ("市", "县", "府", "镇", "区")
        end = noun.end if noun is not None and county else spans[i].end
        spans[i : i + 1 + county] = [Span(spans[i].start, end, mention=mention)]


_HALLS = ("市府", "市政府", "县府", "县政府")


@only_where(("市府", "县府"))
def _town_hall(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Where no name stands before it, 市府 is ours: 市府跟哪些城市締盟, not 臺南市府."""
    for index, span in enumerate(spans):
        if written_in(span, tokens) not in _HALLS or not span.of("filler"):
            continue
        before = spans[index - 1] if index else None
        if before is None or not (before.mention or "own" in before.of("small")):
            spans[index] = Span(span.start, span.end, concepts=OWN)


@only_where(_OURS)
def _our_own_name(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Beside another place, or alone, 我們高雄 is Kaohsiung: 我們高雄的夥伴也是臺北的夥伴嗎, 我們高雄的友好城市."""
    places = [span for span in spans if span.is_place]
    if len(places) == 1 and any(span.of("ask") for span in spans):
        return
    for ours, name in pairwise(range(len(spans))):
        if "own" in spans[ours].of("small") and spans[name].is_place:
            spans[ours] = spans[ours].silenced()


# Levels of places ---------------------------------------------------------------------------------------------------

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


# In which order they are asked for ----------------------------------------------------------------------------------

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


SPEAKERS: Sequence[Rule] = (
    _town_hall,
    _speaks_for,
    _our_own_name,
)
_TITLES = ("区", "镇", "乡", "村")


@only_where(_TITLES)
def _with_its_title(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What kind of place it is may stand behind a name that the registry does not have: 大溪區有姊妹市嗎."""
    for one, other in pairwise(range(len(spans))):
        mention = spans[one].mention
        strange = mention is not None and bool(mention.places) and not any(p.id for p in mention.places)
        has = other + 1 < len(spans) and written_in(spans[other + 1], tokens).startswith(
            ("有", "跟", "和", "与")
        )
        if strange and has and written_in(spans[other], tokens) in _TITLES:
            spans[other] = spans[other].silenced()


LEVELS: Sequence[Rule] = (_with_its_title, _municipalities_and_counties, _places_asked_for)
