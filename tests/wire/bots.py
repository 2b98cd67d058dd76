"""Starting bots as processes of their own, and killing them."""

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
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


class Bots:
    """Starts bots by a process that has all they need imported."""

    def __init__(self, starter: Process) -> None:
        self._starter = starter
        self._started: list[Bot] = []

    async def start(self, launch: Launch) -> Bot:
        assert self._starter.stdin is not None
        assert self._starter.stdout is not None
        self._starter.stdin.write(launch.write().encode() + b"\n")
        pid = int(await self._starter.stdout.readline())
        self._started.append(Bot(pid, Path(launch.log)))
        return self._started[-1]

    async def kill_all(self) -> None:
        for bot in self._started:
            await bot.kill()


@asynccontextmanager
async def starting_bots() -> AsyncIterator[Bots]:
    """Bots for the time of the block; those that still run are killed in the end."""
    starter = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.wire.launch",
        cwd=ROOT, stdin=PIPE, stdout=PIPE, env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1"},
    )  # fmt: skip
    bots = Bots(starter)
    try:
        yield bots
    finally:
        await bots.kill_all()
        assert starter.stdin is not None
        starter.stdin.close()
        await starter.wait()
