"""Which place a row means: one that the registry knows, or a new one; looked up in an index made once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.domain.names import fold, slug
from bot.domain.places import Level
from bot.services.import_atlas import SAME_SPOT_KM, Atlas, Point, kilometres
from bot.services.import_mentions import (
    BRACKETED,
    REGIONS_TELL_APART,
    Ambiguous,
    Known,
    Mention,
    name_parts,
    plain_name,
    realm,
)
from db.engine import Session
from db.places import NewPlace, StoredPlace, add_names, insert_places, link_places

NEAR_KM = 60.0
FAR_KM = 100.0
"""Up to here the only place of a name in its country is meant; beyond, it is another of the same name."""

BATCH = 2000
_WIDE = frozenset(
    {Level.COUNTY, Level.PREFECTURE, Level.STATE, Level.PROVINCE, Level.TERRITORY, Level.REGION}
)


class PlaceBook:
    """All places by name, and the new ones that an import finds."""

    def __init__(self, stored: Iterable[StoredPlace]) -> None:
        self.by_id: dict[int, Known] = {}
        self.by_key: dict[str, Known] = {}
        self._by_name: dict[str, list[Known]] = {}
        self._by_plain_name: dict[str, list[Known]] = {}
        self._relatives: dict[int, set[int]] = {}
        self._in_gazetteer: dict[str, dict[int, Known]] = {}
        self._atlas = Atlas()
        self.new: list[Known] = []
        self.also_named: list[tuple[int, str, bool]] = []
        for place in stored:
            self._enter(Known(place.id, place.content, place.parent_id, place.successor_id))
        for known in self.by_id.values():
            self._relate(known)

    def _enter(self, known: Known) -> None:
        self.by_id[known.id] = known
        self.by_key[known.content.key] = known
        for name, _ in known.content.names():
            self._name(known, name)

    def _name(self, known: Known, name: str) -> None:
        folded = fold(name)
        if folded not in known.folded:
            known.folded.add(folded)
            self._by_name.setdefault(folded, []).append(known)
            self._by_plain_name.setdefault(plain_name(name), []).append(known)

    def name_also(self, known: Known, name: str, *, main: bool = False) -> None:
        """Let a place answer to a further name, one that it does not have yet."""
        self._name(known, name)
        self.also_named.append((known.id, name, main))

    def enter(self, content: NewPlace) -> Known:
        """Take in a new place of which everything is known."""
        known = Known(-1 - len(self.new), content)
        self.new.append(known)
        self._enter(known)
        return known

    def _relate(self, known: Known) -> None:
        for other in (known.parent_id, known.successor_id):
            if other is not None:
                self._relatives.setdefault(known.id, set()).add(other)
                self._relatives.setdefault(other, set()).add(known.id)

    def relatives(self, place_id: int) -> set[int]:
        """The place with its parents, districts, predecessors and successors, and theirs."""
        found, step = {place_id}, {place_id}
        while step:
            step = {near for each in step for near in self._relatives.get(each, ())} - found
            found |= step
        return found

    def akin(self, mention: Mention, found: Iterable[Known]) -> set[int]:
        """Ids of all that a careful reader might have taken the mention for.

        That is `found` with their relatives, and places of the country whose names differ only in the word
        for what they are (Chiayi City, Chiayi County).
        """
        names = [mention.name, *(base for base, _ in name_parts(mention.name))]
        alike = {
            known.id
            for name in names
            for known in self._by_plain_name.get(plain_name(name), ())
            if realm(known.content.country) == realm(mention.country)
        }
        return alike.union(*(self.relatives(known.id) for known in found))

    # Looking up ---------------------------------------------------------------------------------------------

    def named(self, name: str, country: str | None = None) -> list[Known]:
        """Places that answer to this name, also with a parent or region; of one country, if given."""
        found = self._named(name, country)
        return found or [
            known for base, whose in name_parts(name) for known in self._of(base, whose, country)
        ]

    def _named(self, name: str, country: str | None) -> list[Known]:
        found = self._by_name.get(fold(name), ())
        return [known for known in found if country is None or known.content.country == country]

    def _of(self, name: str, whose: str, country: str | None) -> Iterator[Known]:
        """Places of this name in what `whose` names: a region, or the place that they are part of."""
        wanted = plain_name(whose)
        for known in self._named(name, country):
            parent = self.by_id.get(known.parent_id) if known.parent_id is not None else None
            wholes = [known.content.region_en, known.content.region_zh, *(parent.folded if parent else ())]
            if any(whole and plain_name(whole) == wanted for whole in wholes):
                yield known

    def find(self, mention: Mention) -> Known | None:
        """The place that is meant, None if it is not known. Raises `Ambiguous`."""
        found = [
            k for k in self._named(mention.name, mention.country) if k.content.country == mention.country
        ]
        if not found:
            return self._by_other_name(mention)
        if len(found) == 1:
            return found[0] if self._fits(found[0], mention) else None
        return self._choose(found, mention)

    def _fits(self, known: Known, mention: Mention) -> bool:
        if mention.point and known.point:
            return kilometres(mention.point, known.point) <= FAR_KM
        region = known.content.region_en
        if mention.region_sure and mention.region and region and mention.country in REGIONS_TELL_APART:
            return plain_name(region) == plain_name(mention.region)
        return True

    def _choose(self, found: Sequence[Known], mention: Mention) -> Known | None:
        if mention.region:
            there = [k for k in found if plain_name(k.content.region_en or "") == plain_name(mention.region)]
            if len(there) == 1:
                return there[0]
            if not there and mention.region_sure and mention.country in REGIONS_TELL_APART:
                return None
        point = mention.point or self._spot(mention)
        if point:
            return self._nearest(found, point)
        same = [k for k in found if mention.wikidata and k.content.wikidata == mention.wikidata]
        if len(same) == 1:
            return same[0]
        placeless = [k for k in found if k.point is None]
        if len(placeless) == 1:
            return placeless[0]
        raise Ambiguous(found)

    def _spot(self, mention: Mention) -> Point | None:
        place = self._atlas.place(mention.name, mention.country, None)
        return (place.lat, place.lon) if place else None

    def _nearest(self, found: Sequence[Known], point: Point) -> Known | None:
        by_distance = sorted(((kilometres(point, k.point), k.id, k) for k in found if k.point), key=_distance)
        near = [known for distance, _, known in by_distance if distance <= NEAR_KM]
        possible = [known for distance, _, known in by_distance if distance <= FAR_KM]
        if near:
            return near[0]
        return possible[0] if len(possible) == 1 else None

    def _by_other_name(self, mention: Mention) -> Known | None:
        """A place written with its region or parent, or under a name that the gazetteer joins to ours."""
        written_out = self.named(mention.name, mention.country) if mention.country else []
        if len(written_out) == 1 and self._fits(written_out[0], mention):
            return written_out[0]
        if mention.country is None or mention.point is None:
            return None
        if elsewhere := self._in_same_realm(mention, mention.point):
            return elsewhere
        place = self._atlas.place(mention.name, mention.country, mention.point)
        known = self._known_to_gazetteer(mention.country).get(place.geonameid) if place else None
        # The gazetteer's names include old and odd ones: the Wikidata id has to agree.
        if known is None or not mention.wikidata or known.content.wikidata != mention.wikidata:
            return None
        self.name_also(known, mention.name)
        return known

    def _in_same_realm(self, mention: Mention, point: Point) -> Known | None:
        """The place where one table counts a territory as its own country and another does not (Guam)."""
        near = [
            known
            for known in self._named(mention.name, None)
            if realm(known.content.country) == realm(mention.country)
            and known.point
            and kilometres(known.point, point) <= SAME_SPOT_KM
        ]
        return near[0] if len(near) == 1 else None

    def _known_to_gazetteer(self, country: str) -> dict[int, Known]:
        if country not in self._in_gazetteer:
            self._in_gazetteer[country] = {}
            for known in list(self.by_id.values()):
                if known.content.country == country:
                    self._note_in_gazetteer(known)
        return self._in_gazetteer[country]

    def _note_in_gazetteer(self, known: Known) -> None:
        country = known.content.country
        if country not in self._in_gazetteer or known.content.level in _WIDE or known.point is None:
            return
        place = self._atlas.place(known.content.name_en, country, known.point)
        if place:
            self._in_gazetteer[country].setdefault(place.geonameid, known)

    # New places ---------------------------------------------------------------------------------------------

    def add(self, mention: Mention) -> Known:
        """Make the place that is mentioned, of what the row says and what the gazetteer knows for certain."""
        name, parent = self._with_parent(mention)
        in_gazetteer = self._atlas.place(name, mention.country, mention.point)
        point = mention.point or ((in_gazetteer.lat, in_gazetteer.lon) if in_gazetteer else None)
        region = mention.region if mention.region_sure else None
        names_zh = in_gazetteer.names_zh if in_gazetteer else ()
        content = NewPlace(
            key="",
            name_en=name,
            name_zh=mention.name_zh or (names_zh[0] if names_zh else None),
            aliases=(mention.name,) if parent else (),
            country=mention.country,
            region_en=region
            or (parent.content.name_en if parent else None)
            or (in_gazetteer.region if in_gazetteer else None)
            or None,
            lat=point[0] if point else None,
            lon=point[1] if point else None,
            zone=in_gazetteer.zone if in_gazetteer else self._atlas.zone(mention.country, point),
            wikidata=mention.wikidata,
        )
        known = self.enter(replace(content, key=self._key(content)))
        known.parent_id = parent.id if parent else None
        self._relate(known)
        self._note_in_gazetteer(known)
        return known

    def _with_parent(self, mention: Mention) -> tuple[str, Known | None]:
        """`Gushan (Kaohsiung)` is Gushan, a part of Kaohsiung, where the registry knows one such place."""
        if mention.country and (match := BRACKETED.fullmatch(mention.name)):
            wholes = self._named(match["whose"], mention.country)
            if len(wholes) == 1 and fold(match["name"]):
                return match["name"], wholes[0]
        return mention.name, None

    def _key(self, content: NewPlace) -> str:
        country = f"-{content.country.lower()}" if content.country else ""
        base = slug(content.name_en)[:50].strip("-") or slug(content.wikidata or "") or "place"
        region = slug(content.region_en or "")[:20].strip("-")
        for stem in (base, f"{base}-{region}" if region else base):
            if stem != "place" and (key := f"{stem}{country}") not in self.by_key:
                return key
        number = 2
        while (key := f"{base}{country}-{number}") in self.by_key:
            number += 1
        return key

    async def store(self, session: Session, advance: Callable[[int], None]) -> dict[int, int]:
        """Store what is new; returns the id that each place has from now on, by the id it had here."""
        ids = {place_id: place_id for place_id in self.by_id if place_id > 0}
        for start in range(0, len(self.new), BATCH):
            batch = self.new[start : start + BATCH]
            stored = await insert_places(session, [known.content for known in batch])
            ids |= {known.id: stored[known.content.key] for known in batch}
            advance(len(batch))
        await add_names(session, ((ids[place_id], name, main) for place_id, name, main in self.also_named))
        linked = [
            known for known in self.new if known.parent_id is not None or known.successor_id is not None
        ]
        await link_places(session, [_links(known, ids) for known in linked])
        return ids


def _links(known: Known, ids: Mapping[int, int]) -> tuple[int, int | None, int | None]:
    parent, successor = known.parent_id, known.successor_id
    return (
        ids[known.id],
        ids[parent] if parent is not None else None,
        ids[successor] if successor is not None else None,
    )


def _distance(measured: tuple[float, int, Known]) -> tuple[float, bool, int]:
    distance, place_id, _ = measured
    return distance, place_id < 0, abs(place_id)
