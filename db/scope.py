"""The one filter through which every query of scoped records sees."""

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from bot.domain.access import Scope, Standing, Viewer
from db.tables import PlaceRow
from db.tables.records import RECORD_TABLES, RecordRows

VIEWERS = 512
"""For so many viewers, and kinds of records, conditions are kept; they hold no data."""

_TABLES = {table.rows: table for table in RECORD_TABLES.values()}


def visible(
    rows: RecordRows, viewer: Viewer, scope: InstrumentedAttribute[Any] | None = None
) -> ColumnElement[bool]:
    """Which `rows` the viewer may see: `bot.domain.access.may_see` as SQL; `scope` where not theirs is what counts."""
    return _by_own_scope(rows, viewer) if scope is None else _by_scope(rows, viewer, scope)


@lru_cache(maxsize=VIEWERS)
def _by_own_scope(rows: RecordRows, viewer: Viewer) -> ColumnElement[bool]:
    """Made once for each viewer: nearly every query begins with it, and some take less long than making it."""
    return _by_scope(rows, viewer, rows.scope)


def _by_scope(rows: RecordRows, viewer: Viewer, reach: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    seen: list[ColumnElement[bool]] = [reach == Scope.PUBLIC, _shared(rows, reach, viewer)]
    if viewer.office_id is not None:
        seen.append(rows.office_id == viewer.office_id)
    if viewer.fellows:
        seen.append(and_(reach == Scope.GROUP, rows.office_id.in_(sorted(viewer.fellows))))
    return or_(*seen)


def _shared(rows: RecordRows, reach: InstrumentedAttribute[Any], viewer: Viewer) -> ColumnElement[bool]:
    shared = reach == Scope.SHARED
    return and_(shared, is_party(rows, viewer) if viewer.standing is Standing.GUEST else true())


def is_party(rows: RecordRows, viewer: Viewer) -> ColumnElement[bool]:
    """In which `rows` the viewer's own place stands, or one that it succeeds, by however many steps."""
    table = _TABLES[rows]
    own = select(PlaceRow.id).where(PlaceRow.id == viewer.place_id).cte(recursive=True)
    former = select(PlaceRow.id).join(own, PlaceRow.successor_id == own.c.id)
    return rows.id.in_(select(table.number).where(table.place.in_(select(own.union(former).c.id))))
