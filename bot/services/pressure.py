"""Noting what was done to keep a tie from being made or kept: for the office, or for its group, and nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.domain.access import Action, Scope
from bot.domain.audit import Deed, Record, RecordKind, find_record, in_effect
from bot.domain.errors import AttacheError, BadInput, FormRefused
from bot.domain.places import Place
from bot.domain.pressure import MAX_PLACES, Incident, PressureNote
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.documents import Difference
from bot.services.editing import change_record, changeable, remove_record
from bot.services.held_acts import read_act_record, seen_act
from bot.services.places import find_place
from bot.services.pressure_fields import NoteFields, fields_of, read_fields
from bot.services.pressure_lists import find_note
from bot.services.records import check_scope, visible_record, write_change
from bot.services.ties import ties_of_place
from db.audit import entries_of
from db.engine import Session
from db.pressure import NewNote, note_of_request, pressure_note
from db.record_kinds import Content


@dataclass(frozen=True, slots=True)
class NoteForm:
    """What somebody typed to note something; nothing of it is trusted.

    `places` are those that it concerns, `act` the record number of the act that it is about. Without a place it
    concerns the other parties of the act.
    """

    kind: Incident
    fields: NoteFields
    places: tuple[str, ...] = ()
    act: str = ""
    scope: Scope = Scope.OFFICE


@dataclass(frozen=True, slots=True)
class NoteChange:
    """What is to be changed besides the fields; what is empty stays as it is."""

    kind: Incident | None = None
    places: tuple[str, ...] = ()
    act: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a note is about."""

    places: tuple[Place, ...]
    act: int | None


