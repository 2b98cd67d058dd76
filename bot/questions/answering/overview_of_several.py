"""All that is known of the ties with a country or region: not only with the first partner there."""

from collections.abc import Sequence

from bot.domain.exchanges import Exchange, ExchangeStatus
from bot.questions.answering.choosing import choose, partners_of
from bot.questions.answering.district_exchanges import exchanges_of_tie
from bot.questions.answering.fitting import day_of
from bot.questions.answering.telling import exchange_line, told_apart
from bot.questions.answers import Statement, once, sentence
from bot.questions.holdings import Link, Registry
from bot.questions.query import Query

_RECENT = 5


def is_of_several(links: Sequence[Link], query: Query) -> bool:
    """Whether an overview is of partners that may be several, so that the contact with one says nothing of them."""
    one = query.partner.is_one_place or query.records or query.rank
    return not one and (len(partners_of(links)) > 1 or not query.partner.places)


def overview_of_several(links: Sequence[Link], query: Query, registry: Registry) -> list[Statement]:
    """What fits nearly, told apart, and the last exchanges with any of the partners."""
    told_already = {link.act.id for link in links}  # memoranda, where there is no partner
    chosen = choose(query, registry).apart_where(lambda link: link.act.id not in told_already)
    apart = (*chosen.memoranda, *chosen.territory, *chosen.friendship, *chosen.looser)
    recent = _last_with_any([*links, *apart], registry)
    told = told_apart(chosen, query, registry)
    if not recent:
        return [*told, sentence("recent_with_none")]
    return [*told, sentence("recent_with_any", [exchange_line(each) for each in recent])]


def _last_with_any(links: Sequence[Link], registry: Registry) -> list[Exchange]:
    held = [
        each
        for link in links
        for each in exchanges_of_tie(link, registry)
        if each.status is ExchangeStatus.HELD
    ]
    found = sorted(once(held), key=lambda each: (day_of(each), each.id))
    return found[: -_RECENT - 1 : -1]
