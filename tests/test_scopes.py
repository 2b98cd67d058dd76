"""What an office may not see makes no difference to it: answers are the same as if it had never been stored.

Every service that reads is asked twice: in a registry with records of every scope and owner, and in the same one
after all that the office may not see has been taken out of it. No number, name, count or date may differ.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

import bot.services
from bot.domain.access import Action, Role, Scope, may_see
from bot.domain.agreements import Commitment
from bot.domain.audit import Deed, RecordKind
from bot.domain.contacts import ContactRole, ContactState
from bot.domain.dates import PartialDate
from bot.domain.dormancy import Contact
from bot.domain.errors import AttacheError
from bot.domain.exchange_lists import ExchangeFilter, Only
from bot.domain.exchange_particulars import Lesson
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.offices import Office, Purpose
from bot.domain.partner_lists import PartnerFilter
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.domain.pressure import Incident
from bot.questions.conditions import PlaceRef, Where
from bot.questions.query import Asked, Query
from bot.services import (
    asked_queries,
    audit,
    calendars,
    claims,
    coming,
    commitment_sheet,
    commitments,
    comparing,
    contact_lists,
    exchange_lists,
    exchanges,
    group_lists,
    health,
    held_acts,
    lessons,
    matching,
    outbox,
    partner_exchanges,
    partner_lists,
    partnerships,
    pilots,
    place_ties,
    places,
    pressure_facts,
    pressure_lists,
    profiles,
    prospect_steps,
    prospects,
    question_examples,
    questions,
    quiet,
    reminder_lists,
    reminders,
    reviving,
    sentences,
    tending,
    timeline,
    unanswered,
)  # fmt: skip
from bot.services.access import action_of
from bot.services.commitments import CommitmentFilter
from bot.services.desk import Caller, Desk
from bot.services.documents import document_of
from bot.services.exporting.files import FILES
from bot.services.exports import export_registry
from bot.services.offices import all_offices
from bot.services.pressure_lists import NoteFilter
from db.audit import record_change
from db.contacts import NewContact, insert_contacts
from db.engine import Session
from db.exchanges import NewExchange, exchange, insert_exchanges
from db.groups import end_membership
from db.partnerships import NewPartnership, insert_partnerships
from db.pressure import NewNote, insert_notes
from db.record_kinds import Content, kind_of, place_ids
from db.reminders import Claim
from db.tables import (
    AuditRow,
    ContactRow,
    ExchangePlaceRow,
    ExchangeRow,
    MutedTieRow,
    OfficeChannelRow,
    OfficeRow,
    PartnershipRow,
    PartyRow,
    PlaceRow,
    PressureNoteRow,
    ReminderRow,
)
from db.watermarks import Watermark, count_on
from tests.worlds import OFFICES, found_offices

pytestmark = pytest.mark.proof


Cell = tuple[Scope, str | None]
"""How far a record reaches, and whose it is."""


def cells_for(who: str) -> dict[int, Cell]:
    """What an office meets: its own, a fellow's and a stranger's records, and nobody's."""
    fellow = "taipei" if who == "tainan" else "tainan"
    stranger = "taipei" if who == "kaohsiung" else "kaohsiung"
    cells: list[Cell] = [(Scope.PUBLIC, None), (Scope.SHARED, None), (Scope.SHARED, stranger)]
    cells += product((Scope.OFFICE, Scope.GROUP), (who, fellow, stranger))
    return dict(enumerate(cells, 1))


KINDS = (Kind.SISTER_CITY, Kind.FRIENDSHIP_CITY, Kind.MOU)
DAYS = (PartialDate(1996, 11, 20), PartialDate(1996, 11, 27), PartialDate(1996, 12), PartialDate(1996))
ACTIVE = (StatusChange(Status.ACTIVE, None),)
ENDED = (StatusChange(Status.ACTIVE, None), StatusChange(Status.ENDED, PartialDate(2012), "superseded"))
PAST_CADENCE = PartialDate(2025, 11, 19)
"""A contact by which a sister-city tie becomes cooling on the day of the tests, and is told of by a reminder."""

RECENT = PartialDate(2026, 11, 1)


