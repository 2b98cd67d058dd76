"""What is looked at when somebody asks whether all is well: by the operator (`attache doctor`) or in an office."""

from dataclasses import dataclass, field
from typing import Any

from bot.domain.places import Place
from bot.domain.reminders import ReminderState
from bot.services.desk import Desk
from db.schema import current_revision, known, newest_revision


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at, as a key of the catalogue and values: where it is not well, how to mend it."""

    well: bool
    key: str
    values: dict[str, Any] = field(default_factory=dict)


async def revision_finding(desk: Desk) -> Finding:
    """Whether the database is at the newest revision."""
    at, newest = await current_revision(desk.database), newest_revision()
    if not known(at):
        return Finding(False, "error.database.newer", {"at": at})
    if at != newest:
        return Finding(False, "doctor.revision", {"at": at or "–", "newest": newest})
    return Finding(True, "doctor.revision_newest", {"newest": newest})


def unsent_finding(place: Place, state: ReminderState, reason: str, number: int) -> Finding:
    """Posts of an office that are blocked, for that reason, or were given up or never sent."""
    key = f"doctor.blocked_{reason}" if state is ReminderState.BLOCKED else f"doctor.{reason or state.value}"
    return Finding(False, key, {"place": place, "n": number})
