"""What acts have several of, beside their parties: each kind in a table of its own, read and written alike."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.access import Viewer
from bot.domain.agreements import Clause, Commitment, Signatory, SignedName
from bot.domain.claims import Claim
from bot.domain.partnerships import Parts, StatusChange
from bot.domain.prospects import Pilot, StageChange, StepTaken
from db.parts import PartKind, read_kind
from db.scope import visible
from db.tables import (
    ClaimRow,
    ClauseRow,
    CommitmentRow,
    PartnershipRow,
    PilotRow,
    SignatoryRow,
    SignedNameRow,
    StageRow,
    StatusRow,
    StepRow,
)

HISTORY = PartKind(StatusChange, StatusRow.partnership_id)
PART_KINDS: Mapping[str, PartKind] = {
    "signed_names": PartKind(SignedName, SignedNameRow.partnership_id),
    "signatories": PartKind(Signatory, SignatoryRow.partnership_id),
    "clauses": PartKind(Clause, ClauseRow.partnership_id),
    "commitments": PartKind(Commitment, CommitmentRow.partnership_id),
    "stages": PartKind(StageChange, StageRow.partnership_id),
    "pilots": PartKind(Pilot, PilotRow.partnership_id),
    "steps": PartKind(StepTaken, StepRow.partnership_id),
    "claims": PartKind(Claim, ClaimRow.partnership_id),
}
"""The fields of `bot.domain.partnerships.Parts`."""


async def parts_of(
    session: AsyncSession, viewer: Viewer, numbers: Sequence[int], names: Iterable[str] = tuple(PART_KINDS)
) -> dict[int, Parts]:
    """The parts of those of these acts that the viewer may see, each act with an entry; only `names`, if given."""
    seen = select(PartnershipRow.id).where(PartnershipRow.id.in_(numbers), visible(PartnershipRow, viewer))
    ids = list(await session.scalars(seen))
    found: dict[int, dict[str, Any]] = {number: {} for number in ids}
    of_these = select(PartnershipRow.id).where(PartnershipRow.id.in_(ids))
    for name in names:
        for number, parts in (await read_kind(session, PART_KINDS[name], of_these)).items():
            found[number][name] = parts
    return {number: Parts(**parts) for number, parts in found.items()}
