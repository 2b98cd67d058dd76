"""Questions as they were read: kept for the buttons under their answers, for a time and up to a number."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from db.tables import AskedQueryRow


async def keep_query(
    session: AsyncSession, key: str, office_id: int, query: dict[str, Any], at: datetime
) -> None:
    """Keep the query, also when two ask the same at the same moment; one that is there was asked again."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(AskedQueryRow).values(key=key, office_id=office_id, query=query, asked_at=at)
    await session.execute(
        row.on_conflict_do_update(index_elements=[AskedQueryRow.key], set_={"asked_at": at})
    )


async def drop_old_queries(session: AsyncSession, office_id: int, before: datetime, most: int) -> None:
    """Forget what the office asked last before then, and all but its newest `most`."""
    newest = (
        select(AskedQueryRow.key)
        .where(AskedQueryRow.office_id == office_id)
        .order_by(AskedQueryRow.asked_at.desc(), AskedQueryRow.key)
        .offset(most)
    )
    if session.get_bind().dialect.name == "sqlite":
        newest = newest.limit(-1)  # SQLite takes no offset alone
    old = (AskedQueryRow.asked_at < before) | AskedQueryRow.key.in_(newest)
    await session.execute(delete(AskedQueryRow).where(AskedQueryRow.office_id == office_id, old))


async def kept_query(session: AsyncSession, key: str, office_id: int) -> dict[str, Any] | None:
    """What the office asked, or None: another office's questions are its own."""
    query: dict[str, Any] | None = await session.scalar(
        select(AskedQueryRow.query).where(AskedQueryRow.key == key, AskedQueryRow.office_id == office_id)
    )
    return query
