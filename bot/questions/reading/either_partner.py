"""Two places of which either will do: neither is the other's home, "has anyone from Seattle or Miami been here?"."""

from dataclasses import replace

from bot.questions.conditions import Where
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query
from bot.questions.reading.naming import joined


def either_partner(query: Query, sentence: Sentence) -> Query:
    """The query of the asker's ties with both, where an "or" stands between what was read as home and partner."""
    home, partner = query.home, query.partner
    pair = home == Where(places=home.places) and partner == Where(places=partner.places)
    asks = query.asked is Asked.BOOLEAN and query.about in (About.TIES, About.EXCHANGES)
    if not (asks and pair and home.places and partner.places) or query.compare is not None or query.rank:
        return query
    places = {*home.places, *partner.places}
    named = [i for i in sorted(sentence.names) if {*sentence.names[i].where.places} & places]
    between = [*range(named[0] + 1, named[-1])] if named else []
    ors = [i for i in between if sentence.spans[i].has(("logic", "or")) and sentence.plainly(i) != "还是"]
    either = bool(ors) and not any(sentence.means(i) for i in between if i not in ors)
    if len(named) != len(places) or not either:
        return query
    whose = Where(own=True, assumed=True)
    return replace(query, home=whose, partner=joined([home, partner]), presumed=frozenset())
