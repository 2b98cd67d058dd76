"""What there is to tell when the lessons of an exchange are asked for."""

from bot.domain.occasions.facts import Facts
from bot.domain.occasions.lessons import last_day
from bot.domain.reminders import Reminder
from bot.services.composing.visits import VisitNews
from db.engine import Session


async def lesson_news(_: Session, facts: Facts, reminder: Reminder) -> VisitNews | None:
    """None where somebody has noted one, or the exchange is another day's by now, or gone."""
    exchange = next((each for each in facts.unlearnt if each.record == reminder.subject), None)
    if exchange is None or last_day(exchange) != reminder.occurrence:
        return None
    return VisitNews(exchange, [place for place in exchange.places if place.id not in facts.own_ids])
