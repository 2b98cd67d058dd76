"""Adding a partnership: who is meant, whether it is there already, and storing it once."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.domain.access import Action, Scope
from bot.domain.audit import Deed, Record, RecordKind, in_effect
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, FormRefused
from bot.domain.names import clean
from bot.domain.offices import Office
from bot.domain.partnership_editing import resembles
from bot.domain.partnerships import Kind, Partnership, Status, StatusChange
from bot.domain.places import Place
from bot.domain.prospects import Stage, StageChange
from bot.questions.text.scripts import traditional
from bot.services.access import requires
from bot.services.act_fields import MAX_NAMED, read_kind, read_signed, read_sources, read_text
from bot.services.act_lines import split_names
from bot.services.desk import Caller, Desk
from bot.services.gazetteer import gazetteer_choices
from bot.services.held_acts import read_act_record
from bot.services.partner_places import Meant, place_meant_anew, stored_place
from bot.services.partnership_editing import may_be_replaced, replace_with
from bot.services.places import MAX_NAME
from bot.services.records import check_scope, write_change
from bot.services.ties import ties_of_place
from db.audit import entries_of
from db.engine import Session
from db.partnerships import NewPartnership, act_of_request, partnership, partnerships_of
from db.places import complete_tied_places, family_of

MAX_NOTE = 1500


@dataclass(frozen=True, slots=True)
class ActForm:
    """What somebody typed to add an act; nothing of it is trusted.

    `others` are further parties; one that the office's place has succeeded, or its district, has signed in its place.
    `replaces` is the record that the act takes the place of. With `all_the_same` it is added though there is one
    like it.
    """

    partner: str
    kind: str
    signed: str = ""
    others: str = ""
    named: str = ""
    source: str = ""
    note: str = ""
    scope: Scope = Scope.SHARED
    replaces: str = ""
    all_the_same: bool = False


class AlreadyThere(BadInput):
    """There are acts like the one that is to be added; nothing was stored. `acts` are those."""

    def __init__(self, partner: Place, acts: Sequence[Partnership]) -> None:
        records = [act.record for act in acts]
        super().__init__("act.already_there", partner=partner, records=records, n=len(records))
        self.partner, self.acts = partner, acts


@dataclass(frozen=True, slots=True)
class NewTie:
    """What the form for a new act begins with: the place, and acts of the office with it that are like the new one."""

    partner: Place
    kind: Kind
    alike: Sequence[Partnership]


@dataclass(frozen=True, slots=True)
class AddedAct:
    """An act that was added.

    `entry` is the one by which it is taken back; `new_places` are parties that the caller did not know. `replaced`
    is the record whose place it took, `may_replace` are acts of the same places whose place it could take.
    """

    act: Partnership
    entry: int
    new_places: Sequence[Place]
    replaced: Record | None
    may_replace: Sequence[Partnership]


@requires(Action.EDIT)
async def complete_new_partners(
    desk: Desk, caller: Caller, typed: str
) -> tuple[Sequence[Place], Sequence[tuple[str, str]]]:
    """Places that a new act may be with, for what was typed so far: known ones, and (label, value) of the world's."""
    async with desk.database.read() as session:
        known = await complete_tied_places(session, caller.viewer, traditional(clean(typed)[:MAX_NAME]))
    own = caller.office.place.id if caller.office else None
    # Reading the gazetteer for the first time takes long; everybody else is answered meanwhile.
    world = await asyncio.to_thread(gazetteer_choices, typed, caller.language)
    return [place for place in known if place.id != own], world


@requires(Action.EDIT)
async def check_new_act(desk: Desk, caller: Caller, form: ActForm) -> NewTie:
    """With whom an act is about to be added, before a form is opened.

    Raises as `place_meant_anew`; `BadInput`: `act.with_oneself`, `act.kind_unknown`, `scope.no_group`.
    """
    office = caller.own_office()
    kind = read_kind(form.kind)
    async with desk.database.read() as session:
        await check_scope(session, office, RecordKind.PARTNERSHIP, form.scope)
        (partner,) = await _parties(session, caller, [form.partner])
        alike = await _alike(session, caller, partner.place, kind, _date_if_read(desk, caller, form))
    return NewTie(partner.place, kind, alike)


def _date_if_read(desk: Desk, caller: Caller, form: ActForm) -> PartialDate | None:
    """The date, None where it cannot be read: the form will say so, where it can be mended."""
    try:
        return read_signed(form.signed, caller.today(desk))
    except AttacheError:
        return None


@requires(Action.EDIT)
async def add_partnership(
    desk: Desk, caller: Caller, form: ActForm, request_id: str | None = None
) -> AddedAct:
    """Add an act of the caller's office. The same `request_id` again gives the record that it made.

    Raises `FormRefused` with a problem for each field that cannot be read; `AlreadyThere` where there is one like it
    and nobody has said that it is added all the same. In both cases nothing is stored.
    """
    return await desk.database.again(lambda: _add(desk, caller, form, request_id))


