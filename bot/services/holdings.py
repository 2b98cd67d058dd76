"""What the registry holds for a question: loaded through the scope filter, for the places that it is about."""

import asyncio
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from bot.domain.anniversaries import DEFAULT_LEAP_DAY_RULE
from bot.domain.audit import RecordKind, find_record
from bot.domain.exchanges import Exchange, ExchangeStatus, LastContact
from bot.domain.partnerships import Partnership
from bot.domain.places import Place
from bot.domain.regions import Region
from bot.questions.conditions import PlaceRef, Where
from bot.questions.holdings import Holding, Link, Registry
from bot.questions.lying import is_area_itself, lies
from bot.questions.query import About, Asked, Per, Query, RankBy, Told, counts_all
from bot.services.desk import Caller
from bot.services.homes_asked import all_of_level, are_over, country_of_ours
from bot.services.importing.cells import country_codes
from bot.services.records_at import RecordsAt
from bot.services.ties import group_into_ties
from db.places import counts_of
from db.questions import Somewhere, acts_numbered

T = TypeVar("T")

_WITH_PARTS = frozenset({Told.PERSON, Told.COMMITMENTS})


def resolved(query: Query, caller: Caller) -> Query:
    """The query with the asker's office in the place of "our"; without one it is about every place."""
    home = caller.office.place if caller.office else None

    def put(where: Where) -> Where:
        if where.without is not None and where.without.own:
            where = replace(where, without=put(where.without))
        if not where.own:
            return where
        named = (PlaceRef(home.id, home.name_en, home.country),) if home else ()
        return replace(where, own=False, places=(*named, *where.places))

    compare = query.compare and replace(query.compare, others=tuple(map(put, query.compare.others)))
    return replace(query, home=put(query.home), partner=put(query.partner), compare=compare)


