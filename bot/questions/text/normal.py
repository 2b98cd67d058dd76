"""A question as it is compared: tokens without what depends on how somebody types, each with its place in the text.

Case, width, diacritics, script (simplified, Traditional, Japanese), markdown, mentions, links, emoji, control and
direction characters make no difference.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.domain.names import fold
from bot.questions.text.scripts import plain_characters

MAX_LENGTH = 600
"""Characters of a question, without the spaces at its ends, that are read; a longer text is no question."""


class Sort(StrEnum):
    """What a token is made of."""

    WORD = "word"
    NUMBER = "number"
    HAN = "han"
    """One character of Chinese or Japanese."""
    MARK = "mark"
    """Punctuation that ends a part of a sentence."""


@dataclass(frozen=True, slots=True)
class Token:
    """`start` and `end` are offsets in the question as it was typed, `gap` what stands between it and the one before:
    nothing, spaces, an apostrophe.
    """

    text: str
    sort: Sort
    start: int
    end: int
    gap: str = ""


_NOT_WORDS = re.compile(
    r"<a?:\w{1,40}:\d{1,20}>"  # custom emoji
    r"|<(?:@[!&]?|#)\d{1,20}>|<t:-?\d{1,15}(?::\w)?>|</[^<>\n]{1,100}:\d{1,20}>"  # mentions, times, commands
    r"|@(?:everyone|here)\b"
    r"|https?://\S{1,2000}|www\.\S{1,2000}",
    re.IGNORECASE,
)

_QUOTES = frozenset("'’‘＇ʼ`´")
_MARKS = frozenset('.,;:!?。，、；：！？…—–/()（）[]「」『』《》"“”\n')
_HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+(?![^\W_" + _HAN + r"]))"
    rf"|(?P<han>[{_HAN}])"
    rf"|(?P<word>(?:(?![{_HAN}])[^\W_])+)"
    r"|(?P<mark>[.,;:!?/()\[\]\"])"
)


def blanked(text: str) -> str:
    """The text with Discord's mentions, links and custom emoji turned into spaces; its length stays."""
    return _NOT_WORDS.sub(lambda match: " " * len(match[0]), text)


@lru_cache(maxsize=8192)
def _plain(letter: str) -> str:
    """What a letter is compared as: letters, an apostrophe, a mark, a space, or nothing."""
    if "\uff01" <= letter <= "\uff5e":  # full width
        letter = chr(ord(letter) - 0xFEE0)
    if letter in _QUOTES:
        return "'"
    if letter == "&":
        return " n "
    if letter in "-\u2010\u2011":
        return "-"
    if letter in _MARKS:
        return unicodedata.normalize("NFKC", letter)[0].translate(_PLAIN_MARKS)
    if unicodedata.category(letter) in ("Cf", "Mn", "Mc", "Me"):
        return ""
    return fold(letter).translate(plain_characters()) or " "


_PLAIN_MARKS = str.maketrans("。、—–「」『』《》“”…\n", '.,--"""""""".,')


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text, in order; runs of letters and digits are one, and so is each Han character."""
    letters: list[str] = []
    offsets: list[int] = []
    for index, letter in enumerate(blanked(text)):
        for plain in _plain(letter):
            letters.append(plain)
            offsets.append(index)
    plain = "".join(letters)
    found = []
    before = 0
    for match in _TOKEN.finditer(plain):
        start, end = match.span()
        if _abbreviates(plain, start) and text[offsets[start] + 1 :].lstrip()[:1].islower():
            continue
        sort = Sort(str(match.lastgroup))
        text_of = match[0].replace(",", "") if sort is Sort.NUMBER else match[0]
        found.append(Token(text_of, sort, offsets[start], offsets[end - 1] + 1, plain[before:start]))
        before = end
    return found


def _abbreviates(plain: str, at: int) -> bool:
    """Whether a stop is the last of an abbreviation, and so ends no sentence where it goes on in small letters: U.S."""
    return (
        plain[at] == "."
        and at >= len("u.s")
        and _ABBREVIATION.fullmatch(plain[at - len("u.s") : at]) is not None
    )


_ABBREVIATION = re.compile(r"[a-z]\.[a-z]")


def words_of(name: str) -> tuple[str, ...]:
    """A name or phrase as it is compared: its tokens without marks, the same as of a question that holds it."""
    plain = fold(name).translate(plain_characters())
    if plain.isascii():
        return tuple(plain.split())
    letters = "".join(c for c in plain if unicodedata.category(c)[0] != "M")
    return tuple(match[0] for match in _TOKEN.finditer(letters))
