"""How names are compared: one folding for search, imports and questions, and one slug for file names.

Two names are the same name when their folded forms are equal. Folding forgets how a name was typed:
Gdańsk and gdansk meet, パリ and バリ do not.
"""

import re
import unicodedata

_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n",
    "æ": "ae", "œ": "oe", "þ": "th", "台": "臺",
}  # fmt: skip
_DROPPED = re.compile(r"[\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_MODIFIER_QUOTES = re.compile(r"[\u02b9-\u02c1]")


class _FoldedLetters(dict[int, str]):
    """What each code point becomes; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        category = unicodedata.category(letter)
        if letter in _LETTERS:
            folded = _LETTERS[letter]
        elif category == "Cf" or _DROPPED.match(letter):
            folded = ""
        elif category[0] in "PSZ" or category == "Cc" or _MODIFIER_QUOTES.match(letter):
            folded = " "
        else:
            folded = letter
        self[code] = folded
        return folded


_FOLDED_LETTERS = _FoldedLetters()


def fold(name: str) -> str:
    """Return the form in which names are compared; folding twice changes nothing more.

    Folded are: width and other compatibility forms (NFKC); case (ß becomes ss); the combining marks of Latin,
    Greek and Cyrillic letters (U+0300 to U+036F), and the letters that Unicode leaves whole: ł, ø, đ, ð,
    ħ, ŧ, ı, ŋ, æ, œ, þ; 台 into 臺; variation selectors and invisible format characters, which vanish;
    every run of punctuation, symbols, apostrophes and spaces into one space, none at the ends.

    Kept are: the voicing marks of kana, the vowel signs of Indic scripts, and the difference between
    simplified and traditional characters.
    """
    if name.isascii() and name.isalnum():
        return name.lower()  # most names of a large index, and nothing else applies to them
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    letters = unicodedata.normalize("NFC", decomposed.translate(_FOLDED_LETTERS))
    return " ".join(letters.split())


def clean(text: str) -> str:
    """Return what is kept of a text that somebody typed, without spaces at its ends.

    Dropped are control characters, which PostgreSQL refuses in part, lone surrogates, and invisible marks, which
    can turn what stands around them; line breaks and the joiners of scripts and emoji stay.
    """
    kept = (c for c in text if c in "\n\t\u200c\u200d" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return "".join(kept).strip()


def slug(name: str) -> str:
    """Return the name in lower-case ASCII letters and digits joined by hyphens.

    Letters of other scripts are left out, not transliterated; the result is empty if nothing else was there.
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
