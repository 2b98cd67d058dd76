"""The registry while an import is under way: loaded once, changed by the rows, stored at the end."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Self

from bot.domain.access import DEFAULT_EVERYONE, Role, Scope, Standing
from bot.domain.anniversaries import DEFAULT_LEAP_DAY_RULE, LeapDayRule
from bot.domain.groups import Group, MembershipState
from bot.domain.health import Weights
from bot.domain.kind_rules import KindRule
from bot.domain.leads import DEFAULT_LEADS, Leads
from bot.domain.offices import DEFAULT_POSTING_HOUR, DEFAULT_REST_DAY_RULE, LANGUAGES, RestDayRule, WeeklyList
from bot.domain.partnerships import Kind
from bot.domain.prospecting import Step
from bot.domain.saving_rules import DEFAULT_SAVINGS, SavingRules
from bot.services.importing.acts import Acts
from bot.services.importing.cells import Cells, Findings
from bot.services.importing.contacts import Contacts
from bot.services.importing.exchanges import Exchanges
from bot.services.importing.files import Line
from bot.services.importing.layouts import PLACES
from bot.services.importing.places import Known, Places
from bot.services.importing.pressure import PressureNotes
from bot.services.importing.records import Advance, NewIds, Outcome
from db.contacts import stored_contacts
from db.engine import Session
from db.exchanges import stored_exchanges
from db.groups import all_groups, insert_group, set_membership
from db.office_measures import set_cadences, set_weekly_list, set_weights
from db.office_steps import change_office_steps, office_steps
from db.offices import insert_office, offices, set_kind_rule
from db.partnerships import stored_partnerships
from db.places import stored_places
from db.pressure import stored_notes


@dataclass(frozen=True, slots=True)
class Rules:
    """How an import reads: `country` is that of cities without one, `scope` that of records which name none.

    With `lenient`, a record of the registry's layout that was edited since stays as it is.
    """

    today: date
    country: str | None = None
    scope: Scope = Scope.SHARED
    lenient: bool = False


@dataclass(frozen=True, slots=True)
class NewOffice:
    """An office to be made, without a server."""

    place: Known
    language: str
    zone: str
    posting_hour: int = DEFAULT_POSTING_HOUR
    leap_day_rule: LeapDayRule = DEFAULT_LEAP_DAY_RULE
    rest_day_rule: RestDayRule = DEFAULT_REST_DAY_RULE
    leads: Leads = DEFAULT_LEADS
    standing: Standing = Standing.MEMBER
    everyone: Role = DEFAULT_EVERYONE
    kind_rules: tuple[KindRule, ...] = ()
    weekly_list: WeeklyList = field(default_factory=WeeklyList)
    cadences: Mapping[Kind, int] = field(default_factory=dict)
    weights: Weights = field(default_factory=dict)
    savings: SavingRules = DEFAULT_SAVINGS


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group to be made, of offices that are there: their ids."""

    group: Group
    joined: tuple[int, ...]
    invited: tuple[int, ...]


