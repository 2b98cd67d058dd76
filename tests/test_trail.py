"""Every service that changes something leaves one entry in the audit trail when it succeeds, and none when it fails.

The services are found by looking through `bot.services`: one that changes something, without a trial here, fails.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

import bot.services
from bot.domain.access import Action, Role, Scope, Standing
from bot.domain.claims import Fact
from bot.domain.contacts import ContactRole
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError
from bot.domain.groups import Group
from bot.domain.health import Aspect
from bot.domain.offices import Office, Purpose
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.domain.pressure import Incident
from bot.domain.profiles import Side
from bot.domain.prospecting import Step
from bot.domain.prospects import Stage
from bot.domain.reminders import ReminderKind
from bot.domain.saving_rules import SavingsForm
from bot.services import (
    audit,
    celebrations,
    claims,
    commitments,
    confirmations,
    contact_removal,
    contact_rounds,
    contacts,
    decisions,
    editing,
    end_proposals,
    exchange_details,
    exchanges,
    groups,
    invitations,
    kind_rules,
    lessons,
    life,
    office_measures,
    office_settings,
    offices,
    partnership_adding,
    partnership_editing,
    pilots,
    pressure,
    privacy,
    profiles,
    prospect_steps,
    prospects,
    questions,
    savings,
    sentences,
    tending,
    unanswered,
    visit_planning,
    visit_status,
)
from bot.services.access import action_of
from bot.services.claims import ClaimFields
from bot.services.commitment_fields import PromiseFields
from bot.services.contact_fields import ContactFields
from bot.services.desk import Caller, Desk
from bot.services.exchanges import VisitForm
from bot.services.life import StepWords
from bot.services.office_measures import WeeklyListForm
from bot.services.office_settings import ChannelsForm, PostingForm, RolesForm
from bot.services.partnership_adding import ActForm
from bot.services.pilots import PilotFields
from bot.services.pressure_fields import NoteFields
from bot.services.prospects import Move, Plan
from db.office_steps import change_office_steps
from tests.conftest import NOW
from tests.records import AuditEntry, audit_entries, office_of, person
from tests.test_commitments import act
from tests.test_logging import REPORT
from tests.test_visit_status import PLAN

CHANGING = {
    Action.LOG, Action.EDIT, Action.REMIND, Action.SILENCE, Action.SET_UP, Action.ADMINISTER, Action.OPERATE,
}  # fmt: skip

READING = {
    "audit.office_history",
    "celebrations.open_celebration",
    "claims.open_claim",
    "commitments.open_promise",
    "confirmations.open_difference",
    "contact_removal.check_removable_contact",
    "contacts.check_contact",
    "contact_rounds.next_to_confirm",
    "contacts.open_contact",
    "decisions.open_decision",
    "editing.check_removable",
    "editing.open_visit",
    "exchange_details.open_details",
    "exchanges.check_partners",
    "groups.about_to_leave",
    "lessons.open_lesson",
    "lessons.open_more",
    "life.open_end",
    "group_lists.complete_groups",
    "group_lists.complete_offices",
    "group_lists.list_groups",
    "office_check.check_office",
    "offices.begin_setup",
    "offices.complete_cities",
    "offices.list_offices",
    "offices.office_that_keeps",
    "partnership_adding.check_new_act",
    "partnership_adding.complete_new_partners",
    "partnership_editing.complete_acts",
    "partnership_editing.open_act",
    "pilots.open_pilot",
    "pressure.check_note",
    "pressure.check_removable_note",
    "pressure.open_note",
    "privacy.ask_to_erase",
    "privacy.find_person",
    "privacy.own_data",
    "privacy.stored_about_user",
    "profiles.last_change_of_profile",
    "prospects.check_prospect",
    "prospects.open_plan",
    "unanswered.list_unanswered",
    "unanswered.show_unanswered",
    "visit_planning.propose_slots",
    "visit_status.open_plan",
    "tending.which_about",
}
"""Services for which the right to change something is needed, but that only look; a question that waits to be
confirmed is kept as a draft."""

FORM = VisitForm("seattle-us", "yesterday", topic="Housing with Chen Mei-ling")


@dataclass(frozen=True)
class Play:
    """Kaohsiung's office with an editor and an administrator, Tainan's, and the operator."""

    desk: Desk
    home: Office
    tainan: Office

    @property
    def editor(self) -> Caller:
        return person(self.home, Role.EDITOR)

    @property
    def administrator(self) -> Caller:
        return person(self.home, Role.ADMINISTRATOR)

    @property
    def operator(self) -> Caller:
        return Caller("en", role=Role.OPERATOR)

    async def logged(self) -> tuple[int, int]:
        """A visit of today: its number, and its entry."""
        done = await exchanges.log_visit(self.desk, self.editor, FORM, "test:logged")
        return done.exchange.id, done.entry

    async def group(self, *, invited: bool = False) -> Group:
        """A group of Tainan's, to which Kaohsiung is perhaps invited."""
        founder = person(self.tainan, Role.ADMINISTRATOR, 2)
        group = await groups.found_group(self.desk, founder, "Test circle")
        if invited:
            await groups.invite_office(self.desk, founder, group.key, "kaohsiung-tw")
        return group


