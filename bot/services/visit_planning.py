"""Planning a visit: when all sides have office hours, and storing what was agreed as a planned exchange."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.access import Action, Scope
from bot.domain.date_reading import read_date
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, FormRefused
from bot.domain.exchanges import FORMATS, ExchangeStatus, Format
from bot.domain.names import clean
from bot.domain.offices import Office
from bot.domain.places import Place
from bot.domain.slots import Side, Slot, propose
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.exchange_places import partners_meant
from bot.services.exchanges import LoggedVisit, Report, log_report
from bot.services.rest_days import holiday_name, place_works
from bot.services.visit_fields import read_day_and_moment, read_minutes

LOOKED_AT, PROPOSED = 28, 5
"""How many days are looked at, and how many slots are proposed, at most."""

SHORTEST, LONGEST, USUAL = 15, 480, 60
"""Minutes of a meeting."""

HOLIDAYS_NAMED = 6


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday that was kept free."""

    place: Place
    day: date
    name: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """When the sides, the office's own place first, can meet for so many minutes.

    `without_zone` are partners of whose clocks nothing is known, so that they were left out of the search.
    """

    sides: Sequence[Side]
    partners: Sequence[Place]
    minutes: int
    first: date
    slots: Sequence[Slot]
    without_zone: Sequence[Place]
    holidays: Sequence[Holiday]


@dataclass(frozen=True, slots=True)
class PlanForm:
    """What somebody typed to plan a visit; nothing of it is trusted."""

    partners: Sequence[str]
    when: str
    minutes: str = ""
    topic: str = ""
    format: str = Format.VIDEO
    link: str = ""
    scope: Scope = Scope.SHARED


@requires(Action.LOG)
async def propose_slots(
    desk: Desk, caller: Caller, partners: Sequence[str], minutes: int = USUAL, first: str = ""
) -> Proposal:
    """When the office and its partners can meet, from the day `first` on, or from tomorrow.

    Raises as `partners_meant` does, and `BadInput`: what `read_date` raises, `planning.needs_day`, `planning.in_past`,
    `planning.minutes`.
    """
    office, today = caller.own_office(), caller.today(desk)
    check_length(minutes)
    day = _first_day(first, today)
    async with desk.database.read() as session:
        meant = await partners_meant(session, caller, office, partners)
    known = [place for place in meant if place.zone]
    sides = [Side(office.place, office.zone, place_works(office.place.country))]
    sides += [Side(place, str(place.zone), place_works(place.country)) for place in known]
    return Proposal(
        sides,
        meant,
        minutes,
        day,
        propose(sides, day, LOOKED_AT, minutes, PROPOSED),
        [place for place in meant if not place.zone],
        _holidays(sides, day, caller.language),
    )


def check_length(minutes: int) -> None:
    """Raises `BadInput` (`planning.minutes`) for what is no length of a meeting."""
    if not SHORTEST <= minutes <= LONGEST:
        raise BadInput("planning.minutes", n=minutes, least=SHORTEST, most=LONGEST)


def _first_day(typed: str, today: date) -> date:
    if not clean(typed):
        return today + timedelta(days=1)
    day = read_date(typed, today, ahead=True).exact()
    if day is None:
        raise BadInput("planning.needs_day", text=clean(typed)[:40])
    if day < today:
        raise BadInput("planning.in_past", date=PartialDate.of(day))
    return day


def _holidays(sides: Sequence[Side], first: date, language: str) -> list[Holiday]:
    found = [
        Holiday(side.place, day, name)
        for number in range(LOOKED_AT)
        for side in sides
        if (name := holiday_name(side.place.country, day := first + timedelta(days=number), language))
    ]
    return found[:HOLIDAYS_NAMED]


@requires(Action.LOG)
async def plan_visit(desk: Desk, caller: Caller, form: PlanForm, request_id: str) -> LoggedVisit:
    """Store a visit that is planned; it counts as a contact once somebody says that it was held.

    The same `request_id` again makes no other. Raises `FormRefused` with a problem for each field: what reading a date
    and minutes raises, `planning.needs_time`, `visit.already_past`, `visit.format_unknown`, and as `log_report` does.
    """
    office, now = caller.own_office(), desk.clock()
    problems: list[AttacheError] = []
    when: tuple[PartialDate, datetime] | None = None
    minutes = USUAL
    try:
        when = _read_when(form.when, office, now)
    except AttacheError as problem:
        problems.append(problem)
    try:
        minutes = read_minutes(form.minutes) or USUAL
        check_length(minutes)
    except AttacheError as problem:
        problems.append(problem)
    if form.format not in set(Format):
        problems.append(BadInput("visit.format_unknown", text=form.format[:80]))
    if problems or when is None:
        raise FormRefused(problems)
    kind, mode = FORMATS[Format(form.format)]
    report = Report(
        partners=form.partners,
        kind=kind,
        mode=mode,
        status=ExchangeStatus.PLANNED,
        date=when[0],
        starts_at=when[1],
        minutes=minutes,
        topic=clean(form.topic),
        summary=clean(form.link),
        scope=form.scope,
    )
    return await log_report(desk, caller, report, request_id)


def _read_when(text: str, office: Office, now: datetime) -> tuple[PartialDate, datetime]:
    day, moment = read_day_and_moment(text, office, now, ahead=True)
    if moment is None:
        raise BadInput("planning.needs_time", text=clean(text)[:40])
    if moment <= now:
        raise BadInput("visit.already_past", date=day)
    return day, moment
