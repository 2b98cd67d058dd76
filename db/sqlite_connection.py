"""SQLite behind asyncio with fewer errands: `aiosqlite` hands whatever is asked of it to a thread of its own.

A query is asked for in four steps, a cursor, its execution, the rows, and its end, and to hand each over and to wait
for it takes longer than most queries do. Here the rows come with the execution, and the two steps that touch no file
are done where they are asked for.
"""

import sqlite3
from collections.abc import Iterable
from functools import partial
from typing import Any

from aiosqlite import Connection
from aiosqlite.cursor import Cursor

AHEAD = 1000
"""So many rows come with the execution; of more, the rest is fetched as it is asked for."""

ROWS_IN_A_STEP = 64
"""Of what is read row by row, as `aiosqlite` does by default."""


class ReadAheadCursor(Cursor):
    """A cursor whose first rows are there as soon as its query was executed."""

    def __init__(self, connection: Connection, cursor: sqlite3.Cursor) -> None:
        super().__init__(connection, cursor)
        self._ahead: list[Any] = []
        self._is_all = False
        self._answered = True

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> Cursor:
        """Execute a query; whoever is cut off while it runs leaves the cursor to the thread."""
        self._answered = False
        rows = await self._execute(_executed, self._cursor, sql, parameters or ())  # type: ignore[no-untyped-call]
        self._answered, self._ahead, self._is_all = True, rows, len(rows) < AHEAD
        return self

    async def fetchall(self) -> Iterable[Any]:
        first, self._ahead = self._ahead, []
        return first if self._is_all else [*first, *await super().fetchall()]

    async def fetchmany(self, size: int | None = None) -> Iterable[Any]:
        size = size or self.arraysize
        first, self._ahead = self._ahead[:size], self._ahead[size:]
        return first if first or self._is_all else await super().fetchmany(size)

    async def fetchone(self) -> Any:
        return next(iter(await self.fetchmany(1)), None)

    async def close(self) -> None:
        if self._answered:
            self._cursor.close()
        else:  # it failed, or somebody was cut off, so that the thread may still be at it
            await super().close()


def _executed(cursor: sqlite3.Cursor, sql: str, parameters: Iterable[Any]) -> list[Any]:
    cursor.execute(sql, parameters)  # type: ignore[arg-type]
    return cursor.fetchmany(AHEAD) if cursor.description else []


class ReadAheadConnection(Connection):
    """A connection that gives such cursors."""

    def cursor(self) -> ReadAheadCursor:  # type: ignore[override]
        return ReadAheadCursor(self, self._conn.cursor())


def connect(*arguments: Any, **options: Any) -> ReadAheadConnection:
    """As `aiosqlite.connect`, for the `async_creator_fn` of an engine: to be awaited until it is open."""
    connection = ReadAheadConnection(partial(sqlite3.connect, *arguments, **options), ROWS_IN_A_STEP)
    connection._thread.daemon = True  # as SQLAlchemy has it: a process that ends waits for no query
    return connection