Call = Callable[[], Awaitable[Any]]
Trial = Callable[[Play], Awaitable[tuple[Call, Call]]]
TRIALS: dict[str, Trial] = {}
"""For each service: what has to be there, and then a call that succeeds and one that fails."""


def trial(service: Callable[..., Any]) -> Callable[[Trial], Trial]:
    def register(made: Trial) -> Trial:
        TRIALS[f"{service.__module__.removeprefix('bot.services.')}.{service.__name__}"] = made
        return made

    return register


# Records ----------------------------------------------------------------------------------------------------


@trial(exchanges.log_visit)
async def _log(play: Play) -> tuple[Call, Call]:
    log = partial(exchanges.log_visit, play.desk, play.editor)
    return partial(log, FORM, "test:1"), partial(log, replace(FORM, date="tomorrow"), "test:2")


@trial(exchanges.log_report)
async def _log_report(play: Play) -> tuple[Call, Call]:
    log = partial(exchanges.log_report, play.desk, play.editor)
    return partial(log, REPORT, "test:1"), partial(log, replace(REPORT, people=0), "test:2")


@trial(exchange_details.edit_details)
async def _edit_details(play: Play) -> tuple[Call, Call]:
    number, _ = await play.logged()
    edit = partial(exchange_details.edit_details, play.desk, play.editor, number, 1)
    return partial(edit, {"venue": "City Hall"}), partial(edit, {"minutes": "soon"})


@trial(sentences.log_sentence)
async def _log_sentence(play: Play) -> tuple[Call, Call]:
    log = partial(sentences.log_sentence, play.desk, play.editor)
    sentence = "Video call with Seattle yesterday about housing"
    return partial(log, sentence, NOW.date(), "test:1"), partial(log, "Hello", NOW.date(), "test:2")


@trial(visit_planning.plan_visit)
async def _plan_visit(play: Play) -> tuple[Call, Call]:
    plan = partial(visit_planning.plan_visit, play.desk, play.editor)
    form = visit_planning.PlanForm(("seattle-us",), "2026-12-03 10:00")
    return partial(plan, form, "test:1"), partial(plan, replace(form, when="2026-12-03"), "test:2")


async def _logged_by_tainan(play: Play) -> str:
    """What Tainan's office logged with Kaohsiung; its record number."""
    form = replace(FORM, partner="kaohsiung-tw")
    return (await exchanges.log_visit(play.desk, person(play.tainan), form, "test:tainan")).exchange.record


@trial(confirmations.confirm_exchange)
async def _confirm_exchange(play: Play) -> tuple[Call, Call]:
    confirm = partial(confirmations.confirm_exchange, play.desk, play.editor)
    return partial(confirm, await _logged_by_tainan(play)), partial(confirm, "X99999")


@trial(confirmations.note_difference)
async def _note_difference(play: Play) -> tuple[Call, Call]:
    note = partial(confirmations.note_difference, play.desk, play.editor, await _logged_by_tainan(play))
    return partial(note, "We were four."), partial(note, " ")


@trial(decisions.finish_decision)
async def _finish_decision(play: Play) -> tuple[Call, Call]:
    number, _ = await play.logged()
    await exchange_details.edit_details(play.desk, play.editor, number, 1, {"decisions": "a fair | Lin"})
    finish = partial(decisions.finish_decision, play.desk, play.editor, f"X{number}")
    return partial(finish, "fair", "yesterday"), partial(finish, "fair", "soon")


