"""What the registry holds of the places that a question is about: their agreements, exchanges and people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from bot.domain.anniversaries import DEFAULT_LEAP_DAY_RULE, LeapDayRule
from bot.domain.claims import Claim
from bot.domain.contacts import Contact
from bot.domain.dormancy import Quietness
from bot.domain.exchange_particulars import Attendee, Decision
from bot.domain.exchanges import Exchange, ExchangeKind
from bot.domain.groups import Group
from bot.domain.partnerships import Partnership, Parts
from bot.domain.places import Place
from bot.domain.ties import Tie
from bot.questions.conditions import Area, PlaceRef


@dataclass(frozen=True, slots=True)
class Link:
    """One agreement as it ties `home` to `partner`; of three parties it is two links.

    `through` is the predecessor, or the district, that signed it for home, where it was not home itself.
    """

    home: Place
    partner: Place
    act: Partnership
    tie: Tie
    through: Place | None = None


@dataclass(frozen=True)
class Holding:
    """What one place has, with its predecessors (`own_ids`); ties of its districts are apart (design §3, reading 3).

    `exchanges` are those of home, in the order of their dates, whatever their status; `district_exchanges` those of its
    districts (`district_ids`, with what these were before) in which it took no part itself.
    """

    home: Place
    own_ids: frozenset[int]
    ties: Sequence[Tie]
    district_links: Sequence[Link] = ()
    exchanges: Sequence[Exchange] = ()
    predecessors: Mapping[int, Place] | None = None
    district_exchanges: Sequence[Exchange] = ()
    district_ids: frozenset[int] = frozenset()

    @cached_property
    def links(self) -> list[Link]:
        """Every agreement with every partner, oldest record first."""
        return [
            Link(self.home, tie.partner, act, tie, self._through(act))
            for tie in self.ties
            for act in tie.acts
            if not self._is_on_the_same_side(tie.partner, act)
        ]

    def _is_on_the_same_side(self, party: Place, act: Partnership) -> bool:
        """Whether home and another party signed together with somebody abroad: Kumamoto and its prefecture."""
        return party.country == self.home.country and len({each.country for each in act.parties}) > 1

    def _through(self, act: Partnership) -> Place | None:
        before = self.predecessors or {}
        if any(party.id == self.home.id for party in act.parties):
            return None
        return next((before[party.id] for party in act.parties if party.id in before), None)

    def exchanges_with(self, partner: Place) -> list[Exchange]:
        """Those in which the partner, or what it became, took part."""
        ids = {partner.id, partner.successor_id}
        return [each for each in self.exchanges if any(place.id in ids for place in each.places)]


@dataclass(frozen=True, slots=True)
class Called:
    """What is named in what a question was read as: places by id, and groups, without their members, by key; states
    and prefectures as places that have no id."""

    places: Mapping[int, Place] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    areas: Mapping[Area, Place] = field(default_factory=dict)


_FROM_THE_OTHER_SIDE = {
    ExchangeKind.VISIT_IN: ExchangeKind.VISIT_OUT,
    ExchangeKind.VISIT_OUT: ExchangeKind.VISIT_IN,
}


@dataclass(frozen=True)
class Registry:
    """All that a question may be answered from, as its asker may see it, on the asker's day.

    `homes` are the places that it is about; `everywhere` says that it is about all there are. `claims` are what
    sources say where they do not agree, `parts` what stands beside agreements, both by record number.
    """

    homes: Sequence[Holding]
    today: date
    everywhere: bool = False
    leap_day_rule: LeapDayRule = DEFAULT_LEAP_DAY_RULE
    claims: Mapping[int, Sequence[Claim]] | None = None
    parts: Mapping[int, Parts] | None = None
    people: Sequence[Contact] = ()
    groups: Mapping[str, frozenset[int]] | None = None
    """The places of the offices of each group, by its key."""

    group_names: Mapping[str, Group] = field(default_factory=dict)
    """The same groups by name, without their members."""

    causes: Mapping[str, Partnership] = field(default_factory=dict)
    """Agreements that brought about a step in the life of others, by record number."""

    named: Sequence[Place] = ()
    """The places that the question names beside its homes, whether there is a tie with them or not."""

    left_out: Sequence[Place] = ()
    """The places that it leaves out by name."""

    attendees: Mapping[int, Sequence[Attendee]] = field(default_factory=dict)
    """Who is named with exchanges, by record number, where the question asks who."""

    decisions: Mapping[int, Sequence[Decision]] = field(default_factory=dict)
    """What was decided in exchanges, by record number, where the question asks for it."""

    others_count: Sequence[Claim] = ()
    """What others count as the partners of the one home, where all of them are counted."""

    areas: Mapping[Area, Place] = field(default_factory=dict)
    """States and prefectures, as they are called."""

    @property
    def places(self) -> Mapping[int, Place]:
        """The places that the question names, by id."""
        return {place.id: place for place in (*self.named, *self.left_out, *(h.home for h in self.homes))}

    @property
    def names(self) -> Called:
        """What the question names, as it is called."""
        return Called(self.places, self.group_names, self.areas)

    def links(self) -> Iterator[Link]:
        for holding in self.homes:
            yield from holding.links

    def holding(self, home: Place) -> Holding:
        return self._by_home[home.id]

    @cached_property
    def _by_home(self) -> Mapping[int, Holding]:
        return {holding.home.id: holding for holding in self.homes}

    @cached_property
    def own_ids(self) -> frozenset[int]:
        """All homes, with what they were before."""
        return frozenset(place_id for holding in self.homes for place_id in holding.own_ids)

    def kind_for_homes(self, exchange: Exchange) -> ExchangeKind:
        """Its kind from the side of the homes: who recorded it may be whom they went to see, or who came to them."""
        turned = _FROM_THE_OTHER_SIDE.get(exchange.kind)
        if turned is None or self.everywhere:
            return exchange.kind
        near, far = exchange.places[: exchange.home_places], exchange.places[exchange.home_places :]
        theirs = any(place.id in self.own_ids for place in far)
        return turned if theirs and not any(place.id in self.own_ids for place in near) else exchange.kind

    def quietness(self, link: Link) -> Quietness | None:
        return link.tie.quietness(self.today)

    def exchanges(self) -> list[Exchange]:
        """The exchanges of all homes, each once, oldest first."""
        found = {each.id: each for holding in self.homes for each in holding.exchanges}
        return sorted(found.values(), key=lambda each: (each.date.latest(), each.id))

    def called(self, ref: PlaceRef) -> Place | str:
        """The place that a question names, or what it is called where the registry has none."""
        return next((place for place in self.named if place.id == ref.id), None) or ref.called

    def members(self, group: str) -> frozenset[int]:
        return (self.groups or {}).get(group, frozenset())
