"""Logging what was done with a partner."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.access import Action, Scope
from bot.domain.audit import Deed, RecordKind, exchange_record, in_effect
from bot.domain.dormancy import Quietness
from bot.domain.errors import AttacheError, BadInput, FormRefused
from bot.domain.exchanges import Exchange, ExchangeStatus, Format
from bot.domain.offices import Office
from bot.domain.places import Place
from bot.domain.ties import Tie
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.places import find_place
from bot.services.records import check_scope, write_change
from bot.services.ties import ties_of_place
from bot.services.visit_fields import VisitFields, read_fields
from db.audit import entries_of
from db.engine import Session
from db.exchanges import NewExchange, exchange, exchange_of_request


@dataclass(frozen=True, slots=True)
class VisitForm:
    """What somebody typed to log a visit, with whom, and who may see it; nothing of it is trusted."""

    partner: str
    date: str
    format: str = Format.VIDEO
    topic: str = ""
    people: str = ""
    summary: str = ""
    scope: Scope = Scope.SHARED

    @property
    def fields(self) -> VisitFields:
        return VisitFields(self.date, self.format, self.topic, self.people, self.summary)


@dataclass(frozen=True, slots=True)
class LoggedVisit:
    """The record of a visit, and how the tie stands now that it counts; `quiet` is None without a tie.

    `entry` is the audit entry by which it can be taken back.
    """

    exchange: Exchange
    partner: Place
    home: Place
    quiet: Quietness | None
    entry: int


@requires(Action.LOG)
async def check_partner(desk: Desk, caller: Caller, text: str, scope: Scope = Scope.SHARED) -> Place:
    """The place that a visit is about to be logged with, for those of `scope` to see.

    Raises as `find_place` does, and `BadInput` (`scope.no_group`), before a form is opened.
    """
    office = caller.own_office()
    async with desk.database.read() as session:
        await check_scope(session, office, RecordKind.EXCHANGE, scope)
        return await _partner(session, caller, office, text)


@requires(Action.LOG)
async def log_visit(desk: Desk, caller: Caller, form: VisitForm, request_id: str) -> LoggedVisit:
    """Log a visit that was held. The same `request_id` again gives the record that it made, and makes no other.

    So it is tried again where the database went away meanwhile. Raises `FormRefused` with a problem for each field
    that cannot be read; then nothing is stored.
    """
    return await desk.database.again(lambda: _log_visit(desk, caller, form, request_id))


async def _log_visit(desk: Desk, caller: Caller, form: VisitForm, request_id: str) -> LoggedVisit:
    office = caller.own_office()
    now = desk.clock()
    async with desk.database.write() as session:
        number = await exchange_of_request(session, request_id)
        if number is None:
            new = await _read_form(session, caller, office, form, now, request_id)
            record, entry = await write_change(session, desk, caller, Deed.LOGGED, before=None, after=new)
            number = record.number
        else:
            entry = in_effect(await entries_of(session, str(exchange_record(number))))[0].id
        logged = await exchange(session, caller.viewer, number)
        assert logged is not None, "an office sees what it has just logged"
        _, ties = await ties_of_place(session, caller.viewer, office.place)
    partner = next(place for place in logged.places if place.id != office.place.id)
    return LoggedVisit(logged, partner, office.place, _quiet(ties, partner, office, now), entry)


def _quiet(ties: list[Tie], partner: Place, office: Office, now: datetime) -> Quietness | None:
    for tie in ties:
        if tie.partner.id == partner.id:
            return tie.quietness(office.today(now))
    return None


async def _partner(session: Session, caller: Caller, office: Office, text: str) -> Place:
    _, ties = await ties_of_place(session, caller.viewer, office.place)
    partner = await find_place(session, text, viewer=caller.viewer, among=[tie.partner for tie in ties])
    if partner.id == office.place.id:
        raise BadInput("visit.with_oneself", place=partner)
    return partner


async def _read_form(
    session: Session, caller: Caller, office: Office, form: VisitForm, now: datetime, request_id: str
) -> NewExchange:
    problems: list[AttacheError] = []
    partner: Place | None = None
    fields: dict[str, Any] = {}
    try:
        partner = await _partner(session, caller, office, form.partner)
        await check_scope(session, office, RecordKind.EXCHANGE, form.scope)
    except AttacheError as problem:
        problems.append(problem)
    try:
        fields = read_fields(form.fields, office, now)
    except FormRefused as refused:
        problems += refused.problems
    if problems or partner is None:
        raise FormRefused(problems)
    return NewExchange(
        status=ExchangeStatus.HELD,
        title=fields["topic"] or "",
        places=(office.place.id, partner.id),
        scope=form.scope,
        office_id=office.id,
        request_id=request_id,
        **fields,
    )
