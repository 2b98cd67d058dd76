"""Whose ties a question of everybody's is about: those of the offices' country, or of all of a level in it."""

from collections.abc import Collection

from bot.domain.partnerships import Status
from bot.domain.places import Place
from bot.questions.conditions import Event
from bot.questions.holdings import Registry
from bot.questions.lying import lies
from bot.questions.query import Query
from bot.services.lexicon import Names


def are_over(query: Query) -> bool:
    """Whether ties are asked for that have ended, which few have, and none of them is nobody's."""
    return query.acts.event is Event.ENDED or Status.ENDED in query.acts.statuses


def country_of_ours(query: Query, home_countries: Collection[str]) -> str | None:
    """The country of the offices, whose ties alone are meant where all those in some other country are asked for."""
    partner = query.partner
    if len(home_countries) != 1 or not query.home.anywhere or partner.places or partner.groups:
        return None
    there = {*partner.countries, *(area.country for area in partner.areas)}
    (ours,) = home_countries
    return ours if there and ours not in there and not are_over(query) else None


def all_of_level(query: Query, names: Names, registry: Registry) -> list[Place]:
    """All of a level in a country, with a tie or without, where those without one are asked for."""
    if not (query.of_those_without and query.home.levels and query.home.countries):
        return []
    places = (place for level in query.home.levels for place in names.by_level.get(level, ()))
    return [place for place in places if place.successor_id is None and lies(place, query.home, registry)]
