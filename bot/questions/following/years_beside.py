"""The year before the one that was told, or the time after: "and the year before?", 比前年多還是少."""

import re
from dataclasses import replace

from bot.domain.dates import PartialDate
from bot.domain.periods import Period
from bot.questions.frame import Frame
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query

_BEFORE = re.compile(
    r"^(?:and |what about |how about |and in |in )*(?:the year before|the previous year|the year before (?:that|last))$"
    "|^那?(?:再?前一年|上一年|[再更]?之?前一年|前一年度|上一年度)(?:有几次|有几个)?呢?$"
)
_MORE = re.compile(
    r"^(?:and |is that |was that |is it )*(?:more|fewer|less)(?: or (?:less|fewer|more))? than "
    r"(?:the year before|in the year before|the previous year|the year before that)$"
    "|^那?(?:这|这样)?(?:比|跟|和|与)?(?:前一年|上一年|前一年度|上一年度|再前一年)(?:度)?(?:比起来|相比)?是?"
    "(?:比较)?(?:多还是少|增加还是减少|多或少|多吗|少吗|增加了吗|减少了吗)$"
)
_MORE_THAN = re.compile(
    "^那?(?:这|这样)?(?:比|跟|和|与).{2,6}?(?:比起来|相比)?是?(?:比较)?(?:多还是少|增加还是减少|多或少)$"
)
_AFTER = re.compile(
    r"^(?:and |what about |how about )*(?:after (?:that|this|then)|since (?:then|that)|afterwards|later)$"
    "|^那?(?:在?[这那此]?之后|以后|后来)(?:有几个|有哪些)?呢?$"
)


def in_another_time(sentence: Sentence, frame: Frame) -> Query | None:
    """The question before of the year before, of both years side by side, or of the time that follows.

    None where none of these is asked, or no such time was told.
    """
    if sentence.names:
        return None
    words = [token.text for token in sentence.tokens if token.text.isalnum()]
    said = ("" if sentence.chinese else " ").join(words)
    found = _of_the_year_before(sentence, said, frame.query) or _of_after(said, frame.query)
    if found is not None:
        sentence.used.update(range(len(sentence.spans)))
    return found


def _of_the_year_before(sentence: Sentence, said: str, query: Query) -> Query | None:
    year = _year_of(_within(query))
    if year is None:
        return None
    if _BEFORE.match(said):
        return _at(query, _years(year - 1, year - 1))
    named = [_year_of(span.time.period) for span in sentence.spans if span.time is not None]
    before = year - 1 if not named and _MORE.match(said) else None
    if len(named) == 1 and named[0] is not None and _MORE_THAN.match(said):
        before = named[0]
    if before is None or query.asked is not Asked.NUMBER or abs(before - year) != 1:
        return None
    both = _at(query, _years(min(before, year), max(before, year)))
    return replace(both, asked=Asked.STATISTICS, unit=None, per=Per.YEAR)


def _of_after(said: str, query: Query) -> Query | None:
    """What was from the end of a time on that was open before: "before 1990", "and after that?"."""
    within = _within(query)
    if within is None or within.first is not None or within.last is None or not _AFTER.match(said):
        return None
    last = within.last
    return _at(query, Period(PartialDate(last.year + 1), None)) if last.month is None else None


def _within(query: Query) -> Period | None:
    return query.acts.within if query.about is About.TIES else query.exchanges.within


def _years(first: int, last: int) -> Period:
    return Period(PartialDate(first), PartialDate(last))


def _year_of(period: Period | None) -> int | None:
    """The year that a time is, if it is one."""
    if (
        period is None
        or period.first is None
        or period.first != period.last
        or period.first.month is not None
    ):
        return None
    return period.first.year


def _at(query: Query, within: Period) -> Query:
    if query.about is About.TIES:
        moved = replace(query, acts=replace(query.acts, within=within))
    else:
        moved = replace(query, exchanges=replace(query.exchanges, within=within))
    return replace(moved, corrected=(), presumed=frozenset())
