"""Comparing: two partners of the office with each other, or two cities by all their ties."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.access import Action, Scope
from bot.domain.dormancy import Quietness
from bot.domain.errors import BadInput
from bot.domain.exchanges import ExchangeStatus
from bot.domain.partner_lists import COUNTED_KINDS, Count, CountRule, ListedAct, count_by_rule
from bot.domain.places import Place
from bot.domain.ties import Tie
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.partner_lists import listed_act
from bot.services.places import find_place
from bot.services.ties import partner_ids, ties_of_place
from db.engine import Session
from db.exchange_counts import count_between
from db.places import Family


@dataclass(frozen=True, slots=True)
class OwnTie:
    """What the caller's office has with one of the two: the tie, its state, and how many exchanges were held."""

    tie: Tie
    quiet: Quietness | None
    held: int
    scopes: frozenset[Scope]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two places: how many ties it has by each rule, and what the office has with it, if anything."""

    place: Place
    counted: Mapping[CountRule, Count]
    own: OwnTie | None
    scopes: frozenset[Scope]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two places side by side. Partners are those of sister and friendship acts in force, the two aside."""

    home: Place | None
    one: Side
    two: Side
    shared: Sequence[Place]
    only_one: Sequence[Place]
    only_two: Sequence[Place]
    today: date

    @property
    def of_partners(self) -> bool:
        """Whether both are partners of the office."""
        return self.one.own is not None and self.two.own is not None


@requires(Action.READ)
async def compare(desk: Desk, caller: Caller, one: str, two: str) -> Comparison:
    """Two places by name. Raises as `find_place` does, and `BadInput` (`compare.same`)."""
    office = caller.office
    today = caller.today(desk)
    async with desk.database.read() as session:
        family, ties = await ties_of_place(session, caller.viewer, office.place) if office else (None, [])
        among = [tie.partner for tie in ties]
        places = [await find_place(session, text, viewer=caller.viewer, among=among) for text in (one, two)]
        if places[0].id == places[1].id:
            raise BadInput("compare.same", place=places[0])
        sides, partners = [], []
        for place in places:
            listed, near = await _listed(session, caller, place)
            own = await _own_tie(session, caller, family, ties, place, today)
            scopes = frozenset(item.act.scope for item in listed)
            sides.append(Side(place, count_by_rule(listed), own, scopes))
            partners.append(_partners(listed, {near_id for each in places for near_id in (each.id, *near)}))
    first, second = partners
    return Comparison(
        home=office.place if office else None,
        one=sides[0],
        two=sides[1],
        shared=[first[each] for each in first if each in second],
        only_one=[first[each] for each in first if each not in second],
        only_two=[second[each] for each in second if each not in first],
        today=today,
    )


async def _listed(session: Session, caller: Caller, place: Place) -> tuple[list[ListedAct], Sequence[int]]:
    """The acts of a place, and the ids under which it has them."""
    family, ties = await ties_of_place(session, caller.viewer, place)
    acts = {act.id: act for tie in ties for act in tie.acts}
    listed = [listed_act(act, family.own_ids, family.predecessors, ties) for act in acts.values()]
    return listed, family.own_ids


async def _own_tie(
    session: Session, caller: Caller, family: Family | None, ties: Sequence[Tie], place: Place, today: date
) -> OwnTie | None:
    tie = next((tie for tie in ties if tie.partner.id == place.id), None)
    if tie is None or family is None:
        return None
    counts = await count_between(session, caller.viewer, family.own_ids, partner_ids(place))
    held = [each for each in counts if each.status is ExchangeStatus.HELD]
    scopes = frozenset(each.scope for each in held) | frozenset(act.scope for act in tie.acts)
    return OwnTie(tie, tie.quietness(today), sum(each.number for each in held), scopes)


def _partners(listed: Iterable[ListedAct], but: set[int]) -> dict[int, Place]:
    """The partner places in force, in order of name, by what they are now: a merged county is its successor."""
    found: dict[int, Place] = {}
    for item in listed:
        if item.act.in_force and item.act.kind in COUNTED_KINDS[CountRule.PARTNERS]:
            for place in item.partners:
                if place.id not in but:
                    found.setdefault(place.successor_id or place.id, place)
    return dict(sorted(found.items(), key=lambda each: each[1].name_en))
