"""What is to be posted, where and when: a pure function of what an office knows and a span of time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.occasions.anniversaries import anniversaries
from bot.domain.occasions.due import commitments, decisions, reviews, terms
from bot.domain.occasions.facts import Facts, Occasion, Planner, Window, never
from bot.domain.occasions.lessons import lessons
from bot.domain.occasions.lists import months, years
from bot.domain.occasions.silences import silences, weekly_lists
from bot.domain.occasions.visits import unconfirmed, visits
from bot.domain.offices import Purpose
from bot.domain.reminders import Reminder, ReminderKind


@dataclass(frozen=True, slots=True)
class Plan:
    """In which channel of an office a kind is posted, and when."""

    purpose: Purpose
    planner: Planner


PLANS: Mapping[ReminderKind, Plan] = {
    ReminderKind.ANNIVERSARY: Plan(Purpose.ANNIVERSARIES, anniversaries),
    ReminderKind.DORMANCY: Plan(Purpose.DORMANCY, silences),
    ReminderKind.QUIET_LIST: Plan(Purpose.DORMANCY, weekly_lists),
    ReminderKind.REVIEW: Plan(Purpose.DORMANCY, reviews),
    ReminderKind.COMMITMENT: Plan(Purpose.DORMANCY, commitments),
    ReminderKind.DECISION: Plan(Purpose.DORMANCY, decisions),
    ReminderKind.TERM: Plan(Purpose.DORMANCY, terms),
    ReminderKind.VISIT: Plan(Purpose.VISITS, visits),
    ReminderKind.UNCONFIRMED: Plan(Purpose.VISITS, unconfirmed),
    ReminderKind.LESSON: Plan(Purpose.VISITS, lessons),
    ReminderKind.THIS_MONTH: Plan(Purpose.DIGESTS, months),
    ReminderKind.THIS_YEAR: Plan(Purpose.DIGESTS, years),
    ReminderKind.MISSED: Plan(Purpose.DIGESTS, never),
    ReminderKind.TROUBLE: Plan(Purpose.DIGESTS, never),
}


def kinds_for(purpose: Purpose) -> list[ReminderKind]:
    """What is posted in the channel that an office has for this purpose."""
    return [kind for kind, each in PLANS.items() if each.purpose is purpose]


def plan(facts: Facts, start: datetime, end: datetime) -> list[Reminder]:
    """Every post of the office whose moment (UTC) lies in [start, end), in order of time.

    What an office has no channel for is not planned, nor what is done or muted. Where the office wants it so, a post
    whose day is not one of those on which its people work goes out on a working day; of two about one day that a long
    rest brings together so, only the later one does.
    """
    window, office = Window(start, end), facts.office
    planned: list[Reminder] = []
    for kind, each in PLANS.items():
        channel = office.channels.get(each.purpose)
        if channel is None:
            continue
        latest: dict[tuple[str, date, datetime], Occasion] = {}
        for found in each.planner(facts, window):
            marked = kind, found.subject, found.occurrence
            if not start <= found.at < end or not facts.wants(marked, found.partners, office.today(found.at)):
                continue
            what = found.subject, found.occurrence, found.at
            if what not in latest or found.lead_days < latest[what].lead_days:
                latest[what] = found
        planned += [
            Reminder(office.id, kind, each.subject, each.occurrence, each.lead_days, channel, each.at)
            for each in latest.values()
        ]
    return sorted(planned, key=lambda r: (r.at, r.kind, r.subject, r.lead_days))
