"""Changing a partnership by its forms, and putting one in the place of another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.access import Action
from bot.domain.audit import Deed, Record, RecordKind
from bot.domain.errors import BadInput, NotAllowed
from bot.domain.names import clean, fold
from bot.domain.partnerships import SUPERSEDED, Kind, Partnership, Status, StatusChange
from bot.questions.text.scripts import traditional
from bot.services.access import requires
from bot.services.act_fields import ALL_FIELDS, FIELDS, ActPart, Reading, shown, typed_over
from bot.services.desk import Caller, Desk
from bot.services.documents import Difference
from bot.services.editing import change_record, changeable
from bot.services.held_acts import read_act_record
from bot.services.records import seen, visible_record, write_change
from db.engine import Session
from db.partnerships import NewPartnership, partnership, partnerships_of
from db.places import family_of
from db.record_kinds import Content


@dataclass(frozen=True, slots=True)
class OpenedAct:
    """An act that the caller may change, as it is, and as the form for a part of it shows it."""

    act: Partnership
    version: int
    part: ActPart
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EditedAct:
    """What became of an act; `entry`, by which it can be taken back, is None where nothing was changed."""

    act: Partnership
    changes: Sequence[Difference]
    entry: int | None


@requires(Action.EDIT)
async def complete_acts(desk: Desk, caller: Caller, typed: str) -> list[Partnership]:
    """The acts that the caller's office may change, of what was typed so far: a number, a name, a date.

    The newest record comes first.
    """
    office = caller.own_office()
    async with desk.database.read() as session:
        family = await family_of(session, office.place)
        found = await partnerships_of(session, caller.viewer, family.own_ids)
    wanted = fold(traditional(clean(typed)))
    ours = [act for act in reversed(found) if act.office_id in (None, office.id)]
    return [act for act in ours if wanted in _words_of(act, office.place.id)]


def _words_of(act: Partnership, own: int) -> str:
    names = [name for place in act.partners_of([own]) for name in (place.name_en, place.name_zh) if name]
    return fold(" ".join([act.record, *names, act.named or "", str(act.signed or "")]))


@requires(Action.EDIT)
async def open_act(desk: Desk, caller: Caller, text: str, part: ActPart = ActPart.BASICS) -> OpenedAct:
    """The act of this record number, before a form for a part of it is opened.

    Raises `BadInput` (`record.unreadable`, `record.no_act`), `NotFound` (`record.unknown`), or `NotAllowed`
    (`record.not_ours`).
    """
    record = read_act_record(text)
    async with desk.database.read() as session:
        held = await changeable(session, desk, caller, record)
        act = await _act(session, caller, record)
    fields = shown(_content(held.content), list(FIELDS[part]), caller.language)
    return OpenedAct(act, held.version, part, fields)


@requires(Action.EDIT)
async def edit_act(
    desk: Desk, caller: Caller, number: int, version: int, typed: Mapping[str, str]
) -> EditedAct:
    """Store what somebody typed into fields of an act that was opened at `version`; other fields stay.

    The same form of the same person twice is stored once. Raises as `open_act`; `BadInput` (`act.no_field`);
    `FormRefused` for what cannot be read; `ChangedSince` where the record has changed meanwhile. In each case nothing
    is stored.
    """
    for name in typed:
        if name not in ALL_FIELDS:
            raise BadInput("act.no_field", text=name[:40], fields=", ".join(ALL_FIELDS))
    record, today = Record(RecordKind.PARTNERSHIP, number), caller.today(desk)

    def read(stored: Content) -> Content:
        return typed_over(typed, Reading(_content(stored), today, caller.language))

    async with desk.database.write() as session:
        edited = await change_record(session, desk, caller, record, version, read)
        return EditedAct(await _act(session, caller, record), edited.changes, edited.entry)


async def _act(session: Session, caller: Caller, record: Record) -> Partnership:
    return seen(caller, await partnership(session, caller.viewer, record.number))


def _content(content: Content | None) -> NewPartnership:
    assert isinstance(content, NewPartnership), "a record of an act"
    return content


# One in the place of another ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Replaced:
    """An act whose place another took; `entry` is None where it had already."""

    older: Partnership
    later: Record
    entry: int | None


@requires(Action.EDIT)
async def replace_act(desk: Desk, caller: Caller, older: str, later: str) -> Replaced:
    """Say that an act took the place of an older one, which ends with it.

    Raises `BadInput`: `record.no_act`, `act.replaces_stranger` where they have not two places in common,
    `act.replaces_itself`, `act.replaced_already`; and as `open_act` about the older one.
    """
    record, successor = read_act_record(older), read_act_record(later)
    caller.own_office()
    async with desk.database.write() as session:
        await visible_record(session, caller, successor)
        entry = await replace_with(session, desk, caller, record, successor)
        return Replaced(await _act(session, caller, record), successor, entry)


async def replace_with(
    session: Session, desk: Desk, caller: Caller, older: Record, later: Record
) -> int | None:
    """Let `later`, which the caller sees, take the place of `older`; the audit entry of it, None where it had already.

    Raises as `replace_act`.
    """
    held = await changeable(session, desk, caller, older, hold=True)
    old = _content(held.content)
    new = _content((await visible_record(session, caller, later)).content)
    if old.superseded_by == later.number:
        return None
    if old.superseded_by is not None:
        raise BadInput("act.replaced_already", record=str(older))
    if older == later or await _comes_after(session, caller, later, older):
        raise BadInput("act.replaces_itself", record=str(older), later=str(later))
    if len(set(old.parties) & set(new.parties)) < 2:
        raise BadInput("act.replaces_stranger", record=str(older), later=str(later))
    ended = StatusChange(
        Status.ENDED, new.signed, SUPERSEDED, trigger=str(later), source=next(iter(new.sources), None)
    )
    history = old.history if old.status is Status.ENDED else (*old.history, ended)
    after = replace(old, superseded_by=later.number, history=history)
    _, entry = await write_change(session, desk, caller, Deed.EDITED, before=held, after=after)
    return entry


async def _comes_after(session: Session, caller: Caller, later: Record, older: Record) -> bool:
    """Whether what took the place of `later`, or of that in turn, is `older`: it cannot go round."""
    seen = {later.number}
    number = _content((await visible_record(session, caller, later)).content).superseded_by
    while number is not None and number not in seen:
        if number == older.number:
            return True
        seen.add(number)
        step = await partnership(session, caller.viewer, number)
        number = step.superseded_by if step else None
    return False


async def may_be_replaced(
    session: Session, desk: Desk, caller: Caller, later: Partnership
) -> list[Partnership]:
    """Standing acts of the same places that this one may take the place of, as far as the caller may change them.

    A prospect takes nobody's place, and what it becomes is the prospect's own way.
    """
    if later.kind is Kind.PROSPECTIVE:
        return []
    ours = {place.id for place in later.parties}
    found = await partnerships_of(session, caller.viewer, [later.parties[-1].id])
    likely = [
        act
        for act in found
        if act.id != later.id
        and act.status is not Status.ENDED
        and ours == {place.id for place in act.parties}
    ]
    return [act for act in likely if await _may_change(session, desk, caller, act)]


async def _may_change(session: Session, desk: Desk, caller: Caller, act: Partnership) -> bool:
    try:
        await changeable(session, desk, caller, Record(RecordKind.PARTNERSHIP, act.id))
    except NotAllowed:
        return False
    return True
