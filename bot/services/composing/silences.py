"""What there is to tell of a tie that goes quiet."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.dormancy import Quietness
from bot.domain.exchanges import Exchange
from bot.domain.occasions.facts import Facts
from bot.domain.partnerships import Partnership
from bot.domain.places import Place
from bot.domain.reminders import Reminder
from bot.domain.ties import Tie
from bot.services.composing.exchanges import recent_with
from db.engine import Session


@dataclass(frozen=True, slots=True)
class SilenceNews:
    """How quiet it is between the parties of an act on the occurrence."""

    act: Partnership
    partners: Sequence[Place]
    quiet: Quietness
    recent: Sequence[Exchange] = ()

    @property
    def records(self) -> Sequence[str]:
        return [self.act.record, *(exchange.record for exchange in self.recent[:1])]

    @property
    def places(self) -> Sequence[Place]:
        return self.act.parties


async def silence_news(session: Session, facts: Facts, reminder: Reminder) -> SilenceNews | None:
    """None where there was a contact since, or the act has ended."""
    crossing = [tie for tie in facts.ties if _goes_quiet(tie, reminder)]
    quiet = crossing[0].quietness(reminder.occurrence) if crossing else None
    if quiet is None:
        return None
    partners = [tie.partner for tie in crossing]
    recent = await recent_with(session, facts, partners)
    return SilenceNews(crossing[0].lead_act, partners, quiet, recent)


def _goes_quiet(tie: Tie, reminder: Reminder) -> bool:
    """Whether it is this tie that crosses a threshold on the day: of a three-party act, one may and the other not."""
    return (
        tie.is_partner
        and tie.lead_act.record == reminder.subject
        and reminder.occurrence in tie.crossings().values()
    )