LESSON = lessons.LessonFields(worked="A short agenda")


@trial(lessons.add_lesson)
async def _add_lesson(play: Play) -> tuple[Call, Call]:
    number, _ = await play.logged()
    add = partial(lessons.add_lesson, play.desk, play.editor, f"X{number}")
    return partial(add, "test-1", LESSON), partial(add, "test-2", lessons.LessonFields())


@trial(lessons.complete_lesson)
async def _complete_lesson(play: Play) -> tuple[Call, Call]:
    number, _ = await play.logged()
    await lessons.add_lesson(play.desk, play.editor, f"X{number}", "test-1", LESSON)
    complete = partial(lessons.complete_lesson, play.desk, play.editor, number)
    return partial(complete, "test-1", "the minutes", None), partial(complete, "test-2", "the minutes", None)


async def _planned(play: Play) -> int:
    """An exchange that was planned for yesterday; its number."""
    return (await exchanges.log_report(play.desk, play.editor, PLAN, "test:planned")).exchange.id


@trial(visit_status.confirm_held)
async def _confirm_held(play: Play) -> tuple[Call, Call]:
    confirm = partial(visit_status.confirm_held, play.desk, play.editor)
    return partial(confirm, await _planned(play)), partial(confirm, 99_999)


async def _held(play: Play) -> int:
    number = await _planned(play)
    await visit_status.confirm_held(play.desk, play.editor, number)
    return number


async def _unanswered(play: Play) -> int:
    """A question that was not understood, kept for the administrator; its number."""
    asked = await questions.ask(play.desk, play.administrator, "Frobnicate the wibble of Gothmog")
    await unanswered.keep_unanswered(play.desk, play.administrator, asked)
    (kept,) = await unanswered.list_unanswered(play.desk, play.administrator)

    return kept.number


@trial(unanswered.mark_out_of_scope)
async def _mark_out_of_scope(play: Play) -> tuple[Call, Call]:
    mark = partial(unanswered.mark_out_of_scope, play.desk, play.administrator)
    return partial(mark, await _unanswered(play)), partial(mark, 99_999)


@trial(unanswered.remove_unanswered)
async def _remove_unanswered(play: Play) -> tuple[Call, Call]:
    remove = partial(unanswered.remove_unanswered, play.desk, play.administrator)
    return partial(remove, await _unanswered(play)), partial(remove, 99_999)


@trial(unanswered.teach_name)
async def _teach_name(play: Play) -> tuple[Call, Call]:
    teach = partial(unanswered.teach_name, play.desk, play.administrator, await _unanswered(play))
    return partial(teach, "Gothmog", "Seattle"), partial(teach, "7", "Seattle")


@trial(unanswered.keep_questions)
async def _keep_questions(play: Play) -> tuple[Call, Call]:
    keep = partial(unanswered.keep_questions, play.desk)
    return partial(keep, play.administrator, False), partial(keep, play.editor, False)


@trial(visit_status.move)
async def _move_visit(play: Play) -> tuple[Call, Call]:
    move = partial(visit_status.move, play.desk, play.editor, await _planned(play))
    return partial(move, "2026-12-05"), partial(move, "someday")


@trial(visit_status.cancel)
async def _cancel(play: Play) -> tuple[Call, Call]:
    cancel = partial(visit_status.cancel, play.desk, play.editor, await _planned(play))
    return partial(cancel, "typhoon"), partial(cancel, "x" * 501)


@trial(savings.change_savings)
async def _change_savings(play: Play) -> tuple[Call, Call]:
    change = partial(savings.change_savings, play.desk, play.administrator, version=play.home.version)
    return partial(change, SavingsForm("no")), partial(change, SavingsForm(nights="some"))


@trial(editing.edit_visit)
async def _edit(play: Play) -> tuple[Call, Call]:
    number, _ = await play.logged()
    fields = replace((await editing.open_visit(play.desk, play.editor, f"X{number}")).fields, people="7")
    edit = partial(editing.edit_visit, play.desk, play.editor, number)
    return partial(edit, 1, fields), partial(edit, 5, fields)


