"""Many people on one SQLite file lose nothing, also while somebody else holds the file for a while.

`python -m tests.load.one_sqlite --exchanges 2000`
"""

import argparse
import asyncio
import contextlib
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.access import Role
from bot.services.desk import Caller, Desk
from bot.services.exchanges import VisitForm, log_visit
from bot.services.offices import office_named
from db.faults import fault_of
from tests.load.run import CITIES, desk_on, prepare

PARTNERS = ("seattle-us", "busan-kr", "portland-or-us", "kumamoto-jp")
STORED = "SELECT id, request_id, office_id FROM exchanges WHERE request_id LIKE 'sqlite:%'"
ENTRIES = "SELECT subject, office_id FROM audit_entries WHERE action = 'exchange.logged'"


@dataclass
class Result:
    """Who was told which number, who was refused and how, and what is wrong with the file in the end."""

    told: dict[str, tuple[int, int]] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


async def log_together(file: Path, exchanges: int, at_once: int, held_for: float) -> Result:
    """Log so many visits of three offices, so many at once; in the middle another process holds the file.

    It holds it for `held_for` seconds. The file has the starter data.
    """
    result, loop = Result(), asyncio.get_running_loop()
    async with desk_on(f"sqlite:///{file}") as desk:
        with contextlib.closing(sqlite3.connect(file)) as plain:
            (before,) = plain.execute("SELECT count(*) FROM exchanges").fetchone()
        callers = [await _caller(desk, number, city) for number, city in enumerate(CITIES)]
        left, halfway = iter(range(exchanges)), asyncio.Event()

        async def log_while() -> None:
            for number in left:
                if number == exchanges // 2:
                    halfway.set()
                await _log(desk, callers[number % len(callers)], number, result)

        began = loop.time()
        holder = asyncio.create_task(_hold(file, halfway, held_for))
        await asyncio.gather(*(log_while() for _ in range(at_once)))
        await holder
        result.seconds = loop.time() - began
    _judge(file, before, exchanges, result)
    return result


async def _caller(desk: Desk, number: int, city: str) -> Caller:
    return Caller("en", number + 1, number + 1, await office_named(desk, city), Role.LOGGER)


async def _log(desk: Desk, caller: Caller, number: int, result: Result) -> None:
    """Log one visit, again where the database says that it is busy."""
    form = VisitForm(PARTNERS[number % len(PARTNERS)], "today", topic=f"no. {number}")
    while True:
        try:
            logged = await log_visit(desk, caller, form, f"sqlite:{number}")
        except Exception as error:
            fault = fault_of(error)
            if fault is None:
                raise
            result.refused[fault.value] += 1
        else:
            assert caller.office is not None
            result.told[f"sqlite:{number}"] = (logged.exchange.id, caller.office.id)
            return


async def _hold(file: Path, halfway: asyncio.Event, seconds: float) -> None:
    """Hold the file's write lock, as a backup or another program does."""
    await halfway.wait()
    program = (
        "import sqlite3, sys, time\n"
        "file = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)\n"
        "file.execute('BEGIN IMMEDIATE')\n"
        "time.sleep(float(sys.argv[2]))\n"
        "file.execute('ROLLBACK')\n"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", program, str(file), str(seconds))
    assert await process.wait() == 0, "the other process could not hold the file"


def _judge(file: Path, before: int, exchanges: int, result: Result) -> None:
    def must(good: bool, otherwise: str) -> None:
        if not good:
            result.wrong.append(otherwise)

    with contextlib.closing(sqlite3.connect(file)) as plain:
        stored = {request: (number, office) for number, request, office in plain.execute(STORED)}
        entries = Counter(plain.execute(ENTRIES))
        ((everything, highest),) = plain.execute("SELECT count(*), max(id) FROM exchanges")
        (sound,) = plain.execute("PRAGMA integrity_check").fetchone()
    must(len(result.told) == exchanges, f"{len(result.told)} of {exchanges} were acknowledged")
    must(stored == result.told, "what is stored is not what people were told")
    must(everything == highest == before + exchanges, f"{everything} records up to X{highest}")
    expected = Counter({(f"X{number}", office): 1 for number, office in result.told.values()})
    must(entries == expected, "the audit trail differs")
    must(sound == "ok", f"the file is not sound: {sound}")


async def _prepare(file: Path) -> None:
    async with desk_on(f"sqlite:///{file}") as desk:
        await prepare(desk)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the proof; the exit status is 0 where nothing is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.one_sqlite", description=__doc__)
    parser.add_argument("--exchanges", type=int, default=2000)
    parser.add_argument("--at-once", type=int, default=50)
    parser.add_argument(
        "--held-for", type=float, default=4.0, help="seconds that another process holds the file"
    )
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="attache-sqlite-") as folder:
        file = Path(folder) / "attache.db"
        asyncio.run(_prepare(file))
        result = asyncio.run(log_together(file, chosen.exchanges, chosen.at_once, chosen.held_for))
    print(f"{len(result.told)} visits acknowledged, {chosen.at_once} at once, in {result.seconds:.1f} s")
    print(f"{len(result.told) / result.seconds:.1f} a second; refused: {dict(result.refused) or 'nobody'}")
    for one in result.wrong:
        print(f"WRONG: {one}")
    print(f"{len(result.wrong)} wrong")
    return 1 if result.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
