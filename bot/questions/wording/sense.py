"""Whether the parts of a question make one that a registry of partnerships can answer, though every word is known.

A question that fails here is asked back. Each rule names a way in which words that are all understood would be answered
with something that nobody asked: a list of partners for "how many cities does Japan have", today's for those of 2030.
"""

from datetime import date

from bot.domain.partnerships import Status
from bot.domain.periods import Period
from bot.questions.conditions import Comparing, Event, KindWord
from bot.questions.context.dropped import is_no_age
from bot.questions.query import About, Asked, Per, Query, RankBy, Told, Unit
from bot.questions.reading.so_many_more import is_by_how_many


def unanswerable(query: Query, today: date, *, with_whom: bool = False) -> bool:
    """Whether the parts of a query do not make one question, or one of what nobody can know.

    `with_whom` where it is asked with whom beside the day, so that the days of several may be told.
    """
    numbers = query.compare is not None and query.compare.how is Comparing.NUMBERS
    by_country = query.compare is not None and query.unit is Unit.COUNTRIES
    return (
        (_dates_many(query) and not with_whom)
        or by_country
        or (numbers and query.asked is Asked.NUMBER and not is_by_how_many(query))
        or (numbers and query.rank is not None and query.rank.by in (RankBy.FIRST, RankBy.LAST))
        or _foretells(query, today)
        or _explains_nothing(query)
        or _measures_nothing(query)
        or _tells_one_apart(query)
        or _near_to_another(query)
        or _counts_the_nearest(query)
        or _is_of_what_it_is_not(query)
        or _least_of_anybody(query)
        or _beside_many(query)
        or _ranks_one(query)
        or _dates_a_state(query)
        or _most_of_strangers(query)
        or _last_until(query)
        or _with_itself(query)
        or _meets_what_is_over(query)
        or _ranks_the_named(query)
        or _orders_a_year(query)
        or query.partner.leaves_nobody  # 和外國城市簽約可不可以用「中華民國」名義
        or is_no_age(query)
    )


def weighed_with_itself(query: Query, home: int | None = None) -> bool:
    """Whether a city is weighed with itself: "do we have more than Kaohsiung?", asked in Kaohsiung (`home`, by id)."""
    wheres = (query.home, *query.compare.others) if query.compare else ()
    ids = [
        number for where in wheres for number in ([home] if where.own else [ref.id for ref in where.places])
    ]
    return len(ids) > len(set(ids))


def _orders_a_year(query: Query) -> bool:
    """Whether the first or last anniversary of a time is asked for, where most are known by their year alone."""
    ordered = query.rank is not None and query.rank.by in (RankBy.FIRST, RankBy.LAST)
    listed = query.asked in (Asked.PLACES, Asked.RECORDS) and query.about is About.ANNIVERSARIES
    return listed and ordered


def _meets_what_is_over(query: Query) -> bool:
    """Whether exchanges are asked for by what agreements are, which they are not told apart by."""
    listed = query.asked in (Asked.RECORDS, Asked.PLACES, Asked.NUMBER) and query.about is About.EXCHANGES
    return listed and query.acts.statuses == {Status.ENDED} and not query.partner.places


def _ranks_the_named(query: Query) -> bool:
    """Whether most exchanges are looked for among partners of whom one alone is named: 與布拉格互動的層級最高到哪."""
    ranked = query.rank is not None and query.rank.by_number
    return ranked and query.per is Per.PARTNER and len(query.partner.places) == 1


def _with_itself(query: Query) -> bool:
    """Whether a place would be its own partner, as where one is named twice."""
    return bool(set(query.home.places) & set(query.partner.places))


def _dates_many(query: Query) -> bool:
    """Whether one day or age is asked of ties of which there are many: those with a country, or with anybody."""
    dated = query.asked is Asked.DATE or query.unit is Unit.YEARS
    if query.about is not About.TIES or not dated or query.partner.places or query.records or query.rank:
        return False
    if query.partner.countries and set(query.partner.countries) <= _CITY_STATES:
        return False
    acts = query.acts
    known = acts.undated is not None or acts.disputed or bool(acts.fields)
    told = acts.event is not Event.SIGNED or acts.within is not None or known
    return not (told and query.partner.anywhere)


_CITY_STATES = frozenset(("SG", "MC", "VA", "SM", "HK", "MO", "GI"))
"""Countries that are a city, so that a tie with them is one with it."""

_OPEN_KINDS = frozenset((KindWord.PROSPECTIVE, KindWord.PROJECT))


def _foretells(query: Query, today: date) -> bool:
    """Whether it asks with whom there will be a tie, which no registry tells: the next one, those of 2030."""
    if query.about is not About.TIES or query.acts.event is not Event.SIGNED or query.turning is not None:
        return False
    if query.rank is not None and query.rank.by is RankBy.NEXT:
        return True
    return _to_come(query.acts.within, today) and not query.acts.kinds & _OPEN_KINDS


