"""Reading dates as people type them, in English and Chinese. What can be read two ways is asked back, never guessed.

Standard library only.
"""

import calendar
import re
import unicodedata
from collections.abc import Callable
from datetime import date, time

from bot.domain.dates import FIRST_YEAR, PartialDate, Precision
from bot.domain.errors import BadInput
from bot.domain.near_dates import AHEAD, PAST, Tense, dated, days_from, next_weekday, weekday_of_week

ROC_EPOCH = 1911
"""民國 1 is 1912."""

MONTHS = {
    name.lower(): number
    for table in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(table)
    if name
} | {"sept": 9}
MONTH_WORD = "|".join(sorted(MONTHS, key=len, reverse=True))

WEEKDAYS = {
    name.lower(): number
    for table in (calendar.day_name, calendar.day_abbr)
    for number, name in enumerate(table)
} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
WEEKDAY_WORD = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
CHINESE_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}

_DAY_WORDS = {
    "today": 0, "now": 0, "今天": 0, "今日": 0, "剛剛": 0, "剛才": 0,
    "yesterday": -1, "昨天": -1, "昨日": -1,
    "the day before yesterday": -2, "day before yesterday": -2, "前天": -2, "前日": -2, "大前天": -3,
    "tomorrow": 1, "明天": 1, "明日": 1, "後天": 2, "大後天": 3,
    "the day after tomorrow": 2, "day after tomorrow": 2,
}  # fmt: skip

_UNITS = {"天": "day", "月": "month", "年": "year"} | dict.fromkeys(("週", "周", "星期", "禮拜"), "week")

_CHINESE_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"兩": 2, "〇": 0}
_D = "[一二三四五六七八九]"
NUMBER = rf"(?:\d{{1,4}}|[零〇一二三四五六七八九]{{1,4}}|兩|{_D}?十{_D}?|{_D}百(?:[零〇]{_D}|{_D}十{_D}?)?)"
"""A number as Chinese texts write it: 20, 二十, 二〇二六, 一百一十五; not 一百五, which is 150."""


def read_date(text: str, today: date, *, ahead: bool = False) -> PartialDate:
    """Read a date as people type it, in English or Chinese; `today` is the writer's day.

    ISO (`2026-11-20`, `2026/11`, `2026`), day-first and month-name forms, Chinese and ROC forms (`11月20日`,
    `民國80年`), and words (`yesterday`, `last Friday`, `3 days ago`, 昨天, 上週五). A day or month without a year
    is the latest one that is not in the future. Where a date is asked for that lies `ahead`, it is the next one that
    is not over, a weekday alone is the coming one, and `next Friday`, `in 3 days`, 下週五, 3天後 are read, too.
    Raises `BadInput`: `date.empty`, `date.unreadable` (ahead: `date.unreadable_ahead`), `date.impossible`,
    `date.ambiguous` (with both readings), `date.which_day_of_week`, `date.year_out_of_range`.
    """
    cleaned = _clean(text)
    if not cleaned:
        raise BadInput("date.empty")
    for pattern, reader in _READERS_AHEAD if ahead else _READERS:
        if match := pattern.fullmatch(cleaned):
            return reader(match, today)
    raise _unreadable(text, ahead=ahead)


def _unreadable(text: str, *, ahead: bool) -> BadInput:
    return BadInput("date.unreadable_ahead" if ahead else "date.unreadable", text=text.strip()[:80])


_DAY_PARTS = {
    "am": (0, 11), "pm": (12, 23), "凌晨": (0, 5), "早上": (5, 11), "上午": (5, 11),
    "中午": (11, 14), "下午": (12, 19), "晚上": (17, 23),
}  # fmt: skip
"""From which hour to which a part of the day is meant; what does not fit (晚上12點, 14:00 am) is not read."""

_TIME = re.compile(
    r"(?:^|[\s,@]|(?<=[日號天晨午晚一二三四五六])|(?<=\d)t(?=\d))(?:at\s+)?"
    r"(?P<part>凌晨|早上|上午|中午|下午|晚上)?\s*"
    rf"(?P<hour>{NUMBER})(?::(?P<minute>[0-5]\d)|點(?:(?P<half>半)|(?P<minutes>{NUMBER})分?)?|(?=\s*[ap]\.?m))"
    r"\s*(?:(?P<ampm>[ap])\.?m)?$"
)


