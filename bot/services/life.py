"""Pausing, resuming and ending an act: one more step in its history, with who, why and on whose word."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.access import Action, Scope
from bot.domain.audit import Deed, Entry, Record, find_record
from bot.domain.date_reading import read_date
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, FormRefused, NotFound
from bot.domain.life import (
    BECOMES,
    MAX_BY_WHOM,
    MAX_REASON,
    MAX_SOURCE,
    MAX_TRIGGER,
    Step,
    check_dates,
    check_step,
)
from bot.domain.names import clean
from bot.domain.partnerships import Partnership, StatusChange
from bot.domain.places import Place
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.documents import version_of
from bot.services.held_acts import (
    HeldAct,
    changeable_act,
    changed_since,
    own_places,
    read_act_record,
    seen_act,
)
from bot.services.records import sees_record, write_change
from bot.services.telling import entries_since, states_of
from db.engine import Session
from db.partnerships import NewPartnership, partnerships_of
from db.record_kinds import Content


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step as somebody typed it; empty where nothing was said."""

    since: str = ""
    until: str = ""
    reason: str = ""
    by_whom: str = ""
    trigger: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class OpenedAct:
    """An act that the caller may change, as it is, and its partners as the office sees them."""

    act: Partnership
    version: int
    partners: Sequence[Place]


@dataclass(frozen=True, slots=True)
class Turned:
    """What became of an act; `entry` is that by which it can be taken back.

    `replaced` are the acts in whose place it came, `alone` the partners with whom nothing is in force any more;
    both are told only of an end.
    """

    act: Partnership
    step: Step
    before: StatusChange
    after: StatusChange
    partners: Sequence[Place]
    replaced: Sequence[Partnership]
    alone: Sequence[Place]
    entry: int

    @property
    def scopes(self) -> set[Scope]:
        """Of all that is told."""
        return {self.act.scope, *(act.scope for act in self.replaced)}


@requires(Action.EDIT)
async def pause_act(desk: Desk, caller: Caller, text: str, words: StepWords) -> Turned:
    """Pause the act of this record number, since today where no date is given.

    Raises `BadInput` (`record.unreadable`, `record.no_act`, those of `check_step` and `check_dates`, for what cannot be
    read), `FormRefused` where there are several, `NotFound` (`record.unknown`), or `NotAllowed` (`record.not_ours`).
    """
    return await _take(desk, caller, read_act_record(text), Step.PAUSE, words)


@requires(Action.EDIT)
async def resume_act(desk: Desk, caller: Caller, text: str, words: StepWords) -> Turned:
    """Put a paused act in force again, since today where no date is given. Raises as `pause_act`."""
    return await _take(desk, caller, read_act_record(text), Step.RESUME, words)


@requires(Action.EDIT)
async def open_end(desk: Desk, caller: Caller, text: str) -> OpenedAct:
    """The act that is about to be ended, before a form for it is opened. Raises as `pause_act`."""
    record, _ = read_act_record(text), caller.own_office()
    async with desk.database.read() as session:
        act = await changeable_act(session, desk, caller, record)
        check_step(str(record), Step.END, act.act.status)
        shown = await seen_act(session, caller, record)
    return OpenedAct(shown.act, act.version, shown.partners)


@requires(Action.EDIT)
async def end_act(
    desk: Desk, caller: Caller, text: str, words: StepWords, version: int | None = None
) -> Turned:
    """End an act by what somebody typed into a form that was opened at `version`; None where there was no form.

    The same form of the same person twice is stored once. Raises as `pause_act`, and `ChangedSince` where the record
    has changed meanwhile; then nothing is stored.
    """
    return await _take(desk, caller, read_act_record(text), Step.END, words, version)


