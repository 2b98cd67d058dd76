"""The sheet of offices, as an export writes it: the place, and the rules that the office keeps to."""

from dataclasses import dataclass, field

from bot.domain.anniversaries import LeapDayRule
from bot.domain.offices import LANGUAGES
from bot.services.import_acts import Outcome
from bot.services.import_batch import Batch
from bot.services.import_rows import Cells, Layout, zones
from db.engine import Session
from db.offices import insert_office

OFFICES = Layout("offices", ("place", "language", "zone"), ("posting_hour", "leap_day_rule"))


@dataclass(slots=True)
class OfficeSheet:
    """Reads offices; one that exists already keeps its own rules."""

    batch: Batch
    _new: dict[int, tuple[str, str, int, LeapDayRule]] = field(default_factory=dict)

    def read(self, cells: Cells) -> None:
        """Take in an office of one row, or say what is wrong with it."""
        key, language, zone = (cells.text(c, required=True) for c in ("place", "language", "zone"))
        rule = cells.word("leap_day_rule", LeapDayRule, "leap_day_rule_unknown") or LeapDayRule.FEB_28
        hour = cells.raw("posting_hour") or "9"
        if language and language not in LANGUAGES:
            cells.problem("language", "language_unknown", choices=list(LANGUAGES))
        if zone and zone not in zones():
            cells.problem("zone", "zone_unknown")
        if not (hour.isascii() and hour.isdigit() and int(hour) <= 23):
            cells.problem("posting_hour", "hour_unreadable")
        place = self.batch.places.by_key.get(key) if key else None
        if key and place is None:
            cells.problem("place", "place_key_unknown", place=key)
        if not cells.ok or place is None or language is None or zone is None:
            return
        if place.id in self.batch.offices or place.id in self._new:
            self.batch.count(Outcome.UNCHANGED)
            return
        self._new[place.id] = (language, zone, int(hour), rule)
        self.batch.count(Outcome.ADDED)

    async def store(self, session: Session) -> None:
        for place_id, (language, zone, hour, rule) in self._new.items():
            await insert_office(session, place_id, language, zone, posting_hour=hour, leap_day_rule=rule)
