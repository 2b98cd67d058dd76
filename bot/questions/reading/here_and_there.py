"""Countries that are named together: homes with a tie in each of them, or whether there is one in each of them."""

from dataclasses import replace

from bot.questions.conditions import Where
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query

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


def each_there(query: Query, sentence: Sentence) -> Query:
    """A yes of countries that are named together is of each: "have we a partner in both Poland and Germany?"."""
    asks = query.asked is Asked.BOOLEAN and query.about in (About.TIES, About.EXCHANGES)
    other = query.compare or query.rank or query.having or query.per or query.negated or query.every
    partner = query.partner
    if not asks or other or partner.places or partner.groups or partner.without is not None:
        return query
    there = [i for i in sorted(sentence.names) if _is_whole(sentence.names[i].where, partner)]
    if len(there) < _TWO or not _side_by_side(sentence, there):
        return query
    sentence.take(("logic", "common"))
    return replace(query, each=tuple(sentence.names[i].where for i in there))


def _is_whole(where: Where, partner: Where) -> bool:
    """Whether a name is that of countries or the like, which the partners lie in."""
    return bool(where.countries or where.regions or where.areas) and _is_part(where, partner)


def _side_by_side(sentence: Sentence, names: list[int]) -> bool:
    """Whether nothing but "and" stands between the names, and no "or"."""
    between = [i for i in range(names[0] + 1, names[-1]) if i not in names]
    joins = all(sentence.spans[i].mark or set(sentence.spans[i].of("small")) & _JOINS for i in between)
    return joins and any("and" in sentence.spans[i].of("small") for i in between)


_JOINS = frozenset(("and", "in", "with"))


def _is_part(where: Where, whole: Where) -> bool:
    return (
        set(where.countries) <= set(whole.countries)
        and set(where.regions) <= set(whole.regions)
        and set(where.areas) <= set(whole.areas)
    )
