"""What the words of an exchange tell beside its fields: a number of things, a person's name.

Titles are written by people and are not taken apart for an answer; but where something is asked that they do not tell
either, the answer says so instead of showing them as if they did.
"""

import re
from collections.abc import Sequence
from functools import cache

from bot.domain.date_reading import NUMBER
from bot.domain.exchanges import Exchange
from bot.domain.places import Place
from bot.questions.amounts import ENGLISH_NUMBER
from bot.questions.concepts import vocabulary
from bot.questions.letters import plain_letters
from bot.questions.scripts import traditional
from bot.questions.title_words import SURNAMES

# Numbers -------------------------------------------------------------------------------------------------------

_TIMES = re.compile(
    r"\b(?:19|20)\d\d\b"  # a year
    r"|\b\d+(?:st|nd|rd|th)\b"
    r"|\b\d{1,2} (?:to \d{1,2} )?(?=jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|\b\d+ years?\b"
    rf"|第?(?:{NUMBER})\s*(?:週年|周年|年|月|日|屆|度|次)"
)
"""Numbers in titles, in small letters, that tell when it was, or the how manieth."""
_NUMBERS = re.compile(
    rf"(?<![\w-])(?:\d[\d,.]*|{ENGLISH_NUMBER})(?![\w-])|(?:{NUMBER})\s*(?:隻|箱|片|對|輛|台|臺|冊|本|棵|株|個|件|座|頭|份|套|萬|名|人|位)",
    re.IGNORECASE,
)
_ONE = frozenset(("a", "an"))


def tells_a_number(exchange: Exchange) -> bool:
    """Whether its words say how many there were of anything: "47 boxes of pineapples", 兩隻穿山甲."""
    texts = (_TIMES.sub(" ", plain_letters(text)) for text in _words_of(exchange))
    return any(match[0].lower() not in _ONE for text in texts for match in _NUMBERS.finditer(text))


# Names ---------------------------------------------------------------------------------------------------------

_LARGE = re.compile(r"[A-Z][^\W\d_]+")
_OFFICE = "(?:市長|縣長|州長|總督|知事|議長|局長|處長|主席|領事|大使)"


@cache
def _named() -> re.Pattern[str]:
    surname = f"[{traditional(''.join(sorted(SURNAMES)))}]"
    return re.compile(f"{surname}[\u4e00-\u9fff]{{1,2}}副?{_OFFICE}|{_OFFICE}{surname}[\u4e00-\u9fff]{{1,2}}")


def names_somebody(exchange: Exchange) -> bool:
    """Whether its words seem to have a person's name: "Mayor Chen Chu in Honolulu", 朱立倫市長於洛杉磯會見."""
    texts = [_without(exchange.places, text) for text in _words_of(exchange)]
    return any(_named().search(text) or any(map(_is_a_name, _LARGE.findall(text))) for text in texts)


def _is_a_name(word: str) -> bool:
    """Whether a word that is written large stands in no table."""
    return word.lower() not in vocabulary()


def _without(places: Sequence[Place], text: str) -> str:
    """The text without what these places are called."""
    names = {name for place in places for name in (place.name_en, place.name_zh, place.name_local) if name}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    return text


def _words_of(exchange: Exchange) -> list[str]:
    return [text for text in (exchange.title, exchange.title_zh, exchange.topic, exchange.summary) if text]