@dataclass
class World:
    """A registry laid out around the office `who`, whose place used to be `old`, and before that `older`."""

    who: str
    desk: Desk
    offices: dict[str, int]
    places: dict[str, int]
    acts: list[NewPartnership] = field(default_factory=list)
    exchanges: list[NewExchange] = field(default_factory=list)
    contacts: list[NewContact] = field(default_factory=list)
    notes: list[NewNote] = field(default_factory=list)
    made: set[str] = field(default_factory=set)

    @property
    def cells(self) -> dict[int, Cell]:
        return cells_for(self.who)

    async def caller(self, role: Role = Role.ADMINISTRATOR) -> Caller:
        return Caller("en", 1, 2, await self.office(), role)

    async def office(self) -> Office:
        return next(office for office in await all_offices(self.desk) if office.place.key == self.who)

    def place(self, name: str) -> int:
        self.made.add(name)
        return self.places[name]

    def numbered(self, *names: str) -> list[int]:
        """The numbers of the acts with partners of these names."""
        ids = {self.places[f"{name}{n}"] for name in names for n in self.cells}
        return [act.number for act in self.acts if act.number and ids & set(act.parties)]

    def act(self, cell: Cell, parties: tuple[int, ...], **more: Any) -> int:
        """Lay out an act of a scope and owner; its number."""
        n = len(self.acts) + 1
        scope, owner = cell
        common: dict[str, Any] = {"kind": KINDS[n % 3], "signed": DAYS[n % 4], "history": ACTIVE} | more
        promised = (Commitment(f"promise of P{n}", due=PartialDate(2026, 12, 1)),)
        common = {"commitments": promised} | common
        office_id = self.offices[owner] if owner else None
        sources = (f"source of P{n}",)
        self.acts.append(
            NewPartnership(
                parties=parties, number=n, scope=scope, office_id=office_id, sources=sources, **common
            )
        )
        return n

    def event(self, cell: Cell, day: PartialDate, parties: tuple[int, ...]) -> None:
        n = len(self.exchanges) + 1
        scope, owner = cell
        self.exchanges.append(
            NewExchange(
                ExchangeKind.VISIT,
                ExchangeStatus.HELD,
                day,
                f"visit {n}",
                parties,
                number=n,
                lessons=(Lesson(f"lesson-{n}", worked=f"lesson {n}"),),
                scope=scope,
                office_id=self.offices[owner] if owner else None,
            )
        )

    def person(self, cell: Cell, place: int, *, later: int | None = None) -> int:
        """Lay out a contact of a scope and owner, perhaps with who came after; its number."""
        n = len(self.contacts) + 1
        scope, owner = cell
        office_id = self.offices[owner] if owner else None
        self.contacts.append(
            NewContact(
                place_id=place,
                name=f"person {n}",
                post="post",
                replaced_by=later,
                number=n,
                scope=scope,
                office_id=office_id,
                role=ContactRole.ALUMNUS,
                consent=RECENT,
            )
        )
        return n

    def note(self, cell: Cell, place: int, act: int) -> None:
        """Lay out a pressure note of an office or a group: about an act of the cell, seen by the whole group."""
        scope, owner = cell
        if scope not in RecordKind.PRESSURE.scopes or owner is None:
            return
        for reach in {scope, Scope.GROUP}:
            n = len(self.notes) + 1
            self.notes.append(
                NewNote(
                    kind=Incident.THREAT, date=PartialDate(2020), what=f"note {n}", places=(place,), act=act,
                    trigger=f"P{act}", sources=(f"source of N{n}",), number=n, scope=reach,
                    office_id=self.offices[owner],
                )
            )  # fmt: skip

    @property
    def records(self) -> list[Content]:
        return [*self.acts, *self.exchanges, *self.contacts, *self.notes]


OPEN: Cell = (Scope.PUBLIC, None)


def lay_out(world: World) -> None:
    """For each scope and owner: ties of the home, of what it used to be, and of others, and what rests on them."""
    home, old, older, third = (world.places[name] for name in (world.who, "old", "older", "osaka"))
    for n, cell in world.cells.items():
        own, former, strangers, visited, replaced, shared = (
            world.place(f"{letter}{n}")
            for letter in ("own", "former", "strangers", "visited", "replaced", "shared")
        )
        later = world.act(cell, (home, own))
        world.note(cell, third, later)
        world.act(cell, (older if n % 2 else old, former))
        world.act(cell, (third, strangers))
        world.event(OPEN, PartialDate(2010), (home, own))
        world.act(OPEN, (home, visited), kind=Kind.SISTER_CITY)
        world.event(OPEN, PAST_CADENCE, (home, visited))
        world.event(cell, RECENT, (home, visited))
        world.act(OPEN, (home, replaced), history=ENDED, superseded_by=later)
        world.act(OPEN, (home, shared))
        world.act(cell, (third, shared))
        after = world.person(cell, third)
        world.person((Scope.SHARED, None), third, later=after)


NAMES = ("own", "former", "strangers", "visited", "replaced", "shared")


