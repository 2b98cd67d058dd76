"""Countries that are named together: homes with a tie in each of them, or in which of them there are more."""

from dataclasses import replace

from bot.questions.conditions import Where
from bot.questions.query import About, Asked, Per, Query
from bot.questions.sentence import Sentence

_TWO = 2


def in_each(query: Query, sentence: Sentence) -> Query:
    """Homes with a tie here and one there have both: "which German cities have partners in Poland and in Israel?"."""
    listed = query.asked in (Asked.PLACES, Asked.NUMBER) and query.about is About.TIES
    narrowed = query.rank or query.having or query.compare or query.met or query.unmet or query.partner.groups
    if query.per is not Per.HOME or not listed or narrowed or sentence.has(("logic", "or")):
        return query
    if query.partner.without is not None and sentence.has(("logic", "difference")):
        sentence.unfit = True  # "which have partners in Poland but not in France?"
        return query
    without = query.partner.without or Where()
    sets = tuple(
        name.where
        for name in sentence.names.values()
        if not (name.is_place or name.where.groups) and _is_part(name.where, query.partner)
        and not (set(name.where.countries) & set(without.countries))
    )  # fmt: skip
    if len(sets) < _TWO:
        return query
    sentence.take(("logic", "common"))
    return replace(query, each=sets)


def _is_part(where: Where, whole: Where) -> bool:
    return (
        set(where.countries) <= set(whole.countries)
        and set(where.regions) <= set(whole.regions)
        and set(where.areas) <= set(whole.areas)
    )
