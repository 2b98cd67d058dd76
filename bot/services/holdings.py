"""What the registry holds for a question: loaded through the scope filter, for the places that it is about."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from bot.domain.anniversaries import DEFAULT_LEAP_DAY_RULE
from bot.domain.audit import RecordKind, find_record
from bot.domain.exchanges import Exchange
from bot.domain.partnerships import Partnership
from bot.domain.places import Place
from bot.domain.regions import Region
from bot.questions.conditions import PlaceRef, Where
from bot.questions.holdings import Holding, Registry
from bot.questions.lying import is_area_itself, lies
from bot.questions.query import About, Asked, Query, Told, counts_all
from bot.services.desk import Caller
from bot.services.homes_asked import all_of_level
from bot.services.importing.cells import country_codes
from bot.services.one_holding import holding_of
from bot.services.records_at import RecordsAt
from bot.services.seen_from import Side, seen_from_each, side_of
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
    by_whom = query.acts.ended_by
    acts = replace(query.acts, ended_by=put(by_whom)) if by_whom is not None else query.acts
    return replace(query, home=put(query.home), partner=put(query.partner), compare=compare, acts=acts)


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
            self.names.areas,
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
        return [*self.names.with_predecessors(place.id), *self.names.districts_of(place)]

    # Places that are named

    async def _of(self, homes: Sequence[Place]) -> list[Holding]:
        by_id = {home.id: home for home in homes}

        async def make(missing: Collection[int]) -> dict[int, Holding]:
            ids = sorted({each.id for home in missing for each in self._family(by_id[home])})
            acts, exchanges = await self.acts_of(ids), await self.exchanges_of(ids)
            return {
                home: holding_of(
                    by_id[home], self.names.districts_of(by_id[home]), acts, exchanges, self.names
                )
                for home in missing
            }

        found = await self.of_each("holding", by_id, make)
        return [found[home.id] for home in homes]

    # Everywhere

    async def _everywhere(self, query: Query) -> Sequence[Holding]:
        """Each place that has a tie which the question may be about, with those ties."""
        side = side_of(query, self.names.lexicon.home_countries)
        return await self.latest("everywhere", side, lambda: self._seen_from(side))

    async def _seen_from(self, side: Side) -> Sequence[Holding]:
        if side.of_who_met:
            met = await self._exchanges_between(side.partner, side.home)
            return seen_from_each(side, await self._acts_among_who_met(met), met, self.names)
        acts = await self._acts_between(side.partner, side.around)
        exchanges: Sequence[Exchange] = ()
        if side.with_exchanges or len(acts) < _MANY:
            exchanges = await self._exchanges_between(side.partner, side.home)
        if len(acts) < _MANY:
            return seen_from_each(side, acts, exchanges, self.names)
        return await asyncio.to_thread(seen_from_each, side, acts, exchanges, self.names)

    async def _acts_among_who_met(self, met: Sequence[Exchange]) -> list[Partnership]:
        """The acts of which two parties, or what they are today, took part in exchanges."""
        today = self.names.today
        they = {today(place).id for each in met for place in each.places}
        before = {place.id for place in self.names.predecessors(they)}
        acts = await self.acts_of(sorted(they | before))
        return [act for act in acts if len({today(party).id for party in act.parties} & they) > 1]

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


def _asks_who(query: Query) -> bool:
    """Whether people may be meant: who took part, or with whom there was an exchange where the place is told."""
    met = query.about is About.EXCHANGES and query.asked is Asked.PLACES
    return query.told is Told.PERSON or (met and len(query.partner.places) == 1)


def _all_around(query: Query) -> Where | None:
    """The country whose homes a query compares with one of them, as it names none of the others."""
    sides = (query.home, *query.compare.others) if query.compare else ()
    return next((replace(side, without=None) for side in sides if len(sides) > 1 and side.countries), None)


_MANY = 2000
"""Agreements from which on a question is about so much that what stands beside them is not looked at, and that others
have to be served meanwhile."""


def _named_alone(where: Where) -> list[int]:
    """The places by id, if nothing else is named: what stands at each of them is remembered by itself."""
    if where.groups or where.countries or where.regions or where.areas:
        return []
    return sorted({ref.id for ref in where.places if ref.id is not None})


def _countries_in(region: Region) -> Iterable[str]:
    return (code for code in country_codes() if region.takes_in(code))
