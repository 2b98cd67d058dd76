"""Two confirm: the office of another place that took part confirms an exchange, or notes what it sees otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.access import Action, Standing, may_see
from bot.domain.audit import Deed, Record, in_effect
from bot.domain.confirmations import MAX_RESPONSES, Side, is_others, party_of, says_so, with_response
from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput, ChangedMeanwhile, NotAllowed
from bot.domain.exchange_particulars import Response, Stance
from bot.domain.exchanges import Exchange, ExchangeStatus
from bot.domain.names import clean
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.editing import exchange_content, read_exchange_record, says_the_same, seen_exchange
from bot.services.records import visible_record, write_change
from bot.services.telling import entries_since, states_of
from bot.services.typed_fields import read_text
from db.audit import entries_of
from db.engine import Session
from db.exchange_parts import EXCHANGE_PART_KINDS, responses_of
from db.exchanges import NewExchange
from db.offices import offices_at
from db.versions import Held

LENGTHS = EXCHANGE_PART_KINDS["responses"].lengths
"""The most characters of what is seen otherwise."""

DEEDS = {Stance.CONFIRMED: Deed.AGREED, Stance.DIFFERS: Deed.DIFFERED}


@dataclass(frozen=True, slots=True)
class Responded:
    """What the offices say of an exchange now; `entry`, to take it back by, is None where it was so before."""

    exchange: Exchange
    sides: Sequence[Side]
    entry: int | None


@requires(Action.LOG)
async def confirm_exchange(desk: Desk, caller: Caller, text: str, version: int | None = None) -> Responded:
    """Confirm, for the caller's office, what another office logged, as it was shown at `version` where that is told.

    Once however often it is said. Raises as `open_difference`, and `ChangedMeanwhile` (`confirmation.changed_since`)
    where it became another one since.
    """
    return await _respond(desk, caller, read_exchange_record(text), Stance.CONFIRMED, None, version)


@requires(Action.LOG)
async def open_difference(desk: Desk, caller: Caller, text: str) -> Exchange:
    """The exchange of which the caller's office is about to note what it sees otherwise.

    Raises `BadInput` (`record.unreadable`, `record.no_exchange`, `confirmation.own`, `confirmation.nobodys`,
    `confirmation.not_held`, `confirmation.too_many`), `NotFound` (`record.unknown`) or `NotAllowed`
    (`confirmation.no_party`).
    """
    record = read_exchange_record(text)
    async with desk.database.read() as session:
        held = await visible_record(session, caller, record)
        exchange = await seen_exchange(session, caller, record)
        stored = exchange_content(held.content)
        _party(caller, exchange, stored)
        _check_room(exchange, stored)
        return exchange


@requires(Action.LOG)
async def note_difference(desk: Desk, caller: Caller, text: str, what: str) -> Responded:
    """Note, for the caller's office, what it sees otherwise: beside the record, which stays as it is.

    The same words twice are one note. Raises as `open_difference`, and `BadInput` (`confirmation.empty`,
    `text.too_long`).
    """
    record = read_exchange_record(text)
    said = read_text(what, LENGTHS["what"])
    if not clean(said):
        raise BadInput("confirmation.empty")
    return await _respond(desk, caller, record, Stance.DIFFERS, said, None)


async def _respond(
    desk: Desk, caller: Caller, record: Record, stance: Stance, what: str | None, version: int | None
) -> Responded:
    """Store what the office says, with the audit entry; nothing where it says so already."""
    async with desk.database.write() as session:
        held = await visible_record(session, caller, record, hold=True)
        stored, entry = exchange_content(held.content), None
        exchange = await seen_exchange(session, caller, record)
        party = _party(caller, exchange, stored)
        if not says_so(stored.responses, party, stance, what):
            await _check_unchanged(session, record, held, version)
            if stance is Stance.DIFFERS:
                _check_room(exchange, stored)
            new = Response(party, stance, PartialDate.of(caller.today(desk)), what)
            stored = replace(stored, responses=with_response(stored.responses, new))
            _, entry = await write_change(session, desk, caller, DEEDS[stance], before=held, after=stored)
        return Responded(exchange, await sides_of(session, caller, exchange, stored.responses), entry)


def _party(caller: Caller, exchange: Exchange, stored: NewExchange) -> int:
    """The place, counted from 1, for which the caller's office may say something of the exchange."""
    office = caller.own_office()
    party = party_of(office.place.id, exchange.places)
    if party is None:
        raise NotAllowed("confirmation.no_party", record=exchange.record, place=office.place)
    if not is_others(caller.viewer, stored.office_id):
        key = "confirmation.own" if stored.office_id is not None else "confirmation.nobodys"
        raise BadInput(key, record=exchange.record)
    if exchange.status is not ExchangeStatus.HELD:
        raise BadInput("confirmation.not_held", record=exchange.record)
    return party


def _check_room(exchange: Exchange, stored: NewExchange) -> None:
    """There is always room for a confirmation: it takes the place of the one before."""
    if len(stored.responses) >= MAX_RESPONSES:
        raise BadInput("confirmation.too_many", record=exchange.record, most=MAX_RESPONSES)


async def _check_unchanged(session: Session, record: Record, held: Held, version: int | None) -> None:
    """Nobody confirms what they have not seen; what others say of it meanwhile, and lessons, do not matter."""
    if version is None or version == held.version:
        return
    since = await entries_since(session, record, version, held.version)
    pairs = [states_of(entry) for entry in since]
    told = len(since) == held.version - version  # an import leaves no entry
    if not told or not all(before and after and says_the_same(before, after) for before, after in pairs):
        raise ChangedMeanwhile("confirmation.changed_since", held.version, record=str(record))


# Both sides --------------------------------------------------------------------------------------------------


async def sides_of(
    session: Session, caller: Caller, exchange: Exchange, responses: Sequence[Response]
) -> list[Side]:
    """The offices of the places that took part, and what each says; none while only one office is concerned."""
    owner = exchange.office_id
    if owner is None or exchange.status is not ExchangeStatus.HELD:
        return []
    ids = {place_id for place in exchange.places for place_id in (place.id, place.successor_id) if place_id}
    keeper: list[Side] = []
    others: list[Side] = []
    for office in await offices_at(session, ids, owner):
        party = party_of(office.place.id, exchange.places)
        said = tuple(each for each in responses if each.party == party)
        may = office.standing is not Standing.READER
        if office.id == owner:
            keeper = [Side(office.place, keeper=True)]
        elif said or (may and may_see(office.viewer, exchange.scope, owner, party=True)):
            own = caller.office is not None and caller.office.id == office.id
            person = await _person(session, office.id, exchange) if said and own else None
            others.append(Side(office.place, responses=said, person=person))
    return [*keeper, *others] if others else []


async def said_of(session: Session, number: int) -> Sequence[Response]:
    """What other offices say of an exchange that the caller sees."""
    return (await responses_of(session, [number])).get(number, ())


async def _person(session: Session, office_id: int, exchange: Exchange) -> int | None:
    """Who of the office said the last of it."""
    said = [
        entry.user_id
        for entry in in_effect(await entries_of(session, exchange.record))
        if entry.office_id == office_id and entry.deed in DEEDS.values()
    ]
    return said[-1] if said else None
