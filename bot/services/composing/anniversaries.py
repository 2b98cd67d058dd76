"""What there is to tell of the anniversary of an act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain import claims as doubts
from bot.domain.anniversaries import anniversary, milestone
from bot.domain.claims import Claim
from bot.domain.contacts import Contact, to_write_to
from bot.domain.dates import PartialDate, Precision
from bot.domain.occasions.facts import Facts
from bot.domain.partnerships import Partnership
from bot.domain.places import Place
from bot.domain.reminders import Reminder
from bot.services.claims import disputes_of
from bot.services.composing.acts import ActNews
from bot.services.composing.exchanges import recent_with
from bot.services.rest_days import holiday_name
from db.contacts import contacts_at
from db.engine import Session
from db.offices import office_place_ids
from db.partnerships import acts_signed_on_day

MOST_CONTACTS, MOST_OTHERS = 2, 3


@dataclass(frozen=True, slots=True)
class AnniversaryNews(ActNews):
    """An act that is `years` old on the day or in the month `on`.

    `said` is what sources say of the day, where it is disputed; the post goes by the first. `contacts` are whom to
    write to, as the office sees them. `holidays` are partners where the day is a public holiday, with its name.
    `others` are acts of other offices' places with their anniversary on the same day.
    """

    on: PartialDate
    years: int
    said: Sequence[Claim] = ()
    contacts: Sequence[Contact] = ()
    holidays: Sequence[tuple[Place, str]] = ()
    others: Sequence[Partnership] = ()

    @property
    def milestone(self) -> str | None:
        return milestone(self.years)


async def anniversary_news(session: Session, facts: Facts, reminder: Reminder) -> AnniversaryNews | None:
    """None where the act is in force no more, or its anniversary is on another day by now."""
    acts = (act for tie in facts.ties for act in tie.in_force)
    act = next((act for act in acts if act.record == reminder.subject), None)
    on = _marked(facts, act, reminder.occurrence) if act else None
    if act is None or act.signed is None or on is None:
        return None
    partners = act.partners_of(facts.own_ids)
    disputes = await disputes_of(session, facts.office.viewer, [act])
    return AnniversaryNews(
        act,
        partners,
        on,
        reminder.occurrence.year - act.signed.year,
        doubts.day_disputed(disputes.get(act.id, ())),
        await _contacts(session, facts, partners, reminder.occurrence),
        _holidays(facts, partners, on),
        await _others(session, facts, act),
        recent=await recent_with(session, facts, partners),
    )


def _marked(facts: Facts, act: Partnership, occurrence: date) -> PartialDate | None:
    """The day or the month of the act's anniversary that begins on the occurrence; None if none does."""
    signed = act.signed
    if signed is None or signed.precision is Precision.YEAR:
        return None
    if signed.precision is Precision.MONTH:
        on = PartialDate(occurrence.year, signed.month)
    else:
        day = anniversary(signed.earliest(), occurrence.year, facts.office.leap_day_rule)
        on = PartialDate.of(day)
    return on if on.earliest() == occurrence else None


async def _contacts(
    session: Session, facts: Facts, partners: Sequence[Place], day: date
) -> Sequence[Contact]:
    """Whom to write to at the partners."""
    found = await contacts_at(session, facts.office.viewer, [place.id for place in partners])
    return to_write_to(found, day)[:MOST_CONTACTS]


def _holidays(facts: Facts, partners: Sequence[Place], on: PartialDate) -> Sequence[tuple[Place, str]]:
    day = on.exact()
    if day is None:
        return []
    named = ((place, holiday_name(place.country, day, facts.office.language)) for place in partners)
    return [(place, name) for place, name in named if name]


async def _others(session: Session, facts: Facts, act: Partnership) -> Sequence[Partnership]:
    """Acts in force of other offices' places, as far as this office sees them, signed on the same day of the year."""
    day = act.signed.exact() if act.signed else None
    if day is None:
        return []
    places = set(await office_place_ids(session)) - set(facts.own_ids)
    found = await acts_signed_on_day(session, facts.office.viewer, day.month, day.day, places)
    own = {each.id for tie in facts.ties for each in tie.acts}
    return [each for each in found if each.in_force and each.id not in own][:MOST_OTHERS]
