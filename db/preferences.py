"""What people chose for themselves, and what they were typing when a form was refused."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from db.tables import DraftRow, PreferenceRow


async def language_of(session: AsyncSession, user_id: int) -> str | None:
    language: str | None = await session.scalar(
        select(PreferenceRow.language).where(PreferenceRow.user_id == user_id)
    )
    return language


async def set_language(session: AsyncSession, user_id: int, language: str | None) -> None:
    """Remember the choice, also when the same person makes two at the same moment."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(PreferenceRow).values(user_id=user_id, language=language)
    await session.execute(
        row.on_conflict_do_update(index_elements=[PreferenceRow.user_id], set_={"language": language})
    )


async def keep_draft(
    session: AsyncSession, draft_id: str, user_id: int, form: str, values: dict[str, Any], at: datetime
) -> None:
    await session.execute(
        insert(DraftRow).values(id=draft_id, user_id=user_id, form=form, values=values, created_at=at)
    )


async def draft(session: AsyncSession, draft_id: str, user_id: int) -> dict[str, Any] | None:
    """What this person had typed, or None: drafts are their writer's alone."""
    values: dict[str, Any] | None = await session.scalar(
        select(DraftRow.values).where(DraftRow.id == draft_id, DraftRow.user_id == user_id)
    )
    return values


async def drop_drafts(session: AsyncSession, user_id: int, form: str, older_than: datetime) -> None:
    """Forget this person's drafts of the form, and everybody's from before `older_than`."""
    await session.execute(
        delete(DraftRow).where(
            ((DraftRow.user_id == user_id) & (DraftRow.form == form)) | (DraftRow.created_at < older_than)
        )
    )