async def _take(
    desk: Desk, caller: Caller, record: Record, step: Step, words: StepWords, version: int | None = None
) -> Turned:
    today = caller.today(desk)
    async with desk.database.write() as session:
        act = await changeable_act(session, desk, caller, record, hold=True)
        opened, before = act.version if version is None else version, act.act
        if stored := await _stored_already(session, caller, act, opened, step, words, today):
            then, now = map(_act, states_of(stored))
            return await _told(session, caller, record, step, then, now, stored.id)
        check_step(str(record), step, before.status)
        change = await _checked(session, caller, record, before, step, words, today)
        if opened != act.version:
            raise await changed_since(session, caller, act, opened)
        after = replace(before, history=(*before.history, change))
        _, entry = await write_change(session, desk, caller, Deed.EDITED, before=act.held, after=after)
        return await _told(session, caller, record, step, before, after, entry)


def _act(content: Content | None) -> NewPartnership:
    assert isinstance(content, NewPartnership), "an entry of an act"
    return content


async def _stored_already(
    session: Session,
    caller: Caller,
    act: HeldAct,
    opened: int,
    step: Step,
    words: StepWords,
    today: date,
) -> Entry | None:
    """The entry of the same form of the same person, if a first delivery of it has been stored since it was opened."""
    if opened == act.version:
        return None
    for entry in await entries_since(session, act.record, opened, act.version):
        own = entry.deed is Deed.EDITED and entry.user_id == caller.user_id
        if own and entry.after is not None and version_of(entry.before) == opened:
            before, after = map(_act, states_of(entry))
            if after.history == (*before.history, read_step(step, words, today)):
                return entry
    return None


# Reading ------------------------------------------------------------------------------------------------------


async def _checked(
    session: Session,
    caller: Caller,
    record: Record,
    before: NewPartnership,
    step: Step,
    words: StepWords,
    today: date,
) -> StatusChange:
    """The step that was typed, once it can follow the history of the act."""
    change = read_step(step, words, today)
    cause = find_record(change.trigger or "")
    if cause is not None and not await sees_record(session, caller, cause):
        raise NotFound("record.unknown", record=str(cause))
    check_dates(str(record), before.signed, before.history, change, today)
    return change


def read_step(step: Step, words: StepWords, today: date) -> StatusChange:
    """The step that was typed. Raises the one `BadInput`, or `FormRefused` where several fields cannot be read."""
    problems: list[AttacheError] = []

    def day(text: str) -> PartialDate | None:
        try:
            return read_date(text, today)
        except BadInput as problem:
            problems.append(problem)
            return None

    def said(text: str, most: int) -> str | None:
        cleaned = clean(text).strip()
        if len(cleaned) > most:
            problems.append(BadInput("life.too_long", text=cleaned[:30], most=most))
        return cleaned or None

    is_end = step is Step.END
    since = day(words.since) if words.since.strip() or is_end else PartialDate.of(today)
    cause = said(words.trigger, MAX_TRIGGER)
    named = find_record(cause or "")
    change = StatusChange(
        BECOMES[step],
        since,
        reason=said(words.reason, MAX_REASON),
        by_whom=said(words.by_whom, MAX_BY_WHOM),
        until=day(words.until) if words.until.strip() else None,
        trigger=str(named) if named else cause,
        source=said(words.source, MAX_SOURCE),
    )
    if change.by_whom is None and is_end:
        problems.append(BadInput("life.needs_by_whom"))
    if change.reason is None and step is not Step.RESUME:
        problems.append(BadInput("life.needs_reason"))
    if problems:
        raise problems[0] if len(problems) == 1 else FormRefused(problems)
    return change


# Telling ------------------------------------------------------------------------------------------------------


async def _told(
    session: Session,
    caller: Caller,
    record: Record,
    step: Step,
    before: NewPartnership,
    after: NewPartnership,
    entry: int,
) -> Turned:
    act = (await seen_act(session, caller, record)).act
    own = set(await own_places(session, caller))
    if not own & set(after.parties):
        own = {after.parties[0]}
    partners = act.partners_of(own)
    replaced: list[Partnership] = []
    alone: list[Place] = []
    if step is Step.END:
        others = [
            each for each in await partnerships_of(session, caller.viewer, list(own)) if each.id != act.id
        ]
        in_force = {place.id for each in others if each.in_force for place in each.parties}
        replaced = [each for each in others if each.superseded_by == act.id]
        alone = [place for place in partners if place.id not in in_force]
    return Turned(act, step, before.history[-1], after.history[-1], partners, replaced, alone, entry)
