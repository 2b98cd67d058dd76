"""What failed when the engine failed: the database that is not there, one that is busy, or the statement itself."""

from enum import StrEnum
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

AWAY_STATES = ("08", "28", "3D", "57P", "53300")
"""PostgreSQL's codes, or their beginnings: no connection, not let in, no such database, shutting down or starting
up, too many connections."""

BUSY_STATES = ("40", "55P03", "57014")
"""Two transactions in each other's way, or one that waited for too long (`db.engine`); trying again helps."""

VALUE_STATES = ("22",)
"""PostgreSQL did not like a value, and its sentence repeats it."""

FULL_STATES = ("53100",)
SQLITE_FULL = ("SQLITE_FULL",)

SQLITE_AWAY = ("SQLITE_CANTOPEN", "SQLITE_NOTADB")
SQLITE_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")

BROKEN = "InternalClientError"
"""What asyncpg calls it where its connection breaks in the middle of an answer; there is no code for that."""

DRIVERS = frozenset({"sqlalchemy", "asyncpg", "aiosqlite"})


class Fault(StrEnum):
    """Why the database did not do it, where asking again later helps."""

    AWAY = "away"
    BUSY = "busy"
    FULL = "full"
    """There is no room on the disk: nothing can be stored until somebody makes some."""


def fault_of(error: BaseException) -> Fault | None:
    """Whether the database is away, busy or full; None for a bug, a broken rule, and what is not its doing."""
    if isinstance(error, PoolTimeout):
        return Fault.BUSY
    if isinstance(error, DBAPIError):
        return Fault.AWAY if error.connection_invalidated else _stated(error.orig)
    if isinstance(error, OSError) and _in_driver(error):
        return Fault.AWAY
    if type(error).__module__.startswith("asyncpg"):  # raised while a new connection was made ready
        return Fault.AWAY if type(error).__name__ == BROKEN else _stated(error)
    return None


def _stated(cause: Any) -> Fault | None:
    """What the engine itself says: PostgreSQL in a code, SQLite in a name."""
    state = str(getattr(cause, "sqlstate", None) or "")
    name = str(getattr(cause, "sqlite_errorname", None) or "")
    if state.startswith(AWAY_STATES) or name.startswith(SQLITE_AWAY):
        return Fault.AWAY
    if state.startswith(FULL_STATES) or name.startswith(SQLITE_FULL):
        return Fault.FULL
    if state.startswith(BUSY_STATES) or name.startswith(SQLITE_BUSY):
        return Fault.BUSY
    return None


def _in_driver(error: BaseException) -> bool:
    """Whether it was raised while the driver was at work: asyncpg hands on what the network says as it is."""
    trace = error.__traceback__
    while trace is not None:
        if str(trace.tb_frame.f_globals.get("__name__")).partition(".")[0] in DRIVERS:
            return True
        trace = trace.tb_next
    return False


def names_values(error: DBAPIError) -> bool:
    """Whether the engine's own sentence may repeat a value, which may be what somebody typed."""
    return str(getattr(error.orig, "sqlstate", None) or "").startswith(VALUE_STATES)