@trial(editing.remove_visit)
async def _remove(play: Play) -> tuple[Call, Call]:
    number, _ = await play.logged()
    remove = partial(editing.remove_visit, play.desk, play.editor, number)
    return partial(remove, 1), partial(remove, 5)


@trial(claims.add_claim)
async def _claim(play: Play) -> tuple[Call, Call]:
    add = partial(claims.add_claim, play.desk, play.editor, "P191", Fact.SIGNED)
    return partial(add, ClaimFields("1966-07-01", "A letter")), partial(add, ClaimFields("1966-07-01", ""))


@trial(claims.prefer_claim)
async def _prefer(play: Play) -> tuple[Call, Call]:
    prefer = partial(claims.prefer_claim, play.desk, play.editor)
    return partial(prefer, "P198", "ritouki"), partial(prefer, "P208", "2")


@trial(editing.set_scope)
async def _scope(play: Play) -> tuple[Call, Call]:
    number, _ = await play.logged()
    rescope = partial(editing.set_scope, play.desk, play.editor)
    return partial(rescope, f"X{number}", Scope.OFFICE), partial(rescope, "P191", Scope.OFFICE)


WORDS = StepWords("2020", reason="a new policy", by_whom="Chen Mei-ling")


@trial(life.pause_act)
async def _pause(play: Play) -> tuple[Call, Call]:
    pause = partial(life.pause_act, play.desk, play.editor)
    return partial(pause, "P195", WORDS), partial(pause, "P200", WORDS)


@trial(life.resume_act)
async def _resume(play: Play) -> tuple[Call, Call]:
    await life.pause_act(play.desk, play.editor, "P195", WORDS)
    resume = partial(life.resume_act, play.desk, play.editor)
    return partial(resume, "P195", WORDS), partial(resume, "P191", WORDS)


@trial(life.end_act)
async def _end(play: Play) -> tuple[Call, Call]:
    end = partial(life.end_act, play.desk, play.editor)
    return partial(end, "P195", WORDS), partial(end, "P195", replace(WORDS, since="1990"))


@trial(audit.undo)
async def _undo(play: Play) -> tuple[Call, Call]:
    await play.logged()
    return (
        partial(audit.undo, play.desk, play.editor),
        partial(audit.undo, play.desk, person(play.tainan, Role.EDITOR, 2)),
    )


@trial(audit.undo_entry)
async def _undo_entry(play: Play) -> tuple[Call, Call]:
    _, entry = await play.logged()
    undo = partial(audit.undo_entry, play.desk, play.editor)
    return partial(undo, entry), partial(undo, 99_999)


@trial(commitments.save_promise)
async def _save_promise(play: Play) -> tuple[Call, Call]:
    save = partial(commitments.save_promise, play.desk, play.editor, 195, "", 1)
    return partial(save, PromiseFields("a visit")), partial(save, PromiseFields(""))


@trial(commitments.finish_promise)
async def _finish_promise(play: Play) -> tuple[Call, Call]:
    await commitments.save_promise(play.desk, play.editor, 195, "", 1, PromiseFields("a visit"))
    finish = partial(commitments.finish_promise, play.desk, play.editor, "P195")
    return partial(finish, "1"), partial(finish, "2")


ACT = ActForm("seattle-us", "project", "2020", source="a letter")


@trial(partnership_adding.add_partnership)
async def _add_act(play: Play) -> tuple[Call, Call]:
    add = partial(partnership_adding.add_partnership, play.desk, play.editor)
    return partial(add, ACT), partial(add, replace(ACT, source=""))


@trial(partnership_editing.edit_act)
async def _edit_act(play: Play) -> tuple[Call, Call]:
    number = (await partnership_adding.add_partnership(play.desk, play.editor, ACT)).act.id
    edit = partial(partnership_editing.edit_act, play.desk, play.editor, number)
    return partial(edit, 1, {"note": "new"}), partial(edit, 1, {"signed": "once"})


@trial(partnership_editing.replace_act)
async def _replace_act(play: Play) -> tuple[Call, Call]:
    add = partial(partnership_adding.add_partnership, play.desk, play.editor)
    older = (await add(ACT)).act.record
    later = (await add(replace(ACT, kind="other", signed="2024"))).act.record
    put = partial(partnership_editing.replace_act, play.desk, play.editor)
    return partial(put, older, later), partial(put, older, older)


