"""Records while an import changes them: as the registry has them, and as they will be."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Generic, TypeVar

from bot.domain.access import Scope
from bot.services.importing.cells import Cells
from db.contacts import NewContact
from db.exchanges import NewExchange
from db.partnerships import NewPartnership
from db.pressure import NewNote
from db.record_kinds import Content, later_of, place_ids

CHUNK = 2000
"""How many records are stored at a time."""

Advance = Callable[[int], None]
"""Told how many rows were read or stored since it was last told."""

R = TypeVar("R", NewPartnership, NewExchange, NewContact, NewNote)
T = TypeVar("T")


class Outcome(Enum):
    """What became of a row: a new record, something new in one that is known, or nothing."""

    ADDED = auto()
    MERGED = auto()
    UNCHANGED = auto()


@dataclass(slots=True)
class Draft(Generic[R]):
    """A record in the making: `stored` as the registry has it (None for a new one), `now` as it will be."""

    stored: R | None
    now: R


@dataclass(frozen=True, slots=True)
class NewIds:
    """The ids that places and offices have once they are stored, by those they had while they were read."""

    by_place: dict[int, int]
    by_office: dict[int, int]

    def places(self, ids: Iterable[int]) -> tuple[int, ...]:
        return tuple(self.by_place[place_id] for place_id in ids)

    def office(self, office_id: int | None) -> int | None:
        return None if office_id is None else self.by_office[office_id]


class Drafts(Generic[R]):
    """All records of a kind, those of the registry and those that rows add. Subclasses find them by content."""

    def __init__(self, prefix: str, stored: Iterable[R]) -> None:
        self.all: list[Draft[R]] = []
        self._prefix = prefix
        self._by_number: dict[int, Draft[R]] = {}
        self._numbers_read: set[int] = set()
        for record in stored:
            self._enter(Draft(record, record))

    def _enter(self, draft: Draft[R]) -> None:
        self.all.append(draft)
        if draft.now.number is not None:
            self._by_number[draft.now.number] = draft

    def __contains__(self, number: int) -> bool:
        return number in self._by_number

    def leads_back(self, number: str, other: int) -> bool:
        """Whether from `other`, and those that it points to in turn, one comes to the record with this number."""
        known: set[int] = set()
        step: int | None = other
        while step is not None and step not in known:
            if str(step) == number:
                return True
            known.add(step)
            draft = self._by_number.get(step)
            step = later_of(draft.now) if draft else None
        return False

    def add(self, record: R) -> Outcome:
        """Take in a record that the registry does not have."""
        self._enter(Draft(None, record))
        return Outcome.ADDED

    def put(self, cells: Cells, record: R, number: int, *, lenient: bool) -> Outcome | None:
        """Take in a record under its own number, or say what is wrong with that.

        With `lenient`, the record of the same places that has the number already stays as it is.
        """
        known = self._by_number.get(number)
        if number in self._numbers_read:
            cells.problem("number", "number_twice")
            return None
        self._numbers_read.add(number)
        if known is None:
            return self.add(record)
        if known.now == record or (lenient and set(place_ids(known.now)) == set(place_ids(record))):
            return Outcome.UNCHANGED
        cells.problem("number", "number_taken", record=f"{self._prefix}{number}")
        return None

    def new(self) -> list[R]:
        """What is to be stored: first what asks for a number, before any is handed out."""
        return sorted((d.now for d in self.all if d.stored is None), key=lambda record: record.number is None)

    def changed(self) -> list[tuple[R, R]]:
        """What is to be changed: (as stored, as it is now)."""
        return [(d.stored, d.now) for d in self.all if d.stored is not None and d.stored != d.now]


def circle(record: Content) -> Hashable:
    """Who shares the record: rows are joined with records of their own circle only, so that none leaks."""
    if record.scope in (Scope.SHARED, Scope.PUBLIC):
        return None
    return record.scope, record.office_id


def in_chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """The items, so many at a time as are stored at once."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