def read_moment(text: str, today: date, *, ahead: bool = False) -> tuple[PartialDate, time | None]:
    """Read a date with, perhaps, a time of day behind it: `yesterday 9:00`, `昨天下午2點半`, `20 Nov 2:30 pm`.

    The time is the writer's wall clock; `ahead` as for `read_date`. Raises as that does, and `date.time_without_day`.
    """
    cleaned = _clean(text)
    match = _TIME.search(cleaned)
    if match is None:
        return read_date(text, today, ahead=ahead), None
    day = read_date(cleaned[: match.start()] or "today", today, ahead=ahead)
    if day.precision is not Precision.DAY:
        raise BadInput("date.time_without_day", text=text.strip()[:80])
    at = _time_of_day(match)
    if at is None:
        raise _unreadable(text, ahead=ahead)
    return day, at


def _time_of_day(match: re.Match[str]) -> time | None:
    """The time on a clock of 24 hours, None where there is no such time or the words contradict it."""
    minute = 30 if match["half"] else chinese_number(match["minute"] or match["minutes"] or "0")
    return wall_time(
        chinese_number(match["hour"]), minute, f"{match['ampm']}m" if match["ampm"] else match["part"]
    )


def wall_time(hour: int, minute: int, part: str | None) -> time | None:
    """The time on a clock of 24 hours; `part` is am, pm or 凌晨 to 晚上. None where there is none, or they differ."""
    if part:
        first, last = _DAY_PARTS[part]
        meant = (hour, (hour + 12) % 24) if hour <= 12 else (hour,)
        hour = next((h for h in meant if first <= h <= last), 24)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _clean(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).replace("臺", "台").casefold()
    folded = "".join(c for c in folded if unicodedata.category(c) not in {"Cc", "Cf"} or c in "\t\n ")
    return " ".join(folded.split()).strip(" .,。，")


def _two_numbers(first: int, second: int, year: int | None, today: date, tense: Tense) -> PartialDate:
    """`20/11` or `11/20`, with or without a year: read where only one order is possible, asked back otherwise."""
    if first > 12 or second > 12 or first == second:
        day, month = (first, second) if first > 12 else (second, first)
        return tense.yearless(month, day, today) if year is None else dated(year, month, day)
    one, other = (
        dated(tense.year_of(month, day, today) if year is None else year, month, day)
        for month, day in ((second, first), (first, second))
    )
    raise BadInput("date.ambiguous", one=one, other=other)


