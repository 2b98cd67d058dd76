"""How dates, days and periods are written in English, and in figures."""

import re
from datetime import date

from bot.domain.date_reading import MONTH_WORD, MONTHS, WEEKDAY_WORD, WEEKDAYS
from bot.domain.dates import PartialDate
from bot.domain.periods import Period
from bot.questions.times.reading import (
    SOME,
    Read,
    Value,
    as_typed,
    away,
    century,
    dated,
    day_of_month,
    days_of_month,
    decade,
    near_season,
    part_of_year,
    quarter_near,
    rest_of_year,
    season,
    shift,
    short_decade,
    the_coming,
    the_last,
    week,
    weekday,
    yearless,
)

# Words ---------------------------------------------------------------------------------------------------------

DAYS = {
    "the day before yesterday": -2, "day before yesterday": -2, "the day after tomorrow": 2, "day after tomorrow": 2,
    "earlier today": 0, "later today": 0, "today": 0, "just now": 0, "tonight": 0,
    "this morning": 0, "this afternoon": 0, "this evening": 0, "last night": -1, "yesterday": -1, "tomorrow": 1,
}  # fmt: skip
YEARS = {
    "the year before last": -2,
    "year before last": -2,
    "last year": -1,
    "this year": 0,
    "next year": 1,
    "the coming year": 1,
}
STEPS = {"last": -1, "this": 0, "next": 1}
ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7} | {
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70} | {
    "eighties": 80, "nineties": 90,
}  # fmt: skip
CENTURIES = {"19th": 19, "nineteenth": 19, "20th": 20, "twentieth": 20, "21st": 21, "twenty-first": 21}
COUNTED = (
    "people|persons?|participants?|visitors?|guests?|students?|pupils?|delegates?|athletes?|runners?|masks?|books?|boxes"
    "|copies|sets?|pieces?|items?|households?|units?|min|km|kg|usd|euros?|dollars?|yen|ntd?|hours?"
)
"""What is counted, so that the number before it is no year."""

_SURE_MONTHS = (
    "january|february|april|june|july|august|september|october|november|december|sept|nov|oct|aug|feb|apr|jul"
)
"""Those that are no other word: "may" and "march" need a word before them that leads to a month."""

_UNSURE_DAYS = "mon|tue|wed|thu|fri|sat|sun"

# Pieces of patterns --------------------------------------------------------------------------------------------

YEAR = r"(?:1[89]\d\d|20\d\d|21\d\d)"
_ANY_YEAR = rf"(?P<y>{YEAR}|(?:last|this|next)\s+year)"
_YEAR_BEHIND = rf"(?:\s*,?\s*(?:of\s+)?(?P<y>{YEAR})(?!\d))?"
_TH = r"(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|–|—|~|to|through|until|till|and|&|,)\s*"
_MONTH = rf"(?P<month>{MONTH_WORD})\b(?:(?:(?<=\b[a-z]{{3}})(?<!may)|(?<=\bsept))\.)?"
"""A month; the stop behind it belongs to it where it is shortened, and else ends the sentence."""
_COUNT = rf"(?P<n>\d{{1,3}}|(?:a )?couple of|{'|'.join(COUNTS)})"
_UNIT = r"(?P<unit>day|week|fortnight|month|year|yr)s?\b"
_UNITS = r"(?P<unit>day|week|month|year|yr)s\b"
_WITHIN = r"(?:in|within|over|during|for|throughout)"
_PART = r"(?:the\s+)?(?:early|mid|late|beginning\s+of|start\s+of|middle\s+of|end\s+of)[\s-]+"
_PHASE = r"(?:(?P<phase>early|late)[\s-]*)?"
_LEADS = "in of since before after until till by during from between to and this for"
_LED = "|".join([_PART, *(rf"(?<=\b{word} )" for word in _LEADS.split())])
_NOT_COUNTED = rf"(?!\d|:\d|\s*(?:{COUNTED}|[ap]\.?m)\b)"
_NO_YEAR = (
    rf"(?!\s*(?:{COUNTED})\b|\s*[人名位個件箱片本冊萬億元戶間棟年]|[.,:/]?\d|-(?!{YEAR}(?!\d))\d|%|[a-z])"
)
_DENIED = re.compile(r"\b(?:not|no|never|without|nobody|nothing|hasn|haven|hadn|didn|hardly)\b|n't\b")
_BEFORE_FIGURES = r"(?<![\d/.:-])"