async def _prospect(play: Play) -> int:
    """An act of Kaohsiung's on its way; its number."""
    return await act(play.desk, kind=Kind.PROSPECTIVE, history=(StatusChange(Status.PROSPECTIVE),))


@trial(prospects.move_prospect)
async def _move(play: Play) -> tuple[Call, Call]:
    move = partial(prospects.move_prospect, play.desk, play.editor, f"P{await _prospect(play)}")
    return partial(move, Move(Stage.DROPPED, "no answer")), partial(move, Move(Stage.DROPPED))


@trial(prospects.save_plan)
async def _save_plan(play: Play) -> tuple[Call, Call]:
    save = partial(prospects.save_plan, play.desk, play.editor, await _prospect(play))
    return partial(save, 1, Plan("Libraries")), partial(save, 5, Plan("Museums"))


@trial(pilots.save_pilot)
async def _save_pilot(play: Play) -> tuple[Call, Call]:
    save = partial(pilots.save_pilot, play.desk, play.editor, await _prospect(play), "", 1)
    return partial(save, PilotFields("a week")), partial(save, PilotFields(""))


@trial(prospect_steps.take_step)
async def _take_step(play: Play) -> tuple[Call, Call]:
    take = partial(prospect_steps.take_step, play.desk, play.editor, f"P{await _prospect(play)}")
    return partial(take, "travel"), partial(take, "no such step")


PERSON = contacts.ContactForm("seattle-us", ContactFields("Jane Doe", post="Mayor"))


@trial(contacts.add_contact)
async def _add_contact(play: Play) -> tuple[Call, Call]:
    add = partial(contacts.add_contact, play.desk, play.editor)
    return partial(add, PERSON, "test:1"), partial(add, replace(PERSON, place="Narnia"), "test:2")


@trial(contacts.edit_contact)
async def _edit_contact(play: Play) -> tuple[Call, Call]:
    number = (await contacts.add_contact(play.desk, play.editor, PERSON, "test:1")).contact.id
    edit = partial(contacts.edit_contact, play.desk, play.editor, number)
    fields = replace(PERSON.fields, phone="+1 206 555 0100")
    return partial(edit, 1, fields, ContactRole.OTHER), partial(edit, 9, fields, ContactRole.OTHER)


@trial(contacts.contact_left)
async def _contact_left(play: Play) -> tuple[Call, Call]:
    record = (await contacts.add_contact(play.desk, play.editor, PERSON, "test:1")).contact.record
    left = partial(contacts.contact_left, play.desk, play.editor, record)
    return partial(left, "yesterday"), partial(left, "yesterday", record)


@trial(contact_rounds.confirm_contact)
async def _confirm_contact(play: Play) -> tuple[Call, Call]:
    before = Desk(play.desk.database, lambda: NOW - timedelta(days=1))
    number = (await contacts.add_contact(before, play.editor, PERSON, "test:1")).contact.id
    confirm = partial(contact_rounds.confirm_contact, play.desk, play.editor, number)
    return partial(confirm, 1), partial(confirm, 99)


NOTE = pressure.NoteForm(
    Incident.THREAT, NoteFields("2024", "A letter came", sources="the letter"), ("seattle-us",)
)


@trial(pressure.add_note)
async def _add_note(play: Play) -> tuple[Call, Call]:
    add = partial(pressure.add_note, play.desk, play.editor)
    return partial(add, NOTE, "test:1"), partial(add, replace(NOTE, places=("Narnia",)), "test:2")


@trial(pressure.edit_note)
async def _edit_note(play: Play) -> tuple[Call, Call]:
    number = (await pressure.add_note(play.desk, play.editor, NOTE, "test:1")).note.id
    edit = partial(pressure.edit_note, play.desk, play.editor, number)
    fields, change = replace(NOTE.fields, what="Two letters came"), pressure.NoteChange()
    return partial(edit, 1, fields, change), partial(edit, 9, fields, change)


