"""What may be seen: the rule and its SQL agree, and every query of `db` that reads records sees through it.

The modules are walked: a new query without a sample here, or one that asks for no viewer without a reason, fails.
"""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

import db
from bot.domain.access import ANYONE, Scope, Standing, Viewer, may_see
from bot.domain.dates import PartialDate
from bot.domain.exchange_particulars import Decision
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.groups import MembershipState
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.domain.pressure import Incident
from bot.domain.privacy import Sought
from bot.services.desk import Desk
from db.act_parts import parts_of
from db.contacts import (
    NewContact,
    all_contacts,
    contact,
    insert_contacts,
    stored_contacts,
    who_came_before,
)
from db.decisions import decided_by
from db.engine import Session
from db.exchange_counts import count_between
from db.exchanges import (
    NewExchange,
    all_exchanges,
    exchange,
    exchanges_between,
    exchanges_numbered,
    insert_exchanges,
    last_contacts,
    stored_exchanges,
)
from db.groups import insert_group, set_membership
from db.offices import offices
from db.partnerships import (
    NewPartnership,
    all_partnerships,
    insert_partnerships,
    link_successors,
    partnership,
    partnerships_of,
    stored_partnerships,
)
from db.places import (
    complete_tied_places,
    known_ids,
    known_places,
    known_to,
    place_by_key,
    places_named,
)
from db.pressure import NewNote, all_notes, insert_notes, pressure_note, stored_notes
from db.privacy import changeable, find_person
from db.scope import visible
from db.tables import ContactRow, ExchangeRow, PartnershipRow, PlaceRow, PressureNoteRow
from tests import worlds

pytestmark = pytest.mark.proof


OFFICES = {**worlds.OFFICES, "prague": Standing.GUEST, "rome": Standing.GUEST}

FELLOWS = {"tainan": {"taipei"}, "taipei": {"tainan"}, "ministry": {"tainan", "taipei"}}
PREDECESSORS = {"old-prague": "prague", "older-prague": "old-prague"}
THIRD_PARTIES = (None, "seattle", "old-prague", "older-prague")
PARTY_TO = {"seattle": {"seattle"}, "prague": {"prague", "old-prague", "older-prague"}}
NAMED = "Lin Mei-hua"


@dataclass(frozen=True)
class Cell:
    """What may differ between two records: how far it reaches, whose it is, and who else is party to it."""

    scope: Scope
    owner: str | None
    third: str | None

    def seen_by(self, name: str, viewer: Viewer, ids: Mapping[str, int]) -> bool:
        owner = ids[self.owner] if self.owner else None
        return may_see(viewer, self.scope, owner, party=self.third in PARTY_TO.get(name, ()))


@dataclass(frozen=True)
class World:
    """An act and an exchange of every kind, numbered alike, between Tainan and a partner of its own: `partner-7`."""

    cells: Mapping[int, Cell]
    places: Mapping[str, int]
    offices: Mapping[str, int]
    viewers: Mapping[str, Viewer]

    @property
    def home(self) -> int:
        return self.places["tainan"]

    def expected(self, name: str) -> set[int]:
        """The numbers of what a viewer sees, by the rule."""
        return {n for n, cell in self.cells.items() if cell.seen_by(name, self.viewers[name], self.offices)}


async def build(desk: Desk) -> World:
    """Every scope × owner × third party; and viewers as the database makes them."""
    cells = dict(enumerate((Cell(*each) for each in product(Scope, (None, *OFFICES), THIRD_PARTIES)), 1))
    partners = [f"partner-{n}" for n in cells]
    async with desk.database.write() as session:
        places, ids = await worlds.found_offices(session, desk, OFFICES, PREDECESSORS, partners)
        await _found_odd_group(session, desk, ids)
        await _store_records(session, cells, places, ids)
        viewers = {office.place.key: office.viewer for office in await offices(session)}
    return World(cells, places, ids, {"nobody": ANYONE, **viewers})


