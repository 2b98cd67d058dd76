"""Starting bots as processes of their own, and killing them."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.wire.launch import Launch
from tests.wire.state import PATIENCE

ROOT = Path(__file__).parents[2]


@dataclass
class Bot:
    """A bot that was started; its log is a file."""

    pid: int
    log: Path
    _end: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        try:
            self._watch = os.pidfd_open(self.pid)
        except ProcessLookupError:
            self._end.set()
            return
        asyncio.get_running_loop().add_reader(self._watch, self._ended)

    def _ended(self) -> None:
        asyncio.get_running_loop().remove_reader(self._watch)
        os.close(self._watch)
        self._end.set()

    @property
    def runs(self) -> bool:
        return not self._end.is_set()

    def signal(self, which: signal.Signals) -> None:
        if self.runs:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, which)

    async def ended(self, patience: float = PATIENCE) -> None:
        """Wait until it has ended, whatever the reason."""
        async with asyncio.timeout(patience):
            await self._end.wait()

    async def kill(self) -> None:
        self.signal(signal.SIGKILL)
        await self.ended()

    async def stop(self) -> None:
        self.signal(signal.SIGTERM)
        await self.ended()

    @property
    def said(self) -> str:
        """What it has written to its log."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""


@cache
def _starter() -> "subprocess.Popen[str]":
    """One that has all imported that bots need, for each process that runs tests; it ends when that does."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.wire.launch"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


class Bots:
    """Bots that were started together, and end together."""

    def __init__(self) -> None:
        self._started: list[Bot] = []

    async def start(self, launch: Launch) -> Bot:
        starter = _starter()
        assert starter.stdin is not None
        assert starter.stdout is not None
        starter.stdin.write(launch.write() + "\n")
        starter.stdin.flush()
        pid = int(await asyncio.to_thread(starter.stdout.readline))
        self._started.append(Bot(pid, Path(launch.log)))
        return self._started[-1]

    async def kill_all(self) -> None:
        for bot in self._started:
            await bot.kill()


@asynccontextmanager
async def starting_bots() -> AsyncIterator[Bots]:
    """Bots for the time of the block; those that still run are killed in the end."""
    bots = Bots()
    try:
        yield bots
    finally:
        await bots.kill_all()
