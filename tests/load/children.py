"""Processes that are told what to do, line by line, and tell what happened."""

import asyncio
import contextlib
import itertools
import json
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

LINE = 2**20
"""The longest line that a child may send, in bytes."""

Told = dict[str, Any]


class Child:
    """A process and the conversation with it. `heard` is handed all that it tells of its own accord."""

    def __init__(self, process: asyncio.subprocess.Process, heard: Callable[["Child", Told], None]) -> None:
        self._process = process
        self._heard = heard
        self._tickets = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Told]] = {}
        self.ready: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
        self._listening = asyncio.create_task(self._listen())

    async def do(self, what: str, **values: Any) -> Told:
        """Have something done, and wait until it is; raises where the process ends before."""
        return await self.ask(what, **values)

    def ask(self, what: str, **values: Any) -> "asyncio.Future[Told]":
        """Have something done without waiting; the future holds what the child says when it is."""
        ticket = next(self._tickets)
        done: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
        self._waiting[ticket] = done
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": what, "ticket": ticket, **values}).encode() + b"\n")
        return done

    async def _listen(self) -> None:
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            told = json.loads(line)
            kind = told.pop("kind")
            if kind == "ready":
                self.ready.set_result(told)
            elif kind == "done":
                self._waiting.pop(told["ticket"]).set_result(told)
            else:
                self._heard(self, {"kind": kind, **told})
        for future in (self.ready, *self._waiting.values()):
            if not future.done():
                future.set_exception(RuntimeError("a process has ended; its standard error says why"))

    async def end(self) -> None:
        """Say that nothing more comes, and wait until it has ended by itself."""
        assert self._process.stdin is not None
        with contextlib.suppress(ConnectionError):
            self._process.stdin.close()
        try:
            async with asyncio.timeout(20):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        await self._listening
        for future in (self.ready, *self._waiting.values()):
            future.cancel() if not future.done() else future.exception()


@asynccontextmanager
async def children(
    settings: list[Told], heard: Callable[[Child, Told], None], errors: Path
) -> AsyncIterator[list[Child]]:
    """A `bot_process` for each of the settings, all ready; what they log goes to the file `errors`."""
    async with AsyncExitStack() as stack:
        log = stack.enter_context(errors.open("ab"))
        started = []
        for setting in settings:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.load.bot_process", json.dumps(setting),
                cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=log, limit=LINE,
            )  # fmt: skip
            child = Child(process, heard)
            stack.push_async_callback(child.end)
            started.append(child)
        await asyncio.gather(*(child.ready for child in started))
        yield started
