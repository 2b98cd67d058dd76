"""The registry, or what a viewer may see of it, as CSV in its own layouts and as JSON; it imports again to the same.

Nothing of a Discord server is in it: no ids of servers, channels and roles. Those are in a backup.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.access import Scope, Viewer
from bot.services.desk import Desk
from bot.services.exporting.files import Tables, check_directory, write_tables
from bot.services.exporting.rows import (
    act_row,
    contact_row,
    exchange_row,
    group_row,
    note_row,
    office_row,
    place_row,
    step_row,
)
from bot.services.exporting.selection import Registry, registry_seen_by
from bot.services.importing.layouts import (
    CONTACT_LAYOUT,
    EXCHANGE_LAYOUT,
    GROUP_LAYOUT,
    OFFICE_LAYOUT,
    PARTNERSHIP_LAYOUT,
    PLACE_LAYOUT,
    PRESSURE_LAYOUT,
    STEP_LAYOUT,
)


@dataclass(frozen=True, slots=True)
class Exported:
    """The rows of each file, and how many records have each scope."""

    rows: Mapping[str, int]
    scopes: Mapping[Scope, int]

    @property
    def restricted(self) -> int:
        """How many records are not for everybody's eyes."""
        return sum(self.scopes.values()) - self.scopes[Scope.PUBLIC]


async def export_registry(desk: Desk, directory: Path, viewer: Viewer | None) -> Exported:
    """Write the registry as the viewer sees it into a directory; without one all of it, for the operator.

    The directory is made; an earlier export in it is replaced. Raises `BadInput`: `export.not_empty` where
    other files lie there, `export.not_a_directory`, `export.unwritable`.
    """
    check_directory(directory)
    async with desk.database.read() as session:
        registry = await registry_seen_by(session, viewer)
    tables = _tables(registry, viewer)
    await asyncio.to_thread(write_tables, directory, tables)
    scopes = Counter(record.scope for record in registry.records)
    return Exported(
        {file: len(records) for file, (_, records) in tables.items()},
        {scope: scopes[scope] for scope in Scope},
    )


def _tables(registry: Registry, viewer: Viewer | None) -> Tables:
    keys = {place.id: place.content.key for place in registry.places}
    office_keys = {office.id: office.place.key for office in registry.offices}
    return {
        "places.csv": (
            PLACE_LAYOUT.columns,
            [
                place_row(place, keys)
                for place in sorted(registry.places, key=lambda place: place.content.key)
            ],
        ),
        "offices.csv": (
            OFFICE_LAYOUT.columns,
            [
                office_row(office, in_full=viewer is None or office.id == viewer.office_id)
                for office in sorted(registry.offices, key=lambda office: office.place.key)
            ],
        ),
        "groups.csv": (
            GROUP_LAYOUT.columns,
            [group_row(group) for group in sorted(registry.groups, key=lambda group: group.key)],
        ),
        "steps.csv": (
            STEP_LAYOUT.columns,
            [
                step_row(office_keys[office_id], step)
                for office_id in sorted(registry.steps, key=office_keys.__getitem__)
                for step in registry.steps[office_id]
            ],
        ),
        "partnerships.csv": (
            PARTNERSHIP_LAYOUT.columns,
            [act_row(act, keys, office_keys) for act in registry.acts],
        ),
        "exchanges.csv": (
            EXCHANGE_LAYOUT.columns,
            [exchange_row(each, keys, office_keys) for each in registry.exchanges],
        ),
        "contacts.csv": (
            CONTACT_LAYOUT.columns,
            [contact_row(each, keys, office_keys) for each in registry.contacts],
        ),
        "pressure.csv": (
            PRESSURE_LAYOUT.columns,
            [note_row(each, keys, office_keys) for each in registry.notes],
        ),
    }
