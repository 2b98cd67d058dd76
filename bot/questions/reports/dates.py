"""When an exchange took place or will, as a sentence tells it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import pairwise

from bot.domain.dates import PartialDate, Precision
from bot.domain.errors import BadInput
from bot.domain.periods import Period
from bot.questions.reports.sentence import Sentence
from bot.questions.times.periods import TimeMention
from bot.questions.times.reading import Clock, NoSuchDate, Unsure

LONGEST_WITHIN = timedelta(days=14)
"""A span of days within which a day can be picked from a list; a longer one is too vague."""


_BESIDE = " ,，(（"


@dataclass(frozen=True, slots=True)
class When:
    """`day` is None where nothing was said, or where `words` leave it open: then `choices` are what may be meant (none
    where they are too vague), or `problem` says what is wrong with them. `ahead`: it is yet to come.
    """

    day: PartialDate | None = None
    ends: PartialDate | None = None
    at: time | None = None
    ahead: bool = False
    words: str = ""
    choices: tuple[PartialDate, ...] | None = None
    problem: BadInput | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one expression can mean: its days, and the last day of each where it lasted several."""

    mention: TimeMention
    days: tuple[PartialDate, ...]
    ends: PartialDate | None = None


def when_told(
    sentence: Sentence, times: Sequence[TimeMention], today: date, answered: PartialDate | None
) -> When:
    """The day of the exchange. The one that was `answered` when asked back counts before what the words say."""
    at = next((each.value.at for each in times if isinstance(each.value, Clock)), None)
    if answered is not None:
        return When(answered, None, at, sentence.is_ahead or answered.earliest() > today)
    readings = [_read(each, sentence, today) for each in _of_the_exchange(sentence, times, today)]
    days = _in_one_year([reading for reading in readings if isinstance(reading, _Reading)])
    unread = [reading for reading in readings if isinstance(reading, When)]
    if unread and (not days or any(each.problem for each in unread)):
        return unread[0]
    if not days:
        return When(at=at, ahead=sentence.is_ahead)
    one = _one(days)
    if one is None:
        each = dict.fromkeys(day for reading in days for day in reading.days)
        choices = sorted(each, reverse=True) if len(days) > 1 else list(each)
        words = _words(sentence, days[0].mention.start, days[-1].mention.end)
        return When(ahead=sentence.is_ahead, at=at, words=words, choices=tuple(choices))
    day = one.days[0]
    ahead = day.earliest() > today or (sentence.is_ahead and not (sentence.is_past and day.latest() < today))
    return When(day, one.ends, at if day.precision is Precision.DAY else None, ahead)


def _in_one_year(readings: Sequence[_Reading]) -> list[_Reading]:
    """8 and 9 June, 2002-06-08: what was written without a year takes that of the others."""
    years = {day.year for each in readings if not each.mention.yearless for day in each.days}
    if len(years) != 1 or all(not each.mention.yearless for each in readings):
        return list(readings)
    (year,) = years
    return [_moved(each, year) if each.mention.yearless else each for each in readings]


def _moved(reading: _Reading, year: int) -> _Reading:
    try:
        days = {replace(day, year=year): None for day in reading.days}
        return replace(
            reading, days=tuple(days), ends=replace(reading.ends, year=year) if reading.ends else None
        )
    except ValueError:  # 29 February
        return reading


def _of_the_exchange(sentence: Sentence, times: Iterable[TimeMention], today: date) -> list[TimeMention]:
    """The dates that can be its day: not for how long there is a tie, and not what is only hoped for."""
    dates = [
        each
        for each in times
        if not isinstance(each.value, Clock)
        and not (
            isinstance(each.value, Period)
            and (None in (each.value.first, each.value.last) or each.value.last_day == today)
        )
    ]
    told = [each for each in dates if sentence.is_told_at(each.start)]
    return _without_weekdays(sentence, told or dates)


def _without_weekdays(sentence: Sentence, dates: list[TimeMention]) -> list[TimeMention]:
    """Friday, 20 November: the day of the week says nothing more."""
    kept = list(dates)
    for one, other in pairwise(dates):
        if sentence.text[one.end : other.start].strip(_BESIDE):
            continue
        exact = [
            isinstance(each.value, PartialDate) and each.ahead is None and each.value.exact() is not None
            for each in (one, other)
        ]
        if exact[0] != exact[1]:
            kept.remove(other if exact[0] else one)
    return kept


def _words(sentence: Sentence, start: int, end: int) -> str:
    """The words of a date without "on" or "in"."""
    return re.sub(r"^(?:on|in|at|during)\s+", "", sentence.text[start:end], flags=re.IGNORECASE)


def _read(mention: TimeMention, sentence: Sentence, today: date) -> "_Reading | When":
    words = _words(sentence, mention.start, mention.end)
    match mention.value:
        case NoSuchDate(problem):
            return When(ahead=sentence.is_ahead, words=words, problem=problem)
        case Unsure(choices):
            return _Reading(mention, _of_tense(choices, sentence, today))
        case Period(first, last, throughout):
            assert first is not None
            assert last is not None
            if throughout:
                return _Reading(mention, (first,), last)
            length = last.latest() - first.earliest()
            if length > LONGEST_WITHIN and words[-1:] in _ENDS_OF_YEARS and first.year == last.year:
                return _Reading(mention, (PartialDate(first.year),))  # 去年底: the year alone is sure
            if length > LONGEST_WITHIN:
                return When(ahead=sentence.is_ahead, words=words, choices=())
            days = tuple(PartialDate.of(first.earliest() + timedelta(days=n)) for n in range(length.days + 1))
            return _Reading(mention, _of_tense(days, sentence, today))
        case PartialDate() as day:
            return _Reading(mention, ((mention.ahead or day) if sentence.is_ahead else day,))
    raise TypeError(mention.value)


_ENDS_OF_YEARS = ("初", "底", "末")


def _of_tense(choices: Sequence[PartialDate], sentence: Sentence, today: date) -> tuple[PartialDate, ...]:
    """Those that fit what the sentence says of past and future; all of them where it says nothing, or none fits."""
    if sentence.is_ahead:
        fitting = [day for day in choices if day.latest() >= today]
    elif sentence.is_past:
        fitting = [day for day in choices if day.earliest() <= today]
    else:
        fitting = []
    return tuple(fitting or choices)


def _one(readings: Sequence[_Reading]) -> _Reading | None:
    """The reading that all the others leave room for: a day within the month or week that is named as well."""
    single = [reading for reading in readings if len(reading.days) == 1]
    for one in sorted(single, key=lambda reading: reading.days[0].precision is not Precision.DAY):
        day = one.days[0]
        if all(_leaves_room(other, day) for other in readings):
            return one
    return None


def _leaves_room(reading: _Reading, day: PartialDate) -> bool:
    return any(
        each.earliest() <= day.earliest() and day.latest() <= (reading.ends or each).latest()
        for each in reading.days
    )
