"""The registry, or what a viewer may see of it, as CSV in its own layouts and as JSON; it imports again to the same.

Nothing of a Discord server is in it: no ids of servers, channels and roles. Those are in a backup.
"""

import asyncio
import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.access import Scope, Viewer
from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput
from bot.domain.groups import Group, Membership
from bot.domain.names import fold
from bot.domain.offices import Office
from bot.domain.partnerships import Status, StatusChange
from bot.services.desk import Desk
from bot.services.importing.acts import history_of
from bot.services.importing.contact_rows import YES
from bot.services.importing.layouts import (
    CONTACT_LAYOUT,
    EXCHANGE_LAYOUT,
    GROUP_LAYOUT,
    NAMES,
    OFFICE_LAYOUT,
    PARTNERSHIP_LAYOUT,
    PLACE_LAYOUT,
    PLACES,
    SOURCES,
    guarded,
    join_list,
)
from bot.services.importing.part_cells import (
    ACT_CELLS,
    EXCHANGE_CELLS,
    write_claims_cell,
    write_history,
    write_kind_rules_cell,
    write_part_cells,
    write_profile_cell,
)
from db.contacts import NewContact, stored_contacts
from db.engine import Session
from db.exchanges import NewExchange, stored_exchanges
from db.groups import all_groups, groups_of
from db.offices import offices
from db.partnerships import NewPartnership, stored_partnerships
from db.places import StoredPlace, stored_places
from db.record_kinds import Content

JSON_FILE = "registry.json"
_NUMBERS = frozenset({"lat", "lon"})

FILES = ("places.csv", "offices.csv", "groups.csv", "partnerships.csv", "exchanges.csv", "contacts.csv")
"""What is written beside the JSON, in the order in which it is to be imported."""

Cell = str | int | float | None
Record = dict[str, Cell]
Tables = Mapping[str, tuple[Sequence[str], list[Record]]]


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
    records: list[Content] = [*registry.acts, *registry.exchanges, *registry.contacts]
    scopes = Counter(record.scope for record in records)
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
    if viewer is None:
        return _Registry(places, everybody, await all_groups(session), acts, exchanges, contacts)
    own = viewer.office_id
    groups = [] if own is None else [g for g in await groups_of(session, own) if g.has_joined(own)]
    named = {place_id for act in acts for place_id in act.parties}
    named |= {place_id for exchange in exchanges for place_id in exchange.places}
    named |= {office.place.id for office in everybody} | {person.place_id for person in contacts}
    return _Registry(_with_wholes(places, named), everybody, groups, acts, exchanges, contacts)


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
            [_place(place, keys) for place in sorted(registry.places, key=lambda place: place.content.key)],
        ),
        "offices.csv": (
            OFFICE_LAYOUT.columns,
            [
                _office(office, in_full=viewer is None or office.id == viewer.office_id)
                for office in sorted(registry.offices, key=lambda office: office.place.key)
            ],
        ),
        "groups.csv": (
            GROUP_LAYOUT.columns,
            [_group(group) for group in sorted(registry.groups, key=lambda group: group.key)],
        ),
        "partnerships.csv": (
            PARTNERSHIP_LAYOUT.columns,
            [_partnership(act, keys, office_keys, seen) for act in registry.acts],
        ),
        "exchanges.csv": (
            EXCHANGE_LAYOUT.columns,
            [_exchange(each, keys, office_keys, events) for each in registry.exchanges],
        ),
        "contacts.csv": (
            CONTACT_LAYOUT.columns,
            [_contact(each, keys, office_keys, people) for each in registry.contacts],
        ),
    }


def _place(place: StoredPlace, keys: Mapping[int, str]) -> Record:
    content = place.content
    mains = {fold(name) for name in (content.name_en, content.name_zh, content.name_local) if name}
    aliases = sorted(alias for alias in content.aliases if fold(alias) not in mains)
    return {
        "key": content.key,
        "name_en": content.name_en,
        "name_zh": content.name_zh,
        "name_local": content.name_local,
        "aliases": join_list(aliases, NAMES),
        "level": content.level,
        "country": content.country,
        "region_en": content.region_en,
        "region_zh": content.region_zh,
        "lat": content.lat,
        "lon": content.lon,
        "zone": content.zone,
        "wikidata": content.wikidata,
        "parent": keys[place.parent_id] if place.parent_id else None,
        "successor": keys[place.successor_id] if place.successor_id else None,
        "note": content.note,
        "counts": write_claims_cell(content.counts),
        "profile": write_profile_cell(content.profile),
    }


