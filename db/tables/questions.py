"""What was asked of an office: readings, for the buttons under answers, and questions that were not understood."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base
from db.types import Document, Key, UtcDateTime


class AskedQueryRow(Base):
    """A question as it was read, without its words and without who asked. The same one twice is one row.

    `key` is a digest of the office and the query; `asked_at` is when it was asked last.
    """

    __tablename__ = "asked_queries"
    __table_args__ = (Index(None, "office_id", "asked_at"),)

    key: Mapped[str] = mapped_column(String(22), primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"))
    query: Mapped[dict[str, Any]] = mapped_column(Document)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class UnansweredRow(Base):
    """A question that was not understood, without who asked: for whoever teaches the bot its words.

    `folded` is the form in which two of them are the same; `reading` says why it was not understood, and `words` which
    of its words could not be placed. `asked_at` is when it was asked last, `times` how often.
    """

    __tablename__ = "unanswered_questions"
    __table_args__ = (UniqueConstraint("office_id", "folded"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"))
    folded: Mapped[str] = mapped_column(String(300))
    question: Mapped[str] = mapped_column(String(300))
    reading: Mapped[str] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(8))
    times: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_out_of_scope: Mapped[bool]
