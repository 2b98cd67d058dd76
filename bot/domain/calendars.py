"""What of an office's ties goes into a calendar: exact days only, never an invented one."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.agreements import Commitment
from bot.domain.anniversaries import Anniversary, LeapDayRule, anniversary, milestone, next_anniversary
from bot.domain.commitments import Owed
from bot.domain.dates import PartialDate
from bot.domain.decisions import Decided
from bot.domain.exchange_particulars import Decision
from bot.domain.exchanges import Exchange
from bot.domain.marks import mark_of
from bot.domain.partnerships import Partnership
from bot.domain.places import Place

YEARS_AHEAD = 10
"""How many occurrences are given of an anniversary on 29 February, which no yearly rule of calendars can express."""


class DayKind(StrEnum):
    """What a day in the calendar is."""

    ANNIVERSARY = "anniversary"
    REVIEW = "review"
    EXPIRY = "expiry"
    PROMISE = "promise"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A whole day in the calendar. `yearly` ones return every year; others are one day.

    `years` are those of this very day, where it is not yearly. `mark` tells apart several of one act and kind.
    """

    kind: DayKind
    act: Partnership
    partners: Sequence[Place]
    day: date
    yearly: bool = False
    years: int | None = None
    promise: Commitment | None = None
    mark: str = ""

    @property
    def key(self) -> str:
        """The same for the same thing in every export."""
        return ":".join(part for part in (self.act.record, self.kind.value, self.mark) if part)


@dataclass(frozen=True, slots=True)
class DecisionDay:
    """A day until which something is to be done that was decided in an exchange.

    `mark` tells apart several of one exchange.
    """

    exchange: Exchange
    partners: Sequence[Place]
    day: date
    decision: Decision
    mark: str

    @property
    def key(self) -> str:
        """The same for the same thing in every export."""
        return f"{self.exchange.record}:{DayKind.DECISION}:{self.mark}"


@dataclass(frozen=True, slots=True)
class Inexact:
    """What has no exact day, and so is in no calendar."""

    kind: DayKind
    record: str
    partners: Sequence[Place]
    date: PartialDate | None


@dataclass(frozen=True, slots=True)
class Source:
    """An act with its partners and with what was promised in it."""

    act: Partnership
    partners: Sequence[Place]
    commitments: Sequence[Commitment] = ()


def days_of(
    sources: Iterable[Source], today: date, rule: LeapDayRule
) -> tuple[list[CalendarDay], list[Inexact]]:
    """The days of acts in force, in order, and what was left out because no exact day is known."""
    days: list[CalendarDay] = []
    inexact: list[Inexact] = []
    for source in sources:
        act, partners = source.act, source.partners
        if act.signed is not None and (signed := act.signed.exact()) is not None:
            days += _anniversaries(source, signed, today, rule)
        else:
            inexact.append(Inexact(DayKind.ANNIVERSARY, act.record, partners, act.signed))
        for kind, due, promise, mark in _due(source):
            if (day := due.exact()) is not None:
                days.append(CalendarDay(kind, act, partners, day, promise=promise, mark=mark))
            else:
                inexact.append(Inexact(kind, act.record, partners, due))
    return sorted(days, key=lambda each: (each.day, each.act.id, each.key)), inexact


def _anniversaries(source: Source, signed: date, today: date, rule: LeapDayRule) -> list[CalendarDay]:
    first = next_anniversary(PartialDate.of(signed), today, rule)
    if (signed.month, signed.day) != (2, 29):
        day = first.occurrence.earliest()
        return [CalendarDay(DayKind.ANNIVERSARY, source.act, source.partners, day, yearly=True)]
    years = range(first.occurrence.year, first.occurrence.year + YEARS_AHEAD)
    return [
        CalendarDay(
            DayKind.ANNIVERSARY,
            source.act,
            source.partners,
            anniversary(signed, year, rule),
            years=year - signed.year,
            mark=str(year),
        )
        for year in years
    ]


def _due(source: Source) -> Iterable[tuple[DayKind, PartialDate, Commitment | None, str]]:
    """What is due: review, expiry, and promises that are still open; each promise by what it says."""
    if source.act.review_on is not None:
        yield DayKind.REVIEW, source.act.review_on, None, ""
    if source.act.expires_on is not None:
        yield DayKind.EXPIRY, source.act.expires_on, None, ""
    for promise, mark in zip(source.commitments, _marks(source.commitments), strict=True):
        if promise.due is not None and promise.done is None:
            yield DayKind.PROMISE, promise.due, promise, mark


def _marks(several: Iterable[Owed]) -> Iterator[str]:
    """A mark of what each says; of those that say the same, the later ones are counted."""
    seen: dict[str, int] = {}
    for each in several:
        mark = mark_of(each.what)
        seen[mark] = seen.get(mark, 0) + 1
        yield mark if seen[mark] == 1 else f"{mark}.{seen[mark]}"


def decision_days(
    several: Iterable[Decided], own_ids: Collection[int]
) -> tuple[list[DecisionDay], list[Inexact]]:
    """The days until which something decided is to be done that is not, in order, and what has no exact day."""
    days: list[DecisionDay] = []
    inexact: list[Inexact] = []
    for decided in several:
        exchange, partners = decided.exchange, decided.partners(own_ids)
        for decision, mark in zip(decided.decisions, _marks(decided.decisions), strict=True):
            if decision.due is None or decision.done is not None:
                continue
            if (day := decision.due.exact()) is not None:
                days.append(DecisionDay(exchange, partners, day, decision, mark))
            else:
                inexact.append(Inexact(DayKind.DECISION, exchange.record, partners, decision.due))
    return sorted(days, key=lambda each: (each.day, each.exchange.id, each.key)), inexact


def next_milestone(signed: PartialDate, first: int) -> Anniversary:
    """The first named anniversary from the year `first` on; hundreds of years have none further."""
    for year in range(max(first, signed.year + 1), signed.year + 101):
        if milestone(year - signed.year) not in (None, "round"):
            return Anniversary(signed, PartialDate(year), year - signed.year)
    return Anniversary(signed, PartialDate(first), first - signed.year)