async def _add(desk: Desk, caller: Caller, form: ActForm, request_id: str | None) -> AddedAct:
    caller.own_office()
    async with desk.database.write() as session:
        number = await act_of_request(session, request_id) if request_id else None
        new_places: list[Place] = []
        if number is None:
            act, parties = await _read_form(session, desk, caller, form)
            new_places = [each.place for each in parties if each.unknown]
            if not form.all_the_same:
                await _check_alike(session, caller, form, act, parties[0].place)
            stored = [(await stored_place(session, each)).id for each in parties]
            signers = await _signers(session, caller, stored)
            partners = [place_id for place_id in stored if place_id not in signers]
            new = replace(act, parties=(*signers, *partners), request_id=request_id)
            record, entry = await write_change(session, desk, caller, Deed.ADDED, before=None, after=new)
            number = record.number
            if form.replaces:
                await replace_with(session, desk, caller, read_act_record(form.replaces), record)
        else:
            record = Record(RecordKind.PARTNERSHIP, number)
            entry = in_effect(await entries_of(session, str(record)))[0].id
        added = await partnership(session, caller.viewer, number)
        assert added is not None, "an office sees what it has just added"
        replaced = read_act_record(form.replaces) if form.replaces else None
        others = await may_be_replaced(session, desk, caller, added)
        return AddedAct(added, entry, new_places, replaced, others)


async def _signers(session: Session, caller: Caller, others: Sequence[int]) -> list[int]:
    """Who signed on the office's side: a former county or a district that is named as a party, or else its place."""
    place = caller.own_office().place
    family = await family_of(session, place)
    may_sign = {*family.own_ids, *family.district_ids} - {place.id}
    return [place_id for place_id in others[1:] if place_id in may_sign] or [place.id]


async def _check_alike(
    session: Session, caller: Caller, form: ActForm, act: NewPartnership, partner: Place
) -> None:
    alike = await _alike(session, caller, partner, act.kind, act.signed)
    but = read_act_record(form.replaces).number if form.replaces else None
    if left := [each for each in alike if each.id != but]:
        raise AlreadyThere(partner, left)


async def _alike(
    session: Session, caller: Caller, partner: Place, kind: Kind, signed: PartialDate | None
) -> list[Partnership]:
    """Acts of the office's place, or of what it was before, with the partner, or what that was, like the new one."""
    if not partner.id:
        return []
    own = set((await family_of(session, caller.own_office().place)).own_ids)
    theirs = (await family_of(session, partner)).own_ids
    found = await partnerships_of(session, caller.viewer, theirs)
    return [
        act for act in found if own & {place.id for place in act.parties} and resembles(act, kind, signed)
    ]


async def _parties(session: Session, caller: Caller, names: Sequence[str]) -> list[Meant]:
    """The places beside the office's own. Raises as `place_meant_anew`, `act.with_oneself`, `act.party_twice`."""
    office = caller.own_office()
    _, ties = await ties_of_place(session, caller.viewer, office.place)
    found: list[Meant] = []
    for name in names:
        meant = await place_meant_anew(session, caller, name, [tie.partner for tie in ties])
        if meant.place.id == office.place.id:
            raise BadInput("act.with_oneself", place=meant.place)
        if meant.place.key in {each.place.key for each in found}:
            raise BadInput("act.party_twice", place=meant.place)
        found.append(meant)
    return found


async def _read_form(
    session: Session, desk: Desk, caller: Caller, form: ActForm
) -> tuple[NewPartnership, list[Meant]]:
    """The act with the office's place alone, and the other parties, which may have to be stored first."""
    office, today = caller.own_office(), caller.today(desk)
    readers: dict[str, Callable[[], Any]] = {
        "kind": lambda: read_kind(form.kind),
        "signed": lambda: read_signed(form.signed, today),
        "named": lambda: read_text(form.named, MAX_NAMED),
        "sources": lambda: read_sources(form.source),
        "note": lambda: read_text(form.note, MAX_NOTE),
    }
    problems: list[AttacheError] = []
    found: dict[str, Any] = {}
    parties: list[Meant] = []
    try:
        parties = await _parties(session, caller, [form.partner, *split_names(form.others)])
        await check_scope(session, office, RecordKind.PARTNERSHIP, form.scope)
    except AttacheError as problem:
        problems.append(problem)
    for name, read in readers.items():
        try:
            found[name] = read()
        except AttacheError as problem:
            problems.append(problem)
    if problems:
        raise FormRefused(problems)
    return _new_act(office, today, form.scope, **found), parties


def _new_act(
    office: Office, today: date, scope: Scope, *, kind: Kind, signed: PartialDate | None, **more: Any
) -> NewPartnership:
    """The act at its beginning: a prospect is a lead, of which nothing is signed; any other is in force."""
    prospect = kind is Kind.PROSPECTIVE
    return NewPartnership(
        kind=kind,
        parties=(office.place.id,),
        history=(StatusChange(Status.PROSPECTIVE if prospect else Status.ACTIVE, signed),),
        stages=(StageChange(Stage.LEAD, signed),) if prospect else (),
        signed=None if prospect else signed,
        as_of=PartialDate.of(today),
        scope=scope,
        office_id=office.id,
        **more,
    )
