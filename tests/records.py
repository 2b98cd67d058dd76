"""Reading what services do not show: rows as they are stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.services.desk import Desk
from db.tables import AuditRow, ReminderRow


@dataclass(frozen=True)
class AuditEntry:
    at: datetime
    action: str
    subject: str
    user_id: int | None
    guild_id: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


async def audit_entries(desk: Desk) -> list[AuditEntry]:
    async with desk.database.read() as session:
        rows = await session.scalars(select(AuditRow).order_by(AuditRow.id))
        return [
            AuditEntry(row.at, row.action, row.subject, row.user_id, row.guild_id, row.before, row.after)
            for row in rows
        ]


async def outbox(desk: Desk) -> list[ReminderRow]:
    """Every row of the outbox, in order of its moment."""
    async with desk.database.read() as session:
        rows = list(await session.scalars(select(ReminderRow).order_by(ReminderRow.at, ReminderRow.id)))
        session.expunge_all()
        return rows
