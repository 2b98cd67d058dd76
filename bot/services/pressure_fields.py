"""What stands in the form of a pressure note: reading what somebody typed, and writing out what is stored."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from bot.domain.audit import find_record
from bot.domain.date_reading import read_date
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, FormRefused
from bot.domain.names import clean
from bot.domain.pressure import MAX_SOURCE, MAX_SOURCES, MAX_TRIGGER, MAX_WHAT
from db.pressure import NewNote


@dataclass(frozen=True, slots=True)
class NoteFields:
    """What the fields hold; nothing of it is trusted. `sources` has one a line."""

    date: str = ""
    what: str = ""
    trigger: str = ""
    sources: str = ""
    as_of: str = ""


FIELDS = tuple(field.name for field in fields(NoteFields))


def fields_of(stored: NewNote) -> NoteFields:
    """A stored note as its form shows it; read again, it says the same."""
    return NoteFields(**{name: _shown(getattr(stored, name)) for name in FIELDS})


def _shown(value: str | PartialDate | tuple[str, ...] | None) -> str:
    match value:
        case PartialDate():
            return value.iso()
        case tuple():
            return "\n".join(value)
    return value or ""


def read_fields(typed: NoteFields, today: date, stored: NewNote | None = None) -> dict[str, Any]:
    """What the fields say, as columns of `NewNote`; of a stored note only what was not left as it was shown.

    Raises `FormRefused` with a problem for each field that cannot be read, or is missing: all but what set it off, and
    as of when it stood, which is today if nothing is said.
    """
    shown = fields_of(stored) if stored else None
    problems: list[AttacheError] = []
    found: dict[str, Any] = {}
    for name, read in _READERS.items():
        text = getattr(typed, name)
        if shown is not None and text.strip() == getattr(shown, name):
            continue
        try:
            found[name] = read(text, today)
        except AttacheError as problem:
            problems.append(problem)
    if problems:
        raise FormRefused(problems)
    return found


def _day(text: str, today: date) -> PartialDate:
    day = read_date(text, today)
    if day.earliest() > today:
        raise BadInput("pressure.in_future", date=day)
    return day


def _as_of(text: str, today: date) -> PartialDate:
    return _day(text, today) if clean(text) else PartialDate.of(today)


def _what(text: str, _: date) -> str:
    if not clean(text):
        raise BadInput("pressure.what_needed")
    return _short(clean(text), MAX_WHAT)


def _trigger(text: str, _: date) -> str | None:
    record = find_record(text)
    return str(record) if record else _short(clean(text), MAX_TRIGGER) or None


def _sources(text: str, _: date) -> tuple[str, ...]:
    lines = tuple(dict.fromkeys(line for each in text.splitlines() if (line := clean(each))))
    if not lines:
        raise BadInput("pressure.source_needed")
    if len(lines) > MAX_SOURCES:
        raise BadInput("pressure.too_many_sources", found=len(lines), most=MAX_SOURCES)
    return tuple(_short(line, MAX_SOURCE) for line in lines)


def _short(text: str, longest: int) -> str:
    if len(text) > longest:
        raise BadInput("pressure.too_long", text=text[:40], length=len(text), most=longest)
    return text


_READERS: Mapping[str, Callable[[str, date], Any]] = {
    "date": _day,
    "what": _what,
    "trigger": _trigger,
    "sources": _sources,
    "as_of": _as_of,
}
