"""Logging a visit in a process of its own, which is killed at one of its steps: a statement, or the commit.

`tests.forks` runs it: ADDRESS REQUEST STEP WHEN, where the first step is 1 and `when` is `before` or `after`. Where it
lives to the end, it prints a letter for each: r for what reads, w for what writes.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from bot.services.desk import Desk
from bot.services.exchanges import LoggedVisit, VisitForm, log_visit
from db.engine import Database, database_url
from tests.conftest import clock
from tests.records import office_of, person

STEPS = ("do_execute", "do_execute_no_params", "do_executemany", "do_commit")
"""What a driver is told to do, as SQLAlchemy names it."""

READING = ("SELECT", "BEGIN", "PRAGMA", "WITH", "SHOW")


async def log(desk: Desk, request: str) -> LoggedVisit:
    """What somebody of Kaohsiung logs, under this id."""
    home = await office_of(desk, "kaohsiung-tw")
    return await log_visit(desk, person(home), VisitForm("seattle-us", "yesterday", topic="housing"), request)


class Deadly:
    """Lets this process be killed before or after a step of those that write to a database."""

    def __init__(self, database: Database, step: int, when: str) -> None:
        self.done, self.step, self.when = "", step, when
        dialect = database._writers.sync_engine.dialect
        for name in STEPS:
            setattr(dialect, name, self._deadly(getattr(dialect, name)))

    def _deadly(self, step: Callable[..., None]) -> Callable[..., None]:
        def taken(*arguments: Any, **more: Any) -> None:
            # Cursor and statement, or the connection that commits.
            statement = str(arguments[1]).lstrip() if len(arguments) > 1 else ""
            self.done += "r" if statement.startswith(READING) else "w"
            self._die("before")
            step(*arguments, **more)
            self._die("after")

        return taken

    def _die(self, when: str) -> None:
        if (len(self.done), when) == (self.step, self.when):
            os.kill(os.getpid(), signal.SIGKILL)


async def _log(address: str, request: str, step: int, when: str) -> str:
    database = Database(database_url(address))
    desk = Desk(database, clock)
    await office_of(desk, "kaohsiung-tw")  # whoever the caller is, is known before
    deadly = Deadly(database, step, when)
    await log(desk, request)
    await database.close()
    return deadly.done


def main() -> None:
    address, request, step, when = sys.argv[1:]
    print(asyncio.run(_log(address, request, int(step), when)))
