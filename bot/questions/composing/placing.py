"""Conditions put where they belong in a query: a time, exchanges, an order; and what it takes for granted."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.dates import PartialDate
from bot.domain.dormancy import Contact
from bot.domain.exchanges import ExchangeStatus
from bot.domain.periods import Period
from bot.questions.conditions import Bound, Event, Met, Turning
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Presumed, Query, RankBy, Told, Unit
from bot.questions.reading.ordering import per_of_rank
from bot.questions.sharing.whose import ASSUMED

_OF_MEETINGS = (RankBy.MOST, RankBy.FEWEST, RankBy.LAST, RankBy.NEXT)
"""Orders of exchanges, not of ties, where both are spoken of: "which partner did we meet last"."""
_LISTS = (Asked.PLACES, Asked.NUMBER, Asked.STATISTICS, Asked.RECORDS)


def with_met(query: Query, met: Met | None, denied: bool) -> Query:
    """The exchanges that are spoken of: what is asked for, or what ties are narrowed to."""
    if met is None and query.asked is Asked.BOOLEAN and (query.states or query.without_states):
        return replace(query, about=About.TIES)  # 往來是否已沉寂 is asked of the tie
    if met is None or query.turning is not None:
        return query
    if denied and query.rank is not None and query.rank.by is RankBy.LEAST_RECENT:
        return query  # "which haven't we heard from the longest?"
    if query.states:
        unmet = met if denied and query.asked in _LISTS else None
        return replace(query, about=About.TIES, unmet=unmet)
    if denied and query.asked in _LISTS:
        asked = Asked.PLACES if query.asked is Asked.RECORDS else query.asked
        unit = None if query.unit is Unit.EXCHANGES else query.unit  # 尚未有任何交流者幾個
        return replace(query, asked=asked, about=About.TIES, unmet=met, unit=unit)
    counted = query.rank is not None and query.rank.by in _OF_MEETINGS
    yes_or_no = query.asked is Asked.BOOLEAN
    if query.about is About.EXCHANGES or (query.about is About.TIES and (counted or yes_or_no)):
        return replace(query, about=About.EXCHANGES, exchanges=met, negated=denied or query.negated)
    if query.about is About.TIES and query.asked in _LISTS:
        return replace(query, met=met)
    return query


def with_time(query: Query, within: Period | None, today: date) -> Query:
    """The period; of times to come only plans can be told."""
    if within is None or _is_deadline(query, within, today):
        return query
    placed = _timed(query, _from_now_on(within, today) if query.turning is not None else within)
    to_come = within.first_day is not None and within.first_day > today
    if to_come and placed.about is About.EXCHANGES and not placed.exchanges.statuses:
        planned = frozenset({ExchangeStatus.PLANNED})
        return replace(placed, exchanges=replace(placed.exchanges, statuses=planned))
    return placed


def _from_now_on(within: Period, today: date) -> Period:
    """The time up to a day that is to come, which begins today: anniversaries "before May" are still to be."""
    open_end = within.first is None and within.last is not None and within.last.latest() >= today
    return replace(within, first=PartialDate.of(today)) if open_end else within


_SOON = timedelta(days=31)


def _is_deadline(query: Query, within: Period, today: date) -> bool:
    """Whether a day that nears is until when the answer is wanted: "I want all our sister cities by this evening"."""
    if within.first is not None or within.last is None or within.last.day is None:
        return False
    narrowed = query.met or query.unmet or query.turning or query.acts.event is not Event.SIGNED
    soon = today <= within.last.latest() <= today + _SOON
    return soon and not narrowed and query.about is About.TIES and query.unit is not Unit.YEARS


def _timed(query: Query, within: Period) -> Query:
    if query.turning is not None:
        return replace(query, turning=replace(query.turning, within=within))
    if query.unit is Unit.YEARS:  # how old it was or will be then
        return replace(query, turning=Turning(within=within))
    if query.people is not None and query.about is About.PEOPLE:
        return replace(query, people=replace(query.people, within=within))
    if query.about is About.EXCHANGES:
        return replace(query, exchanges=replace(query.exchanges, within=within))
    if query.unmet is not None:
        return replace(query, unmet=replace(query.unmet, within=within))
    if query.met is not None:
        return replace(query, met=replace(query.met, within=within))
    return replace(query, acts=replace(query.acts, within=within))


def with_order(query: Query, form: Form) -> Query:
    """What is ranked, by what it is ranked."""
    rank = query.rank
    if query.having is not None and query.per is None:
        query = _counted(query, form)
    if query.asked is Asked.DATE and query.turning is not None and query.turning.years is not None:
        query = replace(query, about=About.ANNIVERSARIES)
    if rank is None or not rank.by_number or query.per is not None:
        return query
    unit = None if form.head == "country" else query.unit
    return replace(query, per=per_of_rank(form, query), unit=unit)


def _counted(query: Query, form: Form) -> Query:
    """So many of what there have to be: exchanges with a partner, or ties of a home, or in a country."""
    if form.head == "country" and query.about is About.TIES and query.met is None:
        return replace(query, per=Per.COUNTRY)  # 哪些國家有兩個以上姊妹市
    if query.met is not None:
        return replace(query, about=About.EXCHANGES, exchanges=query.met, met=None, per=Per.PARTNER)
    return replace(query, per=Per.PARTNER if query.about is About.EXCHANGES else Per.HOME)


def negated(query: Query, sentence: Sentence) -> Query:
    """A yes-or-no question that denies, "is it true that we have no partner in Chile?", or a list of those without."""
    denied = sentence.free(("logic", "not"), ("logic", "without"))
    homes = query.per is Per.HOME or bool(query.home.groups)
    if (
        denied
        and homes
        and query.asked in (Asked.PLACES, Asked.BOOLEAN, Asked.NUMBER)
        and query.having is None
    ):
        sentence.used.update(denied)
        return replace(query, per=Per.HOME, having=Bound(most=0))
    if query.asked is Asked.BOOLEAN and sentence.take(("logic", "not"), ("logic", "without")):
        return replace(query, negated=not query.negated)
    return query


_PRESUMED = {
    Event.ENDED: Presumed.ENDED,
    Event.PAUSED: Presumed.PAUSED,
    Event.RESUMED: Presumed.RESUMED,
}
_OPEN = (Told.STATUS, Told.OVERVIEW, Told.KIND)
"""What can be told of places without a tie, too."""


def presuming(query: Query, event: Event | None) -> Query:
    """What the question takes for granted."""
    presumed = set[Presumed]()
    if query.about is About.TIES and (query.asked in (Asked.DATE, Asked.TEXT) or query.unit is Unit.YEARS):
        if event in _PRESUMED:
            presumed.add(_PRESUMED[event])
        elif query.told not in _OPEN:
            presumed.add(Presumed.TIE)
        if query.states and query.told is Told.REASON:
            presumed.add(Presumed.DORMANT)
    if query.about is About.EXCHANGES and query.asked is Asked.DATE:
        is_next = query.rank is not None and query.rank.by is RankBy.NEXT
        presumed.add(Presumed.PLANNED if is_next else Presumed.MET)
    return replace(query, presumed=frozenset(presumed))


def told_apart(query: Query, sentence: Sentence) -> Query:
    """What numbers are told apart by where there is only one home: 在北美和東南亞各有幾個, "each in 2023 and 2024"."""
    alone = (
        query.compare is None
        and not query.home.groups
        and len(query.home.places) < 2
        and not query.home.anywhere
    )
    if query.asked is not Asked.STATISTICS or query.per is not Per.HOME or not alone:
        return query
    partner = query.partner
    for per, several in (
        (Per.REGION, partner.regions),
        (Per.COUNTRY, partner.countries),
        (Per.PARTNER, partner.places),
        (Per.KIND, query.acts.kinds),
        (Per.YEAR, [span for span in sentence.spans if span.time is not None]),
    ):
        if len(several) > 1:
            return replace(query, per=per)
    return query


def of_which_kind(query: Query, sentence: Sentence) -> Query:
    """Asked whether it is this or that kind, the kind is told: 是姊妹市還是友好城市."""
    chosen = sentence.has(("logic", "or")) and (len(query.acts.kinds) > 1 or _between_kinds(sentence))
    alone = query.partner.anywhere and len(query.home.places) == 1 and len(sentence.names) == 1
    if alone and chosen and sentence.chinese and query.asked is Asked.PLACES and not sentence.any_of("ask"):
        query = replace(query, home=ASSUMED, partner=query.home)  # 橫濱是姊妹市還是夥伴市
    pair = len(query.partner.places) == 1 and query.about is About.TIES
    if not (pair and chosen and query.asked in (Asked.BOOLEAN, Asked.PLACES)):
        return query
    sentence.take(("logic", "or"), ("logic", "only"))
    acts = replace(query.acts, kinds=frozenset(), statuses=frozenset())
    return replace(query, asked=Asked.TEXT, told=Told.KIND, acts=acts)


def of_which_state(query: Query, sentence: Sentence) -> Query:
    """Asked whether a tie is lively or asleep, how it stands is told: 是活絡還是休眠."""
    chosen = any(
        0 < i < len(sentence.spans) - 1
        and sentence.spans[i - 1].of("state")
        and sentence.spans[i + 1].of("state")
        for i in sentence.all(("logic", "or"))
    )
    pair = len(query.partner.places) == 1 and query.about is About.TIES
    if not (pair and chosen and query.asked in (Asked.BOOLEAN, Asked.PLACES, Asked.TEXT)):
        return query
    sentence.take(("logic", "or"))
    acts = replace(query.acts, statuses=frozenset())
    return replace(query, asked=Asked.TEXT, told=Told.STATUS, acts=acts, states=frozenset())


def _between_kinds(sentence: Sentence) -> bool:
    """Whether one of two words for partners is to be told: 是姊妹市還是夥伴城市."""
    return any(
        0 < i < len(sentence.spans) - 1
        and sentence.spans[i - 1].of("kind")
        and sentence.spans[i + 1].of("kind")
        for i in sentence.all(("logic", "or"))
    )


def of_which_time(query: Query, sentence: Sentence) -> Query:
    """Asked whether it was this or that year, the date is told: "did they sign in 2019 or in 2020?"."""
    for index in sentence.free(("logic", "or")):
        before, behind = sentence.before(index), sentence.after(index)
        times = [i for i in (before, behind) if i is not None and sentence.spans[i].time is not None]
        whether = query.asked is Asked.BOOLEAN or (query.told is Told.OVERVIEW and bool(query.partner.places))
        if len(times) == 2 and whether and query.about is About.TIES and query.partner.anywhere:
            if query.acts.within is not None:  # "did we sign anything in 2024 or 2025?"
                sentence.use(index)
            return query
        if len(times) == 2 and whether and query.rank is None:
            sentence.used.update((index, *times))
            if query.turning is not None and query.turning.years is not None:  # 55週年是今年還是明年
                turning = replace(query.turning, within=None)
                return replace(query, asked=Asked.DATE, about=About.ANNIVERSARIES, told=None, turning=turning)
            within = replace(query.acts, within=None, any_status=False)
            return replace(
                query,
                asked=Asked.DATE,
                told=None,
                acts=within,
                exchanges=replace(query.exchanges, within=None),
            )
    return query


def without_hearsay(query: Query, sentence: Sentence) -> Query:
    """Asked which day is on record, a day that others tell is no condition: 有人說是2009年，登記的是哪年."""
    told = sentence.all(("filler", "tells"))
    times = [i for i, span in enumerate(sentence.spans) if span.time is not None]
    asked = sentence.all(("ask", "when"))
    dated = query.asked is Asked.DATE and query.about is About.TIES and query.acts.within is not None
    if not (dated and told and times and asked and told[0] < times[0] and times[-1] < asked[-1]):
        return query
    apart = any(sentence.spans[i].mark for i in range(times[-1], asked[-1]))
    return replace(query, acts=replace(query.acts, within=None)) if apart else query


def told_of_pair(query: Query, sentence: Sentence) -> Query:
    """A list of the ties of two places is what there is to tell of them; with a time, it is what they signed then."""
    signed_then = (
        query.acts.within is not None
        and not sentence.has(  # "which agreements did they sign in 2017?"
            ("ask", "who"), ("ask", "where"), ("noun", "city")
        )
    )
    pair = len(query.home.places) + query.home.own == 1 and len(query.partner.places) == 1
    narrowed = query.rank or query.per or query.compare or query.met or query.unmet or query.turning
    if pair and query.told is Told.OVERVIEW and query.acts.undated:  # 締盟年份待查 asks for the year
        return replace(query, asked=Asked.DATE, told=None, acts=replace(query.acts, undated=None))
    if (
        query.asked is Asked.PLACES
        and query.about is About.TIES
        and pair
        and not narrowed
        and query.partner.without is None
        and not signed_then
    ):
        return replace(query, asked=Asked.TEXT, told=Told.OVERVIEW)
    return query


def of_last_before(query: Query, sentence: Sentence) -> Query:
    """Partners, several of them, whose last exchange was before a day are those without any from that day on."""
    within, rank = query.exchanges.within, query.rank
    last = rank is not None and rank.by is RankBy.LAST and rank.limit == 1 and query.about is About.EXCHANGES
    if not last or within is None or within.first is not None or within.last is None or sentence.chinese:
        return query
    said = sentence.any_of("kind") + sentence.all(("noun", "tie"), ("noun", "city"))
    many = any(sentence.plainly(i).endswith("s") for i in said)
    if query.asked not in (Asked.PLACES, Asked.RECORDS) or not many or query.partner.places:
        return query
    since = Period(PartialDate.of(within.last.latest() + timedelta(days=1)), None)
    unmet = replace(query.exchanges, within=since)
    met = replace(query.exchanges, within=None)  # of whom nothing was ever logged there was no last one
    return replace(
        query, asked=Asked.PLACES, about=About.TIES, rank=None, met=met, unmet=unmet, exchanges=Met()
    )


def of_silence(query: Query) -> Query:
    """A silence of so long is no state but a time without contact, behind some: 失聯逾四年."""
    within = query.acts.within
    if (
        not query.states
        or within is None
        or query.acts.event is not Event.SIGNED
        or query.asked not in _LISTS
    ):
        return query
    acts = replace(query.acts, within=None)
    met = Met() if query.states == {Contact.STALE} else query.met
    return replace(query, states=frozenset(), acts=acts, met=met, unmet=Met(within=within))
