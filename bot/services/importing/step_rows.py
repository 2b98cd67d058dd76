"""Rows of the steps that an office has to take on its way to an agreement, by rules of its own."""

from bot.domain.names import slug
from bot.domain.prospecting import MAX_KEY, MAX_STEP, Step
from bot.services.importing.cells import Cells
from bot.services.importing.records import Outcome
from bot.services.importing.staging import Reader, Staging


class StepRows(Reader):
    """Reads steps. The rows of an office are its whole list, in their order: what they leave out, it has no more."""

    def __init__(self, staging: Staging) -> None:
        super().__init__(staging)
        self._read: dict[int, dict[str, tuple[Cells, Step]]] = {}

    def read(self, cells: Cells) -> None:
        """Take in a step of an office that is there."""
        office_id, step = self._office(cells), _step(cells)
        if office_id is None or step is None or not cells.ok:
            return
        steps = self._read.setdefault(office_id, {})
        if step.key in steps:
            cells.problem("key", "step_twice")
            return
        steps[step.key] = cells, step

    def _office(self, cells: Cells) -> int | None:
        cells.text("office", required=True)
        place = self.staging.place_of(cells, "office")
        if place is None:
            return None
        office_id = self.staging.offices.get(place.id)
        if office_id is None:
            cells.problem("office", "office_unknown", place=place.content.key)
        return office_id

    def finish(self) -> None:
        """Let each office have the steps that were read for it, and say which of those before are gone."""
        for office_id, rows in self._read.items():
            before = {step.key: step for step in self.staging.steps.get(office_id, ())}
            last, _ = list(rows.values())[-1]
            for key in before.keys() - rows.keys():
                last.note("key", "note_step_gone", step=key)
            outcomes = [_outcome(before.get(key), step) for key, (_, step) in rows.items()]
            if list(before) != list(rows) and set(outcomes) == {Outcome.UNCHANGED}:
                outcomes[-1] = Outcome.MERGED  # fewer, or in another order
            for outcome in outcomes:
                self.staging.count(outcome)
            self.staging.set_steps(office_id, tuple(step for _, step in rows.values()))


def _outcome(before: Step | None, now: Step) -> Outcome:
    if before is None:
        return Outcome.ADDED
    return Outcome.UNCHANGED if before == now else Outcome.MERGED


def _step(cells: Cells) -> Step | None:
    key = cells.text("key", MAX_KEY, required=True)
    if key and key != slug(key):
        cells.problem("key", "key_unreadable")
    text_en, text_zh = (cells.text(f"text_{code}", MAX_STEP, required=True) or "" for code in ("en", "zh"))
    warning_en, warning_zh = (cells.text(f"warning_{code}", MAX_STEP) or "" for code in ("en", "zh"))
    if bool(warning_en) is not bool(warning_zh):
        cells.problem("warning_zh" if warning_en else "warning_en", "one_language")
    source, as_of = cells.text("source", required=True), cells.date("as_of", required=True)
    if not cells.ok or key is None or source is None or as_of is None:
        return None
    return Step(key, text_en, text_zh, warning_en, warning_zh, source, as_of)
