"""What is in no foreign country: ties within one's own, and those with territories, which are no countries."""

from collections.abc import Iterable, Sequence

from bot.domain.places import Place
from bot.domain.regions import is_territory
from bot.questions.answering.choosing import partners_of
from bot.questions.answers import Statement, once, sentence
from bot.questions.holdings import Link
from bot.questions.query import Per, Query

_AT_MOST = 10


def is_domestic(link: Link, query: Query) -> bool:
    """Whether both ends lie in one country, which the question does not name as that of the partners."""
    country = link.partner.country
    return country is not None and country == link.home.country and country not in query.partner.countries


def _in_territory(link: Link, query: Query) -> bool:
    country = link.partner.country or ""
    return is_territory(country) and country not in query.partner.countries


def abroad(links: Iterable[Link], query: Query) -> list[Link]:
    """Those that are told apart by country or part of the world: not one's own, and no territory among countries."""
    kept = [link for link in links if not is_domestic(link, query)]
    return kept if query.per in _PARTS else [link for link in kept if not _in_territory(link, query)]


_PARTS = (Per.REGION, Per.CONTINENT)


def countries_abroad(links: Iterable[Link], query: Query) -> list[str]:
    """The foreign countries in which the partners lie, each once."""
    return list(once(link.partner.country for link in abroad(links, query) if link.partner.country))


def told_beside(links: Sequence[Link], query: Query) -> list[Statement]:
    """What `abroad` leaves out."""
    at_home = partners_of(link for link in links if is_domestic(link, query))
    acts = len({link.act.id for link in links if is_domestic(link, query)})
    parts = [link for link in links if _in_territory(link, query) and not is_domestic(link, query)]
    territories = partners_of(parts) if query.per not in _PARTS else []
    return [
        *([sentence("in_territories", places=_shown(territories))] if territories else []),
        *([sentence("in_own_country", places=_shown(at_home), n=acts)] if at_home else []),
    ]


def counted_at_home(links: Sequence[Link], query: Query) -> list[Statement]:
    """How many of those that are counted lie in one's own country, which a count of "sister cities" may not mean."""
    at_home = partners_of(link for link in links if is_domestic(link, query))
    if not at_home or len(at_home) == len(partners_of(links)):
        return []
    return [sentence("own_country_among", places=_shown(at_home), n=len(at_home))]


def _shown(places: Sequence[Place]) -> list[Place | str]:
    return [*places[:_AT_MOST], *(["…"] if len(places) > _AT_MOST else [])]