async def _found_odd_group(session: Session, desk: Desk, ids: Mapping[str, int]) -> None:
    """One that should not be: with a guest in it, as a standing changed afterwards would leave it."""
    odd = await insert_group(session, "odd", "Odd", None)
    for key in ("kaohsiung", "seattle", "rome"):
        await set_membership(session, odd, ids[key], MembershipState.JOINED, desk.clock())


async def _store_records(
    session: Session, cells: Mapping[int, Cell], places: Mapping[str, int], ids: Mapping[str, int]
) -> None:
    acts, exchanges, contacts, notes = [], [], [], []
    for n, cell in cells.items():
        names = ["tainan", f"partner-{n}", *([cell.third] if cell.third else [])]
        parties = tuple(places[name] for name in names)
        common: dict[str, Any] = {
            "note": f"asked {NAMED}",
            "sources": ("a source",),
            "scope": cell.scope,
            "office_id": ids[cell.owner] if cell.owner else None,
        }
        active = (StatusChange(Status.ACTIVE, None),)
        acts.append(NewPartnership(Kind.SISTER_CITY, parties, active, number=n, **common))
        held = (ExchangeKind.VISIT, ExchangeStatus.HELD, PartialDate(1900 + n % 100), "", parties)
        exchanges.append(NewExchange(*held, number=n, decisions=(Decision("a fair"),), **common))
        place_id = places[cell.third or f"partner-{n}"]
        after = 1 if n > 1 else None
        contacts.append(NewContact(place_id=place_id, name=NAMED, replaced_by=after, number=n, **common))
        what: dict[str, Any] = {"kind": Incident.THREAT, "date": PartialDate(2020), "what": "a letter"}
        told = {name: value for name, value in common.items() if name != "note"}
        notes.append(NewNote(places=(place_id,), act=n, trigger="P1", number=n, **what, **told))
    await insert_partnerships(session, acts)
    await insert_exchanges(session, exchanges)
    await insert_contacts(session, contacts)
    await insert_notes(session, notes)


async def test_who_shares_with_whom(desk: Desk) -> None:
    """Fellows are those who have joined and keep records; an invitation gives nothing, and a guest has none."""
    world = await build(desk)
    for key, viewer in world.viewers.items():
        assert viewer.fellows == {world.offices[fellow] for fellow in FELLOWS.get(key, ())}, key
        assert viewer.standing is OFFICES.get(key, Standing.MEMBER)


# Queries that ask for a viewer -------------------------------------------------------------------------------

Sample = Callable[[Session, Viewer, World], Awaitable[set[int]]]
SAMPLES: dict[str, Sample] = {}


def sample(name: str) -> Callable[[Sample], Sample]:
    """Register how a query is called; it gives the numbers of the records that the query betrays."""

    def register(call: Sample) -> Sample:
        SAMPLES[name] = call
        return call

    return register


@sample("scope.visible")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    acts = set(await session.scalars(select(PartnershipRow.id).where(visible(PartnershipRow, viewer))))
    exchanges = set(await session.scalars(select(ExchangeRow.id).where(visible(ExchangeRow, viewer))))
    contacts = set(await session.scalars(select(ContactRow.id).where(visible(ContactRow, viewer))))
    notes = set(await session.scalars(select(PressureNoteRow.id).where(visible(PressureNoteRow, viewer))))
    assert acts == exchanges == contacts == notes
    return acts


@sample("contacts.contact")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    return {n for n in world.cells if await contact(session, viewer, n) is not None}


@sample("contacts.all_contacts")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    return {each.id for each in await all_contacts(session, viewer)}


@sample("contacts.stored_contacts")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    return {each.number or 0 for each in await stored_contacts(session, viewer)}


@sample("contacts.who_came_before")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    """All others are said to have been replaced by the first: those who may be seen are told."""
    before = {each.id for each in await who_came_before(session, viewer, 1)}
    return before | ({1} if await contact(session, viewer, 1) else set())


