"""Reading what services do not show, and offices with people for tests of services."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.domain.access import Role, Standing
from bot.domain.offices import Office
from bot.services.desk import Caller, Desk
from db.offices import insert_office, office_by_id, office_of_place
from db.places import ids_by_key
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
    id: int = 0
    office_id: int | None = None
    undoes: int | None = None


async def audit_entries(desk: Desk, subject: str | None = None) -> list[AuditEntry]:
    """The whole trail, or that of one subject, oldest first."""
    query = select(AuditRow).order_by(AuditRow.id)
    async with desk.database.read() as session:
        rows = await session.scalars(query.where(AuditRow.subject == subject) if subject else query)
        return [
            AuditEntry(
                row.at, row.action, row.subject, row.user_id, row.guild_id, row.before, row.after, row.id,
                row.office_id, row.undoes,
            )
            for row in rows
        ]  # fmt: skip


async def outbox(desk: Desk) -> list[ReminderRow]:
    """Every row of the outbox, in order of its moment."""
    async with desk.database.read() as session:
        rows = list(await session.scalars(select(ReminderRow).order_by(ReminderRow.at, ReminderRow.id)))
        session.expunge_all()
        return rows


async def office_of(desk: Desk, key: str, standing: Standing = Standing.MEMBER) -> Office:
    """The office of the place with this key; one of the standing is made where there is none."""
    async with desk.database.write() as session:
        place_id = (await ids_by_key(session, [key]))[key]
        found = await office_of_place(session, place_id)
        if found is not None:
            return found
        office_id = await insert_office(session, place_id, "en", "Asia/Taipei", standing=standing)
        made = await office_by_id(session, office_id)
        assert made is not None
        return made


def person(office: Office, role: Role = Role.LOGGER, user_id: int = 1, language: str = "en") -> Caller:
    """Somebody of an office; its server has the number of the office."""
    return Caller(language, user_id, 1000 + office.id, office, role)
