"""A process that is killed while it logs a visit: the record is there with its audit entry, or nothing is."""

import os
import signal
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.services.desk import Desk
from db.exchanges import exchange_of_request
from db.tables import AuditRow
from tests.forks import run_forked
from tests.killed import log

NEVER = 0


async def _records(desk: Desk, request: str) -> list[str]:
    """The record that a request has made, for each entry that says that it was logged."""
    async with desk.database.write() as session:
        number = await exchange_of_request(session, request)
        logged = await session.scalars(select(AuditRow).where(AuditRow.action == "exchange.logged"))
        made = [row.subject for row in logged if row.after and row.after["request_id"] == request]
    assert made in ([], [f"X{number}"])
    assert bool(made) == (number is not None)
    return made


@pytest.mark.proof
@pytest.mark.both_engines
async def test_killed_at_each_step(seeded_desk: Desk, tmp_path: Path) -> None:
    """Before and after every statement, and the commit; the same press again makes one record."""

    def started(request: str, step: int, when: str) -> tuple[int, str]:
        address = seeded_desk.database.url.render_as_string(hide_password=False)
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
        done = run_forked((address, request, str(step), when), environment, tmp_path, module="tests.killed")
        return done.returncode, done.stdout

    status, printed = started("killed:never", NEVER, "before")
    assert status == 0
    steps = printed.strip()
    assert steps.count("w") > 5
    assert steps.endswith("w"), "the commit"
    for step, when in [(step, when) for when in ("before", "after") for step in range(1, len(steps) + 1)]:
        request = f"killed:{when}:{step}"
        assert started(request, step, when)[0] == -signal.SIGKILL
        found = await _records(seeded_desk, request)
        assert bool(found) == ((step, when) == (len(steps), "after"))
        logged = await log(seeded_desk, request)
        assert await _records(seeded_desk, request) == [logged.exchange.record]
        assert found in ([], [logged.exchange.record])
