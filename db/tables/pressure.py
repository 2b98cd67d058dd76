"""Pressure notes, the places that they concern, and who said so."""

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.access import Scope
from bot.domain.dates import PartialDate
from bot.domain.pressure import Incident
from db.tables.base import Base
from db.tables.places import PlaceRow
from db.types import Key, PartialDateType, Word


class PressureNoteRow(Base):
    __tablename__ = "pressure_notes"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    kind: Mapped[Incident] = mapped_column(Word(Incident))
    date: Mapped[PartialDate] = mapped_column(PartialDateType)
    what: Mapped[str] = mapped_column(Text)
    # No key: an act may be taken back, and what was noted about it stays.
    act: Mapped[int | None] = mapped_column(Key)
    trigger: Mapped[str | None] = mapped_column(String(200))
    as_of: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    scope: Mapped[Scope] = mapped_column(Word(Scope))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("offices.id"), index=True)
    request_id: Mapped[str | None] = mapped_column(String(40), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    places: Mapped[list["PressurePlaceRow"]] = relationship(
        lazy="raise", order_by="PressurePlaceRow.position"
    )
    sources: Mapped[list["PressureSourceRow"]] = relationship(
        lazy="raise", order_by="PressureSourceRow.position"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class PressurePlaceRow(Base):
    __tablename__ = "pressure_places"
    __table_args__ = (UniqueConstraint("note_id", "place_id"),)

    note_id: Mapped[int] = mapped_column(
        ForeignKey("pressure_notes.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), index=True)

    place: Mapped[PlaceRow] = relationship(lazy="raise")


class PressureSourceRow(Base):
    __tablename__ = "pressure_sources"

    note_id: Mapped[int] = mapped_column(
        ForeignKey("pressure_notes.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