def _to_come(period: Period | None, today: date) -> bool:
    return period is not None and period.first_day is not None and period.first_day > today


def _explains_nothing(query: Query) -> bool:
    """Whether a reason, or how often to meet, is asked of no tie that is named: "why do cities have sister cities"."""
    told = query.records or query.states or query.without_states or not query.partner.anywhere
    return (
        query.about is About.TIES
        and query.told in (Told.REASON, Told.CADENCE)
        and query.acts.event is Event.SIGNED
        and not told
        and not query.acts.statuses
    )


def _tells_one_apart(query: Query) -> bool:
    """Whether numbers of each home are wanted, of whatever homes, and only the asker's is known: 各縣市的姊妹市數."""
    each = query.asked is Asked.STATISTICS and query.per is Per.HOME
    return each and query.home.assumed and query.compare is None


def _near_to_another(query: Query) -> bool:
    """Whether the nearest to a place is asked for that is not the home: only how far partners are from home is told."""
    ranked = query.rank is not None and query.rank.by in (RankBy.NEAREST, RankBy.FARTHEST)
    return ranked and query.asked is Asked.PLACES and len(query.partner.places) == 1


def _counts_the_nearest(query: Query) -> bool:
    """Whether how many there are is asked of the nearest, which is one: the number is of something else."""
    ranked = query.rank is not None and query.rank.by in (RankBy.NEAREST, RankBy.FARTHEST)
    return (
        ranked and query.asked is Asked.NUMBER and query.about is About.TIES and query.unit is not Unit.YEARS
    )


def _least_of_anybody(query: Query) -> bool:
    """Whether the fewest partners of places that nobody has listed are asked for.

    Those that have none at all, or none where they are asked for, are not on record.
    """
    fewest = query.rank is not None and query.rank.by is RankBy.FEWEST
    at_most = query.having is not None and query.having.most is not None and query.having.least is None
    if not (fewest or at_most) or query.per is not Per.HOME or query.about is not About.TIES:
        return False
    home, partner = query.home, query.partner
    if query.of_those_without and home.levels and home.countries:
        return False  # those of a level in a country are looked at one by one
    named = partner.places or partner.countries or partner.regions or partner.areas or partner.groups
    none_at_all = at_most and query.having is not None and query.having.most == 0 and bool(home.countries)
    return none_at_all or home.anywhere or bool(named and not (home.own or home.places or home.groups))


def _ranks_one(query: Query) -> bool:
    """Whether most partners are asked for of one home alone: "which of our partners is the busiest"."""
    ranked = query.rank is not None and query.rank.by_number and query.per is Per.HOME
    one = query.home.own or len(query.home.places) == 1
    return ranked and one and query.about is About.TIES and query.compare is None


def _dates_a_state(query: Query) -> bool:
    """Whether the day of a signing and how lively the tie is stand in one question: two questions."""
    return query.asked is Asked.DATE and query.about is About.TIES and bool(query.states)


def _most_of_strangers(query: Query) -> bool:
    """Whether the city abroad is asked for that has most partners here: "which foreign city has most German ones"."""
    ranked = query.rank is not None and query.rank.by_number
    abroad = query.partner.without is not None and bool(query.partner.without.countries)
    return ranked and query.per is Per.HOME and abroad and query.home.countries != ()


def _last_until(query: Query) -> bool:
    """Whether partners are asked for whose last contact was before a time, which is not the last one before it."""
    last = query.rank is not None and query.rank.by is RankBy.LAST
    within = query.exchanges.within
    until = within is not None and within.first is None
    return last and until and query.asked is Asked.PLACES and query.about is About.EXCHANGES


def _beside_many(query: Query) -> bool:
    """Whether ties beside another are asked for, of more homes than one, or by what was done and not signed."""
    one = query.home.own or len(query.home.places) == 1
    apart = query.met or query.unmet or query.turning or query.states or query.about is not About.TIES
    years = query.unit is Unit.YEARS or (query.rank is not None and query.rank.position is not None)
    return query.acts.beside is not None and bool(years or not one or query.compare is not None or apart)


def _is_of_what_it_is_not(query: Query) -> bool:
    """Whether a yes would be of a kind that is left out: 馬列已經不算姊妹市嗎."""
    return query.asked is Asked.BOOLEAN and bool(query.partner.places) and bool(query.acts.without_kinds)


def _measures_nothing(query: Query) -> bool:
    """Whether the clocks of two places are asked for, and only one is named: "at what time does the call begin"."""
    clock = query.about is About.PLACES and query.told is Told.TIME_DIFFERENCE
    return clock and query.partner.anywhere and len(query.home.places) < _PAIR


_PAIR = 2
