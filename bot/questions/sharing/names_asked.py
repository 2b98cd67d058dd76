"""What a place is called in another language: "how do you write Ulaanbaatar in Chinese?", 維爾紐斯的英文怎麼寫."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.places import Place
from bot.questions.conditions import Where
from bot.questions.query import About, Asked, Query, Told
from bot.questions.reading.naming import ref
from bot.questions.sharing.whose import ASSUMED
from bot.questions.text.normal import Sort, Token
from bot.questions.vocabulary.lexicon import Lexicon

_LANGUAGE = "(?:traditional )?(?:chinese|mandarin|english)(?: characters)?"
_ENGLISH = re.compile(
    r"how (?:do|does|would|should|can|could) (?:you|i|we|one) (?:write|spell|say|call|translate) (?:the name )?"
    rf"_ in {_LANGUAGE}"
    rf"|how is _ (?:written|spelt|spelled|called|said) in {_LANGUAGE}"
    rf"|(?:what(?: is| s)? |tell me |give me )?(?:the )?{_LANGUAGE} (?:name|spelling|translation) (?:of|for) _"
    rf"|what(?: is| s) _ (?:called )?in {_LANGUAGE}"
    rf"|(?:what(?: is| s) )?_(?: s)? {_LANGUAGE} name"
)
_CHINESE = re.compile(
    "(?:请问)?_的?(?:中文|英文|英语|外文|原文|当地|官方)的?(?:名称|名字|名|译名|写法|拼法)?"
    "(?:要|该)?(?:是|叫|为|怎么|如何|什么|哪个|写|拼|说|称|作|成|呢)*"
)
"""In plain characters, as tokens are; `_` stands for the name."""
_LONGEST = 6
"""Of how many words, or characters, a name is looked for at most."""


def names_asked(tokens: Sequence[Token], lexicon: Lexicon) -> Query | None:
    """The query for the names of the one place of which nothing else is said; None where anything else is."""
    words = [token for token in tokens if token.sort is not Sort.MARK]
    for start, end, place in _places(words, lexicon):
        chinese = any(token.sort is Sort.HAN for token in (*words[:start], *words[end:]))
        around = [*(token.text for token in words[:start]), "_", *(token.text for token in words[end:])]
        asked = _CHINESE if chinese else _ENGLISH
        if asked.fullmatch(("" if chinese else " ").join(around)):
            return _of(place)
    return None


def _of(place: Place) -> Query:
    return Query(
        asked=Asked.TEXT,
        about=About.PLACES,
        told=Told.NAMES,
        home=ASSUMED,
        partner=Where(places=(ref(place),)),
    )


def _places(words: Sequence[Token], lexicon: Lexicon) -> Iterator[tuple[int, int, Place]]:
    """Each run of words that names one place of the registry alone, the longest first."""
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            meanings = lexicon.meanings([token.text for token in words[start : start + length]])
            known = [each for each in meanings if isinstance(each, Place) and each.id]
            if len(known) == 1 and len(known) == len(meanings):
                yield start, start + length, known[0]