async def build(desk: Desk, who: str) -> World:
    """The registry, with everything of every scope and owner, and the office of `who` on a server."""
    names = [f"{letter}{n}" for n in cells_for(who) for letter in NAMES]
    async with desk.database.write() as session:
        former = {"old": who, "older": "old"}
        made, offices = await found_offices(session, desk, OFFICES, former, ("osaka", *names))
        await _prepare_office(session, desk, offices[who])
        world = World(who, desk, offices, made)
        lay_out(world)
        later = [(act.number, act.superseded_by) for act in world.acts if act.superseded_by]
        await insert_partnerships(session, [replace(act, superseded_by=None) for act in world.acts])
        for number, successor in later:
            row = update(PartnershipRow).where(PartnershipRow.id == number)
            await session.execute(row.values(superseded_by=successor))
        await insert_exchanges(session, world.exchanges)
        await insert_contacts(session, world.contacts)
        await insert_notes(session, world.notes)
        for record in world.records:
            await _note(session, desk, record)
    return world


async def _prepare_office(session: Session, desk: Desk, office_id: int) -> None:
    since = desk.clock() - timedelta(days=2)
    await session.execute(update(OfficeRow).where(OfficeRow.id == office_id).values(guild_id=2, since=since))
    session.add_all(
        OfficeChannelRow(office_id=office_id, purpose=purpose, channel_id=3)
        for purpose in (Purpose.ANNIVERSARIES, Purpose.DORMANCY)
    )


async def _note(session: Session, desk: Desk, record: Content) -> None:
    """The audit entry of a record that its owner has added."""
    kind = kind_of(record)
    await record_change(
        session,
        at=desk.clock(),
        action=Deed.ADDED.of(kind),
        subject=f"{kind.letter}{record.number}",
        user_id=7,
        office_id=record.office_id,
        after=document_of(record, 1),
    )


async def take_out_hidden(world: World) -> tuple[int, int]:
    """Take out what the office may not see, as if it had never been: how many acts and exchanges."""
    viewer = (await world.office()).viewer
    own = {world.places[name] for name in (world.who, "old", "older")}

    def hidden(record: Content) -> bool:
        party = bool(own & set(place_ids(record)))
        return not may_see(viewer, record.scope, record.office_id, party=party)

    acts = [act.number for act in world.acts if hidden(act)]
    events = [event.number for event in world.exchanges if hidden(event)]
    people = [person.number for person in world.contacts if hidden(person)]
    notes = [note.number for note in world.notes if hidden(note)]
    named = {p for act in world.acts if not hidden(act) for p in act.parties}
    named |= {p for event in world.exchanges if not hidden(event) for p in event.places}
    gone = [world.places[name] for name in world.made if world.places[name] not in named]
    async with world.desk.database.write() as session:
        pointing = update(PartnershipRow).where(PartnershipRow.superseded_by.in_(acts))
        await session.execute(pointing.values(superseded_by=None, version=PartnershipRow.version))
        await session.execute(delete(PartyRow).where(PartyRow.partnership_id.in_(acts)))
        await session.execute(delete(ExchangePlaceRow).where(ExchangePlaceRow.exchange_id.in_(events)))
        await session.execute(delete(PartnershipRow).where(PartnershipRow.id.in_(acts)))
        await session.execute(delete(ExchangeRow).where(ExchangeRow.id.in_(events)))
        linked = update(ContactRow).where(ContactRow.replaced_by.in_(people))
        await session.execute(linked.values(replaced_by=None, version=ContactRow.version))
        await session.execute(delete(ContactRow).where(ContactRow.id.in_(people)))
        subjects = [f"P{n}" for n in acts] + [f"X{n}" for n in events] + [f"C{n}" for n in people]
        subjects += [f"N{n}" for n in notes]
        await session.execute(delete(PressureNoteRow).where(PressureNoteRow.id.in_(notes)))
        await session.execute(delete(AuditRow).where(AuditRow.subject.in_(subjects)))
        for note in world.notes:  # of an act that never was, nobody could have said anything
            if note.act in acts and note.number not in notes:
                told = replace(note, act=None, trigger=None)
                row = update(PressureNoteRow).where(PressureNoteRow.id == note.number)
                await session.execute(row.values(act=None, trigger=None, version=PressureNoteRow.version))
                entry = update(AuditRow).where(AuditRow.subject == f"N{note.number}")
                await session.execute(entry.values(after=document_of(told, 1)))
        for act in world.acts:
            if act.superseded_by in acts:
                row = update(AuditRow).where(AuditRow.subject == f"P{act.number}")
                await session.execute(row.values(after=document_of(replace(act, superseded_by=None), 1)))
        for person in world.contacts:
            if person.replaced_by in people:
                row = update(AuditRow).where(AuditRow.subject == f"C{person.number}")
                await session.execute(row.values(after=document_of(replace(person, replaced_by=None), 1)))
        await session.execute(delete(PlaceRow).where(PlaceRow.id.in_(gone)))
        await session.execute(delete(ReminderRow))
        await session.execute(update(OfficeRow).values(planned_until=None))
        count_on(session, Watermark.PLACES)
    return len(acts), len(events)


