"""Rows of partnerships in the registry's own layout, as an export writes them, record numbers and all."""

from bot.domain.dates import PartialDate
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.services.importing.acts import history_of
from bot.services.importing.cells import MAX_NAME, Cells
from bot.services.importing.layouts import SOURCES
from bot.services.importing.part_cells import ACT_CELLS, read_history_cell, read_part_cells
from bot.services.importing.staging import Reader, Staging
from db.partnerships import NewPartnership

MAX_CADENCE = 1200


class ActRows(Reader):
    """Reads acts, those with a number under their number."""

    def __init__(self, staging: Staging) -> None:
        super().__init__(staging)
        self._superseded: list[tuple[Cells, int]] = []

    def read(self, cells: Cells) -> None:
        """Take in an act; one without a number is joined with what is known of it."""
        act = self._act(cells)
        if act is None:
            return
        acts, lenient = self.staging.acts, self.staging.rules.lenient
        if act.number is None:
            self.staging.count(acts.add_or_join(act))
        else:
            self.staging.count(acts.put(cells, act, act.number, lenient=lenient))
        if act.superseded_by is not None:
            self._superseded.append((cells, act.superseded_by))

    def finish(self) -> None:
        """Point out acts that are said to be replaced by one that is not there."""
        for cells, later in self._superseded:
            if later not in self.staging.acts or str(later) == cells.raw("number"):
                cells.problem("superseded_by", "record_unknown", record=f"P{later}")

    def _act(self, cells: Cells) -> NewPartnership | None:
        kind = cells.word("kind", Kind, "kind_unknown", required=True)
        status = cells.word("status", Status, "status_unknown", required=True)
        signed = cells.date("signed")
        scope = self.staging.scope_of(cells)
        parties = self.staging.places_of(cells, "parties")
        act = NewPartnership(
            number=cells.number("number"),
            kind=kind or Kind.OTHER,
            parties=parties,
            history=_history(cells, status or Status.UNKNOWN, signed),
            signed=signed,
            named=cells.text("named", MAX_NAME),
            superseded_by=cells.number("superseded_by"),
            note=cells.text("note"),
            as_of=cells.date("as_of"),
            sources=cells.texts("sources", SOURCES),
            scope=scope,
            office_id=self.staging.office_of(cells, scope),
            cadence_months=cells.number("cadence_months", MAX_CADENCE),
            **read_part_cells(cells, ACT_CELLS, len(parties)),
        )
        return act if cells.ok else None


def _history(cells: Cells, status: Status, signed: PartialDate | None) -> tuple[StatusChange, ...]:
    ended, reason = cells.date("ended", past=False), cells.text("end_reason")
    told = history_of(status, signed, ended, reason)
    if not cells.has("history"):
        return told
    steps = read_history_cell(cells)
    if steps and steps[-1].status is not status:
        cells.problem("history", "history_differs", status=status)
    return steps or told
