"""Reminders: their kinds, where one stands on its way to a channel, and how long is waited for what."""

import base64
import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

GRACE = timedelta(days=3)
"""How late a post may still go out, marked as late; after that it is kept as expired."""

LEASE = timedelta(seconds=90)
"""How long a process may take over its posts before another may take them.

Short, so that a post that was sent and could not be recorded is repeated within the minutes in which Discord
swallows a repeat of the same nonce.
"""

BLOCKED_WAIT = timedelta(minutes=30)
"""After this long a post that was refused is tried again, so that it resumes by itself once the channel is open."""

LONGEST_WAIT = timedelta(hours=1)

LONGEST_RETRY = timedelta(hours=24)
"""No wait is longer, whatever Discord asks for: one that is was reckoned by a clock that was ahead."""

NONCE_KEPT = timedelta(minutes=3)
"""For so long Discord surely knows a nonce again ("the past few minutes"), even where sending took one of them.

What may be out for longer and is sent again may stand there twice.
"""

MOST_COPIES = 2
"""What may stand there so often is not sent again: somebody is told of it instead."""

TWICE, PERHAPS_OUT = "perhaps_twice", "perhaps_out"
"""Why a post is worth a look: whoever sent it did not learn how that ended, and it was sent again or was given up."""


def wait_after(attempts: int, luck: float, asked_for: timedelta = timedelta()) -> timedelta:
    """How long to wait after so many failures of Discord's or the network's: 1, 2, 4, … minutes, an hour at most.

    `luck`, from 0 to 1, makes of that half as much to half as much again, so that what failed together does not come
    again together. It is never less than what Discord `asked_for`, with a little luck on top.
    """
    backoff = min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_WAIT) * (0.5 + luck)
    return min(max(backoff, asked_for + timedelta(seconds=5) * luck), LONGEST_RETRY)


class ReminderKind(StrEnum):
    ANNIVERSARY = "anniversary"
    DORMANCY = "dormancy"
    QUIET_LIST = "quiet_list"
    """All ties that have gone quiet, once a week."""
    REVIEW = "review"
    COMMITMENT = "commitment"
    DECISION = "decision"
    """What was decided in an exchange."""
    TERM = "term"
    VISIT = "visit"
    UNCONFIRMED = "unconfirmed"
    LESSON = "lesson"
    """What was learnt from an exchange that was held."""
    THIS_MONTH = "this_month"
    THIS_YEAR = "this_year"
    MISSED = "missed"
    """What could not be posted in time, as a list: made by the outbox itself."""
    TROUBLE = "trouble"
    """That nothing can be posted in a channel, told elsewhere: made by the outbox itself."""


OF_OFFICE = "office"
"""The subject of what is about no single record, such as a list."""

NO_CHANNEL = 0
"""The channel of what no channel of the office can take: it goes to a person."""


class ReminderState(StrEnum):
    """Where a row of the outbox stands (design §6)."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    BLOCKED = "blocked"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Doubt(StrEnum):
    """Whether a post is out that could not be recorded as sent."""

    NONE = "none"
    """It is not: Discord refused it, or was never asked."""
    LITTLE = "little"
    """Discord answered that it failed: it is hardly out, yet within the minutes of its nonce that costs nothing."""
    GREAT = "great"
    """Nobody answered."""


Marked = tuple[ReminderKind, str, date]
"""What is told of, however often: kind, subject and occurrence of its reminders."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One post that is due. (office, kind, subject, occurrence, lead_days, channel) is its identity.

    `subject` is the record it is about, `occurrence` the day that is marked, `at` the UTC moment of posting.
    """

    office_id: int
    kind: ReminderKind
    subject: str
    occurrence: date
    lead_days: int
    channel_id: int
    at: datetime

    @property
    def marked(self) -> Marked:
        return self.kind, self.subject, self.occurrence

    @property
    def nonce(self) -> str:
        """At most 25 characters, the same for the same post: Discord swallows a repeat within minutes."""
        identity = "|".join(
            str(part)
            for part in (
                self.office_id,
                self.kind.value,
                self.subject,
                self.occurrence,
                self.lead_days,
                self.channel_id,
            )
        )
        digest = hashlib.sha256(identity.encode()).digest()[:15]
        return base64.b32encode(digest).decode()


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a reminder. `told_as_lead` is the lead of the one that it repeats, if it was put off."""

    row_id: int
    reminder: Reminder
    state: ReminderState
    reason: str | None
    message_id: int | None
    sent_at: datetime | None
    told_as_lead: int | None

    @property
    def told_lead(self) -> int:
        return self.reminder.lead_days if self.told_as_lead is None else self.told_as_lead

    @property
    def told(self) -> Reminder:
        """The reminder that its text is about."""
        return replace(self.reminder, lead_days=self.told_lead)
