"""Whether several places have one partner in common: "do Taipei and Taichung share Guam as a sister city?"."""

from dataclasses import replace

from bot.questions.conditions import Where
from bot.questions.parts.sentence import Sentence
from bot.questions.query import Asked, Query
from bot.questions.reading.naming import joined


def shared_by_all(query: Query, sentence: Sentence) -> Query:
    """The query from the side of the place that is shared: whether each of the others is a partner of it."""
    at = next(iter(sentence.all(("logic", "common"))), None)
    if at is None or query.asked is not Asked.BOOLEAN or query.compare is not None:
        return query
    names = sorted(sentence.names.values(), key=lambda name: name.span)
    before = [name.where for name in names if name.span < at]
    behind = [name.where for name in names if name.span > at]
    passive = at + 1 < len(sentence.spans) and sentence.plainly(at + 1) == "by"
    shared, several = (before, behind) if passive else (behind, before)
    if (
        not (_are_places(shared, exactly=1) and _are_places(several, exactly=len(several)))
        or len(several) < _TWO
    ):
        return query
    return replace(query, home=shared[0], partner=joined(several), every=True)


def _are_places(wheres: list[Where], exactly: int) -> bool:
    return len(wheres) == exactly and all(len(where.places) == 1 for where in wheres)


_TWO = 2
