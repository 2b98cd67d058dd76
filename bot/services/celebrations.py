"""Planning the celebration of an anniversary: an exchange that is planned, on a day of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from bot.domain.access import Action, Scope
from bot.domain.audit import Deed, exchange_record, in_effect
from bot.domain.date_reading import read_moment
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, FormRefused
from bot.domain.exchanges import MAX_TOPIC, Exchange, ExchangeKind, ExchangeStatus, Mode
from bot.domain.names import clean
from bot.domain.offices import Office, wall_moment
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.held_acts import SeenAct, read_act_record, seen_act
from bot.services.records import visible_record, write_change
from db.audit import entries_of
from db.engine import Session
from db.exchanges import NewExchange, exchange, exchange_of_request
from db.places import family_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CelebrationForm:
    """What somebody typed; nothing of it is trusted."""

    date: str = ""
    title: str = ""
    mode: str = Mode.IN_PERSON.value


@dataclass(frozen=True, slots=True)
class Planned:
    """The exchange that is planned now, and the audit entry by which it can be taken back."""

    exchange: Exchange
    entry: int


@requires(Action.LOG)
async def open_celebration(desk: Desk, caller: Caller, text: str) -> SeenAct:
    """The act whose anniversary is to be celebrated, before a form is opened.

    Raises `BadInput` (`record.unreadable`, `record.no_act`), `NotFound` (`record.unknown`), `Unavailable`
    (`office.none`).
    """
    record, _ = read_act_record(text), caller.own_office()
    async with desk.database.read() as session:
        await visible_record(session, caller, record)
        return await seen_act(session, caller, record)


@requires(Action.LOG)
async def plan_celebration(
    desk: Desk, caller: Caller, text: str, form: CelebrationForm, request_id: str
) -> Planned:
    """Store a celebration as a planned exchange of all parties. The same `request_id` again makes no other.

    Raises as `open_celebration`; `FormRefused` with a problem for each field.
    """
    return await desk.database.again(lambda: _plan(desk, caller, text, form, request_id))


async def _plan(desk: Desk, caller: Caller, text: str, form: CelebrationForm, request_id: str) -> Planned:
    record, office = read_act_record(text), caller.own_office()
    fields = _read(form, office, desk.clock())
    async with desk.database.write() as session:
        number = await exchange_of_request(session, request_id)
        if number is not None:
            entry = in_effect(await entries_of(session, str(exchange_record(number))))[0].id
        else:
            await visible_record(session, caller, record)
            seen = await seen_act(session, caller, record)
            narrow = seen.act.scope in (Scope.OFFICE, Scope.GROUP)
            new = NewExchange(
                kind=ExchangeKind.OTHER,
                status=ExchangeStatus.PLANNED,
                places=await _sides(session, office, seen),
                office_id=office.id,
                scope=seen.act.scope if narrow else Scope.SHARED,
                request_id=request_id,
                **fields,
            )
            made, entry = await write_change(session, desk, caller, Deed.LOGGED, before=None, after=new)
            number = made.number
        planned = await exchange(session, caller.viewer, number)
        assert planned is not None, "an office sees what it has just planned"
        return Planned(planned, entry)


async def _sides(session: Session, office: Office, seen: SeenAct) -> tuple[int, ...]:
    """The parties of the act, the office's side first."""
    own = set((await family_of(session, office.place)).own_ids)
    ids = [place.id for place in seen.act.parties]
    return tuple(sorted(ids, key=lambda each: each not in own))


def _read(form: CelebrationForm, office: Office, now: datetime) -> dict[str, Any]:
    problems: list[AttacheError] = []

    def reading(read: Callable[[], T]) -> T | None:
        try:
            return read()
        except AttacheError as problem:
            problems.append(problem)
            return None

    when = reading(lambda: _read_when(form.date, office, now))
    title = reading(lambda: _read_title(form.title))
    if problems or when is None:
        raise FormRefused(problems)
    day, moment = when
    mode = Mode(form.mode) if form.mode in set(Mode) else Mode.IN_PERSON
    return {"date": day, "starts_at": moment, "title": title or "", "topic": title, "mode": mode}


def _read_when(text: str, office: Office, now: datetime) -> tuple[PartialDate, datetime | None]:
    today = office.today(now)
    day, at = read_moment(text, today, ahead=True)
    if day.latest() < today:
        raise BadInput("celebration.in_past", date=day)
    return day, wall_moment(day.earliest(), at, office.zone) if at is not None else None


def _read_title(text: str) -> str:
    title = " ".join(clean(text).split())
    if not title:
        raise BadInput("celebration.no_title")
    if len(title) > MAX_TOPIC:
        raise BadInput("visit.topic_too_long", length=len(title), most=MAX_TOPIC)
    return title
