"""What one place has, made of the records that stand at it."""

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.exchanges import Exchange, ExchangeStatus, LastContact
from bot.domain.partnerships import Partnership
from bot.domain.places import Place
from bot.questions.holdings import Holding, Link
from bot.services.lexicon import Names
from bot.services.ties import group_into_ties


def holding_of(
    home: Place,
    districts: Sequence[Place],
    acts: Sequence[Partnership],
    exchanges: Sequence[Exchange],
    names: Names,
) -> Holding:
    """What of these records a place has, with its predecessors, and what of them its districts have."""
    own = names.with_predecessors(home.id)
    own_ids = frozenset(place.id for place in own)
    mine = [act for act in acts if any(party.id in own_ids for party in act.parties)]
    met = [each for each in exchanges if any(place.id in own_ids for place in each.places)]
    ties = group_into_ties(mine, sorted(own_ids), last_contacts(met, own_ids))
    predecessors = {place.id: place for place in own if place.id != home.id}
    their_ids = frozenset(place.id for place in districts) - own_ids
    own_exchanges = {each.id for each in met}
    others = (each for each in exchanges if each.id not in own_exchanges)
    theirs = [each for each in others if any(place.id in their_ids for place in each.places)]
    links = list(_district_links(home, districts, acts, last_contacts(theirs, their_ids)))
    return Holding(home, own_ids, ties, links, met, predecessors, theirs, their_ids)


def last_contacts(exchanges: Iterable[Exchange], own_ids: frozenset[int]) -> dict[int, LastContact]:
    """The newest held exchange of each other place; `exchanges` are in the order of their days."""
    found: dict[int, LastContact] = {}
    for each in exchanges:
        if each.status is ExchangeStatus.HELD:
            contact = LastContact(each.id, each.end_date or each.date, each.scope)
            found |= {place.id: contact for place in each.places if place.id not in own_ids}
    return found


def _district_links(
    home: Place,
    districts: Sequence[Place],
    acts: Sequence[Partnership],
    contacts: dict[int, LastContact],
) -> Iterable[Link]:
    by_id: Mapping[int, Place] = {place.id: place for place in districts}
    for act in acts:
        through = next((by_id[party.id] for party in act.parties if party.id in by_id), None)
        if through is None or any(party.id == home.id for party in act.parties):
            continue
        for tie in group_into_ties([act], [through.id], contacts):
            yield Link(home, tie.partner, act, tie, through)
