"""One act, many sources: joining what several rows, and the registry, say of the same signing."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import combinations

from bot.domain.access import Scope
from bot.domain.dates import PartialDate
from bot.domain.partnerships import PARTNER_KINDS, Kind, Status, StatusChange
from db.partnerships import NewPartnership

KIND_NOT_STATED = "kind not stated by the source"
_UNSAID = re.compile(r"kind (?:and status )?not stated by the source")
_SEPARATOR = " ; "
_OPEN = frozenset({Scope.SHARED, Scope.PUBLIC})


class Outcome(Enum):
    ADDED = auto()
    MERGED = auto()
    UNCHANGED = auto()


@dataclass(slots=True)
class Act:
    """An act in the making: as the registry has it (None for a new one), and as it will be."""

    stored: NewPartnership | None
    now: NewPartnership

    @property
    def changed(self) -> bool:
        return self.stored is not None and self.stored != self.now


class ActBook:
    """All acts by their parties. Those of an office alone are not joined: no row may reveal them."""

    def __init__(self, stored: Iterable[NewPartnership]) -> None:
        self.acts: list[Act] = []
        self.by_number: dict[int, Act] = {}
        self._by_pair: dict[frozenset[int], list[Act]] = {}
        for content in stored:
            self._enter(Act(content, content))

    def _enter(self, act: Act) -> None:
        self.acts.append(act)
        if act.now.number is not None:
            self.by_number[act.now.number] = act
        if act.now.scope in _OPEN:
            for pair in combinations(act.now.parties, 2):
                self._by_pair.setdefault(frozenset(pair), []).append(act)

    def add(self, content: NewPartnership) -> Act:
        act = Act(None, content)
        self._enter(act)
        return act

    def between(self, one: int, other: int) -> Sequence[Act]:
        return self._by_pair.get(frozenset((one, other)), ())

    def tied(self, one: int, other: int) -> bool:
        return bool(self.between(one, other))

    def same_act(self, row: NewPartnership) -> Act | None:
        """The act that the row speaks of, by parties, kind and date; the likeliest of several."""
        one, other = row.parties[0], row.parties[1]
        rivals = [act for act in self.between(one, other) if _same(act.now, row)]
        return min(rivals, key=lambda act: _unlikeness(act.now, row), default=None)

    def join(self, act: Act, row: NewPartnership) -> Outcome:
        """Put into the act what the row has to add."""
        joined = _joined(act.now, row)
        if joined == act.now:
            return Outcome.UNCHANGED
        act.now = joined
        return Outcome.MERGED


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


def compatible(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two dates can be of one day: equal, one missing, or one a vaguer form of the other."""
    if one is None or other is None:
        return True
    return one.iso().startswith(other.iso()) or other.iso().startswith(one.iso())


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
