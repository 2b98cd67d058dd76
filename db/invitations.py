"""Codes with which a server may take the office of a place: only their hashes are kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.access import Standing
from db.tables import OfficeInvitationRow


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the holder of a code may do: take the office of a place, once, in this standing. Moments in UTC."""

    code_hash: str
    place_id: int
    standing: Standing
    expires_at: datetime
    used_at: datetime | None = None


async def insert_invitation(session: AsyncSession, new: Invitation) -> None:
    """Store an invitation; those of the place that nobody has used yet are good no more."""
    await session.execute(
        delete(OfficeInvitationRow).where(
            OfficeInvitationRow.place_id == new.place_id, OfficeInvitationRow.used_at.is_(None)
        )
    )
    await session.execute(
        insert(OfficeInvitationRow).values(
            code_hash=new.code_hash,
            place_id=new.place_id,
            standing=new.standing,
            expires_at=new.expires_at,
            used_at=new.used_at,
        )
    )


async def invitations_to(session: AsyncSession, place_id: int) -> list[Invitation]:
    """All invitations to the office of a place, also used and expired ones."""
    rows = await session.scalars(select(OfficeInvitationRow).where(OfficeInvitationRow.place_id == place_id))
    return [
        Invitation(row.code_hash, row.place_id, row.standing, row.expires_at, row.used_at) for row in rows
    ]


async def use_invitation(session: AsyncSession, code_hash: str, now: datetime) -> bool:
    """Use an invitation; returns whether it was good until now: of two that use it at once, one is told no."""
    used = await session.scalar(
        update(OfficeInvitationRow)
        .where(
            OfficeInvitationRow.code_hash == code_hash,
            OfficeInvitationRow.used_at.is_(None),
            OfficeInvitationRow.expires_at > now,
        )
        .values(used_at=now)
        .returning(OfficeInvitationRow.code_hash)
    )
    return used is not None
