"""Reading and writing the steps that offices have brought themselves."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.prospecting import Step
from db.audit import record_change
from db.parts import read_parts, replace_parts
from db.tables import OfficeRow, OfficeStepRow

_FIELDS = tuple(field.name for field in fields(Step) if field.name != "levels")


async def office_steps(session: AsyncSession, office_id: int | None = None) -> dict[int, tuple[Step, ...]]:
    """The steps of one office or of all, in order, by office; one without steps of its own is not there."""
    ids = select(OfficeRow.id)
    if office_id is not None:
        ids = ids.where(OfficeRow.id == office_id)
    columns = [getattr(OfficeStepRow, name) for name in _FIELDS]
    found = await read_parts(session, OfficeStepRow.office_id, ids, *columns)
    return {
        owner: tuple(Step(**dict(zip(_FIELDS, values, strict=True))) for values in steps)
        for owner, steps in found.items()
    }


async def change_office_steps(
    session: AsyncSession, office_id: int, steps: Sequence[Step], at: datetime
) -> None:
    """Let the office have these steps and no others, and write that to the audit trail, at `at` (UTC)."""
    subject = f"office:{office_id}"
    after = {"steps": [step.key for step in steps]}
    await record_change(
        session, at=at, action="office.steps", subject=subject, office_id=office_id, after=after
    )
    rows = [{name: getattr(step, name) for name in _FIELDS} for step in steps]
    await replace_parts(session, OfficeStepRow.office_id, office_id, rows)
