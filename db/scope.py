"""The one filter through which every query of scoped records sees."""

from typing import Any

from sqlalchemy import ColumnElement, or_

from bot.domain.access import Scope, Viewer
from db.tables import ExchangeRow, PartnershipRow

Scoped = type[PartnershipRow] | type[ExchangeRow]


def visible(rows: Scoped, viewer: Viewer) -> ColumnElement[bool]:
    """Which `rows` the viewer may see: `bot.domain.access.may_see` as SQL."""
    open_to_all: ColumnElement[Any] = rows.scope.in_([Scope.SHARED, Scope.PUBLIC])
    if viewer.office_id is None:
        return open_to_all
    return or_(open_to_all, rows.office_id == viewer.office_id)
