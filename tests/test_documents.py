"""Records as documents: nothing is lost on the way to JSON and back, and every difference is found."""

import json
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.access import Scope
from bot.domain.audit import Record, RecordKind
from bot.domain.contacts import ContactRole
from bot.domain.dates import PartialDate
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus, Mode
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.services.documents import (
    EXCHANGE_FIELDS,
    RECORD_FIELDS,
    UNTOLD,
    content_of,
    differences,
    document_of,
    same,
    version_of,
)
from bot.services.topics import topics_in
from db.contacts import NewContact
from db.exchanges import NewExchange
from db.partnerships import NewPartnership
from db.record_kinds import RECORD_KINDS, Content, kind_of
from tests.acts import act_strategies
from tests.exchanges import exchange_strategies

TEXT = st.text(max_size=30)
NUMBER = st.integers(1, 10**9)
DATE = st.builds(PartialDate, st.integers(1800, 2200)) | st.dates(
    datetime(1800, 1, 1).date(),  # noqa: DTZ001 - a day
    datetime(2200, 12, 31).date(),  # noqa: DTZ001
).flatmap(lambda day: st.sampled_from([PartialDate.of(day), PartialDate(day.year, day.month)]))
MOMENT = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).flatmap(  # noqa: DTZ001 - the zone is drawn
    lambda moment: st.integers(-840, 840).map(
        lambda minutes: moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    )
)
IDS = st.lists(NUMBER, min_size=2, max_size=4, unique=True).map(tuple)
CONTACT_TEXTS = (
    "name", "name_zh", "post", "post_zh", "organisation", "email", "phone", "note", "programme",
)  # fmt: skip
TEXTS = st.lists(TEXT, max_size=3).map(tuple)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


EXCHANGES = st.builds(
    NewExchange,
    kind=st.sampled_from(ExchangeKind),
    status=st.sampled_from(ExchangeStatus),
    date=DATE,
    title=TEXT,
    places=IDS,
    mode=maybe(st.sampled_from(Mode)),
    level=maybe(st.sampled_from(ExchangeLevel)),
    end_date=maybe(DATE),
    starts_at=maybe(MOMENT),
    title_zh=maybe(TEXT),
    topic=maybe(TEXT),
    summary=maybe(TEXT),
    people=maybe(NUMBER),
    note=maybe(TEXT),
    sources=TEXTS,
    scope=st.sampled_from(Scope),
    office_id=maybe(NUMBER),
    request_id=maybe(TEXT),
    number=NUMBER,
    home_places=st.integers(1, 3),
    paired_with=maybe(NUMBER),
    **exchange_strategies({"": TEXT}, DATE),
)
STEPS = st.builds(
    StatusChange,
    st.sampled_from(Status),
    maybe(DATE),
    *[maybe(TEXT)] * 2,
    until=maybe(DATE),
    trigger=maybe(TEXT),
    source=maybe(TEXT),
)
PARTNERSHIPS = st.builds(
    NewPartnership,
    kind=st.sampled_from(Kind),
    parties=IDS,
    history=st.lists(STEPS, min_size=1, max_size=3).map(tuple),
    signed=maybe(DATE),
    named=maybe(TEXT),
    superseded_by=maybe(NUMBER),
    note=maybe(TEXT),
    as_of=maybe(DATE),
    sources=TEXTS,
    scope=st.sampled_from(Scope),
    office_id=maybe(NUMBER),
    cadence_months=maybe(NUMBER),
    request_id=maybe(TEXT),
    number=NUMBER,
    **act_strategies({"": TEXT}, DATE),
)


CONTACTS = st.builds(
    NewContact,
    place_id=NUMBER,
    role=st.sampled_from(ContactRole),
    has_left=st.booleans(),
    **{name: maybe(TEXT) for name in CONTACT_TEXTS},
    **{name: maybe(DATE) for name in ("since", "until", "consent", "confirmed_on", "programme_year")},
    **{name: maybe(NUMBER) for name in ("replaced_by", "office_id")},
    sources=TEXTS,
    scope=st.sampled_from(Scope),
    request_id=maybe(TEXT),
    number=NUMBER,
)


@given(EXCHANGES | PARTNERSHIPS | CONTACTS, NUMBER)
def test_nothing_is_lost(content: Content, version: int) -> None:
    """A record comes back from its JSON as it was, to the last field and its precision."""
    kind = kind_of(content)
    document = json.loads(json.dumps(document_of(content, version), ensure_ascii=False))
    assert content_of(Record(kind, content.number or 0), document) == content
    assert version_of(document) == version
    assert same(content, content_of(Record(kind, content.number or 0), document))


def test_every_field_of_a_record_is_in_its_document() -> None:
    """A field that is added later cannot be forgotten here; the number stands beside the document."""
    for kind, each in RECORD_KINDS.items():
        assert {field.name for field in fields(each.content)} - {"number"} == set(RECORD_FIELDS[kind])


@given(EXCHANGES, EXCHANGES)
def test_differences_are_all_that_differs(one: NewExchange, other: NewExchange) -> None:
    """Of two records exactly the fields that differ are told; what is empty in both ways is the same."""
    found = {change.field: (change.before, change.after) for change in differences(one, other)}
    for name in EXCHANGE_FIELDS:
        before, after = getattr(one, name) or None, getattr(other, name) or None
        told_by_topic = name == "title" and found.get("topic") == (before, after)
        told_by_topic |= name == "topics" and "topic" in found and _follows(one) and _follows(other)
        if before == after or name in UNTOLD or told_by_topic:
            assert name not in found
        else:
            assert found[name] == (before, after)


def _follows(content: NewExchange) -> bool:
    """Whether the areas are those that the topic names."""
    return content.topics == topics_in(content.topic)


@given(EXCHANGES)
def test_of_a_new_or_removed_record_all_is_told(content: NewExchange) -> None:
    """All that it has, on the one side; what is empty is not listed."""
    assert all(
        change.before is None and change.after not in (None, "", ()) for change in differences(None, content)
    )
    assert {change.field for change in differences(content, None)} == {
        change.field for change in differences(None, content)
    }
    assert differences(content, content) == differences(None, None) == []


def test_an_entry_of_the_first_release_is_read() -> None:
    """It left out what was empty, the version and the request, and wrote the moment with a space."""
    document = {
        "kind": "virtual_visit", "status": "held", "title": "Housing", "places": [3, 7], "mode": "virtual",
        "starts_at": "2026-11-19 01:00:00+00:00", "topic": "Housing", "people": 6, "scope": "shared",
        "office_id": 2, "date": "2026-11-19",
    }  # fmt: skip
    read = content_of(Record(RecordKind.EXCHANGE, 148), document)
    assert read == NewExchange(
        ExchangeKind.VIRTUAL_VISIT, ExchangeStatus.HELD, PartialDate(2026, 11, 19), "Housing", (3, 7),
        mode=Mode.VIRTUAL, starts_at=datetime(2026, 11, 19, 1, tzinfo=UTC), topic="Housing", people=6,
        office_id=2, number=148,
    )  # fmt: skip
    assert version_of(document) == 1
    assert same(read, replace(read, request_id="discord:1"))
    untitled = {name: value for name, value in document.items() if name not in ("title", "topic")}
    assert content_of(Record(RecordKind.EXCHANGE, 148), untitled).title == ""
