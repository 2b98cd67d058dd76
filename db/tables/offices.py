"""Offices, what they chose, their invitations and groups."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.access import Role, Standing
from bot.domain.anniversaries import LeapDayRule
from bot.domain.dates import PartialDate
from bot.domain.groups import MembershipState
from bot.domain.health import Aspect
from bot.domain.kind_rules import MAX_RULE
from bot.domain.offices import Purpose, RestDayRule, Weekday, WeeklyList
from bot.domain.partnerships import Kind
from bot.domain.prospecting import MAX_KEY, MAX_STEP
from bot.domain.saving_rules import SavingRules
from db.tables.base import Base
from db.tables.places import PlaceRow
from db.types import Days, Key, PartialDateType, Savings, UtcDateTime, Word


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
    milestone_leads: Mapped[tuple[int, ...]] = mapped_column(Days)
    other_leads: Mapped[tuple[int, ...]] = mapped_column(Days)
    everyone: Mapped[Role] = mapped_column(Word(Role))
    keeps_questions: Mapped[bool] = mapped_column(default=True)
    savings: Mapped[SavingRules] = mapped_column(Savings, nullable=True)
    notify_role_id: Mapped[int | None] = mapped_column(BigInteger)
    list_day: Mapped[Weekday] = mapped_column(Word(Weekday), default=WeeklyList().day)
    list_hour: Mapped[int] = mapped_column(default=WeeklyList().hour)
    since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    planned_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asleep_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    place: Mapped[PlaceRow] = relationship(lazy="raise")
    channels: Mapped[list["OfficeChannelRow"]] = relationship(lazy="raise")
    roles: Mapped[list["OfficeRoleRow"]] = relationship(lazy="raise")
    kind_rules: Mapped[list["OfficeKindRuleRow"]] = relationship(lazy="raise")
    cadences: Mapped[list["OfficeCadenceRow"]] = relationship(lazy="raise")
    weights: Mapped[list["OfficeWeightRow"]] = relationship(lazy="raise")


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


class OfficeKindRuleRow(Base):
    """What an office calls a kind of tie, in its own words."""

    __tablename__ = "office_kind_rules"

    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[Kind] = mapped_column(Word(Kind), primary_key=True)
    text_en: Mapped[str] = mapped_column(String(MAX_RULE))
    text_zh: Mapped[str] = mapped_column(String(MAX_RULE))


class OfficeStepRow(Base):
    """A step that an office has to take on its way to an agreement, by rules that it has brought itself."""

    __tablename__ = "office_steps"

    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(MAX_KEY))
    text_en: Mapped[str] = mapped_column(String(MAX_STEP))
    text_zh: Mapped[str] = mapped_column(String(MAX_STEP))
    warning_en: Mapped[str] = mapped_column(String(MAX_STEP))
    warning_zh: Mapped[str] = mapped_column(String(MAX_STEP))
    source: Mapped[str] = mapped_column(Text)
    as_of: Mapped[PartialDate] = mapped_column(PartialDateType)


class OfficeCadenceRow(Base):
    """How often an office expects an exchange with ties of a kind, in months."""

    __tablename__ = "office_cadences"

    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[Kind] = mapped_column(Word(Kind), primary_key=True)
    months: Mapped[int]


class OfficeWeightRow(Base):
    """What an aspect of the health of ties weighs in an office."""

    __tablename__ = "office_weights"

    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"), primary_key=True)
    aspect: Mapped[Aspect] = mapped_column(Word(Aspect), primary_key=True)
    weight: Mapped[int]


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
