"""What stands at places, from the memory of the process where it was read before.

That is right as long as no record, and no name, has changed.
"""

from collections.abc import Awaitable, Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from bot.domain.access import ANYONE, Standing, Viewer
from bot.domain.claims import Claim
from bot.domain.contacts import Contact
from bot.domain.exchange_particulars import Attendee, Decision
from bot.domain.exchanges import Exchange
from bot.domain.partnerships import Partnership, Parts
from bot.domain.places import Place
from bot.services.lexicon import Names
from db import questions as db
from db.act_parts import parts_of
from db.contacts import all_contacts
from db.engine import Session
from db.exchange_parts import attendees_seen, decisions_seen
from db.places import known_ids
from db.questions import EVERYWHERE, FEW, Somewhere, is_at
from db.watermarks import Watermark, remembered, remembered_each

T = TypeVar("T")


class _AtPlace(NamedTuple):
    """Under what it is remembered what stands at a place, for whoever sees with these eyes.

    Where a viewer sees no more than anyone does these are anyone's, so that all offices share what was read once.
    """

    what: str
    names: Names
    viewer: Viewer
    place: int


_LATEST = 3
"""Large things of one sort that are kept: with the ties of the whole world each takes some eighty megabytes."""


async def _none_yet() -> dict[Hashable, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class RecordsAt:
    """Reads records by place, in one transaction, as the viewer may see them."""

    session: Session
    viewer: Viewer
    names: Names

    async def _kept(self, what: str, viewer: Viewer, of: Hashable, read: Callable[[], Awaitable[T]]) -> T:
        return await remembered(self.session, (what, self.names, viewer, of), Watermark.RECORDS, read)

    async def latest(self, what: str, of: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """The same of something large: of all viewers' together only the last few are kept."""
        eyes = self.viewer if await self._apart() else self._less
        kept: dict[Hashable, T] = await remembered(
            self.session, ("latest", what, self.names), Watermark.RECORDS, _none_yet
        )
        if (eyes, of) not in kept:
            kept[eyes, of] = await make()
            while len(kept) > _LATEST:
                del kept[next(iter(kept))]
        return kept[eyes, of]

    @property
    def _less(self) -> Viewer:
        """Who sees nothing that the viewer does not: anyone; but a guest sees less than anyone."""
        return self.viewer if self.viewer.standing is Standing.GUEST else ANYONE

    async def _apart(self) -> frozenset[int]:
        """The places at which the viewer sees more than `_less` does."""
        if self.viewer == self._less:
            return frozenset()
        return await self._kept(
            "apart", self.viewer, None, lambda: db.places_apart(self.session, self.viewer)
        )

    async def acts_of(self, ids: Sequence[int]) -> Sequence[Partnership]:
        """Every act that one of these places is party to, in order of number."""

        async def read(viewer: Viewer, there: Somewhere) -> Sequence[Partnership]:
            return await db.acts_at(self.session, viewer, there, EVERYWHERE, self.names.places)

        found = await self._by_place("acts", ids, read, lambda act: act.parties)
        return sorted({act.id: act for each in found for act in each}.values(), key=lambda act: act.id)

    async def acts_between(self, where: Somewhere, other: Somewhere) -> Sequence[Partnership]:
        """Every act with a party at `where` and one, perhaps the same, at `other`; in order of number."""
        if few := self._few_at(where, other):
            return self._between(where, other, await self.acts_of(few), lambda act: act.parties)
        viewer = self.viewer if await self._apart() else self._less

        async def read() -> Sequence[Partnership]:
            return await db.acts_at(self.session, viewer, where, other, self.names.places)

        return await self._kept("acts", viewer, (where, other), read)

    async def exchanges_of(self, ids: Sequence[int]) -> Sequence[Exchange]:
        """Every exchange in which one of these places took part, oldest first."""

        async def read(viewer: Viewer, there: Somewhere) -> Sequence[Exchange]:
            return await db.exchanges_at(self.session, viewer, there, EVERYWHERE, self.names.places)

        found = await self._by_place("exchanges", ids, read, lambda exchange: exchange.places)
        return db.in_order({exchange.id: exchange for each in found for exchange in each}.values())

    async def exchanges_between(self, where: Somewhere, other: Somewhere) -> Sequence[Exchange]:
        """Every exchange of a place at `where` and one, perhaps the same, at `other`; oldest first."""
        if few := self._few_at(where, other):
            return self._between(where, other, await self.exchanges_of(few), lambda each: each.places)
        viewer = self.viewer if await self._apart() else self._less

        async def read() -> Sequence[Exchange]:
            return await db.exchanges_at(self.session, viewer, where, other, self.names.places)

        return await self._kept("exchanges", viewer, (where, other), read)

    def _few_at(self, where: Somewhere, other: Somewhere) -> list[int]:
        """The places at one of these, those that are fewer, where they are few: what stands there is read by them."""
        found = [places for each in (where, other) if 0 < len(places := self._at(each)) <= FEW]
        return [place.id for place in min(found, key=len, default=())]

    def _at(self, where: Somewhere) -> Sequence[Place]:
        """The places there, as far as country, level or they themselves tell; where they are many, perhaps more."""
        places = self.names.places
        countries = {*where.countries, *(code for code, _ in where.areas)}
        if countries or where.ids:
            there = [places[number] for number in where.ids if number in places]
            there += [place for code in countries for place in self.names.by_country.get(code, ())]
            whole = not (where.areas or where.levels)
        else:
            there = [place for level in where.levels for place in self.names.by_level.get(level, ())]
            whole = True
        if whole and len(there) > FEW:
            return there
        return list({place.id: place for place in there if is_at(place, where, places)}.values())

    def _between(
        self,
        where: Somewhere,
        other: Somewhere,
        records: Sequence[T],
        places_of: Callable[[T], Iterable[Place]],
    ) -> list[T]:
        """Those of the records that have a place at either."""
        places = self.names.places
        return [
            record
            for record in records
            if all(any(is_at(place, each, places) for place in places_of(record)) for each in (where, other))
        ]

    async def _by_place(
        self,
        what: str,
        ids: Sequence[int],
        read: Callable[[Viewer, Somewhere], Awaitable[Sequence[T]]],
        places_of: Callable[[T], Iterable[Place]],
    ) -> Iterable[Sequence[T]]:
        """What stands at each of these places; what is not in memory is read at once."""

        async def read_missing(keys: Collection[_AtPlace]) -> dict[_AtPlace, list[T]]:
            found: dict[_AtPlace, list[T]] = {key: [] for key in keys}
            for viewer in dict.fromkeys(key.viewer for key in keys):
                wanted = {key.place: key for key in keys if key.viewer == viewer}
                for each in await read(viewer, Somewhere(ids=tuple(sorted(wanted)))):
                    for place in {place.id for place in places_of(each)} & wanted.keys():
                        found[wanted[place]].append(each)
            return found

        apart = await self._apart()
        eyes = {place: self.viewer if place in apart else self._less for place in ids}
        keys = [_AtPlace(what, self.names, viewer, place) for place, viewer in eyes.items()]
        return (await remembered_each(self.session, keys, Watermark.RECORDS, read_missing)).values()

    async def of_each(
        self, what: str, places: Iterable[int], make: Callable[[Collection[int]], Awaitable[Mapping[int, T]]]
    ) -> dict[int, T]:
        """What is made of the records at each place, for this viewer; `make` is asked for those not in memory."""

        async def make_missing(keys: Collection[_AtPlace]) -> dict[_AtPlace, T]:
            made = await make([key.place for key in keys])
            return {key: made[key.place] for key in keys}

        keys = [_AtPlace(what, self.names, self.viewer, place) for place in places]
        found = await remembered_each(self.session, keys, Watermark.RECORDS, make_missing)
        return {key.place: value for key, value in found.items()}

    async def claims_of(self, acts: set[int]) -> Mapping[int, Sequence[Claim]]:
        """What sources say of these acts, by number; of one on which they agree, nothing."""
        claims = await self._kept(
            "claims", self.viewer, None, lambda: db.claims_seen(self.session, self.viewer)
        )
        return {number: claims[number] for number in acts & claims.keys()}

    async def parts_of(self, acts: set[int]) -> Mapping[int, Parts]:
        """Who signed these acts and what was promised in them, by number."""
        asked = ("signatories", "commitments")
        return await self._kept(
            "parts", self.viewer, frozenset(acts),
            lambda: parts_of(self.session, self.viewer, sorted(acts), asked),
        )  # fmt: skip

    async def attendees(self) -> Mapping[int, Sequence[Attendee]]:
        """Who is named with exchanges, by the exchange's number."""
        return await self._kept(
            "attendees", self.viewer, None, lambda: attendees_seen(self.session, self.viewer)
        )

    async def decisions(self) -> Mapping[int, Sequence[Decision]]:
        """What was decided in exchanges, by the exchange's number."""
        return await self._kept(
            "decisions", self.viewer, None, lambda: decisions_seen(self.session, self.viewer)
        )

    async def contacts(self) -> Sequence[Contact]:
        """All contacts, in order of number."""
        return await self._kept(
            "contacts", self.viewer, None, lambda: all_contacts(self.session, self.viewer)
        )

    async def known_among(self, ids: Collection[int]) -> set[int]:
        """Of these places, those that the asker may know of."""
        known = await self._known_to(self._less, ids)
        rest = set(ids) - known
        return known | await self._known_to(self.viewer, rest) if rest else known

    async def _known_to(self, viewer: Viewer, ids: Collection[int]) -> set[int]:
        async def read(keys: Collection[_AtPlace]) -> dict[_AtPlace, bool]:
            wanted = sorted(key.place for key in keys)
            known = await known_ids(self.session, viewer, wanted)
            return {key: key.place in known for key in keys}

        keys = [_AtPlace("known", self.names, viewer, place) for place in ids]
        found = await remembered_each(self.session, keys, Watermark.RECORDS, read)
        return {key.place for key, known in found.items() if known}