@sample("pressure.pressure_note")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    """A note about the act of the same number, which is told with it; what set it off, where that is seen."""
    found = [await pressure_note(session, viewer, n) for n in world.cells]
    first = {"P1"} if await partnership(session, viewer, 1) else {None}
    assert {note.trigger for note in found if note} <= first
    return {note.act or 0 for note in found if note}


@sample("pressure.all_notes")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    return {each.id for each in await all_notes(session, viewer)}


@sample("pressure.stored_notes")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    return {each.number or 0 for each in await stored_notes(session, viewer)}


@sample("partnerships.partnership")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    return {n for n in world.cells if await partnership(session, viewer, n) is not None}


@sample("partnerships.partnerships_of")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    found = {act.id for act in await partnerships_of(session, viewer, [world.home])}
    by_partner = [n for n in world.cells if await partnerships_of(session, viewer, [partner(world, n)])]
    assert found == set(by_partner)
    return found


@sample("partnerships.all_partnerships")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    return {act.id for act in await all_partnerships(session, viewer)}


@sample("partnerships.stored_partnerships")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    return {act.number or 0 for act in await stored_partnerships(session, viewer)}


@sample("act_parts.parts_of")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    return set(await parts_of(session, viewer, sorted(world.cells)))


@sample("exchanges.exchange")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    return {n for n in world.cells if await exchange(session, viewer, n) is not None}


@sample("exchanges.exchanges_numbered")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    return set(await exchanges_numbered(session, viewer, list(world.cells)))


@sample("exchanges.all_exchanges")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    return {each.id for each in await all_exchanges(session, viewer)}


@sample("exchanges.stored_exchanges")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    return {each.number or 0 for each in await stored_exchanges(session, viewer)}


@sample("exchanges.exchanges_between")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    theirs = [partner(world, n) for n in world.cells]
    return {each.id for each in await exchanges_between(session, viewer, [world.home], theirs, 1000)}


@sample("exchange_counts.count_between")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    """Each partner has one exchange: what is counted betrays it, and so does its scope."""
    counted = {
        n: await count_between(session, viewer, [world.home], [partner(world, n)]) for n in world.cells
    }
    assert all(each.number == 1 and len(found) == 1 for found in counted.values() for each in found)
    assert all(found[0].scope is world.cells[n].scope for n, found in counted.items() if found)
    return {n for n, found in counted.items() if found}


@sample("decisions.decided_by")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    found = await decided_by(session, viewer, [world.home], 0)
    assert all(each.decisions == (Decision("a fair"),) for each in found)
    return {each.exchange.id for each in found}


@sample("exchanges.last_contacts")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    """Each partner has one exchange: that it has a contact at all tells of it."""
    found = await last_contacts(session, viewer, [world.home])
    thirds = {world.places[third] for third in THIRD_PARTIES if third}
    assert all(place in thirds or partner(world, last.exchange_id) == place for place, last in found.items())
    return {last.exchange_id for last in found.values()}


@sample("places.complete_tied_places")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    """A place that only a hidden tie has is not offered, of whichever place partners are asked for."""
    numbers = {partner(world, n): n for n in world.cells}
    anywhere = await complete_tied_places(session, viewer, "partner", limit=1000)
    of_home = await complete_tied_places(session, viewer, "partner", partners_of=[world.home], limit=1000)
    assert anywhere == of_home
    return {numbers[place.id] for place in anywhere}


@sample("places.known_to")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    """A place that stands only in hidden records is not known to be here."""
    known = set(await session.scalars(select(PlaceRow.id).where(known_to(viewer))))
    return {n for n in world.cells if partner(world, n) in known}


@sample("places.known_places")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    numbers = {partner(world, n): n for n in world.cells}
    return {numbers[place.id] for place in await known_places(session, viewer, list(numbers))}


@sample("places.known_ids")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    numbers = {partner(world, n): n for n in world.cells}
    return {numbers[each] for each in await known_ids(session, viewer, list(numbers))}


@sample("places.place_by_key")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    return {n for n in world.cells if await place_by_key(session, viewer, f"partner-{n}") is not None}


