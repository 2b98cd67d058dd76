"""What acts have several of, beside their parties: each kind in a table of its own, read and written alike."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.domain.access import Viewer
from bot.domain.agreements import Clause, Commitment, Signatory, SignedName
from bot.domain.claims import Claim
from bot.domain.partnerships import Parts, StatusChange
from bot.domain.prospects import Pilot, StageChange, StepTaken
from db.parts import add_parts, read_parts, text_lengths
from db.scope import visible
from db.tables import (
    ClaimRow,
    ClauseRow,
    CommitmentRow,
    PartnershipRow,
    PartRow,
    PilotRow,
    SignatoryRow,
    SignedNameRow,
    StageRow,
    StatusRow,
    StepRow,
)


@dataclass(frozen=True, slots=True)
class PartKind:
    """A kind of part: what it is in the domain, and the table whose columns are its fields."""

    part: type[Any]
    rows: type[StatusRow] | type[PartRow]

    def owner(self) -> InstrumentedAttribute[int]:
        """The column that says whose part a row is."""
        return self.rows.partnership_id

    @property
    def columns(self) -> Sequence[str]:
        return [field.name for field in fields(self.part)]

    def row(self, part: Any) -> dict[str, Any]:
        return {name: getattr(part, name) for name in self.columns}


def lengths_of(kind: PartKind) -> Mapping[str, int]:
    """The most characters that the columns of a kind hold, where they have a limit."""
    return text_lengths(kind.rows, kind.columns)


HISTORY = PartKind(StatusChange, StatusRow)
PART_KINDS: Mapping[str, PartKind] = {
    "signed_names": PartKind(SignedName, SignedNameRow),
    "signatories": PartKind(Signatory, SignatoryRow),
    "clauses": PartKind(Clause, ClauseRow),
    "commitments": PartKind(Commitment, CommitmentRow),
    "stages": PartKind(StageChange, StageRow),
    "pilots": PartKind(Pilot, PilotRow),
    "steps": PartKind(StepTaken, StepRow),
    "claims": PartKind(Claim, ClaimRow),
}
"""The fields of `bot.domain.partnerships.Parts`."""


async def read_kind(session: AsyncSession, kind: PartKind, ids: Select[int]) -> dict[int, tuple[Any, ...]]:
    """The parts of one kind of the acts `ids`, in order, by record number."""
    columns = [getattr(kind.rows, name) for name in kind.columns]
    found = await read_parts(session, kind.owner(), ids, *columns)
    return {number: tuple(kind.part(*values) for values in parts) for number, parts in found.items()}


async def add_kind(session: AsyncSession, kind: PartKind, added: Iterable[tuple[int, Sequence[Any]]]) -> None:
    """Store the first parts of one kind of acts: (record number, parts in order)."""
    await add_parts(session, kind.owner(), [(number, 0, map(kind.row, parts)) for number, parts in added])


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
