"""Words of a question that the title of an exchange may have: things, persons, what it was about or called."""

import re
from collections.abc import Sequence

from bot.questions.grammar import table
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Told
from bot.questions.text.scripts import traditional
from bot.questions.text.slips import is_han
from bot.questions.vocabulary.concepts import Concept


def items(sentence: Sentence, said: list[int]) -> list[str]:
    """Things that are named, in the words of both languages."""
    counted = [words for index in said if (words := _so_many(sentence, index))]
    if counted:
        return [word for words in counted for word in words]
    if council := [word for index in said for word in _council(sentence, index)]:
        return council
    keys = [key for index in said for key in sentence.spans[index].of("items") if key != "hall"]
    found = [
        word
        for key in dict.fromkeys(keys)
        for language in (("zh", "en") if sentence.chinese else ("en", "zh"))
        for word in _words_for(key, language)
    ]
    text = traditional(sentence.text).lower()
    return sorted(found, key=lambda word: word not in text)  # first what was said: it is told as understood


def _words_for(key: str, language: str) -> Sequence[str]:
    """What titles in a language call a thing; an anniversary that was kept is called by what it is."""
    words = table(language)
    return words["anniversary"]["anniversary"] if key == "jubilee" else words["items"].get(key, ())


def halls(sentence: Sentence) -> tuple[str, ...]:
    """Where something was shown, which tells what is meant where nothing else does: 市政府大廳."""
    said = any(key == "hall" for span in sentence.spans for key in span.of("items"))
    return tuple(table("zh" if sentence.chinese else "en")["items"]["hall"]) if said else ()


_PACKED = frozenset(("boxes of", "crates of", "cartons of"))


def _so_many(sentence: Sentence, index: int) -> tuple[str, ...]:
    """Things with their number, as titles have them: "47 boxes of pineapples"; of another number nothing is told."""
    at = index - 1
    if at >= 0 and sentence.plainly(at) in _PACKED:
        at -= 1
    if at < 0 or sentence.spans[at].number is None or not sentence.spans[index].of("items"):
        return ()
    sentence.use(at)
    if sentence.spans[index].has(("items", "jubilee")) and sentence.chinese:
        years = sentence.spans[at].number
        ordinals = (f" {years}{ending} anniversary" for ending in ("th", "st", "nd", "rd"))
        return f" {years} 週年", *ordinals, f" {years} years"
    start, end = sentence.spans[at].start, sentence.spans[index].end
    return (sentence.text[sentence.tokens[start].start : sentence.tokens[end - 1].end].lower(),)


def _council(sentence: Sentence, index: int) -> list[str]:
    """What the council of the place that is named before it is called: 布拉格市議會."""
    if not sentence.spans[index].has(("items", "council")):
        return []
    if traditional(sentence.plainly(index)).startswith(_OF_BOTH):
        return ["議會"]
    whose = sentence.spans[index - 1].mention if index else None
    if whose is None:
        return []
    names = [place.name_zh for place in whose.places if place.name_zh]
    return [f"{name}{city}議會" for name in names for city in ("", "市")]


_OF_BOTH = ("兩", "雙")
"""With which the councils of both begin: 兩邊議會, whatever is named before them."""

_VENUES = ("地點", "於", "在")
"""What says in a title where it was, and first what that is called."""
_HALLS = ("大廳", "展覽館", "博物館", "美術館", "圖書館", "文化中心", "公園", "廣場")
"""Where exhibitions are, which titles name without a word before it."""


def venues(sentence: Sentence) -> tuple[str, ...]:
    """Where something was signed is told by its title alone, if that says so: 在移民博物館簽署."""
    shown = sentence.has(("kinds", "exhibition"))
    return (*_VENUES, *(_HALLS if shown else ())) if sentence.has(("ask", "venue")) else ()


_SURNAMES = frozenset(
    "陈林黄张李王吴刘蔡杨许郑谢郭洪曾邱廖赖周徐苏叶庄吕江何萧罗高潘简朱钟彭游詹胡施沈余赵卢梁颜柯翁魏孙戴范方宋邓杜"
    "傅侯曹薛丁卓马阮董温唐蓝蒋石古纪姚连冯欧程汤康姜田汪白邹尤巫涂龚严韩袁金童陆夏柳钱邵"
)
"""Simplified, as tokens are."""


def persons(sentence: Sentence) -> list[str]:
    """Chinese names, which the title of an exchange may have: 陳菊市長, 陳菊2015年6月出訪.

    In English nothing tells a name from other words that nobody knows: "mayors wear blue hats".
    """
    found = [_named(sentence, index, step) for index in sentence.any_of("people") for step in (-1, 1)]
    moves = sentence.has(("meet", "went"), ("meet", "came"), ("meet", "visit"), ("meet", "received"))
    if moves and not any(found):
        first = next((i for i, span in enumerate(sentence.spans) if not span.known), None)
        begins = first is not None and sentence.tokens[sentence.spans[first].start].text in _SURNAMES
        found += [_named(sentence, first - 1, 1)] if first is not None and begins else []
    return [traditional(name) for name in found if name]


