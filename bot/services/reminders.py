"""What is coming, what is quiet, and the outbox between the plan and the post."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.domain import claims as doubts
from bot.domain.access import Action
from bot.domain.anniversaries import Anniversary, within
from bot.domain.contacts import Contact as Person
from bot.domain.dates import FIRST_YEAR, LAST_YEAR, Precision
from bot.domain.dormancy import QUIET, Contact, Quietness
from bot.domain.due_dates import Watched
from bot.domain.errors import BadInput
from bot.domain.life import current_pause, is_over
from bot.domain.offices import Office, Purpose, wall_moment
from bot.domain.partnerships import PARTNER_KINDS, Partnership, StatusChange
from bot.domain.places import Place
from bot.domain.reminders import GRACE, Reminder, ReminderKind, ReminderState, plan
from bot.domain.ties import Tie
from bot.services.access import requires
from bot.services.claims import disputes_of
from bot.services.desk import Caller, Desk
from bot.services.posts import Post, term_post
from bot.services.rest_days import working_days
from bot.services.ties import ties_of_place
from bot.services.watching import due_now, watched_acts
from db import reminders as db
from db.contacts import running_terms
from db.engine import Session
from db.exchanges import exchanges_between
from db.offices import hold_office, office_by_id, offices, planned_until, set_planned_until
from db.places import Family
from db.reminders import Claim

log = logging.getLogger(__name__)

LATE = timedelta(hours=1)
"""A post this much behind its moment says that it is late."""

TOLD_OF = timedelta(days=30)

RECENT = 3

LOOK_AHEAD = timedelta(days=366)


# What is coming ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ComingAnniversary:
    act: Partnership
    partners: Sequence[Place]
    anniversary: Anniversary
    day_disputed: bool = False


@dataclass(frozen=True, slots=True)
class Anniversaries:
    """Anniversaries of acts in force from today on: by day, by month, and those of which only the year is known."""

    home: Place
    today: date
    days: int
    by_day: Sequence[ComingAnniversary]
    by_month: Sequence[ComingAnniversary]
    by_year: Sequence[ComingAnniversary]


@requires(Action.READ)
async def coming_anniversaries(desk: Desk, caller: Caller, days: int) -> Anniversaries:
    """Anniversaries of the office's ties within `days` days. Raises `Unavailable` (`office.none`)."""
    office = caller.own_office()
    today = caller.today(desk)
    async with desk.database.read() as session:
        family, ties = await ties_of_place(session, caller.viewer, office.place)
        acts = {act.id: act for tie in ties for act in tie.in_force}
        said = await disputes_of(session, caller.viewer, acts.values())
    coming = [
        ComingAnniversary(
            act, act.partners_of(family.own_ids), found, bool(doubts.day_disputed(said.get(act.id, ())))
        )
        for act in acts.values()
        if act.signed and (found := within(act.signed, today, days, office.leap_day_rule))
    ]
    coming.sort(key=lambda item: (item.anniversary.occurrence.latest(), item.act.id))

    def of(precision: Precision) -> list[ComingAnniversary]:
        return [item for item in coming if item.anniversary.occurrence.precision is precision]

    return Anniversaries(
        office.place, today, days, of(Precision.DAY), of(Precision.MONTH), of(Precision.YEAR)
    )


# What is quiet -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class QuietTie:
    tie: Tie
    quiet: Quietness


@dataclass(frozen=True, slots=True)
class PausedAct:
    """A paused act, with the partners with whom it is; `is_over` once the pause was to have ended."""

    act: Partnership
    partners: Sequence[Place]
    pause: StatusChange
    is_over: bool


@dataclass(frozen=True, slots=True)
class QuietList:
    """Ties past their cadence, longest silence first; apart from them those of which nothing was ever logged.

    `paused` are the acts by which ties are paused, and any others whose pause is over; those come first.
    """

    home: Place
    today: date
    quiet: Sequence[QuietTie]
    no_record: Sequence[Tie]
    fresh: int
    paused: Sequence[PausedAct]


