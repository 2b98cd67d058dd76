"""Exchanges, their places and sources."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from bot.domain.access import Scope
from bot.domain.dates import PartialDate
from bot.domain.exchange_particulars import AttendeeRole, Direction, Stance
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus, Mode
from db.tables.base import Base
from db.tables.places import PlaceRow
from db.types import Key, PartialDateType, UtcDateTime, Word


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
    home_places: Mapped[int] = mapped_column(default=1)
    minutes: Mapped[int | None]
    platform: Mapped[str | None] = mapped_column(String(80))
    recording_url: Mapped[str | None] = mapped_column(String(1000))
    venue: Mapped[str | None] = mapped_column(String(200))
    event: Mapped[str | None] = mapped_column(String(200))
    series: Mapped[str | None] = mapped_column(String(200))
    co_hosts: Mapped[str | None] = mapped_column(String(500))
    teams: Mapped[str | None] = mapped_column(String(500))
    result: Mapped[str | None] = mapped_column(String(500))
    direction: Mapped[Direction | None] = mapped_column(Word(Direction))
    footfall: Mapped[int | None]
    item: Mapped[str | None] = mapped_column(String(200))
    quantity: Mapped[str | None] = mapped_column(String(80))
    thanked_on: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    school: Mapped[str | None] = mapped_column(String(200))
    study_programme: Mapped[str | None] = mapped_column(String(200))
    pupils: Mapped[int | None]
    conference_role: Mapped[str | None] = mapped_column(String(200))
    proceedings: Mapped[str | None] = mapped_column(Text)
    cancel_reason: Mapped[str | None] = mapped_column(String(500))
    paired_with: Mapped[int | None] = mapped_column(ForeignKey("exchanges.id"), index=True)
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
    topics: Mapped[list["ExchangeTopicRow"]] = relationship(
        lazy="raise", order_by="ExchangeTopicRow.position"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ExchangePlaceRow(Base):
    __tablename__ = "exchange_places"
    __table_args__ = (UniqueConstraint("exchange_id", "place_id"),)

    exchange_id: Mapped[int] = mapped_column(ForeignKey("exchanges.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), index=True)

    place: Mapped[PlaceRow] = relationship(lazy="raise")


class ExchangePartRow(Base):
    """A part of an exchange in a table of its own: its columns are the fields of the part, in order of `position`."""

    __abstract__ = True

    @declared_attr
    def exchange_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy hands it the class
        reference = ForeignKey("exchanges.id", ondelete="CASCADE")
        return mapped_column(reference, primary_key=True, sort_order=-2)

    position: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)


class ExchangeSourceRow(ExchangePartRow):
    __tablename__ = "exchange_sources"

    text: Mapped[str] = mapped_column(Text)


class ExchangeTopicRow(ExchangePartRow):
    __tablename__ = "exchange_topics"

    text: Mapped[str] = mapped_column(String(40), index=True)


class AttendeeRow(ExchangePartRow):
    __tablename__ = "exchange_attendees"

    party: Mapped[int]
    role: Mapped[AttendeeRole] = mapped_column(Word(AttendeeRole))
    name: Mapped[str] = mapped_column(String(200))
    name_zh: Mapped[str | None] = mapped_column(String(200))
    post: Mapped[str | None] = mapped_column(String(200))


class AttachmentRow(ExchangePartRow):
    __tablename__ = "exchange_attachments"

    url: Mapped[str] = mapped_column(String(1000))
    name: Mapped[str | None] = mapped_column(String(200))
    size: Mapped[int | None]


class DecisionRow(ExchangePartRow):
    __tablename__ = "exchange_decisions"

    what: Mapped[str] = mapped_column(String(500))
    owner: Mapped[str | None] = mapped_column(String(200))
    due: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    done: Mapped[PartialDate | None] = mapped_column(PartialDateType)


class ResponseRow(ExchangePartRow):
    __tablename__ = "exchange_responses"

    party: Mapped[int]
    stance: Mapped[Stance] = mapped_column(Word(Stance))
    said_on: Mapped[PartialDate] = mapped_column(PartialDateType)
    what: Mapped[str | None] = mapped_column(String(1000))
    changed_on: Mapped[PartialDate | None] = mapped_column(PartialDateType)


class LessonRow(ExchangePartRow):
    __tablename__ = "exchange_lessons"

    key: Mapped[str] = mapped_column(String(40), index=True)
    worked: Mapped[str | None] = mapped_column(String(1000))
    otherwise: Mapped[str | None] = mapped_column(String(1000))
    who: Mapped[str | None] = mapped_column(String(500))
    topics: Mapped[str | None] = mapped_column(String(500))
    ask: Mapped[str | None] = mapped_column(String(200))
    evidence: Mapped[str | None] = mapped_column(String(1000))
    scope: Mapped[Scope | None] = mapped_column(Word(Scope))
    noted_on: Mapped[PartialDate | None] = mapped_column(PartialDateType)


class LessonUseRow(Base):
    """That a lesson helped somebody of an office: each of them once, however often they say so."""

    __tablename__ = "lesson_uses"

    lesson: Mapped[str] = mapped_column(String(40), primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)
