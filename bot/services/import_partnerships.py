"""Lists of pairs: partnerships that somebody gathered, and the table of the world's twin towns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.dates import PartialDate
from bot.domain.partnerships import Kind, Status
from bot.services.import_acts import KIND_NOT_STATED, Act, Outcome, history_of, rests_on_same
from bot.services.import_atlas import Point
from bot.services.import_batch import Batch
from bot.services.import_files import Line
from bot.services.import_mentions import Ambiguous, Known, Mention
from bot.services.import_rows import Cells, Layout
from db.partnerships import NewPartnership

GATHERED = Layout(
    "gathered",
    ("city", "partner", "partner_country", "kind", "source"),
    ("city_zh", "city_country", "partner_zh", "partner_region", "signed", "status", "note"),
)
WORLD = Layout(
    "world",
    ("city", "country", "partner", "partner_country", "since", "kind", "source"),
    (
        "lat", "lon", "partner_lat", "partner_lon", "city_wikidata", "partner_wikidata", "since_other",
    ),
)  # fmt: skip
LAYOUTS = (GATHERED, WORLD)

WORLD_SOURCES = {
    "hekman": "https://github.com/Hekman/twincities",
    "rogorido": "https://github.com/rogorido/sistercities",
    "muenchdo": "https://github.com/muenchdo/TwinTowns",
    "l3viathan": "https://github.com/L3viathan/sister-cities",
}
"""What the world's table was put together from, by the words of its column `source`."""


class WorldKind(StrEnum):
    PARTNERSHIP = "partnership"
    FRIENDSHIP = "friendship"
    CONTACT = "contact"


_WORLD_KINDS = {
    WorldKind.PARTNERSHIP: Kind.SISTER_CITY,
    WorldKind.FRIENDSHIP: Kind.FRIENDSHIP_CITY,
    WorldKind.CONTACT: Kind.CONTACT,
}


