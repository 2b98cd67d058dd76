"""Showing one partner: all that is known of a place and what an office has with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.access import Action, Scope
from bot.domain.anniversaries import Anniversary, next_anniversary
from bot.domain.dormancy import Quietness
from bot.domain.errors import BadInput, NotFound
from bot.domain.exchange_levels import LevelCounts
from bot.domain.exchanges import Exchange, ExchangeStatus
from bot.domain.health import Health, health
from bot.domain.kind_rules import KindRule
from bot.domain.offices import Office
from bot.domain.partnerships import Kind, Parts
from bot.domain.places import Place, distance_km
from bot.domain.ties import Tie
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.known_ties import known_of_ties, weights_at
from bot.services.places import find_place
from bot.services.ties import cadences_at, group_into_ties, partner_ids, ties_of_place
from db.act_parts import parts_of
from db.engine import Session
from db.exchange_counts import ExchangeCount, count_between
from db.exchanges import exchanges_between, exchanges_numbered, last_contacts
from db.partnerships import partnership, partnerships_of
from db.places import Family, family_of

RECENT = 3
OTHERS = 6
SHOWN_PARTS = ("signed_names", "commitments", "claims")


@dataclass(frozen=True, slots=True)
class Dealings:
    """What was done with a partner: the newest exchanges, and how many there are.

    `last` is the exchange that the last contact rests on; `levels` counts those that were held.
    """

    recent: Sequence[Exchange]
    last: Exchange | None
    total: int
    levels: LevelCounts
    scopes: frozenset[Scope]


@dataclass(frozen=True, slots=True)
class PartnerCard:
    """What is known of a place and one partner.

    `others` are further places that have a tie with the partner, `others_scopes` who may see those ties. `parts` are
    the signed names, commitments and claims of each act, by record number; `kind_rules` the office's words for kinds.
    `health` leaves the contacts out: it is shown where people from outside the office may read.
    """

    home: Place
    tie: Tie
    parts: Mapping[int, Parts]
    quiet: Quietness | None
    health: Health
    anniversary: Anniversary | None
    dealings: Dealings
    through: Sequence[Place]
    others: Sequence[Place]
    others_scopes: frozenset[Scope]
    distance: float | None
    now: datetime
    today: date
    kind_rules: Mapping[Kind, KindRule]


@requires(Action.READ)
async def show_partner(desk: Desk, caller: Caller, text: str) -> PartnerCard:
    """The card of a partner of the caller's office, by name or record number (`P12`).

    Raises what `find_place` raises, `NotFound` (`partner.no_tie`, `partner.no_tie_but_others` with those who have
    one, `record.unknown`), or `Unavailable` (`office.none`).
    """
    office, today = caller.own_office(), caller.today(desk)
    async with desk.database.read() as session:
        home, tie, family = await tie_meant(session, caller, office, text)
        ((known, _),) = await known_of_ties(session, caller, family, [tie], today, people=False)
        parts = await parts_of(session, caller.viewer, [act.id for act in tie.acts], SHOWN_PARTS)
        dealings = await _dealings(session, caller, family, tie)
        parties = [place.id for act in tie.acts for place in act.parties]
        others, others_scopes = await _others(session, caller, tie.partner, [*family.own_ids, *parties])
    return PartnerCard(
        home=home,
        tie=tie,
        parts=parts,
        quiet=known.quiet,
        health=health(known, today, weights_at(caller, home)),
        anniversary=_anniversary(tie, today, office),
        dealings=dealings,
        through=_signed_through(family, tie),
        others=others,
        others_scopes=others_scopes,
        distance=distance_km(home, tie.partner),
        now=desk.clock(),
        today=today,
        kind_rules=caller.kind_rules_at(home),
    )


def _anniversary(tie: Tie, today: date, office: Office) -> Anniversary | None:
    lead = tie.lead_act
    if lead.signed is None or not lead.in_force:
        return None
    return next_anniversary(lead.signed, today, office.leap_day_rule)


def _signed_through(family: Family, tie: Tie) -> list[Place]:
    """The predecessors of the place that have signed with the partner."""
    parties = {party.id for act in tie.acts for party in act.parties}
    return [place for place in family.predecessors if place.id in parties]


async def _dealings(session: Session, caller: Caller, family: Family, tie: Tie) -> Dealings:
    sides = family.own_ids, partner_ids(tie.partner)
    recent = await exchanges_between(session, caller.viewer, *sides, RECENT)
    counts = await count_between(session, caller.viewer, *sides)
    number = tie.last.exchange_id if tie.last else 0
    found = await exchanges_numbered(session, caller.viewer, [number])
    return Dealings(
        recent=recent,
        last=found.get(number),
        total=sum(each.number for each in counts),
        levels=held_levels(counts),
        scopes=frozenset(each.scope for each in counts),
    )


def held_levels(counts: Sequence[ExchangeCount]) -> LevelCounts:
    """How many of the exchanges that were held are of each level."""
    held = [each for each in counts if each.status is ExchangeStatus.HELD]
    levels = {each.level for each in held}
    return {level: sum(each.number for each in held if each.level is level) for level in levels}


# Which tie is meant ------------------------------------------------------------------------------------------


async def tie_meant(
    session: Session, caller: Caller, office: Office | None, text: str
) -> tuple[Place, Tie, Family]:
    """The tie that a name or a record number means, the place from which it is seen, and that place's family.

    Without an office only a number will do. Raises as `show_partner` does, and `BadInput` (`partner.whose`).
    """
    if match := re.fullmatch(r"[Pp](\d{1,9})", text.strip()):
        return await _tie_of_record(session, caller, office, int(match[1]))
    if office is None:
        raise BadInput("partner.whose")
    return await _tie_with(session, caller, office, text)


async def _tie_with(session: Session, caller: Caller, office: Office, text: str) -> tuple[Place, Tie, Family]:
    family, ties = await ties_of_place(session, caller.viewer, office.place)
    partner = await find_place(session, text, viewer=caller.viewer, among=[tie.partner for tie in ties])
    for tie in ties:
        if tie.partner.id == partner.id:
            return office.place, tie, family
    others, _ = await _others(session, caller, partner, family.own_ids)
    key = "partner.no_tie_but_others" if others else "partner.no_tie"
    if partner.id == office.place.id:
        raise BadInput("partner.with_oneself", place=partner)
    raise NotFound(key, home=office.place, partner=partner, others=others[:OTHERS], n=len(others))


async def _tie_of_record(
    session: Session, caller: Caller, office: Office | None, number: int
) -> tuple[Place, Tie, Family]:
    """The tie that a record belongs to, seen from the office if it is party to it, else from its first party."""
    act = await partnership(session, caller.viewer, number)
    if act is None:
        raise NotFound("record.unknown", record=f"P{number}")
    family = await family_of(session, office.place if office else act.parties[0])
    if not any(place.id in family.own_ids for place in act.parties):
        family = await family_of(session, act.parties[0])
    partner = act.partners_of(family.own_ids)[0]
    acts = await partnerships_of(session, caller.viewer, family.own_ids)
    contacts = await last_contacts(session, caller.viewer, family.own_ids)
    cadences = await cadences_at(session, caller.viewer, family.place)
    ties = group_into_ties(acts, family.own_ids, contacts, cadences)
    return family.place, next(tie for tie in ties if tie.partner.id == partner.id), family


async def _others(
    session: Session, caller: Caller, partner: Place, but: Sequence[int]
) -> tuple[list[Place], frozenset[Scope]]:
    """Who else has a tie in force with the partner, in order of record number, and the scopes of those ties."""
    found: dict[int, Place] = {}
    scopes: set[Scope] = set()
    for act in await partnerships_of(session, caller.viewer, [partner.id]):
        theirs = {place.id: place for place in act.parties if place.id not in (partner.id, *but)}
        if act.in_force and theirs:
            found |= theirs
            scopes.add(act.scope)
    return list(found.values()), frozenset(scopes)
