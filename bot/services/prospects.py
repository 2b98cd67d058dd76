"""The way of a prospect: moving it from stage to stage, the gate before an agreement is proposed, and the list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.access import Action
from bot.domain.date_reading import read_date
from bot.domain.dates import PartialDate
from bot.domain.dormancy import QUIET
from bot.domain.errors import BadInput
from bot.domain.names import clean
from bot.domain.offices import Office
from bot.domain.partnerships import PARTNER_KINDS, Kind, Status, StatusChange
from bot.domain.places import Place
from bot.domain.prospecting import (
    MAX_PLAN,
    MAX_REASON,
    MAX_WHO,
    SIGNED_KINDS,
    STATUS_OF,
    WAY,
    Gate,
    check_date,
    check_move,
    crosses_gate,
    days_in_stage,
    gate,
    stage_of,
)
from bot.domain.prospects import Stage, StageChange
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.held_acts import (
    HeldAct,
    SeenAct,
    changeable_act,
    changed_since,
    read_act_record,
    seen_act,
    write_act,
)
from bot.services.ties import ties_of_place
from bot.services.typed_fields import read_text
from db.act_parts import parts_of
from db.engine import Session
from db.partnerships import NewPartnership, partnerships_of
from db.places import family_of

# Moving -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Move:
    """What somebody typed about a move; nothing of it is trusted. `kind` and `on` are asked for when it is signed.

    `despite` says that they know what is missing at the gate.
    """

    stage: Stage
    reason: str = ""
    on: str = ""
    by_whom: str = ""
    kind: str = ""
    despite: bool = False


@dataclass(frozen=True, slots=True)
class QuietPartners:
    """How many of the partners that a city has are quiet, before it takes on another."""

    quiet: int
    partners: int


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a prospect; nothing, with `entry` None, where the gate stopped it.

    `gate` is told where the move passes it, with the `quiet` partners of the city.
    """

    seen: SeenAct
    before: Stage
    move: Move
    change: StageChange
    gate: Gate | None
    quiet: QuietPartners | None
    entry: int | None


@requires(Action.EDIT)
async def move_prospect(desk: Desk, caller: Caller, text: str, move: Move) -> Moved:
    """Move a prospect to a stage; on a day, today if nothing is said.

    Before an agreement is proposed stands a gate: where something is missing, nothing is stored unless the move is
    made `despite` that, with a reason. What is signed becomes an act of its kind, in force, and keeps its stages.
    Raises `BadInput` (`record.unreadable`, `record.no_act`, `kind_needed`, and what `check_move` and `check_date`
    raise), `NotFound`, `NotAllowed`.
    """
    record, office = read_act_record(text), caller.own_office()
    today = office.today(desk.clock())
    async with desk.database.write() as session:
        act = await changeable_act(session, desk, caller, record, hold=True)
        held = act.act
        reason = read_text(move.reason, MAX_REASON) or None
        before = check_move(stage_of(held.kind, held.status, held.stages), move.stage, reason)
        change = _change(move, held, office, today, reason)
        check_date(held.stages, change.since or PartialDate.of(today), today)
        at_gate = gate(held.pilots, held.sustain_plan, held.owner)
        crosses = crosses_gate(before, move.stage)
        quiet = await _quiet_partners(session, office, today) if crosses else None
        told_gate = at_gate if crosses else None
        if crosses and not at_gate.open and not move.despite:
            return Moved(
                await seen_act(session, caller, record), before, move, change, told_gate, quiet, None
            )
        if crosses and not at_gate.open and not reason:
            raise BadInput("prospect.gate_reason")
        entry = await write_act(session, desk, caller, act, _moved(held, change, move))
        return Moved(await seen_act(session, caller, record), before, move, change, told_gate, quiet, entry)


def _change(move: Move, held: NewPartnership, office: Office, today: date, reason: str | None) -> StageChange:
    """The dated step, on the word of whoever is named, else of whoever sees to the prospect, else of the office."""
    on = read_date(move.on, today) if clean(move.on) else PartialDate.of(today)
    by_whom = read_text(move.by_whom, MAX_WHO) or held.owner or office.place.name_en
    return StageChange(move.stage, on, reason, by_whom)


def _moved(held: NewPartnership, change: StageChange, move: Move) -> NewPartnership:
    status, history = STATUS_OF[change.stage], held.history
    if status is not held.status:
        history = (*history, StatusChange(status, change.since, change.reason, change.by_whom))
    after = replace(held, stages=(*held.stages, change), history=history)
    if change.stage is Stage.SIGNED:
        return replace(after, kind=_signed_kind(move.kind), signed=change.since)
    return after


def _signed_kind(text: str) -> Kind:
    if text not in {kind.value for kind in SIGNED_KINDS}:
        raise BadInput("prospect.kind_needed")
    return Kind(text)