@dataclass(slots=True)
class Staging:
    """All that rows are looked up in and put into. What is new has ids below zero until it is stored."""

    rules: Rules
    places: Places
    acts: Acts
    exchanges: Exchanges
    contacts: Contacts
    pressure: PressureNotes
    offices: dict[int, int]
    """Office ids by place id."""

    standings: dict[int, Standing]
    """Of the offices that were there before, by their ids."""

    groups: list[Group]
    """Those that were there before, and those that rows add."""

    steps: dict[int, tuple[Step, ...]]
    """The steps that offices had before, by their ids."""

    findings: Findings = field(default_factory=Findings)
    counts: Counter[Outcome] = field(default_factory=Counter)
    _new_offices: list[NewOffice] = field(default_factory=list)
    _new_groups: list[NewGroup] = field(default_factory=list)
    _new_steps: dict[int, tuple[Step, ...]] = field(default_factory=dict)

    @classmethod
    async def load(cls, session: Session, rules: Rules) -> Self:
        """The registry as it stands, whoever may see what of it."""
        known = await offices(session)
        return cls(
            rules,
            Places(await stored_places(session)),
            Acts(await stored_partnerships(session, None)),
            Exchanges(await stored_exchanges(session, None)),
            Contacts(await stored_contacts(session, None)),
            PressureNotes(await stored_notes(session, None)),
            {office.place.id: office.id for office in known},
            {office.id: office.standing for office in known},
            await all_groups(session),
            await office_steps(session),
        )

    def cells(self, line: Line) -> Cells:
        return Cells(line, self.findings, self.rules.today)

    def count(self, outcome: Outcome | None) -> None:
        """Count what became of a row; None is one with a problem."""
        if outcome is not None:
            self.counts[outcome] += 1

    # Cells that name what is staged ------------------------------------------------------------------------

    def place_of(self, cells: Cells, column: str) -> Known | None:
        """The place whose key stands in the cell."""
        key = cells.text(column)
        place = self.places.by_key.get(key) if key else None
        if key and place is None:
            cells.problem(column, "place_key_unknown", place=key)
        return place

    def places_of(self, cells: Cells, column: str, fewest: int = 2) -> tuple[int, ...]:
        """The places whose keys stand in the cell, at least so many and none twice."""
        keys = cells.texts(column, PLACES)
        found = [self.places.by_key.get(key) for key in keys]
        for key, known in zip(keys, found, strict=True):
            if known is None:
                cells.problem(column, "place_key_unknown", place=key)
                return ()
        if len(keys) < fewest:
            cells.problem(column, "too_few_places" if fewest > 1 else "cell_empty")
            return ()
        return tuple(known.id for known in found if known)

    def scope_of(self, cells: Cells) -> Scope:
        return cells.word("scope", Scope, "scope_unknown") or self.rules.scope

    def office_of(self, cells: Cells, scope: Scope) -> int | None:
        """The office that the record belongs to. One that does not exist yet is made, without a server."""
        if not cells.has("office") and scope in (Scope.OFFICE, Scope.GROUP):
            cells.problem("office", "office_missing", scope=scope.value)
        place = self.place_of(cells, "office")
        if place is None:
            return None
        if place.id not in self.offices:
            if place.content.zone is None:
                cells.problem("office", "office_without_zone", place=place.content.key)
                return None
            language = "zh-TW" if place.content.country == "TW" else LANGUAGES[0]
            self.add_office(NewOffice(place, language, place.content.zone))
            cells.note("office", "note_office_made", place=place.content.name_en)
        return self.offices[place.id]

    def add_office(self, office: NewOffice) -> None:
        self._new_offices.append(office)
        self.offices[office.place.id] = -len(self._new_offices)

    def add_group(self, group: NewGroup) -> None:
        self._new_groups.append(group)
        self.groups.append(group.group)

    def set_steps(self, office_id: int, steps: tuple[Step, ...]) -> None:
        """Let an office that was there before have these steps and no others."""
        self._new_steps[office_id] = steps

    # Storing ------------------------------------------------------------------------------------------------

    async def store(self, session: Session, advance: Advance, now: datetime) -> None:
        """Store what is new and what changed; who is in a new group joined it `now` (UTC)."""
        by_place = await self.places.store(session)
        ids = NewIds(by_place, await self._store_offices(session, by_place))
        await self.acts.store(session, ids, advance)
        await self.exchanges.store(session, ids, advance)
        await self.contacts.store(session, ids, advance)
        await self.pressure.store(session, ids, advance)
        await self._store_groups(session, now)
        for office_id, steps in self._new_steps.items():
            if steps != self.steps.get(office_id):
                await change_office_steps(session, office_id, steps, now)

    async def _store_offices(self, session: Session, by_place: dict[int, int]) -> dict[int, int]:
        """Returns the id that each office has from now on, by the id it had here."""
        ids = {office_id: office_id for office_id in self.offices.values() if office_id > 0}
        for new in self._new_offices:
            office_id = ids[self.offices[new.place.id]] = await insert_office(
                session,
                by_place[new.place.id],
                new.language,
                new.zone,
                posting_hour=new.posting_hour,
                leap_day_rule=new.leap_day_rule,
                rest_day_rule=new.rest_day_rule,
                leads=new.leads,
                savings=new.savings,
                standing=new.standing,
                everyone=new.everyone,
            )
            for rule in new.kind_rules:
                await set_kind_rule(session, office_id, rule.kind, rule)
            await set_weekly_list(session, office_id, new.weekly_list)
            await set_cadences(session, office_id, new.cadences)
            await set_weights(session, office_id, new.weights)
        return ids

    async def _store_groups(self, session: Session, now: datetime) -> None:
        for new in self._new_groups:
            group_id = await insert_group(session, new.group.key, new.group.name_en, new.group.name_zh)
            for office_id in new.joined:
                await set_membership(session, group_id, office_id, MembershipState.JOINED, now)
            for office_id in new.invited:
                await set_membership(session, group_id, office_id, MembershipState.INVITED, now)


class Reader:
    """Reads the rows of one layout into the staging area."""

    def __init__(self, staging: Staging) -> None:
        self.staging = staging

    def ordered(self, lines: Sequence[Line]) -> Sequence[Line]:
        """The rows in the order in which they are best understood."""
        return lines

    def read(self, cells: Cells) -> None:
        """Take in what a row says, or say what is wrong with it."""
        raise NotImplementedError

    def finish(self) -> None:
        """Say what is wrong where that is only seen when all rows are read."""
