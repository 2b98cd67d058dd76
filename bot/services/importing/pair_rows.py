"""Rows of pairs: partnerships that somebody gathered, and the table of the world's twin towns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.claims import ALSO_GIVEN
from bot.domain.dates import PartialDate
from bot.domain.partnerships import Kind, Status
from bot.domain.places import Point
from bot.services.importing.acts import KIND_NOT_STATED, Act, history_of, rests_on_same
from bot.services.importing.cells import Cells
from bot.services.importing.files import Line
from bot.services.importing.mentions import Mention
from bot.services.importing.places import Ambiguous, Known
from bot.services.importing.records import Outcome
from bot.services.importing.staging import Reader
from db.partnerships import NewPartnership


@dataclass(frozen=True, slots=True)
class Pair:
    """A city and a partner as a row speaks of them, and the known places that each can be."""

    city: Mention
    partner: Mention
    ours: Sequence[Known]
    theirs: Sequence[Known]

    def parties(self) -> list[tuple[int, int]]:
        return [(one.id, other.id) for one in self.ours for other in self.theirs if one.id != other.id]


class PairRows(Reader):
    """Joins rows that tell of one place and one partner with the acts that are known."""

    makes_homonyms = False
    """Whether a place that could be several known ones is taken for a further one of the name."""

    def put(self, cells: Cells, city: Mention, partner: Mention, row: NewPartnership) -> None:
        """Join the row, whose parties are still to be found, with its act, or add it as a new one."""
        pair = Pair(city, partner, self._candidates(city), self._candidates(partner))
        act = self._same_act(pair, row) or self._moved_act(cells, pair, row)
        if act is not None:
            self._join(cells, act, row)
        elif parties := self._parties(cells, pair):
            self.staging.count(self.staging.acts.add(replace(row, parties=parties)))

    def _candidates(self, mention: Mention) -> Sequence[Known]:
        """The place that is meant, several where the row does not say which, none where it is not known."""
        try:
            known = self.staging.places.find(mention)
        except Ambiguous as several:
            return several.choices
        return (known,) if known else ()

    def _same_act(self, pair: Pair, row: NewPartnership) -> Act | None:
        acts = self.staging.acts
        found = [acts.same_act(replace(row, parties=parties)) for parties in pair.parties()]
        known = {id(act): act for act in found if act}
        return next(iter(known.values())) if len(known) == 1 else None

    def _moved_act(self, cells: Cells, pair: Pair, row: NewPartnership) -> Act | None:
        """The act of the registry that rests on this very source, with places akin to those of the row.

        A keeper has put it to the right ones: the district or the predecessor, not the municipality that the
        source names; the Columbus in Georgia, not the one in Ohio where the source has it on the map.
        """
        places, acts = self.staging.places, self.staging.acts
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
        outcome = self.staging.acts.join(act, row)
        self.staging.count(outcome)
        if outcome is Outcome.MERGED:
            key = "note_merged" if act.stored else "note_merged_rows"
            cells.note(
                "partner", key, record=_record(act), city=cells.raw("city"), partner=cells.raw("partner")
            )

    def _parties(self, cells: Cells, pair: Pair) -> tuple[int, int] | None:
        """The two places of a new act; those that are not known are made."""
        tied = [parties for parties in pair.parties() if self.staging.acts.between(*parties)]
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
            partner = self.staging.places.add_mentioned(pair.partner)
        return city.id, partner.id

    def _one(self, cells: Cells, column: str, mention: Mention, found: Sequence[Known]) -> Known | None:
        if len(found) == 1:
            return found[0]
        if not found or self.makes_homonyms:
            return self.staging.places.add_mentioned(mention)
        cells.problem(column, "place_ambiguous", choices=[known.content.key for known in found])
        return None

    def _row(
        self,
        kind: Kind,
        status: Status,
        signed: PartialDate | None,
        note: str | None,
        sources: tuple[str, ...],
    ) -> NewPartnership:
        """What a row tells, as an act whose parties are still to be found."""
        return NewPartnership(
            kind=kind,
            parties=(),
            history=history_of(status, signed),
            signed=signed,
            note=note,
            as_of=PartialDate.of(self.staging.rules.today),
            sources=sources,
            scope=self.staging.rules.scope,
        )


class GatheredTieRows(PairRows):
    """Reads a list that somebody gathered: the ties of cities, by default all of one country."""

    def read(self, cells: Cells) -> None:
        """Take in a tie of a city; its country may be the one that the whole file is said to be of."""
        signed = cells.date("signed")
        status = cells.word("status", Status, "status_unknown") or Status.UNKNOWN
        kind = cells.word("kind", Kind, "kind_unknown", required=True)
        country = cells.country("city_country") or self.staging.rules.country
        if country is None and not cells.has("city_country"):
            cells.problem("city_country", "country_missing")
        city = _mention(cells, "city", country, name_zh=cells.name("city_zh"))
        partner = _mention(
            cells,
            "partner",
            cells.country("partner_country", required=True),
            name_zh=cells.name("partner_zh"),
            region=cells.name("partner_region"),
            region_sure=signed is not None,
        )
        cells.text("source", required=True)
        note = cells.text("note")
        if cells.ok and kind and city and partner:
            self.put(cells, city, partner, self._row(kind, status, signed, note, _sources(cells)))


class _WorldKind(StrEnum):
    PARTNERSHIP = "partnership"
    FRIENDSHIP = "friendship"
    CONTACT = "contact"


_WORLD_KINDS = {
    _WorldKind.PARTNERSHIP: Kind.SISTER_CITY,
    _WorldKind.FRIENDSHIP: Kind.FRIENDSHIP_CITY,
    _WorldKind.CONTACT: Kind.CONTACT,
    None: Kind.SISTER_CITY,
}


class WorldTieRows(PairRows):
    """Reads the table of the world, which has nothing but the map to tell places of one name apart by."""

    makes_homonyms = True

    def ordered(self, lines: Sequence[Line]) -> Sequence[Line]:
        """Rows that say where their places lie come first: the others are then understood by them."""
        on_the_map = {"lat", "lon", "partner_lat", "partner_lon"}
        return sorted(lines, key=lambda line: not on_the_map <= set(line.cells))

    def read(self, cells: Cells) -> None:
        """Take in a tie; a kind that the table does not state counts as sister city, and the note says so."""
        signed = cells.date("since")
        kind = cells.word("kind", _WorldKind, "kind_unknown")
        country = cells.country("country") or self.staging.rules.country
        if country is None and not cells.has("country"):
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
        if not (cells.ok and city and partner):
            return
        notes = [] if kind else [KIND_NOT_STATED]
        if other:
            notes.append(f"{ALSO_GIVEN}{', '.join(other)}")
        sources = _of_world(source or "")
        note = " ; ".join(notes) or None
        self.put(cells, city, partner, self._row(_WORLD_KINDS[kind], Status.UNKNOWN, signed, note, sources))


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


_WORLD_SOURCES = {
    "hekman": "https://github.com/Hekman/twincities",
    "rogorido": "https://github.com/rogorido/sistercities",
    "muenchdo": "https://github.com/muenchdo/TwinTowns",
    "l3viathan": "https://github.com/L3viathan/sister-cities",
}
"""What the world's table was put together from, by the words of its column `source`."""

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
    return tuple(dict.fromkeys(_WORLD_SOURCES.get(word.strip(), word.strip()) for word in words.split("+")))


def _record(act: Act) -> str:
    return f"P{act.now.number}" if act.now.number else ""
