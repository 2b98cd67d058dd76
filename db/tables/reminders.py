"""The outbox."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.reminders import ReminderKind, ReminderState
from db.tables.base import Base
from db.types import Key, UtcDateTime, Word


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
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when it may be out, for all that is known: it was begun then, and how that ended is not recorded."""
    copies: Mapped[int] = mapped_column(default=0)
    """How often it may stand there: 0 before it is begun."""
    told_in: Mapped[int | None] = mapped_column(Key)
    """The row of the list in which it is told of that this one was missed."""
    told_as_lead: Mapped[int | None]
    """Of a post that was put off, the lead of the one that it repeats."""


class OccasionRow(Base):
    """What people said of something that is told of, whatever the lead: who looks after it, that it is done."""

    __tablename__ = "occasions"

    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[ReminderKind] = mapped_column(Word(ReminderKind), primary_key=True)
    subject: Mapped[str] = mapped_column(String(20), primary_key=True)
    occurrence: Mapped[date] = mapped_column(Date, primary_key=True)
    user_id: Mapped[int | None] = mapped_column(BigInteger)
    is_done: Mapped[bool] = mapped_column(Boolean, default=False)


class MutedTieRow(Base):
    """A partner of whom an office wants no reminders, until a day or for good."""

    __tablename__ = "muted_ties"

    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"), primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True)
    until: Mapped[date | None] = mapped_column(Date)
