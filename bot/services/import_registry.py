"""Partnerships in the registry's own layout, as an export writes them, record numbers and all."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.dates import PartialDate
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.services.import_acts import Act, Outcome, history_of
from bot.services.import_batch import CHUNK, Batch
from bot.services.import_rows import MAX_NAME, Cells, Layout, clean
from db.engine import Session
from db.partnerships import NewPartnership, insert_partnerships, link_successors, update_partnerships

SOURCES = " ; "
PLACES = "|"
MAX_CADENCE = 1200

PARTNERSHIPS = Layout(
    "registry",
    ("number", "kind", "status", "signed", "parties", "sources"),
    (
        "named", "ended", "end_reason", "superseded_by", "as_of", "note", "scope", "office", "cadence_months",
        "history",
    ),
)  # fmt: skip


@dataclass(slots=True)
class RegisteredActs:
    """Reads acts that have their own numbers. With `lenient`, an act that was edited since stays as it is."""

    batch: Batch
    lenient: bool = False
    _numbers: set[int] = field(default_factory=set)
    _links: list[tuple[Cells, int]] = field(default_factory=list)

    def read(self, cells: Cells) -> None:
        """Take in an act of one row, or say what is wrong with it."""
        act = self._act(cells)
        if act is None:
            return
        if act.number is None:
            self._put_unnumbered(act)
            return
        if act.number in self._numbers:
            cells.problem("number", "number_twice")
            return
        self._numbers.add(act.number)
        if act.superseded_by is not None:
            self._links.append((cells, act.superseded_by))
        self._put(cells, act, act.number)

    def _put_unnumbered(self, act: NewPartnership) -> None:
        acts = self.batch.acts
        known = acts.same_act(act)
        if known is None:
            acts.add(act)
        self.batch.count(acts.join(known, act) if known else Outcome.ADDED)

    def _put(self, cells: Cells, act: NewPartnership, number: int) -> None:
        known = self.batch.acts.by_number.get(number)
        if known is None:
            self.batch.acts.add(act)
            self.batch.count(Outcome.ADDED)
        elif known.now == act or (self.lenient and set(known.now.parties) == set(act.parties)):
            self.batch.count(Outcome.UNCHANGED)
        else:
            cells.problem("number", "number_taken", record=f"P{number}")

    def _act(self, cells: Cells) -> NewPartnership | None:
        kind = cells.word("kind", Kind, "kind_unknown", required=True)
        status = cells.word("status", Status, "status_unknown", required=True)
        signed = cells.date("signed")
        scope = self.batch.scope_of(cells)
        history = self._history(cells, status or Status.UNKNOWN, signed)
        act = NewPartnership(
            number=cells.number("number"),
            kind=kind or Kind.OTHER,
            parties=self.batch.places_of(cells, "parties"),
            history=history,
            signed=signed,
            named=cells.text("named", MAX_NAME),
            superseded_by=cells.number("superseded_by"),
            note=cells.text("note"),
            as_of=cells.date("as_of"),
            sources=cells.texts("sources", SOURCES),
            scope=scope,
            office_id=self.batch.office_of(cells, scope),
            cadence_months=cells.number("cadence_months", MAX_CADENCE),
        )
        return act if cells.ok else None

    def _history(self, cells: Cells, status: Status, signed: PartialDate | None) -> tuple[StatusChange, ...]:
        ended, reason = cells.date("ended", past=False), cells.text("end_reason")
        if not cells.has("history"):
            return history_of(status, signed, ended, reason)
        try:
            steps = tuple(_step(step) for step in json.loads(cells.raw("history")))
        except (ValueError, TypeError, KeyError, RecursionError):
            cells.problem("history", "history_unreadable")
            return history_of(status, signed)
        if not steps or steps[-1].status is not status:
            cells.problem("history", "history_differs", status=status)
            return history_of(status, signed)
        return steps

    def check_links(self) -> None:
        """Point out acts that are said to be replaced by one that is not there."""
        for cells, later in self._links:
            if later not in self.batch.acts.by_number or str(later) == cells.raw("number"):
                cells.problem("superseded_by", "record_unknown", record=f"P{later}")


def _step(step: list[str | None]) -> StatusChange:
    status, since, reason, by_whom = step
    if status is None or not all(part is None or isinstance(part, str) for part in step):
        raise ValueError("a step is a status, a date, a reason and a name")
    since_when = PartialDate.from_iso(since) if since else None
    return StatusChange(
        Status(status), since_when, clean(reason or "") or None, clean(by_whom or "")[:MAX_NAME] or None
    )


def history_cell(history: Sequence[StatusChange]) -> str:
    """The whole status history in one cell, as JSON."""
    steps = [[s.status.value, s.since.iso() if s.since else None, s.reason, s.by_whom] for s in history]
    return json.dumps(steps, ensure_ascii=False)


async def store_acts(
    session: Session,
    acts: Sequence[Act],
    place_ids: Mapping[int, int],
    office_ids: Mapping[int, int],
    advance: Callable[[int], None],
) -> None:
    """Store new acts, with the numbers asked for or the next free ones, and those that changed."""
    new = [_settled(act.now, place_ids, office_ids) for act in acts if act.stored is None]
    new.sort(
        key=lambda act: act.number is None
    )  # numbers that are asked for are taken before any is handed out
    links: list[tuple[int, int]] = []
    for start in range(0, len(new), CHUNK):
        chunk = new[start : start + CHUNK]
        # An act may be replaced by one that comes later in the file: the link is made when both are there.
        numbers = await insert_partnerships(session, [replace(act, superseded_by=None) for act in chunk])
        links += [(n, act.superseded_by) for n, act in zip(numbers, chunk, strict=True) if act.superseded_by]
        advance(len(chunk))
    await link_successors(session, links)
    changed = [(act.stored, act.now) for act in acts if act.stored and act.changed]
    await update_partnerships(session, changed)
    advance(len(changed))


def _settled(
    act: NewPartnership, place_ids: Mapping[int, int], office_ids: Mapping[int, int]
) -> NewPartnership:
    return replace(
        act,
        parties=tuple(place_ids[place_id] for place_id in act.parties),
        office_id=office_ids[act.office_id] if act.office_id is not None else None,
    )
