"""On which days people work, where an office is: weekends and public holidays of its country."""

from datetime import date
from functools import cache

import holidays
from holidays import HolidayBase

from bot.domain.offices import Office, WorkingDay
from bot.services.holiday_names import chinese_holiday

SATURDAY = 5


def working_days(office: Office) -> WorkingDay:
    """Whether a day is a working day in the country of the office's place.

    Weekends are the country's own, a Saturday that is worked to make up for a bridge day counts as a working day. Of
    a country whose holidays are not known, or without one, Saturdays and Sundays are the rest days. Holidays of a
    single state or county are not taken.
    """
    return place_works(office.place.country)


def place_works(country: str | None) -> WorkingDay:
    """The same for any place of a country."""
    calendar = _calendar(country)
    return _outside_weekends if calendar is None else calendar.is_working_day


ENGLISH = "en_US"
TRADITIONAL = ("zh_TW", "zh_HK", "zh_MO")
"""The languages of calendars in which a reader of Chinese is told names, the nearest first."""


def holiday_name(country: str | None, day: date, language: str) -> str | None:
    """What a public holiday of a country is called, in English where no other name is known for the reader."""
    calendar = _calendar(country)
    if country is None or calendar is None or day not in calendar:
        return None
    chinese = language.startswith("zh")
    wanted = TRADITIONAL if chinese else (language.replace("-", "_"),)
    known = calendar.supported_languages
    spoken = next((each for each in (*wanted, ENGLISH) if each in known), calendar.default_language)
    name: str | None = holidays.country_holidays(country, years=day.year, language=spoken).get(day)
    if name is None or not chinese or spoken in wanted:
        return name
    return chinese_holiday(country, name) or name


@cache
def _calendar(country: str | None) -> HolidayBase | None:
    """The calendar of a country, None where there is none; it works out each year when it is first asked for."""
    if country is None:
        return None
    try:
        return holidays.country_holidays(country)
    except NotImplementedError:
        return None


def _outside_weekends(day: date) -> bool:
    return day.weekday() < SATURDAY
