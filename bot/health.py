"""`/healthz` and `/metrics` on this machine, for whoever watches over the process."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.client import AttacheBot
from bot.domain.errors import Unavailable
from bot.domain.reminders import ReminderState
from bot.metrics import Meter, Standing
from bot.services.desk import Desk
from bot.services.workers import Worker, outbox_by_state

log = logging.getLogger(__name__)

HOST = "127.0.0.1"

PATIENCE = 5.0
"""Seconds within which the database must have answered."""

LONG_AGO = timedelta(minutes=15)
"""Passes come every minute; without one for this long the reminder loop stands still."""

WITHOUT_LIBRARY = "Metrics need another package: pip install 'attache[metrics]'\n"


class Health:
    """Answers how the process is. All of it is about the process: nothing of an office or of a user."""

    def __init__(self, desk: Desk, bot: AttacheBot, worker: Worker, meter: Meter) -> None:
        self._desk = desk
        self._bot = bot
        self._worker = worker
        self._meter = meter

    def application(self) -> web.Application:
        application = web.Application()
        application.router.add_get("/healthz", self.healthz)
        application.router.add_get("/metrics", self.metrics)
        return application

    async def healthz(self, _request: web.Request) -> web.Response:
        """200 while everything works, else 503; both with what is known as JSON."""
        database = await self._outbox() is not None
        gateway = self._bot.connected
        moving = self._since_last_pass() < LONG_AGO
        well = database and gateway and moving
        document: dict[str, Any] = {
            "status": "ok" if well else "failing",
            "database": database,
            "gateway": gateway,
            "reminders": moving,
            "shards": str(self._worker.shards),
            "last_pass_seconds_ago": self._age(self._worker.last_pass_at),
            "last_error": self._worker.last_error,
            "last_error_seconds_ago": self._age(self._worker.last_error_at),
        }
        return web.json_response(document, status=200 if well else 503)

    async def metrics(self, _request: web.Request) -> web.Response:
        """Prometheus' text format; 501 with the remedy without its library."""
        outbox = await self._outbox()
        standing = Standing(outbox is not None, self._worker.last_pass_at, outbox or {})
        page = self._meter.page(standing)
        if page is None:
            return web.Response(text=WITHOUT_LIBRARY, status=501)
        return web.Response(body=page, headers={"Content-Type": self._meter.content_type})

    async def _outbox(self) -> dict[ReminderState, int] | None:
        """How the outbox stands, None where the database does not answer in time."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await outbox_by_state(self._desk)
        except Exception as error:
            log.debug("the database did not answer: %s", type(error).__name__)
            return None

    def _since_last_pass(self) -> timedelta:
        return self._desk.clock() - (self._worker.last_pass_at or self._worker.started_at)

    def _age(self, moment: datetime | None) -> float | None:
        return None if moment is None else round((self._desk.clock() - moment).total_seconds(), 1)


@asynccontextmanager
async def serving_health(health: Health, port: int | None) -> AsyncIterator[None]:
    """Answer on this port of the loopback address; not at all for None or 0.

    Raises `Unavailable` (`health.port_taken`) with the system's reason, which mostly is that somebody else has it.
    """
    if not port:
        yield
        return
    runner = web.AppRunner(health.application(), access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, HOST, port).start()
        except OSError as error:
            reason = os.strerror(error.errno or 0)
            raise Unavailable("health.port_taken", port=str(port), reason=reason) from None
        yield
    finally:
        await runner.cleanup()