# What is asked -----------------------------------------------------------------------------------------------

Answers = dict[str, Any]
Sample = Callable[[World], Awaitable[Answers]]
SAMPLES: dict[str, Sample] = {}


def sample(name: str) -> Callable[[Sample], Sample]:
    """Register what a service is asked; it gives the answers, by the question."""

    def register(ask: Sample) -> Sample:
        SAMPLES[name] = ask
        return ask

    return register


async def answer(call: Awaitable[Any]) -> Any:
    """What a service answers, or why it does not."""
    try:
        return await call
    except AttacheError as error:
        return type(error).__name__, error.key, error.values


@sample("partnerships.show_partner")
async def _(world: World) -> Answers:
    """By name and by record number, of ties one has and of ties of others."""
    caller = await world.caller()
    asked = [f"{name}{n}" for n in world.cells for name in ("own", "shared")]
    asked += [f"P{number}" for number in world.numbered("former", "strangers", "visited", "replaced")]
    return {text: await answer(partnerships.show_partner(world.desk, caller, text)) for text in asked}


@sample("timeline.timeline")
async def _(world: World) -> Answers:
    """By name and by record number, of ties one has and of ties of others."""
    caller = await world.caller()
    asked = [f"{name}{n}" for n in world.cells for name in ("own", "shared")]
    asked += [f"P{number}" for number in world.numbered("former", "strangers", "replaced")]
    return {text: await answer(timeline.timeline(world.desk, caller, text, each=True)) for text in asked}


@sample("partner_lists.list_partners")
async def _(world: World) -> Answers:
    """With their counts, of one's own place and of others', by every kind of filter."""
    caller = await world.caller()
    homes = (None, world.places["osaka"], world.places["old"])
    chosen = [
        PartnerFilter(home_id=home, country=country, kind=kind, all_kinds=whole, any_status=whole)
        for home in homes
        for country in (None, "JP")
        for kind, whole in ((None, False), (Kind.SISTER_CITY, False), (None, True))
    ]
    return {str(each): await answer(partner_lists.list_partners(world.desk, caller, each)) for each in chosen}


@sample("questions.ask")
async def _(world: World) -> Answers:
    """Of each place by name, also with a slip in it: ties, exchanges, and what there is in its country."""
    caller = await world.caller()
    asked = ["Which partners do we have?", "How many exchanges did we have?", "Which partners in Japan?"]
    for n in world.cells:
        for name in (f"own{n}", f"shared{n}"):
            asked += [
                f"When did we sign with {name}?",
                f"Tell me about {name}",
                f"Last exchange with {name}?",
            ]
    return {text: _told(await answer(questions.ask(world.desk, caller, text))) for text in asked}


@sample("questions.answer_query")
async def _(world: World) -> Answers:
    """Of places by their ids, which somebody else's question named."""
    caller = await world.caller()
    answers = {}
    for place in sorted(world.places.values()):
        query = Query(asked=Asked.TEXT, partner=Where(places=(PlaceRef(place),)))
        answers[str(place)] = _told(await answer(questions.answer_query(world.desk, caller, "", query)))
    return answers


def _told(answered: Any) -> Any:
    """What is told of an answer; places that are not known have no id in it."""
    return (answered.answer, answered.understood, answered.tie) if hasattr(answered, "answer") else answered


@sample("question_examples.question_examples")
async def _(world: World) -> Answers:
    """With the partners that one has."""
    caller = await world.caller()
    return {
        text: await answer(question_examples.question_examples(world.desk, caller, text, 6))
        for text in ("own1", "sister cities")
    }


@sample("unanswered.keep_unanswered")
async def _(world: World) -> Answers:
    """Nothing is told."""
    caller = await world.caller()
    answered = await questions.ask(world.desk, caller, "wear blue hats")
    return {"": await answer(unanswered.keep_unanswered(world.desk, caller, answered))}


@sample("asked_queries.keep_query")
async def _(world: World) -> Answers:
    key = await asked_queries.keep_query(world.desk, await world.caller(), Query(asked=Asked.PLACES))
    return {"": key}


@sample("asked_queries.kept_query")
async def _(world: World) -> Answers:
    return {"": await answer(asked_queries.kept_query(world.desk, await world.caller(), "no-such-key"))}


