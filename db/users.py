"""What is kept of Discord users: what they chose, typed and did, and their ids in what others wrote."""

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.privacy import Counts, Kept, Sought, Trace, counted
from db.privacy import erase_person, find_person, overwrite_what_goes
from db.tables import AuditRow, DraftRow, LessonUseRow, OccasionRow, PreferenceRow

OF_USERS = (
    "preferences.user_id",
    "drafts.user_id",
    "audit_entries.user_id",
    "occasions.user_id",
    "lesson_uses.user_id",
)
"""The columns that say which Discord user a row is of; `forget_user` empties or deletes each of them."""


async def find_user(session: AsyncSession, user_id: int) -> list[Trace]:
    """All that is stored of a Discord user: what they chose, typed and did, and where their id stands otherwise."""
    found = [
        Trace(Kept.PREFERENCES, "preferences", "language", language or "")
        for language in await session.scalars(
            select(PreferenceRow.language).where(PreferenceRow.user_id == user_id)
        )
    ]
    drafts = select(DraftRow.id, DraftRow.values).where(DraftRow.user_id == user_id)
    for draft_id, values in await session.execute(drafts):
        found += [
            Trace(Kept.DRAFTS, f"draft:{draft_id}", field, str(value))
            for field, value in _leaves(values, "values")
        ]
    found += [
        Trace(Kept.REMINDERS, f"reminder:{subject}", "user_id", str(occurrence))
        for subject, occurrence in await session.execute(
            select(OccasionRow.subject, OccasionRow.occurrence).where(OccasionRow.user_id == user_id)
        )
    ]
    uses = select(LessonUseRow.lesson, LessonUseRow.used_at).where(LessonUseRow.user_id == user_id)
    found += [
        Trace(Kept.LESSONS, f"lesson:{lesson}", "user_id", used_at.isoformat())
        for lesson, used_at in await session.execute(uses.order_by(LessonUseRow.lesson))
    ]
    entries = select(AuditRow.id, AuditRow.at, AuditRow.action, AuditRow.subject)
    for number, at, action, subject in await session.execute(
        entries.where(AuditRow.user_id == user_id).order_by(AuditRow.id)
    ):
        found.append(Trace(Kept.AUDIT, f"audit:{number}", "user_id", f"{at.isoformat()} {action} {subject}"))
    return [*found, *await find_person(session, Sought.user(user_id), None)]


def _leaves(value: Any, field: str) -> list[tuple[str, Any]]:
    match value:
        case dict():
            return [leaf for key, inner in value.items() for leaf in _leaves(inner, f"{field}.{key}")]
        case list():
            return [leaf for index, inner in enumerate(value) for leaf in _leaves(inner, f"{field}.{index}")]
        case _:
            return [(field, value)]


async def forget_user(session: AsyncSession, user_id: int) -> Counts:
    """Delete what a Discord user chose and typed, and take their id from everything else; what they logged stays."""
    await overwrite_what_goes(session)
    kept: list[Kept] = []
    own = ((PreferenceRow, Kept.PREFERENCES), (DraftRow, Kept.DRAFTS), (LessonUseRow, Kept.LESSONS))
    for rows, what in own:
        gone = await session.execute(delete(rows).where(rows.user_id == user_id).returning(rows.user_id))
        kept += [what for _ in gone]
    unassigned = (
        update(OccasionRow)
        .where(OccasionRow.user_id == user_id)
        .values(user_id=None)
        .returning(OccasionRow.subject)
    )
    kept += [Kept.REMINDERS for _ in await session.execute(unassigned)]
    nameless = update(AuditRow).where(AuditRow.user_id == user_id).values(user_id=None).returning(AuditRow.id)
    kept += [Kept.AUDIT for _ in await session.execute(nameless)]
    elsewhere = await erase_person(session, Sought.user(user_id), None)
    return counted([*kept, *(each for each, number in elsewhere.items() for _ in range(number))])
