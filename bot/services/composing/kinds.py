"""Which composer tells what there is to tell, for each kind of reminder."""

from collections.abc import Mapping

from bot.domain.occasions.facts import Facts
from bot.domain.reminders import Reminder, ReminderKind
from bot.services.composing.anniversaries import anniversary_news
from bot.services.composing.due import commitment_news, decision_news, review_news, term_news
from bot.services.composing.lessons import lesson_news
from bot.services.composing.lists import month_news, year_news
from bot.services.composing.silences import quiet_list_news, silence_news
from bot.services.composing.troubles import Composer, MissedNews, missed_news, trouble_news
from bot.services.composing.visits import visit_news
from db.engine import Session


async def _missed_news(session: Session, facts: Facts, reminder: Reminder) -> MissedNews | None:
    return await missed_news(session, facts, reminder, COMPOSERS)


COMPOSERS: Mapping[ReminderKind, Composer] = {
    ReminderKind.ANNIVERSARY: anniversary_news,
    ReminderKind.DORMANCY: silence_news,
    ReminderKind.QUIET_LIST: quiet_list_news,
    ReminderKind.REVIEW: review_news,
    ReminderKind.COMMITMENT: commitment_news,
    ReminderKind.DECISION: decision_news,
    ReminderKind.TERM: term_news,
    ReminderKind.VISIT: visit_news,
    ReminderKind.UNCONFIRMED: visit_news,
    ReminderKind.LESSON: lesson_news,
    ReminderKind.THIS_MONTH: month_news,
    ReminderKind.THIS_YEAR: year_news,
    ReminderKind.MISSED: _missed_news,
    ReminderKind.TROUBLE: trouble_news,
}