@sample("partner_lists.countries_of_ties")
async def _(world: World) -> Answers:
    return {"": await answer(partner_lists.countries_of_ties(world.desk, await world.caller()))}


@sample("commitments.list_commitments")
async def _(world: World) -> Answers:
    """Of all acts, and of each."""
    caller = await world.caller()
    chosen = [CommitmentFilter(), *(CommitmentFilter(number=act.number) for act in world.acts)]
    return {
        str(each.number): await answer(commitments.list_commitments(world.desk, caller, each))
        for each in chosen
    }


@sample("commitment_sheet.implementation_sheet")
async def _(world: World) -> Answers:
    caller = await world.caller()
    return {"": await answer(commitment_sheet.implementation_sheet(world.desk, caller, CommitmentFilter()))}


@sample("held_acts.complete_acts")
async def _(world: World) -> Answers:
    caller = await world.caller()
    typed = ("", *NAMES, *(f"P{act.number}" for act in world.acts))
    return {text: await answer(held_acts.complete_acts(world.desk, caller, text)) for text in typed}


@sample("partner_exchanges.list_exchanges")
async def _(world: World) -> Answers:
    """With every partner, seen from one's own place and from another's."""
    caller = await world.caller()
    pairs = [(home, f"{name}{n}") for home in (world.who, "osaka") for name in NAMES for n in world.cells]
    return {
        f"{home} {partner}": await answer(
            partner_exchanges.list_exchanges(world.desk, caller, world.places[home], world.places[partner])
        )
        for home, partner in pairs
    }


@sample("comparing.compare")
async def _(world: World) -> Answers:
    """One's own place with another, and partners with each other."""
    caller = await world.caller()
    pairs = [(world.who, "osaka"), *((f"own{n}", f"shared{n}") for n in world.cells)]
    return {" ".join(pair): await answer(comparing.compare(world.desk, caller, *pair)) for pair in pairs}


@sample("place_ties.ties_with")
async def _(world: World) -> Answers:
    caller = await world.caller()
    asked = (world.who, "old", "osaka", *(f"shared{n}" for n in world.cells))
    return {key: await answer(place_ties.ties_with(world.desk, caller, world.places[key])) for key in asked}


@sample("calendars.office_calendar")
async def _(world: World) -> Answers:
    return {"": await answer(calendars.office_calendar(world.desk, await world.caller()))}


@sample("prospects.list_prospects")
async def _(world: World) -> Answers:
    return {"": await answer(prospects.list_prospects(world.desk, await world.caller()))}


@sample("prospect_steps.prospect_steps")
async def _(world: World) -> Answers:
    caller = await world.caller()
    asked = [f"P{act.number}" for act in world.acts]
    return {text: await answer(prospect_steps.prospect_steps(world.desk, caller, text)) for text in asked}


@sample("prospect_steps.steps_of_office")
async def _(world: World) -> Answers:
    return {"": await answer(prospect_steps.steps_of_office(world.desk, await world.caller()))}


@sample("pilots.pilots_of")
async def _(world: World) -> Answers:
    caller = await world.caller()
    asked = [f"P{act.number}" for act in world.acts]
    return {text: await answer(pilots.pilots_of(world.desk, caller, text)) for text in asked}


@sample("coming.coming_anniversaries")
async def _(world: World) -> Answers:
    caller = await world.caller()
    return {str(n): await answer(coming.coming_anniversaries(world.desk, caller, n)) for n in (1, 60)}


@sample("quiet.quiet_ties")
async def _(world: World) -> Answers:
    return {"": await answer(quiet.quiet_ties(world.desk, await world.caller()))}


@sample("places.complete_partners")
async def _(world: World) -> Answers:
    caller = await world.caller()
    typed = ("", *NAMES, *(f"strangers{n}" for n in world.cells))
    return {text: await answer(places.complete_partners(world.desk, caller, text)) for text in typed}


@sample("places.complete_places")
async def _(world: World) -> Answers:
    caller = await world.caller()
    typed = ("", *NAMES, *(f"strangers{n}" for n in world.cells))
    return {text: await answer(places.complete_places(world.desk, caller, text)) for text in typed}


@sample("places.place_meant")
async def _(world: World) -> Answers:
    """Exact names, and near ones: a place that only hidden records name is not suggested either."""
    caller = await world.caller()
    typed = [f"{letter}{n}{end}" for letter in ("own", "strangers") for n in world.cells for end in ("", "x")]
    return {text: await answer(places.place_meant(world.desk, caller, text)) for text in typed}