@requires(Action.READ)
async def quiet_ties(desk: Desk, caller: Caller) -> QuietList:
    """How the office's sister and friendship ties stand today. Raises `Unavailable` (`office.none`)."""
    office = caller.own_office()
    today = caller.today(desk)
    async with desk.database.read() as session:
        family, ties = await ties_of_place(session, caller.viewer, office.place)
    standing = [
        QuietTie(tie, quiet)
        for tie in ties
        if any(act.kind in PARTNER_KINDS for act in tie.standing) and (quiet := tie.quietness(today))
    ]
    by_state = {state: [item for item in standing if item.quiet.state is state] for state in Contact}
    quiet_ones = [item for state in QUIET for item in by_state[state]]
    return QuietList(
        home=office.place,
        today=today,
        quiet=sorted(quiet_ones, key=_longest_first),
        no_record=sorted((item.tie for item in by_state[Contact.NO_RECORD]), key=lambda t: t.partner.name_en),
        fresh=len(by_state[Contact.FRESH]),
        paused=_paused(family, ties, [item.tie for item in by_state[Contact.PAUSED]], today),
    )


def _paused(family: Family, ties: Sequence[Tie], paused: Sequence[Tie], today: date) -> list[PausedAct]:
    """The paused acts of ties that are `paused`, and of the others those whose pause is over."""
    found: dict[int, PausedAct] = {}
    for tie in ties:
        for act in tie.acts:
            pause = current_pause(act)
            if pause and (tie in paused or is_over(pause, today)):
                partners = act.partners_of(family.own_ids)
                found[act.id] = PausedAct(act, partners, pause, is_over(pause, today))
    return sorted(found.values(), key=lambda item: (not item.is_over, item.act.id))


def _longest_first(item: QuietTie) -> tuple[date, str]:
    assert item.quiet.last is not None
    return item.quiet.last.latest(), item.tie.partner.name_en


# The outbox --------------------------------------------------------------------------------------------------


def _plan(
    office: Office,
    ties: Sequence[Tie],
    watched: Sequence[Watched],
    terms: Sequence[Person],
    start: datetime,
    end: datetime,
) -> list[Reminder]:
    return plan(office, ties, start, end, working_days(office), watched, terms)


async def enqueue_due(desk: Desk) -> None:
    """Put into the outbox whatever has come due since the last time, for every office that has a server and is awake.

    What came due while nothing ran, or while the office slept, is put in too: late within the grace, as expired
    beyond it. An office for which this fails is logged, and keeps no other from its posts.
    """
    async with desk.database.read() as session:
        everywhere = await offices(session)
    for office in everywhere:
        if not office.is_served:
            continue
        try:
            await _enqueue_due_of(desk, office.id)
        except Exception:
            log.exception("the posts of office %s could not be planned", office.id)


async def _enqueue_due_of(desk: Desk, office_id: int) -> None:
    now = desk.clock()
    async with desk.database.write() as session:
        await hold_office(session, office_id)  # its channels, or its server, may have changed a moment ago
        office = await office_by_id(session, office_id)
        if office is None or office.since is None or not office.is_served:
            return
        known = await planned_until(session, office.id) or office.since
        start = max(office.since, min(known, now - GRACE))
        _, ties = await ties_of_place(session, office.viewer, office.place)
        watched = await watched_acts(session, office, ties)
        terms = await running_terms(session, office.viewer)
        due = _plan(office, ties, watched, terms, start, now + timedelta(seconds=1))
        await db.enqueue(session, due, now - GRACE)
        await set_planned_until(session, office.id, now)


async def claim_due(desk: Desk, worker: str) -> list[Claim]:
    """Take what is due for this worker; the claim is stored before anything is sent."""
    async with desk.database.write() as session:
        await db.expire(session, desk.clock())
        return await db.claim_due(session, worker, desk.clock())


async def compose(desk: Desk, claim: Claim) -> Post | None:
    """What a claimed row has to say, or None where it has nothing to say any more.

    The tie was ended or renewed since, or the office erased.
    """
    async with desk.database.read() as session:
        office = await office_by_id(session, claim.reminder.office_id)
        if office is None or office.guild_id is None:
            return None
        family, ties = await ties_of_place(session, office.viewer, office.place)
        watched = await watched_acts(session, office, ties)
        terms = await running_terms(session, office.viewer)
        post = await _post(session, office, family, ties, watched, terms, claim.reminder)
    now = desk.clock()
    days_left = (claim.reminder.occurrence - office.today(now)).days
    return replace(post, late=now - claim.reminder.at > LATE, days_left=days_left) if post else None


