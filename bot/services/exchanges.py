"""Logging what was done with partners: from the form, or from a report that was read elsewhere."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.access import Action, Scope
from bot.domain.audit import Deed, RecordKind, exchange_record, in_effect
from bot.domain.confirmations import Side
from bot.domain.dates import PartialDate
from bot.domain.dormancy import Quietness
from bot.domain.errors import AttacheError, BadInput, FormRefused
from bot.domain.exchange_particulars import Attachment
from bot.domain.exchanges import (
    MAX_PEOPLE,
    MAX_SUMMARY,
    MAX_TOPIC,
    Exchange,
    ExchangeKind,
    ExchangeLevel,
    ExchangeStatus,
    Format,
    Mode,
)
from bot.domain.offices import Office
from bot.domain.places import Place
from bot.services.access import requires
from bot.services.confirmations import said_of, sides_of
from bot.services.desk import Caller, Desk
from bot.services.exchange_places import partners_meant
from bot.services.records import check_scope, write_change
from bot.services.ties import ties_of_place
from bot.services.topics import topics_in
from bot.services.visit_fields import VisitFields, check_not_ahead, read_fields, read_minutes
from db.audit import entries_of
from db.engine import Session
from db.exchanges import NewExchange, exchange, exchange_of_request


@dataclass(frozen=True, slots=True)
class VisitForm:
    """What somebody typed to log a visit, with whom, and who may see it; nothing of it is trusted.

    `others` are further partners beside the first, with commas between them.
    """

    partner: str
    date: str
    format: str = Format.VIDEO
    topic: str = ""
    people: str = ""
    summary: str = ""
    scope: Scope = Scope.SHARED
    others: str = ""

    @property
    def fields(self) -> VisitFields:
        return VisitFields(self.date, self.format, self.topic, self.people, self.summary)


@dataclass(frozen=True, slots=True)
class Report:
    """An exchange that was read from somebody's words and shown to them: what these say, and nothing that they do not.

    `partners` are keys or names of places, not the office's own. `starts_at` is in UTC. What is planned may lie ahead.
    """

    partners: Sequence[str]
    kind: ExchangeKind
    date: PartialDate
    mode: Mode | None = None
    status: ExchangeStatus = ExchangeStatus.HELD
    starts_at: datetime | None = None
    end_date: PartialDate | None = None
    minutes: int | None = None
    people: int | None = None
    level: ExchangeLevel | None = None
    topic: str = ""
    topics: Sequence[str] = ()
    summary: str = ""
    platform: str | None = None
    sources: Sequence[str] = ()
    attachments: Sequence[Attachment] = ()
    scope: Scope = Scope.SHARED


@dataclass(frozen=True, slots=True)
class PartnerNow:
    """A place that took part, and how the tie with it stands now; `quiet` is None without a tie."""

    place: Place
    quiet: Quietness | None


@dataclass(frozen=True, slots=True)
class LoggedVisit:
    """The record of a visit, how the ties stand now that it counts, and which offices can confirm it.

    `entry` is the audit entry by which it can be taken back.
    """

    exchange: Exchange
    home: Place
    partners: Sequence[PartnerNow]
    entry: int
    sides: Sequence[Side] = ()


@requires(Action.LOG)
async def check_partners(
    desk: Desk, caller: Caller, partner: str, scope: Scope = Scope.SHARED, others: str = ""
) -> list[Place]:
    """The places that a visit is about to be logged with, for those of `scope` to see.

    Raises as `partners_meant` does, and `BadInput` (`scope.no_group`), before a form is opened.
    """
    office = caller.own_office()
    async with desk.database.read() as session:
        await check_scope(session, office, RecordKind.EXCHANGE, scope)
        return await partners_meant(session, caller, office, [partner, others])


@requires(Action.LOG)
async def log_visit(desk: Desk, caller: Caller, form: VisitForm, request_id: str) -> LoggedVisit:
    """Log a visit that was held. The same `request_id` again gives the record that it made, and makes no other.

    So it is tried again where the database went away meanwhile. Raises `FormRefused` with a problem for each field
    that cannot be read; then nothing is stored.
    """
    office, now = caller.own_office(), desk.clock()

    async def read(session: Session) -> NewExchange:
        return await _read_form(session, caller, office, form, now, request_id)

    return await desk.database.again(lambda: _log(desk, caller, request_id, read))


@requires(Action.LOG)
async def log_report(desk: Desk, caller: Caller, report: Report, request_id: str) -> LoggedVisit:
    """Log what a report says, as `log_visit` does. Raises `FormRefused` for what cannot be; then nothing is stored."""
    office, now = caller.own_office(), desk.clock()

    async def read(session: Session) -> NewExchange:
        return await _read_report(session, caller, office, report, now, request_id)

    return await desk.database.again(lambda: _log(desk, caller, request_id, read))


async def _log(
    desk: Desk, caller: Caller, request_id: str, read: Callable[[Session], Awaitable[NewExchange]]
) -> LoggedVisit:
    """Store what is read, once for each request, with its audit entry, or nothing."""
    office = caller.own_office()
    async with desk.database.write() as session:
        number = await exchange_of_request(session, request_id)
        if number is None:
            new = await read(session)
            record, entry = await write_change(session, desk, caller, Deed.LOGGED, before=None, after=new)
            number = record.number
        else:
            entry = in_effect(await entries_of(session, str(exchange_record(number))))[0].id
        logged = await exchange(session, caller.viewer, number)
        assert logged is not None, "an office sees what it has just logged"
        partners = await partners_now(session, desk, caller, logged)
        sides = await sides_of(session, caller, logged, await said_of(session, number))
    return LoggedVisit(logged, office.place, partners, entry, sides)


async def partners_now(session: Session, desk: Desk, caller: Caller, logged: Exchange) -> list[PartnerNow]:
    """The places that took part in an exchange beside the caller's own, and how the ties with them stand now."""
    office = caller.own_office()
    today = office.today(desk.clock())
    _, ties = await ties_of_place(session, caller.viewer, office.place)
    quiet = {tie.partner.id: tie.quietness(today) for tie in ties}
    return [PartnerNow(place, quiet.get(place.id)) for place in logged.places if place.id != office.place.id]


