"""The audit trail: which record a number names, what was done to it, and which of it still stands."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.access import Scope
from bot.domain.errors import BadInput

UNDO_KEPT = timedelta(days=1)
"""How long people may take back what they did themselves; editors may always."""


class RecordKind(StrEnum):
    """What carries record numbers, each kind with the letter that its numbers begin with.

    What a kind is made of stands in `db.tables.records` (its tables) and `db.record_kinds` (its contents).
    """

    PARTNERSHIP = "partnership"
    EXCHANGE = "exchange"
    CONTACT = "contact"
    PRESSURE = "pressure"

    @property
    def letter(self) -> str:
        return _LETTERS[self]

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """How far records of this kind may reach, narrowest first."""
        return _SCOPES.get(self, tuple(Scope))


_LETTERS = {
    RecordKind.PARTNERSHIP: "P",
    RecordKind.EXCHANGE: "X",
    RecordKind.CONTACT: "C",
    RecordKind.PRESSURE: "N",
}
_SCOPES = {
    RecordKind.CONTACT: (Scope.OFFICE, Scope.GROUP, Scope.SHARED),
    RecordKind.PRESSURE: (Scope.OFFICE, Scope.GROUP),
}
"""Of those that do not reach everywhere: people are never everybody's, and pressure is noted among friends."""

_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_RECORD = re.compile(rf"([{''.join(_KINDS)}])\s*(\d{{1,9}})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Record:
    """A record by its number, as answers show it: `P12`, `X40`."""

    kind: RecordKind
    number: int

    def __str__(self) -> str:
        return f"{self.kind.letter}{self.number}"


def exchange_record(number: int) -> Record:
    return Record(RecordKind.EXCHANGE, number)


def find_record(text: str) -> Record | None:
    """The record that a text such as `X40` or `ｘ４０` names, if it names one."""
    match = _RECORD.match(unicodedata.normalize("NFKC", text).strip().upper())
    if match is None or match.end() != len(match.string):
        return None
    return Record(_KINDS[match[1]], int(match[2]))


def read_record(text: str) -> Record:
    """The record that a text names. Raises `BadInput` (`record.unreadable`)."""
    record = find_record(text)
    if record is None:
        raise BadInput("record.unreadable", text=text.strip()[:40])
    return record


class Deed(StrEnum):
    """What was done to a record."""

    LOGGED = "logged"
    ADDED = "added"
    EDITED = "edited"
    REMOVED = "removed"
    RESCOPED = "rescoped"
    CONFIRMED = "confirmed"
    HELD = "held"
    MOVED = "moved"
    CANCELLED = "cancelled"
    AGREED = "agreed"
    DIFFERED = "differed"
    UNDONE = "undone"
    PUT_BACK = "put_back"

    def of(self, kind: RecordKind) -> str:
        """The action of its audit entry."""
        return f"{kind.value}.{self.value}"


class OfficeDeed(StrEnum):
    """What was done to an office."""

    SET_UP = "set_up"
    SETTINGS = "settings"
    ASLEEP = "asleep"
    AWAKE = "awake"
    STEPS = "steps"
    ERASED = "erased"
    REMINDERS = "reminders"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: who (nobody at the command line), when (UTC), in which office, what before and after.

    `before` and `after` are documents (plain JSON); of a record that was not there, or is no more, None. `undoes` is
    the entry that this one takes back.
    """

    id: int
    at: datetime
    user_id: int | None
    guild_id: int | None
    office_id: int | None
    action: str
    subject: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    undoes: int | None = None

    @property
    def deed(self) -> Deed | None:
        """What was done, None for what is not done to records."""
        word = self.action.rpartition(".")[2]
        return Deed(word) if word in set(Deed) else None

    @property
    def office_deed(self) -> OfficeDeed:
        """What was done, of an entry about an office."""
        word = self.action.rpartition(".")[2]
        return OfficeDeed(word) if word in set(OfficeDeed) else OfficeDeed.SETTINGS

    @property
    def record(self) -> Record | None:
        return find_record(self.subject)


def in_effect(entries: Sequence[Entry]) -> list[Entry]:
    """Of all entries of one record, oldest first, those whose change stands; the last one is the next to take back.

    A change that was taken back does not stand, nor does the taking back. One that was put back stands again, in
    the entry that put it back.
    """
    standing: dict[int, Entry] = {}
    for entry in entries:
        if entry.undoes in standing:
            del standing[entry.undoes]
        else:
            standing[entry.id] = entry
    return list(standing.values())


def taken_back(entries: Sequence[Entry]) -> set[int]:
    """The ids of those entries that another one takes back which itself stands."""
    undone: set[int] = set()
    for entry in sorted(entries, key=lambda entry: entry.id, reverse=True):
        if entry.undoes is not None and entry.id not in undone:
            undone.add(entry.undoes)
    return undone
