"""Rows of groups, as an export writes them: names, and the places whose offices have joined or are invited."""

from bot.domain.groups import MAX_GROUP_NAME, Group, may_belong
from bot.domain.names import fold, slug
from bot.services.importing.cells import Cells
from bot.services.importing.layouts import PLACES
from bot.services.importing.records import Outcome
from bot.services.importing.staging import NewGroup, Reader, Staging

MAX_KEY = 80


class GroupRows(Reader):
    """Reads groups; one that exists already keeps its offices, as joining is theirs to say."""

    def __init__(self, staging: Staging) -> None:
        super().__init__(staging)
        self._known = {group.key for group in staging.groups}
        self._read: set[str] = set()

    def read(self, cells: Cells) -> None:
        """Take in a group that is not there yet."""
        key = cells.text("key", MAX_KEY, required=True)
        if key and key != slug(key):
            cells.problem("key", "key_unreadable")
        if key in self._read:
            cells.problem("key", "group_key_twice")
        name, chinese = _name(cells, "name_en", required=True), _name(cells, "name_zh")
        joined, invited = self._offices(cells, "members"), self._offices(cells, "invited")
        if set(joined) & set(invited):
            cells.problem("invited", "group_office_twice")
        if not cells.ok or key is None or name is None:
            return
        self._read.add(key)
        if key in self._known:
            self.staging.count(Outcome.UNCHANGED)
            return
        group = Group(0, key, name, chinese)
        if any(group.answers_to & other.answers_to for other in self.staging.groups):
            cells.problem("name_en", "group_name_taken")
            return
        self.staging.add_group(NewGroup(group, joined, invited))
        self.staging.count(Outcome.ADDED)

    def _offices(self, cells: Cells, column: str) -> tuple[int, ...]:
        """The ids of the offices of the places whose keys stand in the cell."""
        found: list[int] = []
        for key in cells.texts(column, PLACES):
            place = self.staging.places.by_key.get(key)
            office_id = self.staging.offices.get(place.id) if place else None
            if place is None:
                cells.problem(column, "place_key_unknown", place=key)
            elif office_id is None:
                cells.problem(column, "office_unknown", place=key)
            elif not may_belong(self.staging.standings[office_id]):
                cells.problem(column, "group_guest", place=key)
            else:
                found.append(office_id)
        return tuple(found)


def _name(cells: Cells, column: str, *, required: bool = False) -> str | None:
    text = cells.text(column, MAX_GROUP_NAME, required=required)
    if text is None:
        return None
    if not fold(text):
        cells.problem(column, "group_name_unreadable")
        return None
    return " ".join(text.split())
