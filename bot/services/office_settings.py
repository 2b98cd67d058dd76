"""The settings of an office: how it posts and where, who is what in it, and a trail of every change."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from bot.domain.access import EVERYONE_ROLES, GIVEN_ROLES, Action, Role, Standing
from bot.domain.anniversaries import DEFAULT_LEAP_DAY_RULE, LeapDayRule
from bot.domain.errors import AttacheError, BadInput, ChangedMeanwhile, FormRefused
from bot.domain.health import Aspect
from bot.domain.kind_rules import KindRule
from bot.domain.leads import Leads, read_leads, write_leads
from bot.domain.names import clean
from bot.domain.offices import (
    DEFAULT_POSTING_HOUR,
    DEFAULT_REST_DAY_RULE,
    LANGUAGES,
    Office,
    Posting,
    Purpose,
    RestDayRule,
    read_hour,
    read_zone,
)
from bot.domain.partnerships import Kind
from bot.domain.places import Place
from bot.domain.planning import kinds_for
from bot.domain.saving_rules import savings_form
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from db import offices as db
from db.audit import record_change
from db.engine import Session
from db.reminders import call_off, reroute

T = TypeVar("T")
W = TypeVar("W", bound=StrEnum)

# How it posts ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PostingForm:
    """What somebody chose and typed about how an office posts; nothing of it is trusted."""

    language: str = LANGUAGES[0]
    zone: str = ""
    hour: str = str(DEFAULT_POSTING_HOUR)
    leap_day_rule: str = DEFAULT_LEAP_DAY_RULE.value
    rest_day_rule: str = DEFAULT_REST_DAY_RULE.value


def posting_form(posting: Posting) -> PostingForm:
    """The form as it would have to be filled in for this."""
    return PostingForm(**{name: str(value) for name, value in asdict(posting).items()})


def read_posting(form: PostingForm, place: Place) -> Posting:
    """What the form says; an empty zone is that of the place. Raises `FormRefused` with a problem for each field."""
    problems: list[AttacheError] = []

    def reading(read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except AttacheError as problem:
            problems.append(problem)
            return otherwise

    zone = clean(form.zone) or place.zone or ""
    posting = Posting(
        language=reading(lambda: _one_of(LANGUAGES, form.language), LANGUAGES[0]),
        zone=reading(lambda: read_zone(zone, place.zone), ""),
        hour=reading(lambda: read_hour(form.hour), 0),
        leap_day_rule=reading(lambda: read_word(LeapDayRule, form.leap_day_rule), DEFAULT_LEAP_DAY_RULE),
        rest_day_rule=reading(lambda: read_word(RestDayRule, form.rest_day_rule), DEFAULT_REST_DAY_RULE),
    )
    if problems:
        raise FormRefused(problems)
    return posting


def _one_of(offered: Sequence[str], text: str) -> str:
    if text not in offered:
        raise BadInput("office.not_offered", text=clean(text)[:80])
    return text


def read_word(vocabulary: type[W], text: str) -> W:
    """The word of a fixed list that was chosen. Raises `BadInput` (`office.not_offered`)."""
    return vocabulary(_one_of(tuple(vocabulary), text))


@requires(Action.ADMINISTER)
async def change_posting(desk: Desk, caller: Caller, form: PostingForm, version: int) -> Office:
    """Change language, zone, hour and rules of the caller's office, which stood at `version` when it was read.

    Raises `FormRefused`; `ChangedMeanwhile` (`office.changed_meanwhile`, with the changes) where somebody else was
    faster.
    """
    posting = read_posting(form, caller.own_office().place)
    async with changing_office(desk, caller, version) as (session, office):
        await db.set_posting(session, office.id, posting)
    return await office_as_stored(desk, office)


@dataclass(frozen=True, slots=True)
class LeadsForm:
    """How many days before an anniversary the office wants to be told, as somebody typed it."""

    milestone_leads: str = ""
    other_leads: str = ""


def leads_form(leads: Leads) -> LeadsForm:
    """The form as it would have to be filled in for this."""
    return LeadsForm(write_leads(leads.milestones), write_leads(leads.others))


@requires(Action.ADMINISTER)
async def change_leads(desk: Desk, caller: Caller, form: LeadsForm, version: int) -> Office:
    """Change when the caller's office is told of anniversaries.

    Raises `FormRefused` with a problem for each field; `ChangedMeanwhile` as `change_posting`.
    """
    problems: list[AttacheError] = []
    found: list[tuple[int, ...]] = []
    for text in (form.milestone_leads, form.other_leads):
        try:
            found.append(read_leads(text))
        except AttacheError as problem:
            problems.append(problem)
    if problems:
        raise FormRefused(problems)
    async with changing_office(desk, caller, version) as (session, office):
        await db.set_leads(session, office.id, Leads(*found))
    return await office_as_stored(desk, office)


# Where it posts ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChannelsForm:
    """The channels of an office, and the one role that its reminders may ping. Ids of Discord's, already read."""

    channels: Mapping[Purpose, int]
    notify_role_id: int | None = None


@requires(Action.ADMINISTER)
async def change_channels(desk: Desk, caller: Caller, form: ChannelsForm, version: int) -> Office:
    """Change where the caller's office posts; what waits goes to the new channel, and nowhere without one.

    Whether Attaché may write in a channel is for its caller to see. Raises `BadInput` (`office.pings_everyone`);
    `ChangedMeanwhile` as `change_posting`.
    """
    if form.notify_role_id is not None and form.notify_role_id == caller.guild_id:
        raise BadInput("office.pings_everyone")
    async with changing_office(desk, caller, version) as (session, office):
        await db.set_channels(session, office.id, form.channels)
        await db.set_notify_role(session, office.id, form.notify_role_id)
        await _redirect(session, office, form.channels)
    return await office_as_stored(desk, office)


