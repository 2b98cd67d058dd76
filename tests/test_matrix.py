"""(office, role, scope) × every service: allowed does, forbidden refuses with a sentence, invisible stays invisible.

The services are found by looking through `bot.services`: one without a rule, or without a sample here, fails.
"""

import importlib
import inspect
import pkgutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count, product
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

import bot.services
from bot.domain.access import Role, Scope, Standing, may_change, may_see, refusal
from bot.domain.audit import RecordKind
from bot.domain.claims import Claim, Fact
from bot.domain.contacts import ContactRole
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, NotAllowed, NotFound, Unavailable
from bot.domain.exchange_lists import ExchangeFilter
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.groups import MembershipState
from bot.domain.offices import Office
from bot.domain.partner_lists import PartnerFilter
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.domain.pressure import Incident
from bot.domain.profiles import Side
from bot.domain.prospects import Stage
from bot.domain.reminders import ReminderKind
from bot.domain.saving_rules import SavingsForm
from bot.i18n.texts import Texts
from bot.questions.answers import Answer, AnswerKind, Outcome
from bot.questions.outcomes import NotUnderstood, Why
from bot.questions.query import Asked, Query
from bot.services.access import action_of
from bot.services.celebrations import CelebrationForm
from bot.services.claims import ClaimFields
from bot.services.commitment_fields import PromiseFields
from bot.services.commitments import CommitmentFilter
from bot.services.contact_fields import ContactFields
from bot.services.contact_lists import ContactFilter
from bot.services.contacts import ContactForm
from bot.services.desk import Caller, Desk
from bot.services.exchanges import Report, VisitForm, log_report, log_visit
from bot.services.lessons import LessonFields, add_lesson
from bot.services.life import StepWords
from bot.services.office_measures import WeeklyListForm
from bot.services.office_settings import ChannelsForm, LeadsForm, PostingForm, RolesForm
from bot.services.partnership_adding import ActForm
from bot.services.pilots import PilotFields
from bot.services.pressure import NoteChange, NoteForm
from bot.services.pressure_fields import NoteFields
from bot.services.pressure_lists import NoteFilter
from bot.services.prospects import Move, Plan
from bot.services.questions import Answered
from bot.services.tending import Which
from bot.services.visit_fields import VisitFields
from bot.services.visit_planning import PlanForm
from bot.ui.errors import error_text
from db import groups, offices
from db.contacts import NewContact, insert_contacts
from db.engine import Database
from db.exchanges import exchange
from db.partnerships import NewPartnership, insert_partnerships
from db.places import NewPlace, insert_places
from db.pressure import NewNote, insert_notes
from db.tables import AuditRow

pytestmark = pytest.mark.proof


# The world -------------------------------------------------------------------------------------------------

STANDINGS = {
    "kaohsiung": Standing.MEMBER,
    "taipei": Standing.MEMBER,
    "tainan": Standing.MEMBER,
    "ministry": Standing.READER,
    "seattle": Standing.GUEST,
    "prague": Standing.GUEST,
}
"""Kaohsiung owns the records. Taipei and the ministry share a group with it; Seattle is party to all of them."""

PLAN = Report(("seattle",), ExchangeKind.EXHIBITION, PartialDate(2026, 11, 19), status=ExchangeStatus.PLANNED)
"""For yesterday, so that it can be said to have been held."""

SENTENCE = "video call with Seattle yesterday"
NO_QUESTION = Answered(
    "wear hats",
    NotUnderstood(Why.NOTHING_KNOWN),
    Answer(Outcome.NOT_UNDERSTOOD, AnswerKind.TEXT, ()),
    None,
    date(2026, 11, 20),
)
AUTHOR = 7
"""Who logged the exchanges; not the one who calls."""

IN_GROUP = ("kaohsiung", "taipei", "ministry")


class Trial(Database):
    """A database whose changes are tried, seen by the service that made them, and then taken back."""

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        async with super().write() as session:
            yield session
            await session.flush()
            await session.rollback()


@dataclass(frozen=True)
class World:
    """Offices by their places' keys, and of each scope an act and exchanges of Kaohsiung's, with telling names."""

    desk: Desk
    offices: dict[str, Office]
    acts: dict[Scope, int]
    exchanges: dict[Scope, int]
    plans: dict[Scope, int]
    taught: dict[Scope, int]
    contacts: dict[Scope, int]
    notes: dict[Scope, int]
    entries: dict[Scope, int]
    group: int
    since: datetime


def marker(scope: Scope) -> str:
    """A word that stands in the records of a scope, and nowhere else."""
    return f"Only{scope.value.title()}ville"


