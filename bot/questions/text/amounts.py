"""How long something lasted and how many took part, as sentences of both languages say it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.date_reading import NUMBER, chinese_number
from bot.questions.text.letters import plain_letters


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a text, from `start` to before `end`."""

    value: int
    start: int
    end: int


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
)
_UNITS = {word: number for number, word in enumerate([*_ONES.split(), "seventeen", "eighteen", "nineteen"])}
_UNITS |= {"a": 1, "an": 1, "dozen": 12}
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}

_FIGURES = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
_SMALL = "|".join(sorted(_UNITS, key=len, reverse=True))
ENGLISH_NUMBER = rf"(?:(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_UNITS)}))?|{_SMALL})"
_ALONE = r"(?<!\d[.,:])(?<![\d/$€£¥#~–a-z-])"
_HAN_ALONE = r"(?<!\d[.,:])(?<![\d/$€£¥#零〇一二三四五六七八九十百千萬第-])"


def _number(text: str) -> float:
    if text[0].isdigit():
        return float(text.replace(",", ""))
    tens, _, ones = text.partition("-")
    if tens in _TENS:
        return _TENS[tens] + (_UNITS[ones] if ones else 0)
    return _UNITS[text] if text in _UNITS else chinese_number(text)


def number_of(text: str) -> int:
    """The value of a whole number in figures, or in English or Chinese words."""
    return int(_number(text))


# How long ------------------------------------------------------------------------------------------------------

_FIXED = {
    r"half\s+an\s+hour|half[\s-]hour|(?<!個)半個?(?:小時|鐘頭)": 30,
    r"three\s+quarters\s+of\s+an\s+hour|三刻鐘": 45,
    r"(?:a\s+)?quarter\s+of\s+an\s+hour|一刻鐘": 15,
    r"\bhour-?long\b": 60,
}
_SOME = rf"(?:{_FIGURES}|{ENGLISH_NUMBER})"
_AND_HALF = r"\s+and\s+a\s+(?P<half>half)"
_AND_MINUTES = r"\s*(?:and\s+)?(?P<min>\d{1,2})\s*(?:minutes?|mins?|m\b)?"
_MEASURED = (
    rf"{_ALONE}(?P<n>{_SOME}){_AND_HALF}\s+hours?\b(?P<min>(?!))?",
    rf"{_ALONE}(?P<n>{_SOME})[\s-]*(?:hours?|hrs?|h)(?![a-z])(?:{_AND_HALF}|{_AND_MINUTES})?",
    rf"{_ALONE}(?P<n>(?!))?(?P<half>(?!))?(?P<min>{_SOME})[\s-]*(?:minutes?|mins?|min\.)(?![a-z])",
    rf"{_HAN_ALONE}(?P<n>\d+\.\d+|{NUMBER})\s*個?(?P<half>半)(?:小時|鐘頭)(?P<min>(?!))?",
    rf"{_HAN_ALONE}(?P<n>\d+\.\d+|{NUMBER})\s*個?\s*(?:小時|鐘頭)(?P<half>半)?(?:\s*(?P<min>{NUMBER})\s*分鐘?)?",
    rf"{_HAN_ALONE}(?P<n>(?!))?(?P<half>(?!))?(?P<min>{NUMBER})\s*分鐘",
)
"""Hours, perhaps with a half, and minutes; a group that cannot match stands where a way to write has none."""

_DURATIONS = tuple((re.compile(pattern), minutes) for pattern, minutes in _FIXED.items()) + tuple(
    (re.compile(pattern), None) for pattern in _MEASURED
)
_NOT_LASTING = re.compile(r"(?:\bin|\bafter|\bevery|\bwithin|\bby|每|[隔差]|晚)\s*$")
"""What stands before a time that is not how long it lasted: "in 5 minutes"."""

_NOT_LASTED = re.compile(
    r"\s*(?:ago|later|late|early|away|before|after|apart|ahead|時差|車程|[之以]?[前後]|路程|飛行)"
)


def durations(text: str) -> list[Amount]:
    """How many minutes it lasted, wherever the text says so: 40 min, 1.5 hours, half an hour, 一個半小時."""
    plain = plain_letters(text)
    found = [
        Amount(fixed or _minutes(match), match.start(), match.end())
        for pattern, fixed in _DURATIONS
        for match in pattern.finditer(plain)
        if not _NOT_LASTING.search(plain[max(0, match.start() - 10) : match.start()])
        and not _NOT_LASTED.match(plain, match.end())
    ]
    return [amount for amount in _apart(found) if amount.value > 0]


def _minutes(match: re.Match[str]) -> int:
    hours = (_number(match["n"]) if match["n"] else 0) + (0.5 if match["half"] else 0)
    return round(hours * 60 + (_number(match["min"]) if match["min"] else 0))


# How many ------------------------------------------------------------------------------------------------------

_PEOPLE = (
    "people|persons?|participants?|attendees?|delegates?|officials?|members?|visitors?|guests?|staff|colleagues?|pax|"
    "students?|pupils?|girls|boys|teachers?|youths?|leaders|councill?ors?|athletes?|artists?|experts?|volunteers?|"
    "firefighters?|entrepreneurs?|representatives?|citizens|runners?|riders|players|musicians?|of\\s+us|attended|joined|"
    "took\\s+part|participated|executives?|academics?|researchers?|journalists?|trainees"
)
_WHOLES = r"(?!\s*(?:cities|countries|places|days|companies|firms))"
_DESCRIBED = r"(?:(?!and\b|with\b|from\b|in\b|on\b|for\b|of\b|the\b|at\b)[a-z-]+\s+){0,2}?"
_COUNTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_ALONE}(?P<n>{_SOME})\s+{_DESCRIBED}(?:{_PEOPLE})\b",
        rf"{_ALONE}(?P<n>\d+|{ENGLISH_NUMBER})-(?:person|member|strong|people|man)\b",
        rf"\b(?:delegation|group|team|party|mission|crew)s?\s+of\s+(?P<n>{_SOME})\b{_WHOLES}",
        rf"\b(?:people|participants|attendees|attendance|headcount)\s*[:=]\s*(?P<n>{_FIGURES})(?![\d.])",
        rf"{_HAN_ALONE}(?P<n>{NUMBER}|\d{{1,3}}(?:,\d{{3}})+)\s*[多餘來]?\s*個?(?:人(?!次|口|份|工|物|民|士權)|名|位|員(?=團|代表))",
        rf"一行(?:共|約)?\s*(?P<n>{NUMBER})(?=[^\d年月日天個])",
        rf"(?:人數|與會人員|參加者)[::為約共]*\s*(?P<n>{NUMBER})",
    )
)  # fmt: skip


def headcounts(text: str) -> list[Amount]:
    """Numbers of people, wherever the text says so: 6 people, a 16-person delegation, 一行十七人, 12 名學生."""
    plain = plain_letters(text)
    found = [
        Amount(int(_number(match["n"])), match.start(), match.end())
        for pattern in _COUNTS
        for match in pattern.finditer(plain)
        if match["n"] not in ("a", "an") and float(_number(match["n"])).is_integer()
    ]
    return list(_apart(found))


def _apart(found: list[Amount]) -> Iterator[Amount]:
    """In their order, the longer one where two overlap."""
    end = 0
    for amount in sorted(found, key=lambda each: (each.start, -each.end)):
        if amount.start >= end:
            yield amount
            end = amount.end
