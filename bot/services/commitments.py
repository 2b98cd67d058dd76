"""What was promised in agreements: adding, changing and keeping promises; and the list of them and of decisions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.domain.access import Action
from bot.domain.agreements import Commitment
from bot.domain.commitments import CommitmentState, days_overdue, standing, told_first
from bot.domain.decisions import Decided, decision_handle
from bot.domain.errors import NotFound
from bot.domain.exchange_particulars import Decision
from bot.domain.exchanges import Exchange
from bot.domain.marks import find_part, handle_of, with_part
from bot.domain.offices import Office
from bot.domain.partnerships import Partnership
from bot.domain.places import Place
from bot.services.access import requires
from bot.services.commitment_fields import PromiseFields, fields_of, read_done, read_evidence, read_promise
from bot.services.desk import Caller, Desk
from bot.services.held_acts import (
    SeenAct,
    changeable_act,
    changed_since,
    read_act_record,
    seen_act,
    write_act,
)
from db.act_parts import parts_of
from db.decisions import decided_by
from db.engine import Session
from db.partnerships import partnership, partnerships_of
from db.places import family_of

# One promise --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenedPromise:
    """A promise that the caller may change, as its form shows it; `which` is empty for a new one."""

    seen: SeenAct
    version: int
    which: str
    fields: PromiseFields
    done: bool = False


class Outcome(StrEnum):
    """What became of one of the parts of an act."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    DONE = "done"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class KeptPromise:
    """What became of a promise; `entry`, by which it can be taken back, is None where nothing was changed."""

    seen: SeenAct
    promise: Commitment
    outcome: Outcome
    entry: int | None
    today: date


def _what(commitment: Commitment) -> str:
    return commitment.what


def _find(commitments: Sequence[Commitment], which: str) -> int:
    found = find_part(commitments, which, _what)
    if found is None:
        raise NotFound("promise.unknown", text=which.strip()[:80])
    return found


@requires(Action.EDIT)
async def open_promise(desk: Desk, caller: Caller, text: str, which: str | None = None) -> OpenedPromise:
    """One promise of an act, or a new one, before a form for it is opened.

    Raises `BadInput` (`record.unreadable`, `record.no_act`), `NotFound` (`record.unknown`, `promise.unknown`), or
    `NotAllowed` (`record.not_ours`).
    """
    record, _ = read_act_record(text), caller.own_office()
    async with desk.database.read() as session:
        act = await changeable_act(session, desk, caller, record)
        seen = await seen_act(session, caller, record)
    if not which:
        return OpenedPromise(seen, act.version, "", PromiseFields())
    index = _find(act.act.commitments, which)
    promise = act.act.commitments[index]
    handle = handle_of(act.act.commitments, index)
    return OpenedPromise(seen, act.version, handle, fields_of(promise), promise.done is not None)


@requires(Action.EDIT)
async def save_promise(
    desk: Desk, caller: Caller, number: int, which: str, version: int, typed: PromiseFields
) -> KeptPromise:
    """Store the form of a promise; `which` is the handle that it was opened with, empty for a new promise.

    What others did to other promises meanwhile is no hindrance. The same form twice is stored once. Raises as
    `open_promise`; `FormRefused` for what cannot be read; `ChangedSince` where this promise has changed meanwhile.
    """
    record, office = read_act_record(f"P{number}"), caller.own_office()
    today = office.today(desk.clock())
    async with desk.database.write() as session:
        act = await changeable_act(session, desk, caller, record, hold=True)
        held = act.act.commitments
        index = find_part(held, which, _what) if which else None
        promise = read_promise(typed, today, held[index] if index is not None else None)
        if which and index is None and promise not in held:
            raise await changed_since(session, caller, act, version)
        kept = None if typed.removes and index is not None else promise
        after = replace(act.act, commitments=with_part(held, index, kept))
        entry = await write_act(session, desk, caller, act, after)
        outcome = _outcome(index, typed) if entry is not None else Outcome.SAME
        return KeptPromise(await seen_act(session, caller, record), promise, outcome, entry, today)


def _outcome(index: int | None, typed: PromiseFields) -> Outcome:
    if index is None:
        return Outcome.ADDED
    return Outcome.REMOVED if typed.removes else Outcome.CHANGED


