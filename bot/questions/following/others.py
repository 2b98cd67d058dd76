"""What only what was told before would narrow: "anything else?", 還有別的嗎, "who came that year?"."""

import re

from bot.questions.parts.sentence import Sentence
from bot.questions.query import Query

_ELSE = re.compile(
    r"\b(?:any|some|no)(?:thing|one|body|where) else\b|\b(?:what|who|where|which) else\b"
    r"|\b(?:any|no|some|the|which|what) (?:more|others?)\b(?! than)"
    r"|(?:还有|有没有|有)(?:什么|哪些|任何)?(?:其他|其它|别|另外)的?"
)
_THAT_YEAR = re.compile(
    r"\b(?:that|the same) (?:same )?(?:year|month|week|day)\b|那一?[年天]|那个月|同一?[年天]|当年|该年"
)


def asks_for_the_others(sentence: Sentence) -> bool:
    """Whether others are asked for than were told, and nobody is named: all would be told again."""
    return not sentence.names and _ELSE.search(sentence.plain) is not None


def is_of_that_year(sentence: Sentence, before: Query) -> bool:
    """Whether a time is meant that was told and not asked for before, so that none would be kept to."""
    if sentence.has(("ask", "when")) or any(span.time for span in sentence.spans):
        return False
    parts = (before.acts, before.exchanges, before.met, before.unmet, before.turning)
    known = any(part is not None and part.within is not None for part in parts)
    return not known and _THAT_YEAR.search(sentence.plain) is not None
