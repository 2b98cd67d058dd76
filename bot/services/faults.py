"""What the engine could not do, as something that can be told: to try again, or nothing of the kind."""

from bot.domain.errors import Unavailable
from db.engine import reason_of
from db.faults import Fault, fault_of


def outage(error: BaseException) -> Unavailable | None:
    """`database.away`, `.busy` or `.full` with the engine's reason, where trying again later helps; else None."""
    match fault_of(error):
        case Fault.AWAY:
            return Unavailable("database.away", reason=_reason(error))
        case Fault.BUSY:
            return Unavailable("database.busy", reason=_reason(error))
        case Fault.FULL:
            return Unavailable("database.full", reason=_reason(error))
    return None


def _reason(error: BaseException) -> str:
    return reason_of(error) if isinstance(error, Exception) else type(error).__name__
