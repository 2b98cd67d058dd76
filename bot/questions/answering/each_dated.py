"""The last exchange, or the first or next one, with each of several partners: "our last contact with A and with B"."""

from dataclasses import replace

from bot.questions.answering.about_exchanges import date_of_exchange
from bot.questions.answers import Answer, Outcome, once, sentence
from bot.questions.holdings import Registry
from bot.questions.query import About, Asked, Query


def asks_each_day(query: Query) -> bool:
    """Whether a day is asked for of each of several partners."""
    return query.every and query.asked is Asked.DATE and query.about is About.EXCHANGES


def each_day(query: Query, registry: Registry) -> Answer:
    """The day with each of them; none of the days is the value, but where they are one."""
    refs = query.partner.places
    alone = [
        date_of_exchange(replace(query, every=False, partner=replace(query.partner, places=(ref,))), registry)
        for ref in refs
    ]
    known = [each for each in alone if each.outcome is Outcome.ANSWERED]
    days = once(each.value for each in alone)
    told = [
        said
        for ref, each in zip(refs, alone, strict=True)
        for said in (
            each.statements
            if each.outcome is Outcome.ANSWERED
            else (sentence("met_not", place=registry.called(ref)),)
        )
    ]
    return replace(
        known[0] if known else alone[0],
        statements=tuple(told),
        value=days[0] if len(days) == 1 else None,
        places=once(place for each in alone for place in each.places),
        records=once(record for each in alone for record in each.records),
    )
