"""What is to be posted, where and when: a pure function of the office, its ties and a span of time."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.anniversaries import anniversary, milestone
from bot.domain.contacts import Contact
from bot.domain.due_dates import Notice, Watched, commitment_notices, review_notices
from bot.domain.offices import Office, Purpose, WorkingDay, every_day
from bot.domain.partnerships import PARTNER_KINDS, Partnership
from bot.domain.terms import term_notices
from bot.domain.ties import Tie

MILESTONE_LEADS = (180, 90, 30, 7, 0)
ORDINARY_LEADS = (30, 7, 0)
"""How many days before an anniversary it is announced."""

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


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failures of Discord's or the network's: 1, 2, 4, … minutes, an hour at most."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_WAIT)


class ReminderKind(StrEnum):
    ANNIVERSARY = "anniversary"
    DORMANCY = "dormancy"
    REVIEW = "review"
    COMMITMENT = "commitment"
    TERM = "term"


PURPOSES: Mapping[ReminderKind, Purpose] = {
    ReminderKind.ANNIVERSARY: Purpose.ANNIVERSARIES,
    ReminderKind.DORMANCY: Purpose.DORMANCY,
    ReminderKind.REVIEW: Purpose.DORMANCY,
    ReminderKind.COMMITMENT: Purpose.DORMANCY,
    ReminderKind.TERM: Purpose.DORMANCY,
}
"""In which channel of an office each kind is posted."""


class ReminderState(StrEnum):
    """Where a row of the outbox stands (design §6)."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    BLOCKED = "blocked"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


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


def plan(
    office: Office,
    ties: Iterable[Tie],
    start: datetime,
    end: datetime,
    works: WorkingDay = every_day,
    watched: Iterable[Watched] = (),
    terms: Iterable[Contact] = (),
) -> list[Reminder]:
    """Every post of the office whose moment lies in [start, end), in order of time.

    Day-exact anniversaries of acts in force, of memoranda and the like only the milestones; and the day on which a
    partner tie becomes cooling, dormant or stale. A three-party act is announced once. Of the `watched` acts, when they
    are to be reviewed or end, and what was promised in them and is not done. Of `terms`, when they end. Where the
    office wants it so, a post whose day is not one of those on which its people work (`works`) goes out on the
    working day before; of two about one day that a long rest brings together so, only the later one does.
    """

    def moment(day: date) -> datetime:
        return office.posting_moment(office.posting_day(day, works))

    found: dict[tuple[ReminderKind, str, date, datetime], Reminder] = {}
    for tie in ties:
        for reminder in (*_anniversaries(office, tie, start, end, moment), *_dormancy(office, tie, moment)):
            what = reminder.kind, reminder.subject, reminder.occurrence, reminder.at
            same = found.get(what)
            if start <= reminder.at < end and (same is None or reminder.lead_days < same.lead_days):
                found[what] = reminder
    for each in watched:
        for reminder in _due_dates(office, each, works):
            if start <= reminder.at < end:
                found.setdefault(
                    (reminder.kind, reminder.subject, reminder.occurrence, reminder.at), reminder
                )
    for person in terms:
        for reminder in _terms(office, person, works):
            if start <= reminder.at < end:
                found[reminder.kind, reminder.subject, reminder.occurrence, reminder.at] = reminder
    return sorted(found.values(), key=lambda r: (r.at, r.kind, r.subject, r.lead_days))


def _anniversaries(
    office: Office, tie: Tie, start: datetime, end: datetime, moment: Callable[[date], datetime]
) -> Iterator[Reminder]:
    channel = office.channels.get(PURPOSES[ReminderKind.ANNIVERSARY])
    if channel is None:
        return
    for act in tie.acts:
        origin = act.signed.exact() if act.signed else None
        if origin is None or not act.in_force:
            continue
        for year in range(max(start.year - 1, origin.year + 1), end.year + 2):
            day = anniversary(origin, year, office.leap_day_rule)
            for lead in _leads(act, year - origin.year):
                at = moment(day - timedelta(days=lead))
                yield Reminder(office.id, ReminderKind.ANNIVERSARY, act.record, day, lead, channel, at)


def _leads(act: Partnership, years: int) -> tuple[int, ...]:
    """How many days ahead the anniversary of an act is announced."""
    if milestone(years):
        return MILESTONE_LEADS if act.kind in PARTNER_KINDS else ORDINARY_LEADS
    return ORDINARY_LEADS if act.kind in PARTNER_KINDS else ()


def _dormancy(office: Office, tie: Tie, moment: Callable[[date], datetime]) -> Iterator[Reminder]:
    channel = office.channels.get(PURPOSES[ReminderKind.DORMANCY])
    if channel is None or not tie.is_partner:
        return
    for day in tie.crossings().values():
        yield Reminder(office.id, ReminderKind.DORMANCY, tie.lead_act.record, day, 0, channel, moment(day))


def _due_dates(office: Office, watched: Watched, works: WorkingDay) -> Iterator[Reminder]:
    """The dates of an act: one post for all that is told of one act on one day, of each kind."""
    found = [(ReminderKind.REVIEW, each) for _, on in watched.dates() for each in review_notices(on)]
    found += [
        (ReminderKind.COMMITMENT, each) for _, due in watched.owed() for each in commitment_notices(due)
    ]
    for kind, notice in found if watched.stands else ():
        channel = office.channels.get(PURPOSES[kind])
        if channel is not None:
            yield Reminder(
                office.id,
                kind,
                watched.act.record,
                notice.occurrence,
                notice.lead_days,
                channel,
                office.posting_moment(_notice_day(office, notice, works)),
            )


def _notice_day(office: Office, notice: Notice, works: WorkingDay) -> date:
    if notice.waits:
        return office.working_day_after(notice.day, works)
    return office.posting_day(notice.day, works)


def _terms(office: Office, person: Contact, works: WorkingDay) -> Iterator[Reminder]:
    """When the term of somebody ends."""
    channel = office.channels.get(PURPOSES[ReminderKind.TERM])
    for notice in term_notices(person) if channel is not None else ():
        assert channel is not None
        at = office.posting_moment(_notice_day(office, notice, works))
        occurrence, lead = notice.occurrence, notice.lead_days
        yield Reminder(office.id, ReminderKind.TERM, person.record, occurrence, lead, channel, at)
