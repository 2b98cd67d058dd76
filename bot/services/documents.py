"""Records as documents: plain JSON that loses nothing, for the audit trail; and how two states of a record differ."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from bot.domain.access import Scope
from bot.domain.audit import Record, RecordKind
from bot.domain.dates import PartialDate
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus, Mode
from bot.domain.partnerships import Kind, Status, StatusChange
from db.exchanges import NewExchange
from db.partnerships import NewPartnership
from db.versions import Content

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Form:
    """How one field is written as JSON and read from it; None is left out."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


def _word(vocabulary: type[StrEnum]) -> _Form:
    return _Form(str, vocabulary)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _step(step: StatusChange) -> Document:
    written = {
        "status": step.status.value,
        "since": step.since.iso() if step.since else None,
        "reason": step.reason,
        "by_whom": step.by_whom,
    }
    return {name: value for name, value in written.items() if value is not None}


def _read_step(step: Mapping[str, Any]) -> StatusChange:
    since = PartialDate.from_iso(step["since"]) if step.get("since") else None
    return StatusChange(Status(step["status"]), since, step.get("reason"), step.get("by_whom"))


PLAIN = _Form(_same, _same)
LIST = _Form(list, tuple)
DATE = _Form(PartialDate.iso, PartialDate.from_iso)
MOMENT = _Form(lambda moment: moment.astimezone(UTC).isoformat(), _moment)
STEPS = _Form(lambda steps: [_step(step) for step in steps], lambda steps: tuple(map(_read_step, steps)))

EXCHANGE_FIELDS: Mapping[str, _Form] = {
    "kind": _word(ExchangeKind),
    "mode": _word(Mode),
    "status": _word(ExchangeStatus),
    "level": _word(ExchangeLevel),
    "date": DATE,
    "end_date": DATE,
    "starts_at": MOMENT,
    "title": PLAIN,
    "title_zh": PLAIN,
    "topic": PLAIN,
    "people": PLAIN,
    "summary": PLAIN,
    "note": PLAIN,
    "places": LIST,
    "sources": LIST,
    "scope": _word(Scope),
    "office_id": PLAIN,
    "request_id": PLAIN,
}
PARTNERSHIP_FIELDS: Mapping[str, _Form] = {
    "kind": _word(Kind),
    "parties": LIST,
    "history": STEPS,
    "signed": DATE,
    "named": PLAIN,
    "superseded_by": PLAIN,
    "cadence_months": PLAIN,
    "note": PLAIN,
    "as_of": DATE,
    "sources": LIST,
    "scope": _word(Scope),
    "office_id": PLAIN,
}
"""The fields of a record in the order in which their changes are told. Places are ids, which never change."""

_UNTOLD = ("request_id",)
TOLD_FIELDS = tuple(
    dict.fromkeys(name for name in (*EXCHANGE_FIELDS, *PARTNERSHIP_FIELDS) if name not in _UNTOLD)
)


def _fields(kind: RecordKind) -> Mapping[str, _Form]:
    return EXCHANGE_FIELDS if kind is RecordKind.EXCHANGE else PARTNERSHIP_FIELDS


def kind_of(content: Content) -> RecordKind:
    return RecordKind.PARTNERSHIP if isinstance(content, NewPartnership) else RecordKind.EXCHANGE


def document_of(content: Content, version: int) -> Document:
    """The record with its version, in full."""
    written = {
        name: form.write(value)
        for name, form in _fields(kind_of(content)).items()
        if (value := getattr(content, name)) is not None
    }
    return {"version": version, **written}


def content_of(record: Record, document: Mapping[str, Any]) -> Content:
    """The record that a document tells of; also from one that an earlier release wrote, without what was empty."""
    read = {
        name: form.read(document[name])
        for name, form in _fields(record.kind).items()
        if document.get(name) is not None
    }
    if record.kind is RecordKind.PARTNERSHIP:
        return NewPartnership(number=record.number, **read)
    return NewExchange(number=record.number, **({"title": ""} | read))


def version_of(document: Mapping[str, Any] | None) -> int:
    """The version at which the document was written, 0 for no document."""
    return 0 if document is None else int(document.get("version", 1))


def same(one: Content | None, other: Content | None) -> bool:
    """Whether two states of a record say the same, however they came about."""
    return _told_part(one) == _told_part(other)


def _told_part(content: Content | None) -> Content | None:
    return replace(content, request_id=None) if isinstance(content, NewExchange) else content


@dataclass(frozen=True, slots=True)
class Difference:
    """What one field was and is; None where it was or is empty."""

    field: str
    before: Any
    after: Any


def differences(before: Content | None, after: Content | None) -> list[Difference]:
    """What differs between two states of a record; of one that was not there, all that the other has.

    A title that was made from the topic, and follows it, is not told twice.
    """
    some = before or after
    if some is None:
        return []
    found = {
        name: Difference(name, _value(before, name), _value(after, name))
        for name in _fields(kind_of(some))
        if name not in _UNTOLD and _value(before, name) != _value(after, name)
    }
    title, topic = found.get("title"), found.get("topic")
    if title and topic and (title.before, title.after) == (topic.before, topic.after):
        del found["title"]
    return list(found.values())


def _value(content: Content | None, name: str) -> Any:
    value = getattr(content, name) if content is not None else None
    return None if value in ("", ()) else value
