"""Reading and writing partnerships. Every query sees through `db.scope.visible`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Table,
    bindparam,
    delete,
    false,
    insert,
    or_,
    select,
    true,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, selectinload

from bot.domain.access import Scope, Viewer
from bot.domain.audit import RecordKind
from bot.domain.dates import PartialDate
from bot.domain.partnerships import Kind, Particulars, Partnership, Parts, Status, StatusChange
from db.act_parts import HISTORY, PART_KINDS
from db.numbers import hold_numbers, number_records
from db.parts import add_kind, add_parts, read_kind, read_parts, text_lengths
from db.places import to_place
from db.scope import visible
from db.tables import PartnershipRow, PartnershipSourceRow, PartyRow, StatusRow


@dataclass(frozen=True, slots=True)
class NewPartnership(Particulars, Parts):
    """An act to be stored; `parties` are place ids. `number` fixes the record number, None takes the next.

    `request_id` makes storing it twice impossible.
    """

    kind: Kind
    parties: tuple[int, ...]
    history: tuple[StatusChange, ...]
    signed: PartialDate | None = None
    named: str | None = None
    superseded_by: int | None = None
    note: str | None = None
    as_of: PartialDate | None = None
    sources: tuple[str, ...] = ()
    scope: Scope = Scope.SHARED
    office_id: int | None = None
    cadence_months: int | None = None
    request_id: str | None = None
    number: int | None = None

    @property
    def status(self) -> Status:
        return self.history[-1].status


PARTICULARS = tuple(field.name for field in fields(Particulars))
CONTENT = (
    "kind", "signed", "named", "superseded_by", "note", "as_of", "scope", "office_id", "cadence_months",
    *PARTICULARS,
)  # fmt: skip
"""The columns of an act, beside its number, its version and its status, which is that of the last step."""


def particular_lengths() -> Mapping[str, int]:
    """The most characters that the particulars of an act hold, where they have a limit."""
    return text_lengths(PartnershipRow, PARTICULARS)


def _loaded(query: Select[PartnershipRow]) -> Select[PartnershipRow]:
    return query.options(
        selectinload(PartnershipRow.parties).selectinload(PartyRow.place),
        selectinload(PartnershipRow.history),
        selectinload(PartnershipRow.sources),
    )


async def _seen(session: AsyncSession, viewer: Viewer, query: Select[PartnershipRow]) -> list[Partnership]:
    """The acts that a query finds, as the viewer sees them: a successor that is hidden from them is not told."""
    rows = list(await session.scalars(_loaded(query.where(visible(PartnershipRow, viewer)))))
    told: set[int] = set()
    if any(row.superseded_by is not None for row in rows):
        replaced = aliased(PartnershipRow)
        successors = select(replaced.superseded_by).where(replaced.superseded_by.is_not(None))
        known = select(PartnershipRow.id).where(
            PartnershipRow.id.in_(successors), visible(PartnershipRow, viewer)
        )
        told = set(await session.scalars(known))
    return [_to_partnership(row, told) for row in rows]


def _to_partnership(row: PartnershipRow, told: Collection[int]) -> Partnership:
    return Partnership(
        id=row.id,
        kind=row.kind,
        status=row.status,
        signed=row.signed,
        parties=tuple(to_place(party.place) for party in row.parties),
        named=row.named,
        superseded_by=row.superseded_by if row.superseded_by in told else None,
        note=row.note,
        as_of=row.as_of,
        sources=tuple(source.text for source in row.sources),
        history=tuple(
            StatusChange(**{name: getattr(step, name) for name in HISTORY.columns}) for step in row.history
        ),
        scope=row.scope,
        office_id=row.office_id,
        cadence_months=row.cadence_months,
        **{name: getattr(row, name) for name in PARTICULARS},
    )


async def partnerships_of(
    session: AsyncSession, viewer: Viewer, place_ids: Sequence[int], *, kept_by: int | None = None
) -> list[Partnership]:
    """Every visible act that one of the places is party to, or that the office `kept_by` keeps, in order of number."""
    theirs = select(PartyRow.partnership_id).where(PartyRow.place_id.in_(place_ids))
    kept = false() if kept_by is None else PartnershipRow.office_id == kept_by
    which = or_(PartnershipRow.id.in_(theirs), kept)
    return await _seen(session, viewer, select(PartnershipRow).where(which).order_by(PartnershipRow.id))


async def acts_signed_on_day(
    session: AsyncSession, viewer: Viewer, month: int, day: int, places: Collection[int]
) -> list[Partnership]:
    """Every visible act that was signed on this day of whatever year, with one of the places as a party."""
    theirs = select(PartyRow.partnership_id).where(PartyRow.place_id.in_(places))
    signed = type_coerce(PartnershipRow.signed, String).like(f"____-{month:02}-{day:02}")
    return await _seen(
        session,
        viewer,
        select(PartnershipRow).where(signed, PartnershipRow.id.in_(theirs)).order_by(PartnershipRow.id),
    )


async def partnership(session: AsyncSession, viewer: Viewer, number: int) -> Partnership | None:
    found = await _seen(session, viewer, select(PartnershipRow).where(PartnershipRow.id == number))
    return found[0] if found else None


async def act_of_request(session: AsyncSession, request_id: str) -> int | None:
    """The act that this request has made already, if it has; a second one with the same id waits for the first."""
    await hold_numbers(session, RecordKind.PARTNERSHIP)
    found: int | None = await session.scalar(
        select(PartnershipRow.id).where(PartnershipRow.request_id == request_id)
    )
    return found


async def all_partnerships(session: AsyncSession, viewer: Viewer) -> list[Partnership]:
    """Every visible act, in order of record number."""
    return await _seen(session, viewer, select(PartnershipRow).order_by(PartnershipRow.id))


async def insert_partnerships(session: AsyncSession, acts: Sequence[NewPartnership]) -> list[int]:
    """Store acts and return their record numbers, in order."""
    if not acts:
        return []
    numbers = await number_records(session, RecordKind.PARTNERSHIP, [act.number for act in acts])
    pairs = list(zip(numbers, acts, strict=True))
    await session.execute(insert(PartnershipRow), [_row(number, act) for number, act in pairs])
    await add_parts(
        session,
        PartyRow.partnership_id,
        [(number, 0, [{"place_id": place_id} for place_id in act.parties]) for number, act in pairs],
    )
    await add_kind(session, HISTORY, [(number, act.history) for number, act in pairs])
    for name, kind in PART_KINDS.items():
        await add_kind(session, kind, [(number, getattr(act, name)) for number, act in pairs])
    await add_sources(session, [(number, 0, act.sources) for number, act in pairs])
    return numbers


def _row(number: int, act: NewPartnership) -> dict[str, object]:
    content = {column: getattr(act, column) for column in CONTENT}
    return {"id": number, "version": 1, "status": act.status, "request_id": act.request_id, **content}


async def add_sources(session: AsyncSession, added: Iterable[tuple[int, int, Sequence[str]]]) -> None:
    """Add sources to acts: (record number, position of the first new one, texts)."""
    await add_parts(
        session,
        PartnershipSourceRow.partnership_id,
        [(number, start, [{"text": text} for text in texts]) for number, start, texts in added],
    )


async def stored_partnerships(session: AsyncSession, viewer: Viewer | None) -> list[NewPartnership]:
    """Every act that the viewer may see as it would be stored anew, in order of record number.

    Without a viewer all are read, hidden ones too: for an import, which must not hand out a number twice.
    """
    return await stored_partnerships_where(session, visible(PartnershipRow, viewer) if viewer else true())


async def stored_partnerships_where(
    session: AsyncSession, chosen: ColumnElement[bool]
) -> list[NewPartnership]:
    """The chosen acts as they would be stored anew, in order of record number."""
    ids = select(PartnershipRow.id).where(chosen)
    parties = await read_parts(session, PartyRow.partnership_id, ids, PartyRow.place_id)
    history = await read_kind(session, HISTORY, ids)
    parts = {name: await read_kind(session, kind, ids) for name, kind in PART_KINDS.items()}
    sources = await read_parts(session, PartnershipSourceRow.partnership_id, ids, PartnershipSourceRow.text)
    table = PartnershipRow.__table__.c
    acts = select(PartnershipRow.id, *(table[name] for name in CONTENT)).where(chosen)
    found = []
    for number, *values in await session.execute(acts.order_by(PartnershipRow.id)):
        told: dict[str, Any] = {name: of_kind.get(number, ()) for name, of_kind in parts.items()}
        told |= zip(CONTENT, values, strict=True)
        found.append(
            NewPartnership(
                number=number,
                parties=tuple(place_id for (place_id,) in parties[number]),
                history=history[number],
                sources=tuple(text for (text,) in sources.get(number, ())),
                **told,
            )
        )
    return found


async def update_partnerships(
    session: AsyncSession, changes: Sequence[tuple[NewPartnership, NewPartnership]]
) -> None:
    """Store what became of acts: (as stored, as it is now), of the same number and parties.

    Kind, date, note, sources and history are written; whoever has the act open is told that it changed.
    """
    numbered = [(new.number, old, new) for old, new in changes if new.number is not None]
    await _update_each(
        session,
        [
            {"of": number, "kind": new.kind, "status": new.status, "signed": new.signed, "note": new.note}
            for number, _, new in numbered
        ],
    )
    retold = [(number, new) for number, old, new in numbered if new.history != old.history]
    for number, _ in retold:
        await session.execute(delete(StatusRow).where(StatusRow.partnership_id == number))
    await add_kind(session, HISTORY, [(number, act.history) for number, act in retold])
    await add_sources(
        session,
        [(number, len(old.sources), new.sources[len(old.sources) :]) for number, old, new in numbered],
    )


async def link_successors(session: AsyncSession, links: Iterable[tuple[int, int]]) -> None:
    """Let acts point to the act that replaced them: (record number, number of the later act)."""
    await _update_each(session, [{"of": number, "superseded_by": later} for number, later in links])


async def _update_each(session: AsyncSession, rows: Sequence[dict[str, object]]) -> None:
    """Set the same columns of many acts, each to its own values, and count their versions on; `of` is the number."""
    if not rows:
        return
    table = cast("Table", PartnershipRow.__table__)
    counted_on = update(table).values(version=table.c.version + 1)
    connection = await session.connection()
    await connection.execute(counted_on.where(table.c.id == bindparam("of")), list(rows))
