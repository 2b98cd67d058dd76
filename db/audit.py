"""The audit trail, written in the transaction of the change that it tells of."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from db.tables import AuditRow


async def record_change(
    session: AsyncSession,
    *,
    at: datetime,
    action: str,
    subject: str,
    user_id: int | None = None,
    guild_id: int | None = None,
    office_id: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write one entry. `subject` is what was changed (`P12`, `X40`, `office:3`), `at` a moment in UTC.

    `before` and `after` are plain JSON: what the change found, and what it left.
    """
    await session.execute(
        insert(AuditRow).values(
            at=at,
            action=action,
            subject=subject,
            user_id=user_id,
            guild_id=guild_id,
            office_id=office_id,
            before=before,
            after=after,
        )
    )
