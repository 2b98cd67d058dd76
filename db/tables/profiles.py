"""What places are good at, offer and seek."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.dates import PartialDate
from bot.domain.profiles import Side
from db.tables.base import Base
from db.types import PartialDateType, Word


class ProfileRow(Base):
    """One topic of a place's profile."""

    __tablename__ = "place_profiles"

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    side: Mapped[Side] = mapped_column(Word(Side))
    topic: Mapped[str] = mapped_column(String(40), index=True)
    source: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    as_of: Mapped[PartialDate | None] = mapped_column(PartialDateType)
