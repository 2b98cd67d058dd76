"""The tables of what carries record numbers: one entry for each kind, which every general query goes by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from bot.domain.audit import RecordKind
from db.tables.base import Base
from db.tables.contacts import ContactRow
from db.tables.exchanges import ExchangePlaceRow, ExchangeRow
from db.tables.partnerships import PartnershipRow, PartyRow
from db.tables.pressure import PressureNoteRow, PressurePlaceRow

RecordRows = type[PartnershipRow] | type[ExchangeRow] | type[ContactRow] | type[PressureNoteRow]
"""All have a number (`id`), a `scope`, an `office_id`, a `request_id` and a `version`."""

Column = InstrumentedAttribute[Any]


@dataclass(frozen=True, slots=True)
class RecordTable:
    """Where the records of a kind stand.

    `number` and `place` say which places stand in which record: they are columns of a table of its own, where a record
    may have several, and has `fewest` at least. `later` is the column with the number of another record of the kind,
    where it has one: of the one that came in its place; of an exhibition, of the one that it goes with.
    """

    rows: RecordRows
    number: Column
    place: Column
    later: Column | None = None
    fewest: int = 2

    @property
    def counter(self) -> str:
        """The name of the counter of its numbers."""
        return self.rows.__tablename__

    @property
    def has_many_places(self) -> bool:
        """Whether a record may have several places."""
        return self.number.class_ is not self.rows


RECORD_TABLES: Mapping[RecordKind, RecordTable] = {
    RecordKind.PARTNERSHIP: RecordTable(
        PartnershipRow, PartyRow.partnership_id, PartyRow.place_id, PartnershipRow.superseded_by
    ),
    RecordKind.EXCHANGE: RecordTable(
        ExchangeRow, ExchangePlaceRow.exchange_id, ExchangePlaceRow.place_id, ExchangeRow.paired_with
    ),
    RecordKind.CONTACT: RecordTable(ContactRow, ContactRow.id, ContactRow.place_id, ContactRow.replaced_by),
    RecordKind.PRESSURE: RecordTable(
        PressureNoteRow, PressurePlaceRow.note_id, PressurePlaceRow.place_id, fewest=1
    ),
}

_RECORDS = frozenset(table.rows.__tablename__ for table in RECORD_TABLES.values())
RECORDED_IN = _RECORDS | frozenset(
    table.name
    for table in Base.metadata.tables.values()
    if any(key.column.table.name in _RECORDS and key.ondelete == "CASCADE" for key in table.foreign_keys)
)
"""The names of the tables in which records stand, with all that is part of them."""