def lesson_of(scope: Scope) -> str:
    """The key of the lesson that was noted of an exchange of a scope."""
    return f"lesson-{scope}"


async def build(desk: Desk) -> World:
    now = desk.clock()
    keys = [*STANDINGS, *(marker(scope).lower() for scope in Scope)]
    async with desk.database.write() as session:
        ids = await insert_places(
            session, [NewPlace(key, key.title(), country="TW", zone="Asia/Taipei") for key in keys]
        )
        made = {
            key: await offices.insert_office(session, ids[key], "en", "Asia/Taipei", standing=standing)
            for key, standing in STANDINGS.items()
        }
        group = await groups.insert_group(session, "friends", "Friends", None)
        for key in IN_GROUP:
            await groups.set_membership(session, group, made[key], MembershipState.JOINED, now)
        active = (StatusChange(Status.ACTIVE, None, reason=None),)
        owner = made["kaohsiung"]
        acts = {}
        for scope in Scope:
            word = marker(scope)
            parties = (ids["kaohsiung"], ids["seattle"], ids[word.lower()])
            act = NewPartnership(
                Kind.SISTER_CITY, parties, active, signed=PartialDate(1990, 12, 1), named=word, note=word,
                sources=(word,), scope=scope, office_id=owner, claims=(Claim(Fact.KIND, "mou", word),),
            )  # fmt: skip
            (acts[scope],) = await insert_partnerships(session, [act])
        people = [
            NewContact(
                place_id=ids["seattle"], name=marker(scope), post=marker(scope), note=marker(scope), scope=scope,
                office_id=owner,
            )
            for scope in Scope
        ]  # fmt: skip
        contacts = dict(zip(Scope, await insert_contacts(session, people), strict=True))
        told = [
            NewNote(
                kind=Incident.THREAT, date=PartialDate(2020), what=marker(scope), places=(ids["seattle"],),
                trigger=marker(scope), sources=(marker(scope),), act=acts[scope], scope=scope, office_id=owner,
            )
            for scope in RecordKind.PRESSURE.scopes
        ]  # fmt: skip
        notes = dict(zip(RecordKind.PRESSURE.scopes, await insert_notes(session, told), strict=True))
        plain = NewPartnership(
            Kind.SISTER_CITY, (ids["kaohsiung"], ids["seattle"]), active, scope=Scope.PUBLIC
        )
        await insert_partnerships(session, [plain])
        stored = {office.place.key: office for office in await offices.offices(session)}
    logger = Caller("en", AUTHOR, 4242, stored["kaohsiung"], Role.LOGGER)
    logged = {}
    for scope in Scope:
        form = VisitForm("seattle", "yesterday", topic=marker(scope), summary=marker(scope), scope=scope)
        logged[scope] = await log_visit(desk, logger, form, f"world-{scope}")
    planned = {}
    for scope in Scope:
        plan = replace(PLAN, topic=marker(scope), summary=marker(scope), scope=scope)
        planned[scope] = await log_report(desk, logger, plan, f"world-plan-{scope}")
    taught = {}
    for scope in Scope:
        form = VisitForm("seattle", "2026-11-02", topic=marker(scope), scope=scope)
        taught[scope] = (await log_visit(desk, logger, form, f"world-taught-{scope}")).exchange.id
        told = LessonFields(worked=marker(scope))
        await add_lesson(desk, logger, f"X{taught[scope]}", lesson_of(scope), told)
    return World(
        desk,
        stored,
        acts,
        {scope: visit.exchange.id for scope, visit in logged.items()},
        {scope: visit.exchange.id for scope, visit in planned.items()},
        taught,
        contacts,
        notes,
        {scope: visit.entry for scope, visit in logged.items()},
        group,
        now,
    )


@pytest.fixture
async def world(desk: Desk) -> AsyncIterator[World]:
    built = await build(desk)
    trial = Trial(desk.database.url)
    yield replace(built, desk=Desk(trial, desk.clock))
    await trial.close()


# The services ----------------------------------------------------------------------------------------------


Calling = Callable[[World, Any, Desk, Caller, Scope], Awaitable[Any]]


@dataclass(frozen=True)
class Sample:
    """How to call a service about the records of a scope.

    `about` is whether it is about a record: its scope decides whether the caller may know of it. With `changes`, its
    owner decides as well; with `others_work`, only an editor may, as somebody else logged it. `whole` is whether the
    operator sees everything without speaking for an office; else they see what is shared or public, and may change
    that. `may_fail` are errors that an allowed call may end in here, as the world is small. `scopes` are those that
    records of the kind can have.
    """

    call: Calling
    about: bool = False
    changes: bool = False
    others_work: bool = False
    whole: bool = False
    may_fail: tuple[str, ...] = ()
    scopes: tuple[Scope, ...] = tuple(Scope)


