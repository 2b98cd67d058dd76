"""What was done to a record, by whom, and taking it back."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.access import Action, Scope
from bot.domain.audit import UNDO_KEPT, Deed, Entry, OfficeDeed, Record, RecordKind, in_effect, read_record
from bot.domain.errors import BadInput, NotAllowed, NotFound
from bot.domain.exchanges import Exchange
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.documents import Difference, same, version_of
from bot.services.office_settings import SettingChange, office_document
from bot.services.records import (
    check_may_change,
    check_may_go,
    is_editor,
    is_operator_alone,
    is_own_of_the_day,
    sees,
    write_change,
)
from bot.services.telling import ChangedSince, Told, states_of, tell, tell_differences
from bot.services.tending import TENDED
from db import versions
from db.audit import entries_of, hold_entry, is_taken_back, last_change_by, records_changed_in
from db.engine import Session
from db.exchanges import exchanges_numbered
from db.offices import office_by_id
from db.places import places_by_id
from db.record_kinds import Content, later_of, place_ids, with_request_of
from db.versions import Held

SUGGESTED = 25


@dataclass(frozen=True, slots=True)
class History:
    """What was done to a record, newest first; `scopes` are those of all states that are told."""

    record: Record
    entries: Sequence[Told]
    scopes: frozenset[Scope]


@requires(Action.READ)
async def record_history(desk: Desk, caller: Caller, text: str) -> History:
    """What was done to a record that the caller may see, or might before it was removed.

    Raises `BadInput` (`record.unreadable`) or `NotFound` (`record.unknown`).
    """
    record = read_record(text)
    async with desk.database.read() as session:
        entries = await entries_of(session, str(record))
        state = await _state(session, record, entries)
        if state is None or not await sees(session, caller, state):
            raise NotFound("record.unknown", record=str(record))
        told = await tell(session, caller, entries)
    scopes = frozenset({state.scope}).union(*(each.scopes for each in told))
    return History(record, told[::-1], scopes)


async def _state(session: Session, record: Record, entries: Sequence[Entry]) -> Content | None:
    """The record as it is, or as it was before it was removed."""
    now = await versions.find(session, record)
    if now is not None:
        return now.content
    if not entries:
        return None
    before, after = states_of(entries[-1])
    return before or after


@dataclass(frozen=True, slots=True)
class OfficeTold:
    """What was done to the caller's office, by whom: a person of it, or nobody at the command line."""

    at: datetime
    person: int | None
    deed: OfficeDeed
    changes: Sequence[SettingChange]


@requires(Action.ADMINISTER)
async def office_history(desk: Desk, caller: Caller) -> list[OfficeTold]:
    """What was done to the settings of the caller's office, newest first. Raises `Unavailable` (`office.none`)."""
    office = caller.own_office()
    async with desk.database.read() as session:
        entries = await entries_of(session, f"office:{office.id}")
    known = {*office_document(office), *TENDED}
    return [
        OfficeTold(entry.at, entry.user_id, entry.office_deed, _setting_changes(entry, known))
        for entry in reversed(entries)
    ]


def _setting_changes(entry: Entry, known: Set[str]) -> list[SettingChange]:
    """The settings that an entry tells of; those of an earlier release that are none any more are left out."""
    before, after = entry.before or {}, entry.after or {}
    return [
        SettingChange(name, before.get(name), after.get(name))
        for name in sorted(known & (before.keys() | after.keys()))
        if before.get(name) != after.get(name)
    ]


@requires(Action.READ)
async def recent_records(desk: Desk, caller: Caller) -> dict[Record, Exchange | None]:
    """The records that the caller's office changed last, for suggesting them; of exchanges, what they are now."""
    office = caller.own_office()
    async with desk.database.read() as session:
        records = await records_changed_in(session, office.id, SUGGESTED)
        numbers = [record.number for record in records if record.kind is RecordKind.EXCHANGE]
        found = await exchanges_numbered(session, caller.viewer, numbers)
    return {
        record: found.get(record.number) if record.kind is RecordKind.EXCHANGE else None for record in records
    }