async def _redirect(session: Session, office: Office, channels: Mapping[Purpose, int]) -> None:
    for purpose in Purpose:
        channel = channels.get(purpose)
        kinds = kinds_for(purpose)
        if channel == office.channels.get(purpose):
            continue
        if channel is None:
            await call_off(session, office.id, kinds)
        else:
            await reroute(session, office.id, channel, kinds)


# Who is what -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RolesForm:
    """Which Discord roles stand on which level, and what everyone else is."""

    levels: Mapping[Role, Sequence[int]] = field(default_factory=dict)
    everyone: str = ""


@requires(Action.ADMINISTER)
async def change_roles(desk: Desk, caller: Caller, form: RolesForm, version: int) -> Office:
    """Change what the Discord roles of the server mean in the caller's office.

    Raises `BadInput`: `office.role_twice` with the role and its levels, `office.role_of_all` for the role that
    everybody has, `office.not_offered`; `ChangedMeanwhile` as `change_posting`.
    """
    roles: dict[int, Role] = {}
    for level in GIVEN_ROLES:
        for role_id in form.levels.get(level, ()):
            if role_id in roles:
                raise BadInput("office.role_twice", role_id=role_id, levels=[roles[role_id], level])
            roles[role_id] = level
    if caller.guild_id in roles:
        raise BadInput("office.role_of_all")
    everyone = Role(_one_of(EVERYONE_ROLES, form.everyone))
    async with changing_office(desk, caller, version) as (session, office):
        await db.set_roles(session, office.id, roles, everyone)
    return await office_as_stored(desk, office)


@requires(Action.OPERATE)
async def change_standing(desk: Desk, caller: Caller, office: Office, standing: Standing) -> Office:
    """Make an office a member, a reader or a guest of the registry, whoever runs it."""
    async with desk.database.write() as session:
        await db.hold_office(session, office.id)
        before = await _office(session, office.id)
        await db.set_standing(session, office.id, standing)
        await _record(session, desk, caller, before)
    return await office_as_stored(desk, office)


# Changing and telling of it ----------------------------------------------------------------------------------


@asynccontextmanager
async def changing_office(desk: Desk, caller: Caller, version: int) -> AsyncIterator[tuple[Session, Office]]:
    """One change of the caller's office at a time: the office as it was, held for the change, which is recorded."""
    own = caller.own_office()
    async with desk.database.write() as session:
        await db.hold_office(session, own.id)
        office = await _office(session, own.id)
        if changes := _since(await db.changes_of_office(session, own.id), version):
            raise ChangedMeanwhile("office.changed_meanwhile", office.version, changes=changes)
        yield session, office
        await _record(session, desk, caller, office)


async def _record(session: Session, desk: Desk, caller: Caller, before: Office) -> None:
    """Write what changed, and nothing else, to the audit trail; where nothing did, nothing is written."""
    old, new = office_document(before), office_document(await _office(session, before.id))
    changed = [name for name in new if new[name] != old[name]]
    if not changed:
        return
    await db.count_on(session, before.id)
    await record_change(
        session,
        at=desk.clock(),
        action="office.settings",
        subject=f"office:{before.id}",
        user_id=caller.user_id,
        guild_id=caller.guild_id,
        office_id=before.id,
        before={name: old[name] for name in changed},
        after={name: new[name] for name in changed} | {VERSION: before.version + 1},
    )


async def _office(session: Session, office_id: int) -> Office:
    office = await db.office_by_id(session, office_id)
    assert office is not None, "offices are never deleted"
    return office


VERSION = "version"
"""Where the trail has which version of the office a change made."""


def office_document(office: Office) -> dict[str, Any]:
    """An office as the audit trail keeps it: plain JSON, flat, so that each setting that changed has a name."""
    held = sorted(office.roles.items())
    return {
        "place": office.place.key,
        "server": office.guild_id,
        "standing": office.standing.value,
        **{name: str(value) for name, value in asdict(office.posting).items()},
        **asdict(leads_form(office.leads)),
        **{f"channel_{purpose}": office.channels.get(purpose) for purpose in Purpose},
        "notify_role": office.notify_role_id,
        **{f"role_{level}": [role_id for role_id, role in held if role is level] for level in GIVEN_ROLES},
        "everyone": office.everyone.value,
        "keeps_questions": "on" if office.keeps_questions else "off",
        "list_day": office.weekly_list.day.value,
        "list_hour": office.weekly_list.hour,
        **{f"cadence_{kind}": office.cadences.get(kind) for kind in Kind},
        **{f"weight_{aspect}": office.weights.get(aspect) for aspect in Aspect},
        **{f"savings_{name}": value or None for name, value in asdict(savings_form(office.savings)).items()},
        **{f"kind_rule_{kind}": _in_both_languages(office.kind_rules.get(kind)) for kind in Kind},
    }


def _in_both_languages(rule: KindRule | None) -> list[str] | None:
    return [rule.text_en, rule.text_zh] if rule else None


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One setting, by its name in `office_document`, as it was and as it is."""

    name: str
    before: Any
    after: Any


def _since(trail: Sequence[db.Change], version: int) -> list[SettingChange]:
    """What the changes after a version come to."""
    first: dict[str, Any] = {}
    last: dict[str, Any] = {}
    for before, after in trail:
        if after.get(VERSION, 0) > version:
            for name in after.keys() - {VERSION}:
                first.setdefault(name, before.get(name))
                last[name] = after[name]
    return [
        SettingChange(name, first[name], last[name]) for name in sorted(last) if first[name] != last[name]
    ]


async def office_as_stored(desk: Desk, office: Office) -> Office:
    async with desk.database.read() as session:
        return await _office(session, office.id)
