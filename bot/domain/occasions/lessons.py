"""When it is asked what was learnt from an exchange."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.exchanges import Exchange
from bot.domain.lessons import ASKED_AFTER
from bot.domain.occasions.facts import Facts, Occasion, Window
from bot.domain.occasions.visits import partners_of


def lessons(facts: Facts, _: Window) -> Iterator[Occasion]:
    """A week after the last day of what was held; never where that is not known to the day."""
    for exchange in facts.unlearnt:
        day = last_day(exchange)
        if day is not None:
            at = facts.on_or_after(day + timedelta(days=ASKED_AFTER))
            yield Occasion(exchange.record, day, -ASKED_AFTER, at, partners_of(facts, exchange))


def last_day(exchange: Exchange) -> date | None:
    return (exchange.end_date or exchange.date).exact()
