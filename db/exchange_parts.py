"""What exchanges have several of, beside their places: each kind in a table of its own."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.domain.access import Viewer
from bot.domain.exchange_particulars import Attachment, Attendee, ExchangeParts
from db.parts import PartKind, read_kind, read_parts
from db.scope import visible
from db.tables import AttachmentRow, AttendeeRow, ExchangeRow, ExchangeSourceRow, ExchangeTopicRow

TEXT_LISTS: Mapping[str, InstrumentedAttribute[int]] = {
    "topics": ExchangeTopicRow.exchange_id,
    "sources": ExchangeSourceRow.exchange_id,
}
"""Lists of plain texts, by the field that holds them: the column that says whose each is."""

EXCHANGE_PART_KINDS: Mapping[str, PartKind] = {
    "attendees": PartKind(Attendee, AttendeeRow.exchange_id),
    "attachments": PartKind(Attachment, AttachmentRow.exchange_id),
}
"""The fields of `bot.domain.exchange_particulars.ExchangeParts` that are more than texts."""


async def exchange_parts(session: AsyncSession, viewer: Viewer, number: int) -> ExchangeParts:
    """The parts of an exchange; none where the viewer may not see it."""
    seen = select(ExchangeRow.id).where(ExchangeRow.id == number, visible(ExchangeRow, viewer))
    topics = await read_parts(session, ExchangeTopicRow.exchange_id, seen, ExchangeTopicRow.text)
    found = {
        name: (await read_kind(session, kind, seen)).get(number, ())
        for name, kind in EXCHANGE_PART_KINDS.items()
    }
    return ExchangeParts(topics=tuple(text for (text,) in topics.get(number, ())), **found)