@requires(Action.EDIT)
async def finish_promise(
    desk: Desk, caller: Caller, text: str, which: str, on: str = "", evidence: str = ""
) -> KeptPromise:
    """Note that a promise was kept: `on` a day, today if nothing is said, with what shows it.

    Raises as `open_promise`; `BadInput` for a day that cannot be read, or is to come (`promise.done_in_future`).
    """
    record, office = read_act_record(text), caller.own_office()
    today = office.today(desk.clock())
    done, shown = read_done(on, today), read_evidence(evidence)
    async with desk.database.write() as session:
        act = await changeable_act(session, desk, caller, record, hold=True)
        index = _find(act.act.commitments, which)
        before = act.act.commitments[index]
        promise = replace(before, done=done, evidence=shown or before.evidence)
        after = replace(act.act, commitments=with_part(act.act.commitments, index, promise))
        entry = await write_act(session, desk, caller, act, after)
        outcome = Outcome.DONE if entry is not None else Outcome.SAME
        return KeptPromise(await seen_act(session, caller, record), promise, outcome, entry, today)


# Lists --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CommitmentFilter:
    """Which promises and decisions to list: with one partner, in one state; of one act, its promises alone."""

    partner_id: int | None = None
    number: int | None = None
    state: CommitmentState = CommitmentState.OPEN


@dataclass(frozen=True, slots=True)
class ListedCommitment:
    """A promise with its act, or a decision with the exchange in which it was made.

    `handle` names it, `days` says for how long it is overdue (0 if it is not).
    """

    source: Partnership | Exchange
    partners: Sequence[Place]
    commitment: Commitment | Decision
    handle: str
    standing: CommitmentState
    days: int

    @property
    def is_decision(self) -> bool:
        return isinstance(self.commitment, Decision)


@dataclass(frozen=True, slots=True)
class CommitmentList:
    """The promises and decisions that a filter keeps, the longest overdue first; the numbers count all states."""

    home: Place
    filter: CommitmentFilter
    items: Sequence[ListedCommitment]
    open: int
    overdue: int
    done: int
    today: date


@requires(Action.READ)
async def list_commitments(desk: Desk, caller: Caller, chosen: CommitmentFilter) -> CommitmentList:
    """What was promised in the acts of the caller's office, and decided in its exchanges.

    Raises `Unavailable` (`office.none`), `NotFound` (`record.unknown`).
    """
    office, today = caller.own_office(), caller.today(desk)
    async with desk.database.read() as session:
        acts, own = await acts_asked_for(session, caller, office, chosen)
        parts = await parts_of(session, caller.viewer, [act.id for act in acts], ["commitments"])
        decided = await _decided(session, caller, office, own, chosen)
    listed: list[ListedCommitment] = []

    def put(
        source: Partnership | Exchange, partners: Sequence[Place], owed: Commitment | Decision, handle: str
    ) -> None:
        days = days_overdue(owed, today)
        listed.append(ListedCommitment(source, partners, owed, handle, standing(owed, today), days))

    for act in acts:
        promised = parts[act.id].commitments
        for index, each in enumerate(promised):
            put(act, act.partners_of(own), each, handle_of(promised, index))
    for one in decided:
        for index, decision in enumerate(one.decisions):
            put(one.exchange, one.partners(own), decision, decision_handle(one.decisions, index))
    listed.sort(key=lambda item: (*told_first(item.commitment, today), item.is_decision, item.source.id))
    states = [item.standing for item in listed]
    return CommitmentList(
        home=office.place,
        filter=chosen,
        items=[item for item in listed if chosen.state.keeps(item.commitment, today)],
        open=len(states) - states.count(CommitmentState.DONE),
        overdue=states.count(CommitmentState.OVERDUE),
        done=states.count(CommitmentState.DONE),
        today=today,
    )


async def _decided(
    session: Session, caller: Caller, office: Office, own: Sequence[int], chosen: CommitmentFilter
) -> list[Decided]:
    """The exchanges with decisions that a filter is about."""
    if chosen.number is not None:
        return []
    found = await decided_by(session, caller.viewer, own, office.id)
    if chosen.partner_id is not None:
        found = [
            each for each in found if any(place.id == chosen.partner_id for place in each.exchange.places)
        ]
    return found


async def acts_asked_for(
    session: Session, caller: Caller, office: Office, chosen: CommitmentFilter
) -> tuple[list[Partnership], Sequence[int]]:
    """The acts that a filter is about, and the ids of the office's own places."""
    family = await family_of(session, office.place)
    if chosen.number is not None:
        act = await partnership(session, caller.viewer, chosen.number)
        if act is None:
            raise NotFound("record.unknown", record=f"P{chosen.number}")
        return [act], family.own_ids
    acts = await partnerships_of(session, caller.viewer, family.own_ids, kept_by=office.id)
    if chosen.partner_id is not None:
        acts = [act for act in acts if any(place.id == chosen.partner_id for place in act.parties)]
    return acts, family.own_ids
