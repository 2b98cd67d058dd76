"""Reading and writing pressure notes. Every query sees through `db.scope.visible`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, Select, insert, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.domain.access import Viewer
from bot.domain.audit import Record, RecordKind, find_record
from bot.domain.pressure import Happened, PressureNote
from db.numbers import hold_numbers, number_records
from db.parts import add_parts, read_parts
from db.places import to_place
from db.scope import visible
from db.tables import PressureNoteRow, PressurePlaceRow, PressureSourceRow
from db.tables.records import RECORD_TABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNote(Happened):
    """A note to be stored. `request_id` makes storing it twice impossible; `number` None takes the next one."""

    places: tuple[int, ...]
    request_id: str | None = None
    number: int | None = None


CONTENT = tuple(field.name for field in fields(Happened) if field.name != "sources")
"""The columns of a note, beside its number, its version and the request that made it."""


async def _seen(session: AsyncSession, viewer: Viewer, query: Select[PressureNoteRow]) -> list[PressureNote]:
    """The notes that a query finds, as the viewer sees them: records that are hidden from them are not named."""
    loaded = query.options(
        selectinload(PressureNoteRow.places).options(joinedload(PressurePlaceRow.place)),
        selectinload(PressureNoteRow.sources),
    )
    seen = loaded.where(visible(PressureNoteRow, viewer)).order_by(PressureNoteRow.id)
    rows = list(await session.scalars(seen))
    told = await _told(session, viewer, {record for row in rows for record in _named(row)})
    return [_to_note(row, told) for row in rows]


def _named(row: PressureNoteRow) -> list[Record]:
    """The records that a note names."""
    act = Record(RecordKind.PARTNERSHIP, row.act) if row.act is not None else None
    return [record for record in (act, find_record(row.trigger or "")) if record is not None]


async def _told(session: AsyncSession, viewer: Viewer, named: Collection[Record]) -> set[Record]:
    """Those of the records that are there, and that the viewer may see."""
    told: set[Record] = set()
    for kind in {record.kind for record in named}:
        rows = RECORD_TABLES[kind].rows
        numbers = [record.number for record in named if record.kind is kind]
        known = await session.scalars(select(rows.id).where(rows.id.in_(numbers), visible(rows, viewer)))
        told |= {Record(kind, number) for number in known}
    return told


def _to_note(row: PressureNoteRow, told: Collection[Record]) -> PressureNote:
    known = {name: getattr(row, name) for name in CONTENT}
    trigger = find_record(row.trigger or "")
    if row.act is not None and Record(RecordKind.PARTNERSHIP, row.act) not in told:
        known["act"] = None
    if trigger is not None and trigger not in told:
        known["trigger"] = None
    return PressureNote(
        id=row.id,
        places=tuple(to_place(part.place) for part in row.places),
        sources=tuple(source.text for source in row.sources),
        version=row.version,
        **known,
    )


async def pressure_note(session: AsyncSession, viewer: Viewer, number: int) -> PressureNote | None:
    found = await _seen(session, viewer, select(PressureNoteRow).where(PressureNoteRow.id == number))
    return found[0] if found else None


async def all_notes(session: AsyncSession, viewer: Viewer) -> list[PressureNote]:
    """Every visible note, in order of record number."""
    return await _seen(session, viewer, select(PressureNoteRow))


async def insert_notes(session: AsyncSession, notes: Sequence[NewNote]) -> list[int]:
    """Store notes and return their record numbers, in order."""
    if not notes:
        return []
    numbers = await number_records(session, RecordKind.PRESSURE, [new.number for new in notes])
    pairs = list(zip(numbers, notes, strict=True))
    rows = [
        {"id": n, "version": 1, "request_id": new.request_id, **{c: getattr(new, c) for c in CONTENT}}
        for n, new in pairs
    ]
    await session.execute(insert(PressureNoteRow), rows)
    places = [(number, 0, [{"place_id": place_id} for place_id in new.places]) for number, new in pairs]
    await add_parts(session, PressurePlaceRow.note_id, places)
    sources = [(number, 0, [{"text": text} for text in new.sources]) for number, new in pairs]
    await add_parts(session, PressureSourceRow.note_id, sources)
    return numbers


async def note_of_request(session: AsyncSession, request_id: str) -> int | None:
    """The record that this request has made already, if it has; a second one with the same id waits for the first."""
    await hold_numbers(session, RecordKind.PRESSURE)
    query = select(PressureNoteRow.id).where(PressureNoteRow.request_id == request_id)
    found: int | None = await session.scalar(query)
    return found


async def stored_notes(session: AsyncSession, viewer: Viewer | None) -> list[NewNote]:
    """Every note that the viewer may see as it would be stored anew, in order of record number.

    Without a viewer all are read, hidden ones too: for an import, which must not hand out a number twice.
    """
    return await stored_notes_where(session, visible(PressureNoteRow, viewer) if viewer else true())


async def stored_notes_where(session: AsyncSession, chosen: ColumnElement[bool]) -> list[NewNote]:
    """The chosen notes as they would be stored anew, in order of record number."""
    ids = select(PressureNoteRow.id).where(chosen)
    places = await read_parts(session, PressurePlaceRow.note_id, ids, PressurePlaceRow.place_id)
    sources = await read_parts(session, PressureSourceRow.note_id, ids, PressureSourceRow.text)
    table = PressureNoteRow.__table__.c
    query = select(PressureNoteRow.id, *(table[name] for name in CONTENT)).where(chosen)
    return [
        NewNote(
            number=number,
            places=tuple(place_id for (place_id,) in places.get(number, ())),
            sources=tuple(text for (text,) in sources.get(number, ())),
            **dict(zip(CONTENT, values, strict=True)),
        )
        for number, *values in await session.execute(query.order_by(PressureNoteRow.id))
    ]
