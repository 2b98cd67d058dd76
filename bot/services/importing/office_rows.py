"""Rows of offices, as an export writes them: the place, and the rules that the office keeps to."""

from bot.domain.access import DEFAULT_EVERYONE, EVERYONE_ROLES, Role, Standing
from bot.domain.anniversaries import DEFAULT_LEAP_DAY_RULE, LeapDayRule
from bot.domain.dormancy import read_cadence
from bot.domain.errors import BadInput
from bot.domain.health import WHOLE, Aspect, Weights, read_weights
from bot.domain.leads import DEFAULT_LEADS, LONGEST_LEAD, Leads, read_leads, write_leads
from bot.domain.offices import (
    DEFAULT_POSTING_HOUR,
    DEFAULT_REST_DAY_RULE,
    LANGUAGES,
    RestDayRule,
    Weekday,
    WeeklyList,
)
from bot.domain.partnerships import Kind
from bot.services.importing.cells import Cells
from bot.services.importing.part_cells import read_kind_rules_cell, read_numbers_cell, read_savings_cell
from bot.services.importing.records import Outcome
from bot.services.importing.staging import NewOffice, Reader


class OfficeRows(Reader):
    """Reads offices; one that exists already keeps its own rules."""

    def read(self, cells: Cells) -> None:
        """Take in an office that is not there yet."""
        cells.text("place", required=True)
        place = self.staging.place_of(cells, "place")
        language = cells.text("language", required=True)
        if language and language not in LANGUAGES:
            cells.problem("language", "language_unknown", choices=list(LANGUAGES))
        zone = cells.zone("zone", required=True)
        hour = _hour(cells, "posting_hour")
        leap_day = cells.word("leap_day_rule", LeapDayRule, "leap_day_rule_unknown")
        rest_day = cells.word("rest_day_rule", RestDayRule, "rest_day_rule_unknown")
        leads = Leads(
            _leads(cells, "milestone_leads", DEFAULT_LEADS.milestones),
            _leads(cells, "other_leads", DEFAULT_LEADS.others),
        )
        standing = cells.word("standing", Standing, "standing_unknown")
        everyone = _everyone(cells)
        kind_rules = read_kind_rules_cell(cells)
        day = cells.word("list_day", Weekday, "list_day_unknown")
        weekly_list = WeeklyList(day or WeeklyList().day, _hour(cells, "list_hour"))
        cadences = read_numbers_cell(cells, "cadences", Kind, read_cadence)
        weights = _weights(cells)
        savings = read_savings_cell(cells)
        if not cells.ok or place is None or language is None or zone is None:
            return
        if place.id in self.staging.offices:
            self.staging.count(Outcome.UNCHANGED)
            return
        self.staging.add_office(
            NewOffice(
                place,
                language,
                zone,
                hour,
                leap_day or DEFAULT_LEAP_DAY_RULE,
                rest_day or DEFAULT_REST_DAY_RULE,
                leads,
                standing or Standing.MEMBER,
                everyone,
                kind_rules,
                weekly_list,
                cadences,
                weights,
                savings,
            )
        )
        self.staging.count(Outcome.ADDED)


def _hour(cells: Cells, column: str) -> int:
    hour = cells.raw(column) or str(DEFAULT_POSTING_HOUR)
    if hour.isascii() and hour.isdigit() and int(hour) <= 23:
        return int(hour)
    cells.problem(column, "hour_unreadable")
    return DEFAULT_POSTING_HOUR


def _leads(cells: Cells, column: str, otherwise: tuple[int, ...]) -> tuple[int, ...]:
    if not cells.has(column):
        return otherwise
    try:
        return read_leads(cells.raw(column))
    except BadInput:
        cells.problem(column, "leads_unreadable", most=LONGEST_LEAD, example=write_leads(otherwise))
        return otherwise


def _weights(cells: Cells) -> Weights:
    """What each aspect weighs, empty for the built-in weights."""
    weights = read_numbers_cell(cells, "weights", Aspect, lambda number: number)
    try:
        return read_weights(weights) if weights else {}
    except BadInput:
        cells.problem("weights", "weights_unreadable", whole=WHOLE)
        return {}


def _everyone(cells: Cells) -> Role:
    """What people without a mapped role are: never an administrator."""
    text = cells.raw("everyone") or DEFAULT_EVERYONE.value
    if text in [role.value for role in EVERYONE_ROLES]:
        return Role(text)
    cells.problem("everyone", "everyone_unknown", choices=[role.value for role in EVERYONE_ROLES])
    return DEFAULT_EVERYONE
