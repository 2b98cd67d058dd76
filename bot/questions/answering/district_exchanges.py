"""What districts of a place did with others: told apart from what it did itself, as their ties are (reading 3).

They are its districts of today with what these were before, so that what the old Taoyuan City did is found, too.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeStatus
from bot.questions.answering.about_exchanges import SHOWN, exchanges_of, ranked
from bot.questions.answering.fitting import day_of, exchange_fits, has_partner
from bot.questions.answering.telling import exchange_line
from bot.questions.answers import Answer, Outcome, once, sentence
from bot.questions.holdings import Holding, Link, Registry
from bot.questions.query import About, Asked, Query


def exchanges_of_tie(link: Link, registry: Registry) -> list[Exchange]:
    """What there was between the two sides of a tie, oldest first; of a tie of a district what that had."""
    holding = registry.holding(link.home)
    if link.through is not None and link.through.id in holding.district_ids:
        holding = _with_its_districts(holding)
    return holding.exchanges_with(link.partner)


def with_districts_asked_for(query: Query, registry: Registry) -> Registry:
    """The registry with what districts did as if it were home's, where a partner of theirs or a record is named."""
    if query.about is not About.EXCHANGES or not any(h.district_exchanges for h in registry.homes):
        return registry
    if not (query.records or query.partner.is_one_place) or _is_of_our_own_officials(query):
        return registry
    whole = replace(registry, homes=[_with_its_districts(holding) for holding in registry.homes])
    own, theirs = _named(query, registry), _named(query, whole)
    return whole if theirs and not own else registry


def told_of_districts(found: Answer, query: Query, asked: Registry, registry: Registry) -> Answer:
    """The answer with what districts did told below it: no "no" stands where only they did what is asked for.

    `asked` is the registry that was answered from, `registry` the one without what districts did.
    """
    if asked is not registry:
        shown = [
            each for h in registry.homes for each in h.district_exchanges if each.record in found.records
        ]
        places = _of_districts(shown, registry)
        return found.followed_by(sentence("of_districts", places=places)) if places else found
    theirs = _of_those_without(found, query, registry) if query.of_those_without else _beside(query, registry)
    if not theirs:
        return found
    told = sentence(
        "district_exchanges_apart", [exchange_line(each) for each in reversed(theirs[-SHOWN:])], n=len(theirs)
    )
    found = replace(
        found.followed_by(told),
        records=once((*found.records, *(each.record for each in theirs))),
        scopes=found.scopes | {each.scope for each in theirs},
    )
    if query.asked is Asked.BOOLEAN and found.value is query.negated:
        return replace(found, outcome=Outcome.NO_RECORD, value=None)
    return found


def _is_of_our_own_officials(query: Query) -> bool:
    """Whether officials may be meant who are home's: the mayor of a city in a county is not the county's."""
    met = query.exchanges
    return bool(met.levels) and met.kinds != {ExchangeKind.VISIT_IN}


def _named(query: Query, registry: Registry) -> list[Exchange]:
    """What there was with the partner, or is under the numbers, that the question names."""
    if query.records:
        return exchanges_of(query, registry)
    anything = frozenset(ExchangeStatus)
    met = replace(query.exchanges, statuses=anything)
    fitting = [each for each in registry.exchanges() if exchange_fits(each, met, registry)]
    every = [each for each in registry.exchanges() if each.status in anything]
    return [each for each in fitting or every if has_partner(each, query, registry)]


def _beside(query: Query, registry: Registry) -> list[Exchange]:
    """What districts did that fits, oldest first; where the last is asked for only if it is later than home's."""
    met = query.exchanges if query.about is About.EXCHANGES else query.met
    if met is None or query.compare is not None or query.having is not None or query.every or query.unmet:
        return []
    asked = replace(query, about=About.EXCHANGES, exchanges=met, met=None)
    theirs = [replace(h, exchanges=h.district_exchanges, own_ids=h.district_ids) for h in registry.homes]
    found = exchanges_of(asked, replace(registry, homes=theirs))
    if query.rank is None or query.per is not None or not found:
        return found
    both = sorted([*exchanges_of(asked, registry), *found], key=lambda each: (day_of(each), each.id))
    return [each for each in ranked(both, asked, registry) if each in found]


def _of_those_without(found: Answer, query: Query, registry: Registry) -> list[Exchange]:
    """What districts did of the homes that are told to have done nothing of the sort."""
    told = [holding for holding in registry.homes if holding.home in found.places]
    return _beside(replace(query, per=None, having=None), replace(registry, homes=told))


def _with_its_districts(holding: Holding) -> Holding:
    both = [*holding.exchanges, *holding.district_exchanges]
    both.sort(key=lambda each: (day_of(each), each.id))
    return replace(holding, exchanges=both, own_ids=holding.own_ids | holding.district_ids)


def _of_districts(exchanges: Sequence[Exchange], registry: Registry) -> list[object]:
    """The districts that took part in these."""
    ids = {each for holding in registry.homes for each in holding.district_ids}
    return [*once(place for each in exchanges for place in each.places if place.id in ids)]
