"""Parts of a question that together mean something else than each alone."""

import re
from dataclasses import replace
from datetime import timedelta

from bot.domain.dates import PartialDate
from bot.domain.exchanges import Mode
from bot.domain.periods import Period
from bot.questions.composing.placing import (
    negated,
    of_last_before,
    of_silence,
    of_which_kind,
    of_which_state,
    of_which_time,
    told_apart,
    told_of_pair,
    with_order,
    without_hearsay,
)
from bot.questions.conditions import Bound, Event, KindWord, Met, Side
from bot.questions.parts.form import Form, head_of
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query, Rank, RankBy, Told, Unit
from bot.questions.reading.all_dated import of_all_dated
from bot.questions.reading.all_of_them import of_all_ties
from bot.questions.reading.each_continent import on_every_continent
from bot.questions.reading.each_home import each_has
from bot.questions.reading.either_partner import either_partner
from bot.questions.reading.here_and_there import each_there, in_each
from bot.questions.reading.measured_from import measured_from
from bot.questions.reading.naming import joined
from bot.questions.reading.ordering import says_than
from bot.questions.reading.own_partners import dates_each
from bot.questions.reading.so_many_acts import of_so_many_acts
from bot.questions.reading.soon import of_the_soonest
from bot.questions.reading.what_was_given import what_was_given
from bot.questions.reading.which_country import of_which_country
from bot.questions.sharing.whether import shared_by_all


def as_is_meant(query: Query, sentence: Sentence, form: Form) -> Query:
    """The query where its parts together mean something else than each alone."""
    query = of_which_country(with_order(_reached(query, sentence), form), sentence, form)
    query = told_apart(negated(query, sentence), sentence)
    query = either_partner(what_was_given(query, sentence), sentence)
    query = each_has(replace(query, every=_asks_of_each(query, sentence)), sentence)
    query = shared_by_all(_without_guess(in_each(query, sentence)), sentence)
    query = of_which_time(of_which_kind(of_last_before(query, sentence), sentence), sentence)
    query = without_hearsay(of_which_state(query, sentence), sentence)
    query = _of_disputed_day(told_of_pair(query, sentence), sentence)
    query = _in_years(_of_what_they_were_not(_as_question(query, sentence), sentence, form), sentence)
    query = _whose_last(_lately(_met_before(of_silence(query), sentence), sentence), sentence)
    query = _only_so(_of_quiet_ones(_longest_ago(_of_so_many(query, sentence))), sentence)
    query = on_every_continent(of_so_many_acts(of_the_soonest(query, sentence), sentence), sentence)
    query = _of_what_was_signed(query)
    query = each_there(of_all_dated(of_all_ties(query, sentence), sentence), sentence)
    query = measured_from(query, sentence)
    return _of_somebody(_with_candidate(_as_weighed(query), sentence), sentence)


_BUT_BEFORE = re.compile(
    r"\bbut (?:did|had|have|were|was)\b.* (?:before|earlier|once|until then)\b"
    "|(?:但|卻|却|不過|不过|可是).{0,4}(?:以前|之前|過去|过去|先前|從前|从前|曾)"
)


def _met_before(query: Query, sentence: Sentence) -> Query:
    """Those who were met, though not in that time: 2012年以來沒有任何交流、但以前有過交流的."""
    if query.unmet is None or query.met is not None or not _BUT_BEFORE.search(sentence.text):
        return query
    return replace(query, met=replace(query.unmet, within=None, outside=None))


def _of_what_was_signed(query: Query) -> Query:
    """What was signed in a time was so though it did not last: 2013年跟馬列簽過什麼."""
    acts, listed = query.acts, query.asked in (Asked.PLACES, Asked.RECORDS) and query.about is About.TIES
    whatever = acts.kinds == {KindWord.ALL} and acts.event is Event.SIGNED and acts.within is not None
    plain = not (acts.statuses or acts.any_status or acts.replaced) and query.rank is None
    return replace(query, acts=replace(acts, any_status=True)) if listed and whatever and plain else query


_OTHER_MODE = {Mode.VIRTUAL: Mode.IN_PERSON, Mode.IN_PERSON: Mode.VIRTUAL}


