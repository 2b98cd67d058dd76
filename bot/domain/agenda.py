"""What lies in a month or a year, of all that an office is told of: for the lists that it gets at their beginning."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.anniversaries import milestone, next_anniversary
from bot.domain.dates import PartialDate, Precision
from bot.domain.decisions import Decided
from bot.domain.due_dates import Dated, Watched
from bot.domain.occasions.facts import Facts
from bot.domain.partnerships import PARTNER_KINDS, Kind
from bot.domain.places import Place
from bot.domain.reminders import Marked, ReminderKind


class Matter(StrEnum):
    """What stands in a list."""

    ANNIVERSARY = "anniversary"
    REVIEW = "review"
    EXPIRY = "expiry"
    PROMISE = "promise"
    DECISION = "decision"
    TERM = "term"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: what it is about, with whom, and when, as precisely as that is known.

    `years` and `act_kind` are those of an anniversary; `what` is what was promised or decided, or the title of a
    planned exchange.
    """

    matter: Matter
    record: str
    partners: Sequence[Place]
    on: PartialDate
    years: int | None = None
    act_kind: Kind | None = None
    what: str = ""

    @property
    def milestone(self) -> str | None:
        return milestone(self.years) if self.years else None


def of_month(facts: Facts, begins: date) -> list[Item]:
    """What is known to lie in the month that begins then, by day or by month."""
    month = PartialDate(begins.year, begins.month)

    def fits(on: PartialDate) -> bool:
        return on.precision is not Precision.YEAR and month.earliest() <= on.earliest() <= month.latest()

    return _ordered(_items(facts, begins, fits))


def of_year(facts: Facts, begins: date) -> list[Item]:
    """What an office wants to know of a year when it begins: its milestones, what ends or is to be reviewed in it, and
    whatever is known by its year alone."""
    year = PartialDate(begins.year)

    def fits(on: PartialDate) -> bool:
        return on.year == year.year

    return _ordered(
        item
        for item in _items(facts, begins, fits)
        if item.on.precision is Precision.YEAR
        or item.milestone is not None
        or item.matter in (Matter.REVIEW, Matter.EXPIRY, Matter.TERM)
    )


def _ordered(items: Iterator[Item]) -> list[Item]:
    """By their day, those of a month after its days, those of a year last."""
    return sorted(
        items,
        key=lambda item: (item.on.latest(), item.on.earliest(), item.matter, len(item.record), item.record),
    )


def _items(facts: Facts, begins: date, fits: Callable[[PartialDate], bool]) -> Iterator[Item]:
    yield from _anniversaries(facts, begins, fits)
    for watched in facts.watched:
        if watched.stands:
            yield from _due(facts, watched, fits)
    for decided in facts.decided:
        yield from _decided(facts, decided, fits)
    for person in facts.terms:
        if person.until is not None and fits(person.until):
            yield Item(Matter.TERM, person.record, [person.place], person.until)
    for exchange in facts.planned:
        if fits(exchange.date):
            partners = [place for place in exchange.places if place.id not in facts.own_ids]
            title = exchange.title or exchange.topic or ""
            yield Item(Matter.VISIT, exchange.record, partners, exchange.date, what=title)


def _anniversaries(facts: Facts, begins: date, fits: Callable[[PartialDate], bool]) -> Iterator[Item]:
    """Those of acts in force; of memoranda and the like only the milestones."""
    acts = {act.id: act for tie in facts.ties for act in tie.acts if act.in_force}
    for act in acts.values():
        if act.signed is None or act.signed.latest() >= begins:
            continue
        coming = next_anniversary(act.signed, begins, facts.office.leap_day_rule)
        if not fits(coming.occurrence) or not (act.kind in PARTNER_KINDS or coming.milestone):
            continue
        partners = act.partners_of(facts.own_ids)
        marked = ReminderKind.ANNIVERSARY, act.record, coming.occurrence.earliest()
        if _wanted(facts, marked, partners, begins):
            yield Item(Matter.ANNIVERSARY, act.record, partners, coming.occurrence, coming.years, act.kind)


def _due(facts: Facts, watched: Watched, fits: Callable[[PartialDate], bool]) -> Iterator[Item]:
    act = watched.act
    partners = act.partners_of(facts.own_ids)
    for which, on in watched.dates():
        matter = Matter.REVIEW if which is Dated.REVIEW else Matter.EXPIRY
        marked = ReminderKind.REVIEW, act.record, on.earliest()
        if fits(on) and _wanted(facts, marked, partners, on.earliest()):
            yield Item(matter, act.record, partners, on)
    for promise, due in watched.owed():
        marked = ReminderKind.COMMITMENT, act.record, due.earliest()
        if fits(due) and _wanted(facts, marked, partners, due.earliest()):
            yield Item(Matter.PROMISE, act.record, partners, due, what=promise.what)


def _decided(facts: Facts, decided: Decided, fits: Callable[[PartialDate], bool]) -> Iterator[Item]:
    partners, record = decided.partners(facts.own_ids), decided.exchange.record
    for decision, due in decided.owed():
        marked = ReminderKind.DECISION, record, due.earliest()
        if fits(due) and _wanted(facts, marked, partners, due.earliest()):
            yield Item(Matter.DECISION, record, partners, due, what=decision.what)


def _wanted(facts: Facts, marked: Marked, partners: Sequence[Place], day: date) -> bool:
    return facts.wants(marked, [place.id for place in partners], day)
