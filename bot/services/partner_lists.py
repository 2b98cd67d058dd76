"""Listing the ties of a place: filtered, counted by rule, sorted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from babel import Locale

from bot.domain.access import Action, Viewer
from bot.domain.claims import Claim, Fact, disputed
from bot.domain.errors import NotFound
from bot.domain.kind_rules import KindRule
from bot.domain.partner_lists import Count, CountRule, ListedAct, Order, PartnerFilter, count_by_rule
from bot.domain.partnerships import Kind, Partnership, Status
from bot.domain.places import Place
from bot.domain.ties import Tie
from bot.questions.text.scripts import traditional
from bot.services.access import requires
from bot.services.claims import disputes_of
from bot.services.desk import Caller, Desk
from bot.services.ties import cadences_at, group_into_ties, ties_of_place
from db.engine import Session
from db.exchanges import last_contacts
from db.partnerships import partnerships_of
from db.places import Family, counts_of, family_of, places_by_id


@dataclass(frozen=True, slots=True)
class PartnerList:
    """The acts that a filter keeps, sorted as it says.

    Told apart are friendship ties that fit, where sister cities were asked for by that word (design §3, reading 1),
    ties with territories of the country (reading 9), and those of districts (reading 3). `counted` is the whole by
    each rule, whatever kind and status the filter asks for, and `ended` how many ended acts it leaves out.
    `unplaced` is how many acts fit, but are not dated well enough to say that they were signed within the dates.
    """

    home: Place
    filter: PartnerFilter
    acts: Sequence[ListedAct]
    friendship_apart: Sequence[ListedAct]
    territory_apart: Sequence[ListedAct]
    district_acts: Sequence[ListedAct]
    counted: Mapping[CountRule, Count]
    ended: int
    unplaced: int
    said: Sequence[Claim]
    """What others say of the number, where the whole list is asked for."""
    today: date
    disputed: Mapping[int, Sequence[Fact]]
    """What sources do not agree on, by the number of the act; acts on which they agree are not there."""
    kind_rules: Mapping[Kind, KindRule]
    """The words of the caller's office for kinds, where the list is of its own place."""

    @property
    def all_shown(self) -> Sequence[ListedAct]:
        return (*self.acts, *self.friendship_apart, *self.territory_apart, *self.district_acts)


@requires(Action.READ)
async def list_partners(desk: Desk, caller: Caller, chosen: PartnerFilter) -> PartnerList:
    """The ties of a place, by default the caller's office's own.

    Raises `Unavailable` (`office.none`) without either, `NotFound` (`place.gone`) for a place that is no more.
    """
    async with desk.database.read() as session:
        home = await _home(session, caller, chosen.home_id)
        family = await family_of(session, home)
        own = await _own_acts(session, caller.viewer, family)
        theirs = await _district_acts(session, caller.viewer, family)
        said = await counts_of(session, home.id)
        claims = await disputes_of(session, caller.viewer, [item.act for item in (*own, *theirs)])
    today = caller.today(desk)
    chosen = replace(chosen, text=traditional(chosen.text))

    def kept(listed: Sequence[ListedAct], wanted: PartnerFilter) -> list[ListedAct]:
        found = [item for item in listed if wanted.keeps(item, today)]
        return sorted(found, key=_sort_key(chosen.order, caller.language))

    friendship = replace(chosen, kind=Kind.FRIENDSHIP_CITY) if chosen.kind is Kind.SISTER_CITY else None
    anywhere = [item for item in own if chosen.is_in_territory(item)]
    narrowed = [item for item in own if chosen.narrows_to(item, today) and chosen.is_signed_within(item.act)]
    undated = [item for item in own if chosen.fits(item.act) and chosen.narrows_to(item, today)]
    return PartnerList(
        home=home,
        filter=chosen,
        acts=kept(own, chosen),
        friendship_apart=kept(own, friendship) if friendship else (),
        territory_apart=kept(anywhere, replace(chosen, country=None)),
        district_acts=kept(theirs, chosen),
        counted=count_by_rule(narrowed),
        ended=sum(item.act.status is Status.ENDED and not item.act.replaced for item in narrowed),
        unplaced=sum(
            not chosen.is_signed_within(i.act) and chosen.may_be_signed_within(i.act) for i in undated
        ),
        said=said if chosen.country is None else (),
        today=today,
        disputed={number: list(disputed(said)) for number, said in claims.items()},
        kind_rules=caller.kind_rules_at(home),
    )


