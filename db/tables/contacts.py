"""Contacts: people in their posts, and where it is known from."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.access import Scope
from bot.domain.contacts import ContactRole
from bot.domain.dates import PartialDate
from db.tables.base import Base
from db.tables.places import PlaceRow
from db.types import Key, PartialDateType, Word


class ContactRow(Base):
    __tablename__ = "contacts"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    role: Mapped[ContactRole] = mapped_column(Word(ContactRole))
    name: Mapped[str | None] = mapped_column(String(200))
    name_zh: Mapped[str | None] = mapped_column(String(200))
    post: Mapped[str | None] = mapped_column(String(200))
    post_zh: Mapped[str | None] = mapped_column(String(200))
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), index=True)
    organisation: Mapped[str | None] = mapped_column(String(200))
    since: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    until: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    has_left: Mapped[bool] = mapped_column(default=False)
    replaced_by: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), index=True)
    email: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(80))
    note: Mapped[str | None] = mapped_column(Text)
    programme: Mapped[str | None] = mapped_column(String(200))
    programme_year: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    consent: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    confirmed_on: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    scope: Mapped[Scope] = mapped_column(Word(Scope))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("offices.id"), index=True)
    request_id: Mapped[str | None] = mapped_column(String(40), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    place: Mapped[PlaceRow] = relationship(lazy="raise")
    sources: Mapped[list["ContactSourceRow"]] = relationship(
        lazy="raise", order_by="ContactSourceRow.position"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ContactSourceRow(Base):
    __tablename__ = "contact_sources"

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
