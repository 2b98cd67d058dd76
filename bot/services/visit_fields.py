"""What stands in the form of a visit: reading what somebody typed, and writing out what is stored."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.date_reading import read_moment
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, FormRefused
from bot.domain.exchange_details import MOST
from bot.domain.exchanges import FORMATS, MAX_PEOPLE, MAX_SUMMARY, MAX_TOPIC, ExchangeStatus, Format
from bot.domain.names import clean
from bot.domain.offices import Office, wall_moment
from bot.services.topics import topics_in
from db.exchanges import NewExchange

AS_IT_IS = "as_it_is"
"""The format of a record that none of the formats stands for (a video call in person): it stays as it is."""


@dataclass(frozen=True, slots=True)
class VisitFields:
    """What the fields of the form hold; nothing of it is trusted."""

    date: str
    format: str = Format.VIDEO
    topic: str = ""
    people: str = ""
    summary: str = ""


def fields_of(stored: NewExchange, zone: str) -> VisitFields:
    """A stored exchange as its form shows it, with the time of day in the office's zone; read, it says the same."""
    return VisitFields(
        date=moment_text(stored, zone),
        format=_format_of(stored),
        topic=stored.topic or "",
        people=str(stored.people or ""),
        summary=stored.summary or "",
    )


def moment_text(stored: NewExchange, zone: str) -> str:
    """When it was, or will be, as the form of an office in this zone shows it."""
    if stored.starts_at is not None:
        moment = stored.starts_at.astimezone(ZoneInfo(zone))
        # On the other side of the date line it was another day: the day stays, and the time is not shown.
        if moment.date() == stored.date.exact() and not moment.second:
            return f"{moment:%Y-%m-%d %H:%M}"
    return stored.date.iso()


def _format_of(stored: NewExchange) -> str:
    for name, (kind, mode) in FORMATS.items():
        if kind is stored.kind and mode in (None, stored.mode):
            return name.value
    return AS_IT_IS


def read_fields(
    typed: VisitFields, office: Office, now: datetime, stored: NewExchange | None = None
) -> dict[str, Any]:
    """What the fields say, as columns of `NewExchange`; of a stored exchange only what was not left as it was shown.

    Raises `FormRefused` with a problem for each field that cannot be read.
    """
    shown = fields_of(stored, office.zone) if stored else None
    readers: dict[str, Callable[[str], dict[str, Any]]] = {
        "date": lambda text: _read_date(text, office, now, stored),
        "format": lambda text: _read_format(text, stored),
        "topic": lambda text: _read_topic(text, stored),
        "people": lambda text: {"people": read_people(text)},
        "summary": lambda text: {"summary": _text(text, MAX_SUMMARY, "visit.summary_too_long")},
    }
    problems: list[AttacheError] = []
    found: dict[str, Any] = {}
    for name, read in readers.items():
        text = getattr(typed, name)
        if shown is not None and clean(text) == clean(getattr(shown, name)):
            continue
        try:
            found |= read(text)
        except AttacheError as problem:
            problems.append(problem)
    if problems:
        raise FormRefused(problems)
    return found


def _read_date(text: str, office: Office, now: datetime, stored: NewExchange | None) -> dict[str, Any]:
    """The day, and the moment where a time was given. What was held cannot lie in the future.

    What is planned for a day to come may be put on another one to come.
    """
    planned = stored is not None and stored.status is ExchangeStatus.PLANNED
    ahead = planned and stored is not None and stored.date.latest() >= office.today(now)
    day, moment = read_day_and_moment(text, office, now, ahead=ahead)
    if stored is None or stored.status is ExchangeStatus.HELD:
        check_not_ahead(day, moment, office, now)
    if stored is not None and stored.end_date is not None and day.earliest() > stored.end_date.latest():
        raise BadInput("visit.after_its_end", date=day, end=stored.end_date)
    return {"date": day, "starts_at": moment}


def check_not_ahead(day: PartialDate, moment: datetime | None, office: Office, now: datetime) -> None:
    """Raise `BadInput` (`visit.in_future`) for what cannot have been held yet."""
    if day.earliest() > office.today(now) or (moment is not None and moment > now):
        raise BadInput("visit.in_future", date=day)


def read_day_and_moment(
    text: str, office: Office, now: datetime, *, ahead: bool = False
) -> tuple[PartialDate, datetime | None]:
    """A day as the office's clocks have it, and the moment (UTC) where a time of day was given.

    With `ahead` it is one that is to come. Raises as `read_moment` does.
    """
    day, at = read_moment(text, office.today(now), ahead=ahead)
    return day, wall_moment(day.earliest(), at, office.zone) if at is not None else None


def _read_format(text: str, stored: NewExchange | None) -> dict[str, Any]:
    if text == AS_IT_IS and stored is not None:
        return {}
    try:
        kind, mode = FORMATS[Format(text)]
    except ValueError:
        raise BadInput("visit.format_unknown", text=text[:80]) from None
    if mode is None and stored is not None and not _says_mode(_format_of(stored)):
        return {"kind": kind}  # how people met was told apart from what it was, and stays
    return {"kind": kind, "mode": mode}


def _says_mode(name: str) -> bool:
    return name != AS_IT_IS and FORMATS[Format(name)][1] is not None


def _read_topic(text: str, stored: NewExchange | None) -> dict[str, Any]:
    """The topic in somebody's words, and the topics of the list that these name, unless they were told apart."""
    topic = _text(text, MAX_TOPIC, "visit.topic_too_long")
    if stored is not None and stored.topics != topics_in(stored.topic):
        return {"topic": topic}
    return {"topic": topic, "topics": topics_in(topic)}


_MINUTES = re.compile(
    r"(?:about|around|約|大約)?\s*(?:(\d{1,3})\s*(?:h|hrs?|hours?|小時|鐘頭))?\s*(?:(\d{1,5})\s*(?:m|mins?|minutes?|分鐘?)?)?",
    re.ASCII,
)


def read_minutes(text: str) -> int | None:
    """How long it took, in minutes: `40`, `40 min`, `1 h 30`, 2小時; None for nothing typed. Raises `BadInput`."""
    cleaned = unicodedata.normalize("NFKC", text).strip().casefold()
    if not cleaned:
        return None
    match = _MINUTES.fullmatch(cleaned)
    if match is None or not (match[1] or match[2]):
        raise BadInput("visit.minutes_unreadable", text=text.strip()[:40])
    minutes = int(match[1] or 0) * 60 + int(match[2] or 0)
    if not 1 <= minutes <= MOST["minutes"]:
        raise BadInput("visit.number_out_of_range", most=MOST["minutes"])
    return minutes


_PEOPLE = re.compile(
    r"(?:about|around|約|大約)?\s*(\d{1,9})\s*(?:people|persons?|participants|人|名|位)?", re.ASCII
)


def read_people(text: str) -> int | None:
    """A number of people: `6`, `6 people`, 6人; None for nothing typed. Raises `BadInput`."""
    cleaned = unicodedata.normalize("NFKC", text).strip().casefold()
    if not cleaned:
        return None
    match = _PEOPLE.fullmatch(cleaned)
    if match is None:
        raise BadInput("visit.people_unreadable", text=text.strip()[:80])
    people = int(match[1])
    if not 1 <= people <= MAX_PEOPLE:
        raise BadInput("visit.people_out_of_range", people=people, most=MAX_PEOPLE)
    return people


def _text(text: str, longest: int, key: str) -> str | None:
    cleaned = clean(text)
    if len(cleaned) > longest:
        raise BadInput(key, length=len(cleaned), most=longest)
    return cleaned or None
