"""Whether somebody is still in touch with somebody: what there was once is no yes, but how long ago it was.

A question says so by the statuses of agreements that stand (`Acts.statuses`): "do we still meet with Columbus?".
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.dormancy import Contact
from bot.domain.exchanges import Exchange
from bot.domain.partnerships import Status
from bot.questions.about_exchanges import no_exchange
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, sentence
from bot.questions.choosing import whatever_there_is
from bot.questions.conditions import Met
from bot.questions.fitting import partners_in
from bot.questions.holdings import Link, Registry
from bot.questions.query import About, Asked, Query
from bot.questions.scripts import traditional
from bot.questions.sentence import Sentence
from bot.questions.telling import exchange_line, of_exchanges

_STANDS = frozenset((Status.ACTIVE, Status.UNKNOWN))
_STILL = re.compile(
    "(?:還|仍(?:然|舊)?|依然|依舊)(?:[有在跟和與]|持續|保持|維持).{0,14}(?:往來|來往|聯絡|聯繫|互動|接觸|交流)"
)
_OF_MORE = re.compile("除了|其他|其它|另外|別的|哪|什麼|何|幾|誰|之[前後]|以[前後]")
_ALIVE = (Contact.FRESH, Contact.COOLING)
_FEW = 5


def with_still(query: Query, sentence: Sentence) -> Query:
    """The query with agreements that stand where Chinese asks if there is still contact: 我們跟俄羅斯還有沒有往來."""
    said = traditional(sentence.text) if sentence.chinese else ""
    if not _STILL.search(said) or _OF_MORE.search(said) or not _asks_whether_met(query):
        return query
    return replace(query, acts=replace(query.acts, statuses=_STANDS))


def asks_if_still(query: Query) -> bool:
    """Whether it is asked if there is contact today, of whichever sort."""
    return _asks_whether_met(query) and query.acts.statuses == _STANDS and not query.negated


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


def _asks_whether_met(query: Query) -> bool:
    """Whether it is asked if there is any exchange, and nothing else of it."""
    whether = query.about is About.EXCHANGES and query.asked is Asked.BOOLEAN
    narrowed = query.rank or query.per or query.compare or query.having or query.every
    return whether and not narrowed and not query.partner.anywhere and query.exchanges == Met()


def _ties(query: Query, registry: Registry) -> list[Link]:
    """The ties with those who are asked for, one of each partner, the few first."""
    links = {link.partner.id: link for link in reversed(whatever_there_is(query, registry))}
    return list(links.values())[:_FEW]
