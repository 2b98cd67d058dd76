"""Whether there is something else with a partner than one kind of agreement: what there is else is told, not "yes"."""

from dataclasses import replace

from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query, Told


def what_else_there_is(query: Query, sentence: Sentence) -> Query:
    """The query for all else, where "do we have anything with Busan besides the sister city agreement?" is asked."""
    apart = any(span.has(("logic", "except")) for span in sentence.spans) and bool(query.acts.without_kinds)
    plain = query.rank is None and query.per is None and query.acts.within is None and not query.acts.statuses
    asked = query.asked is Asked.BOOLEAN and query.about is About.TIES and not query.negated
    if not (apart and plain and asked and query.partner.is_one_place) or query.met or query.unmet:
        return query
    return replace(query, asked=Asked.TEXT, told=Told.OVERVIEW)
