"""What is stored on a person, and erasing it: a Discord user by their id, anybody by name, an office's own data."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.access import Action, Role, Viewer
from bot.domain.errors import BadInput, NotFound
from bot.domain.offices import Office
from bot.domain.privacy import Counts, Sought, Trace, counted, usable
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.preferences import DRAFTS_KEPT, keep_draft, read_draft
from bot.services.sleep import erase_own
from db import privacy as db
from db import sleep, users
from db.audit import record_change
from db.engine import Session
from db.offices import hold_office, office_by_id
from db.preferences import drop_drafts

CONFIRM_WITHIN = timedelta(minutes=10)
"""How long a question whether to erase may be confirmed; then it is asked anew."""

QUESTION = "privacy"
"""The form under which the names of an erasure that waits to be confirmed are kept, as drafts are."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is stored on a person, place by place, as of a moment (UTC)."""

    at: datetime
    traces: Sequence[Trace]

    @property
    def counts(self) -> Counts:
        return counted(trace.kept for trace in self.traces)

    @property
    def document(self) -> dict[str, Any]:
        """The same as plain JSON."""
        found = [
            {"kind": trace.kept.value, "record": trace.record, "field": trace.field, "text": trace.text}
            for trace in self.traces
        ]
        return {"at": self.at.isoformat(), "found": found}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was erased: counts only, never whom it was about. `number` says nothing and finds the audit entry.

    Where there was nothing to erase, `erased` is empty, and no entry was written.
    """

    number: str
    at: datetime
    erased: Counts


# By name -----------------------------------------------------------------------------------------------------


@requires(Action.ADMINISTER)
async def find_person(desk: Desk, caller: Caller, names: Sequence[str]) -> Holdings:
    """Where a person is named, in any of these spellings.

    An administrator is told of what their office may change, and of nothing else; the operator of everything.
    Raises `BadInput` (`privacy.name_unusable`) for a name that cannot be looked for.
    """
    sought = _by_name(names)
    async with desk.database.read() as session:
        return Holdings(desk.clock(), await db.find_person(session, sought, _reach(caller)))


@requires(Action.ADMINISTER)
async def erase_person(desk: Desk, caller: Caller, names: Sequence[str]) -> Receipt:
    """Put a mark in the place of a person's name wherever `find_person` finds it, all of it or nothing."""
    sought = _by_name(names)
    async with desk.database.write() as session:
        erased = await db.erase_person(session, sought, _reach(caller))
        if caller.user_id is not None:  # the question that was confirmed has the name as well
            await drop_drafts(session, caller.user_id, QUESTION, desk.clock() - DRAFTS_KEPT)
        receipt = await _receipt(desk, session, caller, erased)
    await db.empty_log(desk.database)
    return receipt


@requires(Action.ADMINISTER)
async def ask_to_erase(desk: Desk, caller: Caller, names: Sequence[str]) -> str:
    """Keep whom it is asked to erase until it is confirmed; returns the key to it."""
    assert caller.user_id is not None, "the command line asks on the spot"
    asked = {"names": list(names), "office": caller.own_office().id, "at": desk.clock().isoformat()}
    return await keep_draft(desk, caller.user_id, QUESTION, asked)


@requires(Action.ADMINISTER)
async def erase_as_asked(desk: Desk, caller: Caller, key: str) -> Receipt:
    """Erase whom the same person in the same office asked to erase, in time. Raises `NotFound` (`privacy.expired`)."""
    assert caller.user_id is not None, "the command line asks on the spot"
    asked = await read_draft(desk, caller.user_id, key)
    if asked is None or asked["office"] != caller.own_office().id:
        raise NotFound("privacy.expired")
    require_in_time(desk, datetime.fromisoformat(asked["at"]))
    return await erase_person(desk, caller, asked["names"])


def require_in_time(desk: Desk, asked_at: datetime) -> None:
    """Raises `NotFound` (`privacy.expired`) where a question has stood too long to be confirmed."""
    if desk.clock() - asked_at > CONFIRM_WITHIN:
        raise NotFound("privacy.expired")


