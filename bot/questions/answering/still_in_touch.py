"""Whether somebody is still in touch with somebody: what there was once is no yes, but how long ago it was."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.dormancy import Contact
from bot.domain.exchanges import Exchange
from bot.questions.answering.about_exchanges import no_exchange
from bot.questions.answering.choosing import whatever_there_is
from bot.questions.answering.fitting import partners_in
from bot.questions.answering.telling import exchange_line, of_exchanges
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, sentence
from bot.questions.holdings import Link, Registry
from bot.questions.query import Query

_ALIVE = (Contact.FRESH, Contact.COOLING)
_FEW = 5


def still_in_touch(found: Sequence[Exchange], query: Query, registry: Registry) -> Answer:
    """Yes while a tie is neither dormant nor stale; else when the last contact was, and how the tie stands."""
    links = _ties(query, registry)
    states = [sentence("stands", partner=link.partner, quiet=quiet, record=link.tie.last and link.tie.last.record)
              for link in links if (quiet := registry.quietness(link))]  # fmt: skip
    if not found:
        none = no_exchange(
            replace(query, acts=replace(query.acts, statuses=frozenset())), registry, AnswerKind.BOOLEAN
        )
        return none.followed_by(*states)
    alive = any((quiet := registry.quietness(link)) and quiet.state in _ALIVE for link in links)
    last = max(found, key=lambda each: (each.end_date or each.date, each.id))
    told: list[Statement] = [sentence("yes_exchange")] if alive else []
    told.append(
        sentence(
            "last_exchange", [exchange_line(last)], date=last.end_date or last.date,
            partners=partners_in(last, registry), n=None, conditions=[],
        )
    )  # fmt: skip
    return of_exchanges(
        Outcome.ANSWERED, AnswerKind.BOOLEAN, found, *told, *states, value=True if alive else None
    )


def _ties(query: Query, registry: Registry) -> list[Link]:
    """The ties with those who are asked for, one of each partner, the few first."""
    links = {link.partner.id: link for link in reversed(whatever_there_is(query, registry))}
    return list(links.values())[:_FEW]
