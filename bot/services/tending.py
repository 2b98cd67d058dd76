"""Looking after reminders: putting one off, saying who is on it or that it is done, and muting a tie.

None of it changes a record. Each is one entry in the audit trail of the office.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain.access import Action
from bot.domain.audit import OfficeDeed
from bot.domain.errors import BadInput, NotFound
from bot.domain.names import clean
from bot.domain.occasions.facts import Facts
from bot.domain.offices import Office
from bot.domain.places import Place
from bot.domain.planning import PLANS, plan
from bot.domain.reminders import Marked, Reminder, ReminderKind
from bot.services.access import requires
from bot.services.commitment_fields import read_future
from bot.services.composing.kinds import COMPOSERS
from bot.services.desk import Caller, Desk
from bot.services.facts import facts_of
from bot.services.places import find_place
from bot.services.posts import News, Post
from bot.services.ties import ties_of_place
from db import tending as db
from db.audit import record_change
from db.engine import Session
from db.offices import hold_office, office_by_id
from db.posted import call_off_marked, last_about, put_off

LONGEST_PUT_OFF = timedelta(days=366)

LOOK_AHEAD = timedelta(days=366)

SNOOZED, ASSIGNED, DONE, MUTED = "reminder_snoozed", "reminder_assigned", "reminder_done", "tie_muted"
PROPOSED = "end_proposed"
TENDED = (SNOOZED, ASSIGNED, DONE, MUTED, PROPOSED)
"""What the audit trail calls the things that are done here."""


@dataclass(frozen=True, slots=True)
class Which:
    """A reminder as its buttons name it; `lead` is that of the post, or of the one that it repeats."""

    kind: ReminderKind
    subject: str
    occurrence: date
    lead: int

    @property
    def marked(self) -> Marked:
        return self.kind, self.subject, self.occurrence


def read_put_off(text: str, today: date) -> date:
    """Until which day something is put off. Raises `BadInput`: as `read_future`, `snooze.no_day`, `snooze.not_ahead`,
    `snooze.too_far`."""
    found = read_future(text, today)
    day = found.exact() if found else None
    if day is None:
        raise BadInput("snooze.no_day", text=clean(text)[:80])
    return _ahead(day, today)


def _ahead(day: date, today: date) -> date:
    if day <= today:
        raise BadInput("snooze.not_ahead", day=day)
    if day > today + LONGEST_PUT_OFF:
        raise BadInput("snooze.too_far", day=day)
    return day


@dataclass(frozen=True, slots=True)
class Snoozed:
    """The post, and when it comes again (UTC)."""

    post: Post[News]
    at: datetime


@requires(Action.REMIND)
async def snooze(desk: Desk, caller: Caller, which: Which, until: date) -> Snoozed:
    """Post a reminder once more on that day, or by the office's rule the working day after.

    What comes by itself, a later lead or next year's anniversary, is untouched. Raises `BadInput` as `read_put_off`;
    `NotFound` (`reminders.over`) where there is nothing to tell any more; `Unavailable` (`office.none`).
    """
    async with _tending(desk, caller) as (session, facts):
        office = facts.office
        day = _ahead(until, office.today(desk.clock()))
        post = await _post_about(session, facts, which, desk.clock())
        channel = office.channels.get(PLANS[which.kind].purpose, post.reminder.channel_id)
        at = facts.on_or_after(day)
        await put_off(session, replace(post.reminder, channel_id=channel), office.today(at), at)
        await note(session, desk, caller, SNOOZED, None, f"{which.subject} {day.isoformat()}")
        return Snoozed(post, at)


@requires(Action.REMIND)
async def assign(desk: Desk, caller: Caller, which: Which, person: int | None) -> Post[News]:
    """Say who looks after what a reminder is about, None for nobody. Raises as `snooze`."""
    async with _tending(desk, caller) as (session, facts):
        post = await _post_about(session, facts, which, desk.clock())
        known = (await db.tended(session, facts.office.id)).get(which.marked, db.Tended())
        if known.assignee != person:
            await db.tend(session, facts.office.id, which.marked, replace(known, assignee=person))
            told = [f"{which.subject} <@{each}>" if each else None for each in (known.assignee, person)]
            await note(session, desk, caller, ASSIGNED, *told)
        return replace(post, assignee=person)


@requires(Action.REMIND)
async def finish(desk: Desk, caller: Caller, which: Which, *, done: bool = True) -> Post[News]:
    """Say that what a reminder is about is done, so that no more come of it; or, not `done`, that it is not.

    Of an anniversary that is this year's alone. Raises as `snooze`.
    """
    async with _tending(desk, caller) as (session, facts):
        post = await _post_about(session, facts, which, desk.clock())
        known = (await db.tended(session, facts.office.id)).get(which.marked, db.Tended())
        if known.is_done != done:
            await db.tend(session, facts.office.id, which.marked, replace(known, is_done=done))
            if done:
                await call_off_marked(session, facts.office.id, which.marked, "done")
            name = f"{which.subject} {which.occurrence.isoformat()}"
            await note(session, desk, caller, DONE, None if done else name, name if done else None)
        return post


async def _post_about(session: Session, facts: Facts, which: Which, now: datetime) -> Post[News]:
    reminder = Reminder(facts.office.id, which.kind, which.subject, which.occurrence, which.lead, 0, now)
    news = await COMPOSERS[which.kind](session, facts, reminder)
    if news is None:
        raise NotFound("reminders.over")
    return Post(facts.office, reminder, news, now)


@requires(Action.REMIND)
async def which_about(desk: Desk, caller: Caller, text: str) -> Which:
    """The reminder that somebody means by the number of a record: the last one posted, else the next one to come.

    Raises `NotFound` (`reminders.none_about`), `Unavailable` (`office.none`).
    """
    office, subject = caller.own_office(), clean(text).upper()[:20]
    now = desk.clock()
    async with desk.database.read() as session:
        last = await last_about(session, office.id, subject)
        if last is not None:
            return Which(*last.reminder.marked, last.told_lead)
        for coming in plan(await facts_of(session, office), now, now + LOOK_AHEAD):
            if coming.subject == subject:
                return Which(*coming.marked, coming.lead_days)
    raise NotFound("reminders.none_about", record=subject)


# Muting ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Muted:
    """A partner of whom no reminders come, and the day from which they come again; None where that is not said."""

    partner: Place
    until: date | None


@requires(Action.SILENCE)
async def mute(desk: Desk, caller: Caller, partner: str, until: str = "") -> Muted:
    """Let no reminders come of the tie with a partner, until a day or until `unmute`.

    Raises as `find_place`; `NotFound` (`mute.no_tie`); `BadInput` as `read_put_off`.
    """
    async with _tending(desk, caller) as (session, facts):
        office = facts.office
        today = office.today(desk.clock())
        day = read_put_off(until, today) if clean(until) else None
        place = await _partner(session, caller, office, partner)
        before = await db.muted(session, office.id)
        await db.mute(session, office.id, place.id, day)
        old = _muted_words(place, before[place.id]) if place.id in before else None
        await note(session, desk, caller, MUTED, old, _muted_words(place, day))
        return Muted(place, day)


@requires(Action.SILENCE)
async def unmute(desk: Desk, caller: Caller, partner: str) -> Place:
    """Let reminders of a tie come again. Raises as `find_place`; `NotFound` (`mute.not_muted`)."""
    async with _tending(desk, caller) as (session, facts):
        place = await _partner(session, caller, facts.office, partner)
        before = await db.muted(session, facts.office.id)
        if place.id not in before:
            raise NotFound("mute.not_muted", place=place)
        await db.unmute(session, facts.office.id, place.id)
        await note(session, desk, caller, MUTED, _muted_words(place, before[place.id]), None)
        return place


@requires(Action.READ)
async def muted_ties(desk: Desk, caller: Caller) -> list[Muted]:
    """The partners of whom the office gets no reminders today."""
    office = caller.own_office()
    today = office.today(desk.clock())
    async with desk.database.read() as session:
        muted = await db.muted(session, office.id)
        _, ties = await ties_of_place(session, caller.viewer, office.place)
    partners = {tie.partner.id: tie.partner for tie in ties}
    return [
        Muted(partners[place_id], until)
        for place_id, until in muted.items()
        if place_id in partners and (until is None or today < until)
    ]


async def _partner(session: Session, caller: Caller, office: Office, text: str) -> Place:
    _, ties = await ties_of_place(session, caller.viewer, office.place)
    partners = [tie.partner for tie in ties]
    place = await find_place(session, text, viewer=caller.viewer, among=partners)
    if place.id not in {each.id for each in partners}:
        raise NotFound("mute.no_tie", place=place)
    return place


def _muted_words(place: Place, until: date | None) -> str:
    return f"{place.name_en} {until.isoformat()}" if until else place.name_en


# Both --------------------------------------------------------------------------------------------------------


@asynccontextmanager
async def _tending(desk: Desk, caller: Caller) -> AsyncIterator[tuple[Session, Facts]]:
    """One change at a time: the office is held, and what it knows is read, within the transaction of the change."""
    own = caller.own_office()
    async with desk.database.write() as session:
        await hold_office(session, own.id)
        office = await office_by_id(session, own.id)
        assert office is not None, "offices are never deleted"
        yield session, await facts_of(session, office)


async def note(
    session: Session, desk: Desk, caller: Caller, name: str, before: str | None, after: str | None
) -> None:
    """Write to the audit trail of the office what was done, as a setting of this name that changed."""
    office = caller.own_office()

    def document(value: str | None) -> dict[str, Any]:
        return {name: value}

    await record_change(
        session,
        at=desk.clock(),
        action=f"office.{OfficeDeed.REMINDERS}",
        subject=f"office:{office.id}",
        user_id=caller.user_id,
        guild_id=caller.guild_id,
        office_id=office.id,
        before=document(before),
        after=document(after),
    )