async def _home(session: Session, caller: Caller, home_id: int | None) -> Place:
    if home_id is None:
        return caller.own_office().place
    found = await places_by_id(session, [home_id])
    if home_id not in found:
        raise NotFound("place.gone")
    return found[home_id]


async def _own_acts(session: Session, viewer: Viewer, family: Family) -> list[ListedAct]:
    acts = await partnerships_of(session, viewer, family.own_ids)
    contacts = await last_contacts(session, viewer, family.own_ids)
    cadences = await cadences_at(session, viewer, family.place)
    ties = group_into_ties(acts, family.own_ids, contacts, cadences)
    return [listed_act(act, family.own_ids, family.predecessors, ties) for act in acts]


async def _district_acts(session: Session, viewer: Viewer, family: Family) -> list[ListedAct]:
    """The acts of districts; a tie is that of the district which signed, and so is the contact."""
    found: dict[int, ListedAct] = {}
    acts = await partnerships_of(session, viewer, family.district_ids)
    for district in family.districts:
        signed = [act for act in acts if any(place.id == district.id for place in act.parties)]
        if signed:
            contacts = await last_contacts(session, viewer, [district.id])
            ties = group_into_ties(signed, [district.id], contacts)
            for act in signed:
                found.setdefault(act.id, listed_act(act, family.district_ids, [district], ties))
    return list(found.values())


def listed_act(
    act: Partnership, own_ids: Sequence[int], signers: Sequence[Place], ties: Sequence[Tie]
) -> ListedAct:
    """An act as a list shows it; `signers` are the places that may have signed it for the one it is listed for."""
    parties = {place.id for place in act.parties}
    through = next((place for place in signers if place.id in parties), None)
    partners = act.partners_of(own_ids)
    ids = {place.id for place in partners}
    return ListedAct(act, partners, through, tuple(tie for tie in ties if tie.partner.id in ids))


# Sorting -----------------------------------------------------------------------------------------------------

Key = Callable[[ListedAct], tuple[Any, ...]]


def _sort_key(order: Order, language: str) -> Key:
    """What a list is sorted by; within it by date, as people who read the list expect."""
    keys: Mapping[Order, Key] = {
        Order.DATE: lambda item: (),
        Order.NAME: lambda item: (_name(item.partners[0], language),),
        Order.COUNTRY: lambda item: (_country(item.partners[0], language),),
        Order.CONTACT: _by_contact,
    }
    return lambda item: (*keys[order](item), *_by_date(item))


def _by_date(item: ListedAct) -> tuple[Any, ...]:
    signed = item.act.signed
    return signed is None, signed.iso() if signed else "", item.partners[0].name_en, item.act.id


def _by_contact(item: ListedAct) -> tuple[Any, ...]:
    """The longest silence first; those with no record at all come after, as nothing can be said of them."""
    return item.last is None, item.last.date.latest() if item.last else date.max


def _name(place: Place, language: str) -> str:
    return (language.startswith("zh") and place.name_zh) or place.name_en.casefold()


def _country(place: Place, language: str) -> tuple[bool, str]:
    """The name of the country as the reader sees it; places without one come last."""
    names: Mapping[str, str] = Locale.parse(language, sep="-").territories
    return place.country is None, names.get(place.country or "", place.country or "")


@requires(Action.READ)
async def countries_of_ties(desk: Desk, caller: Caller) -> list[str]:
    """The country codes of the office's partners, for suggesting them."""
    if caller.office is None:
        return []
    async with desk.database.read() as session:
        _, ties = await ties_of_place(session, caller.viewer, caller.office.place)
    return sorted({tie.partner.country for tie in ties if tie.partner.country})
