"""Which composer tells what there is to tell, for each kind of reminder."""

from collections.abc import Awaitable, Callable, Mapping

from bot.domain.occasions.facts import Facts
from bot.domain.reminders import Reminder, ReminderKind
from bot.services.composing.anniversaries import anniversary_news
from bot.services.composing.due import commitment_news, review_news, term_news
from bot.services.composing.silences import silence_news
from bot.services.posts import News
from db.engine import Session

Composer = Callable[[Session, Facts, Reminder], Awaitable[News | None]]
"""What there is to tell; None where that is nothing any more."""

COMPOSERS: Mapping[ReminderKind, Composer] = {
    ReminderKind.ANNIVERSARY: anniversary_news,
    ReminderKind.DORMANCY: silence_news,
    ReminderKind.REVIEW: review_news,
    ReminderKind.COMMITMENT: commitment_news,
    ReminderKind.TERM: term_news,
}
