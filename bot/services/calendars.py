"""The calendar of an office's ties: what goes into it, and how it is written as a file (iCalendar)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from bot.domain.access import Action, Scope
from bot.domain.calendars import CalendarDay, DecisionDay, Inexact, Source, days_of, decision_days
from bot.domain.contacts import Contact
from bot.domain.dates import PartialDate
from bot.domain.exchanges import Exchange
from bot.domain.occasions.visits import last_day
from bot.domain.places import Place
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.facts import facts_of
from db.act_parts import parts_of

NAMESPACE = UUID("5d3f0c86-6f0a-4c53-9a0e-7b1f6f0e2a41")
"""From which the ids of calendar entries are derived; never changed, as calendars know entries by them."""


@dataclass(frozen=True, slots=True)
class OfficeCalendar:
    """The days of an office's ties and of what it decided with others, its planned exchanges, the terms that end on a
    known day, and what has no exact day and is left out; `scopes` are those of all of it."""

    home: Place
    days: Sequence[CalendarDay]
    left_out: Sequence[Inexact]
    scopes: frozenset[Scope]
    now: datetime
    planned: Sequence[Exchange] = ()
    terms: Sequence[Contact] = ()
    decided: Sequence[DecisionDay] = ()

    @property
    def entries(self) -> int:
        """How many things stand in it; one that comes every year is one."""
        once = len({each.key for each in self.days})
        return once + len(self.planned) + len(self.terms) + len(self.decided)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a calendar file with its words.

    A whole day, or several up to `last`; or, with `starts_at` (UTC), so many minutes from a moment on, as far as that
    is known. `status` is one of iCalendar's words for whether it takes place.
    """

    key: str
    day: date
    yearly: bool
    title: str
    text: str
    last: date | None = None
    starts_at: datetime | None = None
    minutes: int | None = None
    status: str | None = None


@requires(Action.READ)
async def office_calendar(desk: Desk, caller: Caller, reach: Scope = Scope.OFFICE) -> OfficeCalendar:
    """The anniversaries, reviews, expiries and open promises of the office's acts in force, open decisions, what is
    planned, and whose term ends when.

    Only what reaches at least as far as `reach`: a calendar for other offices has nothing that they may not see. Raises
    `Unavailable` (`office.none`).
    """
    office = caller.own_office()
    async with desk.database.read() as session:
        facts = await facts_of(session, office)
        acts = {act.id: act for tie in facts.ties for act in tie.in_force if _reaches(act.scope, reach)}
        parts = await parts_of(session, caller.viewer, list(acts), ("commitments",))
    sources = [
        Source(act, act.partners_of(facts.own_ids), parts[number].commitments)
        for number, act in sorted(acts.items())
    ]
    days, left_out = days_of(sources, caller.today(desk), office.leap_day_rule)
    reaching = [each for each in facts.decided if _reaches(each.exchange.scope, reach)]
    decided, undated = decision_days(reaching, facts.own_ids)
    today = caller.today(desk)
    planned = [
        each
        for each in facts.planned
        if each.date.exact() and last_day(each) >= today and _reaches(each.scope, reach)
    ]
    terms = [each for each in facts.terms if _is_ahead(each.until, today) and _reaches(each.scope, reach)]
    scopes = {act.scope for act in acts.values()} | {each.scope for each in planned}
    scopes |= {each.scope for each in terms} | {each.exchange.scope for each in decided}
    return OfficeCalendar(
        office.place, days, [*left_out, *undated], frozenset(scopes), desk.clock(), planned, terms, decided
    )


def _is_ahead(on: PartialDate | None, today: date) -> bool:
    """Whether it is a known day that is not over."""
    day = on.exact() if on else None
    return day is not None and day >= today


def _reaches(scope: Scope, reach: Scope) -> bool:
    """Whether a record of this scope reaches at least so far."""
    scopes = list(Scope)  # the narrowest first
    return scopes.index(scope) >= scopes.index(reach)


def calendar_file(name: str, entries: Sequence[Entry], now: datetime) -> bytes:
    """The entries as an iCalendar file: whole days that block nobody's time, each with an id that stays the same."""
    calendar = Calendar()
    calendar.add("prodid", "-//Attache//Partner cities//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        event = Event()
        event.add("uid", f"{uuid5(NAMESPACE, entry.key)}@attache")
        event.add("dtstamp", now)
        event.add("dtstart", entry.starts_at or entry.day)
        if entry.starts_at is None:
            event.add("dtend", (entry.last or entry.day) + timedelta(days=1))
        elif entry.minutes is not None:
            event.add("dtend", entry.starts_at + timedelta(minutes=entry.minutes))
        if entry.yearly:
            event.add("rrule", {"freq": "yearly"})
        event.add("summary", entry.title)
        event.add("description", entry.text)
        event.add("transp", "TRANSPARENT")
        if entry.status is not None:
            event.add("status", entry.status)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