def _office(office: Office, *, in_full: bool) -> Record:
    """An office; `in_full` with its rules, which are its own business."""
    known: Record = {
        "place": office.place.key,
        "language": office.language,
        "zone": office.zone,
        "standing": office.standing.value,
    }
    rules: Record = {
        "posting_hour": office.posting_hour,
        "leap_day_rule": office.leap_day_rule.value,
        "rest_day_rule": office.rest_day_rule.value,
        "everyone": office.everyone.value,
        "kind_rules": write_kind_rules_cell(office.kind_rules.values()),
    }
    return known | (rules if in_full else dict.fromkeys(rules))


def _group(group: Group) -> Record:
    return {
        "key": group.key,
        "name_en": group.name_en,
        "name_zh": group.name_zh,
        "members": _office_places(group.joined),
        "invited": _office_places(group.invited),
    }


def _office_places(memberships: Sequence[Membership]) -> str:
    return join_list(sorted(each.place.key for each in memberships), PLACES)


def _partnership(
    act: NewPartnership, keys: Mapping[int, str], office_keys: Mapping[int, str], seen: set[int | None]
) -> Record:
    ended = act.history[-1] if act.status is Status.ENDED else StatusChange(act.status, None)
    told = history_of(act.status, act.signed, ended.since, ended.reason)
    return {
        "number": act.number,
        "kind": act.kind.value,
        "status": act.status.value,
        "signed": _iso(act.signed),
        "parties": join_list((keys[place_id] for place_id in act.parties), PLACES),
        "named": act.named,
        "ended": _iso(ended.since),
        "end_reason": ended.reason,
        "superseded_by": act.superseded_by if act.superseded_by in seen else None,
        "sources": join_list(act.sources, SOURCES),
        "as_of": _iso(act.as_of),
        "note": act.note,
        "scope": act.scope.value,
        "office": office_keys[act.office_id] if act.office_id else None,
        "cadence_months": act.cadence_months,
        "history": None if act.history == told else write_history(act.history),
        **write_part_cells(act, ACT_CELLS),
    }


def _exchange(
    exchange: NewExchange, keys: Mapping[int, str], office_keys: Mapping[int, str], seen: set[int | None]
) -> Record:
    return {
        "number": exchange.number,
        "kind": exchange.kind.value,
        "mode": exchange.mode,
        "status": exchange.status.value,
        "level": exchange.level,
        "date": _iso(exchange.date),
        "end_date": _iso(exchange.end_date),
        "title_en": exchange.title,
        "title_zh": exchange.title_zh,
        "places": join_list((keys[place_id] for place_id in exchange.places), PLACES),
        "sources": join_list(exchange.sources, SOURCES),
        "note": exchange.note,
        "starts_at": exchange.starts_at.isoformat() if exchange.starts_at else None,
        "topic": exchange.topic,
        "summary": exchange.summary,
        "people": exchange.people,
        "scope": exchange.scope.value,
        "office": office_keys[exchange.office_id] if exchange.office_id else None,
        "home_places": exchange.home_places if exchange.home_places != 1 else None,
        "topics": join_list(exchange.topics, NAMES),
        **write_part_cells(exchange, EXCHANGE_CELLS),
        "paired_with": exchange.paired_with if exchange.paired_with in seen else None,
    }


def _contact(
    person: NewContact, keys: Mapping[int, str], office_keys: Mapping[int, str], seen: set[int | None]
) -> Record:
    return {
        "number": person.number,
        "role": person.role.value,
        "name": person.name,
        "name_zh": person.name_zh,
        "post": person.post,
        "post_zh": person.post_zh,
        "place": keys[person.place_id],
        "organisation": person.organisation,
        "since": _iso(person.since),
        "until": _iso(person.until),
        "has_left": YES if person.has_left else None,
        "replaced_by": person.replaced_by if person.replaced_by in seen else None,
        "email": person.email,
        "phone": person.phone,
        "programme": person.programme,
        "programme_year": _iso(person.programme_year),
        "consent": _iso(person.consent),
        "confirmed_on": _iso(person.confirmed_on),
        "note": person.note,
        "sources": join_list(person.sources, SOURCES),
        "scope": person.scope.value,
        "office": office_keys[person.office_id] if person.office_id else None,
    }


def _iso(date: PartialDate | None) -> str | None:
    return date.iso() if date else None


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


def table_text(columns: Sequence[str], records: Sequence[Record]) -> str:
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
