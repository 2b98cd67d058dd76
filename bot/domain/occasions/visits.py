"""When planned exchanges are told of, and when it is asked whether they took place."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.exchanges import Exchange
from bot.domain.occasions.facts import Facts, Occasion, Window

DAY_BEFORE, HOUR_BEFORE = 1, 0
"""The leads of the two posts before: at the posting hour of the day before, and an hour before it begins."""

ASKED_AFTER = (1, 7)
"""How many days after its last day it is asked whether it took place; as leads these are negative."""


def visits(facts: Facts, _: Window) -> Iterator[Occasion]:
    """A day before, and an hour before where the time of day is known; of a month or a year alone nothing."""
    for exchange in facts.planned:
        day = exchange.date.exact()
        if day is None:
            continue
        partners = partners_of(facts, exchange)
        before = facts.on_or_before(day - timedelta(days=1))
        yield Occasion(exchange.record, day, DAY_BEFORE, before, partners)
        if exchange.starts_at is not None:
            soon = exchange.starts_at - timedelta(hours=1)
            yield Occasion(exchange.record, day, HOUR_BEFORE, soon, partners)


def unconfirmed(facts: Facts, _: Window) -> Iterator[Occasion]:
    """On the day after all that its date can mean, and a week later if nobody has said so by then."""
    for exchange in facts.planned:
        last = last_day(exchange)
        for after in ASKED_AFTER:
            at = facts.on_or_after(last + timedelta(days=after))
            yield Occasion(exchange.record, last, -after, at, partners_of(facts, exchange))


def last_day(exchange: Exchange) -> date:
    """The last day on which a planned exchange can take place."""
    return (exchange.end_date or exchange.date).latest()


def partners_of(facts: Facts, exchange: Exchange) -> frozenset[int]:
    return frozenset(place.id for place in exchange.places if place.id not in facts.own_ids)
