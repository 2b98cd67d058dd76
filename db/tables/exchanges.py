"""Exchanges, their places and sources."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.access import Scope
from bot.domain.dates import PartialDate
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