@dataclass(frozen=True, slots=True)
class Loader(RecordsAt):
    """Loads what a question needs, in one transaction, as its asker may see it."""

    caller: Caller
    today: date

    async def registry(self, query: Query) -> Registry:
        """What a resolved query is to be answered from."""
        query = await self._without_hidden(query)
        homes = [*self._named(query.home)]
        for where in query.compare.others if query.compare else ():
            homes += [place for place in self._named(where) if place not in homes]
        homes += [] if homes else await self._of_level(query)
        everywhere = not homes and not query.home.places
        among = _all_around(query)
        read = replace(query, home=among) if among else query
        holdings = await (self._everywhere(read) if everywhere or among else self._of(homes))
        acts = {link.act.id for holding in holdings for link in holding.links}
        of_districts = {link.act.id for holding in holdings for link in holding.district_links}
        office = self.caller.office
        return Registry(
            holdings,
            self.today,
            everywhere and query.home.anywhere,
            office.leap_day_rule if office else DEFAULT_LEAP_DAY_RULE,
            await self.claims_of(acts | of_districts) if len(acts) < _MANY else {},
            await self.parts_of(acts) if self._needs_parts(query, acts) else {},
            await self.contacts() if query.about is About.PEOPLE else (),
            self.names.groups,
            self.names.group_names,
            await self._causes(holdings),
            self._places(query.partner.places),
            self._places(
                ref for side in (query.home, query.partner) if side.without for ref in side.without.places
            ),
            await self.attendees() if _asks_who(query) else {},
            await self.decisions() if query.told is Told.DECISIONS else {},
            await counts_of(self.session, homes[0].id) if len(homes) == 1 and counts_all(query) else (),
        )

    def _places(self, refs: Iterable[PlaceRef]) -> list[Place]:
        return [self.names.places[ref.id] for ref in refs if ref.id is not None]

    async def _causes(self, holdings: Sequence[Holding]) -> dict[str, Partnership]:
        """The agreements that steps in the life of others name as what brought them about."""
        named = {
            step.trigger for h in holdings for link in h.links for step in link.act.history if step.trigger
        }
        records = [find_record(text) for text in named]
        numbers = [r.number for r in records if r is not None and r.kind is RecordKind.PARTNERSHIP]
        found = await acts_numbered(self.session, self.viewer, numbers, self.names.places) if numbers else []
        return {act.record: act for act in found}

    def _needs_parts(self, query: Query, acts: set[int]) -> bool:
        return (query.told in _WITH_PARTS or query.about is About.PEOPLE) and len(acts) < _MANY

    async def _without_hidden(self, query: Query) -> Query:
        """The query with places that the asker may not know of as if they were not there."""
        ids = [ref.id for where in (query.home, query.partner) for ref in where.places if ref.id is not None]
        own = self.caller.office.place.id if self.caller.office else None
        asked = [each for each in ids if each != own]
        if not asked:
            return query
        known = await self.known_among(set(asked)) | {own}

        def without(where: Where) -> Where:
            refs = tuple(
                ref if ref.id in known else replace(ref, id=None, world=ref.name) for ref in where.places
            )
            return replace(where, places=refs)

        return replace(query, home=without(query.home), partner=without(query.partner))

    def _named(self, where: Where) -> list[Place]:
        """The places that are named one by one, or as members of a group."""
        if where.countries or where.regions or where.areas:
            return []
        ids = [ref.id for ref in where.places if ref.id is not None]
        for group in where.groups:
            ids += sorted(self.names.groups.get(group, ()))
        out = where.without
        places = [self.names.places[each] for each in dict.fromkeys(ids)]
        empty = Registry((), self.today, groups=self.names.groups)
        return [place for place in places if out is None or not lies(place, out, empty)]

    async def _of_level(self, query: Query) -> list[Place]:
        there = all_of_level(query, self.names, Registry((), self.today, groups=self.names.groups))
        known = await self.known_among({place.id for place in there})
        return [place for place in there if place.id in known]

    async def read_ahead(self, queries: Iterable[Query]) -> None:
        """Read at once what stands at the places that several resolved queries name."""
        wheres = [where for query in queries for where in (query.home, query.partner)]
        named = dict.fromkeys(place for where in wheres for place in self._named(where))
        ids = {each.id for place in named for each in self._family(place)}
        await self.acts_of(sorted(ids))
        await self.exchanges_of(sorted(ids))

    def _family(self, place: Place) -> list[Place]:
        """A place with what it was before, and its districts."""
        return [*self._with_predecessors(place.id), *self.names.districts_of(place)]

    def _with_predecessors(self, place: int) -> list[Place]:
        return [self.names.places[place], *self.names.predecessors([place])]

    # Places that are named

    async def _of(self, homes: Sequence[Place]) -> list[Holding]:
        by_id = {home.id: home for home in homes}

        async def make(missing: Collection[int]) -> dict[int, Holding]:
            ids = sorted({each.id for home in missing for each in self._family(by_id[home])})
            acts, exchanges = await self.acts_of(ids), await self.exchanges_of(ids)
            return {
                home: self._holding(by_id[home], self.names.districts_of(by_id[home]), acts, exchanges)
                for home in missing
            }

        found = await self.of_each("holding", by_id, make)
        return [found[home.id] for home in homes]

    def _holding(
        self,
        home: Place,
        districts: Sequence[Place],
        acts: Sequence[Partnership],
        exchanges: Sequence[Exchange],
    ) -> Holding:
        own = self._with_predecessors(home.id)
        own_ids = frozenset(place.id for place in own)
        mine = [act for act in acts if any(party.id in own_ids for party in act.parties)]
        met = [each for each in exchanges if any(place.id in own_ids for place in each.places)]
        ties = group_into_ties(mine, sorted(own_ids), last_contacts(met, own_ids))
        predecessors = {place.id: place for place in own if place.id != home.id}
        their_ids = frozenset(place.id for place in districts) - own_ids
        own_exchanges = {each.id for each in met}
        others = (each for each in exchanges if each.id not in own_exchanges)
        theirs = [each for each in others if any(place.id in their_ids for place in each.places)]
        links = list(_district_links(home, districts, acts, last_contacts(theirs, their_ids)))
        return Holding(home, own_ids, ties, links, met, predecessors, theirs, their_ids)

    # Everywhere

    async def _everywhere(self, query: Query) -> list[Holding]:
        """Each place that has a tie which the question may be about, with those ties."""
        if _is_of_who_met(query):
            met = await self._exchanges_between(query.partner, query.home)
            return self._seen_from_each(query, await self._acts_among_who_met(met), met)
        around = replace(query.home, levels=()) if _tells_parts(query) else query.home
        acts = await self._acts_between(query.partner, around)
        exchanges: Sequence[Exchange] = ()
        if query.about is About.EXCHANGES or query.met or query.unmet or query.states or len(acts) < _MANY:
            exchanges = await self._exchanges_between(query.partner, query.home)
        if len(acts) < _MANY:
            return self._seen_from_each(query, acts, exchanges)
        return await asyncio.to_thread(self._seen_from_each, query, acts, exchanges)

    async def _acts_among_who_met(self, met: Sequence[Exchange]) -> list[Partnership]:
        """The acts of which two parties, or what they are today, took part in exchanges."""
        today = self.names.today
        they = {today(place).id for each in met for place in each.places}
        before = {place.id for place in self.names.predecessors(they)}
        acts = await self.acts_of(sorted(they | before))
        return [act for act in acts if len({today(party).id for party in act.parties} & they) > 1]

    def _seen_from_each(
        self, query: Query, acts: Sequence[Partnership], exchanges: Sequence[Exchange]
    ) -> list[Holding]:
        places = self.names.places
        bare = Registry((), self.today, groups=self.names.groups)
        common = _common_country(acts)
        own: dict[int, list[Partnership]] = {}
        for act in acts:
            for home in dict.fromkeys(home.id for home in self._homes_of(act, query, bare, common)):
                own.setdefault(home, []).append(act)
        met: dict[int, list[Exchange]] = {}
        for each in exchanges:
            for place in dict.fromkeys(self.names.today(place).id for place in each.places):
                met.setdefault(place, []).append(each)
        homes = dict.fromkeys(own)
        parts, theirs = self._parts_of(acts, query, bare)
        homes |= dict.fromkeys(parts)
        if query.about is About.EXCHANGES:
            homes |= {i: None for i in met if self._may_have_met(places[i], query, bare, common)}
        return [
            self._holding(
                places[i], parts.get(i, ()), (*own.get(i, ()), *theirs.get(i, ())), met.get(i, ()),
            )
            for i in homes
            if lies(places[i], query.home, bare)
        ]  # fmt: skip

    def _parts_of(
        self, acts: Sequence[Partnership], query: Query, bare: Registry
    ) -> tuple[Mapping[int, list[Place]], Mapping[int, list[Partnership]]]:
        """The towns and districts in homes of a level that is asked for, which it leaves out, and what they signed."""
        parts: dict[int, list[Place]] = {}
        theirs: dict[int, list[Partnership]] = {}
        for act in acts if _tells_parts(query) else ():
            for party in map(self.names.today, act.parties):
                whole = self.names.places.get(party.parent_id or 0)
                abroad = query.partner.anywhere or not lies(party, query.partner, bare)
                if whole is None or not abroad or lies(party, query.home, bare):
                    continue
                if lies(whole, query.home, bare):
                    parts.setdefault(whole.id, []).append(party)
                    theirs.setdefault(whole.id, []).append(act)
        return parts, theirs

    def _may_have_met(self, place: Place, query: Query, bare: Registry, common: str | None) -> bool:
        """Whether exchanges are to be seen from the side of a place that took part in them."""
        if not query.partner.anywhere:
            return query.per is not Per.HOME or not lies(place, query.partner, bare)
        return not common or _names_places(query.home) or place.country == common

    async def _acts_between(self, partner: Where, home: Where) -> Sequence[Partnership]:
        if ids := _named_alone(partner):
            return await self.acts_of(ids)
        return await self.acts_between(self._somewhere(partner), self._somewhere(home))

    async def _exchanges_between(self, partner: Where, home: Where) -> Sequence[Exchange]:
        if ids := _named_alone(partner):
            return await self.exchanges_of(ids)
        return await self.exchanges_between(self._somewhere(partner), self._somewhere(home))

    def _somewhere(self, where: Where) -> Somewhere:
        """A condition on places as the database is asked for it; `without` is looked at afterwards."""
        ids = {ref.id for ref in where.places if ref.id is not None}
        ids = ids.union(*(self.names.groups.get(group, ()) for group in where.groups))
        nowhere = (where.places or where.groups) and not ids
        whole = [area for area in where.areas if area.itself]
        ids |= {p.id for area in whole for p in self.names.places.values() if is_area_itself(p, area)}
        countries = {*where.countries, *(code for region in where.regions for code in _countries_in(region))}
        return Somewhere(
            ids=(-1,) if nowhere else tuple(sorted(ids)),
            countries=tuple(sorted(countries)),
            areas=tuple((area.country, area.region) for area in where.areas),
            levels=where.levels,
        )

    def _homes_of(self, act: Partnership, query: Query, bare: Registry, common: str | None) -> list[Place]:
        """From whose side an agreement is seen, as what that is today: of who is not asked for.

        If nobody is asked for, a registry of one country is seen from that; else a tie counts for each of its parties
        where they are told apart, and once, for the first, where they are not.
        """
        today = self.names.today
        if common and query.partner.regions:  # which may hold that country too: "sister cities in Asia"
            there = [p for p in act.parties if lies(p, query.partner, bare)]
            ours = [today(p) for p in act.parties if p.country == common and {*there} - {p}]
            return ours if query.per is Per.HOME else ours[:1]
        if not query.partner.anywhere:
            others = [p for p in act.parties if not lies(p, query.partner, bare)]
            if nation := country_of_ours(query, self.names.lexicon.home_countries):
                return [today(party) for party in others if party.country == nation]
            either = act.parties if query.per is Per.HOME else act.parties[:1]
            return [today(party) for party in others or either]
        parties = [today(party) for party in act.parties]
        sides = [party for party in parties if party.country == common] if common else parties
        if are_over(query):
            sides = sides or parties
        if not query.home.anywhere:
            named = _names_places(query.home)
            return [party for party in (parties if named else sides) if lies(party, query.home, bare)]
        return sides if query.per is Per.HOME else sides[:1]


