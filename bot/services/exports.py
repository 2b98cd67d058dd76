"""The registry, or what a viewer may see of it, as CSV in its own layouts and as JSON; it imports again to the same.

Nothing of a Discord server is in it: no ids of servers, channels and roles. Those are in a backup.
"""

import asyncio
import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.domain.access import Scope, Viewer
from bot.domain.audit import Record
from bot.domain.errors import BadInput
from bot.domain.groups import Group
from bot.domain.offices import Office
from bot.services.desk import Desk
from bot.services.export_rows import (
    Cell,
    Row,
    act_row,
    contact_row,
    exchange_row,
    group_row,
    note_row,
    office_row,
    place_row,
)
from bot.services.importing.layouts import (
    CONTACT_LAYOUT,
    EXCHANGE_LAYOUT,
    GROUP_LAYOUT,
    OFFICE_LAYOUT,
    PARTNERSHIP_LAYOUT,
    PLACE_LAYOUT,
    PRESSURE_LAYOUT,
    guarded,
)
from db.contacts import NewContact, stored_contacts
from db.engine import Session
from db.exchanges import NewExchange, stored_exchanges
from db.groups import all_groups, groups_of
from db.offices import offices
from db.partnerships import NewPartnership, stored_partnerships
from db.places import StoredPlace, stored_places
from db.pressure import NewNote, stored_notes
from db.record_kinds import Content, kind_of, place_ids, records_named, without_naming

JSON_FILE = "registry.json"
_NUMBERS = frozenset({"lat", "lon"})

FILES = (
    "places.csv", "offices.csv", "groups.csv", "partnerships.csv", "exchanges.csv", "contacts.csv", "pressure.csv",
)  # fmt: skip
"""What is written beside the JSON, in the order in which it is to be imported."""

Tables = Mapping[str, tuple[Sequence[str], list[Row]]]


@dataclass(frozen=True, slots=True)
class Exported:
    """The rows of each file, and how many records have each scope."""

    rows: Mapping[str, int]
    scopes: Mapping[Scope, int]

    @property
    def restricted(self) -> int:
        """How many records are not for everybody's eyes."""
        return sum(self.scopes.values()) - self.scopes[Scope.PUBLIC]


@dataclass(frozen=True, slots=True)
class _Registry:
    """What is exported: all of it, or what a viewer may see. Places are those that the rest of it names."""

    places: Sequence[StoredPlace]
    offices: Sequence[Office]
    groups: Sequence[Group]
    acts: Sequence[NewPartnership]
    exchanges: Sequence[NewExchange]
    contacts: Sequence[NewContact]
    notes: Sequence[NewNote]

    @property
    def records(self) -> list[Content]:
        return [*self.acts, *self.exchanges, *self.contacts, *self.notes]


async def export_registry(desk: Desk, directory: Path, viewer: Viewer | None) -> Exported:
    """Write the registry as the viewer sees it into a directory; without one all of it, for the operator.

    The directory is made; an earlier export in it is replaced. Raises `BadInput`: `export.not_empty` where
    other files lie there, `export.not_a_directory`, `export.unwritable`.
    """
    _check(directory)
    async with desk.database.read() as session:
        registry = await _registry(session, viewer)
    tables = _tables(registry, viewer)
    await asyncio.to_thread(_write, directory, tables)
    scopes = Counter(record.scope for record in registry.records)
    return Exported(
        {file: len(records) for file, (_, records) in tables.items()},
        {scope: scopes[scope] for scope in Scope},
    )


async def _registry(session: Session, viewer: Viewer | None) -> _Registry:
    places = await stored_places(session)
    everybody = await offices(session)
    acts = await stored_partnerships(session, viewer)
    exchanges = await stored_exchanges(session, viewer)
    contacts = await stored_contacts(session, viewer)
    notes = await stored_notes(session, viewer)
    if viewer is None:
        whole = _Registry(places, everybody, await all_groups(session), acts, exchanges, contacts, notes)
        return replace(whole, notes=_told_notes(whole))
    own = viewer.office_id
    groups = [] if own is None else [g for g in await groups_of(session, own) if g.has_joined(own)]
    registry = _Registry(places, everybody, groups, acts, exchanges, contacts, notes)
    named = {place_id for record in registry.records for place_id in place_ids(record)}
    named |= {office.place.id for office in everybody}
    return replace(registry, places=_with_wholes(places, named), notes=_told_notes(registry))