@dataclass(frozen=True, slots=True)
class SavedNote:
    """A note as it is now; `entry`, by which the change is taken back, is None where nothing was changed."""

    note: PressureNote
    entry: int | None
    changes: Sequence[Difference] = ()


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A note that the caller may change, as it is, and as its form shows it."""

    note: PressureNote
    version: int
    fields: NoteFields


def note_record(number: int) -> Record:
    return Record(RecordKind.PRESSURE, number)


def _content(content: Content | None) -> NewNote:
    assert isinstance(content, NewNote), "an entry or a record of a note"
    return content


async def _shown(session: Session, caller: Caller, number: int) -> PressureNote:
    found = await pressure_note(session, caller.viewer, number)
    assert found is not None, "seen a moment ago, and held since"
    return found


# Noting ------------------------------------------------------------------------------------------------------


@requires(Action.EDIT)
async def check_note(
    desk: Desk, caller: Caller, places: Sequence[str], act: str = "", scope: Scope = Scope.OFFICE
) -> About:
    """What a note is to be about, before a form is opened.

    Raises `BadInput` (`pressure.which` without place and act, `pressure.too_many_places`, and as `check_scope`), and
    as `find_place`, `read_act_record` and `visible_record` do.
    """
    office = caller.own_office()
    async with desk.database.read() as session:
        await check_scope(session, office, RecordKind.PRESSURE, scope)
        return await _about(session, caller, places, act)


@requires(Action.EDIT)
async def add_note(desk: Desk, caller: Caller, form: NoteForm, request_id: str | None = None) -> SavedNote:
    """Keep a note. The same `request_id` again gives the record that it made, and makes no other.

    Raises `FormRefused` with a problem for each field that cannot be read; then nothing is stored.
    """
    return await desk.database.again(lambda: _add(desk, caller, form, request_id))


async def _add(desk: Desk, caller: Caller, form: NoteForm, request_id: str | None) -> SavedNote:
    async with desk.database.write() as session:
        number = await note_of_request(session, request_id) if request_id else None
        if number is not None:
            entry = in_effect(await entries_of(session, str(note_record(number))))[0].id
            return SavedNote(await _shown(session, caller, number), entry)
        new = await _read_form(session, desk, caller, form, request_id)
        record, entry = await write_change(session, desk, caller, Deed.ADDED, before=None, after=new)
        return SavedNote(await _shown(session, caller, record.number), entry)


async def _read_form(
    session: Session, desk: Desk, caller: Caller, form: NoteForm, request_id: str | None
) -> NewNote:
    office = caller.own_office()
    problems: list[AttacheError] = []
    about = About((), None)
    fields: dict[str, Any] = {}
    try:
        await check_scope(session, office, RecordKind.PRESSURE, form.scope)
        about = await _about(session, caller, form.places, form.act)
        await _check_trigger(session, caller, form.fields.trigger)
    except AttacheError as problem:
        problems.append(problem)
    try:
        fields = read_fields(form.fields, caller.today(desk))
    except FormRefused as refused:
        problems += refused.problems
    if problems:
        raise FormRefused(problems)
    return NewNote(
        kind=form.kind,
        places=tuple(place.id for place in about.places),
        act=about.act,
        scope=form.scope,
        office_id=office.id,
        request_id=request_id,
        **fields,
    )


async def _about(session: Session, caller: Caller, places: Sequence[str], act: str) -> About:
    home = caller.own_office().place
    number: int | None = None
    parties: tuple[Place, ...] = ()
    if act.strip():
        record = read_act_record(act.partition(" · ")[0])
        await visible_record(session, caller, record)
        parties = (await seen_act(session, caller, record)).partners
        number = record.number
    if not places and not parties:
        raise BadInput("pressure.which")
    _, ties = await ties_of_place(session, caller.viewer, home)
    near = [home, *(tie.partner for tie in ties)]
    named = [await find_place(session, text, viewer=caller.viewer, among=near) for text in places]
    found = tuple({place.id: place for place in named or parties}.values())
    if len(found) > MAX_PLACES:
        raise BadInput("pressure.too_many_places", found=len(found), most=MAX_PLACES)
    return About(found, number)


async def _check_trigger(session: Session, caller: Caller, text: str) -> None:
    """A record that set something off has to be there, for the eyes of who says so."""
    record = find_record(text)
    if record is not None:
        await visible_record(session, caller, record)


# Changing ----------------------------------------------------------------------------------------------------


@requires(Action.EDIT)
async def open_note(desk: Desk, caller: Caller, text: str) -> OpenedNote:
    """The note of this number, before a form for it is opened.

    Raises as `find_note`, and `NotAllowed` (`record.not_ours`).
    """
    caller.own_office()
    async with desk.database.read() as session:
        found = await find_note(session, caller, text)
        held = await changeable(session, desk, caller, note_record(found.id))
        return OpenedNote(found, held.version, fields_of(_content(held.content)))


@requires(Action.EDIT)
async def edit_note(
    desk: Desk, caller: Caller, number: int, version: int, typed: NoteFields, change: NoteChange
) -> SavedNote:
    """Store what somebody typed into the form of a note that was opened at `version`.

    The same form of the same person twice is stored once. Raises as `open_note` and `check_note`; `FormRefused` for
    what cannot be read; `ChangedSince` where the record has changed meanwhile. In each case nothing is stored.
    """
    today = caller.today(desk)
    caller.own_office()
    async with desk.database.write() as session:
        held = await changeable(session, desk, caller, note_record(number), hold=True)
        particulars = await _particulars(session, caller, change)
        if typed.trigger.strip() != (_content(held.content).trigger or ""):
            await _check_trigger(session, caller, typed.trigger)
        edited = await change_record(
            session, desk, caller, note_record(number), version,
            lambda stored: _typed_over(_content(stored), typed, particulars, today),
        )  # fmt: skip
        return SavedNote(await _shown(session, caller, number), edited.entry, edited.changes)


async def _particulars(session: Session, caller: Caller, change: NoteChange) -> dict[str, Any]:
    """The columns that change besides the fields."""
    found: dict[str, Any] = {"kind": change.kind} if change.kind else {}
    if change.places or change.act:
        about = await _about(session, caller, change.places, change.act)
        if change.places:
            found["places"] = tuple(place.id for place in about.places)
        if change.act:
            found["act"] = about.act
    return found


def _typed_over(stored: NewNote, typed: NoteFields, particulars: dict[str, Any], today: date) -> NewNote:
    return replace(stored, **particulars, **read_fields(typed, today, stored))


# Removing ----------------------------------------------------------------------------------------------------


@requires(Action.EDIT)
async def check_removable_note(desk: Desk, caller: Caller, text: str) -> tuple[PressureNote, int]:
    """The note that is about to be removed, and its version, before anybody is asked to confirm it.

    Raises as `open_note`.
    """
    opened = await open_note(desk, caller, text)
    return opened.note, opened.version


@requires(Action.EDIT)
async def remove_note(desk: Desk, caller: Caller, number: int, version: int) -> tuple[PressureNote, int]:
    """Remove a note as it was shown at `version`; returns it, with the audit entry by which it comes back.

    Raises as `open_note`, and `ChangedSince` where it was changed since it was shown.
    """
    caller.own_office()
    async with desk.database.write() as session:
        gone = await find_note(session, caller, str(note_record(number)))
        return gone, await remove_record(session, desk, caller, note_record(number), version)