def _tells_parts(query: Query) -> bool:
    """Whether what their towns and districts have is told beside the ties of cities and counties."""
    of_level = bool(query.home.levels) and query.per is Per.HOME and query.about is About.TIES
    ordered = query.having is not None or (query.rank is not None and query.rank.by is RankBy.FEWEST)
    return of_level and not ordered and query.compare is None


def _asks_who(query: Query) -> bool:
    """Whether people may be meant: who took part, or with whom there was an exchange where the place is told."""
    met = query.about is About.EXCHANGES and query.asked is Asked.PLACES
    return query.told is Told.PERSON or (met and len(query.partner.places) == 1)


def _all_around(query: Query) -> Where | None:
    """The country whose homes a query compares with one of them, as it names none of the others."""
    sides = (query.home, *query.compare.others) if query.compare else ()
    return next((replace(side, without=None) for side in sides if len(sides) > 1 and side.countries), None)


def _is_of_who_met(query: Query) -> bool:
    """Whether it asks of anybody, but only for exchanges or for ties with such: who has none need not be looked at."""
    if not (query.partner.anywhere and query.home.anywhere):
        return False
    if query.about is not About.EXCHANGES:
        return query.met is not None
    those_with_most = query.rank is not None and query.rank.by is RankBy.MOST
    return (query.per is not Per.HOME or those_with_most) and query.having is None


