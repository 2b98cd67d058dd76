"""What is answered of somebody who is asked for by name: exchanges seldom tell names, so that none is no "no"."""

from dataclasses import replace

from bot.domain.exchanges import Exchange, ExchangeLevel
from bot.questions.answering.fitting import exchange_fits, has_partner, is_with_kind, wanted_kinds
from bot.questions.answering.perhaps_visits import logged_otherwise
from bot.questions.answering.telling import exchange_line, of_exchanges
from bot.questions.answers import Answer, Outcome, Statement, sentence
from bot.questions.conditions import Met
from bot.questions.holdings import Registry
from bot.questions.query import About, Query

_SHOWN = 25
_LEADERS = frozenset({ExchangeLevel.LEADER})


def as_far_as_named(found: Answer, query: Query, registry: Registry) -> Answer:
    """The answer, with what it does not know of those who are asked for by name, if anybody is.

    Where nothing names them, it is told what is logged of leaders, and there is neither a number nor a "no".
    """
    met = query.met or query.exchanges
    if not met.persons:
        return found
    names = list(met.persons)
    asked = replace(query, about=About.EXCHANGES, exchanges=met, met=None)
    if any(_fits(each, met, asked, registry) for each in registry.exchanges()):
        missing = sentence("names_may_be_missing", names=names)
        return found if found.value is True else found.followed_by(missing)
    of_leaders = replace(met, persons=(), words=(), levels=met.levels or _LEADERS)
    logged = [each for each in registry.exchanges() if _fits(each, of_leaders, asked, registry)][-_SHOWN:]
    others = logged_otherwise(replace(asked, exchanges=of_leaders), registry)
    told: list[Statement] = [sentence("names_seldom_logged", names=names)]
    if logged:
        told.append(sentence("logged_of_leaders", [exchange_line(each) for each in reversed(logged)]))
    if others:
        told.append(sentence("logged_otherwise", [exchange_line(each) for each in others]))
    return of_exchanges(Outcome.NO_RECORD, found.kind, [*logged, *others], *told)


def _fits(exchange: Exchange, met: Met, query: Query, registry: Registry) -> bool:
    return (
        exchange_fits(exchange, met, registry)
        and has_partner(exchange, query, registry)
        and is_with_kind(exchange, query, registry, wanted_kinds(query))
    )
