"""Partners that are compared for their exchanges with whoever asks, and not for those they had with everybody."""

from dataclasses import replace

from bot.questions.conditions import Comparing, Where
from bot.questions.query import About, Query
from bot.questions.vocabulary.lexicon import Lexicon


def with_whoever_asks(query: Query, lexicon: Lexicon) -> Query:
    """Exchanges of places that have no office are those with the asker: "exchanges with Guam compared with Prague"."""
    compare = query.compare
    weighed = compare is not None and compare.how is Comparing.NUMBERS and query.about is About.EXCHANGES
    if compare is None or not weighed or not (query.partner.anywhere or query.partner == Where(own=True)):
        return query
    homes = [ref for where in (query.home, *compare.others) for ref in where.places]
    strangers = bool(homes) and not any(ref.id in lexicon.offices for ref in homes)
    sets = any(where.groups or where.countries or where.own for where in (query.home, *compare.others))
    if sets or not strangers:
        return query
    partner = Where(own=True, assumed=query.partner.anywhere)
    return replace(query, partner=partner)