@sample("audit.record_history")
async def _(world: World) -> Answers:
    caller = await world.caller()
    asked = [f"P{act.number}" for act in world.acts] + [f"X{n}" for n in range(1, len(world.exchanges), 2)]
    asked += [f"C{person.number}" for person in world.contacts] + [f"N{note.number}" for note in world.notes]
    return {text: await answer(audit.record_history(world.desk, caller, text)) for text in asked}


@sample("claims.claims_of")
async def _(world: World) -> Answers:
    caller = await world.caller()
    asked = [f"P{act.number}" for act in world.acts]
    return {text: await answer(claims.claims_of(world.desk, caller, text)) for text in asked}


@sample("contact_lists.show_contact")
async def _(world: World) -> Answers:
    """By number and by name, with who came before and after."""
    caller = await world.caller()
    asked = [text for n in range(1, len(world.contacts) + 1) for text in (f"C{n}", f"person {n}")]
    return {text: await answer(contact_lists.show_contact(world.desk, caller, text)) for text in asked}


@sample("contact_lists.list_contacts")
async def _(world: World) -> Answers:
    """All of them, and by what is said of them."""
    caller = await world.caller()
    chosen = [contact_lists.ContactFilter(), *(contact_lists.ContactFilter(state=s) for s in ContactState)]
    return {str(each): await answer(contact_lists.list_contacts(world.desk, caller, each)) for each in chosen}


@sample("contact_lists.list_alumni")
async def _(world: World) -> Answers:
    caller = await world.caller()
    return {
        str(now): await answer(contact_lists.list_alumni(world.desk, caller, in_office=now))
        for now in (False, True)
    }


@sample("contact_lists.complete_contacts")
async def _(world: World) -> Answers:
    caller = await world.caller()
    typed = ("", "person", *(f"C{person.number}" for person in world.contacts))
    return {text: await answer(contact_lists.complete_contacts(world.desk, caller, text)) for text in typed}


@sample("pressure_lists.show_note")
async def _(world: World) -> Answers:
    """Also those that a group sees, about acts that it does not see."""
    caller = await world.caller()
    asked = [f"N{n}" for n in range(1, len(world.notes) + 1)]
    return {text: await answer(pressure_lists.show_note(world.desk, caller, text)) for text in asked}


@sample("pressure_lists.list_notes")
async def _(world: World) -> Answers:
    caller = await world.caller()
    chosen = [NoteFilter(), NoteFilter(world.places["osaka"]), NoteFilter(kind=Incident.PROTEST)]
    return {str(each): await answer(pressure_lists.list_notes(world.desk, caller, each)) for each in chosen}


@sample("pressure_lists.complete_notes")
async def _(world: World) -> Answers:
    caller = await world.caller()
    typed = ("", "note", *(f"N{note.number}" for note in world.notes))
    return {text: await answer(pressure_lists.complete_notes(world.desk, caller, text)) for text in typed}


@sample("pressure_facts.rule_facts")
async def _(world: World) -> Answers:
    return {"": await answer(pressure_facts.rule_facts(world.desk, await world.caller()))}


@sample("audit.recent_records")
async def _(world: World) -> Answers:
    return {"": await answer(audit.recent_records(world.desk, await world.caller()))}


@sample("group_lists.own_groups")
async def _(world: World) -> Answers:
    return {"": await answer(group_lists.own_groups(world.desk, await world.caller()))}


@sample("matching.match_partners")
async def _(world: World) -> Answers:
    """For the whole profile and for a topic."""
    caller = await world.caller()
    return {
        str(topic): await answer(matching.match_partners(world.desk, caller, topic))
        for topic in (None, "port")
    }


@sample("profiles.show_profile")
async def _(world: World) -> Answers:
    """Of one's own place and of places that hidden records name."""
    caller = await world.caller()
    asked = [None, *(f"{name}{n}" for n in world.cells for name in ("own", "shared"))]
    return {str(text): await answer(profiles.show_profile(world.desk, caller, text)) for text in asked}


@sample("exchanges.check_partners")
async def _(world: World) -> Answers:
    """Before a visit is logged: which place is meant."""
    caller = await world.caller()
    typed = [f"{letter}{n}" for letter in ("own", "strangers") for n in world.cells]
    return {text: await answer(exchanges.check_partners(world.desk, caller, text)) for text in typed}


@sample("exchange_lists.find_exchanges")
async def _(world: World) -> Answers:
    """All that the office has, what is open, and what other places have."""
    caller = await world.caller()
    chosen = [ExchangeFilter(), *(ExchangeFilter(only=only) for only in Only)]
    chosen += [ExchangeFilter(world.places[f"visited{n}"]) for n in world.cells]
    return {
        str(each): await answer(exchange_lists.find_exchanges(world.desk, caller, each)) for each in chosen
    }


