"""The parts of records that stand in tables of their own, in order: parties, places, sources, status history."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

Column = InstrumentedAttribute[Any]


async def read_parts(
    session: AsyncSession, owner: InstrumentedAttribute[int], ids: Select[int], *columns: Column
) -> dict[int, list[Sequence[Any]]]:
    """The values of `columns` in each part of the records `ids`, in order; `owner` says whose part it is."""
    found: dict[int, list[Sequence[Any]]] = {}
    position = owner.class_.position
    query = select(owner, *columns).where(owner.in_(ids)).order_by(owner, position)
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
