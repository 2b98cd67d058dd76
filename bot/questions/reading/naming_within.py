"""Whether partners or cities are asked for that lie in what a question names, where a place is called so, too."""

from dataclasses import replace

from bot.domain.places import Place
from bot.questions.conditions import Area
from bot.questions.lying import WHOLE, without_title
from bot.questions.parts.sentence import Name, Sentence

ONE_FACT = (("ask", "when"), ("ask", "age"), ("ask", "whether"))
"""What is asked of a single tie."""


def holds_what_is_asked(sentence: Sentence, index: int) -> bool:
    """Whether what is asked for lies in the state or country that a name may stand for, too."""
    return _holds_cities(sentence, index) or _holds_partners(sentence, index)


ROW = frozenset(("、", "和", "與", "与", "跟", "及", "或", "and", ",", "or"))
"""What stands between names in a row."""


def all_within(sentence: Sentence, index: int, places: list[Place], areas: list[Area]) -> list[Area]:
    """The prefectures or states in which partners are asked for, each with itself where it is a place of its own.

    Empty where a place is named that is no such whole, or nothing is asked for that lies within: 熊本縣有跟我們締盟嗎.
    """
    if not places or not all(place.level in WHOLE and place.country for place in places):
        return []
    if not (sentence.any_of("kind") or sentence.has(("noun", "city"))):
        return []
    if _holds_cities(sentence, index):  # 青森縣有哪些城市跟我們締盟
        return areas
    within = _is_in(sentence, index) or (bool(areas) and _holds_partners(sentence, index))
    if not (within or _holds_those_of_others(sentence, index)):
        return []
    names = [(place.country or "", without_title(place.name_en)) for place in places]
    return [replace(area, itself=True) for area in areas] or [Area(*name, itself=True) for name in names]


def _is_in(sentence: Sentence, index: int) -> bool:
    """Whether an "in" stands before a name, or before the row in which it stands: "in Aomori and Chiba Prefecture"."""
    while "in" not in sentence.small_before(index):
        row = index > 1 and sentence.spans[index - 2].mention is not None
        if not row or sentence.plainly(index - 1) not in ROW:
            return False
        index -= 2
    return True


def _holds_cities(sentence: Sentence, index: int) -> bool:
    """Whether it is asked in Chinese which cities of what is named are meant: 熊本縣境內有哪些市町跟臺灣締盟."""
    spans, at = sentence.spans, index + 1
    while at < len(spans) and (sentence.plainly(at) in _HAS_WITHIN):
        at += 1
    asked = 0 < at < len(spans) - 1 and spans[at].has(("ask", "which"), ("ask", "count"))
    return sentence.chinese and asked and spans[at + 1].has(("noun", "city"))


_HAS_WITHIN = frozenset(
    (
        "境內",
        "境内",
        "轄內",
        "辖内",
        "內",
        "内",
        "裡",
        "里",
        "裡面",
        "里面",
        "有",
        "共有",
        "的",
        "當地",
        "当地",
    )
)


_WITHIN = frozenset(("境內", "境内", "轄內", "辖内", "內", "内", "裡", "里", "裡面", "里面"))
_HAS = frozenset(("有", "有沒有", "有没有", "是否有", "也有", "還有", "还有"))


def _holds_those_of_others(sentence: Sentence, index: int) -> bool:
    """Whether it is asked in Chinese for partners of somebody there: 熊本縣有跟我們締盟的城市嗎, 千葉縣內的姊妹市."""
    spans, at = sentence.spans, index + 1
    if not sentence.chinese or at >= len(spans):
        return False
    if sentence.plainly(at) in _WITHIN:
        behind = spans[at + 1 : at + 4]
        return any(span.of("kind") or span.has(("noun", "city")) for span in behind)
    if sentence.plainly(at) not in _HAS or at + 2 >= len(spans):
        return False
    with_them = spans[at + 1].has(("small", "with"))
    whose, rest = spans[at + 1 + with_them], spans[at + 2 + with_them :]
    cities = any(span.has(("noun", "city")) for span in rest)
    theirs = cities or (not with_them and any(span.of("kind") and not span.of("event") for span in rest))
    return theirs and (whose.is_place or "own" in whose.of("small"))


_ONE_OF_THEM = (("ask", "which"), ("ask", "where"), ("ask", "list"), ("ask", "count"))


_THERE = frozenset(("那邊", "那边", "那裡", "那里", "當地", "当地", "我們", "我们", "我們的", "我们的"))


def _holds_partners(sentence: Sentence, index: int) -> bool:
    """Whether partners of another place are asked for that lie in what is named: 屏東縣的夏威夷姊妹市是哪裡."""
    spans, at = sentence.spans, index + 1
    while at < len(spans) and sentence.plainly(at) in _THERE:
        at += 1  # 夏威夷那邊我們的姊妹市
    ours_behind = at > index + 1 and "own" in spans[at - 1].of("small")
    told = spans[:index] if sentence.chinese and not ours_behind else [*spans[:index], *spans[index + 1 :]]
    theirs = at < len(spans) and bool(spans[at].of("kind")) and not spans[at].of("event")
    others = any(span.mention or "own" in span.of("small") for span in told)
    asked = sentence.has(*_ONE_OF_THEM) and not sentence.has(*ONE_FACT)
    if not sentence.chinese:  # "which Hawaii sister city", "their Hawaii sister city"
        before = spans[max(0, index - 1) : index]
        asked = asked and any(
            span.of("ask") or span.has(("small", "of"), ("small", "own")) for span in before
        )
    return theirs and others and asked and "with" not in sentence.small_before(index)


def said_to_be(sentence: Sentence, name: Name) -> int | None:
    """Where it is said that what is named holds countries, which it does: "in countries in Africa"."""
    at = sentence.before(name.span)
    within = "in" in sentence.small_before(name.span) or "of" in sentence.small_before(name.span)
    if name.is_place or at is None or not within or not sentence.spans[at].has(("noun", "country")):
        return None
    return at if "in" in sentence.small_before(at) else None


def tells_where_one_lies(sentence: Sentence, name: Name) -> bool:
    """Whether a country tells where the city before it lies, of which it is asked whose it is: "A in B is whose?"."""
    city = sentence.names.get(name.span - 2)
    if (
        name.is_place
        or city is None
        or not city.is_place
        or not sentence.spans[name.span - 1].has(("small", "in"))
    ):
        return False
    there = city.where.places[0].country in name.where.countries
    return there and any(token.text == "whose" for token in sentence.tokens)
