"""One clock for a test, its Discord and its bots, that the test moves while they run."""

import mmap
import struct
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import system_clock

SECONDS = struct.Struct("d")


class SharedClock:
    """The machine's clock, moved by what a file says; whoever opens the same file sees the same time, at once."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(SECONDS.pack(0.0))
        with file.open("r+b") as opened:
            self._moved = mmap.mmap(opened.fileno(), SECONDS.size)
        self.file = file

    def __call__(self) -> datetime:
        return system_clock() + timedelta(seconds=SECONDS.unpack(self._moved[:])[0])

    def set(self, moment: datetime) -> None:
        """Show this moment (aware) now, and go on from there."""
        self._moved[:] = SECONDS.pack((moment - system_clock()).total_seconds())

    def move(self, by: timedelta) -> None:
        """Jump forwards, or backwards."""
        self._moved[:] = SECONDS.pack(SECONDS.unpack(self._moved[:])[0] + by.total_seconds())