def _only_so(query: Query, sentence: Sentence) -> Query:
    """Partners who were only met online are those who were, and never in person: "which have we only met online?"."""
    met, listed = query.met, query.asked in (Asked.PLACES, Asked.NUMBER) and query.about is About.TIES
    if not listed or met is None or met.mode not in _OTHER_MODE or query.unmet is not None or met.kinds:
        return query
    if not sentence.take(("logic", "only")):
        return query
    return replace(query, unmet=replace(met, mode=_OTHER_MODE[met.mode]))


def _longest_ago(query: Query) -> Query:
    """With whom the last exchange is longest ago is asked of ties; the first of all exchanges is not what is meant."""
    longest = query.rank is not None and query.rank.by is RankBy.LEAST_RECENT and query.rank.position is None
    several = query.asked is Asked.PLACES and query.about is About.EXCHANGES and not query.partner.places
    plain = query.exchanges == Met()
    return replace(query, about=About.TIES) if longest and several and plain else query


def _of_quiet_ones(query: Query) -> Query:
    """Contacts that are overdue are ties that have gone quiet; no exchange is overdue."""
    listed = query.asked is Asked.RECORDS and query.about is About.EXCHANGES and query.exchanges == Met()
    if not (listed and query.states) or query.rank is not None or query.partner.is_one_place:
        return query
    return replace(query, asked=Asked.PLACES, about=About.TIES)


_SO_MANY_OF_THEM = re.compile(
    "(?:[學学]生|老[師师]|[選选]手|[團团][員员]|官[員员]|專家)(?:有|共|總共)?(?:[幾几]|多少)"
)


def _of_so_many(query: Query, sentence: Sentence) -> Query:
    """How many pupils there were is told by the record, if at all: 參加龍舟賽的女學生有幾個 counts no exchanges."""
    counted = query.about is About.EXCHANGES and query.asked is Asked.NUMBER and query.unit is Unit.EXCHANGES
    if not counted or not _SO_MANY_OF_THEM.search(sentence.text):
        return query
    return replace(query, asked=Asked.RECORDS, unit=Unit.THINGS)


_WHO = re.compile(
    r"\bwho (?:was|is|were)\b|\bname of\b|\bcalled\b|(?<![和跟與与])[誰谁]|名字|姓名|大名|叫什[麼么]",
    re.IGNORECASE,
)
_WHOM = re.compile(
    r"\b(?:whom?|who) (?:did|has|have|had)\b|[見见晤][了過过]?[誰谁]|[訪访][問问]?[了過过]?[誰谁]",
    re.IGNORECASE,
)
_LEADING = re.compile(r"lead|led\b|head|率|帶團|带团")


def _of_somebody(query: Query, sentence: Sentence) -> Query:
    """Whose name is asked for, office and place being told: "who was the mayor of Coventry who visited in 2019?"."""
    place = len(query.partner.places) == 1 and not query.partner.groups
    if query.about is not About.EXCHANGES or query.asked is not Asked.PLACES or not place:
        return query
    offices = [i for i in sentence.any_of("level") if not _LEADING.search(sentence.plainly(i))]
    if _WHOM.search(
        sentence.text
    ):  # "whom did the mayor meet in Shanghai", but not "whom did the mayor of Prague meet"
        named = any(_stands_in(sentence, index) for index in sentence.names)
    else:
        named = _WHO.search(sentence.text) is not None
    went = sentence.chinese and sentence.has(("people", "participant")) and not sentence.any_of("level")
    named = (named and bool(query.exchanges.levels and offices)) or went  # 誰去格丁尼亞簽的
    return replace(query, told=Told.PERSON) if named else query


def _stands_in(sentence: Sentence, index: int) -> bool:
    """Whether a place is named as where it was: "in Shanghai", 在上海."""
    return index > 0 and sentence.plainly(index - 1).split()[-1:] in (["in"], ["at"], ["在"])


