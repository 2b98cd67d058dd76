"""Pilots: small projects by which two places try out whether they can work together."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from bot.domain.access import Action
from bot.domain.date_reading import read_date
from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput, FormRefused, NotFound
from bot.domain.marks import find_part, handle_of, with_part
from bot.domain.names import clean
from bot.domain.prospecting import MAX_NOTE, MAX_TITLE, MAX_WHO
from bot.domain.prospects import Pilot
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.held_acts import (
    SeenAct,
    changeable_act,
    changed_since,
    read_act_record,
    seen_act,
    write_act,
)
from bot.services.records import visible_record
from bot.services.typed_fields import read_changed, read_text
from db.partnerships import NewPartnership


@dataclass(frozen=True, slots=True)
class PilotFields:
    """What the fields of the form hold; nothing of it is trusted."""

    title: str = ""
    since: str = ""
    until: str = ""
    owner: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class OpenedPilot:
    """A pilot as its form shows it; `which` is empty for a new one."""

    seen: SeenAct
    version: int
    which: str
    fields: PilotFields


@dataclass(frozen=True, slots=True)
class KeptPilot:
    """What became of a pilot; `entry`, by which it can be taken back, is None where nothing was changed."""

    seen: SeenAct
    pilot: Pilot
    added: bool
    entry: int | None


def _title(pilot: Pilot) -> str:
    return pilot.title


def fields_of(pilot: Pilot) -> PilotFields:
    """A pilot as its form shows it; read, it says the same."""
    return PilotFields(
        pilot.title,
        pilot.since.iso() if pilot.since else "",
        pilot.until.iso() if pilot.until else "",
        pilot.owner or "",
        pilot.result or "",
    )


def read_pilot(typed: PilotFields, today: date, stored: Pilot | None) -> Pilot:
    """What the form says, over what is stored. Raises `FormRefused` with a problem for each field."""
    readers: dict[str, Callable[[str], Any]] = {
        "title": _read_title,
        "since": lambda text: read_date(text, today) if clean(text) else None,
        "until": lambda text: _read_until(text, today),
        "owner": lambda text: read_text(text, MAX_WHO) or None,
        "result": lambda text: read_text(text, MAX_NOTE) or None,
    }
    shown = asdict(fields_of(stored)).__getitem__ if stored else None
    found = read_changed(asdict(typed), shown, lambda name, text: {name: readers[name](text)})
    pilot = replace(stored, **found) if stored else Pilot(**found)
    if pilot.since and pilot.until and pilot.until.latest() < pilot.since.earliest():
        raise FormRefused([BadInput("pilot.ends_before", since=pilot.since, until=pilot.until)])
    return pilot


def _read_title(text: str) -> str:
    title = read_text(text, MAX_TITLE)
    if not title:
        raise BadInput("pilot.empty")
    return title


def _read_until(text: str, today: date) -> PartialDate | None:
    """When a pilot ends or ended, None for nothing typed: what can be either is asked back.

    Raises `BadInput` as `read_date`.
    """
    if not clean(text):
        return None
    ahead = read_date(text, today, ahead=True)
    try:
        past = read_date(text, today)
    except BadInput:
        return ahead
    if past != ahead:
        raise BadInput("date.ambiguous", one=ahead, other=past)
    return ahead


@requires(Action.EDIT)
async def open_pilot(desk: Desk, caller: Caller, text: str, which: str | None = None) -> OpenedPilot:
    """One pilot of a prospect, or a new one, before a form for it is opened.

    Raises `BadInput` (`record.unreadable`, `record.no_act`), `NotFound` (`record.unknown`, `pilot.unknown`),
    `NotAllowed` (`record.not_ours`).
    """
    record, _ = read_act_record(text), caller.own_office()
    async with desk.database.read() as session:
        act = await changeable_act(session, desk, caller, record)
        seen = await seen_act(session, caller, record)
    if not which:
        return OpenedPilot(seen, act.version, "", PilotFields())
    index = find_part(act.act.pilots, which, _title)
    if index is None:
        raise NotFound("pilot.unknown", text=which.strip()[:80])
    return OpenedPilot(seen, act.version, handle_of(act.act.pilots, index), fields_of(act.act.pilots[index]))


@requires(Action.EDIT)
async def save_pilot(
    desk: Desk, caller: Caller, number: int, which: str, version: int, typed: PilotFields
) -> KeptPilot:
    """Store the form of a pilot; `which` is the handle that it was opened with, empty for a new one.

    The same form twice is stored once. Raises as `open_pilot`; `FormRefused`; `ChangedSince` where this pilot has
    changed meanwhile.
    """
    record, office = read_act_record(f"P{number}"), caller.own_office()
    today = office.today(desk.clock())
    async with desk.database.write() as session:
        act = await changeable_act(session, desk, caller, record, hold=True)
        held = act.act.pilots
        index = find_part(held, which, _title) if which else None
        pilot = read_pilot(typed, today, held[index] if index is not None else None)
        if which and index is None and pilot not in held:
            raise await changed_since(session, caller, act, version)
        after = replace(act.act, pilots=with_part(held, index, pilot))
        entry = await write_act(session, desk, caller, act, after)
        return KeptPilot(await seen_act(session, caller, record), pilot, index is None, entry)


@requires(Action.READ)
async def pilots_of(desk: Desk, caller: Caller, text: str) -> dict[str, Pilot]:
    """The pilots of a prospect by their handles. Raises as `open_pilot`."""
    record = read_act_record(text)
    async with desk.database.read() as session:
        held = await visible_record(session, caller, record)
    assert isinstance(held.content, NewPartnership), "a record with the number of an act"
    pilots = held.content.pilots
    return {handle_of(pilots, index): pilot for index, pilot in enumerate(pilots)}
