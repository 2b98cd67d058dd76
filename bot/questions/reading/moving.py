"""Who moves where a visit is told of and the mover is called by what it is, not by name: 高雄的姊妹市首長來訪."""

from bot.questions.parts.sentence import Sentence
from bot.questions.parts.spans import Span

_ON_THE_WAY = ("level", "people", "order", "logic")
_OTHERWISE = frozenset(("did", "do", "does", "will", "we", "i", "shall"))
"""Words between a kind and a verb that say that somebody else moves: "which sister city *did* the mayor visit"."""


def partners_move(sentence: Sentence, verb: int, keys: set[str]) -> bool:
    """Whether partners are said to have come, right before the verb at `verb`, whosever partners they are.

    A visit without more is left open in Chinese: 高雄有哪些姊妹市訪問過 may be told of either.
    """
    if not keys & {"came", "visit"} or _is_of_either_way(sentence, verb):
        return False
    persons = False
    for index in range(verb - 1, -1, -1):
        span = sentence.spans[index]
        words = {token.text for token in sentence.tokens[span.start : span.end]}
        if span.of("kind") or span.has(("noun", "city")):
            return "came" in keys or persons or not sentence.chinese
        if not (_is_passed(span) or _has_them(sentence, index)) or words & _OTHERWISE:
            return False
        persons = persons or bool(span.of("level") or span.of("people"))
    return False


_HAD = frozenset(("with", "without", "had", "have", "has", "no", "any"))


def _is_of_either_way(sentence: Sentence, verb: int) -> bool:
    """Whether visits are had, of which nothing says who made them: "partners without any visit", "had visits"."""
    if sentence.chinese or sentence.plainly(verb) not in ("visit", "visits"):
        return False
    return verb > 0 and sentence.tokens[sentence.spans[verb].start - 1].text in _HAD


def _has_them(sentence: Sentence, index: int) -> bool:
    """Whether it says whose partners they are: "which partner of Tainan visited in 2018?"."""
    before = sentence.spans[index - 1] if index else None
    whose = sentence.spans[index - 2] if index > 1 else None
    if before is None or whose is None or sentence.chinese or whose.of("level") or whose.of("people"):
        return False  # "the mayor of Tainan visited"
    return before.has(("small", "of"))


def _is_passed(span: Span) -> bool:
    """Whether it may stand between partners and what they do: their mayor, a time, how often."""
    if span.mark or span.mention is not None or "own" in span.of("small"):
        return False
    little = span.of("filler") or span.of("small") or any(span.of(section) for section in _ON_THE_WAY)
    return bool(little) or span.time is not None