def _by_name(names: Sequence[str]) -> Sought:
    for name in names:
        if not usable(name):
            raise BadInput("privacy.name_unusable", text=name.strip()[:80])
    return Sought.named(*names)


def _reach(caller: Caller) -> Viewer | None:
    """Whose records are searched: the office's; everybody's where the operator names no office."""
    return None if caller.role is Role.OPERATOR and caller.office is None else caller.viewer


async def _receipt(desk: Desk, session: Session, actor: Caller | None, erased: Counts) -> Receipt:
    """The receipt, and its entry in the audit trail. Without an actor the entry does not say who asked for it."""
    receipt = Receipt(secrets.token_hex(4).upper(), desk.clock(), erased)
    if erased:
        await record_change(
            session,
            at=receipt.at,
            action="person.erased",
            subject=f"receipt:{receipt.number}",
            user_id=actor.user_id if actor else None,
            guild_id=actor.guild_id if actor else None,
            office_id=actor.office.id if actor and actor.office else None,
            after={kept.value: number for kept, number in erased.items()},
        )
    return receipt


# By Discord user ---------------------------------------------------------------------------------------------


@requires(Action.ASK_ABOUT_ONESELF)
async def stored_about_me(desk: Desk, caller: Caller) -> Holdings:
    """All that is stored on the person who asks, in whichever office."""
    assert caller.user_id is not None, "only people on Discord ask about themselves"
    return await _stored_about(desk, caller.user_id)


@requires(Action.ASK_ABOUT_ONESELF)
async def forget_me(desk: Desk, caller: Caller) -> Receipt:
    """Erase it. What the person logged stays, as it is the city's; that it was they is forgotten."""
    assert caller.user_id is not None, "only people on Discord ask about themselves"
    return await _forget(desk, caller.user_id)


@requires(Action.OPERATE)
async def stored_about_user(desk: Desk, caller: Caller, user_id: int) -> Holdings:
    return await _stored_about(desk, user_id)


@requires(Action.OPERATE)
async def forget_user(desk: Desk, caller: Caller, user_id: int) -> Receipt:
    return await _forget(desk, user_id)


async def _stored_about(desk: Desk, user_id: int) -> Holdings:
    async with desk.database.read() as session:
        return Holdings(desk.clock(), await users.find_user(session, user_id))


async def _forget(desk: Desk, user_id: int) -> Receipt:
    async with desk.database.write() as session:
        erased = await users.forget_user(session, user_id)
        receipt = await _receipt(desk, session, None, erased)
    await db.empty_log(desk.database)
    return receipt


# An office's own data ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OwnData:
    """What erasing an office's own data would erase, and which of its records stay, as others see them too."""

    office: Office
    goes: Counts
    stays: Counts


@requires(Action.ADMINISTER)
async def own_data(desk: Desk, caller: Caller) -> OwnData:
    """Raises `Unavailable` (`office.none`)."""
    office = caller.own_office()
    async with desk.database.read() as session:
        goes = await sleep.what_goes(session, office.id)
        return OwnData(office, goes, await sleep.what_stays(session, office.id))


@requires(Action.ADMINISTER)
async def erase_own_data(desk: Desk, caller: Caller) -> Counts:
    """Erase what only the office sees, and untie it from its server; tells what was erased.

    Raises `NotFound` (`privacy.expired`) where the office is not this server's any more: somebody was first.
    """
    office = caller.own_office()
    async with desk.database.write() as session:
        await hold_office(session, office.id)
        now = await office_by_id(session, office.id)
        if now is None or now.guild_id != office.guild_id:
            raise NotFound("privacy.expired")
        if now.guild_id is None and not await sleep.what_goes(session, office.id):
            return {}  # an office of the starter data that no server has taken yet
        erased = await erase_own(session, desk.clock(), office.id, caller)
    await db.empty_log(desk.database)
    return erased
