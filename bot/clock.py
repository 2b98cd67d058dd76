"""The one place where the time is read.

Everything else is handed a `Clock`, so that tests and the rehearsal can say what time it is.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.domain.errors import Unavailable

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


class SteadyClock:
    """Notices when a clock leaps: what is posted by a wrong one cannot be taken back.

    A leap of more than `tolerated` is believed once it has stood for `believed_after`: until then the machine's own
    correction, or a person's, has time to come. Time in which the machine slept is such a leap as well.
    """

    def __init__(
        self,
        clock: Clock,
        steady: Callable[[], float] = time.perf_counter,
        tolerated: timedelta = timedelta(minutes=5),
        believed_after: timedelta = timedelta(minutes=10),
    ) -> None:
        self._clock, self._steady = clock, steady
        self._tolerated, self._believed_after = tolerated, believed_after
        self._anchor = clock(), steady()
        self._leapt_at: float | None = None

    def check(self) -> None:
        """Raises `Unavailable` (`clock.leapt`, with how far) while a leap is not believed yet."""
        moment, elapsed = self._anchor
        now, seconds = self._clock(), self._steady()
        leap = now - moment - timedelta(seconds=seconds - elapsed)
        if abs(leap) > self._tolerated:
            if self._leapt_at is None:
                self._leapt_at = seconds
            if seconds - self._leapt_at < self._believed_after.total_seconds():
                raise Unavailable("clock.leapt", leap=str(leap))
        self._anchor, self._leapt_at = (now, seconds), None
