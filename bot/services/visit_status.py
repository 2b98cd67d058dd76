"""What became of a planned exchange: held, moved or called off; each once, however often it is said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.access import Action
from bot.domain.audit import Deed, exchange_record
from bot.domain.confirmations import Side
from bot.domain.dates import PartialDate, Precision
from bot.domain.errors import BadInput
from bot.domain.exchanges import Exchange, ExchangeStatus
from bot.domain.names import clean
from bot.domain.offices import Office
from bot.domain.places import Place
from bot.services.access import requires
from bot.services.confirmations import sides_of
from bot.services.desk import Caller, Desk
from bot.services.editing import exchange_content, read_exchange_record, seen_exchange
from bot.services.exchanges import PartnerNow, partners_now
from bot.services.records import our_record, write_change
from bot.services.visit_fields import check_not_ahead, moment_text, read_day_and_moment
from db.exchanges import NewExchange

MAX_REASON = 500


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of an exchange, how the ties stand now, and which offices can confirm it.

    `entry` is None where it was so before.
    """

    exchange: Exchange
    home: Place
    partners: Sequence[PartnerNow]
    entry: int | None
    sides: Sequence[Side] = ()


@dataclass(frozen=True, slots=True)
class OpenedPlan:
    """A planned exchange before it is moved or called off, with its day, and time, as the office's form shows it."""

    exchange: Exchange
    when: str


@requires(Action.LOG)
async def open_plan(desk: Desk, caller: Caller, text: str) -> OpenedPlan:
    """The exchange of this record number, for a form about what became of it.

    Raises `BadInput` (`record.unreadable`, `record.no_exchange`, `visit.was_held`), `NotFound` (`record.unknown`) or
    `NotAllowed` (`record.not_ours`).
    """
    record, office = read_exchange_record(text), caller.own_office()
    async with desk.database.read() as session:
        stored = exchange_content((await our_record(session, caller, record, hold=False)).content)
        if stored.status is ExchangeStatus.HELD:
            raise BadInput("visit.was_held", record=str(record))
        return OpenedPlan(await seen_exchange(session, caller, record), moment_text(stored, office.zone))


@requires(Action.LOG)
async def confirm_held(desk: Desk, caller: Caller, number: int) -> Settled:
    """Say that a planned exchange took place: from now on it counts. Anybody who may log may say so of their office's.

    Raises as `open_plan`, and `BadInput`: `visit.in_future` before its day, `visit.was_cancelled`.
    """
    now = desk.clock()

    def held(stored: NewExchange, office: Office) -> NewExchange:
        if stored.status is ExchangeStatus.CANCELLED:
            raise BadInput("visit.was_cancelled", record=str(exchange_record(number)))
        if stored.status is ExchangeStatus.PLANNED:
            check_not_ahead(stored.date, stored.starts_at, office, now)
        return replace(stored, status=ExchangeStatus.HELD)

    return await _settle(desk, caller, number, Deed.HELD, held)


@requires(Action.LOG)
async def move(desk: Desk, caller: Caller, number: int, when: str) -> Settled:
    """Put a planned exchange, or one that was called off, on another day, and time of day where one is given.

    It ends as long after its beginning as it did. Raises as `open_plan`, `BadInput` as reading a date does, and
    `visit.already_past` for a day that is over: what took place on it is held.
    """
    now = desk.clock()

    def moved(stored: NewExchange, office: Office) -> NewExchange:
        if stored.status is ExchangeStatus.HELD:
            raise BadInput("visit.was_held", record=str(exchange_record(number)))
        day, moment = read_day_and_moment(when, office, now, ahead=True)
        if day.latest() < office.today(now):
            raise BadInput("visit.already_past", date=day)
        end = _moved_end(stored, day)
        planned = ExchangeStatus.PLANNED
        return replace(stored, status=planned, date=day, starts_at=moment, end_date=end, cancel_reason=None)

    return await _settle(desk, caller, number, Deed.MOVED, moved)


@requires(Action.LOG)
async def cancel(desk: Desk, caller: Caller, number: int, reason: str = "") -> Settled:
    """Say that a planned exchange will not take place, or did not, and why.

    Raises as `open_plan`, and `BadInput` (`act.too_long`).
    """
    typed = clean(reason)

    def cancelled(stored: NewExchange, _: Office) -> NewExchange:
        if stored.status is ExchangeStatus.HELD:
            raise BadInput("visit.was_held", record=str(exchange_record(number)))
        if len(typed) > MAX_REASON:
            raise BadInput("act.too_long", text=typed[:40], length=len(typed), most=MAX_REASON)
        return replace(stored, status=ExchangeStatus.CANCELLED, cancel_reason=typed or stored.cancel_reason)

    return await _settle(desk, caller, number, Deed.CANCELLED, cancelled)


def _moved_end(stored: NewExchange, day: PartialDate) -> PartialDate | None:
    """The last day where the exchange begins on `day`; unknown where it is not known to the day how long it takes."""
    first, last = stored.date.exact(), stored.end_date.exact() if stored.end_date else None
    if first is None or last is None or day.precision is not Precision.DAY:
        return None
    lasts: timedelta = last - first
    return PartialDate.of(day.earliest() + lasts)


async def _settle(
    desk: Desk, caller: Caller, number: int, deed: Deed, change: Callable[[NewExchange, Office], NewExchange]
) -> Settled:
    """Store what an exchange becomes, with its audit entry; nothing where it is so already."""
    office = caller.own_office()
    async with desk.database.write() as session:
        held = await our_record(session, caller, exchange_record(number), hold=True)
        before = exchange_content(held.content)
        after, entry = change(before, office), None
        if after != before:
            _, entry = await write_change(session, desk, caller, deed, before=held, after=after)
        exchange = await seen_exchange(session, caller, exchange_record(number))
        partners = await partners_now(session, desk, caller, exchange)
        sides = await sides_of(session, caller, exchange, after.responses)
    return Settled(exchange, office.place, partners, entry, sides)