@sample("exchange_lists.show_exchange")
async def _(world: World) -> Answers:
    """Each record, also those that are hidden."""
    caller = await world.caller()
    texts = [f"X{number}" for number in range(1, len(world.exchanges) + 2)]
    return {text: await answer(exchange_lists.show_exchange(world.desk, caller, text)) for text in texts}


@sample("exchange_lists.visit_balance")
async def _(world: World) -> Answers:
    return {"": await answer(exchange_lists.visit_balance(world.desk, await world.caller()))}


@sample("health.tie_health")
async def _(world: World) -> Answers:
    """By name and by record number, of ties one has and of ties of others."""
    caller = await world.caller()
    asked = [f"{name}{n}" for n in world.cells for name in ("own", "shared")]
    asked += [f"P{number}" for number in world.numbered("former", "strangers", "visited", "replaced")]
    return {text: await answer(health.tie_health(world.desk, caller, text)) for text in asked}


@sample("health.health_of_ties")
async def _(world: World) -> Answers:
    return {"": await answer(health.health_of_ties(world.desk, await world.caller()))}


@sample("reviving.revive_kit")
async def _(world: World) -> Answers:
    """By name and by record number, of ties one has and of ties of others."""
    caller = await world.caller()
    asked = [f"{name}{n}" for n in world.cells for name in ("own", "shared", "visited")]
    asked += [f"P{number}" for number in world.numbered("former", "strangers", "visited", "replaced")]
    return {text: await answer(reviving.revive_kit(world.desk, caller, text)) for text in asked}


@sample("lessons.find_lessons")
async def _(world: World) -> Answers:
    caller = await world.caller()
    return {text: await answer(lessons.find_lessons(world.desk, caller, text)) for text in ("", "lesson")}


@sample("lessons.lessons_of")
async def _(world: World) -> Answers:
    caller = await world.caller()
    asked = [f"X{n}" for n in range(1, len(world.exchanges) + 1)]
    return {text: await answer(lessons.lessons_of(world.desk, caller, text)) for text in asked}


@sample("lessons.fitting_lessons")
async def _(world: World) -> Answers:
    """Of exchanges with the same places, of which everybody knows."""
    caller = await world.caller()
    answers = {}
    for event in world.exchanges:
        if event.number and event.scope is Scope.PUBLIC:
            async with world.desk.database.read() as session:
                planned = await exchange(session, caller.viewer, event.number)
            assert planned is not None
            answers[str(event.number)] = await answer(lessons.fitting_lessons(world.desk, caller, planned))
    assert any(answers.values())
    return answers


@sample("lessons.note_helped")
async def _(world: World) -> Answers:
    """Asked by nobody in particular, so that nothing is counted."""
    caller = replace(await world.caller(), user_id=None)
    asked = range(1, len(world.exchanges) + 1)
    return {str(n): await answer(lessons.note_helped(world.desk, caller, n, f"lesson-{n}")) for n in asked}


@sample("sentences.read_sentence")
async def _(world: World) -> Answers:
    """Names of places, right and with a slip, of which some stand only in hidden records."""
    caller = await world.caller()
    names = [f"{name}{n}{end}" for n in world.cells for name in ("own", "strangers") for end in ("", "x")]
    asked = [f"Video call with {name} and osaka yesterday" for name in names]
    return {text: await answer(sentences.read_sentence(world.desk, caller, text)) for text in asked}


@sample("tending.muted_ties")
async def _(world: World) -> Answers:
    """Every place there is was muted once, when the office saw more of it."""
    office = world.offices[world.who]
    async with world.desk.database.write() as session:
        session.add_all(
            MutedTieRow(office_id=office, place_id=place)
            for place in await session.scalars(
                select(PlaceRow.id).where(PlaceRow.id != world.places[world.who])
            )
        )
    muted = await answer(tending.muted_ties(world.desk, await world.caller()))
    async with world.desk.database.write() as session:
        await session.execute(delete(MutedTieRow))
    assert muted
    return {"": muted}


@sample("reminder_lists.upcoming")
async def _(world: World) -> Answers:
    caller = await world.caller()
    return {str(n): await answer(reminder_lists.upcoming(world.desk, caller, n)) for n in (1, 40)}


@sample("reminders.preview")
async def _(world: World) -> Answers:
    return {"": await answer(reminders.preview(world.desk, None, 40, await world.office()))}


@sample("reminders.compose")
async def _(world: World) -> Answers:
    """What is planned, claimed, and what each post says."""
    claims = await claim_all(world)
    posts = {str(claim.reminder): await reminders.compose(world.desk, claim) for claim in claims}
    assert any(posts.values())
    return posts


