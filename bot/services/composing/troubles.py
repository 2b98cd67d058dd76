"""What there is to tell of posts that could not go out."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.occasions.facts import Facts
from bot.domain.offices import Purpose
from bot.domain.places import Place
from bot.domain.reminders import NO_CHANNEL, Reminder, ReminderKind
from bot.services.posts import News, Post
from db.audit import who_set_up
from db.engine import Session
from db.missed import Blocked, blocked_in, told_in

Composer = Callable[[Session, Facts, Reminder], Awaitable[News | None]]
"""What there is to tell; None where that is nothing any more."""


@dataclass(frozen=True, slots=True)
class MissedNews:
    """The posts that could not go out in time and would still have something to say."""

    posts: Sequence[Post[News]]

    @property
    def records(self) -> Sequence[str]:
        return list(dict.fromkeys(record for post in self.posts for record in post.news.records[:1]))

    @property
    def places(self) -> Sequence[Place]:
        return list({place.id: place for post in self.posts for place in post.news.places}.values())

    @property
    def partners(self) -> Sequence[Place]:
        return []


async def missed_news(
    session: Session, facts: Facts, reminder: Reminder, composers: Mapping[ReminderKind, Composer]
) -> MissedNews | None:
    """None where none of them has anything to say any more."""
    posts = []
    for missed in await told_in(session, reminder):
        news = await composers[missed.kind](session, facts, missed)
        if news is not None:
            posts.append(Post(facts.office, missed, news, missed.at))
    return MissedNews(posts) if posts else None


@dataclass(frozen=True, slots=True)
class TroubleNews:
    """A channel in which nothing can be posted, what the office has it for, and what waits.

    `person` is who is told where no channel of the office works: whoever set it up, None if that is not known.
    """

    channel_id: int
    purposes: Sequence[Purpose]
    blocked: Blocked
    person: int | None = None

    @property
    def records(self) -> Sequence[str]:
        return []

    @property
    def places(self) -> Sequence[Place]:
        return []

    @property
    def partners(self) -> Sequence[Place]:
        return []


async def trouble_news(session: Session, facts: Facts, reminder: Reminder) -> TroubleNews | None:
    """None where the channel is open again, or the office has another."""
    office, channel_id = facts.office, int(reminder.subject)
    blocked = await blocked_in(session, office.id, channel_id)
    purposes = [purpose for purpose, channel in office.channels.items() if channel == channel_id]
    if blocked is None or not purposes:
        return None
    person = await who_set_up(session, office.id) if reminder.channel_id == NO_CHANNEL else None
    return TroubleNews(channel_id, purposes, blocked, person)