# Readers -------------------------------------------------------------------------------------------------------


def _figures(match: re.Match[str], _: date) -> Value:
    return dated(*(int(part) for part in match.groups()))


def _day_and_month(match: re.Match[str], today: date) -> Value | Read:
    month, day = MONTHS[match["month"]], int(match["d"])
    return dated(int(match["y"]), month, day) if match["y"] else yearless(month, day, today)


def _days_and_month(match: re.Match[str], today: date) -> Value | Read | None:
    year = int(match["y"]) if match["y"] else None
    return days_of_month(year, MONTHS[match["month"]], int(match["d"]), int(match["d2"]), today)


def _relative_month(match: re.Match[str], today: date) -> Value:
    """last March: the newest that is over; next March: the first that has not begun."""
    month, step = MONTHS[match["month"]], STEPS[match["which"]]
    over, begun = month < today.month, month <= today.month
    year = today.year + {-1: 0 if over else -1, 0: 0, 1: 1 if begun else 0}[step]
    return PartialDate(year, month)


def _count(text: str | None) -> int:
    return int(text) if text and text.isdigit() else COUNTS.get(text or "one", 2)


def _last_or_past(match: re.Match[str], today: date) -> Value:
    """The last two years end today, and so does the past year; last year is that of the calendar."""
    if match["n"] is None and match["which"] != "past":
        return away(today, -1, match["unit"])
    return the_last(today, _count(match["n"]), match["unit"])


def _not_in(match: re.Match[str], today: date) -> Value | None:
    """Not in two years: that was the last two; without a "not" it speaks of what is to come, and says no day."""
    denied = _DENIED.search(match.string, 0, match.start())
    return the_last(today, _count(match["n"]), match["unit"]) if denied else None


def _phase(match: re.Match[str], years: Period) -> Period:
    """The half of a decade: the early 1990s end in 1994, the late ones begin in 1995."""
    first, last = years.first, years.last
    if match["phase"] is None or first is None or last is None:
        return years
    if match["phase"] == "early":
        return Period(first, PartialDate(first.year + 4))
    return Period(PartialDate(first.year + 5), last)


def _year(text: str, today: date) -> int:
    return int(text) if text.isdigit() else today.year + YEARS[" ".join(text.split())]


_NOT_UP_TO = "".join(
    rf"(?<!\b{word} )(?<!\b{word} the )" for word in ("by", "until", "till", "after", "before")
)
_NOT_SINCE = "".join(
    rf"(?<!\b{word} )(?<!\b{word} the )" for word in ("since", "beginning", "starting", "from")
)
"""Up to the end of a year, or behind it, is up to that year or behind it; since its beginning is since that year."""
_SHARES = {"beginning": (3, 0), "start": (3, 0), "middle": (4, 1), "end": (1, 11)}
"""How many months each part of a year has that is called so, and which part it is; its end is December."""

_QUARTERS_ON = {"this": 0, "current": 0, "next": 1, "coming": 1}
"""How many quarters on; the others are the last."""


# Rules ---------------------------------------------------------------------------------------------------------

