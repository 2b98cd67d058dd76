"""Changing, removing and re-scoping records, without writing over what somebody else has written meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from bot.domain.access import Action, Scope
from bot.domain.audit import Deed, Entry, Record, RecordKind, exchange_record, read_record
from bot.domain.confirmations import outdated
from bot.domain.dates import PartialDate
from bot.domain.decisions import as_decided
from bot.domain.errors import BadInput, FormRefused, NotAllowed
from bot.domain.exchanges import Exchange
from bot.domain.offices import Office
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.documents import Difference, same, version_of
from bot.services.records import (
    check_may_change,
    check_may_go,
    check_scope,
    seen,
    visible_record,
    write_change,
)
from bot.services.telling import ChangedSince, entries_since, states_of, tell, tell_differences
from bot.services.visit_fields import VisitFields, fields_of, read_fields
from db.engine import Session
from db.exchanges import NewExchange, exchange
from db.record_kinds import Content
from db.versions import Held


@dataclass(frozen=True, slots=True)
class OpenedVisit:
    """An exchange that the caller may change, as it is, and as its form shows it."""

    exchange: Exchange
    version: int
    fields: VisitFields


@dataclass(frozen=True, slots=True)
class EditedVisit:
    """What became of an exchange; `entry`, by which it can be taken back, is None where nothing was changed."""

    exchange: Exchange
    changes: Sequence[Difference]
    entry: int | None


@requires(Action.LOG)
async def open_visit(desk: Desk, caller: Caller, text: str) -> OpenedVisit:
    """The exchange of this record number, before a form for it is opened.

    Raises `BadInput` (`record.unreadable`, `record.no_exchange`), `NotFound` (`record.unknown`), or `NotAllowed`
    (`record.not_ours`, `record.only_own`).
    """
    record, office = read_exchange_record(text), caller.own_office()
    async with desk.database.read() as session:
        found = await changeable(session, desk, caller, record)
        shown = await seen_exchange(session, caller, record)
    return OpenedVisit(shown, found.version, fields_of(exchange_content(found.content), office.zone))


@requires(Action.LOG)
async def edit_visit(
    desk: Desk, caller: Caller, number: int, version: int, typed: VisitFields
) -> EditedVisit:
    """Store what somebody typed into the form of an exchange that was opened at `version`.

    The same form of the same person twice is stored once. Raises as `open_visit`; `FormRefused` for what cannot be
    read; `ChangedSince` where the record has changed meanwhile. In each case nothing is stored.
    """
    office, now = caller.own_office(), desk.clock()
    record = exchange_record(number)
    async with desk.database.write() as session:
        edited = await change_record(
            session, desk, caller, record, version,
            lambda stored: _typed_over(exchange_content(stored), typed, office, now),
        )  # fmt: skip
        return EditedVisit(await seen_exchange(session, caller, record), edited.changes, edited.entry)


@requires(Action.EDIT)
async def check_removable(desk: Desk, caller: Caller, text: str) -> tuple[Exchange, int]:
    """The exchange that is about to be removed, and its version, before anybody is asked to confirm it.

    Raises as `open_visit`.
    """
    record, _ = read_exchange_record(text), caller.own_office()
    async with desk.database.read() as session:
        found = await changeable(session, desk, caller, record)
        return await seen_exchange(session, caller, record), found.version


@requires(Action.EDIT)
async def remove_visit(desk: Desk, caller: Caller, number: int, version: int) -> tuple[Exchange, int]:
    """Remove an exchange as it was shown at `version`; returns it, with the audit entry by which it comes back.

    Raises as `open_visit` and `check_may_go`, and `ChangedSince` where it was changed since it was shown.
    """
    record, _ = exchange_record(number), caller.own_office()
    async with desk.database.write() as session:
        await visible_record(session, caller, record)
        gone = await seen_exchange(session, caller, record)
        return gone, await remove_record(session, desk, caller, record, version)


@dataclass(frozen=True, slots=True)
class Rescoped:
    """Who may see a record now, and before; `entry` is None where that is no change."""

    record: Record
    before: Scope
    after: Scope
    entry: int | None


@requires(Action.EDIT)
async def set_scope(desk: Desk, caller: Caller, text: str, scope: Scope) -> Rescoped:
    """Say who may see a record of the caller's office.

    Raises `BadInput` (`record.unreadable`, and as `check_scope`), `NotFound` (`record.unknown`), or `NotAllowed`
    (`record.not_ours`) for what is another office's or nobody's.
    """
    record, office = read_record(text), caller.own_office()
    async with desk.database.write() as session:
        held = await visible_record(session, caller, record, hold=True)
        if held.content.office_id != office.id:
            raise NotAllowed("record.not_ours", record=str(record))
        await check_scope(session, office, record.kind, scope)
        entry = None
        if held.content.scope is not scope:
            after = replace(held.content, scope=scope)
            _, entry = await write_change(session, desk, caller, Deed.RESCOPED, before=held, after=after)
        return Rescoped(record, held.content.scope, scope, entry)


def read_exchange_record(text: str) -> Record:
    """The exchange that a text names. Raises `BadInput` (`record.unreadable`, `record.no_exchange`)."""
    record = read_record(text)
    if record.kind is not RecordKind.EXCHANGE:
        raise BadInput("record.no_exchange", record=str(record))
    return record


# What editing any record comes to -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edited:
    """What a form changed in a record; `entry`, by which it can be taken back, is None where that is nothing."""

    changes: Sequence[Difference]
    entry: int | None


TypedOver = Callable[[Content], Content]
"""What a form makes of a record. Raises `FormRefused`."""


async def change_record(
    session: Session, desk: Desk, caller: Caller, record: Record, version: int, typed_over: TypedOver
) -> Edited:
    """Store what a form that was opened at `version` makes of a record.

    The same form of the same person twice is stored once. Raises as `changeable`; `FormRefused`; `ChangedSince` where
    the record has changed meanwhile. In each case nothing is stored.
    """
    held = await changeable(session, desk, caller, record, hold=True)
    before, entry = held.content, None
    after = _outdating(before, typed_over(before), PartialDate.of(caller.today(desk)))
    told: tuple[Content | None, Content | None] = before, after
    if held.version != version:
        since = await entries_since(session, record, version, held.version)
        stored = _stored_already(caller, since, version, typed_over)
        if stored is None:
            mine = await tell_differences(session, caller, before, after)
            raise await changed_since(session, caller, record, held, since, mine)
        told, entry = states_of(stored), stored.id
    elif not same(before, after):
        _, entry = await write_change(session, desk, caller, Deed.EDITED, before=held, after=after)
    return Edited(await tell_differences(session, caller, *told), entry)


async def remove_record(session: Session, desk: Desk, caller: Caller, record: Record, version: int) -> int:
    """Remove a record as it was shown at `version`; returns the audit entry by which it comes back.

    Raises as `changeable` and `check_may_go`, and `ChangedSince` where it was changed since it was shown.
    """
    held = await changeable(session, desk, caller, record, hold=True)
    if held.version != version:
        since = await entries_since(session, record, version, held.version)
        raise await changed_since(session, caller, record, held, since)
    await check_may_go(session, caller, record)
    _, entry = await write_change(session, desk, caller, Deed.REMOVED, before=held, after=None)
    return entry


async def changeable(
    session: Session, desk: Desk, caller: Caller, record: Record, *, hold: bool = False
) -> Held:
    """The record, if the caller may change it. Raises `NotFound` (`record.unknown`), and as `check_may_change`."""
    found = await visible_record(session, caller, record, hold=hold)
    await check_may_change(session, desk, caller, found.content)
    return found


async def changed_since(
    session: Session,
    caller: Caller,
    record: Record,
    held: Held,
    since: Sequence[Entry],
    mine: Sequence[Difference] = (),
) -> ChangedSince:
    """The error that tells who changed the record, now as `held`, and what the caller's own would make of it."""
    told = await tell(session, caller, since)
    scopes = [held.content.scope]
    return ChangedSince("record.changed_since", held.version, record, told, mine, scopes)