def _of_what_they_were_not(query: Query, sentence: Sentence, form: Form) -> Query:
    """Exchanges that were not of a kind, and not partners who had none: "which exchanges in 2025 were no signings?"."""
    unmet, denied = query.unmet, sentence.all(("logic", "not"))
    head = next((i for i in range(len(sentence.spans)) if head_of(sentence, i) == "exchange"), len(denied))
    if unmet is None or form.head != "exchange" or sentence.chinese or not denied or head > denied[0]:
        return query
    of_all = sentence.spans[head].has(("noun", "exchange"))
    told = of_all and unmet.kinds and unmet == Met(kinds=unmet.kinds, within=unmet.within)
    sentence.unfit = sentence.unfit or not told
    others = Met(without_kinds=unmet.kinds, within=unmet.within)
    return replace(
        query, asked=form.asked, unit=form.unit, about=About.EXCHANGES, unmet=None, exchanges=others
    )


_YEARS = re.compile(r"\b(?:which|what) years\b|哪[幾几些]年", re.IGNORECASE)


def _in_years(query: Query, sentence: Sentence) -> Query:
    """The years in which there were exchanges are told by all of them: "in which years did we meet Honolulu?"."""
    dated = query.asked is Asked.DATE and query.about is About.EXCHANGES and not query.negated
    several = dated and query.rank is None and query.per is None and _YEARS.search(sentence.text)
    return replace(query, asked=Asked.RECORDS) if several else query


_WHOSE_LAST = re.compile(
    r"\bwhose (?:last|latest|most recent)\b|(?:最近|最後|最后|上)一?[次回].{2,8}(?:在|是|為|为|停留?在).*的",
    re.IGNORECASE,
)


def _whose_last(query: Query, sentence: Sentence) -> Query:
    """Partners whose last contact was in a year are those met in it and not since, and not who was last met in it."""
    within = query.exchanges.within
    last_of_all = query.about is About.EXCHANGES and query.rank is not None and query.rank.by is RankBy.LAST
    if not (last_of_all and query.asked is Asked.PLACES and within is not None and query.partner.anywhere):
        return query
    if within.last_day is None or not _WHOSE_LAST.search(sentence.text):
        return query
    since = Met(within=Period(PartialDate.of(within.last_day + timedelta(days=1)), None))
    return replace(query, about=About.TIES, rank=None, met=query.exchanges, unmet=since, exchanges=Met())


def _of_disputed_day(query: Query, sentence: Sentence) -> Query:
    """What sources say of one day is told, disputed or not; "two dates for the signing: which do you hold?"."""
    signing = query.asked is Asked.RECORDS and sentence.has(("event", "signed"))
    asked = query.asked in (Asked.BOOLEAN, Asked.TEXT) or signing
    if not (query.acts.disputed and asked and len(query.partner.places) == 1):
        return query
    return replace(query, asked=Asked.DATE, told=None, about=About.TIES)


def _as_question(query: Query, sentence: Sentence) -> Query:
    """What is said of two places and ends with a mark of question asks whether it is so: "still twinned with A?"."""
    open_one = query.told is Told.OVERVIEW and len(query.partner.places) == 1 and query.rank is None
    if not open_one or query.about is not About.TIES or not sentence.text.rstrip().endswith(("?", "？")):
        return query
    tied = sentence.has(("event", "signed"), ("kind", "sister"), ("kind", "partners"), ("kind", "friendship"))
    stands = bool(query.acts.statuses) and sentence.has(("status", "active"))
    stated = stands or (tied and query.acts.statuses)
    return replace(query, asked=Asked.BOOLEAN, told=None) if stated else query


def _lately(query: Query, sentence: Sentence) -> Query:
    """Whether there was an exchange lately is told by the last one and its day: how long ago is "lately"?"""
    meets = query.about is About.EXCHANGES and query.asked is Asked.BOOLEAN and not query.negated
    open_time = query.rank is None and query.exchanges.within is None
    if meets and open_time and sentence.take(("logic", "lately")):
        return replace(query, asked=Asked.DATE, rank=Rank(RankBy.LAST))
    return query


_ALREADY = (
    "已滿", "已满", "已經滿", "已经满", "已達", "已达", "已屆滿", "已届满",
)  # fmt: skip
_NOT_YET = frozenset(("soon", "nearly", "快", "将", "要"))


