"""The sheet of places, in the registry's own layout: new ones are added, blanks of known ones are filled."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from bot.domain.names import fold, slug
from bot.domain.places import Level
from bot.services.import_acts import Outcome
from bot.services.import_batch import Batch
from bot.services.import_mentions import Known
from bot.services.import_rows import MAX_NAME, Cells, Layout, name_problem, zones
from db.engine import Session
from db.places import NewPlace, fill_places, link_places

PLACES = Layout(
    "places",
    ("key", "name_en", "country"),
    (
        "name_zh", "name_local", "aliases", "level", "region_en", "region_zh", "lat", "lon", "zone",
        "wikidata", "parent", "successor", "note",
    ),
)  # fmt: skip
NAMES = "|"
MAX_KEY = 80
_FILLED = tuple(f.name for f in fields(NewPlace) if f.name not in ("key", "aliases"))


@dataclass(slots=True)
class PlaceSheet:
    """Reads places. With `lenient`, one that was edited since stays as it is."""

    batch: Batch
    lenient: bool = False
    _fills: list[tuple[int, dict[str, object]]] = field(default_factory=list)
    _links: list[tuple[Cells, Known]] = field(default_factory=list)
    _relinked: set[int] = field(default_factory=set)
    _keys: set[str] = field(default_factory=set)

    def read(self, cells: Cells) -> None:
        """Take in a place of one row, or say what is wrong with it."""
        place = self._place(cells)
        if place is None:
            return
        if place.key in self._keys:
            cells.problem("key", "key_twice")
            return
        self._keys.add(place.key)
        known = self.batch.places.by_key.get(place.key)
        if known is None:
            known = self.batch.places.enter(place)
            self.batch.count(Outcome.ADDED)
        else:
            self._fill(cells, known, place)
        self._links.append((cells, known))

    def _place(self, cells: Cells) -> NewPlace | None:
        key = cells.text("key", MAX_KEY, required=True)
        if key and key != slug(key):
            cells.problem("key", "key_unreadable")
        name = cells.name("name_en", required=True)
        point = cells.point("lat", "lon")
        zone = cells.text("zone")
        if zone and zone not in zones():
            cells.problem("zone", "zone_unknown")
        aliases = cells.texts("aliases", NAMES, MAX_NAME)
        for alias in aliases:
            if problem := name_problem(alias):
                cells.problem("aliases", problem, most=MAX_NAME)
        place = NewPlace(
            key=key or "",
            name_en=name or "",
            name_zh=cells.name("name_zh"),
            name_local=cells.name("name_local"),
            aliases=aliases,
            level=cells.word("level", Level, "level_of_place_unknown"),
            country=cells.country("country"),
            region_en=cells.text("region_en", MAX_NAME),
            region_zh=cells.text("region_zh", MAX_NAME),
            lat=point[0] if point else None,
            lon=point[1] if point else None,
            zone=zone,
            wikidata=cells.wikidata("wikidata"),
            note=cells.text("note"),
        )
        return place if cells.ok else None

    def _fill(self, cells: Cells, known: Known, place: NewPlace) -> None:
        """Fill what is blank in a place that is known; what differs is a problem, and is not written over."""
        news: dict[str, object] = {}
        for column in _FILLED:
            old, new = getattr(known.content, column), getattr(place, column)
            if new is None or new == old:
                continue
            if old is None:
                news[column] = new
            elif not self.lenient:
                cells.problem(column, "place_differs", place=place.key, stored=str(old)[:80])
        if self.lenient:
            news = {}
        names = [(name, main) for name, main in place.names() if fold(name) not in known.folded]
        if news:
            self._fills.append((known.id, news))
        for name, main in names:
            self.batch.places.name_also(known, name, main=main)
        known.content = replace(known.content, **news)  # type: ignore[arg-type]
        self.batch.count(Outcome.MERGED if news or names else Outcome.UNCHANGED)

    def check_links(self) -> None:
        """Resolve parents and successors when all places are there; nothing may be a part of itself."""
        for cells, known in self._links:
            parent, successor = self._linked(cells, known, "parent"), self._linked(cells, known, "successor")
            before = known.parent_id, known.successor_id
            for column, old, new in (("parent", before[0], parent), ("successor", before[1], successor)):
                if old is not None and new is not None and old != new and not self.lenient:
                    stored = self.batch.places.by_id[old].content.key
                    cells.problem(column, "place_differs", place=known.content.key, stored=stored)
            known.parent_id = before[0] if before[0] is not None else parent
            known.successor_id = before[1] if before[1] is not None else successor
            if (known.parent_id, known.successor_id) != before:
                self._relinked.add(known.id)
        for cells, known in self._links:
            for column, attribute in (("parent", "parent_id"), ("successor", "successor_id")):
                if self._loops(known, attribute):
                    cells.problem(column, "place_loop")

    def _linked(self, cells: Cells, known: Known, column: str) -> int | None:
        key = cells.text(column)
        if key is None:
            return None
        other = self.batch.places.by_key.get(key)
        if other is None:
            cells.problem(column, "place_key_unknown", place=key)
            return None
        return other.id

    def _loops(self, known: Known, attribute: str) -> bool:
        seen: set[int] = set()
        step: int | None = known.id
        while step is not None and step not in seen:
            seen.add(step)
            step = getattr(self.batch.places.by_id[step], attribute)
        return step == known.id

    async def store(self, session: Session, ids: Mapping[int, int]) -> None:
        """Store what was added to places that were known; the new ones are stored already."""
        await fill_places(session, self._fills)
        relinked = [k for _, k in self._links if k.id in self._relinked and k.id > 0]
        await link_places(
            session,
            [
                (
                    known.id,
                    ids[known.parent_id] if known.parent_id is not None else None,
                    ids[known.successor_id] if known.successor_id is not None else None,
                )
                for known in relinked
            ],
        )
