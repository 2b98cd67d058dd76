"""Text made plain letter by letter, so that places in it stay where they are."""

import unicodedata
from functools import lru_cache

from bot.questions.text.scripts import traditional

_LETTERS = {"臺": "台", "’": "'", "‘": "'", "\n": "。"}


def plain_letters(text: str) -> str:
    """The text in lower case, plain width and Traditional characters, one for each that was there."""
    if text.isascii():
        return text.lower().replace("\n", "。")
    converted = traditional(text)
    letters = converted if len(converted) == len(text) else text
    return "".join(map(_plain, letters))


@lru_cache(maxsize=8192)
def _plain(letter: str) -> str:
    if letter in _LETTERS:
        return _LETTERS[letter]
    plain = unicodedata.normalize("NFKC", letter).casefold()
    return plain if len(plain) == 1 else letter