ENGLISH = (
    # Figures
    (rf"{_BEFORE_FIGURES}({YEAR})\s*[-/.]\s*(\d{{1,2}})\s*[-/.]\s*(\d{{1,2}})(?![\d/-])", _figures),
    (rf"{_BEFORE_FIGURES}({YEAR})[-/](0?[1-9]|1[0-2])(?![\d/.-])", _figures),
    (rf"{_BEFORE_FIGURES}\d{{1,2}}([/.-])\d{{1,2}}\1{YEAR}(?![\d/-])", lambda m, t: as_typed(m[0], t)),
    (rf"{_BEFORE_FIGURES}1\d\d([/.])(?:0?[1-9]|1[0-2])\1\d{{1,2}}(?![\d/])", lambda m, t: as_typed(m[0], t)),
    (
        rf"{_BEFORE_FIGURES}(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|[12]\d|3[01])(?![\d/])",
        lambda m, t: as_typed(m[0], t),
    ),
    (
        r"\b(?:roc|r\.o\.c\.|minguo|republic of china)\s+(?:year\s+)?(?P<n>\d{1,3})(?![\d.-])",
        lambda m, t: dated(1911 + int(m["n"])),
    ),
    (
        r"\byear\s+(?P<n>\d{1,3})\s+(?:of\s+)?(?:the\s+)?(?:roc|minguo|republic of china)(?:\s+(?:calendar|era))?\b",
        lambda m, t: dated(1911 + int(m["n"])),
    ),
    (
        rf"(?<![\d.,:/$€£¥#a-z])(?<!(?<!\d\d\d\d)-)(?:the\s+year\s+)?({YEAR}){_NO_YEAR}",
        lambda m, t: dated(int(m[1])),
    ),
    (
        r"(?<![\w.,])['’‘](?P<n>\d\d)(?![\d'’]|\s*s\b)",
        lambda m, t: dated(int(m["n"]) + (1900 if int(m["n"]) > t.year % 100 + 5 else 2000)),
    ),
    # Days of a month, months
    (
        rf"(?<!\d)(?P<d>\d{{1,2}}){_TH}{_TO}(?P<d2>\d{{1,2}}){_TH}(?:\s+of)?\s+{_MONTH}{_YEAR_BEHIND}",
        _days_and_month,
    ),
    (
        rf"\b{_MONTH}\s+(?P<d>\d{{1,2}}){_TH}{_TO}(?P<d2>\d{{1,2}}){_TH}{_NOT_COUNTED}{_YEAR_BEHIND}",
        _days_and_month,
    ),
    (rf"(?<![\d:])(?P<d>\d{{1,2}}){_TH}(?:\s+of)?[\s-]+{_MONTH}-?{_YEAR_BEHIND}", _day_and_month),
    (rf"\b{_MONTH}[\s-]+(?:the\s+)?(?P<d>\d{{1,2}}){_TH}{_NOT_COUNTED}{_YEAR_BEHIND}", _day_and_month),
    (
        rf"(?:{_PART})?\b{_MONTH}\s*,?\s*(?:of\s+)?(?P<y>{YEAR})(?!\d)",
        lambda m, t: dated(int(m["y"]), MONTHS[m["month"]]),
    ),
    (
        rf"\b{_MONTH}(?:\s+of)?\s+(?P<which>last|this|next)\s+year\b",
        lambda m, t: dated(t.year + STEPS[m["which"]], MONTHS[m["month"]]),
    ),
    (rf"\b(?P<which>last|this|next)\s+{_MONTH}(?!\s+\d)", _relative_month),
    (rf"(?:{_LED}){_MONTH}", lambda m, t: yearless(MONTHS[m["month"]], None, t)),
    (rf"\b(?P<month>{_SURE_MONTHS})\b", lambda m, t: yearless(MONTHS[m["month"]], None, t)),
    (
        r"\bon\s+(?:the|a)\s+(\d{1,2})(?:st|nd|rd|th)\b(?=\s*(?:[,.;)]|$))",
        lambda m, t: day_of_month(int(m[1]), t),
    ),
    # Days by word, weekdays
    (
        rf"\b({'|'.join(sorted(DAYS, key=len, reverse=True))})\b(?:\s+(?:morning|afternoon|evening|night))?\b",
        lambda m, t: shift(t, DAYS[m[1]]),
    ),
    (
        rf"\b(?P<day>{WEEKDAY_WORD})\b,?\s+(?:of\s+)?(?P<which>last|this|next)\s+week\b",
        lambda m, t: shift(t, WEEKDAYS[m["day"]] - t.weekday() + 7 * STEPS[m["which"]]),
    ),
    (
        rf"\b(?:this\s+)?(?P<which>last|this|next|past|coming)\s+(?P<day>{WEEKDAY_WORD})\b",
        lambda m, t: weekday(WEEKDAYS[m["day"]], t, m["which"]),
    ),
    (rf"\bon\s+(?P<day>{WEEKDAY_WORD})\b", lambda m, t: weekday(WEEKDAYS[m["day"]], t, "")),
    (
        rf"\b(?!(?:{_UNSURE_DAYS})\b)(?P<day>{WEEKDAY_WORD})\b",
        lambda m, t: weekday(WEEKDAYS[m["day"]], t, ""),
    ),
    # Weeks, months and years around today
    (r"\b(?:the\s+)?(last|this|next)\s+week\b", lambda m, t: week(t, STEPS[m[1]])),
    (r"\b(?:the\s+)?week\s+before\s+last\b", lambda m, t: week(t, -2)),
    (r"\b(last|this|next)\s+month\b", lambda m, t: away(t, STEPS[m[1]], "month")),
    (r"\bthe\s+(?:current|present|running)\s+year\b", lambda m, t: dated(t.year)),
    (rf"\b({'|'.join(YEARS)})\b", lambda m, t: dated(t.year + YEARS[m[1]])),
    (rf"\b{_COUNT}\s+{_UNIT}\s+ago\b", lambda m, t: away(t, -_count(m["n"]), m["unit"])),
    (
        rf"\bin\s+(?P<n>\d{{1,3}}|{'|'.join(COUNTS)})\s+days(?:'\s+time)?\b",
        lambda m, t: shift(t, _count(m["n"])),
    ),
    (
        rf"\b(?:{_WITHIN}\s+)?(?:the(?:se)?\s+)?(?:last|past|previous|recent)\s+(?:few|several)\s+{_UNIT}",
        lambda m, t: the_last(t, SOME[m["unit"]], m["unit"]),
    ),
    (
        rf"\b(?:{_WITHIN}\s+)?(?:(?:the\s+)?(?:past|recent)|the\s+last)\s+{_UNITS}",
        lambda m, t: the_last(t, SOME[m["unit"]], m["unit"]),
    ),
    (
        rf"\b(?:{_WITHIN}\s+)?(?:the\s+)?(?:next|coming|following|upcoming)\s+(?:few\s+|several\s+)?{_UNITS}",
        lambda m, t: the_coming(t, SOME[m["unit"]], m["unit"]),
    ),
    (
        rf"\b(?:{_WITHIN}\s+)?(?:the(?:se)?\s+)?(?P<which>last|past|previous)\s+(?:{_COUNT}\s+)?{_UNIT}",
        _last_or_past,
    ),
    (
        rf"\b(?:{_WITHIN}\s+)?(?:the\s+)?(?:last|past|previous)\s+decade\b",
        lambda m, t: the_last(t, 10, "year"),
    ),
    (r"\b(?:this|the\s+(?:current|present))\s+decade\b", lambda m, t: decade(t.year // 10 * 10)),
    (
        rf"\b(?:{_WITHIN}\s+)?(?:the\s+)?(?:next|coming|following|upcoming)\s+{_COUNT}\s+{_UNIT}",
        lambda m, t: the_coming(t, _count(m["n"]), m["unit"]),
    ),
    (
        rf"\b(?:within|for)\s+(?:the\s+)?(?:over\s+|more\s+than\s+|longer\s+than\s+|at\s+least\s+)?{_COUNT}\s+{_UNIT}",
        lambda m, t: the_last(t, _count(m["n"]), m["unit"]),
    ),
    (rf"\bin\s+(?:over\s+|more\s+than\s+)?{_COUNT}\s+{_UNIT}", _not_in),
    (
        r"\bduring\s+(?:the\s+)?(?:(?:covid|covid-19|coronavirus)\s+)?(?:pandemic|covid|covid-19)\b",
        lambda m, t: Period(PartialDate(2020, 1), PartialDate(2023, 5)),
    ),
    # Times in history
    (
        r"\b(?:the\s+)?(?:gdr|ddr|east german)\s+(?:era|times?|days|years|period|regime|rule)\b",
        lambda m, t: Period(PartialDate(1949, 10, 7), PartialDate(1990, 10, 2)),
    ),
    (
        r"(?<=\bin )(?:the\s+)?(?:gdr|ddr)\b|(?<=\bduring )(?:the\s+)?(?:gdr|ddr)\b",
        lambda m, t: Period(PartialDate(1949, 10, 7), PartialDate(1990, 10, 2)),
    ),
    (r"\b(?:the\s+)?german\s+(?:re)?unification\b", lambda m, t: dated(1990, 10, 3)),
    (r"\b(?:the\s+)?fall\s+of\s+the\s+(?:berlin\s+)?wall\b", lambda m, t: dated(1989, 11, 9)),
    (
        r"(?:(?<=\bafter )|(?<=\bbefore )|(?<=\bsince ))(?:the\s+)?(?:berlin\s+)?wall\s+(?:came\s+down|fell)\b",
        lambda m, t: dated(1989, 11, 9),
    ),
    (r"\b(?:the\s+)?cold\s+war\b", lambda m, t: Period(PartialDate(1947), PartialDate(1991))),
    (
        r"\b(?:the\s+)?(?:second\s+world\s+war|world\s+war\s+(?:ii|two|2)|ww\s?(?:ii|2))\b",
        lambda m, t: Period(PartialDate(1939, 9, 1), PartialDate(1945, 9, 2)),
    ),
    (r"\b(?:the\s+)?turn\s+of\s+the\s+(?:millennium|century)\b", lambda m, t: dated(2000)),
    (  # the year of what was signed then
        rf"(?<=\bbefore )(?:the|their|our)\s+{_ANY_YEAR}\s+(?:agreement|memorandum|mou|accord|treaty|pact)\b",
        lambda m, t: dated(_year(m["y"], t)),
    ),
    # Parts of years, decades
    (
        rf"\b(?:the\s+)?(first|second|1st|2nd|latter|last)\s+half\s+of\s+{_ANY_YEAR}\b",
        lambda m, t: part_of_year(_year(m["y"], t), 6, ORDER.get(m[1], 2) - 1),
    ),
    (
        r"\b(?:in\s+|during\s+)?(?:the\s+)?(?P<which>this|current|last|past|previous|next|coming)\s+quarter\b(?!-|\s+of\s)",
        lambda m, t: quarter_near(t, _QUARTERS_ON.get(m["which"].lower(), -1)),
    ),
    (
        rf"\b(?:the\s+)?({'|'.join(ORDER)}|last|final)\s+quarter\s+of\s+{_ANY_YEAR}\b",
        lambda m, t: part_of_year(_year(m["y"], t), 3, ORDER.get(m[1], 4) - 1),
    ),
    (
        rf"\b(?:the\s+)?(spring|summer|autumn|fall)\s+(?:of\s+)?({YEAR})(?!\d)",
        lambda m, t: season(m[1], int(m[2])),
    ),
    (
        r"\b(?:in\s+|during\s+)?(?:the\s+|this\s+)?(this|last|past|next|coming)\s+(spring|summer|autumn|fall)\b",
        lambda m, t: near_season(m[2], t, m[1].lower()),
    ),
    (
        rf"\b(?:the\s+)?(early|mid|late)[\s-]*(?:in\s+)?({YEAR})(?!\d|'?s)",
        lambda m, t: part_of_year(int(m[2]), 4, ("early", "mid", "late").index(m[1])),
    ),
    (
        r"\b(?:by|before|until|till)\s+(?:the\s+)?(?:end\s+of\s+(?:the|this)\s+year|year(?:['’]?s)?[\s-]end)\b",
        lambda m, t: rest_of_year(t),
    ),
    (
        rf"\b(?:the\s+)?(?:very\s+)?{_NOT_UP_TO}({_NOT_SINCE}beginning|{_NOT_SINCE}start|middle|end)\s+of\s+(?:the\s+year\s+)?({YEAR})(?!\d|'?s)",
        lambda m, t: part_of_year(int(m[2]), *_SHARES[m[1]]),
    ),
    (rf"\bh([12])\s*({YEAR})(?!\d)", lambda m, t: part_of_year(int(m[2]), 6, int(m[1]) - 1)),
    (rf"\bq([1-4])\s*({YEAR})(?!\d)", lambda m, t: part_of_year(int(m[2]), 3, int(m[1]) - 1)),
    (rf"\b(?:the\s+)?{_PHASE}(?P<y>1[89]\d0|20\d0)'?s\b", lambda m, t: _phase(m, decade(int(m["y"])))),
    (rf"\b(?:the\s+)?{_PHASE}'?(?P<y>[1-9]0)'?s\b", lambda m, t: _phase(m, short_decade(int(m["y"])))),
    (
        rf"\b(?:the\s+)?{_PHASE}(?:nineteen[\s-]*)?(?P<y>{'|'.join(DECADES)})\b",
        lambda m, t: _phase(m, short_decade(DECADES[m["y"]])),
    ),
    (r"\b(?:the\s+)?(?:noughties|two\s+thousands)\b", lambda m, t: decade(2000)),
    (
        rf"\b(?:the\s+)?({'|'.join(CENTURIES)})[\s-]+century\b",
        lambda m, t: century(CENTURIES[m[1]]),
    ),
    (
        r"\b(?:the\s+)?(last|this|current)\s+century\b",
        lambda m, t: century((t.year + 99) // 100 - (m[1] == "last")),
    ),
)
