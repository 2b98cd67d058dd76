"""What the words of an exchange tell beside its fields: a number of things, a person's name, or what was asked.

Titles are written by people and are not taken apart for an answer; but where something is asked that they do not tell
either, the answer says so instead of showing them as if they did.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.domain.date_reading import MONTH_WORD, NUMBER
from bot.domain.exchanges import Exchange
from bot.domain.places import Place
from bot.questions.text.amounts import ENGLISH_NUMBER
from bot.questions.text.letters import plain_letters
from bot.questions.text.normal import Sort, tokens_of
from bot.questions.text.slips import is_han
from bot.questions.vocabulary.concepts import phrases, vocabulary

# Any words -----------------------------------------------------------------------------------------------------


def tells(exchange: Exchange, words: Sequence[str]) -> bool:
    """Whether all of these words, as somebody typed them, are in what is told of it; "photographs" for one, too."""
    told = "\n".join(_words_of(exchange)) if words else ""
    text = [token.text for token in tokens_of(told)]
    stems, written = {_stem(each) for each in text}, "".join(text)
    asked = (token for word in words for token in tokens_of(word) if token.sort is not Sort.MARK)
    return all(_stem(each.text) in stems or (is_han(each.text) and each.text in written) for each in asked)


def _stem(word: str) -> str:
    """A word without what English puts behind it: offices, photographed, visiting."""
    ending = next(
        (each for each in _ENDINGS if word.endswith(each) and len(word) - len(each) > _SHORTEST), ""
    )
    return word.removesuffix(ending)


_ENDINGS = ("ing", "ies", "ed", "es", "s", "e", "y")
_SHORTEST = 2


# Numbers -------------------------------------------------------------------------------------------------------

_TIMES = re.compile(
    r"\b(?:in|of|since|from|until|for|to|,|\()\s*(?:19|20)\d\d\b|\b(?:19|20)\d\d\W*$"
    r"|\b\d+(?:st|nd|rd|th)\b|\b\d+ years?\b"
    rf"|\b\d{{1,2}} (?:to \d{{1,2}} )?(?:{MONTH_WORD})\b(?: (?:19|20)\d\d)?"
    rf"|第?(?:{NUMBER})\s*(?:週年|周年|年|月|日|屆|度|次)|[兩雙三](?:市|地|國|方|邊|城)|一[起同]"
)
"""Numbers in titles, in small letters, that tell when it was, the how manieth, or of how many sides."""
_COUNTERS = (
    "[隻箱片對輛台臺部冊本棵株個件座頭份套名人位盒尊噸元幅匹尾艘架瓶顆張組枚把朵盞面條雙包袋桶]|公斤|公噸"
)
_NUMBERS = re.compile(
    rf"\d|(?<![\w-])(?:{ENGLISH_NUMBER}|pair|pairs|couple|hundreds?|thousands?|several)(?![\w-])"
    rf"|[兩雙數幾百千萬]|[一二三四五六七八九十]\s*(?:{_COUNTERS})",
    re.IGNORECASE,
)
_ONE = frozenset(("a", "an"))


def tells_a_number(exchange: Exchange) -> bool:
    """Whether it may say how many there were of anything: "47 boxes of pineapples", 兩隻穿山甲, or by its quantity."""
    texts = (_TIMES.sub(" ", plain_letters(text)) for text in _words_of(exchange))
    found = (match[0].lower() for text in texts for match in _NUMBERS.finditer(text))
    return bool(exchange.quantity) or any(word not in _ONE for word in found)


# Names ---------------------------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+")
_TITLES = frozenset(
    ("mayor", "governor", "president", "premier", "minister", "ambassador", "chair", "speaker")
)
_SMALL = frozenset(("of", "and", "in", "at", "on", "for", "to", "from", "with", "leads", "visits"))
_OFFICE = re.compile("(?:市長|縣長|州長|總督|知事|議長|局長|處長|主席|領事|大使|首相|總統|總理|部長|主任)")
_BEFORE = frozenset("，。、 ·與和及由的兩雙各新任前副正代理市縣州府省區鎮鄉會國")
"""What may stand right before an office that is no name."""


def names_somebody(exchange: Exchange) -> bool:
    """Whether its words may have a person's name: "Mayor Chen Chu in Honolulu", 朱立倫市長於洛杉磯會見.

    Only where every word is known is nobody named.
    """
    texts = [_without(exchange.places, text) for text in _words_of(exchange)]
    return any(_has_a_large_word(text) or _has_a_name_at_an_office(text) for text in texts)


def _has_a_large_word(text: str) -> bool:
    """Whether a word that is written large stands in no table, or right behind an office."""
    words = [word for word in _WORD.findall(text) if word.isascii() or not is_han(word)]
    behind = {
        other for word, other in pairwise(words) if word.lower() in _TITLES and other.lower() not in _SMALL
    }
    return any(
        word[0].isupper() and (word in behind or word.lower() not in vocabulary()) for word in words if word
    )


def _has_a_name_at_an_office(text: str) -> bool:
    for office in _OFFICE.finditer(text):
        before, behind = text[: office.start()], text[office.end() :]
        if before and is_han(before[-1]) and before[-1] not in _BEFORE:
            return True
        if behind and is_han(behind[0]) and not _begins_with_a_word(behind):
            return True
    return False


def _begins_with_a_word(text: str) -> bool:
    """Whether a word of the tables stands there: 訪問, 出席."""
    plain = [token.text for token in tokens_of(text[:_LONGEST_WORD])]
    return any(" ".join(plain[:length]) in phrases() for length in range(2, len(plain) + 1)) or (
        bool(plain) and plain[0] in _VERBS
    )


_LONGEST_WORD = 4
_VERBS = frozenset("率赴访获晤抵于在与和等及暨的接")
"""Simplified, as tokens are."""


def _without(places: Sequence[Place], text: str) -> str:
    """The text without what these places are called; 高雄市 is no more of 高雄市長 than 高雄."""
    names = {name for place in places for name in (place.name_en, place.name_zh, place.name_local) if name}
    names |= {name[:-1] for name in names if name[-1] in "市縣州府區" and len(name) > len("臺北")}
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(re.escape(name) + ("(?!長)" if name[-1] in "市縣州府區" else ""), "，", text)
    return text


def _words_of(exchange: Exchange) -> list[str]:
    texts = exchange.title, exchange.title_zh, exchange.topic, exchange.summary, exchange.item
    return [text for text in texts if text]
