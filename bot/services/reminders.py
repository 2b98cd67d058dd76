"""What an office's reminders have to say: as they go out, and beforehand, for whoever wants to know."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.domain.dates import FIRST_YEAR, LAST_YEAR
from bot.domain.errors import BadInput
from bot.domain.occasions.facts import Facts
from bot.domain.offices import Office, Purpose, wall_moment
from bot.domain.planning import plan
from bot.domain.reminders import Reminder
from bot.services.composing.kinds import COMPOSERS
from bot.services.desk import Desk
from bot.services.facts import facts_of
from bot.services.posts import News, Post
from db.engine import Session
from db.offices import office_by_id, offices
from db.reminders import Claim

LOOK_AHEAD = timedelta(days=366)


async def compose(desk: Desk, claim: Claim) -> Post[News] | None:
    """What a claimed row has to say, or None where it has nothing to say any more.

    The tie was ended or renewed since, or the office erased.
    """
    async with desk.database.read() as session:
        office = await office_by_id(session, claim.reminder.office_id)
        if office is None or office.guild_id is None:
            return None
        return await post_of(session, await facts_of(session, office), claim.told, desk.clock())


async def preview(desk: Desk, first: date | None, days: int, only: Office | None = None) -> list[Post[News]]:
    """What would be posted in so many days from the day `first` (today, if None) of each office; stores nothing.

    Offices without channels are previewed too, with channel id 0. In order of time. Raises `BadInput`
    (`date.year_out_of_range`) beyond the calendar of the registry.
    """
    last = (first or desk.clock().date()) + timedelta(days=days)
    if last.year >= LAST_YEAR - 1:
        raise BadInput("date.year_out_of_range", first=str(FIRST_YEAR), last=str(LAST_YEAR - 2))
    posts: list[Post[News]] = []
    async with desk.database.read() as session:
        for office in [only] if only else await offices(session):
            day = first or office.today(desk.clock())
            start, end = (
                wall_moment(limit, time(), office.zone) for limit in (day, day + timedelta(days=days))
            )
            everywhere = replace(office, channels=dict.fromkeys(Purpose, 0) | dict(office.channels))
            posts += await _posts(session, everywhere, start, end)
    return sorted(posts, key=lambda post: (post.reminder.at, post.office.id))


async def next_post(desk: Desk, office: Office) -> Post[News] | None:
    """The next post of an office that is due within `LOOK_AHEAD`; None without one, or without a channel for it."""
    now = desk.clock()
    async with desk.database.read() as session:
        coming = await _posts(session, office, now, now + LOOK_AHEAD, most=1)
    return coming[0] if coming else None


async def _posts(
    session: Session, office: Office, start: datetime, end: datetime, most: int | None = None
) -> Sequence[Post[News]]:
    """The first posts of an office in [start, end), as they would look at their moment."""
    facts = await facts_of(session, office)
    found: list[Post[News]] = []
    for reminder in plan(facts, start, end):
        post = await post_of(session, facts, reminder, reminder.at)
        if post is not None:
            found.append(post)
        if len(found) == most:
            break
    return found


async def post_of(session: Session, facts: Facts, reminder: Reminder, now: datetime) -> Post[News] | None:
    """A reminder as it would be posted `now`; None where there is nothing to tell, or the office wants it not."""
    news = await COMPOSERS[reminder.kind](session, facts, reminder)
    if news is None:
        return None
    partners = [place.id for place in news.partners]
    if not facts.wants(reminder.marked, partners, facts.office.today(now)):
        return None
    return Post(facts.office, reminder, news, now, facts.assigned.get(reminder.marked))