@sample("reminder_lists.reminder_log")
async def _(world: World) -> Answers:
    """Of the posts that are under way; which row of the table each is, PostgreSQL counts on and on."""
    await claim_all(world)
    office, posts = await answer(reminder_lists.reminder_log(world.desk, await world.caller()))
    assert len(posts) > 1
    return {"": (office, [replace(post, row_id=0) for post in posts])}


async def claim_all(world: World) -> list[Claim]:
    """Plan what is due, and take all of it."""
    await outbox.enqueue_due(world.desk)
    claims: list[Claim] = []
    while found := await outbox.claim_due(world.desk, "test"):
        claims += found
    return claims


@sample("exports.export_registry")
async def _(world: World) -> Answers:
    folder = Path(str(world.desk.database.file or world.who)).parent / "exported"
    exported = await export_registry(world.desk, folder, (await world.office()).viewer)
    files = {file: (folder / file).read_text(encoding="utf-8") for file in (*FILES, "registry.json")}
    return {**files, "rows": exported}


WHERE = [*(("sqlite", who) for who in OFFICES if who != "tainan"), ("postgresql", "seattle")]
"""One of each on one engine (Tainan is to its group what Taipei is); on the other the one whose eyes take the most SQL:
the queries are proved for everybody, on both, in tests/db."""


@pytest.mark.parametrize(("engine_name", "who"), WHERE)
async def test_what_is_hidden_makes_no_difference(
    desk: Desk, who: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For offices of every standing, in a group and not: each answer is that of a registry without it."""
    monkeypatch.chdir(tmp_path)
    world = await build(desk, who)
    with_hidden = {name: await ask(world) for name, ask in SAMPLES.items()}
    acts, events = await take_out_hidden(world)
    assert acts >= 6
    assert events >= 2
    for name, ask in SAMPLES.items():
        without = await ask(world)
        assert with_hidden[name].keys() == without.keys(), name
        for question, found in without.items():
            assert with_hidden[name][question] == found, (name, question)


def reading_services() -> Iterator[str]:
    """Every service that takes a caller who may read."""
    for info in pkgutil.iter_modules(bot.services.__path__):
        if not info.ispkg:
            module = importlib.import_module(f"bot.services.{info.name}")
            for name, found in inspect.getmembers(module, inspect.iscoroutinefunction):
                if found.__module__ == module.__name__ and action_of(found) is Action.READ:
                    yield f"{info.name}.{name}"


def test_every_service_that_reads_is_asked() -> None:
    """A new one needs a sample above."""
    assert set(reading_services()) - set(SAMPLES) == set()


# What changes while something is under way --------------------------------------------------------------------


async def test_a_post_about_what_is_hidden_since_is_not_sent(desk: Desk) -> None:
    """It was planned while the office could see the record; what it would say is asked for when it goes out."""
    world = await build(desk, "taipei")
    parties = (world.places["taipei"], world.places["osaka"])
    cell = {"scope": Scope.GROUP, "office_id": world.offices["tainan"], "signed": DAYS[0]}
    async with desk.database.write() as session:
        act = NewPartnership(Kind.SISTER_CITY, parties, ACTIVE, **cell)
        (number,) = await insert_partnerships(session, [act])
    claims = [claim for claim in await claim_all(world) if claim.reminder.subject == f"P{number}"]
    assert claims
    assert all([await reminders.compose(desk, claim) for claim in claims])
    async with desk.database.write() as session:
        await end_membership(session, 1, world.offices["tainan"])
    assert [await reminders.compose(desk, claim) for claim in claims] == [None] * len(claims)


async def test_a_hidden_exchange_makes_no_tie_look_fresh(desk: Desk) -> None:
    """Kaohsiung has met them, and keeps that to itself: to others the tie is as quiet as it was."""
    cell = next(n for n, each in cells_for("kaohsiung").items() if each == (Scope.OFFICE, "kaohsiung"))
    world = await build(desk, "kaohsiung")
    partner = f"visited{cell}"
    own = await partnerships.show_partner(desk, await world.caller(), partner)
    assert own.quiet is not None
    assert own.quiet.state is Contact.FRESH
    others = Caller(
        "en", 1, 2, next(o for o in await all_offices(desk) if o.place.key == "tainan"), Role.READER
    )
    numbers = [act.number for act in world.acts if world.places[partner] in act.parties]
    theirs = await partnerships.show_partner(desk, others, f"P{numbers[0]}")
    assert theirs.quiet is not None
    assert theirs.quiet.state is Contact.COOLING
    assert theirs.tie.last is not None
    assert theirs.tie.last.date == PAST_CADENCE