def taking(*parameters: str) -> Iterator[tuple[str, Callable[..., Awaitable[Any]]]]:
    """Every public function of the services whose parameters begin so, by `module.name`."""
    for info in pkgutil.walk_packages(bot.services.__path__, "bot.services."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            own = inspect.iscoroutinefunction(value) and value.__module__ == info.name
            if (
                own
                and not name.startswith("_")
                and [*inspect.signature(value).parameters][: len(parameters)] == [*parameters]
            ):
                yield f"{info.name.removeprefix('bot.services.')}.{name}", value


def services() -> dict[str, Callable[..., Awaitable[Any]]]:
    """Every service that somebody calls."""
    return dict(taking("desk", "caller"))


def sample(*args: Any, **options: Any) -> Sample:
    """A service with arguments that do not depend on the record."""
    return Sample(lambda _w, service, desk, caller, _s: service(desk, caller, *args), **options)


def act(*rest: Any, **options: Any) -> Sample:
    """A service that takes the number of an act, and more."""
    return Sample(
        lambda w, service, d, c, scope: service(d, c, f"P{w.acts[scope]}", *rest), about=True, **options
    )


def visit(*rest: Any, **options: Any) -> Sample:
    """A service that takes the number of an exchange as text, and more."""

    def call(w: World, service: Any, desk: Desk, caller: Caller, scope: Scope) -> Awaitable[Any]:
        return service(desk, caller, f"X{w.exchanges[scope]}", *rest)

    return Sample(call, about=True, **options)


def plan(*rest: Any) -> Sample:
    """A service that tells what became of the planned exchange of a number: anybody's business who may log."""

    def call(w: World, service: Any, desk: Desk, caller: Caller, scope: Scope) -> Awaitable[Any]:
        return service(desk, caller, w.plans[scope], *rest)

    return Sample(call, about=True, changes=True)


def lesson(*rest: Any, **options: Any) -> Sample:
    """A service that takes the exchange and the key of a lesson, and more."""
    return Sample(
        lambda w, service, desk, caller, scope: service(
            desk, caller, w.taught[scope], lesson_of(scope), *rest
        ),
        about=True,
        **options,
    )


async def fitting(w: World, service: Any, desk: Desk, caller: Caller, _: Scope) -> Any:
    """What fits a plan that everybody knows of."""
    async with desk.database.read() as session:
        planned = await exchange(session, w.offices["kaohsiung"].viewer, w.plans[Scope.PUBLIC])
    return await service(desk, caller, planned)


def contact(*rest: Any, **options: Any) -> Sample:
    """A service that takes the number of a contact as text, and more."""

    def call(w: World, service: Any, desk: Desk, caller: Caller, scope: Scope) -> Awaitable[Any]:
        return service(desk, caller, f"C{w.contacts[scope]}", *rest)

    return Sample(call, about=True, **options)


def note(*rest: Any, **options: Any) -> Sample:
    """A service that takes the number of a pressure note as text, and more."""

    def call(w: World, service: Any, desk: Desk, caller: Caller, scope: Scope) -> Awaitable[Any]:
        return service(desk, caller, f"N{w.notes[scope]}", *rest)

    return Sample(call, about=True, scopes=RecordKind.PRESSURE.scopes, **options)


def numbered_note(*rest: Any) -> Sample:
    """A service that changes the note of a number, as it was shown first."""

    def call(w: World, service: Any, desk: Desk, caller: Caller, scope: Scope) -> Awaitable[Any]:
        return service(desk, caller, w.notes[scope], 1, *rest)

    return Sample(call, about=True, changes=True, others_work=True, scopes=RecordKind.PRESSURE.scopes)


def own(make: Callable[[World, Office], tuple[Any, ...]], **options: Any) -> Sample:
    """A service about the caller's own office; the operator without one is told to name it."""

    def call(w: World, service: Any, desk: Desk, caller: Caller, _: Scope) -> Awaitable[Any]:
        return service(desk, caller, *make(w, caller.office or w.offices["kaohsiung"]))

    return Sample(call, **options)


NO_GROUP = (
    "group.unknown",
    "group.not_joined",
    "group.no_invitation",
    "group.left_already",
    "standing_forbids",
)
TAKEN = ("office.server_has_another", "office.taken", "office.needs_code", "office.code_needed")

NOT_THE_OTHER_SIDE = ("confirmation.own", "confirmation.no_party")
REMINDER = Which(ReminderKind.ANNIVERSARY, "P1", date(2026, 12, 24), 30)
REQUESTS = count(9_000)

NOTE = NoteFields("2024", "A letter came", sources="the letter")

SAMPLES: dict[str, Sample] = {
    "audit.office_history": sample(),
    "audit.recent_records": sample(),
    "audit.record_history": visit(whole=True),
    "audit.undo": visit(changes=True, others_work=True, whole=True),
    "audit.undo_entry": Sample(
        lambda w, service, desk, caller, scope: service(desk, caller, w.entries[scope]),
        about=True, changes=True, others_work=True, whole=True,
    ),
    "claims.add_claim": act(
        Fact.KIND, ClaimFields("mou", "A letter"), changes=True, others_work=True, whole=True
    ),
    "claims.claims_of": act(whole=True),
    "claims.open_claim": act(changes=True, others_work=True, whole=True),
    "claims.prefer_claim": act("1", changes=True, others_work=True, whole=True),
    "commitments.finish_promise": Sample(
        lambda w, service, desk, caller, scope: service(desk, caller, f"P{w.acts[scope]}", "1"),
        about=True, changes=True, may_fail=("promise.unknown",),
    ),
    "commitment_sheet.implementation_sheet": Sample(
        lambda w, service, desk, caller, scope: service(desk, caller, CommitmentFilter(number=w.acts[scope])),
        about=True,
    ),
    "commitments.list_commitments": Sample(
        lambda w, service, desk, caller, scope: service(desk, caller, CommitmentFilter(number=w.acts[scope])),
        about=True,
    ),
    "commitments.open_promise": act(changes=True),
    "commitments.save_promise": Sample(
        lambda w, service, desk, caller, scope: service(
            desk, caller, w.acts[scope], "", 1, PromiseFields("a visit")
        ),
        about=True, changes=True,
    ),
    "confirmations.confirm_exchange": visit(may_fail=NOT_THE_OTHER_SIDE),
    "confirmations.note_difference": visit("We were four.", may_fail=NOT_THE_OTHER_SIDE),
    "confirmations.open_difference": visit(may_fail=NOT_THE_OTHER_SIDE),
    "contact_lists.complete_contacts": sample("only"),
    "contact_lists.list_alumni": sample(),
    "contact_lists.list_contacts": sample(ContactFilter(post="only")),
    "contact_lists.show_contact": contact(),
    "contact_removal.check_removable_contact": contact(changes=True, others_work=True),
    "contact_removal.remove_contact": Sample(
        lambda w, service, desk, caller, scope: service(desk, caller, w.contacts[scope], 1),
        about=True, changes=True, others_work=True,
    ),
    "contacts.add_contact": sample(
        ContactForm("seattle", ContactFields("Jane Doe", post="Mayor")), "matrix", may_fail=("form.refused",)
    ),
    "contacts.check_contact": sample("Seattle"),
    "contact_rounds.confirm_contact": Sample(
        lambda w, service, desk, caller, scope: service(desk, caller, w.contacts[scope], 1),
        about=True, changes=True,
    ),
    "contacts.contact_left": contact("yesterday", changes=True, others_work=True),
    "contacts.edit_contact": Sample(
        lambda w, service, desk, caller, scope: service(
            desk, caller, w.contacts[scope], 1, ContactFields("Jane Doe", post="Mayor"), ContactRole.OTHER
        ),
        about=True, changes=True, others_work=True,
    ),
    "contact_rounds.next_to_confirm": sample(),
    "contacts.open_contact": contact(changes=True, others_work=True),
    "decisions.finish_decision": visit("1", changes=True, may_fail=("decision.unknown",)),
    "decisions.open_decision": visit("1", changes=True, may_fail=("decision.unknown",)),
    "editing.check_removable": visit(changes=True, others_work=True),
    "editing.edit_visit": Sample(
        lambda w, service, desk, caller, scope: service(
            desk, caller, w.exchanges[scope], 1, VisitFields("yesterday", people="6")
        ),
        about=True, changes=True, others_work=True,
    ),
    "editing.open_visit": visit(changes=True, others_work=True),
    "editing.remove_visit": Sample(
        lambda w, service, desk, caller, scope: service(desk, caller, w.exchanges[scope], 1),
        about=True, changes=True, others_work=True,
    ),
    "editing.set_scope": visit(Scope.PUBLIC, changes=True, others_work=True),
    "exchange_details.edit_details": Sample(
        lambda w, service, desk, caller, scope: service(
            desk, caller, w.exchanges[scope], 1, {"venue": "City Hall"}
        ),
        about=True, changes=True, others_work=True,
    ),
    "exchange_details.open_details": visit(changes=True, others_work=True),
    "exchange_lists.find_exchanges": own(
        lambda w, _: (ExchangeFilter(w.offices["kaohsiung"].place.id, w.offices["seattle"].place.id),)
    ),
    "exchange_lists.show_exchange": visit(),
    "exchange_lists.visit_balance": own(
        lambda w, _: (w.offices["kaohsiung"].place.id, w.offices["seattle"].place.id)
    ),
    "exchanges.check_partners": sample("Seattle", may_fail=("visit.with_oneself",)),
    "exchanges.log_report": sample(
        Report(("seattle",), ExchangeKind.VISIT, PartialDate(2026, 11, 1)), "matrix", may_fail=("form.refused",)
    ),
    "exchanges.log_visit": sample(VisitForm("seattle", "yesterday"), "matrix", may_fail=("form.refused",)),
    "groups.about_to_leave": sample("Friends", may_fail=NO_GROUP),
    "groups.accept_invitation": sample("Friends", may_fail=(*NO_GROUP, "group.joined_already")),
    "group_lists.complete_groups": sample("fri", MembershipState.JOINED),
    "group_lists.complete_offices": Sample(
        lambda _w, service, desk, caller, _s: service(desk, caller, "ta", "Friends", invited=False)
    ),
    "groups.decline_invitation": sample("Friends", may_fail=(*NO_GROUP, "group.joined_already")),
    "groups.found_group": sample("Harbour cities", may_fail=("standing_forbids",)),
    "groups.invite_office": sample("Friends", "tainan", may_fail=NO_GROUP),
    "groups.join_group": sample("Friends", "tainan"),
    "groups.leave_group": own(lambda w, _: (w.group, w.since), may_fail=NO_GROUP),
    "group_lists.list_groups": sample(),
    "group_lists.own_groups": sample(),
    "groups.withdraw_invitation": sample("Friends", "tainan", may_fail=(*NO_GROUP, "group.not_invited")),
    "held_acts.complete_acts": sample("only"),
    "invitations.invite_office": sample("prague", Standing.GUEST),
    "office_check.check_office": sample(),
    "kind_rules.change_kind_rule": own(lambda _, o: (Kind.MOU, "A pact", "盟約", o.version)),
    "office_settings.change_channels": own(lambda _, o: (ChannelsForm({}), o.version)),
    "office_settings.change_posting": own(lambda _, o: (PostingForm(zone="Asia/Taipei", hour="10"), o.version)),
    "office_settings.change_roles": own(lambda _, o: (RolesForm({}, "reader"), o.version)),
    "office_settings.change_standing": own(lambda w, _: (w.offices["tainan"], Standing.GUEST)),
    "offices.begin_setup": own(lambda _, o: (o.place.key,), may_fail=TAKEN),
    "offices.complete_cities": sample("only"),
    "offices.office_that_keeps": act(whole=True),
    "offices.list_offices": sample(),
    "offices.set_up_office": own(
        lambda _, o: (o.place.key, 77, PostingForm(zone="Asia/Taipei")), may_fail=TAKEN
    ),
    "lessons.add_lesson": Sample(
        lambda w, service, desk, caller, scope: service(
            desk, caller, f"X{w.taught[scope]}", "matrix", LessonFields(worked="A short agenda")
        ),
        about=True, changes=True,
    ),
    "lessons.complete_lesson": lesson("the minutes", None, changes=True),
    "lessons.find_lessons": sample(),
    "lessons.fitting_lessons": Sample(fitting),
    "lessons.lessons_of": Sample(
        lambda w, service, desk, caller, scope: service(desk, caller, f"X{w.taught[scope]}"), about=True
    ),
    "lessons.note_helped": lesson(),
    "lessons.open_lesson": Sample(
        lambda w, service, desk, caller, scope: service(desk, caller, f"X{w.taught[scope]}"),
        about=True, changes=True,
    ),
    "lessons.open_more": lesson(changes=True),
    "life.end_act": act(
        StepWords("2020", reason="a new policy", by_whom="the council"), changes=True, others_work=True
    ),
    "life.open_end": act(changes=True, others_work=True),
    "life.pause_act": act(StepWords("2020", reason="an election"), changes=True, others_work=True),
    "life.resume_act": act(StepWords(), changes=True, others_work=True, whole=True, may_fail=("life.not_paused",)),
    "calendars.office_calendar": sample(),
    "celebrations.open_celebration": act(),
    "celebrations.plan_celebration": Sample(
        lambda w, service, desk, caller, scope: service(
            desk, caller, f"P{w.acts[scope]}", CelebrationForm("2027-01-01", "A concert"), str(next(REQUESTS))
        ),
        about=True,
    ),
    "office_settings.change_leads": own(lambda _, o: (LeadsForm("30, 0", "none"), o.version)),
    "reminder_lists.reminder_log": sample(),
    "reminder_lists.upcoming": sample(90),
    "tending.assign": sample(REMINDER, 5, may_fail=("reminders.over",)),
    "tending.finish": sample(REMINDER, may_fail=("reminders.over",)),
    "tending.mute": sample("seattle", may_fail=("mute.no_tie",)),
    "tending.muted_ties": sample(),
    "tending.snooze": sample(REMINDER, date(2026, 12, 1), may_fail=("reminders.over",)),
    "tending.unmute": sample("seattle", may_fail=("mute.no_tie", "mute.not_muted")),
    "tending.which_about": sample("P1", may_fail=("reminders.none_about",)),
    "comparing.compare": sample("seattle", "taipei"),
    "partner_exchanges.list_exchanges": Sample(
        lambda w, service, desk, caller, _: service(
            desk, caller, w.offices["kaohsiung"].place.id, w.offices["seattle"].place.id
        )
    ),
    "partner_lists.countries_of_ties": sample(),
    "partner_lists.list_partners": own(
        lambda w, _: (PartnerFilter(w.offices["kaohsiung"].place.id, all_kinds=True, any_status=True),)
    ),
    "partnerships.show_partner": act(),
    "place_ties.ties_with": Sample(
        lambda w, service, desk, caller, _: service(desk, caller, w.offices["seattle"].place.id)
    ),
    "partnership_adding.add_partnership": sample(
        ActForm("seattle", "mou", source="a letter"), "matrix-act", may_fail=("form.refused",)
    ),
    "partnership_adding.check_new_act": sample(
        ActForm("seattle", "mou"), may_fail=("act.with_oneself",)
    ),
    "partnership_adding.complete_new_partners": sample("only"),
    "partnership_editing.complete_acts": sample("only"),
    "partnership_editing.edit_act": Sample(
        lambda w, service, desk, caller, scope: service(desk, caller, w.acts[scope], 1, {"owner": "Wang"}),
        about=True, changes=True, others_work=True,
    ),
    "partnership_editing.open_act": act(changes=True, others_work=True),
    "partnership_editing.replace_act": Sample(
        lambda w, service, desk, caller, scope: service(
            desk, caller, f"P{w.acts[scope]}", f"P{max(w.acts.values()) + 1}"
        ),
        about=True, changes=True, others_work=True,
    ),
    "places.complete_partners": sample("only"),
    "places.complete_places": sample("only"),
    "places.place_meant": sample("Kaohsiung"),
    "profiles.edit_profile": own(
        lambda _, o: (o.place.key, {Side.SEEKS: "housing"}, "the office itself"), may_fail=("profile.not_ours",)
    ),
    "profiles.last_change_of_profile": sample("Kaohsiung", may_fail=("undo.no_entry",)),
    "profiles.show_profile": sample("Kaohsiung"),
    "profiles.undo_profile": sample(0, may_fail=("undo.no_entry",)),
    "office_measures.change_cadence": own(lambda _, o: (Kind.MOU, 6, o.version)),
    "office_measures.change_weekly_list": own(lambda _, o: (WeeklyListForm("friday", "8"), o.version)),
    "office_measures.change_weights": own(lambda _, o: (None, o.version)),
    "reviving.revive_kit": act(may_fail=("revive.not_ours",)),
    "end_proposals.propose_end": Sample(
        lambda w, service, d, c, scope: service(d, c, w.acts[scope], "no answer"),
        about=True,
        may_fail=("record.unknown",),
    ),
    "health.health_of_ties": sample(),
    "health.tie_health": act(),
    "matching.match_partners": sample("port"),
    "asked_queries.keep_query": sample(Query(asked=Asked.PLACES), may_fail=("office.none",)),
    "asked_queries.kept_query": sample("no-such-key", may_fail=("question.gone", "office.none")),
    "savings.change_savings": own(lambda _, o: (SavingsForm("no"), o.version)),
    "questions.answer_query": sample("", Query(asked=Asked.PLACES)),
    "questions.ask": sample("Which partners do we have?"),
    "question_examples.question_examples": sample("seattle", 1),
    "unanswered.keep_questions": sample(True),
    "unanswered.keep_unanswered": sample(NO_QUESTION),
    "unanswered.list_unanswered": sample(),
    "unanswered.mark_out_of_scope": sample(1, may_fail=("unanswered.gone",)),
    "unanswered.remove_unanswered": sample(1, may_fail=("unanswered.gone",)),
    "unanswered.show_unanswered": sample(1, may_fail=("unanswered.gone",)),
    "unanswered.teach_name": sample(
        1, "Emerald City", "Seattle", may_fail=("unanswered.gone", "standing_forbids")
    ),
    "sentences.log_sentence": sample(
        SENTENCE, date(2026, 11, 20), "matrix", may_fail=("form.refused", "sentence.open")
    ),
    "sentences.read_sentence": sample(SENTENCE),
    "pressure.add_note": sample(
        NoteForm(Incident.OTHER, NOTE, ("seattle",)), "matrix", may_fail=("form.refused",)
    ),
    "pressure.check_note": sample(("Seattle",)),
    "pressure.check_removable_note": note(changes=True, others_work=True),
    "pressure.edit_note": numbered_note(NOTE, NoteChange()),
    "pressure.open_note": note(changes=True, others_work=True),
    "pressure.remove_note": numbered_note(),
    "pressure_facts.rule_facts": sample(),
    "pressure_lists.complete_notes": sample("only"),
    "pressure_lists.list_notes": sample(NoteFilter()),
    "pressure_lists.show_note": note(),
    "privacy.ask_to_erase": sample(["Lin Meihua"]),
    "privacy.erase_as_asked": sample("no-such-key", may_fail=("privacy.expired",)),
    "privacy.erase_own_data": sample(),
    "privacy.erase_person": sample(["Lin Meihua"]),
    "privacy.find_person": sample(["Onlyofficeville", "Onlygroupville", "Onlysharedville"], whole=True),
    "privacy.forget_me": sample(),
    "privacy.forget_user": sample(AUTHOR),
    "privacy.own_data": sample(),
    "privacy.stored_about_me": sample(),
    "privacy.stored_about_user": sample(AUTHOR),
    "pilots.open_pilot": act(changes=True),
    "pilots.pilots_of": act(whole=True),
    "pilots.save_pilot": Sample(
        lambda w, service, desk, caller, scope: service(
            desk, caller, w.acts[scope], "", 1, PilotFields("a week")
        ),
        about=True, changes=True,
    ),
    "prospect_steps.drop_office_steps": own(lambda w, _: (w.offices["tainan"],)),
    "prospect_steps.prospect_steps": act(),
    "prospect_steps.steps_of_office": sample(),
    "prospect_steps.take_step": Sample(
        lambda w, service, desk, caller, scope: service(desk, caller, f"P{w.acts[scope]}", "travel"),
        about=True, changes=True,
    ),
    "prospects.check_prospect": act(changes=True, may_fail=("prospect.none",)),
    "prospects.list_prospects": sample(),
    "prospects.move_prospect": Sample(
        lambda w, service, desk, caller, scope: service(
            desk, caller, f"P{w.acts[scope]}", Move(Stage.DROPPED, "because")
        ),
        about=True, changes=True, may_fail=("prospect.none",),
    ),
    "prospects.open_plan": act(changes=True),
    "prospects.save_plan": Sample(
        lambda w, service, desk, caller, scope: service(desk, caller, w.acts[scope], 1, Plan("somebody")),
        about=True, changes=True,
    ),
    "visit_planning.plan_visit": sample(
        PlanForm(("seattle",), "2026-12-03 10:00"), "matrix", may_fail=("form.refused",)
    ),
    "visit_planning.propose_slots": sample(("Seattle",), may_fail=("visit.with_oneself",)),
    "visit_status.cancel": plan("a typhoon"),
    "visit_status.confirm_held": plan(),
    "visit_status.move": plan("2026-12-05"),
    "visit_status.open_plan": Sample(
        lambda w, service, desk, caller, scope: service(desk, caller, f"X{w.plans[scope]}"),
        about=True, changes=True,
    ),
    "coming.coming_anniversaries": sample(90),
    "quiet.quiet_ties": sample(),
    "timeline.timeline": act(),
}  # fmt: skip


def test_every_service_has_a_rule_and_a_sample() -> None:
    """A service that somebody adds cannot be left out of the matrix."""
    found = services()
    assert [name for name, service in found.items() if action_of(service) is None] == []
    assert set(found) ^ set(SAMPLES) == set()


WITHOUT_CALLER = {
    "backups.make_backup": "the operator's, at the command line",
    "exports.export_registry": "takes the viewer, chosen at the command line",
    "findings.revision_finding": "says nothing of the registry",
    "imports.bring_in": "the operator's, at the command line",
    "imports.import_file": "the operator's, at the command line",
    "office_settings.office_as_stored": "what a service that asked has just stored",
    "offices.all_offices": "for wiring: doctor, rehearsal, the command line",
    "offices.office_named": "for wiring: whose eyes `--office` lends",
    "offices.office_of_guild": "finds out who the caller is",
    "places.place_with_id": "the place of a button that the person was shown",
    "preferences.caller_for": "finds out who the caller is",
    "preferences.choose_language": "one's own language, by one's own id",
    "preferences.keep_draft": "what one typed oneself, by one's own id",
    "preferences.read_draft": "what one typed oneself, by one's own id",
    "starter.seed": "the operator's, at the command line",
}
"""Services that nobody is asked for, with the reason; those of the reminder loop and of processes are apart."""

LOOPS = ("outbox.", "reminders.", "sleep.", "troubles.", "workers.")


def test_what_runs_without_a_caller_has_a_reason() -> None:
    """A service that forgets to ask who calls would be open to everybody."""
    found = {name for name in set(dict(taking("desk"))) - set(services()) if not name.startswith(LOOPS)}
    assert found ^ set(WITHOUT_CALLER) == set()


# The matrix ------------------------------------------------------------------------------------------------

WHO = (*STANDINGS, None)
ROLES = tuple(Role)


def caller_of(world: World, who: str | None, role: Role) -> Caller:
    office = world.offices[who] if who else None
    return Caller("en", 42, 4242, office, role)


@pytest.mark.parametrize("name", sorted(SAMPLES))
async def test_the_matrix(world: World, name: str) -> None:
    """Every office and role and scope; refusals are sentences in both languages, and change nothing."""
    service, chosen = services()[name], SAMPLES[name]
    action = action_of(service)
    assert action is not None
    for who, role, scope in product(WHO, ROLES, chosen.scopes if chosen.about else [Scope.OFFICE]):
        where = f"{name}, {who}, {role}, {scope}"
        caller = caller_of(world, who, role)
        before = await entries(world.desk)
        result, error = await attempt(chosen.call(world, service, world.desk, caller, scope))
        if refusal(action, role, STANDINGS[who] if who else None):
            assert isinstance(error, NotAllowed | Unavailable), (where, error)
        elif who is None and isinstance(error, Unavailable):
            assert error.key == "office.none", (where, error)  # the operator has to say for which office
        elif expected := outcome(world, chosen, caller, scope):
            assert isinstance(error, expected), (where, error)
        elif error is not None:
            assert error.key in chosen.may_fail, (where, error)
        if error is not None:
            assert await entries(world.desk) == before, where
            assert_sentence(error)
        if not (chosen.whole and alone(caller)):
            assert_nothing_hidden(caller, repr(error.values if error else result), where)


async def attempt(call: Awaitable[Any]) -> tuple[Any, AttacheError | None]:
    """What a call gives, or the error for people that it ends in."""
    try:
        return await call, None
    except AttacheError as error:
        return None, error


def outcome(world: World, chosen: Sample, caller: Caller, scope: Scope) -> type[AttacheError] | None:
    """How an allowed call about a record ends: in an error of this type, or, None, well."""
    if not chosen.about or (chosen.whole and alone(caller)):
        return None
    owner, party = world.offices["kaohsiung"].id, who_is_party(caller)
    if not may_see(caller.viewer, scope, owner, party=party):
        return NotFound
    if alone(caller):
        return None
    if chosen.changes and not may_change(caller.viewer, owner, party=party):
        return NotAllowed
    if chosen.others_work and not caller.role.covers(Role.EDITOR):
        return NotAllowed
    return None


def alone(caller: Caller) -> bool:
    """Whether it is the operator, speaking for no office."""
    return caller.role is Role.OPERATOR and caller.office is None


def who_is_party(caller: Caller) -> bool:
    return caller.office is not None and caller.office.place.key in ("kaohsiung", "seattle")


def assert_nothing_hidden(caller: Caller, told: str, where: str) -> None:
    """No word of a record that the caller may not see."""
    kaohsiung = 1
    for scope in Scope:
        if not may_see(caller.viewer, scope, kaohsiung, party=who_is_party(caller)):
            assert marker(scope).lower() not in told.lower(), where


def assert_sentence(error: AttacheError) -> None:
    """The error has a text in each language."""
    for language in ("en", "zh-TW"):
        assert len(error_text(Texts(language), error)) > 5


async def entries(desk: Desk) -> int:
    async with desk.database.read() as session:
        return await session.scalar(select(func.count()).select_from(AuditRow)) or 0
