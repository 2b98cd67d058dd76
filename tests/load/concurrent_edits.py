"""Four processes change one record at the same time, fifty times each: no change is lost.

`python -m tests.load.concurrent_edits --processes 4 --edits 50`
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.domain.access import Role
from bot.services.desk import Caller
from bot.services.exchanges import VisitForm, log_visit
from bot.services.office_settings import PostingForm
from bot.services.offices import set_up_office
from tests.load.children import Told, children
from tests.load.edits import Edits, change_together
from tests.load.run import BEGIN, desk_on, prepare
from tests.load.server import own_server

CITY = "kaohsiung-tw"


async def prove(processes: int, edits: int, requests: int, errors: Path) -> Edits:
    """Run the proof on a server of its own."""
    found = Edits()
    async with own_server() as server:
        url = await server.new_database()
        async with desk_on(url) as desk:
            await prepare(desk)
        settings = [_settings(url, number) for number in range(processes)]
        heard = found.heard
        async with children(settings, lambda _, told: heard(told), errors) as started:
            number = await _first_record(url, started[0].ready.result()["seats"][0])
            await asyncio.gather(*(child.ask("learn_partners") for child in started))
            await change_together(started, url, number, edits, requests, found)
    return found


def _settings(url: str, number: int) -> Told:
    return {
        "name": chr(ord("A") + number),
        "number": number,
        "database": url,
        "at": BEGIN.isoformat(),
        "cities": [CITY],
        "people": 1,
        "mine": [0],
        "hand_over": False,
    }


async def _first_record(url: str, seat: list[Any]) -> int:
    """Set the office up and log the visit that everybody is going to change."""
    city, guild, channel = seat
    operator = Caller("en", 1, guild, role=Role.OPERATOR)
    visit = VisitForm("seattle-us", "today", topic="Everybody's", people="1")
    async with desk_on(url) as desk:
        office = await set_up_office(desk, operator, city, channel, PostingForm("en"))
        logged = await log_visit(desk, Caller("en", 1, guild, office, Role.EDITOR), visit, "first")
    return logged.exchange.id


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the proof; the exit status is 0 where nothing is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.concurrent_edits", description=__doc__)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--edits", type=int, default=50, help="of each process")
    parser.add_argument("--requests", type=int, default=50, help="that all processes have at once")
    chosen = parser.parse_args(arguments)
    with tempfile.NamedTemporaryFile(prefix="attache-edits-", suffix=".log", delete=False) as log:
        errors = Path(log.name)
    found = asyncio.run(prove(chosen.processes, chosen.edits, chosen.requests, errors))
    print(
        f"{len(found.edited)} edits by {chosen.processes} processes; {found.overtaken} times overtaken, and done anew"
    )
    print(f"{len(found.same)} requests that all {chosen.processes} had at once, each one record")
    for one in found.wrong:
        print(f"WRONG: {one}")
    print(f"{len(found.wrong)} wrong; what the bots logged: {errors}")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