def _named(sentence: Sentence, index: int, step: int) -> str | None:
    """A name that nobody knows right beside a part."""
    run = _unknown(sentence, index, step)
    name = _written(sentence, run) if run else ""
    if not re.fullmatch(r"[\u4e00-\u9fff]{2,4}", name):
        return None
    sentence.used.update(run)
    return name


def _unknown(sentence: Sentence, index: int, step: int) -> list[int]:
    """The parts right beside one, in Chinese letters, that nothing explains."""
    spans, run, at = sentence.spans, list[int](), index + step
    while 0 <= at < len(spans) and not spans[at].known and is_han(sentence.tokens[spans[at].start].text):
        run.append(at)
        at += step
    return sorted(run)


def _written(sentence: Sentence, run: list[int]) -> str:
    start, end = sentence.spans[run[0]].start, sentence.spans[run[-1]].end
    return sentence.text[sentence.tokens[start].start : sentence.tokens[end - 1].end]


_ABOUT = frozenset(("about", "on", "regarding", "concerning", "關於", "有關"))


_ARTICLES = frozenset(("the", "a", "an"))


def about(sentence: Sentence) -> tuple[str, ...]:
    """Words that nothing explains right behind "about": what an exchange was about, though it is no field of ours."""
    for index in range(len(sentence.spans)):
        if sentence.plainly(index) in _ABOUT:
            free: list[int] = []
            for at in range(index + 1, len(sentence.spans)):
                if sentence.plainly(at) in _ARTICLES and not free:
                    continue  # "a conference on the Elbe"
                if sentence.spans[at].known and not (free and sentence.spans[at].of("filler")):
                    break
                free.append(at)
            if free:
                sentence.used.update(free)
                start = sentence.tokens[sentence.spans[free[0]].start].start
                end = sentence.tokens[sentence.spans[free[-1]].end - 1].end
                return (traditional(sentence.text[start:end].strip().lower()),)
    return ()


# Gatherings ------------------------------------------------------------------------------------------------------

_TOLD_OF = (Asked.DATE, Asked.RECORDS, Asked.TEXT, Asked.PLACES)
"""What is asked of something that has a name. How often there was such a thing no word of a title says."""
_SHORTEST = 2
_EVENTS = frozenset(("活動", "活动"))
_GATHERINGS = frozenset("節节慶庆祭季賽赛週周典宴展獎奖")
"""With which names of gatherings end: 港慶, 玫瑰節."""


def called(sentence: Sentence, form: Form) -> list[str]:
    """What stands before the word for a gathering and tells which it was: 易北河會議, 玫瑰節龍舟賽."""
    if (
        form.asked not in _TOLD_OF
        or not sentence.chinese
        or {key for _, key in sentence.words("items")} - {"hall"}
        or sentence.any_of("topics")
    ):
        return []
    found: list[str] = []
    before = {*sentence.all(("noun", "gathering"), ("meet", "dialogue")), *sentence.any_of("kinds")}
    for index in range(len(sentence.spans) + 1):
        run = _unknown(sentence, index, -1)
        name = _written(sentence, run) if run else ""
        event = index < len(sentence.spans) and sentence.plainly(index) in _EVENTS
        if len(name) >= _SHORTEST and (event or index in before or name[-1] in _GATHERINGS):
            sentence.used.update(run)
            found.append(traditional(name))
    return found


def called_by_name(words: Sequence[str], sentence: Sentence) -> bool:
    """Whether the first of these words of a title is a name that nothing in the tables explains: 神社."""
    return bool(words) and words[0] in traditional(sentence.text) and not sentence.any_of("items")


DEPUTIES: Concept = ("noun", "deputy")
_DEPUTIES = ("副市長", "副縣長", "副知事", "副州長", "vice governor", "vice mayor", "deputy")
"""Deputies are logged as leaders by the one and as officials by the other; the title tells."""


def deputies(sentence: Sentence) -> tuple[str, ...]:
    """What deputies are called, where they are spoken of."""
    return _DEPUTIES[:: 1 if sentence.chinese else -1] if sentence.has(DEPUTIES) else ()


_BY_NAME = (Asked.DATE, Asked.PLACES, Asked.RECORDS)


def called_in_english(sentence: Sentence, form: Form) -> tuple[str, ...]:
    """A name that nobody knows before a word for an exchange, which its title may have: "the Elbe conference"."""
    exchanges = form.about is About.EXCHANGES or form.asked is Asked.PLACES
    asked = form.asked in _BY_NAME or form.told is Told.DECISIONS
    if not exchanges or not asked or sentence.text.isupper():
        return ()
    for index in range(len(sentence.spans) - 1):
        span, behind = sentence.spans[index], sentence.spans[index + 1]
        named = not span.known and sentence.written(index)[:1].isupper() and not sentence.chinese
        if named and (behind.of("kinds") or behind.has(("noun", "exchange"))):
            sentence.use(index)
            return (sentence.plainly(index),)
    return ()
