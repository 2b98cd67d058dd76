"""The one filter through which every query of scoped records sees."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from bot.domain.access import Scope, Standing, Viewer
from db.tables import ExchangePlaceRow, ExchangeRow, PartnershipRow, PartyRow, PlaceRow

Scoped = type[PartnershipRow] | type[ExchangeRow]
Column = InstrumentedAttribute[Any]

_PLACES: Mapping[Scoped, tuple[Column, Column]] = {
    PartnershipRow: (PartyRow.partnership_id, PartyRow.place_id),
    ExchangeRow: (ExchangePlaceRow.exchange_id, ExchangePlaceRow.place_id),
}
"""Where the places of a record stand: (its number, the place's id)."""


def visible(rows: Scoped, viewer: Viewer) -> ColumnElement[bool]:
    """Which `rows` the viewer may see: `bot.domain.access.may_see` as SQL."""
    seen: list[ColumnElement[bool]] = [rows.scope == Scope.PUBLIC, _shared(rows, viewer)]
    if viewer.office_id is not None:
        seen.append(rows.office_id == viewer.office_id)
    if viewer.fellows:
        seen.append(and_(rows.scope == Scope.GROUP, rows.office_id.in_(sorted(viewer.fellows))))
    return or_(*seen)


def _shared(rows: Scoped, viewer: Viewer) -> ColumnElement[bool]:
    shared = rows.scope == Scope.SHARED
    return and_(shared, is_party(rows, viewer) if viewer.standing is Standing.GUEST else true())


def is_party(rows: Scoped, viewer: Viewer) -> ColumnElement[bool]:
    """In which `rows` the viewer's own place stands, or one that it succeeds, by however many steps."""
    number, place = _PLACES[rows]
    own = select(PlaceRow.id).where(PlaceRow.id == viewer.place_id).cte(recursive=True)
    former = select(PlaceRow.id).join(own, PlaceRow.successor_id == own.c.id)
    return rows.id.in_(select(number).where(place.in_(select(own.union(former).c.id))))