def _stored_already(
    caller: Caller, since: Sequence[Entry], version: int, typed_over: TypedOver
) -> Entry | None:
    """The entry of the same edit by the same person, if a first delivery of it has been stored."""
    for entry in since:
        edited = entry.deed is Deed.EDITED and entry.user_id == caller.user_id
        if edited and version_of(entry.before) == version:
            before, after = states_of(entry)
            assert before is not None, "an edited record was there before"
            try:
                if same(typed_over(before), after):
                    return entry
            except FormRefused:  # read over what stood there then, it would not have been taken
                continue
    return None


_BESIDE = {
    "lessons": (), "responses": (), "sources": (), "scope": Scope.SHARED, "office_id": None, "paired_with": None,
    "request_id": None,
}  # fmt: skip
"""What stands beside an exchange, and may change without its becoming another one."""


def says_the_same(one: Content, other: Content) -> bool:
    """Whether two states of an exchange tell of it alike, so that who confirmed the one has confirmed the other."""
    return _confirmed(exchange_content(one)) == _confirmed(exchange_content(other))


def _confirmed(exchange: NewExchange) -> NewExchange:
    """What of an exchange is confirmed: what was decided, and not what has become of it since."""
    decided = tuple(as_decided(each) for each in exchange.decisions)
    return replace(exchange, decisions=decided, **cast(Any, _BESIDE))


def _outdating(before: Content, after: Content, day: PartialDate) -> Content:
    """What a record becomes, with what others said of an exchange outdated where it is another one then."""
    if not isinstance(after, NewExchange) or not after.responses or says_the_same(before, after):
        return after
    return replace(after, responses=outdated(after.responses, day))


def exchange_content(content: Content) -> NewExchange:
    """The content of a record that is known to be an exchange."""
    assert isinstance(content, NewExchange), "an entry or a record of an exchange"
    return content


async def seen_exchange(session: Session, caller: Caller, record: Record) -> Exchange:
    """The exchange as people read it, which the caller is known to see."""
    return seen(caller, await exchange(session, caller.viewer, record.number))


def _typed_over(stored: NewExchange, typed: VisitFields, office: Office, now: datetime) -> NewExchange:
    """The exchange with what was typed. A title that was made from the topic follows it."""
    fields = read_fields(typed, office, now, stored)
    if "topic" in fields and stored.title == (stored.topic or ""):
        fields["title"] = fields["topic"] or ""
    return replace(stored, **fields)