# Reading -----------------------------------------------------------------------------------------------------


async def _read_form(
    session: Session, caller: Caller, office: Office, form: VisitForm, now: datetime, request_id: str
) -> NewExchange:
    problems: list[AttacheError] = []
    fields: dict[str, Any] = {}
    places: tuple[int, ...] = (office.place.id,)
    try:
        places += await _partner_ids(session, caller, office, [form.partner, form.others], form.scope)
    except AttacheError as problem:
        problems.append(problem)
    try:
        fields = read_fields(form.fields, office, now)
    except FormRefused as refused:
        problems += refused.problems
    if problems:
        raise FormRefused(problems)
    return NewExchange(
        status=ExchangeStatus.HELD,
        title=fields["topic"] or "",
        places=places,
        scope=form.scope,
        office_id=office.id,
        request_id=request_id,
        **fields,
    )


async def _read_report(
    session: Session, caller: Caller, office: Office, report: Report, now: datetime, request_id: str
) -> NewExchange:
    problems: list[AttacheError] = []
    places: tuple[int, ...] = (office.place.id,)
    try:
        places += await _partner_ids(session, caller, office, report.partners, report.scope)
    except AttacheError as problem:
        problems.append(problem)
    problems += _report_problems(report, office, now)
    if problems:
        raise FormRefused(problems)
    topic = report.topic.strip()
    return NewExchange(
        kind=report.kind,
        mode=report.mode,
        status=report.status,
        level=report.level,
        date=report.date,
        end_date=report.end_date,
        starts_at=report.starts_at,
        title=topic,
        topic=topic or None,
        topics=tuple(dict.fromkeys(report.topics or topics_in(topic))),
        summary=report.summary.strip() or None,
        people=report.people,
        minutes=report.minutes,
        platform=report.platform,
        places=places,
        sources=tuple(report.sources),
        attachments=tuple(report.attachments),
        scope=report.scope,
        office_id=office.id,
        request_id=request_id,
    )


def _report_problems(report: Report, office: Office, now: datetime) -> list[AttacheError]:
    """What cannot be stored as it is."""
    problems: list[AttacheError] = []
    try:
        if report.status is ExchangeStatus.HELD:
            check_not_ahead(report.date, report.starts_at, office, now)
        read_minutes(str(report.minutes or ""))
    except AttacheError as problem:
        problems.append(problem)
    if report.end_date and report.end_date.latest() < report.date.earliest():
        problems.append(BadInput("visit.after_its_end", date=report.date, end=report.end_date))
    if report.people is not None and not 1 <= report.people <= MAX_PEOPLE:
        problems.append(BadInput("visit.people_out_of_range", people=report.people, most=MAX_PEOPLE))
    for text, longest, key in (
        (report.topic, MAX_TOPIC, "visit.topic_too_long"),
        (report.summary, MAX_SUMMARY, "visit.summary_too_long"),
    ):
        if len(text.strip()) > longest:
            problems.append(BadInput(key, length=len(text.strip()), most=longest))
    return problems


async def _partner_ids(
    session: Session, caller: Caller, office: Office, named: Sequence[str], scope: Scope
) -> tuple[int, ...]:
    partners = await partners_meant(session, caller, office, named)
    await check_scope(session, office, RecordKind.EXCHANGE, scope)
    return tuple(place.id for place in partners)
