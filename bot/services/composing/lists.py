"""What stands in the lists of what is coming."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.agenda import Item, of_month, of_year
from bot.domain.occasions.facts import Facts
from bot.domain.places import Place
from bot.domain.reminders import Reminder
from db.engine import Session


@dataclass(frozen=True, slots=True)
class ListNews:
    """What lies in the month, or the year, that begins then."""

    begins: date
    items: Sequence[Item]

    @property
    def records(self) -> Sequence[str]:
        return list(dict.fromkeys(item.record for item in self.items))

    @property
    def places(self) -> Sequence[Place]:
        return list({place.id: place for item in self.items for place in item.partners}.values())

    @property
    def partners(self) -> Sequence[Place]:
        return []


async def month_news(_: Session, facts: Facts, reminder: Reminder) -> ListNews | None:
    """None for a month of which nothing is known."""
    items = of_month(facts, reminder.occurrence)
    return ListNews(reminder.occurrence, items) if items else None


async def year_news(_: Session, facts: Facts, reminder: Reminder) -> ListNews | None:
    """None for a year of which nothing is known."""
    items = of_year(facts, reminder.occurrence)
    return ListNews(reminder.occurrence, items) if items else None