async def _quiet_partners(session: Session, office: Office, today: date) -> QuietPartners:
    _, ties = await ties_of_place(session, office.viewer, office.place)
    states = [
        quiet.state
        for tie in ties
        if any(act.kind in PARTNER_KINDS for act in tie.standing) and (quiet := tie.quietness(today))
    ]
    return QuietPartners(sum(state in QUIET for state in states), len(states))


@requires(Action.EDIT)
async def check_prospect(desk: Desk, caller: Caller, text: str) -> SeenAct:
    """The prospect that is about to be moved, before a form for it is opened. Raises as `move_prospect`."""
    record, _ = read_act_record(text), caller.own_office()
    async with desk.database.read() as session:
        act = (await changeable_act(session, desk, caller, record)).act
        if stage_of(act.kind, act.status, act.stages) in (None, Stage.SIGNED):
            raise BadInput("prospect.none")
        return await seen_act(session, caller, record)


# Who sees to it, and how it is kept alive --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plan:
    """Who sees to a prospect, and how the tie is to be kept alive once it is there; as typed, or as it is."""

    owner: str = ""
    sustain_plan: str = ""


@dataclass(frozen=True, slots=True)
class OpenedPlan:
    """A prospect with its plan; `entry` is set where it was just changed."""

    seen: SeenAct
    version: int
    plan: Plan
    entry: int | None = None


@requires(Action.EDIT)
async def open_plan(desk: Desk, caller: Caller, text: str) -> OpenedPlan:
    """The plan of a prospect, before a form for it is opened. Raises as `move_prospect`."""
    record, _ = read_act_record(text), caller.own_office()
    async with desk.database.read() as session:
        act = await changeable_act(session, desk, caller, record)
        return OpenedPlan(await seen_act(session, caller, record), act.version, _plan_of(act))


def _plan_of(act: HeldAct) -> Plan:
    return Plan(act.act.owner or "", act.act.sustain_plan or "")


@requires(Action.EDIT)
async def save_plan(desk: Desk, caller: Caller, number: int, version: int, typed: Plan) -> OpenedPlan:
    """Store the plan of a prospect that stood at `version` when it was read.

    Raises as `move_prospect`, `BadInput` (`text.too_long`), and `ChangedSince` where it has changed meanwhile.
    """
    record, _ = read_act_record(f"P{number}"), caller.own_office()
    owner, plan = read_text(typed.owner, MAX_WHO) or None, read_text(typed.sustain_plan, MAX_PLAN) or None
    async with desk.database.write() as session:
        act = await changeable_act(session, desk, caller, record, hold=True)
        after = replace(act.act, owner=owner, sustain_plan=plan)
        if act.version != version and after != act.act:
            raise await changed_since(session, caller, act, version)
        entry = await write_act(session, desk, caller, act, after)
        told = Plan(owner or "", plan or "")
        return OpenedPlan(await seen_act(session, caller, record), act.version + 1, told, entry)


# The list -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListedProspect:
    """A prospect at its stage; `days` since it came to it, None where no day is known."""

    seen: SeenAct
    stage: Stage
    since: PartialDate | None
    days: int | None


@dataclass(frozen=True, slots=True)
class ProspectList:
    """The prospects of an office, the furthest first, what was dropped last."""

    home: Place
    today: date
    items: Sequence[ListedProspect]


@requires(Action.READ)
async def list_prospects(desk: Desk, caller: Caller) -> ProspectList:
    """Every prospect of the caller's office by its stage, the longest at it first. Raises `Unavailable`."""
    office, today = caller.own_office(), caller.today(desk)
    async with desk.database.read() as session:
        family = await family_of(session, office.place)
        acts = await partnerships_of(session, caller.viewer, family.own_ids, kept_by=office.id)
        acts = [act for act in acts if act.kind is Kind.PROSPECTIVE or not _is_tie(act.status)]
        parts = await parts_of(session, caller.viewer, [act.id for act in acts], ["stages"])
    found = []
    for act in acts:
        stages = parts[act.id].stages
        stage = stage_of(act.kind, act.status, stages)
        if stage is not None and stage is not Stage.SIGNED:
            seen = SeenAct(act, act.partners_of(family.own_ids))
            since = stages[-1].since if stages else None
            found.append(ListedProspect(seen, stage, since, days_in_stage(stages, today)))
    order = (*reversed(WAY), Stage.DROPPED)
    found.sort(key=lambda item: (order.index(item.stage), -(item.days or 0), item.seen.act.id))
    return ProspectList(office.place, today, found)


def _is_tie(status: Status) -> bool:
    return status not in (Status.PROSPECTIVE, Status.PROPOSED, Status.ENDED)
