"""Showing one partner, and listing those of a place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.access import Action, Scope
from bot.domain.anniversaries import Anniversary, next_anniversary
from bot.domain.dormancy import Quietness
from bot.domain.errors import BadInput, NotFound
from bot.domain.exchanges import Exchange
from bot.domain.offices import Office
from bot.domain.partnerships import PARTNER_KINDS, Kind, Partnership, Status, Tally, tally
from bot.domain.places import Place, distance_km
from bot.domain.ties import Tie
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.places import find_place
from bot.services.ties import group_into_ties, ties_of_place
from db.engine import Session
from db.exchanges import exchanges_between, last_contacts
from db.partnerships import partnership, partnerships_of
from db.places import Family, family_of, places_by_id

RECENT = 3
OTHERS = 6


@dataclass(frozen=True, slots=True)
class PartnerCard:
    """What is known of a place and one partner.

    `others` are further places that have a tie with the partner, `others_scopes` who may see those ties.
    """

    home: Place
    tie: Tie
    quiet: Quietness | None
    anniversary: Anniversary | None
    recent: Sequence[Exchange]
    through: Sequence[Place]
    others: Sequence[Place]
    others_scopes: frozenset[Scope]
    distance: float | None
    now: datetime
    today: date


@requires(Action.READ)
async def show_partner(desk: Desk, caller: Caller, text: str) -> PartnerCard:
    """The card of a partner of the caller's office, by name or record number (`P12`).

    Raises what `find_place` raises, `NotFound` (`partner.no_tie`, `partner.no_tie_but_others` with those who have
    one, `record.unknown`), or `Unavailable` (`office.none`).
    """
    office = caller.own_office()
    async with desk.database.read() as session:
        if match := re.fullmatch(r"[Pp](\d{1,9})", text.strip()):
            home, tie, family = await _tie_of_record(session, caller, office, int(match[1]))
        else:
            home, tie, family = await _tie_with(session, caller, office, text)
        recent = await exchanges_between(session, caller.viewer, family.own_ids, [tie.partner.id], RECENT)
        parties = [place.id for act in tie.acts for place in act.parties]
        others, others_scopes = await _others(session, caller, tie.partner, [*family.own_ids, *parties])
    today = caller.today(desk)
    through = [
        place
        for place in family.predecessors
        if any(place.id == party.id for act in tie.acts for party in act.parties)
    ]
    lead = tie.lead_act
    coming = (
        next_anniversary(lead.signed, today, office.leap_day_rule) if lead.signed and lead.in_force else None
    )
    return PartnerCard(
        home=home,
        tie=tie,
        quiet=tie.quietness(today),
        anniversary=coming,
        recent=recent,
        through=through,
        others=others,
        others_scopes=others_scopes,
        distance=distance_km(home, tie.partner),
        now=desk.clock(),
        today=today,
    )


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
    session: Session, caller: Caller, office: Office, number: int
) -> tuple[Place, Tie, Family]:
    """The tie that a record belongs to, seen from the office if it is party to it, else from its first party."""
    act = await partnership(session, caller.viewer, number)
    if act is None:
        raise NotFound("record.unknown", record=f"P{number}")
    family = await family_of(session, office.place)
    if not any(place.id in family.own_ids for place in act.parties):
        family = await family_of(session, act.parties[0])
    partner = act.partners_of(family.own_ids)[0]
    acts = await partnerships_of(session, caller.viewer, family.own_ids)
    contacts = await last_contacts(session, caller.viewer, family.own_ids)
    ties = group_into_ties(acts, family.own_ids, contacts)
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


@dataclass(frozen=True, slots=True)
class PartnerFilter:
    """What to list. Without kinds: sister and friendship cities; without a status: those in force."""

    home_id: int | None = None
    country: str | None = None
    kind: Kind | None = None
    all_kinds: bool = False
    status: Status | None = None
    any_status: bool = False

    def keeps(self, act: Partnership, partners: Sequence[Place]) -> bool:
        kinds = (self.kind,) if self.kind else PARTNER_KINDS
        in_status = act.status is self.status if self.status else act.in_force
        return (
            (self.all_kinds or act.kind in kinds)
            and (self.any_status or in_status)
            and (self.country is None or any(place.country == self.country for place in partners))
        )


@dataclass(frozen=True, slots=True)
class ListedAct:
    act: Partnership
    partners: Sequence[Place]
    through: Place | None
    """The predecessor that signed it, where it was not the place itself."""


@dataclass(frozen=True, slots=True)
class PartnerList:
    """The acts that a filter keeps; `counted` is the whole by the counting rule, in the country of the filter."""

    home: Place
    filter: PartnerFilter
    acts: Sequence[ListedAct]
    friendship_apart: Sequence[ListedAct]
    """Friendship ties that fit, where sister cities were asked for by that word (design §3, reading 1)."""
    counted: Tally
    partner_places: int
    district_acts: Sequence[ListedAct]
    today: date


@requires(Action.READ)
async def list_partners(desk: Desk, caller: Caller, chosen: PartnerFilter) -> PartnerList:
    """The ties of a place, by default the caller's office's own.

    Raises `Unavailable` (`office.none`) without either, `NotFound` (`place.gone`) for a place that is no more.
    """
    async with desk.database.read() as session:
        home = await _home(session, caller, chosen.home_id)
        family = await family_of(session, home)
        own = await partnerships_of(session, caller.viewer, family.own_ids)
        districts = await partnerships_of(session, caller.viewer, family.district_ids)
    listed = [_listed(act, family.own_ids, family.predecessors) for act in own]
    in_country = [
        item.act
        for item in listed
        if chosen.country is None or any(place.country == chosen.country for place in item.partners)
    ]
    theirs = [_listed(act, family.district_ids, family.districts) for act in districts]
    friendship = replace(chosen, kind=Kind.FRIENDSHIP_CITY) if chosen.kind is Kind.SISTER_CITY else None
    return PartnerList(
        home=home,
        filter=chosen,
        acts=_kept(listed, chosen),
        friendship_apart=_kept(listed, friendship) if friendship else (),
        counted=tally(in_country),
        partner_places=len({place.id for item in _kept(listed, chosen) for place in item.partners}),
        district_acts=_kept(theirs, chosen),
        today=caller.today(desk),
    )


async def _home(session: Session, caller: Caller, home_id: int | None) -> Place:
    if home_id is None:
        return caller.own_office().place
    found = await places_by_id(session, [home_id])
    if home_id not in found:
        raise NotFound("place.gone")
    return found[home_id]


def _listed(act: Partnership, own_ids: Sequence[int], signers: Sequence[Place]) -> ListedAct:
    parties = {place.id for place in act.parties}
    through = next((place for place in signers if place.id in parties), None)
    return ListedAct(act, act.partners_of(own_ids), through)


def _kept(listed: Sequence[ListedAct], chosen: PartnerFilter) -> list[ListedAct]:
    return sorted((item for item in listed if chosen.keeps(item.act, item.partners)), key=_by_date)


def _by_date(item: ListedAct) -> tuple[bool, str, str]:
    signed = item.act.signed
    return signed is None, signed.iso() if signed else "", item.partners[0].name_en


@requires(Action.READ)
async def countries_of_ties(desk: Desk, caller: Caller) -> list[str]:
    """The country codes of the office's partners, for suggesting them."""
    if caller.office is None:
        return []
    async with desk.database.read() as session:
        _, ties = await ties_of_place(session, caller.viewer, caller.office.place)
    return sorted({tie.partner.country for tie in ties if tie.partner.country})
