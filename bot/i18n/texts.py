"""Texts in one language: sentences from the catalogue, dates, numbers and names of places and countries."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.domain.access import Role, Scope, Standing
from bot.domain.agreements import ClauseTag, Initiator
from bot.domain.anniversaries import LeapDayRule
from bot.domain.audit import Deed, OfficeDeed
from bot.domain.claims import Fact
from bot.domain.contacts import ContactRole, ContactState
from bot.domain.dates import PartialDate, Precision
from bot.domain.dormancy import Contact
from bot.domain.exchange_lists import Only
from bot.domain.exchange_particulars import AttendeeRole, Direction
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus, Format, Mode
from bot.domain.groups import Group
from bot.domain.health import Aspect
from bot.domain.offices import Purpose, RestDayRule, Weekday
from bot.domain.partnerships import Kind, Status
from bot.domain.places import Level, Place
from bot.domain.pressure import Bearing, Incident
from bot.domain.privacy import Kept
from bot.domain.profiles import Side, Topic
from bot.domain.prospects import Stage
from bot.domain.reciprocity import Owing
from bot.domain.regions import Region
from bot.domain.reminders import ReminderKind, ReminderState
from bot.i18n.catalogue import BABEL_LOCALES, catalogue

WORDS: dict[type[StrEnum], str] = {
    Kind: "kind",
    Status: "status",
    Contact: "contact",
    ContactRole: "contact_role",
    ContactState: "contact_state",
    ExchangeKind: "exchange_kind",
    ExchangeStatus: "exchange_status",
    Format: "format",
    Role: "role",
    Standing: "standing",
    Scope: "scope",
    Kept: "kept",
    Mode: "mode",
    ExchangeLevel: "exchange_level",
    Direction: "direction",
    Only: "only",
    Owing: "owing",
    AttendeeRole: "attendee_role",
    Level: "level",
    Deed: "deed",
    OfficeDeed: "office_deed",
    LeapDayRule: "leap_day_rule",
    RestDayRule: "rest_day_rule",
    ReminderKind: "reminder_kind",
    ReminderState: "reminder_state",
    Purpose: "purpose",
    Stage: "stage",
    Initiator: "initiator",
    ClauseTag: "clause",
    Fact: "fact",
    Topic: "topic",
    Region: "region",
    Side: "side",
    Incident: "incident",
    Bearing: "bearing",
    Aspect: "aspect",
    Weekday: "weekday",
}
"""The vocabularies that people read, and the first part of their keys: `kind.sister_city`."""


class Texts:
    """Makes the texts of one language.

    `texts("key", name=value)` fills a sentence; `n` picks its plural form. Dates, places, words of a vocabulary and
    numbers are written as the language writes them. Plain strings are user text: they pass through `escape`.
    """

    def __init__(self, language: str, escape: Callable[[str], str] = str) -> None:
        self.language = language
        self._escape = escape
        self._catalogue = catalogue(language)
        self._locale = Locale.parse(BABEL_LOCALES[language])

    def __call__(self, key: str, **values: Any) -> str:
        template = self._catalogue.template(key, values.get("n"))
        return template.format(**{name: self.write(value) for name, value in values.items()})

    def write(self, value: Any) -> str:
        """One value as the language writes it."""
        match value:
            case PartialDate():
                return self.date(value)
            case datetime():
                raise TypeError("a moment needs a zone: use Texts.moment")
            case date():
                return self.date(PartialDate.of(value))
            case Place():
                return self.place(value)
            case Group():
                return self.group(value)
            case StrEnum():
                return self.word(value)
            case Written():
                return str(value)
            case bool():
                raise TypeError("a truth value has no text of its own")
            case int() | float():
                return format_decimal(value, locale=self._locale)
            case list() | tuple():
                return self.listed(value)
            case _:
                return self._escape(str(value))

    def word(self, value: StrEnum) -> str:
        return self(f"{WORDS[type(value)]}.{value.value}")

    def days(self, first: PartialDate, last: PartialDate | None) -> str:
        """A day, or the first and the last of several, with the month and the year once if they are the same."""
        if last is None or last == first:
            return self.date(first)
        one, other = first.exact(), last.exact()
        if one is None or other is None or one.year != other.year:
            return self("days", first=first, last=last)
        within = "month" if one.month == other.month else "year"
        begin = format_date(one, self._catalogue.template(f"days.first_in_{within}"), self._locale)
        end = format_date(other, self._catalogue.template(f"days.last_in_{within}"), self._locale)
        return self("days", first=Written(begin), last=Written(end))

    def date(self, value: PartialDate, *, weekday: bool = False) -> str:
        """A partial date, as precise as it is."""
        if value.precision is Precision.YEAR:
            return self("date.year", year=Written(str(value.year)))
        if value.precision is Precision.MONTH:
            return format_date(value.earliest(), self._catalogue.template("date.month_pattern"), self._locale)
        pattern = "date.weekday_pattern" if weekday else "date.day_pattern"
        return format_date(value.earliest(), self._catalogue.template(pattern), self._locale)

    def moment(self, value: datetime, zone: str) -> str:
        """A moment as clocks in the zone show it, with the weekday, to the minute."""
        pattern = self._catalogue.template("date.moment_pattern")
        return format_datetime(value.astimezone(ZoneInfo(zone)), pattern, locale=self._locale)

    def listed(self, values: Sequence[Any]) -> str:
        """A and B; A, B, and C."""
        return format_list([self.write(value) for value in values], locale=self._locale)

    def either(self, values: Sequence[Any]) -> str:
        """A or B; A, B, or C."""
        return format_list([self.write(value) for value in values], style="or", locale=self._locale)

    def place(self, place: Place) -> str:
        """The name that the language uses, the English one where it has none."""
        name = place.name_zh if self.language.startswith("zh") and place.name_zh else place.name_en
        return self._escape(name)

    def group(self, group: Group) -> str:
        """The name that the language uses, the main one where it has none."""
        return self._escape(
            group.name_zh if self.language.startswith("zh") and group.name_zh else group.name_en
        )

    def place_in_full(self, place: Place) -> str:
        """The name with region and country, to tell homonyms apart."""
        where = self.where(place)
        return self("place.in_full", place=place, where=Written(where)) if where else self.place(place)

    def where(self, place: Place) -> str:
        """Region and country; empty where neither is known but by the place's own name."""
        chinese = self.language.startswith("zh")
        region = (place.region_zh if chinese else place.region_en) or place.region_en
        where = [self._escape(region)] if region and region != place.name_en else []
        if place.country and self.country(place.country) not in (place.name_en, place.name_zh):
            where.append(self.country(place.country))
        return "".join(reversed(where)) if chinese else ", ".join(where)

    def country(self, code: str) -> str:
        names: Mapping[str, str] = self._locale.territories
        return names.get(code, code)

    def country_in_sentence(self, code: str) -> str:
        """As it is called within a sentence: "the United States"."""
        article = "the " if self.language == "en" and code in _WITH_ARTICLE else ""
        return article + self.country(code)


_WITH_ARTICLE = frozenset(
    ("AE", "BS", "CC", "CF", "CK", "DO", "FK", "FO", "GB", "GM", "IO", "KM", "KY", "MH", "MP", "MV", "NL", "PH", "PN",
     "SB", "SC", "TC", "TF", "UM", "US", "VG", "VI")
)  # fmt: skip
"""Countries that English does not name without a "the"."""


class Written(str):
    """Text that is finished: it is put into a sentence as it is."""

    __slots__ = ()
