"""Reading a free sentence that reports an exchange, and logging it once its writer has confirmed how it was read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.access import Action
from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput
from bot.domain.exchange_details import MAX_TOPICS
from bot.domain.exchanges import MAX_SUMMARY, MAX_TOPIC, ExchangeKind, ExchangeStatus
from bot.domain.names import clean
from bot.domain.offices import wall_moment
from bot.domain.places import Place
from bot.questions.reports.report import (
    Answers,
    DateQuestion,
    PlaceQuestion,
    Question,
    Reading,
    Refusal,
    read_report,
)
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.exchanges import LoggedVisit, Report, log_report
from bot.services.lexicon import names_of
from bot.services.records import is_operator_alone
from bot.services.ties import ties_of_place
from bot.services.visit_fields import VisitFields, fields_of, read_fields
from db.engine import Session
from db.exchanges import NewExchange
from db.places import known_places

__all__ = [
    "Answers",
    "DateQuestion",
    "PlaceQuestion",
    "Question",
    "Reading",
    "Refusal",
    "Understood",
    "fields_shown",
    "log_sentence",
    "read_sentence",
]


@dataclass(frozen=True, slots=True)
class Understood:
    """What a sentence was read as, written on `today` in the office of `home`, by its `zone`; both None without one."""

    reading: Reading
    today: date
    home: Place | None
    zone: str | None

    @property
    def starts_at(self) -> datetime | None:
        """The moment in UTC, where a time of day was said and it is known by whose clock."""
        if self.reading.day is None or self.reading.at is None or self.zone is None:
            return None
        return wall_moment(self.reading.day.earliest(), self.reading.at, self.zone)


@requires(Action.READ)
async def read_sentence(
    desk: Desk, caller: Caller, text: str, today: date | None = None, answers: Answers | None = None
) -> Understood:
    """Read a report that was written on `today`, the office's day if None; `answers` to what was asked back count.

    Nothing is stored.
    """
    day = today or caller.today(desk)
    home = caller.office.place if caller.office else None
    async with desk.database.read() as session:
        lexicon = (await names_of(session)).lexicon
        partners: list[int] = []
        if home is not None:
            _, ties = await ties_of_place(session, caller.viewer, home)
            partners = [tie.partner.id for tie in ties]
        hidden: set[int] = set()
        while True:
            reading = read_report(
                text, day, lexicon, home=home, partners=partners, hidden=hidden, answers=answers or Answers()
            )
            unknown = await _unknown(session, caller, reading)
            if not unknown:
                zone = caller.office.zone if caller.office else None
                return _with_time(Understood(reading, day, home, zone), desk.clock())
            hidden |= unknown  # without these, other names may be read in the text


def _with_time(understood: Understood, now: datetime) -> Understood:
    """Later today is yet to come."""
    reading, at = understood.reading, understood.starts_at
    if at is None or at <= now or reading.status is not ExchangeStatus.HELD:
        return understood
    return replace(understood, reading=replace(reading, status=ExchangeStatus.PLANNED))


async def _unknown(session: Session, caller: Caller, reading: Reading) -> set[int]:
    """The places in a reading of which the caller may not know."""
    if is_operator_alone(caller):
        return set()
    asked = [
        place
        for question in reading.questions
        if isinstance(question, PlaceQuestion)
        for place in question.choices
    ]
    ids = [place.id for place in (*reading.places, *asked)]
    return set(ids) - {place.id for place in await known_places(session, caller.viewer, ids)}


@requires(Action.LOG)
async def log_sentence(
    desk: Desk,
    caller: Caller,
    text: str,
    today: date,
    request_id: str,
    answers: Answers | None = None,
    sources: Sequence[str] = (),
    typed: VisitFields | None = None,
) -> LoggedVisit:
    """Log what the sentence says, as `read_sentence` reads it; its words stay in the summary.

    What was `typed` in the form that `fields_shown` filled counts before it. The same `request_id` again makes no other
    record. Raises `BadInput` (`sentence.open`) while the sentence is no report, or leaves open with whom, when or what
    it was, and `FormRefused` as `log_report` does.
    """
    understood = await read_sentence(desk, caller, text, today, answers)
    reading = understood.reading
    if reading.refusal or not reading.places or (typed is None and not reading.is_complete):
        raise BadInput("sentence.open")
    stored, office, now = _as_stored(understood), caller.own_office(), desk.clock()
    if typed is not None:
        # As planned, so that a day ahead is taken; what it is then follows from the day.
        changes = read_fields(typed, office, now, replace(stored, status=ExchangeStatus.PLANNED))
        stored = replace(stored, **changes)
        if "date" in changes:
            ahead = stored.date.earliest() > office.today(now) or (stored.starts_at or now) > now
            status = ExchangeStatus.PLANNED if ahead else ExchangeStatus.HELD
            stored = replace(stored, end_date=None, status=status)
    report = Report(
        partners=[place.key for place in reading.places],
        kind=stored.kind,
        mode=stored.mode,
        status=stored.status,
        date=stored.date,
        end_date=stored.end_date,
        starts_at=stored.starts_at,
        minutes=stored.minutes,
        people=stored.people,
        level=stored.level,
        topic=stored.topic or "",
        topics=stored.topics,
        summary=stored.summary or "",
        sources=sources,
    )
    return await log_report(desk, caller, report, request_id)


def fields_shown(understood: Understood) -> VisitFields:
    """The fields of the form of a visit as the sentence fills them; empty where it does not say."""
    reading = understood.reading
    shown = fields_of(_as_stored(understood), understood.zone or "UTC")
    return replace(
        shown,
        date=shown.date if reading.day else "",
        format=shown.format if reading.kind else "",
    )


def _as_stored(understood: Understood) -> NewExchange:
    """The exchange as it would be stored. What the sentence does not say and a record needs is to be typed."""
    reading = understood.reading
    return NewExchange(
        kind=reading.kind or ExchangeKind.OTHER,
        mode=reading.mode,
        status=reading.status,
        date=reading.day or PartialDate.of(understood.today),
        end_date=reading.ends,
        starts_at=understood.starts_at,
        minutes=reading.minutes,
        people=reading.people,
        level=reading.level,
        title="",
        topic=reading.topic[:MAX_TOPIC] or None,
        topics=reading.topics[:MAX_TOPICS],
        summary=clean(reading.text)[:MAX_SUMMARY],
        places=(),
    )