def _told_notes(registry: _Registry) -> list[NewNote]:
    """The notes without the numbers of records that are not exported: elsewhere, others may come to have them."""
    told = {Record(kind_of(record), record.number or 0) for record in registry.records}
    told_notes = (without_naming(note, records_named(note) - told) for note in registry.notes)
    return [note for note in told_notes if isinstance(note, NewNote)]


def _with_wholes(places: Sequence[StoredPlace], named: Iterable[int]) -> list[StoredPlace]:
    """The named places with those that they are part of and what they became: their rows speak of those."""
    by_id = {place.id: place for place in places}
    found: set[int] = set()
    step = set(named)
    while step:
        found |= step
        links = {link for each in step for link in (by_id[each].parent_id, by_id[each].successor_id) if link}
        step = links - found
    return [place for place in places if place.id in found]


def _tables(registry: _Registry, viewer: Viewer | None) -> Tables:
    keys = {place.id: place.content.key for place in registry.places}
    office_keys = {office.id: office.place.key for office in registry.offices}
    seen = {act.number for act in registry.acts}
    people = {person.number for person in registry.contacts}
    events = {exchange.number for exchange in registry.exchanges}
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
        "partnerships.csv": (
            PARTNERSHIP_LAYOUT.columns,
            [act_row(act, keys, office_keys, seen) for act in registry.acts],
        ),
        "exchanges.csv": (
            EXCHANGE_LAYOUT.columns,
            [exchange_row(each, keys, office_keys, events) for each in registry.exchanges],
        ),
        "contacts.csv": (
            CONTACT_LAYOUT.columns,
            [contact_row(each, keys, office_keys, people) for each in registry.contacts],
        ),
        "pressure.csv": (
            PRESSURE_LAYOUT.columns,
            [note_row(each, keys, office_keys) for each in registry.notes],
        ),
    }


# Files ------------------------------------------------------------------------------------------------------


def _check(directory: Path) -> None:
    """See that nobody else's files lie in the directory."""
    ours = {*FILES, JSON_FILE}
    try:
        found = {entry.name for entry in directory.iterdir()}
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise BadInput("export.not_a_directory", directory=str(directory)) from None
    except OSError:
        raise BadInput("export.unwritable", directory=str(directory)) from None
    strangers = sorted(name for name in found - ours if not name.endswith(".part"))
    if strangers or (found & ours and JSON_FILE not in found):
        raise BadInput("export.not_empty", directory=str(directory), found=strangers[:5] or sorted(found)[:5])


def _write(directory: Path, tables: Tables) -> None:
    """Write under temporary names first, so that a failure leaves no half of an export behind."""
    contents = {file: table_text(columns, records) for file, (columns, records) in tables.items()}
    whole = {file.removesuffix(".csv"): records for file, (_, records) in tables.items()}
    contents[JSON_FILE] = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for file, text in contents.items():
            # Excel reads a CSV as UTF-8 only if it begins with a mark.
            encoding = "utf-8-sig" if file.endswith(".csv") else "utf-8"
            (directory / f"{file}.part").write_text(text, encoding=encoding, newline="")
        for file in contents:
            (directory / f"{file}.part").replace(directory / file)
    except OSError:
        for file in contents:
            (directory / f"{file}.part").unlink(missing_ok=True)
        raise BadInput("export.unwritable", directory=str(directory)) from None


def table_text(columns: Sequence[str], records: Sequence[Row]) -> str:
    """The records as CSV, with no cell that a spreadsheet would take for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(column, record[column]) for column in columns] for record in records)
    return text.getvalue()


def _cell(column: str, value: Cell) -> str:
    if value is None:
        return ""
    return str(value) if column in _NUMBERS or isinstance(value, int) else guarded(str(value))
