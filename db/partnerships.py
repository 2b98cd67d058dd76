"""Reading and writing partnerships. Every query sees through `db.scope.visible`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Select, Table, bindparam, delete, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.domain.access import Scope, Viewer
from bot.domain.dates import PartialDate
from bot.domain.partnerships import Kind, Partnership, Status, StatusChange
from db.numbers import Numbered, number_records
from db.places import to_place
from db.scope import visible
from db.tables import PartnershipRow, PartnershipSourceRow, PartyRow, StatusRow


@dataclass(frozen=True, slots=True)
class NewPartnership:
    """An act to be stored; `parties` are place ids. `number` fixes the record number, None takes the next."""

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
    number: int | None = None

    @property
    def status(self) -> Status:
        return self.history[-1].status


def _loaded(query: Select[PartnershipRow]) -> Select[PartnershipRow]:
    return query.options(
        selectinload(PartnershipRow.parties).selectinload(PartyRow.place),
        selectinload(PartnershipRow.history),
        selectinload(PartnershipRow.sources),
    )


def _to_partnership(row: PartnershipRow) -> Partnership:
    return Partnership(
        id=row.id,
        kind=row.kind,
        status=row.status,
        signed=row.signed,
        parties=tuple(to_place(party.place) for party in row.parties),
        named=row.named,
        superseded_by=row.superseded_by,
        note=row.note,
        as_of=row.as_of,
        sources=tuple(source.text for source in row.sources),
        history=tuple(
            StatusChange(step.status, step.since, step.reason, step.by_whom) for step in row.history
        ),
        scope=row.scope,
        office_id=row.office_id,
        cadence_months=row.cadence_months,
    )


async def partnerships_of(
    session: AsyncSession, viewer: Viewer, place_ids: Sequence[int]
) -> list[Partnership]:
    """Every visible act that one of the places is party to, in order of record number."""
    mine = select(PartyRow.partnership_id).where(PartyRow.place_id.in_(place_ids))
    query = select(PartnershipRow).where(PartnershipRow.id.in_(mine), visible(PartnershipRow, viewer))
    rows = await session.scalars(_loaded(query.order_by(PartnershipRow.id)))
    return [_to_partnership(row) for row in rows]


async def partnership(session: AsyncSession, viewer: Viewer, number: int) -> Partnership | None:
    query = select(PartnershipRow).where(PartnershipRow.id == number, visible(PartnershipRow, viewer))
    row = await session.scalar(_loaded(query))
    return _to_partnership(row) if row else None


async def all_partnerships(session: AsyncSession, viewer: Viewer) -> list[Partnership]:
    """Every visible act, in order of record number."""
    query = select(PartnershipRow).where(visible(PartnershipRow, viewer)).order_by(PartnershipRow.id)
    return [_to_partnership(row) for row in await session.scalars(_loaded(query))]


async def insert_partnerships(session: AsyncSession, acts: Sequence[NewPartnership]) -> list[int]:
    """Store acts and return their record numbers, in order."""
    if not acts:
        return []
    numbers = await number_records(session, Numbered.PARTNERSHIPS, [act.number for act in acts])
    pairs = list(zip(numbers, acts, strict=True))
    await session.execute(insert(PartnershipRow), [_row(number, act) for number, act in pairs])
    await session.execute(
        insert(PartyRow),
        [
            {"partnership_id": number, "position": position, "place_id": place_id}
            for number, act in pairs
            for position, place_id in enumerate(act.parties)
        ],
    )
    await session.execute(
        insert(StatusRow),
        [
            {"partnership_id": number, "position": position, **_step(change)}
            for number, act in pairs
            for position, change in enumerate(act.history)
        ],
    )
    await add_sources(session, [(number, 0, act.sources) for number, act in pairs])
    return numbers


def _row(number: int, act: NewPartnership) -> dict[str, object]:
    return {
        "id": number,
        "kind": act.kind,
        "status": act.status,
        "signed": act.signed,
        "named": act.named,
        "superseded_by": act.superseded_by,
        "cadence_months": act.cadence_months,
        "note": act.note,
        "as_of": act.as_of,
        "scope": act.scope,
        "office_id": act.office_id,
        "version": 1,
    }


def _step(change: StatusChange) -> dict[str, object]:
    return {
        "status": change.status,
        "since": change.since,
        "reason": change.reason,
        "by_whom": change.by_whom,
    }


async def add_sources(session: AsyncSession, added: Iterable[tuple[int, int, Sequence[str]]]) -> None:
    """Add sources to acts: (record number, position of the first new one, texts)."""
    rows = [
        {"partnership_id": number, "position": start + offset, "text": text}
        for number, start, texts in added
        for offset, text in enumerate(texts)
    ]
    if rows:
        await session.execute(insert(PartnershipSourceRow), rows)


async def stored_partnerships(session: AsyncSession, viewer: Viewer | None) -> list[NewPartnership]:
    """Every act that the viewer may see as it would be stored anew, in order of record number.

    Without a viewer all are read, hidden ones too: for an import, which must not hand out a number twice.
    """
    seen = visible(PartnershipRow, viewer) if viewer else true()
    ids = select(PartnershipRow.id).where(seen)
    parties: dict[int, list[int]] = {}
    rows = select(PartyRow.partnership_id, PartyRow.place_id).where(PartyRow.partnership_id.in_(ids))
    for number, place_id in await session.execute(rows.order_by(PartyRow.partnership_id, PartyRow.position)):
        parties.setdefault(number, []).append(place_id)
    history: dict[int, list[StatusChange]] = {}
    steps = select(
        StatusRow.partnership_id, StatusRow.status, StatusRow.since, StatusRow.reason, StatusRow.by_whom
    ).where(StatusRow.partnership_id.in_(ids))
    in_order = steps.order_by(StatusRow.partnership_id, StatusRow.position)
    for number, status, since, reason, by_whom in await session.execute(in_order):
        history.setdefault(number, []).append(StatusChange(status, since, reason, by_whom))
    sources: dict[int, list[str]] = {}
    texts = select(PartnershipSourceRow.partnership_id, PartnershipSourceRow.text).where(
        PartnershipSourceRow.partnership_id.in_(ids)
    )
    ordered = texts.order_by(PartnershipSourceRow.partnership_id, PartnershipSourceRow.position)
    for number, text in await session.execute(ordered):
        sources.setdefault(number, []).append(text)
    table = PartnershipRow.__table__.c
    acts = select(PartnershipRow.id, *(table[name] for name in _CONTENT)).where(seen)
    return [
        NewPartnership(
            number=number,
            parties=tuple(parties[number]),
            history=tuple(history[number]),
            sources=tuple(sources.get(number, ())),
            **dict(zip(_CONTENT, values, strict=True)),
        )
        for number, *values in await session.execute(acts.order_by(PartnershipRow.id))
    ]


_CONTENT = (
    "kind", "signed", "named", "superseded_by", "note", "as_of", "scope", "office_id", "cadence_months",
)  # fmt: skip


async def update_partnerships(
    session: AsyncSession, changes: Sequence[tuple[NewPartnership, NewPartnership]]
) -> None:
    """Store what became of acts: (as stored, as it is now), of the same number and parties.

    Kind, date, note, sources and history are written; whoever has the act open is told that it changed.
    """
    if not changes:
        return
    table = cast("Table", PartnershipRow.__table__)
    connection = await session.connection()
    await connection.execute(
        update(table)
        .where(table.c.id == bindparam("of"))
        .values(
            kind=bindparam("new_kind"),
            status=bindparam("new_status"),
            signed=bindparam("new_signed"),
            note=bindparam("new_note"),
            version=table.c.version + 1,
        ),
        [
            {
                "of": new.number,
                "new_kind": new.kind,
                "new_status": new.status,
                "new_signed": new.signed,
                "new_note": new.note,
            }
            for _, new in changes
        ],
    )
    retold = [new for old, new in changes if new.history != old.history]
    if retold:
        for new in retold:
            await session.execute(delete(StatusRow).where(StatusRow.partnership_id == new.number))
        await session.execute(
            insert(StatusRow),
            [
                {"partnership_id": new.number, "position": position, **_step(change)}
                for new in retold
                for position, change in enumerate(new.history)
            ],
        )
    await add_sources(
        session,
        [
            (new.number, len(old.sources), new.sources[len(old.sources) :])
            for old, new in changes
            if new.number is not None
        ],
    )


async def link_successors(session: AsyncSession, links: Sequence[tuple[int, int]]) -> None:
    """Let acts point to the act that replaced them: (record number, number of the later act)."""
    for number, later in links:
        await session.execute(
            update(PartnershipRow).where(PartnershipRow.id == number).values(superseded_by=later)
        )
