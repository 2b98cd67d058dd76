"""Exchanges that have something in every field: one by hand, and any number made up."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from bot.domain.access import Scope
from bot.domain.dates import PartialDate
from bot.domain.exchange_particulars import (
    Attachment,
    Attendee,
    AttendeeRole,
    Decision,
    Direction,
    ExchangeParticulars,
    Lesson,
    Response,
    Stance,
)
from bot.domain.profiles import Topic, topic_of
from db.exchange_parts import EXCHANGE_PART_KINDS
from tests.acts import record_strategies


def whole_exchange(text: str) -> dict[str, Any]:
    """Particulars, topics and parts, with `text` wherever there is room for words."""
    return {
        "minutes": 40,
        "platform": text,
        "recording_url": "https://example.org/recording",
        "venue": text,
        "event": text,
        "series": text,
        "co_hosts": text,
        "teams": text,
        "result": text,
        "direction": Direction.INBOUND,
        "footfall": 1200,
        "item": text,
        "quantity": text,
        "thanked_on": PartialDate(2025, 3),
        "school": text,
        "study_programme": text,
        "pupils": 63,
        "conference_role": text,
        "proceedings": text,
        "cancel_reason": text,
        "topics": (Topic.HOUSING.value, "trams"),
        "attendees": (
            Attendee(2, AttendeeRole.LEADER, text, "王小明", text),
            Attendee(1, AttendeeRole.HEAD, text),
        ),
        "attachments": (
            Attachment("https://example.org/minutes.pdf", text, 4096),
            Attachment("https://example.org"),
        ),
        "decisions": (Decision(text, text, PartialDate(2025, 6), PartialDate(2025, 5, 30)), Decision(text)),
        "responses": (
            Response(2, Stance.DIFFERS, PartialDate(2025, 3, 10), text),
            Response(2, Stance.CONFIRMED, PartialDate(2025, 3, 11), changed_on=PartialDate(2025, 3, 12)),
        ),
        "lessons": (
            Lesson(
                "1442", text, text, text, "housing, trams", text, text, Scope.OFFICE, PartialDate(2025, 3, 9)
            ),
            Lesson("1443", otherwise=text),
        ),
    }


def exchange_strategies(
    texts: Mapping[str, st.SearchStrategy[str]], dates: st.SearchStrategy[PartialDate]
) -> dict[str, st.SearchStrategy[Any]]:
    """Every particular, topics and parts, as `tests.acts.act_strategies` makes them for acts."""
    topics = st.lists(texts[""].map(topic_of).filter(bool), max_size=3, unique=True).map(tuple)
    return record_strategies(ExchangeParticulars, EXCHANGE_PART_KINDS, texts, dates) | {"topics": topics}
