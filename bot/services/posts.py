"""What a post is, whatever it tells of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

from bot.domain.offices import Office
from bot.domain.places import Place
from bot.domain.reminders import Reminder

LATE = timedelta(hours=1)
"""A post this much behind its moment says that it is late."""


class News(Protocol):
    """What there is to tell; each kind of reminder has its own."""

    @property
    def records(self) -> Sequence[str]:
        """The numbers of the records that it rests on, that of what it is about first."""

    @property
    def places(self) -> Sequence[Place]:
        """All that stand in what it is about."""

    @property
    def partners(self) -> Sequence[Place]:
        """Those of them whose reminders can be muted; where all are, it is not told."""


N = TypeVar("N", bound=News, covariant=True)


@dataclass(frozen=True, slots=True)
class Post(Generic[N]):
    """A reminder with what there is to tell when it is posted, which is `now` (UTC)."""

    office: Office
    reminder: Reminder
    news: N
    now: datetime
    assignee: int | None = None
    """Who looks after it: the id of a Discord user."""

    @property
    def days_left(self) -> int:
        """From the day of posting to the occurrence: more than the lead where a rest day moved the post, less than
        it, or below zero, where it is late."""
        return (self.reminder.occurrence - self.office.today(self.now)).days

    @property
    def late(self) -> bool:
        return self.now - self.reminder.at > LATE
