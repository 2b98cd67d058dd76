"""What there is to tell when a date of an act comes, what was decided is due, or a term ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.access import may_change
from bot.domain.agreements import Commitment
from bot.domain.contacts import Contact
from bot.domain.dates import PartialDate
from bot.domain.decisions import decision_handle
from bot.domain.due_dates import Dated, Watched, commitment_notices, is_marked, review_notices
from bot.domain.exchange_particulars import Decision
from bot.domain.marks import handle_of
from bot.domain.occasions.facts import Facts
from bot.domain.places import Place
from bot.domain.reminders import Reminder
from bot.domain.terms import term_notices
from bot.services.composing.acts import ActNews
from bot.services.composing.exchanges import recent_with
from bot.services.composing.visits import ExchangeNews
from db.engine import Session


@dataclass(frozen=True, slots=True)
class DueNews(ActNews):
    """What one post tells of an act: dates that come, or promises that are due or overdue, by their handles."""

    dates: Sequence[tuple[Dated, PartialDate]] = ()
    promises: Mapping[str, Commitment] = field(default_factory=dict)


async def review_news(session: Session, facts: Facts, reminder: Reminder) -> DueNews | None:
    """None where nothing of the act comes on that day any more: moved to another, or the act has ended."""
    watched = _watched(facts, reminder)
    if watched is None:
        return None
    at, lead = reminder.occurrence, reminder.lead_days
    dates = [each for each in watched.dates() if is_marked(review_notices(each[1]), at, lead)]
    if not dates:
        return None
    partners = watched.act.partners_of(facts.own_ids)
    return DueNews(watched.act, partners, dates, recent=await recent_with(session, facts, partners))


async def commitment_news(session: Session, facts: Facts, reminder: Reminder) -> DueNews | None:
    """None where nothing is owed by that day any more: done, moved to another, or the act has ended."""
    watched = _watched(facts, reminder)
    if watched is None:
        return None
    told, at, lead = watched.commitments, reminder.occurrence, reminder.lead_days
    owed = {
        handle_of(told, told.index(each)): each
        for each, due in watched.owed()
        if is_marked(commitment_notices(due), at, lead)
    }
    if not owed:
        return None
    partners = watched.act.partners_of(facts.own_ids)
    recent = await recent_with(session, facts, partners)
    return DueNews(watched.act, partners, promises=owed, recent=recent)


def _watched(facts: Facts, reminder: Reminder) -> Watched | None:
    standing = (each for each in facts.watched if each.stands)
    return next((each for each in standing if each.act.record == reminder.subject), None)


@dataclass(frozen=True, slots=True)
class DecisionNews(ExchangeNews):
    """What was decided in an exchange and is due or overdue, by its handle.

    `is_ours` says whether the office may change the exchange.
    """

    decisions: Mapping[str, Decision]
    is_ours: bool


async def decision_news(_: Session, facts: Facts, reminder: Reminder) -> DecisionNews | None:
    """None where nothing is owed by that day any more: done, moved to another, or the exchange was called off."""
    at, lead, office = reminder.occurrence, reminder.lead_days, facts.office
    for decided in facts.decided:
        if decided.exchange.record != reminder.subject:
            continue
        owed = {
            decision_handle(decided.decisions, decided.decisions.index(each)): each
            for each, due in decided.owed()
            if is_marked(commitment_notices(due), at, lead)
        }
        party = any(place.id in facts.own_ids for place in decided.exchange.places)
        ours = may_change(office.viewer, decided.exchange.office_id, party=party)
        partners = decided.partners(facts.own_ids)
        return DecisionNews(decided.exchange, partners, owed, ours) if owed else None
    return None


@dataclass(frozen=True, slots=True)
class TermNews:
    """Whose term ends."""

    person: Contact

    @property
    def records(self) -> Sequence[str]:
        return [self.person.record]

    @property
    def places(self) -> Sequence[Place]:
        return [self.person.place]

    @property
    def partners(self) -> Sequence[Place]:
        return []


async def term_news(_: Session, facts: Facts, reminder: Reminder) -> TermNews | None:
    """None where it is no longer so: the term goes on, or they left."""
    for person in facts.terms:
        notices = term_notices(person)
        if person.record == reminder.subject and is_marked(notices, reminder.occurrence, reminder.lead_days):
            return TermNews(person)
    return None