@sample("places.places_named")
async def _(session: Session, viewer: Viewer, world: World) -> set[int]:
    return {n for n in world.cells if await places_named(session, viewer, f"Partner {n}")}


def partner(world: World, n: int) -> int:
    return world.places[f"partner-{n}"]


@pytest.mark.parametrize("name", SAMPLES)
async def test_a_query_shows_what_the_rule_allows(desk: Desk, name: str) -> None:
    """To every viewer, of every scope and owner: all of it, and nothing else."""
    world = await build(desk)
    async with desk.database.read() as session:
        for who, viewer in world.viewers.items():
            assert await SAMPLES[name](session, viewer, world) == world.expected(who), who


def test_the_samples_tell_viewers_apart() -> None:
    """The world is not one in which a filter that lets everything through would pass."""
    ids = {key: n for n, key in enumerate(OFFICES, 1)}
    cells = [Cell(*each) for each in product(Scope, (None, *OFFICES), THIRD_PARTIES)]
    seen = {
        name: frozenset(cell for cell in cells if cell.seen_by(name, viewer, ids))
        for name, viewer in {
            key: Viewer(ids[key], standing, None, frozenset(ids[f] for f in FELLOWS.get(key, ())))
            for key, standing in OFFICES.items()
        }.items()
    }
    assert len(set(seen.values())) == len(OFFICES)
    assert all(0 < len(each) < len(cells) for each in seen.values())


async def test_erasing_reaches_no_further_than_seeing(desk: Desk) -> None:
    """Where a person is named is told, and erased, only in what an office may see and change."""
    world = await build(desk)
    sought = Sought.named(NAMED)
    async with desk.database.read() as session:
        for who, viewer in world.viewers.items():
            traces = await find_person(session, sought, viewer)
            found = {int(trace.record[1:]) for trace in traces if trace.record[:1] in ("P", "X", "C")}
            assert found <= world.expected(who), who
            for rows in (PartnershipRow, ExchangeRow, ContactRow):
                changed = set(await session.scalars(select(rows.id).where(changeable(rows, viewer))))
                assert changed <= world.expected(who), who


async def test_a_hidden_successor_of_a_contact_is_not_told(desk: Desk) -> None:
    """Who came after somebody is told to those only who may see them."""
    world = await build(desk)
    replaced = next(n for n, cell in world.cells.items() if cell == Cell(Scope.PUBLIC, None, None))
    for later in (n for n, cell in world.cells.items() if n != replaced and cell.third is None):
        async with desk.database.write() as session:
            await session.execute(
                update(ContactRow).where(ContactRow.id == replaced).values(replaced_by=later)
            )
        async with desk.database.read() as session:
            for who, viewer in world.viewers.items():
                told = await contact(session, viewer, replaced)
                assert told is not None
                assert told.replaced_by == (later if later in world.expected(who) else None), who


async def test_a_hidden_successor_is_not_told(desk: Desk) -> None:
    """An act that was replaced by one that the viewer may not see is told without that one's number."""
    world = await build(desk)
    open_cell = Cell(Scope.PUBLIC, None, None)
    replaced = next(n for n, cell in world.cells.items() if cell == open_cell)
    for later in (n for n in world.cells if n != replaced):
        async with desk.database.write() as session:
            await link_successors(session, [(replaced, later)])
        async with desk.database.read() as session:
            for who, viewer in world.viewers.items():
                told = later if later in world.expected(who) else None
                act = await partnership(session, viewer, replaced)
                assert act is not None
                assert act.superseded_by == told, (who, world.cells[later])
    async with desk.database.read() as session:
        for who, viewer in world.viewers.items():
            for found in (
                await all_partnerships(session, viewer),
                await partnerships_of(session, viewer, [world.home]),
            ):
                told = {act.superseded_by for act in found} - {None}
                assert told <= world.expected(who), who


# The walk ----------------------------------------------------------------------------------------------------

