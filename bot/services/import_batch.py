"""What the rows of one import share: the books they are looked up in, the rules of reading, the counts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.domain.access import Scope
from bot.domain.offices import LANGUAGES
from bot.services.import_acts import ActBook, Outcome
from bot.services.import_files import Line
from bot.services.import_mentions import Known
from bot.services.import_places import PlaceBook
from bot.services.import_rows import Cells, Findings
from db.engine import Session
from db.offices import insert_office, offices
from db.partnerships import stored_partnerships
from db.places import stored_places

CHUNK = 2000
"""How many records are stored at a time."""


@dataclass(slots=True)
class Batch:
    """One import while it is being read. `scope` is that of records that name none."""

    places: PlaceBook
    acts: ActBook
    offices: dict[int, int]
    """Office ids by place id."""

    today: date
    country: str | None
    scope: Scope
    findings: Findings = field(default_factory=Findings)
    counts: Counter[Outcome] = field(default_factory=Counter)
    new_offices: dict[int, tuple[Known, str]] = field(default_factory=dict)
    """Place and time zone of offices that are to be made."""

    @classmethod
    async def open(cls, session: Session, today: date, country: str | None, scope: Scope) -> "Batch":
        return cls(
            PlaceBook(await stored_places(session)),
            ActBook(await stored_partnerships(session, None)),
            {office.place.id: office.id for office in await offices(session)},
            today,
            country,
            scope,
        )

    def cells(self, line: Line) -> Cells:
        return Cells(line, self.findings, self.today)

    def count(self, outcome: Outcome) -> None:
        self.counts[outcome] += 1

    def places_of(self, cells: Cells, column: str) -> tuple[int, ...]:
        """The places whose keys stand in the cell, at least two and none twice."""
        keys = cells.texts(column, "|")
        found = [self.places.by_key.get(key) for key in keys]
        for key, known in zip(keys, found, strict=True):
            if known is None:
                cells.problem(column, "place_key_unknown", place=key)
                return ()
        if len(keys) < 2:
            cells.problem(column, "too_few_places")
            return ()
        return tuple(known.id for known in found if known)

    def scope_of(self, cells: Cells) -> Scope:
        return cells.word("scope", Scope, "scope_unknown") or self.scope

    def office_of(self, cells: Cells, scope: Scope) -> int | None:
        """The office that the record belongs to. One that does not exist yet is made, without a server."""
        key = cells.text("office")
        if key is None:
            if scope in (Scope.OFFICE, Scope.GROUP):
                cells.problem("office", "office_missing", scope=scope.value)
            return None
        place = self.places.by_key.get(key)
        if place is None:
            cells.problem("office", "place_key_unknown", place=key)
            return None
        if place.id not in self.offices:
            if place.content.zone is None:
                cells.problem("office", "office_without_zone", place=key)
                return None
            self.offices[place.id] = -1 - len(self.new_offices)
            self.new_offices[self.offices[place.id]] = (place, place.content.zone)
            cells.note("office", "note_office_made", place=place.content.name_en)
        return self.offices[place.id]

    async def store_offices(self, session: Session, place_ids: Mapping[int, int]) -> dict[int, int]:
        """Store the offices that are new; returns the id that each has from now on, by the id it had here."""
        ids = {office_id: office_id for office_id in self.offices.values() if office_id > 0}
        for office_id, (place, zone) in self.new_offices.items():
            language = "zh-TW" if place.content.country == "TW" else LANGUAGES[0]
            ids[office_id] = await insert_office(session, place_ids[place.id], language, zone)
        return ids
