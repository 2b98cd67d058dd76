"""What was asked of an office: readings of questions, for the buttons under their answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base
from db.types import Document, UtcDateTime


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