@dataclass(slots=True)
class Pairs:
    """Reads rows that tell of one place and one partner, and joins them with the acts that are known."""

    batch: Batch
    layout: Layout

    def ordered(self, lines: Sequence[Line]) -> list[Line]:
        """Rows that say where their places lie come first: the others are then understood by them."""
        if self.layout is not WORLD:
            return list(lines)
        return sorted(
            lines, key=lambda line: not {"lat", "lon", "partner_lat", "partner_lon"} <= set(line.cells)
        )

    def read(self, cells: Cells) -> None:
        if self.layout is WORLD:
            self._world(cells)
        else:
            self._gathered(cells)

    def _gathered(self, cells: Cells) -> None:
        signed = cells.date("signed")
        status = cells.word("status", Status, "status_unknown") or Status.UNKNOWN
        kind = cells.word("kind", Kind, "kind_unknown", required=True)
        country = cells.country("city_country") or self.batch.country
        if country is None and not cells.raw("city_country"):
            cells.problem("city_country", "country_missing")
        city = _mention(cells, "city", country, name_zh=cells.name("city_zh"))
        partner_country = cells.country("partner_country")
        if not cells.raw("partner_country"):
            cells.problem("partner_country", "cell_empty")
        partner = _mention(
            cells,
            "partner",
            partner_country,
            name_zh=cells.name("partner_zh"),
            region=cells.name("partner_region"),
            region_sure=signed is not None,
        )
        cells.text("source", required=True)
        sources, note = _sources(cells), cells.text("note")
        if not cells.ok or kind is None or city is None or partner is None:
            return
        self._tie(cells, city, partner, kind, status, signed, note, sources)

    def _world(self, cells: Cells) -> None:
        signed = cells.date("since")
        word = cells.word("kind", WorldKind, "kind_unknown")
        country = cells.country("country") or self.batch.country
        if country is None and not cells.raw("country"):
            cells.note("country", "note_country_missing", place=cells.raw("city"))
        city = _mention(
            cells, "city", country, point=cells.point("lat", "lon"), wikidata=cells.wikidata("city_wikidata")
        )
        partner = _mention(
            cells,
            "partner",
            cells.country("partner_country"),
            point=cells.point("partner_lat", "partner_lon"),
            wikidata=cells.wikidata("partner_wikidata"),
        )
        source, other = cells.text("source", required=True), cells.texts("since_other", "|")
        if not cells.ok or city is None or partner is None:
            return
        notes = [f"also given: {', '.join(other)}"] if other else []
        if word is None:
            notes.insert(0, KIND_NOT_STATED)
        kind = _WORLD_KINDS[word] if word else Kind.SISTER_CITY
        sources = _of_world(source or "")
        self._tie(cells, city, partner, kind, Status.UNKNOWN, signed, " ; ".join(notes) or None, sources)

    def _tie(
        self,
        cells: Cells,
        city: Mention,
        partner: Mention,
        kind: Kind,
        status: Status,
        signed: PartialDate | None,
        note: str | None,
        sources: tuple[str, ...],
    ) -> None:
        row = NewPartnership(
            kind=kind,
            parties=(),
            history=history_of(status, signed),
            signed=signed,
            note=note,
            as_of=PartialDate.of(self.batch.today),
            sources=sources,
            scope=self.batch.scope,
        )
        pair = Pair(city, partner, self._candidates(city), self._candidates(partner))
        act = self._same_act(pair, row) or self._placed(cells, pair, row)
        if act is not None:
            self._join(cells, act, row)
        elif parties := self._parties(cells, pair):
            self.batch.acts.add(replace(row, parties=parties))
            self.batch.count(Outcome.ADDED)

    def _candidates(self, mention: Mention) -> Sequence[Known]:
        """The place that is meant, several where the row does not say which, none where it is not known."""
        try:
            known = self.batch.places.find(mention)
        except Ambiguous as several:
            return several.choices
        return (known,) if known else ()

    def _same_act(self, pair: "Pair", row: NewPartnership) -> Act | None:
        acts = self.batch.acts
        found = [acts.same_act(replace(row, parties=parties)) for parties in pair.parties()]
        known = {id(act): act for act in found if act}
        return next(iter(known.values())) if len(known) == 1 else None

    def _placed(self, cells: Cells, pair: "Pair", row: NewPartnership) -> Act | None:
        """The act of the registry that rests on this very source, with places akin to those of the row.

        A keeper has put it to the right ones: the district or the predecessor, not the municipality that the
        source names; the Columbus in Georgia, not the one in Ohio where the source has it on the map.
        """
        places, acts = self.batch.places, self.batch.acts
        ours, theirs = places.akin(pair.city, pair.ours), places.akin(pair.partner, pair.theirs)
        found = {
            act.now.number: act
            for one in ours
            for other in theirs
            if one != other
            for act in acts.between(one, other)
            if act.stored and rests_on_same(act.stored, row)
        }
        if len(found) != 1:
            return None
        (act,) = found.values()
        cells.note("partner", "note_relative", record=_record(act))
        return act

    def _join(self, cells: Cells, act: Act, row: NewPartnership) -> None:
        if act.now.status is Status.ENDED and row.status is not Status.ENDED:
            cells.note("partner", "note_ended", record=_record(act))
        elif row.status not in (Status.UNKNOWN, act.now.status) and act.now.status is not Status.UNKNOWN:
            cells.note("status", "note_status_differs", record=_record(act), status=act.now.status)
        outcome = self.batch.acts.join(act, row)
        self.batch.count(outcome)
        if outcome is Outcome.MERGED:
            key = "note_merged" if act.stored else "note_merged_rows"
            cells.note(
                "partner", key, record=_record(act), city=cells.raw("city"), partner=cells.raw("partner")
            )

    def _parties(self, cells: Cells, pair: "Pair") -> tuple[int, int] | None:
        """The two places of a new act; those that are not known are made."""
        tied = [parties for parties in pair.parties() if self.batch.acts.tied(*parties)]
        if len(tied) == 1:
            return tied[0]
        city = self._one(cells, "city", pair.city, pair.ours)
        partner = self._one(cells, "partner", pair.partner, pair.theirs)
        if city is None or partner is None:
            return None
        if city.id == partner.id:
            points = pair.city.point, pair.partner.point
            if None in points or points[0] == points[1]:
                cells.problem("partner", "same_place")
                return None
            partner = self.batch.places.add(pair.partner)
        return city.id, partner.id

    def _one(self, cells: Cells, column: str, mention: Mention, found: Sequence[Known]) -> Known | None:
        if len(found) == 1:
            return found[0]
        if not found or self.layout is WORLD:
            # The world's table has nothing to tell several apart by: it gets a place of its own, somewhere.
            return self.batch.places.add(mention)
        cells.problem(column, "place_ambiguous", choices=[known.content.key for known in found])
        return None


@dataclass(frozen=True, slots=True)
class Pair:
    """A city and a partner as a row speaks of them, and the known places that each can be."""

    city: Mention
    partner: Mention
    ours: Sequence[Known]
    theirs: Sequence[Known]

    def parties(self) -> list[tuple[int, int]]:
        return [(one.id, other.id) for one in self.ours for other in self.theirs if one.id != other.id]


def _mention(
    cells: Cells,
    column: str,
    country: str | None,
    *,
    name_zh: str | None = None,
    region: str | None = None,
    region_sure: bool = False,
    point: Point | None = None,
    wikidata: str | None = None,
) -> Mention | None:
    name = cells.name(column, required=True)
    return Mention(name, country, region, region_sure, name_zh, point, wikidata) if name else None


_BETWEEN_SOURCES = re.compile(r"\s+;\s+|;\s+(?=https?://)")
_FROM_WORLD = re.compile(r"world_partnerships\.csv\.gz \(([\w+]+)\)")
_REPOSITORY = re.compile(r"github:([\w.-]+/[\w.-]+)(?: \(.*\))?")


def _sources(cells: Cells) -> tuple[str, ...]:
    """The sources, each under the address by which the registry knows it."""
    sources: list[str] = []
    for part in _BETWEEN_SOURCES.split(cells.text("source") or ""):
        if match := _FROM_WORLD.fullmatch(part):
            sources += _of_world(match[1])
        elif match := _REPOSITORY.fullmatch(part):
            sources.append(f"https://github.com/{match[1]}")
        elif part:
            sources.append(part)
    return tuple(dict.fromkeys(sources))


def _of_world(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(WORLD_SOURCES.get(word.strip(), word.strip()) for word in words.split("+")))


def _record(act: Act) -> str:
    return f"P{act.now.number}" if act.now.number else ""
