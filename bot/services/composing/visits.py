"""What there is to tell of a planned exchange."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.exchanges import Exchange
from bot.domain.occasions.facts import Facts
from bot.domain.occasions.visits import last_day
from bot.domain.places import Place
from bot.domain.reminders import Reminder, ReminderKind
from db.engine import Session


@dataclass(frozen=True, slots=True)
class ExchangeNews:
    """News of an exchange, with the places of the other side."""

    exchange: Exchange
    partners: Sequence[Place]

    @property
    def records(self) -> Sequence[str]:
        return [self.exchange.record]

    @property
    def places(self) -> Sequence[Place]:
        return self.exchange.places


class VisitNews(ExchangeNews):
    """An exchange that is planned."""

    __slots__ = ()


async def visit_news(_: Session, facts: Facts, reminder: Reminder) -> VisitNews | None:
    """None where it is planned no more, or for another day: somebody said what became of it."""
    exchange = next((each for each in facts.planned if each.record == reminder.subject), None)
    if exchange is None:
        return None
    before = reminder.kind is ReminderKind.VISIT
    day = exchange.date.exact() if before else last_day(exchange)
    if day != reminder.occurrence:
        return None
    return VisitNews(exchange, [place for place in exchange.places if place.id not in facts.own_ids])
