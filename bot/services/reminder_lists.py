"""What an office asks about its reminders: which come, and what became of those whose time has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.domain.access import Action
from bot.domain.occasions.facts import Facts
from bot.domain.offices import Office, wall_moment
from bot.domain.planning import plan
from bot.domain.reminders import Posted, Reminder
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.facts import facts_of
from bot.services.posts import News, Post
from bot.services.reminders import post_of
from db.engine import Session
from db.posted import posted, waiting

LOGGED = 240
"""How many posts the log goes back."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A post to come, as it would look at its moment. `waits` is what the outbox has of it already: it is blocked, to
    be tried again, or was put off."""

    post: Post[News]
    waits: Posted | None = None


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The posts of an office in the next so many days, in order of time."""

    office: Office
    days: int
    coming: Sequence[Coming]


@requires(Action.READ)
async def upcoming(desk: Desk, caller: Caller, days: int) -> Upcoming:
    """What would be posted in so many days from now, with what waits. Raises `Unavailable` (`office.none`)."""
    office, now = caller.own_office(), desk.clock()
    end = wall_moment(office.today(now) + timedelta(days=days + 1), time(), office.zone)
    async with desk.database.read() as session:
        facts = await facts_of(session, office)
        rows = await waiting(session, office.id, end)
        found = [await _waiting(session, facts, row, now) for row in rows]
        known = {(*row.reminder.marked, row.reminder.lead_days) for row in rows}
        planned = plan(facts, now, end)
        new = [each for each in planned if (*each.marked, each.lead_days) not in known]
        found += [await _planned(session, facts, each) for each in new]
    coming = [each for each in found if each is not None]
    return Upcoming(office, days, sorted(coming, key=lambda each: each.post.reminder.at))


async def _waiting(session: Session, facts: Facts, row: Posted, now: datetime) -> Coming | None:
    post = await post_of(session, facts, row.told, max(row.reminder.at, now))
    return Coming(post, row) if post else None


async def _planned(session: Session, facts: Facts, reminder: Reminder) -> Coming | None:
    post = await post_of(session, facts, reminder, reminder.at)
    return Coming(post) if post else None


@requires(Action.READ)
async def reminder_log(desk: Desk, caller: Caller) -> tuple[Office, Sequence[Posted]]:
    """The office, and what became of its last posts, newest first. Raises `Unavailable` (`office.none`)."""
    office = caller.own_office()
    async with desk.database.read() as session:
        return office, await posted(session, office.id, LOGGED)