def _reached(query: Query, sentence: Sentence) -> Query:
    """Whether a tie has reached so many years is asked of its age, not of the day to come: 滿三十年了嗎."""
    turning, words = query.turning, {token.text for token in sentence.tokens}
    if turning is None or turning.years is None or turning.within is not None or query.rank is not None:
        return query
    years, one = turning.years.least, len(query.partner.places) == 1
    if years is None or years != turning.years.most:
        return query
    if query.asked in (Asked.PLACES, Asked.NUMBER):
        if not any(said in sentence.text for said in _ALREADY) and not _has_so_many_years(sentence):
            return query
    elif (
        not one
        or query.asked is not Asked.BOOLEAN
        or words & _NOT_YET
        or any(span.time for span in sentence.spans)
    ):
        return query
    acts = replace(query.acts, age=Bound(least=years))
    return replace(query, turning=None, about=About.TIES, acts=acts)


_COMING = frozenset("将要快即逢次")


def _has_so_many_years(sentence: Sentence) -> bool:
    """Whether 滿 is said of years, and of none to come, so that those with more have as many: 滿四十年的有幾個."""
    words = {token.text for token in sentence.tokens}
    dated = any(span.time for span in sentence.spans) or sentence.has(("ask", "when"))
    of_years = sentence.has(("anniversary", "turning")) and not sentence.has(("anniversary", "anniversary"))
    return sentence.chinese and of_years and "满" in words and not dated and not words & _COMING


def _asks_of_each(query: Query, sentence: Sentence) -> bool:
    """Whether a yes is wanted for each of the partners that are named, and not for any: no "or" is said."""
    several = len(query.partner.places) > 1 and query.asked is Asked.BOOLEAN and not query.partner.groups
    if dates_each(query):
        return not sentence.has(("logic", "or"), ("logic", "than"))
    several = several and query.about in (About.TIES, About.EXCHANGES)
    return several and query.rank is None and not sentence.has(("logic", "or"), ("logic", "than"))


_RANK_OF_SIDE = {Side.BEFORE: RankBy.FIRST, Side.AFTER: RankBy.LAST}


def _as_weighed(query: Query) -> Query:
    """Whether one tie came before another is told by both of them: "did we sign with Portland before Seattle?"."""
    beside = query.acts.beside
    one = query.asked is Asked.BOOLEAN and query.rank is None and len(query.partner.places) == 1
    if beside is None or not one or beside.side not in _RANK_OF_SIDE or query.about is not About.TIES:
        return query
    first = query.partner.places[0]
    return replace(
        query,
        rank=Rank(_RANK_OF_SIDE[beside.side]),
        candidate=first,
        partner=replace(query.partner, places=(first, beside.place)),
        acts=replace(query.acts, beside=None),
    )


def _with_candidate(query: Query, sentence: Sentence) -> Query:
    """Asked whether a partner is the first or the nearest, it is compared with all, not looked for alone."""
    if query.asked is not Asked.BOOLEAN or query.rank is None or query.about is not About.TIES:
        return query
    if query.candidate is not None or query.compare is not None:
        return query
    if len(query.partner.places) == _TWO and says_than(sentence):
        first = 1 if _measured_first(query, sentence) else 0
        sentence.take(("logic", "than"))
        return replace(query, candidate=query.partner.places[first])  # "is Portland older than Seattle"
    if len(query.partner.places) != 1:
        sentence.used.difference_update(sentence.any_of("order"))
        return query
    sets = joined([name.where for name in sentence.names.values() if not name.is_place])
    return replace(query, candidate=query.partner.places[0], partner=sets)


def _measured_first(query: Query, sentence: Sentence) -> bool:
    """Whether what a partner is measured by is named before it: 比起西雅圖，波特蘭比較早嗎."""
    ids = {place.id for place in query.partner.places}
    named = [i for i, name in sentence.names.items() if name.is_place and name.where.places[0].id in ids]
    than = sentence.all(("logic", "than"))
    return sentence.chinese and bool(named and than) and than[0] < min(named)


def _without_guess(query: Query) -> Query:
    """Without what somebody bets on, where the number of one city's ties is asked for: 他說不到十個，有幾個？"""
    one = len(query.home.places) == 1 or query.home.own
    counted = query.asked is Asked.NUMBER and query.about is About.TIES and query.unit in (None, Unit.PLACES)
    if one and counted and query.having is not None and query.per in (None, Per.HOME):
        return replace(query, having=None, per=None)
    return query


_TWO = 2