NOT_READING = {
    "contacts.running_terms": "of the viewer's own office only, and through the same query as all of them",
    "scope.is_party": "says where a place stands; `visible` asks it, and is proved above",
    "privacy.changeable": "a condition; proved above to lie within what is seen",
    "privacy.find_person": "proved above to lie within what is seen",
    "privacy.erase_person": "erases what `find_person` finds; shows counts only",
}
"""What takes a viewer and has no sample, and why."""


def modules() -> list[Any]:
    names = [info.name for info in pkgutil.iter_modules(db.__path__) if not info.ispkg]
    return [importlib.import_module(f"db.{name}") for name in names]


def takes_viewer() -> Iterator[str]:
    """Public functions, and methods of public classes, that are told whose eyes they see with."""
    for module in modules():
        for name, found in vars(module).items():
            if name.startswith("_") or getattr(found, "__module__", "") != module.__name__:
                continue
            short = f"{module.__name__.removeprefix('db.')}.{name}"
            if inspect.isfunction(found) and "viewer" in inspect.signature(found).parameters:
                yield short
            if inspect.isclass(found):
                for method, inner in inspect.getmembers(found, inspect.isfunction):
                    if method[0] != "_" and "viewer" in inspect.signature(inner).parameters:
                        yield f"{short}.{method}"


THROUGH_SERVICES = frozenset(
    {
        "contacts.contacts_at",
        "exchange_parts.attendees_seen",
        "exchange_parts.decisions_seen",
        "exchange_parts.exchange_parts",
        "exchange_parts.read_exchange_parts",
        "exchange_parts.seen_lessons",
        "exchanges.all_planned",
        "exchanges.exchanges_among",
        "exchanges.exchanges_of",
        "exchanges.pair_of",
        "exchanges.paired_numbers",
        "exchanges.planned_exchanges",
        "exchanges.stored_exchanges_where",
        "lessons.lessons_seen",
        "lessons.without_lessons",
        "partnerships.acts_signed_on_day",
        "questions.acts_at",
        "questions.acts_numbered",
        "questions.claims_seen",
        "questions.exchanges_at",
        "questions.places_apart",
    }
)
"""Proved with the services that read through them, and not yet by a sample of their own.

In tests/test_scopes.py; names and decisions that questions tell, in tests/questions/test_named_people.py.
"""


def test_every_query_with_a_viewer_is_proved() -> None:
    """A new one needs a sample above; one that is gone takes its sample along."""
    found, proved = set(takes_viewer()), {*SAMPLES, *NOT_READING, *THROUGH_SERVICES}
    assert (found - proved, proved - found) == (set(), set())


SCOPED = frozenset(
    {
        "PartnershipRow", "PartyRow", "StatusRow", "PartnershipSourceRow", "ExchangeRow", "ExchangePlaceRow",
        "ExchangeSourceRow", "ContactRow", "ContactSourceRow", "PressureNoteRow", "PressurePlaceRow",
        "PressureSourceRow", "RECORD_TABLES", "ReminderRow", "AuditRow", "Base",
    }
)  # fmt: skip
"""Tables of records and of what is written about them; `Base` has them all."""

OPERATORS = "the operator's: counts, states and checks, without what records say"
OUTBOX = "the outbox has no text: what a post says is read through its office's eyes when it goes out"
CHECKED = "whole, to be checked or changed: the service asks who may see before it tells anything"
OWN_OFFICE = "what one office did, which its caller names"
ERASING = "erases, and tells counts only"
STORING = "stores, and returns nothing of what is there"
SEEN_BEFORE = "of exchanges that its caller has read through a viewer just before"

