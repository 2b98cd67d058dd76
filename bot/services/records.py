"""Records as services change them: who may see and change them, and the audit entry beside every change."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.domain.access import Action, Role, Scope, may_change, may_see, refusal
from bot.domain.audit import UNDO_KEPT, Deed, Entry, Record, RecordKind
from bot.domain.errors import BadInput, ChangedMeanwhile, NotAllowed, NotFound
from bot.domain.offices import Office
from bot.domain.places import Place
from bot.services.desk import Caller, Desk
from bot.services.documents import document_of, version_of
from db import versions
from db.audit import first_entry, record_change
from db.engine import Session
from db.exchanges import NewExchange
from db.groups import groups_of
from db.places import places_by_id
from db.record_kinds import Content, kind_of, place_ids, records_named
from db.versions import Held

T = TypeVar("T")

# Who may ------------------------------------------------------------------------------------------------------


def is_editor(caller: Caller) -> bool:
    """Whether the caller may change what others of their office have logged."""
    standing = caller.office.standing if caller.office else None
    return refusal(Action.EDIT, caller.role, standing) is None


def is_operator_alone(caller: Caller) -> bool:
    """Whether it is the operator, speaking for no office: nothing is hidden from them, and nothing kept."""
    return caller.role is Role.OPERATOR and caller.office is None


@dataclass(frozen=True, slots=True)
class Eyes:
    """A caller looking at states of records, with the places that stand in them."""

    caller: Caller
    places: dict[int, Place]

    def is_party(self, content: Content) -> bool:
        """Whether the caller's place, or one that it succeeds, stands in the record (as `db.scope.is_party`)."""
        step, known = set(place_ids(content)), set[int]()
        while step:
            known |= step
            step = {self.places[each].successor_id or each for each in step if each in self.places} - known
        return self.caller.viewer.place_id in known

    def see(self, content: Content) -> bool:
        if is_operator_alone(self.caller):
            return True
        party = self.is_party(content)
        return may_see(self.caller.viewer, content.scope, content.office_id, party=party)

    def told(self, content: Content) -> Content:
        """The record as the caller, who sees it, is told of it: without the lessons that are for others."""
        if not isinstance(content, NewExchange) or is_operator_alone(self.caller):
            return content
        party = self.is_party(content)
        viewer, owner = self.caller.viewer, content.office_id
        lessons = tuple(
            each
            for each in content.lessons
            if each.scope is None or may_see(viewer, each.scope, owner, party=party)
        )
        return replace(content, lessons=lessons)

    def may_change(self, content: Content) -> bool:
        if is_operator_alone(self.caller):
            return True
        return may_change(self.caller.viewer, content.office_id, party=self.is_party(content))


async def eyes_of(session: Session, caller: Caller, *contents: Content) -> Eyes:
    """The caller's eyes for these states of records."""
    found: dict[int, Place] = {}
    step = {place_id for content in contents for place_id in place_ids(content)}
    while step:  # the places, then what each of them became
        found |= await places_by_id(session, step)
        step = {place.successor_id for place in found.values() if place.successor_id} - found.keys()
    return Eyes(caller, found)


async def hidden_from(session: Session, caller: Caller, contents: Iterable[Content]) -> set[Record]:
    """The records that these name, and that the caller may not see: they are not told."""
    named = {record for content in contents for record in records_named(content)}
    return {record for record in named if not await sees_record(session, caller, record)}


async def sees_record(session: Session, caller: Caller, record: Record) -> bool:
    """Whether the record is there, and the caller may see it."""
    found = await versions.find(session, record)
    return found is not None and await sees(session, caller, found.content)


async def sees(session: Session, caller: Caller, content: Content) -> bool:
    """Whether the caller may see this state of a record."""
    return (await eyes_of(session, caller, content)).see(content)


async def visible_record(session: Session, caller: Caller, record: Record, *, hold: bool = False) -> Held:
    """The record as it is, with `hold` kept from other writers.

    Raises `NotFound` (`record.unknown`), alike for one that the caller may not see.
    """
    found = await (versions.hold if hold else versions.find)(session, record)
    if found is None or not await sees(session, caller, found.content):
        raise NotFound("record.unknown", record=str(record))
    return found


