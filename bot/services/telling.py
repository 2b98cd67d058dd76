"""How changes of records are told: what the caller may read of the audit trail, with names instead of ids."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.access import Scope
from bot.domain.audit import Deed, Entry, Record, taken_back
from bot.domain.errors import ChangedMeanwhile
from bot.domain.places import Place
from bot.services.desk import Caller
from bot.services.documents import Difference, content_of, differences, version_of
from bot.services.records import eyes_of, hidden_from, is_operator_alone
from db.audit import newest_entries, office_places
from db.engine import Session
from db.places import places_by_id
from db.record_kinds import NUMBER_FIELDS, Content, without_naming


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as the caller may read it.

    Who it was: the `person` in the caller's own office, the `office` where it was another's; the operator is told
    both. `scopes` are those of the record before and after; `is_taken_back` where it was undone and not put back.
    """

    id: int
    at: datetime
    person: int | None
    office: Place | None
    at_command_line: bool
    deed: Deed | None
    action: str
    changes: Sequence[Difference]
    scopes: frozenset[Scope]
    is_taken_back: bool


class ChangedSince(ChangedMeanwhile):
    """Somebody changed a record since the caller looked at it; nothing was stored.

    `since` tells of their changes, none where an import made them. `mine` is what would become of theirs if the
    caller's were stored over it.
    """

    def __init__(
        self,
        key: str,
        version: int,
        record: Record,
        since: Sequence[Told],
        mine: Sequence[Difference] = (),
        scopes: Iterable[Scope] = (),
    ) -> None:
        super().__init__(key, version, record=str(record))
        self.record, self.since, self.mine = record, since, mine
        self.scopes = frozenset(scopes).union(*(told.scopes for told in since))


async def tell(session: Session, caller: Caller, entries: Sequence[Entry]) -> list[Told]:
    """The entries of one record that the caller may read, in their order.

    Of a state that only others may see, the record was in it before or after, nothing is told.
    """
    undone = taken_back(entries)
    states = [(entry, *states_of(entry)) for entry in entries]
    hidden = await hidden_from(session, caller, (s for _, *both in states for s in both if s is not None))
    states = [
        (entry, before and without_naming(before, hidden), after and without_naming(after, hidden))
        for entry, before, after in states
    ]
    eyes = await eyes_of(session, caller, *(s for _, *both in states for s in both if s is not None))
    found = []
    for entry, before, after in states:
        there = [state for state in (before, after) if state is not None]
        if all(eyes.see(state) for state in there):
            changes = differences(before and eyes.told(before), after and eyes.told(after))
            found.append((entry, changes, frozenset(state.scope for state in there)))
    names = await _names(session, [change for _, changes, _ in found for change in changes])
    own = caller.office.id if caller.office else None
    elsewhere = {entry.office_id for entry, _, _ in found if entry.office_id not in (None, own)}
    where = await office_places(session, [office_id for office_id in elsewhere if office_id is not None])
    return [
        Told(
            id=entry.id,
            at=entry.at,
            person=entry.user_id if own == entry.office_id or is_operator_alone(caller) else None,
            office=where.get(entry.office_id) if entry.office_id is not None else None,
            at_command_line=entry.user_id is None and entry.office_id is None,
            deed=entry.deed,
            action=entry.action,
            changes=[names.written(change) for change in changes],
            scopes=scopes,
            is_taken_back=entry.id in undone,
        )
        for entry, changes, scopes in found
    ]


async def tell_differences(
    session: Session, caller: Caller, before: Content | None, after: Content | None
) -> list[Difference]:
    """What differs between two states that the caller may see, with places and offices instead of their ids."""
    states = [state for state in (before, after) if state is not None]
    hidden, eyes = await hidden_from(session, caller, states), await eyes_of(session, caller, *states)
    before, after = (state and eyes.told(without_naming(state, hidden)) for state in (before, after))
    changes = differences(before, after)
    names = await _names(session, changes)
    return [names.written(change) for change in changes]


def states_of(entry: Entry) -> tuple[Content | None, Content | None]:
    """The record before and after the change that an entry tells of."""
    record = entry.record
    assert record is not None, "an entry of a record"
    return (
        content_of(record, entry.before) if entry.before is not None else None,
        content_of(record, entry.after) if entry.after is not None else None,
    )


async def entries_since(session: Session, record: Record, version: int, now: int) -> list[Entry]:
    """What was done to a record, now at version `now`, since it stood at `version`, oldest first.

    Every change counts the version on by one, so there are no more entries than that.
    """
    entries = await newest_entries(session, str(record), max(now - version, 0))
    return [
        entry
        for entry in entries
        if version_of(entry.after) > version or (entry.after is None and version_of(entry.before) >= version)
    ]


_PLACE_FIELDS = ("places", "parties", "place_id")


@dataclass(frozen=True, slots=True)
class _Names:
    """What stands for the ids in differences: places, offices by their places, records by their numbers."""

    places: dict[int, Place]
    offices: dict[int, Place]

    def written(self, change: Difference) -> Difference:
        return Difference(
            change.field, self._value(change.field, change.before), self._value(change.field, change.after)
        )

    def _value(self, field: str, value: Any) -> Any:
        if value is None:
            return None
        if field in _PLACE_FIELDS:
            return tuple(self.places[place_id] for place_id in _ids(value) if place_id in self.places)
        if field == "office_id":
            return self.offices.get(value)
        if field in NUMBER_FIELDS:
            return Record(NUMBER_FIELDS[field], value)
        return value


async def _names(session: Session, changes: Sequence[Difference]) -> _Names:
    values = [(change.field, value) for change in changes for value in (change.before, change.after) if value]
    ids = {place_id for field, value in values if field in _PLACE_FIELDS for place_id in _ids(value)}
    owners = {value for field, value in values if field == "office_id"}
    return _Names(
        await places_by_id(session, ids) if ids else {},
        await office_places(session, owners),
    )


def _ids(value: int | Sequence[int]) -> Sequence[int]:
    """The ids of a field that holds one, or several."""
    return (value,) if isinstance(value, int) else value
