"""Whether a database is sound: its revision, its engine's own checks, and what no constraint can say."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from db.engine import Database
from db.numbers import Numbered
from db.schema import current_revision, newest_revision
from db.tables import ExchangePlaceRow, ExchangeRow, PartnershipRow, PartyRow, RecordNumberRow, StatusRow


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is not as it should be, as a key and values for a sentence."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)


async def troubles(database: Database) -> list[Trouble]:
    """Everything that is wrong with the database; an empty list for a sound one."""
    at = await current_revision(database)
    if at != newest_revision():
        return [Trouble("revision", {"at": at or "–", "newest": newest_revision()})]
    async with database.read() as session:
        engine = await _sqlite_troubles(session) if database.is_sqlite else []
        return [*engine, *await _registry_troubles(session)]


async def _sqlite_troubles(session: AsyncSession) -> list[Trouble]:
    found = []
    for (line,) in await session.execute(text("PRAGMA integrity_check")):
        if line != "ok":
            found.append(Trouble("sqlite", {"line": line}))
    for table, row, parent, _ in await session.execute(text("PRAGMA foreign_key_check")):
        found.append(Trouble("foreign_key", {"table": table, "row": row, "parent": parent}))
    return found


async def _registry_troubles(session: AsyncSession) -> list[Trouble]:
    """Ties and exchanges of fewer than two places, statuses at odds with their history, counters left behind."""
    parties = (
        select(PartnershipRow.id)
        .outerjoin(PartyRow, PartyRow.partnership_id == PartnershipRow.id)
        .group_by(PartnershipRow.id)
        .having(func.count(PartyRow.place_id) < 2)
    )
    places = (
        select(ExchangeRow.id)
        .outerjoin(ExchangePlaceRow, ExchangePlaceRow.exchange_id == ExchangeRow.id)
        .group_by(ExchangeRow.id)
        .having(func.count(ExchangePlaceRow.place_id) < 2)
    )
    last = (
        select(StatusRow.partnership_id, func.max(StatusRow.position).label("position"))
        .group_by(StatusRow.partnership_id)
        .subquery()
    )
    newest = (
        select(StatusRow.partnership_id, StatusRow.status)
        .join(
            last,
            (last.c.partnership_id == StatusRow.partnership_id) & (last.c.position == StatusRow.position),
        )
        .subquery()
    )
    at_odds = (
        select(PartnershipRow.id)
        .outerjoin(newest, newest.c.partnership_id == PartnershipRow.id)
        .where(newest.c.status.is_(None) | (newest.c.status != PartnershipRow.status))
    )
    found = [Trouble("too_few_parties", {"record": f"P{n}"}) for n in await session.scalars(parties)]
    found += [Trouble("too_few_places", {"record": f"X{n}"}) for n in await session.scalars(places)]
    found += [Trouble("status_history", {"record": f"P{n}"}) for n in await session.scalars(at_odds)]
    for kind, table in ((Numbered.PARTNERSHIPS, PartnershipRow), (Numbered.EXCHANGES, ExchangeRow)):
        highest = await session.scalar(select(func.max(table.id))) or 0
        counter = await session.scalar(select(RecordNumberRow.last).where(RecordNumberRow.name == kind))
        if counter is None or counter < highest:
            found.append(Trouble("counter", {"name": kind.value, "highest": highest}))
    return found