@trial(pressure.remove_note)
async def _remove_note(play: Play) -> tuple[Call, Call]:
    number = (await pressure.add_note(play.desk, play.editor, NOTE, "test:1")).note.id
    remove = partial(pressure.remove_note, play.desk, play.editor, number)
    return partial(remove, 1), partial(remove, 9)


@trial(contact_removal.remove_contact)
async def _remove_contact(play: Play) -> tuple[Call, Call]:
    number = (await contacts.add_contact(play.desk, play.editor, PERSON, "test:1")).contact.id
    remove = partial(contact_removal.remove_contact, play.desk, play.editor, number)
    return partial(remove, 1), partial(remove, 99)


# Groups -----------------------------------------------------------------------------------------------------


@trial(groups.found_group)
async def _found(play: Play) -> tuple[Call, Call]:
    await play.group()
    found = partial(groups.found_group, play.desk, play.administrator)
    return partial(found, "Another circle"), partial(found, "Test circle")


@trial(groups.invite_office)
async def _invite(play: Play) -> tuple[Call, Call]:
    group = await play.group()
    invite = partial(groups.invite_office, play.desk, person(play.tainan, Role.ADMINISTRATOR, 2), group.key)
    return partial(invite, "kaohsiung-tw"), partial(invite, "tainan-tw")


@trial(groups.withdraw_invitation)
async def _withdraw(play: Play) -> tuple[Call, Call]:
    group = await play.group(invited=True)
    founder = person(play.tainan, Role.ADMINISTRATOR, 2)
    withdraw = partial(groups.withdraw_invitation, play.desk, founder, group.key)
    return partial(withdraw, "kaohsiung-tw"), partial(withdraw, "taipei-tw")


@trial(groups.accept_invitation)
async def _accept(play: Play) -> tuple[Call, Call]:
    group = await play.group(invited=True)
    accept = partial(groups.accept_invitation, play.desk, play.administrator)
    return partial(accept, group.key), partial(accept, "no such circle")


@trial(groups.decline_invitation)
async def _decline(play: Play) -> tuple[Call, Call]:
    group = await play.group(invited=True)
    decline = partial(groups.decline_invitation, play.desk, play.administrator)
    return partial(decline, group.key), partial(decline, "no such circle")


@trial(groups.join_group)
async def _join(play: Play) -> tuple[Call, Call]:
    group = await play.group()
    join = partial(groups.join_group, play.desk, play.operator, group.key)
    return partial(join, "kaohsiung-tw"), partial(join, "tainan-tw")


@trial(groups.leave_group)
async def _leave(play: Play) -> tuple[Call, Call]:
    group = await play.group(invited=True)
    joined = await groups.accept_invitation(play.desk, play.administrator, group.key)
    own = joined.membership_of(play.home.id)
    assert own is not None
    leave = partial(groups.leave_group, play.desk, play.administrator)
    return partial(leave, group.id, own.since), partial(leave, 99_999, own.since)


# Offices ----------------------------------------------------------------------------------------------------


@trial(offices.set_up_office)
async def _set_up(play: Play) -> tuple[Call, Call]:
    caller = Caller("en", 1, 4711, role=Role.ADMINISTRATOR)
    set_up = partial(offices.set_up_office, play.desk, caller)
    return partial(set_up, "taipei-tw", 5, PostingForm()), partial(set_up, "Narnia", 5, PostingForm())


@trial(invitations.invite_office)
async def _code(play: Play) -> tuple[Call, Call]:
    invite = partial(invitations.invite_office, play.desk, play.operator)
    return partial(invite, "seattle-us", Standing.GUEST), partial(invite, "Narnia", Standing.GUEST)


@trial(office_settings.change_posting)
async def _posting(play: Play) -> tuple[Call, Call]:
    change = partial(office_settings.change_posting, play.desk, play.administrator)
    return partial(change, PostingForm(hour="10"), 1), partial(change, PostingForm(hour="25"), 1)


@trial(office_settings.change_channels)
async def _channels(play: Play) -> tuple[Call, Call]:
    change = partial(office_settings.change_channels, play.desk, play.administrator)
    form = ChannelsForm(dict.fromkeys(Purpose, 77))
    return partial(change, form, 1), partial(change, replace(form, notify_role_id=1000 + play.home.id), 1)


