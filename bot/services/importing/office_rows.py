"""Rows of offices, as an export writes them: the place, and the rules that the office keeps to."""

from bot.domain.anniversaries import DEFAULT_LEAP_DAY_RULE, LeapDayRule
from bot.domain.offices import DEFAULT_POSTING_HOUR, LANGUAGES
from bot.services.importing.cells import Cells
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
        hour = _hour(cells)
        rule = cells.word("leap_day_rule", LeapDayRule, "leap_day_rule_unknown") or DEFAULT_LEAP_DAY_RULE
        if not cells.ok or place is None or language is None or zone is None:
            return
        if place.id in self.staging.offices:
            self.staging.count(Outcome.UNCHANGED)
            return
        self.staging.add_office(NewOffice(place, language, zone, hour, rule))
        self.staging.count(Outcome.ADDED)


def _hour(cells: Cells) -> int:
    hour = cells.raw("posting_hour") or str(DEFAULT_POSTING_HOUR)
    if hour.isascii() and hour.isdigit() and int(hour) <= 23:
        return int(hour)
    cells.problem("posting_hour", "hour_unreadable")
    return DEFAULT_POSTING_HOUR
