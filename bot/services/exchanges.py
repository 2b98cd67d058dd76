"""Logging what was done with a partner."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import Any, TypeVar

from bot.domain.date_reading import read_moment
from bot.domain.dates import PartialDate
from bot.domain.dormancy import Quietness
from bot.domain.errors import AttacheError, BadInput, FormRefused
from bot.domain.exchanges import (
    FORMATS,
    MAX_PEOPLE,
    MAX_SUMMARY,
    MAX_TOPIC,
    Exchange,
    ExchangeStatus,
    Format,
)
from bot.domain.names import clean
from bot.domain.offices import Office, wall_moment
from bot.domain.places import Place
from bot.domain.ties import Tie
from bot.services.desk import Caller, Desk
from bot.services.places import find_place
from bot.services.ties import ties_of_place
from db.audit import record_change
from db.engine import Session
from db.exchanges import NewExchange, exchange, exchange_of_request, insert_exchanges

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class VisitForm:
    """What somebody typed to log a visit; nothing of it is trusted."""

    partner: str
    date: str
    format: str = Format.VIDEO
    topic: str = ""
    people: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class LoggedVisit:
    """The record of a visit, and how the tie stands now that it counts; `quiet` is None without a tie."""

    exchange: Exchange
    partner: Place
    home: Place
    quiet: Quietness | None


async def check_partner(desk: Desk, caller: Caller, text: str) -> Place:
    """The place that a visit is about to be logged with. Raises as `find_place` does, before a form is opened."""
    office = caller.own_office()
    async with desk.database.read() as session:
        return await _partner(session, caller, office, text)


async def log_visit(desk: Desk, caller: Caller, form: VisitForm, request_id: str) -> LoggedVisit:
    """Log a visit that was held. The same `request_id` again gives the record that it made, and makes no other.

    Raises `FormRefused` with a problem for each field that cannot be read; then nothing is stored.
    """
    office = caller.own_office()
    now = desk.clock()
    async with desk.database.write() as session:
        number = await exchange_of_request(session, request_id)
        if number is None:
            new = await _read_form(session, caller, office, form, now, request_id)
            (number,) = await insert_exchanges(session, [new])
            await record_change(
                session,
                at=now,
                action="exchange.logged",
                subject=f"X{number}",
                user_id=caller.user_id,
                guild_id=caller.guild_id,
                office_id=office.id,
                after=_as_document(new),
            )
        logged = await exchange(session, caller.viewer, number)
        assert logged is not None, "an office sees what it has just logged"
        _, ties = await ties_of_place(session, caller.viewer, office.place)
    partner = next(place for place in logged.places if place.id != office.place.id)
    return LoggedVisit(logged, partner, office.place, _quiet(ties, partner, office, now))


def _quiet(ties: list[Tie], partner: Place, office: Office, now: datetime) -> Quietness | None:
    for tie in ties:
        if tie.partner.id == partner.id:
            return tie.quietness(office.today(now))
    return None


async def _partner(session: Session, caller: Caller, office: Office, text: str) -> Place:
    _, ties = await ties_of_place(session, caller.viewer, office.place)
    partner = await find_place(session, text, among=[tie.partner for tie in ties])
    if partner.id == office.place.id:
        raise BadInput("visit.with_oneself", place=partner)
    return partner


async def _read_form(
    session: Session, caller: Caller, office: Office, form: VisitForm, now: datetime, request_id: str
) -> NewExchange:
    problems: list[AttacheError] = []

    def reading(read: Callable[[], T]) -> T | None:
        try:
            return read()
        except AttacheError as problem:
            problems.append(problem)
            return None

    partner: Place | None = None
    try:
        partner = await _partner(session, caller, office, form.partner)
    except AttacheError as problem:
        problems.append(problem)
    when = reading(lambda: _held_on(form.date, office, now))
    kind_and_mode = reading(lambda: FORMATS[_format(form.format)])
    people = reading(lambda: read_people(form.people))
    topic = reading(lambda: _text(form.topic, MAX_TOPIC, "visit.topic_too_long"))
    summary = reading(lambda: _text(form.summary, MAX_SUMMARY, "visit.summary_too_long"))
    if problems or partner is None or when is None or kind_and_mode is None:
        raise FormRefused(problems)
    kind, mode = kind_and_mode
    day, at = when
    return NewExchange(
        kind=kind,
        mode=mode,
        status=ExchangeStatus.HELD,
        date=day,
        starts_at=_moment(day, at, office.zone),
        title=topic or "",
        topic=topic,
        summary=summary,
        people=people,
        places=(office.place.id, partner.id),
        office_id=office.id,
        request_id=request_id,
    )


def _moment(day: PartialDate, at: time | None, zone: str) -> datetime | None:
    return wall_moment(day.earliest(), at, zone) if at is not None else None


def _held_on(text: str, office: Office, now: datetime) -> tuple[PartialDate, time | None]:
    day, at = read_moment(text, office.today(now))
    moment = _moment(day, at, office.zone)
    if day.earliest() > office.today(now) or (moment is not None and moment > now):
        raise BadInput("visit.in_future", date=day)
    return day, at


def _format(text: str) -> Format:
    try:
        return Format(text)
    except ValueError:
        raise BadInput("visit.format_unknown", text=text[:80]) from None


_PEOPLE = re.compile(
    r"(?:about|around|約|大約)?\s*(\d{1,9})\s*(?:people|persons?|participants|人|名|位)?", re.ASCII
)


def read_people(text: str) -> int | None:
    """A number of people: `6`, `6 people`, 6人; None for nothing typed. Raises `BadInput`."""
    cleaned = unicodedata.normalize("NFKC", text).strip().casefold()
    if not cleaned:
        return None
    match = _PEOPLE.fullmatch(cleaned)
    if match is None:
        raise BadInput("visit.people_unreadable", text=text.strip()[:80])
    people = int(match[1])
    if not 1 <= people <= MAX_PEOPLE:
        raise BadInput("visit.people_out_of_range", people=people, most=MAX_PEOPLE)
    return people


def _text(text: str, longest: int, key: str) -> str | None:
    cleaned = clean(text)
    if len(cleaned) > longest:
        raise BadInput(key, length=len(cleaned), most=longest)
    return cleaned or None


def _as_document(new: NewExchange) -> dict[str, Any]:
    """The record as the audit trail keeps it: plain JSON, nothing that was left empty."""
    return {
        name: value if isinstance(value, int | list | tuple) else str(value)
        for name, value in asdict(new).items()
        if value not in (None, (), "") and name not in ("date", "end_date", "request_id")
    } | {"date": new.date.iso()}