@trial(office_settings.change_roles)
async def _roles(play: Play) -> tuple[Call, Call]:
    change = partial(office_settings.change_roles, play.desk, play.administrator)
    return partial(change, RolesForm({Role.EDITOR: [5]}, "reader"), 1), partial(
        change, RolesForm({}, "king"), 1
    )


@trial(kind_rules.change_kind_rule)
async def _kind_rule(play: Play) -> tuple[Call, Call]:
    change = partial(kind_rules.change_kind_rule, play.desk, play.administrator, Kind.MOU, "A pact")
    return partial(change, "盟約", play.home.version), partial(change, "", play.home.version)


@trial(end_proposals.propose_end)
async def _propose_end(play: Play) -> tuple[Call, Call]:
    propose = partial(end_proposals.propose_end, play.desk, play.editor, 195)
    return partial(propose, "no answer"), partial(propose, " ")


@trial(office_measures.change_cadence)
async def _cadence(play: Play) -> tuple[Call, Call]:
    change = partial(office_measures.change_cadence, play.desk, play.administrator, Kind.MOU)
    return partial(change, 6, play.home.version), partial(change, 0, play.home.version)


@trial(office_measures.change_weights)
async def _weights(play: Play) -> tuple[Call, Call]:
    change = partial(office_measures.change_weights, play.desk, play.administrator)
    good, bad = {Aspect.RECENCY: 40, Aspect.PEOPLE: 0}, {Aspect.RECENCY: 40}
    return partial(change, good, play.home.version), partial(change, bad, play.home.version)


@trial(office_measures.change_weekly_list)
async def _weekly_list(play: Play) -> tuple[Call, Call]:
    change = partial(office_measures.change_weekly_list, play.desk, play.administrator)
    good, bad = WeeklyListForm("friday", "16"), WeeklyListForm("someday", "16")
    return partial(change, good, play.home.version), partial(change, bad, play.home.version)


@trial(prospect_steps.drop_office_steps)
async def _drop_steps(play: Play) -> tuple[Call, Call]:
    step = Step("council", "The council decides", "議會決議", "", "", "a rule", PartialDate(2026))
    async with play.desk.database.write() as session:
        await change_office_steps(session, play.home.id, [step], NOW)
    drop = partial(prospect_steps.drop_office_steps, play.desk)
    return partial(drop, play.operator, play.home), partial(drop, play.editor, play.home)


@trial(office_settings.change_standing)
async def _standing(play: Play) -> tuple[Call, Call]:
    change = partial(office_settings.change_standing, play.desk)
    return (
        partial(change, play.operator, play.tainan, Standing.GUEST),
        partial(change, play.administrator, play.tainan, Standing.READER),
    )


@trial(profiles.edit_profile)
async def _profile(play: Play) -> tuple[Call, Call]:
    edit = partial(profiles.edit_profile, play.desk, play.editor, None, {Side.SEEKS: "housing"})
    return partial(edit, "the office itself"), partial(edit, "")


@trial(profiles.undo_profile)
async def _undo_profile(play: Play) -> tuple[Call, Call]:
    edited = await profiles.edit_profile(play.desk, play.editor, None, {Side.SEEKS: "housing"}, "us")
    undo = partial(profiles.undo_profile, play.desk, play.editor)
    assert edited.entry is not None
    return partial(undo, edited.entry), partial(undo, 99_999)


# People -----------------------------------------------------------------------------------------------------


@trial(privacy.erase_person)
async def _erase(play: Play) -> tuple[Call, Call]:
    await play.logged()
    erase = partial(privacy.erase_person, play.desk, play.administrator)
    return partial(erase, ["Chen Mei-ling"]), partial(erase, [""])


@trial(privacy.erase_as_asked)
async def _erase_as_asked(play: Play) -> tuple[Call, Call]:
    await play.logged()
    key = await privacy.ask_to_erase(play.desk, play.administrator, ["Chen Mei-ling"])
    erase = partial(privacy.erase_as_asked, play.desk, play.administrator)
    return partial(erase, key), partial(erase, "no-such-question")


@trial(privacy.forget_user)
async def _forget(play: Play) -> tuple[Call, Call]:
    await play.logged()
    forget = partial(privacy.forget_user, play.desk)
    return partial(forget, play.operator, 1), partial(forget, play.administrator, 1)


