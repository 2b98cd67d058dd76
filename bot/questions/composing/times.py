"""The times of a question: those of signings, those of meetings, and what is only said beside them."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from bot.domain.dates import PartialDate
from bot.domain.exchanges import ExchangeStatus
from bot.domain.periods import Period
from bot.questions.composing.placing import (
    with_time,
)
from bot.questions.conditions import Event
from bot.questions.parts.form import TIED, names_partners
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query, Unit
from bot.questions.reading.narrowing import (
    read_times,
    times_of_signing,
    use_together,
)
from bot.questions.times.periods import TimeMention


def dated(query: Query, sentence: Sentence, today: date, *, ahead: bool) -> Query:
    """The query with its times: those of signings and those of meetings apart, where it speaks of both."""
    times = read_times(sentence, ahead=ahead)
    narrowed = query.met is not None or query.unmet is not None
    signing = times_of_signing(sentence, times) if narrowed and query.about is About.TIES else {}
    apart = query.asked is Asked.STATISTICS
    signed = use_together(sentence, signing, apart=apart)
    if signed is not None:
        query = replace(query, acts=replace(query.acts, within=signed))
    rest = {index: period for index, period in times.items() if index not in signing}
    if _as_it_was(query, sentence):
        return query  # "which sister cities did we have in 2000": what stood then is not on record
    within = use_together(sentence, rest, apart=apart)
    query = _without_gap(query, sentence, list(rest.values())) if apart and within is not None else query
    if within is not None and query.unit is Unit.YEARS and _up_to(within, today):
        return query
    if within is not None and (_only_heard(query, sentence) or _is_now(query, sentence, within, today)):
        return query
    if within is not None and _claims_since(query, sentence, within):
        within = Period(within.first, within.first)
    if within is not None and _stood(query, sentence, within):
        if not query.partner.places or within.last is None:
            sentence.used.difference_update(rest)  # of a whole country that is not on record, either
            return query
        within = Period(None, within.last)
    return with_time(query, within, today)


def _without_gap(query: Query, sentence: Sentence, times: list[Period]) -> Query:
    """The query without what lies between two years that are told: "in 2019 and 2023" leaves out 2020 to 2022."""
    years = sorted({each.first.year for each in times if each.first is not None and each.first == each.last})
    gaps = [(one + 1, other - 1) for one, other in pairwise(years) if other - one > 1]
    if len(years) != len(times) or not gaps:
        return query
    sentence.unfit = sentence.unfit or len(gaps) > 1
    gap = Period(PartialDate(gaps[0][0]), PartialDate(gaps[0][1]))
    if query.about is About.EXCHANGES:
        return replace(query, exchanges=replace(query.exchanges, outside=gap))
    sentence.unfit = sentence.unfit or query.about is not About.TIES or bool(query.met or query.unmet)
    return replace(query, acts=replace(query.acts, outside=gap))


def without_year(query: Query, sentence: Sentence) -> Query:
    """The query with a note that its time, a month or a day, was told without a year: "exchanges in May"."""
    times = [span.time for span in sentence.spans if span.time is not None]
    if query.exchanges.within is None or len(times) != 1 or not times[0].yearless:
        return query
    return replace(query, exchanges=replace(query.exchanges, yearless=True))


_WAS = frozenset(("was", "were", "had", "been", "did", "originally", "原", "曾", "过"))


def still_to_come(query: Query, sentence: Sentence, today: date) -> Query:
    """What is planned is still to come, unless it is asked what was: "what is planned with Wellington?"."""
    met = query.exchanges if query.about is About.EXCHANGES else query.met
    planned = met is not None and met.statuses == {ExchangeStatus.PLANNED}
    past = any(token.text in _WAS for token in sentence.tokens)
    if met is None or not planned or past or query.asked not in _OF_PLANS or query.rank or query.records:
        return query
    if met.within is not None or met.outside is not None:
        return query
    coming = replace(met, within=Period(PartialDate.of(today), None))
    if query.about is About.EXCHANGES:
        return replace(query, exchanges=coming)
    return replace(query, met=coming)


_OF_PLANS = (Asked.BOOLEAN, Asked.RECORDS, Asked.PLACES, Asked.NUMBER)


def _up_to(within: Period, today: date) -> bool:
    """Whether it is up to today, as an age is anyhow: 截至今日，締盟幾年."""
    return within.first is None and within.last is not None and within.last.exact() == today


def _is_now(query: Query, sentence: Sentence, within: Period, today: date) -> bool:
    """Whether it is asked of a tie how it stands: "is Seattle our sister city today?", "still so this year?"."""
    first, last = within.first_day, within.last_day
    signs = any(sentence.plainly(i) not in TIED for i in sentence.all(("event", "signed")))
    if query.about is not About.TIES or query.turning is not None or first is None or last is None or signs:
        return False
    still = query.asked is Asked.BOOLEAN and bool(query.acts.statuses)
    narrowed = query.met or query.unmet or query.states or query.acts.event is not Event.SIGNED
    return not narrowed and first <= today <= last and (still or first == last)


def _only_heard(query: Query, sentence: Sentence) -> bool:
    """Whether a time is what somebody heard or wrote of a day that is asked for: 有人說是2009年，你那邊登記的是哪年."""
    heard = sentence.has(("filler", "tells")) and sentence.chinese
    return heard and query.asked is Asked.DATE and query.about is About.TIES and query.rank is None


def _claims_since(query: Query, sentence: Sentence, within: Period) -> bool:
    """Whether it is asked whether a tie is of that date: "have we been sister cities since 1988?"."""
    yes_or_no = query.asked is Asked.BOOLEAN and query.about is About.TIES and bool(query.partner.places)
    been = any(token.text == "been" for token in sentence.tokens)
    return yes_or_no and been and within.last is None and not sentence.chinese


def _stood(query: Query, sentence: Sentence, within: Period) -> bool:
    """Whether it is asked whether a tie stood at some time: "was Busan our partner in 1980?"."""
    yes_or_no = query.asked is Asked.BOOLEAN and query.about is About.TIES
    words = {token.text for token in sentence.tokens}
    had = within.first is not None and ("had" in words or words >= {"did", "have"})
    had = had or ("有" in words and bool(query.partner.places))
    was = bool(words & {"was", "were", "是"}) or had
    events = [i for i in sentence.any_of("event") if sentence.plainly(i) not in TIED]
    named = names_partners(sentence) or bool(sentence.any_of("event"))
    narrowed = query.turning or query.states or query.met or query.unmet or query.rank or query.acts.statuses
    return bool(yes_or_no and was and named and not (narrowed or query.acts.replaced) and not events)


def _as_it_was(query: Query, sentence: Sentence) -> bool:
    """Whether a list is asked as it was at some time, when some may have ended since and many have no date."""
    narrowed = query.met or query.unmet or query.turning or query.states or query.unit is Unit.YEARS
    counted = query.asked in (Asked.PLACES, Asked.NUMBER, Asked.STATISTICS) or query.compare is not None
    listed = counted and query.about is About.TIES
    words = [sentence.plainly(i) for i in range(len(sentence.spans))]
    have = [word for word in words if word in _HAVE or (word.startswith("有") and len(word) > 1)]  # 有多少
    if "already" in words and any(_opens_back(span.time) for span in sentence.spans):
        return False  # "what partners did we have already before 1970?": those of whom that is known
    return bool(listed and not narrowed and have and not sentence.any_of("event") and query.acts.age is None)


_HAVE = frozenset(("have", "has", "had", "有", "擁有", "共有"))


def _opens_back(time: TimeMention | None) -> bool:
    """Whether it is a time up to a day, be it ever so long ago."""
    period = time.period if time is not None else None
    return period is not None and period.first is None and period.last is not None
