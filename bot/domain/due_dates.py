"""When the dates of an act are told of: when it is to be reviewed, when it ends, and what was promised until when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.agreements import Commitment
from bot.domain.dates import PartialDate, Precision, add_months
from bot.domain.partnerships import Partnership, Status

REVIEW_LEADS = (90, 30)
COMMITMENT_LEADS = (30,)
"""How many days before a date it is told of; for a date without a day, so many months of thirty days."""

OVERDUE = 0
"""The lead of the post that says, once, that a promise is overdue; it marks the first day on which it is."""


class Dated(StrEnum):
    """What a date of an act is."""

    REVIEW = "review"
    EXPIRY = "expiry"


@dataclass(frozen=True, slots=True)
class Notice:
    """That a date is told of: on which `day`, about which `occurrence`.

    `waits` where the post of a rest day goes out after it, not before: what is overdue, or of this month or year,
    is not so on the day before.
    """

    day: date
    occurrence: date
    lead_days: int
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Watched:
    """An act with what was promised in it."""

    act: Partnership
    commitments: Sequence[Commitment] = ()

    @property
    def stands(self) -> bool:
        """Whether its dates still matter to anybody."""
        return self.act.status is not Status.ENDED

    def dates(self) -> Iterator[tuple[Dated, PartialDate]]:
        if self.act.review_on is not None:
            yield Dated.REVIEW, self.act.review_on
        if self.act.expires_on is not None:
            yield Dated.EXPIRY, self.act.expires_on

    def owed(self) -> Iterator[tuple[Commitment, PartialDate]]:
        """What was promised until a date and is not done."""
        for each in self.commitments:
            if each.due is not None and each.done is None:
                yield each, each.due


def notices(on: PartialDate, leads: Sequence[int]) -> Iterator[Notice]:
    """When a date that lies ahead is told of.

    A day: so many days before. A month: on the first of the month that lies so many months before. A year: in its
    January. No day is invented: for the latter two, `occurrence` is only where the month or the year begins.
    """
    begins = on.earliest()
    match on.precision:
        case Precision.DAY:
            for lead in leads:
                yield Notice(begins - timedelta(days=lead), begins, lead)
        case Precision.MONTH:
            for lead in leads:
                yield Notice(add_months(begins, -(lead // 30)), begins, lead, waits=True)
        case Precision.YEAR:
            yield Notice(begins, begins, 0, waits=True)


def overdue_notice(due: PartialDate) -> Notice:
    """When it is told that the time of a promise is over: on the first day after all that its date can mean."""
    day = due.latest() + timedelta(days=1)
    return Notice(day, day, OVERDUE, waits=True)


def review_notices(on: PartialDate) -> list[Notice]:
    return list(notices(on, REVIEW_LEADS))


def commitment_notices(due: PartialDate) -> list[Notice]:
    return [*notices(due, COMMITMENT_LEADS), overdue_notice(due)]


def is_marked(found: Sequence[Notice], occurrence: date, lead_days: int) -> bool:
    """Whether one of the notices is the one that a post with this occurrence and lead is about."""
    return any(each.occurrence == occurrence and each.lead_days == lead_days for each in found)