# Undo ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A change that was taken back, or put back. `entry` is the one by which that is taken back in turn.

    `is_there` says whether the record is there now, `was_there` whether it was before.
    """

    record: Record
    changes: Sequence[Difference]
    entry: int
    put_back: bool
    was_there: bool
    is_there: bool
    scopes: frozenset[Scope]


@requires(Action.LOG)
async def undo(desk: Desk, caller: Caller, text: str | None = None) -> TakenBack:
    """Take back the last change of a record; without one, the caller's own last change here within a day.

    Editors take back any change of their office, others their own of the last day. Raises `BadInput`
    (`undo.nothing`, `undo.nothing_on_record`, `record.unreadable`), or as `undo_entry`.
    """
    # Which change is meant is settled before anything is held: of two calls at once, the second finds it taken
    # back, and does not go one step further.
    async with desk.database.read() as session:
        entry = await _last_change(session, desk, caller, text)
    return await _take_back(desk, caller, entry.id)


@requires(Action.LOG)
async def undo_entry(desk: Desk, caller: Caller, entry_id: int) -> TakenBack:
    """Take back just this change, once however often it is asked.

    Raises `BadInput`: `undo.already`, `undo.refers_gone`, and as `check_may_go`; `NotAllowed`:
    `undo.other_office`, `undo.others_change`, and as `check_may_change`; `NotFound` (`record.unknown`,
    `undo.no_entry`); `ChangedSince` (`undo.changed_since`) where the record was changed after it.
    """
    return await _take_back(desk, caller, entry_id)


async def _last_change(session: Session, desk: Desk, caller: Caller, text: str | None) -> Entry:
    if text is not None:
        record = read_record(text)
        entries = await entries_of(session, str(record))
        state = await _state(session, record, entries)
        if state is None or not await sees(session, caller, state):
            raise NotFound("record.unknown", record=str(record))
        standing = in_effect(entries)
        if not standing:
            raise BadInput("undo.nothing_on_record", record=str(record))
        return standing[-1]
    office = caller.own_office()
    last = None
    if caller.user_id is not None:
        last = await last_change_by(session, caller.user_id, office.id, desk.clock() - UNDO_KEPT)
    if last is None:
        raise BadInput("undo.nothing")
    return last


async def _take_back(desk: Desk, caller: Caller, entry_id: int) -> TakenBack:
    async with desk.database.write() as session:
        entry = await hold_entry(session, entry_id)
        record = entry.record if entry else None
        if entry is None or record is None:
            raise NotFound("undo.no_entry")
        held = await versions.hold(session, record)
        entries = await entries_of(session, str(record))
        wanted, left = states_of(entry)
        state = held.content if held else left or wanted
        if state is None or not await sees(session, caller, state):
            raise NotFound("record.unknown", record=str(record))
        await _check_may_take_back(session, desk, caller, entry, state)
        if await is_taken_back(session, entry.id):
            raise BadInput("undo.already", record=str(record))
        await _check_unchanged(session, caller, entry, entries, held, left)
        await _check_refers(session, caller, record, wanted)
        deed = Deed.PUT_BACK if entry.deed is Deed.UNDONE else Deed.UNDONE
        wanted = _with_request(wanted, held)
        _, undone = await write_change(session, desk, caller, deed, before=held, after=wanted, undoes=entry)
        now = held.content if held else None
        return TakenBack(
            record=record,
            changes=await tell_differences(session, caller, now, wanted),
            entry=undone,
            put_back=deed is Deed.PUT_BACK,
            was_there=now is not None,
            is_there=wanted is not None,
            scopes=frozenset(each.scope for each in (now, wanted) if each is not None),
        )


async def _check_may_take_back(
    session: Session, desk: Desk, caller: Caller, entry: Entry, state: Content
) -> None:
    if is_operator_alone(caller):
        return
    if entry.office_id != caller.own_office().id:
        raise NotAllowed("undo.other_office", record=entry.subject)
    if not is_editor(caller):
        if not is_own_of_the_day(desk, caller, entry):
            raise NotAllowed("undo.others_change", record=entry.subject)
    elif entry.deed not in (Deed.AGREED, Deed.DIFFERED):  # which one says of another office's record
        await check_may_change(session, desk, caller, state)


async def _check_unchanged(
    session: Session,
    caller: Caller,
    entry: Entry,
    entries: Sequence[Entry],
    held: Held | None,
    left: Content | None,
) -> None:
    """Raise `ChangedSince` where the record is not any more as the change left it."""
    assert entry.record is not None
    later = [each for each in in_effect(entries) if each.id > entry.id]
    if later or not same(held.content if held else None, left):
        told = await tell(session, caller, later)
        version = held.version if held else version_of(entry.before)
        raise ChangedSince("undo.changed_since", version, entry.record, told)


async def _check_refers(session: Session, caller: Caller, record: Record, wanted: Content | None) -> None:
    """Neither may others point to a record that goes, nor one that comes to what is no more."""
    if wanted is None:
        await check_may_go(session, caller, record)
        return
    ids = set(place_ids(wanted))
    known = await places_by_id(session, ids)
    owner = wanted.office_id is None or await office_by_id(session, wanted.office_id) is not None
    number = later_of(wanted)
    later = replace(record, number=number) if number is not None else None
    successor = later is None or await versions.exists(session, later)
    if not (ids == set(known) and owner and successor):
        raise BadInput("undo.refers_gone", record=str(record))
    if later is not None and record in (later, *await versions.later_ones(session, later)):
        raise BadInput("undo.circle", record=str(record), other=str(later))


def _with_request(wanted: Content | None, held: Held | None) -> Content | None:
    """What the record becomes keeps the request that made it, which entries of the first release leave out."""
    if wanted is None or held is None:
        return wanted
    return with_request_of(wanted, held.content)
