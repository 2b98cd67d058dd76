"""What the reminders of an office are planned from and composed of, read as the office sees it."""

from collections.abc import Sequence

from bot.domain.due_dates import Watched
from bot.domain.occasions.facts import Facts
from bot.domain.offices import Office
from bot.domain.ties import Tie
from bot.services.rest_days import working_days
from bot.services.ties import ties_of_place
from db.act_parts import parts_of
from db.contacts import running_terms
from db.decisions import decided_by
from db.engine import Session
from db.exchanges import planned_exchanges
from db.lessons import without_lessons
from db.partnerships import partnerships_of
from db.tending import muted, tended


async def facts_of(session: Session, office: Office) -> Facts:
    """All that planning and composing rest on, in one go."""
    known = await tended(session, office.id)
    family, ties = await ties_of_place(session, office.viewer, office.place)
    return Facts(
        office,
        working_days(office),
        family.own_ids,
        ties,
        watched=await _watched_acts(session, office, ties),
        decided=await decided_by(session, office.viewer, family.own_ids, office.id),
        terms=await running_terms(session, office.viewer),
        planned=await planned_exchanges(session, office.viewer, family.own_ids, office.id),
        unlearnt=await without_lessons(session, office.viewer, office.id),
        muted=await muted(session, office.id),
        done={marked for marked, said in known.items() if said.is_done},
        assigned={marked: said.assignee for marked, said in known.items() if said.assignee is not None},
    )


async def _watched_acts(session: Session, office: Office, ties: Sequence[Tie]) -> list[Watched]:
    """The acts that the office is party to, by its ties, and those that it keeps, with what was promised in them."""
    kept = await partnerships_of(session, office.viewer, (), kept_by=office.id)
    acts = {act.id: act for act in (*(act for tie in ties for act in tie.acts), *kept)}
    parts = await parts_of(session, office.viewer, list(acts), ["commitments"])
    return [Watched(act, parts[number].commitments) for number, act in acts.items() if number in parts]
