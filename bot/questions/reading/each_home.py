"""Several homes of which each is asked whether it has such a tie: "do Keelung and Nantou both have one in Korea?"."""

from dataclasses import replace

from bot.questions.conditions import Comparing, Where
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query
from bot.questions.reading.naming import joined

_OF_EACH = frozenset(("both", "both of them", "of both", "都", "皆", "均", "都有", "皆有", "均有", "都是"))
"""Words that say of each of several what "in common" and 共同 say of all of them together."""


def each_has(query: Query, sentence: Sentence) -> Query:
    """Whether each has one there, be they with the same partner or not, where no partner is named that all share."""
    compare = query.compare
    common = compare is not None and compare.how is Comparing.COMMON and not compare.lacking
    if not common or compare is None or not compare.others or query.asked is not Asked.BOOLEAN:
        return query
    said = [sentence.plainly(i) for i in sentence.all(("logic", "common"), ("logic", "shared"))]
    if query.partner.places or query.partner.groups or not said or not _OF_EACH.issuperset(said):
        return query
    if _looks_for_one(sentence):
        return query
    homes = joined([query.home, *compare.others])
    if query.about is About.EXCHANGES:
        return _met_each(query, homes)
    if replace(homes, own=False, places=(), assumed=False) != Where():
        return query  # "do Taiwan and Japan both have partners in Korea?"
    return replace(query, home=homes, compare=None, every=True)


def _met_each(query: Query, places: Where) -> Query:
    """Places that are only said to have met somebody were met by whoever asks: 釜山和首爾都來訪過嗎."""
    if places != Where(places=places.places):
        return query
    return replace(query, home=Where(own=True, assumed=True), partner=places, compare=None, every=True)


def _looks_for_one(sentence: Sentence) -> bool:
    """Whether partners are named before who has them, so that one is looked for: "a city that both A and B have"."""
    first = min((i for i, name in sentence.names.items() if name.is_place), default=0)
    return any(span.of("kind") or span.has(("noun", "city")) for span in sentence.spans[:first])


def asks_each_home(query: Query) -> bool:
    """Whether it is asked of each of several homes, and not of any."""
    return query.every and not query.negated and len(query.home.places) + query.home.own > 1