def _common_country(acts: Sequence[Partnership]) -> str | None:
    """The country that has a party in nearly every agreement; None if there is no such, or more than one."""
    countries = Counter(code for act in acts for code in {party.country for party in act.parties} if code)
    common = [code for code, n in countries.items() if n >= _NEARLY * len(acts)]
    return common[0] if len(common) == 1 else None


_NEARLY = 0.9
"""A ministry's registry holds a few ties of others too, such as one that ended for the sake of its own."""

_MANY = 2000
"""Agreements from which on a question is about so much that what stands beside them is not looked at, and that others
have to be served meanwhile."""


def _names_places(where: Where) -> bool:
    """Whether it is told where the places lie, and not only of which level they are."""
    return not replace(where, levels=()).anywhere


def _named_alone(where: Where) -> list[int]:
    """The places by id, if nothing else is named: what stands at each of them is remembered by itself."""
    if where.groups or where.countries or where.regions or where.areas:
        return []
    return sorted({ref.id for ref in where.places if ref.id is not None})


def _countries_in(region: Region) -> Iterable[str]:
    return (code for code in country_codes() if region.holds(code))


def last_contacts(exchanges: Iterable[Exchange], own_ids: frozenset[int]) -> dict[int, LastContact]:
    """The newest held exchange of each other place; `exchanges` are in the order of their days."""
    found: dict[int, LastContact] = {}
    for each in exchanges:
        if each.status is ExchangeStatus.HELD:
            contact = LastContact(each.id, each.end_date or each.date, each.scope)
            found |= {place.id: contact for place in each.places if place.id not in own_ids}
    return found


def _district_links(
    home: Place,
    districts: Sequence[Place],
    acts: Sequence[Partnership],
    contacts: dict[int, LastContact],
) -> Iterable[Link]:
    by_id: Mapping[int, Place] = {place.id: place for place in districts}
    for act in acts:
        through = next((by_id[party.id] for party in act.parties if party.id in by_id), None)
        if through is None or any(party.id == home.id for party in act.parties):
            continue
        for tie in group_into_ties([act], [through.id], contacts):
            yield Link(home, tie.partner, act, tie, through)
