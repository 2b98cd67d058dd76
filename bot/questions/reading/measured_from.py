"""How far the nearest partner of a place is, be it one that has an office or not: "how far is Cologne from its…?"."""

from dataclasses import replace

from bot.questions.conditions import Where
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Query, RankBy, Told

_FAR = (("order", "nearest"), ("order", "farthest"))


def measured_from(query: Query, sentence: Sentence) -> Query:
    """The query with the one place that is named as that from which the nearest of its partners is measured.

    Unfit where the place is told to be that partner, or it is measured from elsewhere.
    """
    ranked = query.rank is not None and query.rank.by in (RankBy.NEAREST, RankBy.FARTHEST)
    far = query.about is About.PLACES and query.told is Told.DISTANCE
    if not (ranked and far) or not query.partner.places:
        return query
    if len(query.partner.places) > 1 or not query.home.assumed or _is_that_one(sentence):
        sentence.unfit = True
        return query
    rest = replace(query.partner, places=())
    return replace(query, home=Where(places=query.partner.places), partner=rest)


def _is_that_one(sentence: Sentence) -> bool:
    """Whether a mark stands between the place and what it is told to be: "how far is Makati, our nearest partner?"."""
    order = [i for i in sentence.all(*_FAR)] or [i for i in sentence.any_of("order")]
    places = [i for i, name in sentence.names.items() if name.is_place]
    if not order or not places:
        return False
    first, last = sorted((places[0], order[0]))
    return any(sentence.spans[i].mark for i in range(first, last))
