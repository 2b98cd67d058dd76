"""Rows of pressure notes, as an export writes them, record numbers and all."""

from bot.domain.access import Scope
from bot.domain.audit import RecordKind, find_record
from bot.domain.pressure import MAX_PLACES, MAX_SOURCE, MAX_SOURCES, MAX_TRIGGER, MAX_WHAT, Incident
from bot.services.importing.cells import Cells
from bot.services.importing.layouts import SOURCES
from bot.services.importing.staging import Reader
from db.pressure import NewNote


class PressureRows(Reader):
    """Reads notes, those with a number under their number."""

    def read(self, cells: Cells) -> None:
        """Take in a note; one without a number is left out where the same is noted already."""
        note = self._note(cells)
        if note is None:
            return
        notes, lenient = self.staging.pressure, self.staging.rules.lenient
        if note.number is None:
            self.staging.count(notes.add_unless_known(note))
        else:
            self.staging.count(notes.put(cells, note, note.number, lenient=lenient))

    def _note(self, cells: Cells) -> NewNote | None:
        kind = cells.word("kind", Incident, "incident_unknown", required=True)
        day = cells.date("date")
        what = cells.text("what", MAX_WHAT)
        for column in ("date", "what"):
            if not cells.has(column):
                cells.problem(column, "cell_empty")
        places = self.staging.places_of(cells, "places", fewest=1)
        if len(places) > MAX_PLACES:
            cells.problem("places", "pressure_too_many_places")
        scope = cells.word("scope", Scope, "scope_unknown") or Scope.OFFICE
        if scope not in RecordKind.PRESSURE.scopes:
            cells.problem("scope", "pressure_too_wide")
        sources = self._sources(cells)
        act = self._act(cells)
        if not cells.ok or kind is None or day is None or what is None:
            return None
        note = NewNote(
            number=cells.number("number"),
            kind=kind,
            date=day,
            what=what,
            places=places,
            act=act,
            trigger=cells.text("trigger", MAX_TRIGGER),
            sources=sources,
            as_of=cells.date("as_of"),
            scope=scope,
            office_id=self.staging.office_of(cells, scope),
        )
        return note if cells.ok else None

    def _sources(self, cells: Cells) -> tuple[str, ...]:
        """Who said so: a note without that is none."""
        sources = cells.texts("sources", SOURCES)
        if not sources:
            cells.problem("sources", "pressure_without_source")
        if len(sources) > MAX_SOURCES or any(len(each) > MAX_SOURCE for each in sources):
            cells.problem("sources", "pressure_sources_too_long")
        return sources

    def _act(self, cells: Cells) -> int | None:
        """The number of the act that the note is about, which is an act of the registry."""
        if not cells.has("act"):
            return None
        record = find_record(cells.raw("act"))
        known = record is not None and record.kind is RecordKind.PARTNERSHIP
        if record is None or not known or record.number not in self.staging.acts:
            cells.problem("act", "record_unknown", record=cells.raw("act"))
            return None
        return record.number
