"""What people type short, written out, so that the grammar has each word once: "w/" is with, "no. of" number of."""

import re
from collections.abc import Sequence

_SHORT: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(pattern, re.IGNORECASE), whole)
    for pattern, whole in (
        (r"(?<=[^\W\d_])\s+\+\s+(?=[^\W\d_])", " and "),
        (r"\b(?:i\.\s?e|e\.\s?g|viz)\.,?", ""),
        (r"(?:#|\b(?:nos?|nrs?|nums?)\b\.?)\s{0,3}of\b", "number of"),
        (r"\bw/\s?o\b", "without"),
        (r"\bw/\s?", "with "),
        (r"\bb/w\b", "between"),
        (r"\byrs\b\.?", "years"),
        (r"\byr\b", "year"),
        (r"\bgovt\b\.?", "government"),
        (r"\bintl\b\.?", "international"),
        (r"\bann?iv\b\.?", "anniversary"),
    )
)


_TENS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_DECADES = re.compile(rf"\b({'|'.join(_TENS)})\s+decades?\b", re.IGNORECASE)


def written_out(text: str) -> str:
    """The text with its shorthand written out; to be called where width and unseen marks were made plain."""
    for pattern, whole in _SHORT:
        text = pattern.sub(whole, text)
    return _DECADES.sub(lambda match: f"{10 * _TENS[match[1].lower()]} years", text)
