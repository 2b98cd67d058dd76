"""What the program keeps for itself: the audit trail, processes, what people chose and typed."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base
from db.types import Document, Key, UtcDateTime


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
