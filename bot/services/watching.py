"""The acts whose dates an office is told of, and what there is to say when one comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.agreements import Commitment
from bot.domain.dates import PartialDate
from bot.domain.due_dates import Dated, Watched, commitment_notices, is_marked, review_notices
from bot.domain.marks import handle_of
from bot.domain.offices import Office
from bot.domain.partnerships import Partnership
from bot.domain.reminders import Reminder, ReminderKind
from bot.domain.ties import Tie
from db.act_parts import parts_of
from db.engine import Session
from db.partnerships import partnerships_of


@dataclass(frozen=True, slots=True)
class DueNow:
    """What one post tells of an act: dates that come, or promises that are due or overdue, by their handles."""

    act: Partnership
    dates: Sequence[tuple[Dated, PartialDate]] = ()
    promises: Mapping[str, Commitment] = field(default_factory=dict)


async def watched_acts(session: Session, office: Office, ties: Sequence[Tie]) -> list[Watched]:
    """The acts that the office is party to, by its ties, and those that it keeps, with what was promised in them."""
    kept = await partnerships_of(session, office.viewer, (), kept_by=office.id)
    acts = {act.id: act for act in (*(act for tie in ties for act in tie.acts), *kept)}
    parts = await parts_of(session, office.viewer, list(acts), ["commitments"])
    return [Watched(act, parts[number].commitments) for number, act in acts.items() if number in parts]


def due_now(watched: Watched, reminder: Reminder) -> DueNow | None:
    """What there is to tell, None where it is no longer so: done, moved to another day, or the act has ended."""
    occurrence, lead = reminder.occurrence, reminder.lead_days
    if not watched.stands:
        return None
    if reminder.kind is ReminderKind.REVIEW:
        dates = [each for each in watched.dates() if is_marked(review_notices(each[1]), occurrence, lead)]
        return DueNow(watched.act, dates=dates) if dates else None
    told = watched.commitments
    owed = {
        handle_of(told, told.index(each)): each
        for each, due in watched.owed()
        if is_marked(commitment_notices(due), occurrence, lead)
    }
    return DueNow(watched.act, promises=owed) if owed else None
