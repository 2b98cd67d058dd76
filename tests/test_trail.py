"""Every service that changes something leaves one entry in the audit trail when it succeeds, and none when it fails.

The services are found by looking through `bot.services`: one that changes something, without a trial here, fails.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pytest

import bot.services
from bot.domain.access import Action, Role, Scope, Standing
from bot.domain.errors import AttacheError
from bot.domain.groups import Group
from bot.domain.offices import Office, Purpose
from bot.services import (
    audit,
    editing,
    exchanges,
    groups,
    invitations,
    office_settings,
    offices,
    privacy,
)
from bot.services.access import action_of
from bot.services.desk import Caller, Desk
from bot.services.exchanges import VisitForm
from bot.services.office_settings import ChannelsForm, PostingForm, RolesForm
from tests.conftest import NOW
from tests.records import AuditEntry, audit_entries, office_of, person

CHANGING = {Action.LOG, Action.EDIT, Action.SET_UP, Action.ADMINISTER, Action.OPERATE}

READING = {
    "audit.office_history",
    "editing.check_removable",
    "editing.open_visit",
    "exchanges.check_partner",
    "groups.about_to_leave",
    "groups.complete_groups",
    "groups.complete_offices",
    "groups.list_groups",
    "office_check.check_office",
    "offices.begin_setup",
    "offices.complete_cities",
    "offices.list_offices",
    "privacy.ask_to_erase",
    "privacy.find_person",
    "privacy.own_data",
    "privacy.stored_about_user",
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


@trial(editing.set_scope)
async def _scope(play: Play) -> tuple[Call, Call]:
    number, _ = await play.logged()
    rescope = partial(editing.set_scope, play.desk, play.editor)
    return partial(rescope, f"X{number}", Scope.OFFICE), partial(rescope, "P191", Scope.OFFICE)


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


@trial(office_settings.change_standing)
async def _standing(play: Play) -> tuple[Call, Call]:
    change = partial(office_settings.change_standing, play.desk)
    return (
        partial(change, play.operator, play.tainan, Standing.GUEST),
        partial(change, play.administrator, play.tainan, Standing.READER),
    )


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
