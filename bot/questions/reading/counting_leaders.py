"""How many leaders came is told by the visits they made; how many people came with them is another question."""

from dataclasses import replace
from itertools import pairwise

from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Query, Unit


def leaders_by_visits(query: Query, sentence: Sentence) -> Query:
    """A number of leaders is one of exchanges, not of heads: 有幾位市長來訪."""
    of_people = query.unit is Unit.PEOPLE and query.about is About.EXCHANGES and query.exchanges.levels
    leaders = any(
        one.has(("ask", "count")) and other.has(("people", "mayor"))
        for one, other in pairwise(sentence.spans)
    )
    return replace(query, unit=Unit.EXCHANGES) if of_people and leaders else query
