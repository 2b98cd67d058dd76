"""Questions that were not understood, as an office keeps them: what was asked, never who asked it.

Standard library only.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

LONGEST, WORDS = 300, 120
"""Characters of a question that are kept, and of its words that could not be placed."""

BLANK = "…"
_OF_PEOPLE = re.compile(
    r"<[@#][!&]?\d+>"  # mentions
    r"|https?://\S+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|@\S+"
    r"|\+?\d[\d\s()-]{6,}\d"  # telephone numbers, and numbers of documents
)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question; `reading` is why it was not understood, `words` are those that could not be placed."""

    question: str
    reading: str
    words: str
    language: str
    asked_at: datetime
    times: int = 1
    number: int = 0


def without_people(text: str, names: Iterable[str]) -> str:
    """The text without addresses, numbers and mentions, and without these names of people."""
    text = _OF_PEOPLE.sub(BLANK, text)
    for name in sorted({name for name in names if len(name) > 1}, key=len, reverse=True):
        text = re.sub(re.escape(name), BLANK, text, flags=re.IGNORECASE)
    return text
