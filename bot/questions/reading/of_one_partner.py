"""Dates of a partner that only its country tells: "when did we sign with our Polish partner?"."""

from dataclasses import replace

from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query, Rank, RankBy, Unit

_DEFINITE = frozenset(("our", "the", "my", "its", "their", "s", "your", "only", "one", "sole"))
_INDEFINITE = frozenset(("a", "an", "any"))
_PLURAL = ("s", "cities", "counties")


def of_one_partner(query: Query, sentence: Sentence) -> tuple[Query, bool]:
    """The query, and whether it speaks of one partner in a country, so that its day can be told.

    Since when there is "a partner" there is asked of the first.
    """
    dated = query.asked is Asked.DATE or query.unit is Unit.YEARS
    there = bool(query.partner.countries or query.partner.areas) and not query.partner.places
    if query.about is not About.TIES or not dated or not there or query.rank or sentence.chinese:
        return query, False
    article = _article(sentence)
    if article in _INDEFINITE:
        return replace(query, rank=Rank(RankBy.FIRST)), True
    return query, article in _DEFINITE


def _article(sentence: Sentence) -> str:
    """The word before a partner in the singular that is told by where it lies: "*our* Polish partner"."""
    kinds = [i for i in sentence.any_of("kind") if not sentence.plainly(i).endswith(_PLURAL)]
    sets = [name.span for name in sentence.names.values() if not name.is_place]
    if len(kinds) != 1 or len(sets) != 1 or len(sentence.any_of("kind")) != 1:
        return ""
    kind, where = kinds[0], sets[0]
    adjective = where == kind - 1
    located = kind < where <= kind + len("in the") and "in" in sentence.small_before(where)
    if not (adjective or located):
        return ""
    first = where if adjective else kind
    if first - 1 in sentence.names and sentence.names[first - 1].is_place:
        return "s"  # "nuremberg turkey partner since when"
    start = sentence.spans[first].start
    return sentence.tokens[start - 1].text if start else ""
