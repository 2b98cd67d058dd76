"""Text made plain letter by letter, so that places in it stay where they are."""

import unicodedata

from bot.questions.text.scripts import traditional

_LETTERS = {"臺": "台", "’": "'", "‘": "'", "\n": "。"}


def plain_letters(text: str) -> str:
    """The text in lower case, plain width and Traditional characters, one for each that was there."""
    converted = traditional(text)
    letters = converted if len(converted) == len(text) else text
    return "".join(_LETTERS.get(letter) or _plain(letter) for letter in letters)


def _plain(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter).casefold()
    return plain if len(plain) == 1 else letter
