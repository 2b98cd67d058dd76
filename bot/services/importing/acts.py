"""One act, many sources: joining what several rows, and the registry, say of the same signing."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from bot.domain.dates import PartialDate
from bot.domain.partnership_editing import compatible
from bot.domain.partnerships import PARTNER_KINDS, Kind, Status, StatusChange
from bot.services.importing.records import Advance, Draft, Drafts, NewIds, Outcome, circle, in_chunks
from db.engine import Session
from db.partnerships import NewPartnership, insert_partnerships, link_successors, update_partnerships

Act = Draft[NewPartnership]

KIND_NOT_STATED = "kind not stated by the source"
_UNSAID = re.compile(r"kind (?:and status )?not stated by the source")
_SEPARATOR = " ; "


class Acts(Drafts[NewPartnership]):
    """All acts, found by number and by their parties."""

    def __init__(self, stored: Iterable[NewPartnership]) -> None:
        self._by_pair: dict[tuple[Hashable, frozenset[int]], list[Act]] = {}
        super().__init__("P", stored)

    def _enter(self, draft: Act) -> None:
        super()._enter(draft)
        for pair in combinations(draft.now.parties, 2):
            self._by_pair.setdefault((circle(draft.now), frozenset(pair)), []).append(draft)

    def between(self, one: int, other: int, within: Hashable = None) -> Sequence[Act]:
        """The acts of two places that everybody may see, or those of a circle."""
        return self._by_pair.get((within, frozenset((one, other))), ())

    def same_act(self, row: NewPartnership) -> Act | None:
        """The act that the row speaks of, by parties, kind and date; the likeliest of several."""
        one, other, *_ = row.parties
        rivals = [act for act in self.between(one, other, circle(row)) if _same(act.now, row)]
        return min(rivals, key=lambda act: _unlikeness(act.now, row), default=None)

    def add_or_join(self, row: NewPartnership) -> Outcome:
        """Join the row with the act that it speaks of, or add it as a new one."""
        known = self.same_act(row)
        return self.join(known, row) if known else self.add(row)

    def join(self, act: Act, row: NewPartnership) -> Outcome:
        """Put into the act what the row has to add."""
        joined = _joined(act.now, row)
        if joined == act.now:
            return Outcome.UNCHANGED
        act.now = joined
        return Outcome.MERGED

    async def store(self, session: Session, ids: NewIds, advance: Advance) -> None:
        """Store new acts, with the numbers asked for or the next free ones, and those that changed."""
        links: list[tuple[int, int]] = []
        for chunk in in_chunks(self.new()):
            # An act may be replaced by one that comes later in the file: the link is made when both are there.
            stored = [
                replace(
                    act,
                    parties=ids.places(act.parties),
                    office_id=ids.office(act.office_id),
                    superseded_by=None,
                )
                for act in chunk
            ]
            numbers = await insert_partnerships(session, stored)
            later = [(n, act.superseded_by) for n, act in zip(numbers, chunk, strict=True)]
            links += [(number, successor) for number, successor in later if successor is not None]
            advance(len(chunk))
        await link_successors(session, links)
        changed = self.changed()
        await update_partnerships(session, changed)
        advance(len(changed))


def kind_stated(act: NewPartnership) -> bool:
    return _UNSAID.search(act.note or "") is None


def _same(act: NewPartnership, row: NewPartnership) -> bool:
    if set(act.parties) != set(row.parties):
        return set(row.parties) < set(act.parties) and act.kind == row.kind and act.signed == row.signed
    if not compatible(act.signed, row.signed):
        return False
    if act.kind == row.kind:
        return True
    unsaid = not kind_stated(act) or not kind_stated(row)
    return unsaid and act.kind in PARTNER_KINDS and row.kind in PARTNER_KINDS


def rests_on_same(act: NewPartnership, row: NewPartnership) -> bool:
    """Whether both rest on one source, and neither date nor kind speaks against their being the same act."""
    if not compatible(act.signed, row.signed) or not set(act.sources) & set(row.sources):
        return False
    return act.kind == row.kind or row.kind is Kind.OTHER or not kind_stated(row)


def _unlikeness(act: NewPartnership, row: NewPartnership) -> tuple[bool, bool, bool, bool, PartialDate, int]:
    return (
        act.signed != row.signed,
        act.kind != row.kind,
        act.status is Status.ENDED and row.status is not Status.ENDED,
        act.signed is None,
        act.signed or PartialDate(2200),
        act.number or 0,
    )


def _joined(act: NewPartnership, row: NewPartnership) -> NewPartnership:
    signed = _finer(act.signed, row.signed)
    kind, note = act.kind, act.note
    if not kind_stated(act) and kind_stated(row):
        kind = row.kind
        note = _UNSAID.sub("", note or "").strip(" ;") or None
    return replace(
        act,
        signed=signed,
        kind=kind,
        note=_both(note, row.note),
        sources=act.sources + tuple(source for source in row.sources if source not in act.sources),
        history=_told(act, row, signed),
    )


def _finer(one: PartialDate | None, other: PartialDate | None) -> PartialDate | None:
    known = [date for date in (one, other) if date is not None]
    return max(known, key=lambda date: len(date.iso()), default=None)


def _both(note: str | None, added: str | None) -> str | None:
    """Both notes; what only says that the source is silent is no news of an act that is known."""
    parts = (_UNSAID.sub("", part).strip() for part in (added or "").split(_SEPARATOR))
    fresh = [part for part in parts if part and part not in (note or "")]
    return _SEPARATOR.join([*([note] if note else []), *fresh]) or None


def _told(act: NewPartnership, row: NewPartnership, signed: PartialDate | None) -> tuple[StatusChange, ...]:
    """The status history with a status that was unknown, and with the finer date of its beginning.

    A status that the registry knows stands: an ended act is not revived by an old list.
    """
    if act.status is Status.UNKNOWN and row.status is not Status.UNKNOWN:
        return act.history[:-1] + history_of(
            row.status, signed, row.history[-1].since, row.history[-1].reason
        )
    first = act.history[0]
    if first.since is not None and first.since == act.signed != signed:
        return (replace(first, since=signed), *act.history[1:])
    return act.history


def history_of(
    status: Status, signed: PartialDate | None, ended: PartialDate | None = None, reason: str | None = None
) -> tuple[StatusChange, ...]:
    """What a status and its dates tell of the life of an act, where nobody wrote down more."""
    if status is Status.ENDED:
        return StatusChange(Status.ACTIVE, signed), StatusChange(Status.ENDED, ended, reason)
    return (StatusChange(status, None if status is Status.UNKNOWN else signed),)
