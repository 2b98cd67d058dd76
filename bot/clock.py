"""The one place where the time is read.

Everything else is handed a `Clock`, so that tests and the rehearsal can say what time it is.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Returns the present moment, aware, in UTC."""


def system_clock() -> datetime:
    """The time of this machine, in UTC."""
    return datetime.now(UTC)


def clock_from(moment: datetime) -> Clock:
    """A clock that shows `moment` (aware) now and goes on from there at the usual pace."""
    # Not `monotonic`: SimCord makes that stand still while the bot works.
    started = time.perf_counter()
    return lambda: moment.astimezone(UTC) + timedelta(seconds=time.perf_counter() - started)
