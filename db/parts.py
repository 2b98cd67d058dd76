"""The parts of records that stand in tables of their own, in order: parties, places, sources, status history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

Column = InstrumentedAttribute[Any]


async def read_parts(
    session: AsyncSession,
    owner: InstrumentedAttribute[int],
    ids: Select[int] | Sequence[int],
    *columns: Column,
    seen: ColumnElement[bool] | None = None,
) -> dict[int, list[Sequence[Any]]]:
    """The values of `columns` in each part of the records `ids`, in order; `owner` says whose part it is.

    `seen` says which of the parts, where not all.
    """
    found: dict[int, list[Sequence[Any]]] = {}
    position = owner.class_.position
    query = select(owner, *columns).where(owner.in_(ids)).order_by(owner, position)
    if seen is not None:
        query = query.where(seen)
    for number, *values in await session.execute(query):
        found.setdefault(number, []).append(values)
    return found


async def add_parts(
    session: AsyncSession,
    owner: InstrumentedAttribute[int],
    added: Iterable[tuple[int, int, Iterable[Mapping[str, Any]]]],
) -> None:
    """Store parts: (record number, position of the first one, their columns)."""
    rows = [
        {owner.key: number, "position": start + offset, **part}
        for number, start, parts in added
        for offset, part in enumerate(parts)
    ]
    if rows:
        await session.execute(insert(owner.class_), rows)


async def replace_parts(
    session: AsyncSession, owner: Column, number: int, parts: Iterable[Mapping[str, Any]]
) -> None:
    """Let one record have these parts and no others."""
    await session.execute(delete(owner.class_).where(owner == number))
    await add_parts(session, owner, [(number, 0, parts)])


def text_lengths(rows: type[Any], names: Iterable[str]) -> dict[str, int]:
    """The most characters that these columns hold, of those that have a limit."""
    lengths = ((name, getattr(rows.__table__.c[name].type, "length", None)) for name in names)
    return {name: length for name, length in lengths if length is not None}


# Parts of several fields -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartKind:
    """A kind of part: what it is in the domain, and the table whose columns are its fields.

    `owner` is the column that says whose part a row is.
    """

    part: type[Any]
    owner: InstrumentedAttribute[int]

    @property
    def rows(self) -> Any:
        return self.owner.class_

    @property
    def columns(self) -> Sequence[str]:
        return [field.name for field in fields(self.part)]

    def row(self, part: Any) -> dict[str, Any]:
        return {name: getattr(part, name) for name in self.columns}

    @property
    def lengths(self) -> Mapping[str, int]:
        """The most characters that the columns hold, where they have a limit."""
        return text_lengths(self.rows, self.columns)


async def read_kind(
    session: AsyncSession,
    kind: PartKind,
    ids: Select[int] | Sequence[int],
    seen: ColumnElement[bool] | None = None,
) -> dict[int, tuple[Any, ...]]:
    """The parts of one kind of the records `ids`, in order, by record number; of those that are `seen`, if not all."""
    columns = [getattr(kind.rows, name) for name in kind.columns]
    found = await read_parts(session, kind.owner, ids, *columns, seen=seen)
    return {number: tuple(kind.part(*values) for values in parts) for number, parts in found.items()}


async def add_kind(session: AsyncSession, kind: PartKind, added: Iterable[tuple[int, Sequence[Any]]]) -> None:
    """Store the first parts of one kind of records: (record number, parts in order)."""
    await add_parts(session, kind.owner, [(number, 0, map(kind.row, parts)) for number, parts in added])
