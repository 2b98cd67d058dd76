"""Partnerships with all that belongs to them."""

from sqlalchemy import ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from bot.domain.access import Scope
from bot.domain.agreements import ClauseTag, Initiator
from bot.domain.claims import Fact
from bot.domain.dates import PartialDate
from bot.domain.partnerships import Kind, Status
from bot.domain.prospects import Stage
from db.tables.base import Base
from db.tables.places import PlaceRow
from db.types import Key, PartialDateType, Word


class PartnershipRow(Base):
    __tablename__ = "partnerships"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    kind: Mapped[Kind] = mapped_column(Word(Kind))
    status: Mapped[Status] = mapped_column(Word(Status))
    signed: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    named: Mapped[str | None] = mapped_column(String(200))
    superseded_by: Mapped[int | None] = mapped_column(ForeignKey("partnerships.id"))
    cadence_months: Mapped[int | None] = mapped_column(Integer)
    note: Mapped[str | None] = mapped_column(Text)
    as_of: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    initiator: Mapped[Initiator | None] = mapped_column(Word(Initiator))
    initiator_party: Mapped[int | None]
    civil_since: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    lead_association: Mapped[str | None] = mapped_column(String(200))
    council_liaison: Mapped[str | None] = mapped_column(String(200))
    owner: Mapped[str | None] = mapped_column(String(200))
    sustain_plan: Mapped[str | None] = mapped_column(Text)
    languages: Mapped[str | None] = mapped_column(String(80))
    document_url: Mapped[str | None] = mapped_column(Text)
    document_name: Mapped[str | None] = mapped_column(String(200))
    review_on: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    expires_on: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    scope: Mapped[Scope] = mapped_column(Word(Scope))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("offices.id"), index=True)
    request_id: Mapped[str | None] = mapped_column(String(40), index=True, unique=True)
    version: Mapped[int] = mapped_column(default=1)

    parties: Mapped[list["PartyRow"]] = relationship(lazy="raise", order_by="PartyRow.position")
    history: Mapped[list["StatusRow"]] = relationship(lazy="raise", order_by="StatusRow.position")
    sources: Mapped[list["PartnershipSourceRow"]] = relationship(
        lazy="raise", order_by="PartnershipSourceRow.position"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own way to say it


class PartyRow(Base):
    __tablename__ = "partnership_parties"
    __table_args__ = (UniqueConstraint("partnership_id", "place_id"),)

    partnership_id: Mapped[int] = mapped_column(
        ForeignKey("partnerships.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), index=True)

    place: Mapped[PlaceRow] = relationship(lazy="raise")


class StatusRow(Base):
    """One step of a partnership's dated status history; the last one is its status."""

    __tablename__ = "partnership_statuses"

    partnership_id: Mapped[int] = mapped_column(
        ForeignKey("partnerships.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[Status] = mapped_column(Word(Status))
    since: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    reason: Mapped[str | None] = mapped_column(Text)
    by_whom: Mapped[str | None] = mapped_column(String(200))
    until: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    trigger: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)


class PartnershipSourceRow(Base):
    __tablename__ = "partnership_sources"

    partnership_id: Mapped[int] = mapped_column(
        ForeignKey("partnerships.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class PartRow(Base):
    """A part of an act in a table of its own: its columns are the fields of the part, in the order of `position`."""

    __abstract__ = True

    @declared_attr
    def partnership_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy hands it the class
        reference = ForeignKey("partnerships.id", ondelete="CASCADE")
        return mapped_column(reference, primary_key=True, sort_order=-2)

    position: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)


class SignedNameRow(PartRow):
    __tablename__ = "partnership_signed_names"

    party: Mapped[int]
    language: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))


class SignatoryRow(PartRow):
    __tablename__ = "partnership_signatories"

    party: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    name_zh: Mapped[str | None] = mapped_column(String(200))
    post: Mapped[str | None] = mapped_column(String(200))


class ClauseRow(PartRow):
    __tablename__ = "partnership_clauses"

    tag: Mapped[ClauseTag] = mapped_column(Word(ClauseTag))
    text: Mapped[str | None] = mapped_column(Text)


class CommitmentRow(PartRow):
    __tablename__ = "partnership_commitments"

    what: Mapped[str] = mapped_column(Text)
    owner: Mapped[str | None] = mapped_column(String(200))
    due: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    done: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    evidence: Mapped[str | None] = mapped_column(Text)


class StageRow(PartRow):
    __tablename__ = "partnership_stages"

    stage: Mapped[Stage] = mapped_column(Word(Stage))
    since: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    reason: Mapped[str | None] = mapped_column(Text)
    by_whom: Mapped[str | None] = mapped_column(String(200))


class PilotRow(PartRow):
    __tablename__ = "partnership_pilots"

    title: Mapped[str] = mapped_column(String(200))
    since: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    until: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    owner: Mapped[str | None] = mapped_column(String(200))
    result: Mapped[str | None] = mapped_column(Text)


class StepRow(PartRow):
    __tablename__ = "partnership_steps"

    step: Mapped[str] = mapped_column(String(40))
    done: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    note: Mapped[str | None] = mapped_column(Text)


class ClaimRow(PartRow):
    __tablename__ = "partnership_claims"

    fact: Mapped[Fact] = mapped_column(Word(Fact))
    value: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(Text)
    as_of: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    preferred: Mapped[bool]
    note: Mapped[str | None] = mapped_column(Text)