def _months_from(today: date, months: int) -> PartialDate:
    index = today.year * 12 + today.month - 1 + months
    return dated(index // 12, index % 12 + 1)


def chinese_number(text: str) -> int:
    """The value of what `NUMBER` matches, and of 元."""
    if text.isdigit():
        return int(text)
    if text == "元":
        return 1
    hundreds, hundred, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    if not (hundred or ten):
        return int("".join(str(_CHINESE_DIGITS[c]) for c in text))

    def digit(part: str) -> int:
        return _CHINESE_DIGITS[part[-1]] if part else 0

    return digit(hundreds) * 100 + ((digit(tens) or 1) * 10 if ten else 0) + digit(ones)


def _roc(match: re.Match[str], today: date) -> PartialDate:
    year = chinese_number(match["y"])
    if year == 0:
        raise BadInput("date.impossible", year=year, month=0, day=0)
    return _chinese_date(match, year + ROC_EPOCH)


def _chinese_year(match: re.Match[str], today: date) -> PartialDate:
    """A year without 民國: of our era where written in full (二〇二六年), else a Taiwanese one (115年)."""
    year = chinese_number(match["y"])
    return _chinese_date(match, year) if year >= FIRST_YEAR else _roc(match, today)


def _chinese_date(match: re.Match[str], year: int) -> PartialDate:
    month, day = match["m"], match["d"]
    return dated(year, chinese_number(month) if month else None, chinese_number(day) if day else None)


def _ymd(match: re.Match[str], today: date) -> PartialDate:
    return dated(*(int(part) for part in match.groups() if part))


def _relative_chinese_year(match: re.Match[str], today: date) -> PartialDate:
    return _chinese_date(match, today.year + {"今": 0, "去": -1, "前": -2, "明": 1}[match["y"]])


_SEPARATOR = r"\s*[-/.]\s*"
_WEEK, _WEEKDAY = "(?:週|周|星期|禮拜)", "(?P<day>[一二三四五六日天])"

_Reader = Callable[[re.Match[str], date], PartialDate]
_Readers = list[tuple[re.Pattern[str], _Reader]]


def _readers(tense: Tense, *more: tuple[str, _Reader]) -> _Readers:
    """Every form that is read, in the order in which they are tried; those of one tense alone are in `more`."""
    forms = (*_written(tense), *_told(tense), *more)
    return [(re.compile(pattern), reader) for pattern, reader in forms]


def _written(tense: Tense) -> tuple[tuple[str, _Reader], ...]:
    """Dates by their numbers and months."""
    return (
        ("|".join(map(re.escape, _DAY_WORDS)), lambda m, t: days_from(t, _DAY_WORDS[m[0]])),
        (rf"(\d{{4}})(?:{_SEPARATOR}(\d{{1,2}})(?:{_SEPARATOR}(\d{{1,2}}))?)?", _ymd),
        (r"(\d{4})(\d{2})(\d{2})", _ymd),
        (r"(\d{4})\s*年(?:\s*(\d{1,2})\s*月份?(?:\s*(\d{1,2})\s*[日號]?)?)?", _ymd),
        (
            rf"(?:民國|roc)\s*(?P<y>{NUMBER}|元)\s*(?:年|$)(?:\s*(?P<m>{NUMBER}|元)\s*月(?:\s*(?P<d>{NUMBER})\s*[日號]?)?)?",
            _roc,
        ),
        (
            rf"(?P<y>{NUMBER})\s*年(?:\s*(?P<m>{NUMBER}|元)\s*月(?:\s*(?P<d>{NUMBER})\s*[日號]?)?)?",
            _chinese_year,
        ),
        (
            rf"(?:民國|roc)?\s*(?P<y>1\d{{2}}|[6-9]\d){_SEPARATOR}(?P<m>\d{{1,2}}){_SEPARATOR}(?P<d>\d{{1,2}})",
            _roc,
        ),
        (
            rf"(?P<y>[今去前明])年(?:\s*(?P<m>{NUMBER}|元)\s*月(?:\s*(?P<d>{NUMBER})\s*[日號]?)?)?",
            _relative_chinese_year,
        ),
        (
            rf"(?P<m>{NUMBER}|元)\s*月份?(?:\s*(?P<d>{NUMBER})\s*[日號]?)?",
            lambda m, t: tense.yearless(
                chinese_number(m["m"]), chinese_number(m["d"]) if m["d"] else None, t
            ),
        ),
        (
            rf"(\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of\s+)?[-/ ]?\s*({MONTH_WORD})\.?(?:[-/, ]+(\d{{4}}))?",
            lambda m, t: _named(m[2], int(m[1]), m[3], t, tense),
        ),
        (
            rf"({MONTH_WORD})\.?[-/ ]+(\d{{1,2}})(?:st|nd|rd|th)?(?:[-/, ]+(\d{{4}}))?",
            lambda m, t: _named(m[1], int(m[2]), m[3], t, tense),
        ),
        (
            rf"({MONTH_WORD})\.?(?:[-/, ]+(?:of\s+)?(\d{{4}}))?",
            lambda m, t: _named(m[1], None, m[2], t, tense),
        ),
        (
            rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{4}})",
            lambda m, t: _two_numbers(int(m[1]), int(m[2]), int(m[3]), t, tense),
        ),
        (r"(\d{1,2})\s*/\s*(\d{1,2})", lambda m, t: _two_numbers(int(m[1]), int(m[2]), None, t, tense)),
    )


