"""What there is to tell of the anniversary of an act."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import claims as doubts
from bot.domain.anniversaries import milestone
from bot.domain.claims import Claim
from bot.domain.exchanges import Exchange
from bot.domain.occasions.facts import Facts
from bot.domain.partnerships import Partnership
from bot.domain.places import Place
from bot.domain.reminders import Reminder
from bot.services.claims import disputes_of
from bot.services.composing.exchanges import recent_with
from db.engine import Session


@dataclass(frozen=True, slots=True)
class AnniversaryNews:
    """An act that is `years` old on the occurrence.

    `said` is what sources say of the day, where it is disputed; the post goes by the first.
    """

    act: Partnership
    partners: Sequence[Place]
    years: int
    recent: Sequence[Exchange] = ()
    said: Sequence[Claim] = ()

    @property
    def records(self) -> Sequence[str]:
        return [self.act.record, *(exchange.record for exchange in self.recent[:1])]

    @property
    def places(self) -> Sequence[Place]:
        return self.act.parties

    @property
    def milestone(self) -> str | None:
        return milestone(self.years)


async def anniversary_news(session: Session, facts: Facts, reminder: Reminder) -> AnniversaryNews | None:
    """None where the act is in force no more, or undated."""
    acts = (act for tie in facts.ties for act in tie.in_force)
    act = next((act for act in acts if act.record == reminder.subject), None)
    if act is None or act.signed is None:
        return None
    partners = act.partners_of(facts.own_ids)
    disputes = await disputes_of(session, facts.office.viewer, [act])
    return AnniversaryNews(
        act,
        partners,
        reminder.occurrence.year - act.signed.year,
        await recent_with(session, facts, partners),
        doubts.day_disputed(disputes.get(act.id, ())),
    )
