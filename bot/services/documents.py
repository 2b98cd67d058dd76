"""Records as documents: plain JSON that loses nothing, for the audit trail; and how two states of a record differ."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, get_args, get_type_hints

from bot.domain.access import Scope
from bot.domain.audit import Record, RecordKind
from bot.domain.contacts import ContactRole
from bot.domain.dates import PartialDate
from bot.domain.exchange_particulars import ExchangeParticulars
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus, Mode
from bot.domain.partnerships import Kind, Particulars, StatusChange
from bot.domain.pressure import Incident
from bot.services.topics import topics_in
from db.act_parts import PART_KINDS
from db.exchange_parts import EXCHANGE_PART_KINDS
from db.exchanges import NewExchange
from db.record_kinds import RECORD_KINDS, Content, kind_of, without_request

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


def parts_form(part: type[Any]) -> _Form:
    """Parts of one kind as a list of their fields; what is empty is left out."""
    forms = {name: _of_type(hint) for name, hint in get_type_hints(part).items()}

    def write(each: Any) -> Document:
        values = ((name, getattr(each, name)) for name in forms)
        return {name: forms[name].write(value) for name, value in values if value is not None}

    def read(document: Mapping[str, Any]) -> Any:
        return part(**{n: forms[n].read(document[n]) for n in forms if document.get(n) is not None})

    return _Form(lambda parts: [write(each) for each in parts], lambda found: tuple(map(read, found)))


def _of_type(hint: Any) -> _Form:
    """The form of a field that is declared so; `X | None` is written as `X` is."""
    kind = next((each for each in get_args(hint) if each is not type(None)), hint)
    if kind is PartialDate:
        return DATE
    return _word(kind) if issubclass(kind, StrEnum) else PLAIN


PLAIN = _Form(_same, _same)
LIST = _Form(list, tuple)
DATE = _Form(PartialDate.iso, PartialDate.from_iso)
MOMENT = _Form(lambda moment: moment.astimezone(UTC).isoformat(), _moment)
HISTORY_FORM = parts_form(StatusChange)
PART_FORMS: Mapping[str, _Form] = {name: parts_form(kind.part) for name, kind in PART_KINDS.items()}
"""How the parts of acts are written, by the field that holds them; exports write them so, too."""

EXCHANGE_PART_FORMS: Mapping[str, _Form] = {
    name: parts_form(kind.part) for name, kind in EXCHANGE_PART_KINDS.items()
}
"""And those of exchanges."""

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
    "home_places": PLAIN,
    "topics": LIST,
    **{name: _of_type(hint) for name, hint in get_type_hints(ExchangeParticulars).items()},
    **EXCHANGE_PART_FORMS,
    "paired_with": PLAIN,
    "sources": LIST,
    "scope": _word(Scope),
    "office_id": PLAIN,
    "request_id": PLAIN,
}
PARTNERSHIP_FIELDS: Mapping[str, _Form] = {
    "kind": _word(Kind),
    "parties": LIST,
    "history": HISTORY_FORM,
    "signed": DATE,
    "named": PLAIN,
    "superseded_by": PLAIN,
    "cadence_months": PLAIN,
    "note": PLAIN,
    "as_of": DATE,
    "sources": LIST,
    **{name: _of_type(hint) for name, hint in get_type_hints(Particulars).items()},
    **PART_FORMS,
    "scope": _word(Scope),
    "office_id": PLAIN,
    "request_id": PLAIN,
}
CONTACT_FIELDS: Mapping[str, _Form] = {
    "role": _word(ContactRole),
    "name": PLAIN,
    "name_zh": PLAIN,
    "post": PLAIN,
    "post_zh": PLAIN,
    "place_id": PLAIN,
    "organisation": PLAIN,
    "since": DATE,
    "until": DATE,
    "has_left": PLAIN,
    "replaced_by": PLAIN,
    "email": PLAIN,
    "phone": PLAIN,
    "programme": PLAIN,
    "programme_year": DATE,
    "consent": DATE,
    "confirmed_on": DATE,
    "note": PLAIN,
    "sources": LIST,
    "scope": _word(Scope),
    "office_id": PLAIN,
    "request_id": PLAIN,
}
PRESSURE_FIELDS: Mapping[str, _Form] = {
    "kind": _word(Incident),
    "date": DATE,
    "what": PLAIN,
    "places": LIST,
    "act": PLAIN,
    "trigger": PLAIN,
    "sources": LIST,
    "as_of": DATE,
    "scope": _word(Scope),
    "office_id": PLAIN,
    "request_id": PLAIN,
}
RECORD_FIELDS: Mapping[RecordKind, Mapping[str, _Form]] = {
    RecordKind.EXCHANGE: EXCHANGE_FIELDS,
    RecordKind.PARTNERSHIP: PARTNERSHIP_FIELDS,
    RecordKind.CONTACT: CONTACT_FIELDS,
    RecordKind.PRESSURE: PRESSURE_FIELDS,
}
"""The fields of each kind in the order in which their changes are told. Places are ids, which never change."""

UNTOLD = ("request_id", "home_places")
"""Fields of which changes are not told: nobody reads them."""
TOLD_FIELDS = tuple(
    dict.fromkeys(name for forms in RECORD_FIELDS.values() for name in forms if name not in UNTOLD)
)


def document_of(content: Content, version: int) -> Document:
    """The record with its version, in full."""
    written = {
        name: form.write(value)
        for name, form in RECORD_FIELDS[kind_of(content)].items()
        if (value := getattr(content, name)) not in (None, ())
    }
    return {"version": version, **written}


def content_of(record: Record, document: Mapping[str, Any]) -> Content:
    """The record that a document tells of; also from one that an earlier release wrote, without what was empty."""
    read = {
        name: form.read(document[name])
        for name, form in RECORD_FIELDS[record.kind].items()
        if document.get(name) is not None
    }
    left_out = {"title": ""} if record.kind is RecordKind.EXCHANGE else {}
    content: Content = RECORD_KINDS[record.kind].content(number=record.number, **(left_out | read))
    return content


def version_of(document: Mapping[str, Any] | None) -> int:
    """The version at which the document was written, 0 for no document."""
    return 0 if document is None else int(document.get("version", 1))


def same(one: Content | None, other: Content | None) -> bool:
    """Whether two states of a record say the same, however they came about."""
    return _told_part(one) == _told_part(other)


def _told_part(content: Content | None) -> Content | None:
    """The record without what follows from how it came about: who asked for it, and what a change has outdated."""
    if isinstance(content, NewExchange) and content.responses:
        content = replace(
            content, responses=tuple(replace(each, changed_on=None) for each in content.responses)
        )
    return without_request(content) if content is not None else None


@dataclass(frozen=True, slots=True)
class Difference:
    """What one field was and is; None where it was or is empty."""

    field: str
    before: Any
    after: Any


def differences(before: Content | None, after: Content | None) -> list[Difference]:
    """What differs between two states of a record; of one that was not there, all that the other has.

    A title that was made from the topic, and follows it, is not told twice; nor are the areas that it names.
    """
    some = before or after
    if some is None:
        return []
    found = {
        name: Difference(name, _value(before, name), _value(after, name))
        for name in RECORD_FIELDS[kind_of(some)]
        if name not in UNTOLD and _value(before, name) != _value(after, name)
    }
    title, topic = found.get("title"), found.get("topic")
    if title and topic and (title.before, title.after) == (topic.before, topic.after):
        del found["title"]
    areas = found.get("topics")
    if (
        areas
        and topic
        and all(
            (areas_then or ()) == topics_in(then)
            for areas_then, then in ((areas.before, topic.before), (areas.after, topic.after))
        )
    ):
        del found["topics"]
    return list(found.values())


def _value(content: Content | None, name: str) -> Any:
    value = getattr(content, name) if content is not None else None
    return None if value in ("", ()) or value is False else value
