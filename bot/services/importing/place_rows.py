"""Rows of places in the registry's own layout: new ones are added, blanks of known ones are filled."""

from dataclasses import fields

from bot.domain.names import fold, slug
from bot.domain.places import Level
from bot.services.importing.cells import MAX_NAME, Cells, name_problem
from bot.services.importing.layouts import NAMES
from bot.services.importing.part_cells import read_claims_cell, read_profile_cell
from bot.services.importing.places import Known
from bot.services.importing.records import Outcome
from bot.services.importing.staging import Reader, Staging
from db.places import NewPlace

MAX_KEY = 80
_FILLED = tuple(f.name for f in fields(NewPlace) if f.name not in ("key", "aliases"))


class PlaceRows(Reader):
    """Reads places; what a row says otherwise than the registry is a problem, and is not written over."""

    def __init__(self, staging: Staging) -> None:
        super().__init__(staging)
        self._read: dict[str, tuple[Cells, Known]] = {}

    def read(self, cells: Cells) -> None:
        """Take in a place that is new, or what is new of one that is known."""
        place = _place(cells)
        if place is None:
            return
        if place.key in self._read:
            cells.problem("key", "key_twice")
            return
        known = self.staging.places.by_key.get(place.key)
        if known is None:
            known = self.staging.places.add(place)
            self.staging.count(Outcome.ADDED)
        else:
            self._fill(cells, known, place)
        self._read[place.key] = cells, known

    def _fill(self, cells: Cells, known: Known, place: NewPlace) -> None:
        values: dict[str, object] = {}
        if not self.staging.rules.lenient:
            for column in _FILLED:
                old, new = getattr(known.content, column), getattr(place, column)
                if old is None and new is not None:
                    values[column] = new
                elif new not in (None, old):
                    cells.problem(column, "place_differs", place=place.key, stored=str(old)[:80])
        names = [(name, main) for name, main in place.names() if fold(name) not in known.folded]
        if values:
            self.staging.places.fill(known, values)
        for name, main in names:
            self.staging.places.name_also(known, name, main=main)
        self.staging.count(Outcome.MERGED if values or names else Outcome.UNCHANGED)

    def finish(self) -> None:
        """Link places with what they are part of and what they became, now that all are there."""
        for cells, known in self._read.values():
            parent = self._linked(cells, known, "parent", known.parent_id)
            successor = self._linked(cells, known, "successor", known.successor_id)
            self.staging.places.link(known, parent, successor)
        for cells, known in self._read.values():
            for column, attribute in (("parent", "parent_id"), ("successor", "successor_id")):
                if self._loops(known, attribute):
                    cells.problem(column, "place_loop")

    def _linked(self, cells: Cells, known: Known, column: str, old: int | None) -> int | None:
        """The place that the cell names, or the one that is linked already."""
        named = self.staging.place_of(cells, column)
        if old is None:
            return named.id if named else None
        if named and named.id != old and not self.staging.rules.lenient:
            stored = self.staging.places.by_id[old].content.key
            cells.problem(column, "place_differs", place=known.content.key, stored=stored)
        return old

    def _loops(self, known: Known, attribute: str) -> bool:
        """Whether the place is a part or a successor of itself, by however many steps."""
        seen: set[int] = set()
        step: int | None = known.id
        while step is not None and step not in seen:
            seen.add(step)
            step = getattr(self.staging.places.by_id[step], attribute)
        return step == known.id


def _place(cells: Cells) -> NewPlace | None:
    key = cells.text("key", MAX_KEY, required=True)
    if key and key != slug(key):
        cells.problem("key", "key_unreadable")
    name = cells.name("name_en", required=True)
    point = cells.point("lat", "lon")
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
        zone=cells.zone("zone"),
        wikidata=cells.wikidata("wikidata"),
        note=cells.text("note"),
        counts=read_claims_cell(cells, "counts"),
        profile=read_profile_cell(cells),
    )
    return place if cells.ok else None
