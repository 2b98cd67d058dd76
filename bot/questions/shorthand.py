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


def written_out(text: str) -> str:
    """The text with its shorthand written out; to be called where width and unseen marks were made plain."""
    for pattern, whole in _SHORT:
        text = pattern.sub(whole, text)
    return text
