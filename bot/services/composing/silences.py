"""What there is to tell of a tie that goes quiet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.dormancy import Quietness
from bot.domain.occasions.facts import Facts
from bot.domain.occasions.silences import is_listed
from bot.domain.places import Place
from bot.domain.reminders import Reminder, ReminderKind
from bot.domain.ties import Tie
from bot.services.composing.acts import ActNews
from bot.services.composing.exchanges import recent_with
from bot.services.quiet_lists import QuietList, quiet_list
from db.engine import Session
from db.posted import put_off_subjects


@dataclass(frozen=True, slots=True)
class SilenceNews(ActNews):
    """How quiet it is between the parties of an act on the occurrence."""

    quiet: Quietness


async def silence_news(session: Session, facts: Facts, reminder: Reminder) -> SilenceNews | None:
    """None where there was a contact since, or the act has ended."""
    crossing = [tie for tie in facts.ties if _goes_quiet(tie, reminder)]
    quiet = crossing[0].quietness(reminder.occurrence) if crossing else None
    if quiet is None:
        return None
    partners = [tie.partner for tie in crossing]
    recent = await recent_with(session, facts, partners)
    return SilenceNews(crossing[0].lead_act, partners, quiet, recent=recent)


@dataclass(frozen=True, slots=True)
class QuietListNews:
    """All quiet ties of the office on the day of the post."""

    listed: QuietList

    @property
    def records(self) -> Sequence[str]:
        acts = [
            *(item.tie.lead_act for item in self.listed.quiet),
            *(item.act for item in self.listed.paused),
        ]
        return [act.record for act in acts]

    @property
    def places(self) -> Sequence[Place]:
        return [item.tie.partner for item in self.listed.quiet]

    @property
    def partners(self) -> Sequence[Place]:
        return []


async def quiet_list_news(session: Session, facts: Facts, reminder: Reminder) -> QuietListNews | None:
    """The ties that the office wants to hear of, without those that were put off; None where none is quiet any more.

    Ties that are paused, or of which nothing was ever logged, come along, and are no reason for a post.
    """
    today = facts.office.today(reminder.at)
    later = await put_off_subjects(session, facts.office.id, ReminderKind.DORMANCY)
    ties = [tie for tie in facts.ties if tie.lead_act.record not in later]
    if not any(is_listed(facts, tie, today) for tie in ties):
        return None
    known = quiet_list(facts.office.place, facts.own_ids, ties, today)
    return QuietListNews(
        replace(known, quiet=[each for each in known.quiet if is_listed(facts, each.tie, today)])
    )


def _goes_quiet(tie: Tie, reminder: Reminder) -> bool:
    """Whether it is this tie that crosses a threshold on the day: of a three-party act, one may and the other not."""
    return (
        tie.is_partner
        and tie.lead_act.record == reminder.subject
        and reminder.occurrence in tie.crossings().values()
    )
