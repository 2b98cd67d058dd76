"""A wire between us and a real PostgreSQL that a test can hold silent, or cut at the answer to a commit."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy import URL

COMMIT = b"COMMIT"


@dataclass
class Wire:
    """Carries bytes both ways. `url` is the address at this end."""

    far: URL
    url: URL
    lose_answer_to_commit: bool = False
    lost: int = 0
    silent: bool = False
    _ends: set[asyncio.StreamWriter] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection until either side ends it."""
        far_reader, far_writer = await self._open()
        self._ends |= {writer, far_writer}
        committing = asyncio.Event()
        there = asyncio.ensure_future(self._carry_there(reader, far_writer, committing))
        back = asyncio.ensure_future(self._carry_back(far_reader, writer, committing))
        self._tasks |= {there, back}
        await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        for end in (writer, far_writer):
            end.close()

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        folder = self.far.query.get("host")
        if isinstance(folder, str) and folder.startswith("/"):
            return await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{self.far.port or 5432}")
        return await asyncio.open_connection(self.far.host or "localhost", self.far.port or 5432)

    async def _carry_there(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, committing: asyncio.Event
    ) -> None:
        with contextlib.suppress(OSError):
            while sent := await reader.read(65536):
                if self.silent:
                    continue
                if self.lose_answer_to_commit and COMMIT in sent:
                    committing.set()
                writer.write(sent)
                await writer.drain()

    async def _carry_back(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, committing: asyncio.Event
    ) -> None:
        with contextlib.suppress(OSError):
            while answer := await reader.read(65536):
                if committing.is_set():
                    self.lose_answer_to_commit = False
                    self.lost += 1
                    return
                writer.write(answer)
                await writer.drain()

    async def close(self) -> None:
        for end in self._ends:
            end.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def wire_to(far: URL) -> AsyncIterator[Wire]:
    """A wire to the PostgreSQL at this address, closed afterwards."""
    wire = Wire(far, far)
    server = await asyncio.start_server(wire.joined, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    near = far.difference_update_query(["host"]).set(host="127.0.0.1", port=port)
    wire.url = near.update_query_dict({"ssl": "disable"})
    try:
        yield wire
    finally:
        server.close()
        await wire.close()
