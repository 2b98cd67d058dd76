"""What a post tells, whatever it is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.anniversaries import milestone
from bot.domain.claims import Claim
from bot.domain.contacts import Contact
from bot.domain.dormancy import Quietness
from bot.domain.due_dates import is_marked
from bot.domain.exchanges import Exchange
from bot.domain.offices import Office
from bot.domain.partnerships import Partnership
from bot.domain.places import Place
from bot.domain.reminders import Reminder, ReminderKind
from bot.domain.terms import term_notices
from bot.services.watching import DueNow


@dataclass(frozen=True, slots=True)
class Post:
    """A reminder with all that its text tells. `years` and `milestone` are None for all but anniversaries.

    `due` is what is told of the dates of the act, None for anniversaries and dormancy. A post about a term is about no
    act, but about `person`.
    """

    office: Office
    reminder: Reminder
    about_act: Partnership | None
    partners: Sequence[Place]
    quiet: Quietness | None
    recent: Sequence[Exchange]
    days_left: int
    """From the day of posting to the occurrence: more than the lead where a rest day moved the post, less than it, or
    below zero, where it is late."""
    due: DueNow | None = None
    late: bool = False
    said: Sequence[Claim] = ()
    """What sources say of the day of an anniversary, where it is disputed; it goes by the first."""

    person: Contact | None = None

    @property
    def act(self) -> Partnership:
        """The act of all posts but those about a term."""
        assert self.about_act is not None, "a post about a term"
        return self.about_act

    @property
    def record(self) -> str:
        """The number of what it is about."""
        return self.act.record if self.person is None else self.person.record

    @property
    def places(self) -> Sequence[Place]:
        """All that stand in what it is about."""
        return self.act.parties if self.person is None else [self.person.place]

    @property
    def years(self) -> int | None:
        if self.reminder.kind is not ReminderKind.ANNIVERSARY or self.act.signed is None:
            return None
        return self.reminder.occurrence.year - self.act.signed.year

    @property
    def milestone(self) -> str | None:
        return milestone(self.years) if self.years else None


def term_post(office: Office, terms: Sequence[Contact], reminder: Reminder) -> Post | None:
    """What there is to say of a term, None where it is no longer so: it goes on, or they left."""
    told = (each for each in terms if each.record == reminder.subject and each.until is not None)
    person = next(
        (each for each in told if is_marked(term_notices(each), reminder.occurrence, reminder.lead_days)),
        None,
    )
    if person is None:
        return None
    days_left = (reminder.occurrence - office.today(reminder.at)).days
    return Post(office, reminder, None, [person.place], None, [], days_left, person=person)