UNSEEN = {
    "exchange_parts.responses_of": SEEN_BEFORE,
    "missed.blocked_channels": OUTBOX,
    "missed.blocked_in": OUTBOX,
    "missed.is_there": OUTBOX,
    "missed.is_told": OUTBOX,
    "missed.tell_in": OUTBOX,
    "missed.told_in": OUTBOX,
    "missed.untold": OUTBOX,
    "posted.last_about": OUTBOX,
    "posted.posted": OUTBOX,
    "posted.put_off": OUTBOX,
    "posted.put_off_subjects": OUTBOX,
    "posted.waiting": OUTBOX,
    "audit.who_set_up": OWN_OFFICE,
    "lexicon.named_places": "names of places only: whoever tells of one asks who may know of it",
    "audit.entries_of": CHECKED,
    "audit.first_entry": CHECKED,
    "audit.hold_entry": CHECKED,
    "audit.is_taken_back": CHECKED,
    "audit.last_change_by": OWN_OFFICE,
    "audit.newest_entries": CHECKED,
    "audit.records_changed_in": OWN_OFFICE,
    "contacts.contact_of_request": "a number only, for a request that the caller made themselves",
    "contacts.stored_contacts_where": CHECKED,
    "pressure.note_of_request": "a number only, for a request that the caller made themselves",
    "pressure.stored_notes_where": CHECKED,
    "exchanges.exchange_of_request": "a number only, for a request that the caller made themselves",
    "partnerships.act_of_request": "a number only, for a request that the caller made themselves",
    "numbers.hold_numbers": "holds a counter, and returns nothing",
    "record_kinds.kind_of": "says what a record is that the caller holds",
    "record_kinds.later_of": "says what stands in a record that the caller holds",
    "record_kinds.place_ids": "says what stands in a record that the caller holds",
    "record_kinds.records_named": "says what stands in a record that the caller holds",
    "record_kinds.without_naming": "changes a record that the caller holds",
    "audit.loggers_of_office": OWN_OFFICE,
    "groups.was_dissolved": "whether there is an entry, for the starter data",
    "integrity.troubles": OPERATORS,
    "integrity.troubles_in": OPERATORS,
    "loading.load": "the operator's: fills an empty database from a backup",
    "offices.any_office_taken": "whether there is an entry, for who may take an office without a code",
    "offices.changes_of_office": OWN_OFFICE,
    "offices.last_changes": OPERATORS,
    "partnerships.stored_partnerships_where": CHECKED,
    "privacy.about_what_is_gone": "a condition for the queries of this list",
    "privacy.subjects": "a condition for the queries of this list",
    "reminders.claim_due": OUTBOX,
    "reminders.enqueue": OUTBOX,
    "reminders.unsent": OPERATORS,
    "sent.note_sent": STORING,
    "sent.sent_since": OUTBOX,
    "sleep.erase_office": ERASING,
    "soundness.registry_troubles": OPERATORS,
    "users.find_user": "what is stored on the person who asks, or whom the operator names",
    "versions.add": STORING,
    "versions.exists": CHECKED,
    "versions.find": CHECKED,
    "versions.hold": CHECKED,
    "versions.later_ones": CHECKED,
    "versions.superseded_by": CHECKED,
    "workers.outbox_by_state": OPERATORS,
}
"""What reads such tables without a viewer, and why that is right."""


@cache
def definitions() -> Mapping[tuple[str, str], ast.stmt]:
    """What each module of `db` defines at its top: functions, classes and constants."""
    found: dict[tuple[str, str], ast.stmt] = {}
    for path in sorted(Path(db.__path__[0]).glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                    found[path.stem, node.name] = node
                case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                    found[path.stem, name] = node
    return found


def names_in(module: str, name: str, known: set[str]) -> set[str]:
    """Every name that a definition uses, directly or through others of its module, and `text()` where it is called."""
    for node in ast.walk(definitions()[module, name]):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text":
            known.add("text()")
        used = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        if used and used not in known:
            known.add(used)
            if (module, used) in definitions():
                names_in(module, used, known)
    return known


def test_every_query_without_a_viewer_has_a_reason() -> None:
    """What selects from records, reminders or the audit trail, and is not told whose eyes it sees with."""
    with_viewer = set(takes_viewer())
    found = set()
    for (module, name), node in definitions().items():
        if name.startswith("_") or module == "tables" or isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        used = names_in(module, name, set())
        if used & SCOPED and used & {"select", "text()"} and f"{module}.{name}" not in with_viewer:
            found.add(f"{module}.{name}")
    assert (found - set(UNSEEN), set(UNSEEN) - found) == (set(), set())
