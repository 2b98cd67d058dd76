"""Who signed one agreement together with others, which its other parties are and no list of ties: 還有誰一起簽."""

from bot.questions.conditions import Comparing
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Query, RankBy


def is_of_one_signing(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked who else signed the same agreement, of which all that have one would be told."""
    if query.about is not About.TIES or not sentence.has(("ask", "who"), ("ask", "which")):
        return False
    if sentence.chinese:
        signed = [sentence.spans[i + 1].has(("event", "signed")) for i in _together(sentence)]
        return any(signed) and any(sentence.plainly(i) in _WHO_ELSE for i in sentence.all(("ask", "who")))
    words = sentence.plain
    return any(each in words for each in ("who else signed it", "who else signed that", "signed it with us"))


_WHO_ELSE = frozenset(("還有誰", "还有谁", "誰", "谁", "另外還有誰", "跟誰", "跟谁", "和誰", "和谁"))


def _together(sentence: Sentence) -> list[int]:
    return [i for i in sentence.all(("meet", "together")) if i + 1 < len(sentence.spans)]


def is_first_of_all(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked who was first of those that share a partner, which no partner they share tells: 誰最早."""
    shared = query.compare is not None and query.compare.how is Comparing.COMMON
    ordered = query.rank is not None and query.rank.by in (RankBy.FIRST, RankBy.LAST)
    return shared and ordered and sentence.has(("ask", "who")) and not sentence.any_of("kind")
