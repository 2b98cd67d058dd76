"""Of several places that are named, those with which nothing is on record: an answer about the others says so."""

from dataclasses import replace

from bot.questions.answering.about_exchanges import exchanges_of, vague
from bot.questions.answering.choosing import whatever_there_is
from bot.questions.answers import Answer, Outcome, Statement, sentence
from bot.questions.conditions import Met, PlaceRef, Where
from bot.questions.holdings import Registry
from bot.questions.query import About, Query

_OF_AGREEMENTS = (About.TIES, About.ANNIVERSARIES)
_SAID = frozenset(("no_tie", "no_tie_of_any", "met_not"))
"""What an answer about each place alone says by itself."""


def with_those_without(found: Answer, query: Query, registry: Registry) -> Answer:
    """The answer, and behind it the named places without any agreement, or without an exchange that was asked for."""
    if len(query.partner.places) < 2 or query.records or query.every or query.compare:
        return found
    if any(said.key in _SAID for said in found.statements):
        return found
    named = query.partner.places
    untied = [ref for ref in named if not whatever_there_is(_alone(query, ref), registry)]
    if query.about in _OF_AGREEMENTS:
        unmet: list[PlaceRef] = []
    elif query.about is About.EXCHANGES:
        unmet = [ref for ref in named if not _is_met(_alone(query, ref), registry)]
        untied = [ref for ref in untied if ref in unmet]
    else:
        return found
    unsaid = found.outcome is Outcome.ANSWERED  # else that there is nothing with any of them is said already
    said: list[Statement] = []
    if unmet and (unsaid or len(unmet) < len(named)):
        places = [registry.called(ref) for ref in unmet]
        any_met = query.exchanges == Met()
        said.append(sentence("named_never_met" if any_met else "named_unmet", places=places))
    if untied and (unsaid or unmet or len(untied) < len(named)):
        said.append(sentence("named_untied", places=[registry.called(ref) for ref in untied]))
    return found.followed_by(*said)


def _alone(query: Query, ref: PlaceRef) -> Query:
    """The question about one of the places, be it about the first or the most of all of them."""
    return replace(query, partner=Where(places=(ref,)), rank=None, limit=None)


def _is_met(alone: Query, registry: Registry) -> bool:
    return bool(exchanges_of(alone, registry) or vague(alone, registry))
