"""Places and their names; the numbers that records carry."""

from sqlalchemy import Float, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.claims import Claim
from bot.domain.places import Level
from db.tables.base import Base
from db.types import Claims, Key, Word


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
    counts: Mapped[tuple[Claim, ...] | None] = mapped_column(Claims)
    """How many partners it is said to have, by whom and when."""


class PlaceNameRow(Base):
    """Every name that a place answers to, folded for looking up (`bot.domain.names.fold`)."""

    __tablename__ = "place_names"
    __table_args__ = (UniqueConstraint("place_id", "folded"), Index(None, "folded"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200))
    main: Mapped[bool]
