"""The tables. Rows never leave `db`: its functions return the frozen dataclasses of `bot.domain`."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from bot.domain.access import Role, Scope, Standing
from bot.domain.anniversaries import LeapDayRule
from bot.domain.dates import PartialDate
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus, Mode
from bot.domain.groups import MembershipState
from bot.domain.offices import Purpose, RestDayRule
from bot.domain.partnerships import Kind, Status
from bot.domain.places import Level
from bot.domain.reminders import ReminderKind, ReminderState
from db.types import Document, Key, PartialDateType, UtcDateTime, Word


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class RecordNumberRow(Base):
    """The highest record number handed out, by kind of record (`partnerships`, `exchanges`)."""

    __tablename__ = "record_numbers"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    last: Mapped[int]


class PlaceRow(Base):
    __tablename__ = "places"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    name_en: Mapped[str] = mapped_column(String(200))
    name_zh: Mapped[str | None] = mapped_column(String(200))
    name_local: Mapped[str | None] = mapped_column(String(200))
    level: Mapped[Level | None] = mapped_column(Word(Level))
    country: Mapped[str | None] = mapped_column(String(2), index=True)
    region_en: Mapped[str | None] = mapped_column(String(200))
    region_zh: Mapped[str | None] = mapped_column(String(200))
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    zone: Mapped[str | None] = mapped_column(String(64))
    wikidata: Mapped[str | None] = mapped_column(String(16))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"), index=True)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"), index=True)
    note: Mapped[str | None] = mapped_column(Text)


class PlaceNameRow(Base):
    """Every name that a place answers to, folded for looking up (`bot.domain.names.fold`)."""

    __tablename__ = "place_names"
    __table_args__ = (UniqueConstraint("place_id", "folded"), Index(None, "folded"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200))
    main: Mapped[bool]


class OfficeRow(Base):
    __tablename__ = "offices"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), unique=True)
    guild_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    language: Mapped[str] = mapped_column(String(8))
    zone: Mapped[str] = mapped_column(String(64))
    posting_hour: Mapped[int]
    leap_day_rule: Mapped[LeapDayRule] = mapped_column(Word(LeapDayRule))
    rest_day_rule: Mapped[RestDayRule] = mapped_column(Word(RestDayRule))
    standing: Mapped[Standing] = mapped_column(Word(Standing))
    everyone: Mapped[Role] = mapped_column(Word(Role))
    notify_role_id: Mapped[int | None] = mapped_column(BigInteger)
    since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    planned_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asleep_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    place: Mapped[PlaceRow] = relationship(lazy="raise")
    channels: Mapped[list["OfficeChannelRow"]] = relationship(lazy="raise")
    roles: Mapped[list["OfficeRoleRow"]] = relationship(lazy="raise")


class OfficeChannelRow(Base):
    __tablename__ = "office_channels"

    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"), primary_key=True)
    purpose: Mapped[Purpose] = mapped_column(Word(Purpose), primary_key=True)
    channel_id: Mapped[int] = mapped_column(BigInteger)


class OfficeRoleRow(Base):
    """What a Discord role means in an office."""

    __tablename__ = "office_roles"

    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"), primary_key=True)
    role_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    role: Mapped[Role] = mapped_column(Word(Role))


class OfficeInvitationRow(Base):
    """A code with which a server may take the office of a place once; only its hash is kept."""

    __tablename__ = "office_invitations"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    standing: Mapped[Standing] = mapped_column(Word(Standing))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class GroupRow(Base):
    """Offices that share records with each other, such as the six municipalities."""

    __tablename__ = "office_groups"
    # The audit trail names groups by their ids, also dissolved ones: no id is handed out twice.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own way to say it

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    name_en: Mapped[str] = mapped_column(String(200))
    name_zh: Mapped[str | None] = mapped_column(String(200))

    members: Mapped[list["GroupMemberRow"]] = relationship(lazy="raise")


class GroupMemberRow(Base):
    __tablename__ = "group_members"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("office_groups.id", ondelete="CASCADE"), primary_key=True
    )
    office_id: Mapped[int] = mapped_column(
        ForeignKey("offices.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    state: Mapped[MembershipState] = mapped_column(Word(MembershipState))
    since: Mapped[datetime] = mapped_column(UtcDateTime)


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
    scope: Mapped[Scope] = mapped_column(Word(Scope))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("offices.id"), index=True)
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


class PartnershipSourceRow(Base):
    __tablename__ = "partnership_sources"

    partnership_id: Mapped[int] = mapped_column(
        ForeignKey("partnerships.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class ExchangeRow(Base):
    __tablename__ = "exchanges"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    kind: Mapped[ExchangeKind] = mapped_column(Word(ExchangeKind))
    mode: Mapped[Mode | None] = mapped_column(Word(Mode))
    status: Mapped[ExchangeStatus] = mapped_column(Word(ExchangeStatus))
    level: Mapped[ExchangeLevel | None] = mapped_column(Word(ExchangeLevel))
    date: Mapped[PartialDate] = mapped_column(PartialDateType, index=True)
    end_date: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    title: Mapped[str] = mapped_column(String(500))
    title_zh: Mapped[str | None] = mapped_column(String(500))
    topic: Mapped[str | None] = mapped_column(String(200))
    summary: Mapped[str | None] = mapped_column(Text)
    people: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(Text)
    scope: Mapped[Scope] = mapped_column(Word(Scope))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("offices.id"), index=True)
    request_id: Mapped[str | None] = mapped_column(String(40), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    places: Mapped[list["ExchangePlaceRow"]] = relationship(
        lazy="raise", order_by="ExchangePlaceRow.position"
    )
    sources: Mapped[list["ExchangeSourceRow"]] = relationship(
        lazy="raise", order_by="ExchangeSourceRow.position"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ExchangePlaceRow(Base):
    __tablename__ = "exchange_places"
    __table_args__ = (UniqueConstraint("exchange_id", "place_id"),)

    exchange_id: Mapped[int] = mapped_column(ForeignKey("exchanges.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), index=True)

    place: Mapped[PlaceRow] = relationship(lazy="raise")


class ExchangeSourceRow(Base):
    __tablename__ = "exchange_sources"

    exchange_id: Mapped[int] = mapped_column(ForeignKey("exchanges.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class ReminderRow(Base):
    """The outbox (design §6): one row for each post, unique by what it is."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint(
            "office_id",
            "kind",
            "subject",
            "occurrence",
            "lead_days",
            "channel_id",
            name="uq_reminders_identity",
        ),
        Index(None, "state", "at"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    kind: Mapped[ReminderKind] = mapped_column(Word(ReminderKind))
    subject: Mapped[str] = mapped_column(String(20))
    occurrence: Mapped[date] = mapped_column(Date)
    lead_days: Mapped[int]
    channel_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[ReminderState] = mapped_column(Word(ReminderState))
    claimed_by: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(String(200))
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AuditRow(Base):
    """Who changed what, written in the transaction of the change; `undoes` is the entry that it takes back."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index(None, "subject"),
        Index(None, "office_id", "id"),
        Index(None, "user_id", "id"),
        Index(None, "undoes", unique=True),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    user_id: Mapped[int | None] = mapped_column(BigInteger)
    guild_id: Mapped[int | None] = mapped_column(BigInteger)
    office_id: Mapped[int | None] = mapped_column(ForeignKey("offices.id"))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(20))
    before: Mapped[dict[str, Any] | None] = mapped_column(Document)
    after: Mapped[dict[str, Any] | None] = mapped_column(Document)
    undoes: Mapped[int | None] = mapped_column(Key)


class WorkerRow(Base):
    """A process that serves: when it was last seen, its last reminder pass, its last error."""

    __tablename__ = "workers"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    shards: Mapped[str] = mapped_column(String(80))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_pass_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str | None] = mapped_column(String(200))
    last_error_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ShardRow(Base):
    """Which process serves a shard, until its lease ends: no two may answer the same servers."""

    __tablename__ = "shards"

    shard_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    shard_count: Mapped[int]
    worker: Mapped[str] = mapped_column(String(64))
    lease_until: Mapped[datetime] = mapped_column(UtcDateTime)


class WatermarkRow(Base):
    """Counts the changes to what processes keep in memory (`places`), so that each learns of the others' changes.

    Other rows are there to be held (`db.holds`).
    """

    __tablename__ = "watermarks"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    version: Mapped[int]


class PreferenceRow(Base):
    """What a person chose for themselves."""

    __tablename__ = "preferences"

    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    language: Mapped[str | None] = mapped_column(String(8))


class DraftRow(Base):
    """What somebody typed into a form that was refused, so that the form can come back filled."""

    __tablename__ = "drafts"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger)
    form: Mapped[str] = mapped_column(String(40))
    values: Mapped[dict[str, Any]] = mapped_column(Document)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