def _told(tense: Tense) -> tuple[tuple[str, _Reader], ...]:
    """Dates by how far they are from today, and by days of the week."""
    return (
        (r"(?:in\s+)?(?:the\s+)?year\s+(\d{4})|in\s+(\d{4})", _ymd),
        (
            r"(\d{1,4}|an?|one|two|three)\s+(day|week|month|year)s?\s+ago",
            lambda m, t: _ago(_small_number(m[1]), m[2], t),
        ),
        (
            # Not 10月前 or 20日前, which also say "before October" and "by the 20th".
            rf"(?P<n>{NUMBER})\s*(?:個(?=月|星期|禮拜))?(?P<unit>天|週|周|星期|禮拜|(?<=個)月|年)[之以]?前",
            lambda m, t: _ago(chinese_number(m["n"]), _UNITS[m["unit"]], t),
        ),
        (r"last\s+(month|year)", lambda m, t: _ago(1, m[1], t)),
        (r"(?:last|this)\s+week|(?:上|這|本)個?(?:週|周|星期|禮拜)", lambda m, t: _which_day(m[0])),
        (r"this\s+(month|year)", lambda m, t: _ago(0, m[1], t)),
        (r"上個?月", lambda m, t: _ago(1, "month", t)),
        (r"(?:這|本)個?月", lambda m, t: _ago(0, "month", t)),
        (rf"(?:on\s+)?({WEEKDAY_WORD})", lambda m, t: tense.weekday(WEEKDAYS[m[1]], t)),
        (rf"(?:last|this\s+past)\s+({WEEKDAY_WORD})", lambda m, t: PAST.weekday(WEEKDAYS[m[1]], t)),
        (rf"{_WEEK}{_WEEKDAY}", lambda m, t: tense.weekday(CHINESE_WEEKDAYS[m["day"]], t)),
        (
            rf"上個?{_WEEK}{_WEEKDAY}",
            lambda m, t: weekday_of_week(CHINESE_WEEKDAYS[m["day"]], t, -1),
        ),
    )


def _named(month: str, day: int | None, year: str | None, today: date, tense: Tense) -> PartialDate:
    number = MONTHS[month]
    return dated(int(year), number, day) if year else tense.yearless(number, day, today)


def _which_day(text: str) -> PartialDate:
    """A week has no partial date: which day of it is asked back, not guessed."""
    raise BadInput("date.which_day_of_week", text=text)


def _small_number(text: str) -> int:
    return {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}.get(text) or int(text)


def _ago(count: int, unit: str, today: date) -> PartialDate:
    """So many days, months or years ago, as precise as the unit: "a month ago" is a month. Less than none lie ahead."""
    match unit:
        case "day":
            return days_from(today, -count)
        case "week":
            return _which_day(f"{abs(count)} weeks")
        case "month":
            return _months_from(today, -count)
        case _:
            return dated(today.year - count)


_READERS = _readers(PAST)
_READERS_AHEAD = _readers(
    AHEAD,
    (rf"this\s+({WEEKDAY_WORD})", lambda m, t: weekday_of_week(WEEKDAYS[m[1]], t, 0)),
    (rf"(?:this\s+)?coming\s+({WEEKDAY_WORD})", lambda m, t: AHEAD.weekday(WEEKDAYS[m[1]], t)),
    (rf"next\s+({WEEKDAY_WORD})", lambda m, t: next_weekday(WEEKDAYS[m[1]], t)),
    (rf"({WEEKDAY_WORD})\s+next\s+week", lambda m, t: weekday_of_week(WEEKDAYS[m[1]], t, 1)),
    (
        rf"(?P<which>這|本|下{{1,2}})個?{_WEEK}{_WEEKDAY}",
        lambda m, t: weekday_of_week(CHINESE_WEEKDAYS[m["day"]], t, m["which"].count("下")),
    ),
    (r"next\s+week|下個?(?:週|周|星期|禮拜)", lambda m, t: _which_day(m[0])),
    (
        r"in\s+(\d{1,4}|an?|one|two|three)\s+(day|week|month|year)s?",
        lambda m, t: _ago(-_small_number(m[1]), m[2], t),
    ),
    (
        rf"(?P<n>{NUMBER})\s*(?:個(?=月|星期|禮拜))?(?P<unit>天|週|周|星期|禮拜|(?<=個)月|年)[之以]?後",
        lambda m, t: _ago(-chinese_number(m["n"]), _UNITS[m["unit"]], t),
    ),
    (r"next\s+(month|year)", lambda m, t: _ago(-1, m[1], t)),
    (r"下個?月", lambda m, t: _ago(-1, "month", t)),
)