@trial(privacy.erase_own_data)
async def _erase_office(play: Play) -> tuple[Call, Call]:
    await exchanges.log_visit(play.desk, play.editor, replace(FORM, scope=Scope.OFFICE), "test:own")
    erase = partial(privacy.erase_own_data, play.desk)
    return partial(erase, play.administrator), partial(erase, Caller("en", 1, 4711, role=Role.ADMINISTRATOR))


# Reminders --------------------------------------------------------------------------------------------------


@trial(office_settings.change_leads)
async def _leads(play: Play) -> tuple[Call, Call]:
    change = partial(office_settings.change_leads, play.desk, play.administrator)
    version = play.home.version
    form = office_settings.LeadsForm
    return partial(change, form("30, 0", "none"), version), partial(change, form("soon", ""), version)


@trial(celebrations.plan_celebration)
async def _celebration(play: Play) -> tuple[Call, Call]:
    plan = partial(celebrations.plan_celebration, play.desk, play.editor, "P191")
    form = celebrations.CelebrationForm
    return partial(plan, form("2027-07-04", "A concert"), "1"), partial(plan, form("2020-07-04", ""), "2")


BUSAN = tending.Which(ReminderKind.ANNIVERSARY, "P191", date(2027, 6, 30), 30)
OVER = replace(BUSAN, occurrence=date(2027, 6, 29))


@trial(tending.snooze)
async def _snooze(play: Play) -> tuple[Call, Call]:
    snooze = partial(tending.snooze, play.desk, play.editor)
    return partial(snooze, BUSAN, date(2026, 12, 1)), partial(snooze, OVER, date(2026, 12, 1))


@trial(tending.assign)
async def _assign(play: Play) -> tuple[Call, Call]:
    assign = partial(tending.assign, play.desk, play.editor)
    return partial(assign, BUSAN, 5), partial(assign, OVER, 5)


@trial(tending.finish)
async def _finish(play: Play) -> tuple[Call, Call]:
    finish = partial(tending.finish, play.desk, play.editor)
    return partial(finish, BUSAN), partial(finish, OVER)


@trial(tending.mute)
async def _mute(play: Play) -> tuple[Call, Call]:
    mute = partial(tending.mute, play.desk, play.editor)
    return partial(mute, "busan-kr"), partial(mute, "prague-cz")


@trial(tending.unmute)
async def _unmute(play: Play) -> tuple[Call, Call]:
    await tending.mute(play.desk, play.editor, "busan-kr")
    unmute = partial(tending.unmute, play.desk, play.editor)
    return partial(unmute, "busan-kr"), partial(unmute, "seattle-us")


# The test ---------------------------------------------------------------------------------------------------


def changing_services() -> Iterator[str]:
    """Every service whose rule is one for changing something, by `module.name`."""
    for info in pkgutil.walk_packages(bot.services.__path__, "bot.services."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            own = inspect.iscoroutinefunction(value) and value.__module__ == info.name
            if own and action_of(value) in CHANGING:
                yield f"{info.name.removeprefix('bot.services.')}.{name}"


def test_every_service_that_changes_something_is_tried() -> None:
    """A new one is either tried here, or said to be only reading."""
    assert set(changing_services()) == READING | set(TRIALS)
    assert not READING & set(TRIALS)


@pytest.mark.parametrize("name", sorted(TRIALS))
async def test_one_entry_for_a_change_and_none_for_a_failure(seeded_desk: Desk, name: str) -> None:
    """With the moment, and with what the change left, or found."""
    play = Play(
        seeded_desk, await office_of(seeded_desk, "kaohsiung-tw"), await office_of(seeded_desk, "tainan-tw")
    )
    succeed, fail = await TRIALS[name](play)
    before = await entry_ids(seeded_desk)
    with pytest.raises(AttacheError):
        await fail()
    assert set(await entry_ids(seeded_desk)) == set(before)
    await succeed()
    (written,) = [e for e in (await entry_ids(seeded_desk)).values() if e.id not in before]
    assert written.at == NOW
    assert written.action
    assert written.subject
    assert written.before is not None or written.after is not None


async def entry_ids(desk: Desk) -> dict[int, AuditEntry]:
    return {entry.id: entry for entry in await audit_entries(desk)}
