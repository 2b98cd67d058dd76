"""Which place a row means: one that the registry knows, or a new one; looked up in an index made once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.names import fold
from bot.domain.places import Point, kilometres, point_of
from bot.services.importing.mentions import (
    BRACKETED,
    REGIONS_TELL_APART,
    Mention,
    name_parts,
    plain_name,
    realm,
)
from bot.services.importing.records import in_chunks
from bot.services.new_places import place_from, with_key
from db.engine import Session
from db.gazetteer import gazetteer
from db.places import NewPlace, StoredPlace, add_names, insert_places, update_places

SAME_SPOT_KM, NEAR_KM, FAR_KM = 25.0, 60.0, 100.0
"""How far apart two tables may put one place: whatever its country; of several of its name; the only one of it."""


@dataclass(slots=True)
class Known:
    """A place of the index. Those that are new in this import have ids below zero until they are stored."""

    id: int
    content: NewPlace
    parent_id: int | None = None
    successor_id: int | None = None
    folded: set[str] = field(default_factory=set)

    @property
    def point(self) -> Point | None:
        return point_of(self.content.lat, self.content.lon)


class Ambiguous(Exception):
    """Several places answer, and nothing in the row says which is meant."""

    def __init__(self, choices: Sequence[Known]) -> None:
        super().__init__()
        self.choices = choices


class Places:
    """All places by name, and the new ones that an import finds."""

    def __init__(self, stored: Iterable[StoredPlace]) -> None:
        self.by_id: dict[int, Known] = {}
        self.by_key: dict[str, Known] = {}
        self.new: list[Known] = []
        self._by_name: dict[str, list[Known]] = {}
        self._by_plain_name: dict[str, list[Known]] = {}
        self._by_wikidata: dict[str, list[Known]] = {}
        self._relatives: dict[int, set[int]] = {}
        self._further_names: list[tuple[int, str, bool]] = []
        self._filled: list[tuple[int, Mapping[str, object]]] = []
        self._linked: dict[int, Known] = {}
        for place in stored:
            self._enter(Known(place.id, place.content, place.parent_id, place.successor_id))
        for known in self.by_id.values():
            self._relate(known)

    def _enter(self, known: Known) -> None:
        self.by_id[known.id] = known
        self.by_key[known.content.key] = known
        if known.content.wikidata:
            self._by_wikidata.setdefault(known.content.wikidata, []).append(known)
        for name, _ in known.content.names():
            self._name(known, name)

    def _name(self, known: Known, name: str) -> None:
        folded = fold(name)
        if folded not in known.folded:
            known.folded.add(folded)
            self._by_name.setdefault(folded, []).append(known)
            self._by_plain_name.setdefault(plain_name(name), []).append(known)

    def _relate(self, known: Known) -> None:
        for other in (known.parent_id, known.successor_id):
            if other is not None:
                self._relatives.setdefault(known.id, set()).add(other)
                self._relatives.setdefault(other, set()).add(known.id)

    # Changing -----------------------------------------------------------------------------------------------

    def add(self, content: NewPlace) -> Known:
        """Take in a new place of which everything is known."""
        known = Known(-1 - len(self.new), content)
        self.new.append(known)
        self._enter(known)
        return known

    def name_also(self, known: Known, name: str, *, main: bool = False) -> None:
        """Let a place answer to a further name, one that it does not have yet."""
        self._name(known, name)
        self._further_names.append((known.id, name, main))

    def fill(self, known: Known, values: Mapping[str, object]) -> None:
        """Set what was blank: values by the names of `NewPlace`."""
        known.content = replace(known.content, **values)  # type: ignore[arg-type]
        self._filled.append((known.id, values))

    def link(self, known: Known, parent_id: int | None, successor_id: int | None) -> None:
        """Say what a place is part of, and what it became."""
        if (known.parent_id, known.successor_id) != (parent_id, successor_id):
            known.parent_id, known.successor_id = parent_id, successor_id
            self._linked[known.id] = known
            self._relate(known)

    # Looking up ---------------------------------------------------------------------------------------------

    def named(self, name: str, country: str | None = None) -> list[Known]:
        """Places that answer to this name, also with a parent or region; of one country, if given."""
        return self._named(name, country) or [
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
        named = self._by_name.get(fold(mention.name), ())
        found = [known for known in named if known.content.country == mention.country]
        if not found:
            return self._by_other_name(mention)
        if len(found) == 1:
            return found[0] if _fits(found[0], mention) else None
        return _chosen(found, mention)

    def _by_other_name(self, mention: Mention) -> Known | None:
        """A place written with its region or parent, counted to another country, or under another name."""
        if mention.country is None:
            return None
        written_out = self.named(mention.name, mention.country)
        if len(written_out) == 1 and _fits(written_out[0], mention):
            return written_out[0]
        if mention.point is None:
            return None
        same = self._in_same_realm(mention, mention.point)
        return same or self._under_other_name(mention, mention.point)

    def _in_same_realm(self, mention: Mention, point: Point) -> Known | None:
        """The place where one table counts a territory as its own country and another does not (Guam)."""
        near = [
            known
            for known in self._by_name.get(fold(mention.name), ())
            if realm(known.content.country) == realm(mention.country)
            and known.point
            and kilometres(known.point, point) <= SAME_SPOT_KM
        ]
        return near[0] if len(near) == 1 else None

    def _under_other_name(self, mention: Mention, point: Point) -> Known | None:
        """The place of this Wikidata id, where the gazetteer has both names; it answers to the new one from now on."""
        for known in self._by_wikidata.get(mention.wikidata or "", ()):
            if known.content.country == mention.country and known.point:
                ours = gazetteer().only(known.content.name_en, mention.country, known.point)
                if ours is not None and ours == gazetteer().only(mention.name, mention.country, point):
                    self.name_also(known, mention.name)
                    return known
        return None

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

    # New places ---------------------------------------------------------------------------------------------

    def add_mentioned(self, mention: Mention) -> Known:
        """Make the place that is mentioned, of what the row says and what the gazetteer knows for certain."""
        name, parent = self._with_parent(mention)
        entry = gazetteer().only(name, mention.country, mention.point)
        known_of_it = place_from(entry) if entry else NewPlace(key="", name_en=name)
        point = mention.point or (entry.point if entry else None)
        region = mention.region if mention.region_sure else None
        content = replace(
            known_of_it,
            name_en=name,
            name_zh=mention.name_zh or known_of_it.name_zh,
            aliases=(mention.name,) if parent else (),
            country=mention.country,
            region_en=region or (parent.content.name_en if parent else known_of_it.region_en),
            lat=point[0] if point else None,
            lon=point[1] if point else None,
            zone=known_of_it.zone or gazetteer().zone(mention.country, point),
            wikidata=mention.wikidata,
        )
        known = self.add(with_key(content, self.by_key))
        self.link(known, parent.id if parent else None, None)
        return known

    def _with_parent(self, mention: Mention) -> tuple[str, Known | None]:
        """`Gushan (Kaohsiung)` is Gushan, a part of Kaohsiung, where the registry knows one such place."""
        if mention.country and (match := BRACKETED.fullmatch(mention.name)):
            wholes = self._named(match["whose"], mention.country)
            if len(wholes) == 1 and fold(match["name"]):
                return match["name"], wholes[0]
        return mention.name, None

    async def store(self, session: Session) -> dict[int, int]:
        """Store what is new and what changed; returns the id of each place from now on, by the id it had here."""
        ids: dict[int | None, int] = {place_id: place_id for place_id in self.by_id if place_id > 0}
        for chunk in in_chunks(self.new):
            stored = await insert_places(session, [known.content for known in chunk])
            ids |= {known.id: stored[known.content.key] for known in chunk}
        await add_names(
            session, [(ids[place_id], name, main) for place_id, name, main in self._further_names]
        )
        await update_places(session, self._filled)
        links = [
            (ids[k.id], {"parent_id": ids.get(k.parent_id), "successor_id": ids.get(k.successor_id)})
            for k in self._linked.values()
        ]
        await update_places(session, links)
        return {place_id: stored_id for place_id, stored_id in ids.items() if place_id is not None}


def _fits(known: Known, mention: Mention) -> bool:
    """Whether neither the map nor the region speaks against the only place of the name."""
    if mention.point and known.point:
        return kilometres(mention.point, known.point) <= FAR_KM
    region = known.content.region_en
    if mention.region_sure and mention.region and region and mention.country in REGIONS_TELL_APART:
        return plain_name(region) == plain_name(mention.region)
    return True


def _chosen(found: Sequence[Known], mention: Mention) -> Known | None:
    """The one of several places of the name that is meant, None if none of them is. Raises `Ambiguous`."""
    if mention.region:
        there = [k for k in found if plain_name(k.content.region_en or "") == plain_name(mention.region)]
        if len(there) == 1:
            return there[0]
        if not there and mention.region_sure and mention.country in REGIONS_TELL_APART:
            return None
    if mention.point:
        return _nearest(found, mention.point)
    raise Ambiguous(found)


def _nearest(found: Sequence[Known], point: Point) -> Known | None:
    """The nearest one, unless it is so far off that others may be meant."""
    # At one distance, places of the registry come before new ones, and older ones before younger.
    measured = sorted((kilometres(point, k.point), k.id < 0, abs(k.id), k) for k in found if k.point)
    possible = [(distance, known) for distance, _, _, known in measured if distance <= FAR_KM]
    if possible and (possible[0][0] <= NEAR_KM or len(possible) == 1):
        return possible[0][1]
    return None