async def _post(
    session: Session,
    office: Office,
    family: Family,
    ties: Sequence[Tie],
    watched: Sequence[Watched],
    terms: Sequence[Person],
    reminder: Reminder,
) -> Post | None:
    if reminder.kind is ReminderKind.TERM:
        return term_post(office, terms, reminder)
    due = None
    said: Sequence[doubts.Claim] = ()
    if reminder.kind in (ReminderKind.REVIEW, ReminderKind.COMMITMENT):
        due = next((due_now(each, reminder) for each in watched if each.act.record == reminder.subject), None)
        if due is None:
            return None
        act, quiet = due.act, None
        partners: Sequence[Place] = act.partners_of(family.own_ids)
    elif reminder.kind is ReminderKind.DORMANCY:
        crossing = [tie for tie in ties if _goes_quiet(tie, reminder)]
        if not crossing:
            return None
        act, quiet = crossing[0].lead_act, crossing[0].quietness(reminder.occurrence)
        partners = [tie.partner for tie in crossing]
    else:
        acts = [act for tie in ties for act in tie.in_force if act.record == reminder.subject]
        if not acts:
            return None
        act, quiet = acts[0], None
        partners = act.partners_of(family.own_ids)
        disputes = await disputes_of(session, office.viewer, [act])
        said = doubts.day_disputed(disputes.get(act.id, ()))
    recent = await exchanges_between(
        session, office.viewer, family.own_ids, [place.id for place in partners], RECENT
    )
    days_left = (reminder.occurrence - office.today(reminder.at)).days
    return Post(office, reminder, act, partners, quiet, recent, days_left, due, said=said)


def _goes_quiet(tie: Tie, reminder: Reminder) -> bool:
    """Whether it is this tie that crosses a threshold on the day: of a three-party act, one may and the other not."""
    return (
        tie.is_partner
        and tie.lead_act.record == reminder.subject
        and reminder.occurrence in tie.crossings().values()
    )


async def record_sent(desk: Desk, claim: Claim, message_id: int) -> None:
    async with desk.database.write() as session:
        await db.mark_sent(session, claim.row_id, message_id, desk.clock())


async def record_unsent(
    desk: Desk, claim: Claim, state: ReminderState, reason: str, wait: timedelta | None = None
) -> None:
    """Note why a post did not go out, and after what time it is tried again."""
    async with desk.database.write() as session:
        await db.mark(session, claim, state, reason, desk.clock() + wait if wait else None)


async def unsent_posts(desk: Desk) -> Sequence[tuple[int, ReminderState, str, int]]:
    """(office id, state, reason, number) of the last month's posts that are blocked, were given up, or never sent."""
    async with desk.database.read() as session:
        return await db.unsent(session, desk.clock() - TOLD_OF)


async def preview(desk: Desk, first: date | None, days: int, only: Office | None = None) -> list[Post]:
    """What would be posted in so many days from the day `first` (today, if None) of each office; stores nothing.

    Offices without channels are previewed too, with channel id 0. In order of time. Raises `BadInput`
    (`date.year_out_of_range`) beyond the calendar of the registry.
    """
    last = (first or desk.clock().date()) + timedelta(days=days)
    if last.year >= LAST_YEAR - 1:
        raise BadInput("date.year_out_of_range", first=str(FIRST_YEAR), last=str(LAST_YEAR - 2))
    posts: list[Post] = []
    async with desk.database.read() as session:
        for office in [only] if only else await offices(session):
            day = first or office.today(desk.clock())
            start, end = (
                wall_moment(limit, time(), office.zone) for limit in (day, day + timedelta(days=days))
            )
            everywhere = replace(office, channels=dict.fromkeys(Purpose, 0) | dict(office.channels))
            family, ties = await ties_of_place(session, office.viewer, office.place)
            watched = await watched_acts(session, office, ties)
            terms = await running_terms(session, office.viewer)
            for reminder in _plan(everywhere, ties, watched, terms, start, end):
                post = await _post(session, everywhere, family, ties, watched, terms, reminder)
                if post is not None:
                    posts.append(post)
    return sorted(posts, key=lambda post: (post.reminder.at, post.office.id))


async def next_post(desk: Desk, office: Office) -> Post | None:
    """The next post of an office that is due within `LOOK_AHEAD`; None without one, or without a channel for it."""
    now = desk.clock()
    async with desk.database.read() as session:
        family, ties = await ties_of_place(session, office.viewer, office.place)
        watched = await watched_acts(session, office, ties)
        terms = await running_terms(session, office.viewer)
        for reminder in _plan(office, ties, watched, terms, now, now + LOOK_AHEAD):
            post = await _post(session, office, family, ties, watched, terms, reminder)
            if post is not None:
                return post
    return None