async def our_record(session: Session, caller: Caller, record: Record, *, hold: bool) -> Held:
    """A record that the caller's office may change, for what any of its people may tell of it.

    Raises `NotFound` (`record.unknown`) or `NotAllowed` (`record.not_ours`).
    """
    found = await visible_record(session, caller, record, hold=hold)
    if not (await eyes_of(session, caller, found.content)).may_change(found.content):
        raise NotAllowed("record.not_ours", record=str(record))
    return found


def seen(caller: Caller, found: T | None) -> T:
    """What was read of a record that the caller may change, and so sees.

    Only the operator who speaks for no office may change what they are not shown. Raises `Unavailable` (`office.none`):
    they are to name the office.
    """
    if found is None:
        caller.own_office()
    assert found is not None, "seen a moment ago, and held since"
    return found


async def check_may_change(session: Session, desk: Desk, caller: Caller, content: Content) -> None:
    """Let the caller change the record, or raise `NotAllowed`.

    `record.not_ours` where it is another office's; `record.only_own` where people without the role of an editor
    want to change what they did not log themselves within a day.
    """
    record = Record(kind_of(content), content.number or 0)
    if not (await eyes_of(session, caller, content)).may_change(content):
        raise NotAllowed("record.not_ours", record=str(record))
    if not is_editor(caller):
        first = await first_entry(session, str(record))
        if first is None or first.before is not None or not is_own_of_the_day(desk, caller, first):
            raise NotAllowed("record.only_own", record=str(record))


async def check_may_go(session: Session, caller: Caller, record: Record) -> None:
    """Raise `BadInput` where another record points to this one, which is about to go.

    `undo.superseding`, or `undo.paired` of exchanges, with those that the caller may see; `undo.referred_to`.
    """
    pointing = await versions.superseded_by(session, record)
    if others := [str(each) for each in pointing if await sees_record(session, caller, each)]:
        key = "undo.paired" if record.kind is RecordKind.EXCHANGE else "undo.superseding"
        raise BadInput(key, record=str(record), others=others)
    if pointing:
        raise BadInput("undo.referred_to", record=str(record))


def is_own_of_the_day(desk: Desk, caller: Caller, entry: Entry) -> bool:
    return entry.user_id == caller.user_id is not None and desk.clock() - entry.at <= UNDO_KEPT


async def check_scope(session: Session, office: Office, kind: RecordKind, scope: Scope) -> None:
    """Let an office keep a record of this kind for a scope, or raise `BadInput`.

    `contacts.never_public` and `pressure.never_wider` for what never reaches so far; `scope.no_group` for a record that
    a group is to see, in an office that is in none.
    """
    if scope not in kind.scopes:
        raise BadInput("pressure.never_wider" if kind is RecordKind.PRESSURE else "contacts.never_public")
    if scope is Scope.GROUP:
        groups = await groups_of(session, office.id)
        if not any(group.has_joined(office.id) for group in groups):
            raise BadInput("scope.no_group", place=office.place)


# Changing -----------------------------------------------------------------------------------------------------


async def write_change(
    session: Session,
    desk: Desk,
    caller: Caller,
    deed: Deed,
    *,
    before: Held | None,
    after: Content | None,
    undoes: Entry | None = None,
) -> tuple[Record, int]:
    """Make, change, remove or bring back a record, and write the one audit entry for it; returns that entry's id.

    `before` is the record as it is held, None where there is none; `after` what it becomes, None to remove it. Both
    are written in the transaction of `session`, or neither is.
    """
    some = after or (before.content if before else None)
    assert some is not None, "a change has something before it, or after"
    record = Record(kind_of(some), some.number or 0)
    version = before.version + 1 if before else version_of(undoes.before if undoes else None) + 1
    if after is None:
        assert before is not None
        done = await versions.remove(session, record, before.version)
    elif before is None:
        record = replace(record, number=await versions.add(session, after, version))
        done = True
    else:
        done = await versions.rewrite(session, record, before.version, after)
    if not done:  # held as it is, nobody else can have changed it
        raise ChangedMeanwhile("record.changed_since", version, record=str(record))
    entry = await record_change(
        session,
        at=desk.clock(),
        action=deed.of(record.kind),
        subject=str(record),
        user_id=caller.user_id,
        guild_id=caller.guild_id,
        office_id=caller.office.id if caller.office else None,
        before=document_of(before.content, before.version) if before else None,
        after=document_of(after, version) if after else None,
        undoes=undoes.id if undoes else None,
    )
    return record, entry
