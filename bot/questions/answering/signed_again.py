"""Whether two places signed again, where no such signing is logged: what they have signed later may tell it."""

from bot.questions.answering.choosing import by_age, whatever_there_is
from bot.questions.answering.telling import acts_in, link_lines
from bot.questions.answers import Statement, sentence
from bot.questions.holdings import Registry
from bot.questions.query import Query

_SEVERAL = 2
_RENEWED = "續簽"
"""One of the words for it, which `Met.words` has in both languages."""


def what_was_signed_since(query: Query, registry: Registry) -> list[Statement]:
    """The agreements with the one partner, where there are several, and it is asked if something was signed again."""
    if _RENEWED not in query.exchanges.words or not query.partner.is_one_place:
        return []
    links = by_age(whatever_there_is(query, registry))
    if acts_in(links) < _SEVERAL or len({link.act.signed for link in links}) < _SEVERAL:
        return []
    return [sentence("ties_are", link_lines(links, registry, query), n=acts_in(links))]
