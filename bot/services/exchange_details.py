"""Telling more of an exchange: what belongs to its kind, form by form; and which exhibitions go together."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.access import Action
from bot.domain.audit import exchange_record
from bot.domain.errors import AttacheError, BadInput
from bot.domain.exchange_details import forms_of
from bot.domain.exchanges import Exchange, ExchangeKind
from bot.domain.names import clean
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.editing import (
    Edited,
    EditedVisit,
    change_record,
    changeable,
    exchange_content,
    read_exchange_record,
    seen_exchange,
)
from bot.services.exchange_fields import Showing, shown, typed_over
from bot.services.exchange_places import sides_meant
from bot.services.records import visible_record
from bot.services.typed_fields import Values
from db.engine import Session
from db.exchanges import NewExchange, pair_exchanges, pair_of
from db.places import places_by_id


@dataclass(frozen=True, slots=True)
class OpenedDetails:
    """An exchange that the caller may change, and the fields of one of its forms as that shows them."""

    exchange: Exchange
    version: int
    form: int
    fields: Mapping[str, str]


@requires(Action.LOG)
async def open_details(desk: Desk, caller: Caller, text: str, form: int = 0) -> OpenedDetails:
    """The exchange of this record number, for the form of its kind with this index, from 0 (the last if it has less).

    Raises as `bot.services.editing.open_visit`.
    """
    record, _ = read_exchange_record(text), caller.own_office()
    async with desk.database.read() as session:
        held = await changeable(session, desk, caller, record)
        stored = exchange_content(held.content)
        forms = forms_of(stored.kind)
        index = min(form, len(forms) - 1)
        showing = await _showing(session, desk, caller, stored)
        exchange = await seen_exchange(session, caller, record)
    return OpenedDetails(exchange, held.version, index, shown(stored, forms[index], showing))


@requires(Action.LOG)
async def edit_details(
    desk: Desk, caller: Caller, number: int, version: int, typed: Mapping[str, str]
) -> EditedVisit:
    """Store what somebody typed into a form of details that was opened at `version`; fields that are left out stay.

    Raises as `bot.services.editing.edit_visit`.
    """
    record, _ = exchange_record(number), caller.own_office()
    async with desk.database.write() as session:
        held = await changeable(session, desk, caller, record, hold=True)
        stored = exchange_content(held.content)
        showing = await _showing(session, desk, caller, stored, typed)
        edited = await change_record(
            session, desk, caller, record, version,
            lambda content: typed_over(exchange_content(content), typed, showing),
        )  # fmt: skip
        await _keep_unseen_pair(session, stored, showing, edited)
        return EditedVisit(await seen_exchange(session, caller, record), edited.changes, edited.entry)


async def _keep_unseen_pair(session: Session, stored: NewExchange, showing: Showing, edited: Edited) -> None:
    """Where a pair was told over one that the caller could not see: that one stays, and its other side says so now."""
    told = any(change.field == "paired_with" for change in edited.changes)
    if told and showing.pair is None and stored.paired_with is not None:
        assert stored.number is not None, "it is stored"
        await pair_exchanges(session, [(stored.paired_with, stored.number)])


async def _showing(
    session: Session, desk: Desk, caller: Caller, stored: NewExchange, typed: Mapping[str, str] | None = None
) -> Showing:
    """What the fields rest on; with what was typed, also which places and record it names."""
    assert stored.number is not None, "it is stored"
    places = await places_by_id(session, stored.places)
    pair = await pair_of(session, caller.viewer, stored.number)
    meant: dict[str, Values | AttacheError] = {}
    for name, text in (typed or {}).items():
        try:
            if name == "between":
                meant[name] = await sides_meant(session, caller, text, stored, places)
            elif name == "paired_with":
                meant[name] = await _pair_meant(session, caller, text, stored, pair)
        except AttacheError as problem:
            meant[name] = problem
    return Showing(caller.language, caller.today(desk), places, pair, meant)


async def _pair_meant(
    session: Session, caller: Caller, text: str, stored: NewExchange, pair: int | None
) -> Values:
    """The exhibition that a text names, for this one to go with; nothing typed parts the two.

    Raises `BadInput`: `record.…`, `visit.pair_elsewhere` where the other one says so, `visit.pair_no_exhibition`,
    `visit.pair_itself`, `visit.pair_taken` as far as the caller sees with what; `NotFound` (`record.unknown`).
    """
    if pair is not None and stored.paired_with != pair:
        raise BadInput("visit.pair_elsewhere", record=str(exchange_record(pair)))
    if not clean(text):
        return {"paired_with": None}
    record = read_exchange_record(text)
    other = exchange_content((await visible_record(session, caller, record)).content)
    if other.kind is not ExchangeKind.EXHIBITION:
        raise BadInput("visit.pair_no_exhibition", record=str(record))
    if record.number == stored.number:
        raise BadInput("visit.pair_itself", record=str(record))
    if await pair_of(session, caller.viewer, record.number) not in (None, stored.number):
        raise BadInput("visit.pair_taken", record=str(record))
    return {"paired_with": record.number}
