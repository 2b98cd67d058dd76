"""Finding exchanges: listed by a filter, shown one by one, and the balance of visits."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.access import Action, Scope, may_change
from bot.domain.confirmations import Side, is_others, party_of
from bot.domain.errors import NotFound
from bot.domain.exchange_lists import ExchangeFilter, Only
from bot.domain.exchange_particulars import ExchangeParts
from bot.domain.exchanges import Exchange, ExchangeStatus
from bot.domain.places import Place
from bot.domain.reciprocity import VISITS, Balance, balances
from bot.domain.savings import Savings
from bot.services.access import requires
from bot.services.confirmations import sides_of
from bot.services.desk import Caller, Desk
from bot.services.editing import read_exchange_record
from bot.services.savings import saved_by
from db.engine import Session
from db.exchange_parts import exchange_parts, responses_of
from db.exchanges import exchange, exchanges_of, pair_of, paired_numbers
from db.offices import office_of_place
from db.places import Family, family_of, known_places


@dataclass(frozen=True, slots=True)
class ExchangeList:
    """The exchanges that a filter keeps, newest first, and how many have each status.

    `uncertain` is how many of them may lie outside the period, as their dates are not known well enough.
    """

    home: Place
    partner: Place | None
    filter: ExchangeFilter
    exchanges: Sequence[Exchange]
    counted: Mapping[ExchangeStatus, int]
    uncertain: int
    today: date
    now: datetime


@requires(Action.READ)
async def find_exchanges(desk: Desk, caller: Caller, chosen: ExchangeFilter) -> ExchangeList:
    """The exchanges of a place, its predecessors' among them.

    Raises `Unavailable` (`office.none`) without a place or an office, `NotFound` (`place.gone`).
    """
    today = caller.today(desk)
    async with desk.database.read() as session:
        family, partner, theirs = await _sides(session, caller, chosen)
        found = await exchanges_of(session, caller.viewer, family.own_ids, theirs)
        paired = await paired_numbers(session, caller.viewer) if chosen.only is Only.UNPAIRED else frozenset()
        if chosen.only is Only.TO_CONFIRM:
            waiting = await _waiting(session, family, found)
            found = [each for each in found if each.id in waiting]
    kept = [each for each in found if each.id not in paired and chosen.keeps(each, today)]
    return ExchangeList(
        home=family.place,
        partner=partner,
        filter=chosen,
        exchanges=kept,
        counted=Counter(each.status for each in kept),
        uncertain=sum(not _is_within(chosen, each) for each in kept),
        today=today,
        now=desk.clock(),
    )


async def _waiting(session: Session, family: Family, found: Sequence[Exchange]) -> frozenset[int]:
    """Those of the exchanges that another office keeps, and that wait for a word of the office of the place."""
    office = await office_of_place(session, family.place.id)
    if office is None:
        return frozenset()
    others = {
        each.id: party
        for each in found
        if is_others(office.viewer, each.office_id) and (party := party_of(family.place.id, each.places))
    }
    said = await responses_of(session, [*others])

    def side(number: int, party: int) -> Side:
        return Side(family.place, responses=[each for each in said.get(number, ()) if each.party == party])

    return frozenset(number for number, party in others.items() if side(number, party).is_awaited)


async def _sides(
    session: Session, caller: Caller, chosen: ExchangeFilter
) -> tuple[Family, Place | None, Sequence[int] | None]:
    home_id = chosen.home_id if chosen.home_id is not None else caller.own_office().place.id
    wanted = [home_id, *([chosen.partner_id] if chosen.partner_id is not None else [])]
    places = {place.id: place for place in await known_places(session, caller.viewer, wanted)}
    if any(each not in places for each in wanted):
        raise NotFound("place.gone")
    family = await family_of(session, places[home_id])
    if chosen.partner_id is None:
        return family, None, None
    partner = places[chosen.partner_id]
    theirs = (await family_of(session, partner)).own_ids
    return family, partner, (*theirs, *([partner.successor_id] if partner.successor_id else []))


def _is_within(chosen: ExchangeFilter, each: Exchange) -> bool:
    """Whether it certainly took place within the period, or part of it."""
    last = each.end_date or each.date
    begins = chosen.until is None or each.date.latest() <= chosen.until.latest()
    return begins and (chosen.since is None or last.earliest() >= chosen.since.earliest())


@dataclass(frozen=True, slots=True)
class ExchangeCard:
    """One exchange with all that is known of it.

    `home` is the caller's place. `pair` is the exhibition that it goes with, whichever of the two says so.
    `sides` are the offices that it concerns and what each says of it.
    `savings` is what a virtual visit saved, as the caller's office wants it told. `changeable` says whether that office
    may change it.
    """

    exchange: Exchange
    parts: ExchangeParts
    pair: int | None
    home: Place | None
    sides: Sequence[Side]
    changeable: bool
    savings: Savings | None
    now: datetime


@requires(Action.READ)
async def show_exchange(desk: Desk, caller: Caller, text: str) -> ExchangeCard:
    """The exchange of this record number.

    Raises `BadInput` (`record.unreadable`, `record.no_exchange`) or `NotFound` (`record.unknown`).
    """
    record = read_exchange_record(text)
    async with desk.database.read() as session:
        found = await exchange(session, caller.viewer, record.number)
        if found is None:
            raise NotFound("record.unknown", record=str(record))
        parts = await exchange_parts(session, caller.viewer, record.number)
        pair = await pair_of(session, caller.viewer, record.number)
        sides = await sides_of(session, caller, found, parts.responses)
    own = caller.viewer.place_id
    party = any(own in (place.id, place.successor_id) for place in found.places) if own else False
    changeable = may_change(caller.viewer, found.office_id, party=party)
    home = caller.office.place if caller.office else None
    savings = saved_by(found, caller.office)
    return ExchangeCard(found, parts, pair, home, sides, changeable, savings, desk.clock())


@dataclass(frozen=True, slots=True)
class VisitBalance:
    """The balance of visits in person of a place with its partners; `scopes` are those of the visits counted."""

    home: Place
    balances: Sequence[Balance]
    scopes: frozenset[Scope]


@requires(Action.READ)
async def visit_balance(
    desk: Desk, caller: Caller, home_id: int | None = None, partner_id: int | None = None
) -> VisitBalance:
    """Who visited whom how often, with every partner or with one. Raises as `find_exchanges`."""
    chosen = ExchangeFilter(home_id, partner_id)
    async with desk.database.read() as session:
        family, partner, theirs = await _sides(session, caller, chosen)
        found = await exchanges_of(session, caller.viewer, family.own_ids, theirs)
    counted = [each for each in found if each.kind in VISITS and each.status is ExchangeStatus.HELD]
    every = balances(counted, family.own_ids)
    if partner is not None and theirs is not None:
        every = [each for each in every if each.partner.id in theirs] or [Balance(partner)]
    return VisitBalance(family.place, every, frozenset(each.scope for each in counted))
