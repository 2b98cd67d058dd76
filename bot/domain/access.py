"""Who may see what: the scope of a record, and the office through whose eyes one looks."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """How far a record reaches, narrowest first."""

    OFFICE = "office"
    GROUP = "group"
    SHARED = "shared"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whose eyes: an office, or nobody's (`office_id` None sees what is shared or public)."""

    office_id: int | None = None


ANYONE = Viewer()


def may_see(viewer: Viewer, scope: Scope, owner_office_id: int | None) -> bool:
    """The rule that `db.scope.visible` writes as SQL; tests hold the two together."""
    if scope in (Scope.SHARED, Scope.PUBLIC):
        return True
    return viewer.office_id is not None and viewer.office_id == owner_office_id
