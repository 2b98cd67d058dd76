"""What exchanges have several of, beside their places: each kind in a table of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.domain.access import Viewer
from bot.domain.exchange_particulars import Attachment, Attendee, Decision, ExchangeParts, Lesson, Response
from db.parts import PartKind, read_kind, read_parts
from db.scope import visible
from db.tables import (
    AttachmentRow,
    AttendeeRow,
    DecisionRow,
    ExchangeRow,
    ExchangeSourceRow,
    ExchangeTopicRow,
    LessonRow,
    ResponseRow,
)

TEXT_LISTS: Mapping[str, InstrumentedAttribute[int]] = {
    "topics": ExchangeTopicRow.exchange_id,
    "sources": ExchangeSourceRow.exchange_id,
}
"""Lists of plain texts, by the field that holds them: the column that says whose each is."""

EXCHANGE_PART_KINDS: Mapping[str, PartKind] = {
    "attendees": PartKind(Attendee, AttendeeRow.exchange_id),
    "attachments": PartKind(Attachment, AttachmentRow.exchange_id),
    "decisions": PartKind(Decision, DecisionRow.exchange_id),
    "lessons": PartKind(Lesson, LessonRow.exchange_id),
    "responses": PartKind(Response, ResponseRow.exchange_id),
}
"""The fields of `bot.domain.exchange_particulars.ExchangeParts` that are more than texts."""


def seen_lessons(viewer: Viewer) -> ColumnElement[bool]:
    """Which lessons the viewer may see of the exchanges that they see: a lesson can be for fewer than its exchange."""
    reach = select(ExchangeRow.id).where(
        ExchangeRow.id == LessonRow.exchange_id, visible(ExchangeRow, viewer, LessonRow.scope)
    )
    return or_(LessonRow.scope.is_(None), reach.correlate(LessonRow).exists())


async def read_exchange_parts(
    session: AsyncSession, viewer: Viewer | None, ids: Select[int]
) -> dict[str, dict[int, tuple[Any, ...]]]:
    """The parts of the exchanges `ids` by their field, and by record number; without a viewer all lessons, too."""
    lessons = seen_lessons(viewer) if viewer else None
    return {
        name: await read_kind(session, kind, ids, lessons if kind.part is Lesson else None)
        for name, kind in EXCHANGE_PART_KINDS.items()
    }


async def responses_of(session: AsyncSession, numbers: Sequence[int]) -> dict[int, tuple[Response, ...]]:
    """What other offices say of these exchanges, which the viewer is known to see, by record number."""
    chosen = select(ExchangeRow.id).where(ExchangeRow.id.in_(numbers))
    return await read_kind(session, EXCHANGE_PART_KINDS["responses"], chosen)


async def decisions_seen(session: AsyncSession, viewer: Viewer) -> dict[int, tuple[Decision, ...]]:
    """What was decided in exchanges that the viewer may see, by record number."""
    seen = select(ExchangeRow.id).where(visible(ExchangeRow, viewer))
    return await read_kind(session, EXCHANGE_PART_KINDS["decisions"], seen)


async def attendees_seen(session: AsyncSession, viewer: Viewer) -> dict[int, tuple[Attendee, ...]]:
    """Who is named with exchanges that the viewer may see, by record number."""
    seen = select(ExchangeRow.id).where(visible(ExchangeRow, viewer))
    return await read_kind(session, EXCHANGE_PART_KINDS["attendees"], seen)


async def exchange_parts(session: AsyncSession, viewer: Viewer, number: int) -> ExchangeParts:
    """The parts of an exchange that the viewer may see; none where they may not see it."""
    seen = select(ExchangeRow.id).where(ExchangeRow.id == number, visible(ExchangeRow, viewer))
    topics = await read_parts(session, ExchangeTopicRow.exchange_id, seen, ExchangeTopicRow.text)
    found = await read_exchange_parts(session, viewer, seen)
    parts: dict[str, Any] = {name: of_kind.get(number, ()) for name, of_kind in found.items()}
    return ExchangeParts(topics=tuple(text for (text,) in topics.get(number, ())), **parts)
