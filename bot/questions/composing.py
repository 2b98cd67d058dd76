"""The query of a question, put together from what its parts say."""

from dataclasses import replace
from datetime import date

from bot.domain.contacts import ContactRole, ContactState
from bot.domain.partnerships import Status
from bot.domain.periods import Period
from bot.domain.places import Place
from bot.questions.asking_how_many import counts_ties
from bot.questions.conditions import Acts, Event, KindWord, People, Where
from bot.questions.form import Form, about_exchanges, names_partners
from bot.questions.here_and_there import in_each
from bot.questions.lexicon import Lexicon
from bot.questions.meeting import direction, read_met
from bot.questions.naming import joined
from bot.questions.narrowing import (
    read_event,
    read_kinds,
    read_states,
    read_statuses,
    read_times,
    times_of_signing,
    use_together,
)
from bot.questions.numbers import read_age, read_bound, read_claimed, read_turning
from bot.questions.ordering import read_more, read_rank, read_sole
from bot.questions.placing import (
    negated,
    of_last_before,
    of_silence,
    of_which_kind,
    of_which_state,
    of_which_time,
    presuming,
    told_apart,
    told_of_pair,
    with_met,
    with_order,
    with_time,
    without_hearsay,
)
from bot.questions.query import About, Asked, Per, Query, Rank, RankBy, Unit
from bot.questions.roles import read_roles
from bot.questions.sense import unanswerable
from bot.questions.sentence import Sentence
from bot.questions.sharing_whether import shared_by_all
from bot.questions.whose import Roles, asks_with_whom
from bot.questions.wording import is_dropped, says_too_little


def compose(sentence: Sentence, form: Form, lexicon: Lexicon, today: date, home: Place | None) -> Query:
    """What a sentence of this form asks. Parts that did not fit are left over in it."""
    people, records = _people(sentence, form), _records(sentence)
    roles = _roles(sentence, form, lexicon, home)
    host = direction(sentence, *roles.positions(sentence))
    rank = _rank(sentence, form, roles)
    states, without_states = read_states(sentence)
    met, denied = read_met(sentence, form, host)
    acts, event = _acts(sentence, form, today)
    turning = read_turning(sentence, form)
    if form.asked is Asked.PLACES and (roles.home.own or len(roles.home.places) == 1):
        sentence.take(("logic", "single"))  # 只有一個姊妹市，是哪裡
    query = Query(
        asked=form.asked,
        about=form.about,
        told=form.told,
        unit=form.unit,
        home=roles.home,
        partner=roles.partner,
        acts=replace(acts, beside=roles.beside),
        states=states,
        without_states=without_states,
        turning=turning,
        people=people,
        records=records,
        compare=roles.compare,
        rank=rank,
        per=roles.per or form.per,
        having=read_bound(sentence, form) or read_claimed(sentence, form),
        negated=form.negated,
    )
    ahead = turning is not None or event is Event.EXPIRES or (rank is not None and rank.by is RankBy.NEXT)
    of_world = sentence.take(("logic", "anywhere"))
    _take_what_says_no_more(sentence, form, roles, ranked=rank is not None)
    _use_or(sentence)
    query = _dated(with_met(query, met, denied), sentence, today, ahead=ahead)
    if roles.at is not None:
        query = replace(query, exchanges=replace(query.exchanges, at=roles.at))
    query = _as_is_meant(query, sentence, form)
    with_whom = asks_with_whom(sentence) or (form.of_which and query.asked is Asked.DATE)
    sentence.unfit = (
        sentence.unfit
        or unanswerable(query, today, with_whom=with_whom)
        or says_too_little(query, sentence, form)
        or is_dropped(met, query)
        or (of_world and query.home.assumed)
    )
    return presuming(query, event)


def _roles(sentence: Sentence, form: Form, lexicon: Lexicon, home: Place | None) -> Roles:
    """Who is home and who partner; where no single city is home, ties are counted and not places."""
    roles = read_roles(sentence, form, lexicon, home)
    if roles.home.assumed and sentence.take(("logic", "throughout")):
        roles.home = Where()
    of_one = len(roles.home.places) == 1 or (roles.home.own and home is not None)
    if not of_one and counts_ties(sentence, form):
        form.unit = Unit.AGREEMENTS  # of one city they are as many as its partners
    return roles


def _rank(sentence: Sentence, form: Form, roles: Roles) -> Rank | None:
    one_of_two = form.asked is Asked.PLACES or (
        form.asked is Asked.BOOLEAN and sentence.has(("logic", "than"))
    )
    rank = read_rank(sentence, form, chosen=one_of_two and len(roles.partner.places) > 1)
    rank = rank or read_sole(sentence, form)
    of_countries = not roles.per or form.head == "country"
    if rank is None and roles.compare is None and of_countries and not roles.partner.places:
        rank = read_more(sentence, form, len(roles.partner.countries))
        roles.per = None if rank is not None else roles.per
    return rank


def _as_is_meant(query: Query, sentence: Sentence, form: Form) -> Query:
    """The query where its parts together mean something else than each alone."""
    query = told_apart(negated(with_order(query, form), sentence), sentence)
    query = replace(query, every=_asks_of_each(query, sentence))
    query = shared_by_all(_without_guess(in_each(query, sentence)), sentence)
    if query.acts.disputed and query.asked in (Asked.BOOLEAN, Asked.TEXT) and len(query.partner.places) == 1:
        query = replace(query, asked=Asked.DATE, told=None)  # what is said of it is told, disputed or not
    query = of_which_time(of_which_kind(of_last_before(query, sentence), sentence), sentence)
    query = without_hearsay(of_which_state(query, sentence), sentence)
    return _with_candidate(of_silence(told_of_pair(query, sentence)), sentence)


def _take_what_says_no_more(sentence: Sentence, form: Form, roles: Roles, *, ranked: bool) -> None:
    """Use the words that are no condition in a question of this form."""
    sentence.take(("logic", "among"))
    lists_ties = form.asked is Asked.PLACES and form.about is About.TIES
    if lists_ties and not ranked:
        sentence.take(("logic", "sole"))
    of_one = len(roles.home.places) == 1 and roles.compare is None
    if lists_ties and (of_one or (roles.per is Per.HOME and sentence.has(("logic", "least")))):
        sentence.used.update(i for i in sentence.free(("logic", "common")) if sentence.plainly(i) in _AT_ONCE)
    if form.about is About.EXCHANGES and form.unit is not Unit.PEOPLE:
        sentence.used.update(i for i in sentence.free(("noun", "people")) if not _are_asked_for(sentence, i))
    if form.about is About.EXCHANGES:  # what is past is asked for anyhow; 釜山之前 is before Busan
        said = sentence.free(("logic", "formerly"))
        sentence.used.update(i for i in said if i - 1 not in sentence.names)
    if form.asked is Asked.BOOLEAN:
        sentence.take(("logic", "common"))  # "also"
    if form.of_pairs and form.about is About.TIES:  # 觀光交流備忘錄 is its name
        sentence.take(("meet", "together"))  # "are they twinned with each other?"
        sentence.used.update(i for i in sentence.any_of("topics") if _names_act(sentence, i))


_AT_ONCE = frozenset(("同時", "同时", "同時也", "同时也", "share", "shares", "shared", "sharing"))
"""Of one place alone they say no more than that it has several partners: 同時是哪兩座城市的姊妹, "who shares Guam?"."""


def _dated(query: Query, sentence: Sentence, today: date, *, ahead: bool) -> Query:
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
    if within is not None and query.unit is Unit.YEARS and _up_to(within, today):
        return query
    if within is not None and _only_heard(query, sentence):
        return query
    if within is not None and _claims_since(query, sentence, within):
        within = Period(within.first, within.first)
    if within is not None and _stood(query, sentence):
        if not query.partner.places or within.last is None:
            sentence.used.difference_update(rest)  # of a whole country that is not on record, either
            return query
        within = Period(None, within.last)
    return with_time(query, within, today)


def _up_to(within: Period, today: date) -> bool:
    """Whether it is up to today, as an age is anyhow: 截至今日，締盟幾年."""
    return within.first is None and within.last is not None and within.last.exact() == today


def _only_heard(query: Query, sentence: Sentence) -> bool:
    """Whether a time is what somebody heard or wrote of a day that is asked for: 有人說是2009年，你那邊登記的是哪年."""
    heard = sentence.has(("filler", "tells")) and sentence.chinese
    return heard and query.asked is Asked.DATE and query.about is About.TIES and query.rank is None


def _claims_since(query: Query, sentence: Sentence, within: Period) -> bool:
    """Whether it is asked whether a tie is of that date: "have we been sister cities since 1988?"."""
    yes_or_no = query.asked is Asked.BOOLEAN and query.about is About.TIES and bool(query.partner.places)
    been = any(token.text == "been" for token in sentence.tokens)
    return yes_or_no and been and within.last is None and not sentence.chinese


def _stood(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked whether a tie stood at some time: "was Busan our partner in 1980?"."""
    yes_or_no = query.asked is Asked.BOOLEAN and query.about is About.TIES
    was = any(token.text in ("was", "were", "是") for token in sentence.tokens)
    events = [i for i in sentence.any_of("event") if sentence.plainly(i) not in _TIED]
    named = names_partners(sentence) or bool(sentence.any_of("event"))
    narrowed = query.turning or query.states or query.met or query.unmet or query.rank or query.acts.statuses
    return bool(yes_or_no and was and named and not narrowed and not events)


_TIED = frozenset(
    ("twinned", "twinned with", "partnered", "partnered with", "paired", "paired with", "linked", "allied",
     "connected", "connected with", "connected to", "connected by")
)  # fmt: skip
"""What a tie makes of two places, so that it is asked of what was and not of the day: "were they twinned in 1980?"."""


def _names_act(sentence: Sentence, index: int) -> bool:
    """Whether a field is part of what an agreement is called."""
    behind = sentence.after(index)
    return behind is not None and (
        bool(sentence.spans[behind].of("kind"))
        or (bool(sentence.spans[behind].of("topics")) and _names_act(sentence, behind))
        or sentence.spans[behind].has(("noun", "act"), ("noun", "exchange"))
    )


def _as_it_was(query: Query, sentence: Sentence) -> bool:
    """Whether a list is asked as it was at some time, when some may have ended since and many have no date."""
    narrowed = query.met or query.unmet or query.turning or query.states or query.unit is Unit.YEARS
    counted = query.asked in (Asked.PLACES, Asked.NUMBER, Asked.STATISTICS) or query.compare is not None
    listed = counted and query.about is About.TIES
    words = [sentence.plainly(i) for i in range(len(sentence.spans))]
    have = [word for word in words if word in _HAVE or (word.startswith("有") and len(word) > 1)]  # 有多少
    return bool(listed and not narrowed and have and not sentence.any_of("event") and query.acts.age is None)


_HAVE = frozenset(("have", "has", "had", "有", "擁有", "共有"))


def _are_asked_for(sentence: Sentence, index: int) -> bool:
    """Whether people are what a word asks for, "which people", not "when did the people of Osaka come"."""
    before = sentence.before(index)
    if sentence.chinese:  # 那邊的人上次來是哪年 asks for no people
        return index == 0 or not {"of"} & set(sentence.spans[index - 1].of("small"))
    return before is not None and bool(sentence.spans[before].of("ask")) and index - before == 1


_ALIKE = ("kind", "kinds", "topics", "state", "level", "places", "mode", "items", "event", "status", "meet")


def _use_or(sentence: Sentence) -> None:
    """An "or" between two of a kind lets either fit, as the query does: "in Japan or Korea"."""
    for index in sentence.free(("logic", "or")):
        before, behind = sentence.before(index), sentence.after(index)
        if before is None or behind is None:
            continue
        one, other = sentence.spans[before], sentence.spans[behind]
        names = one.mention is not None and other.mention is not None
        alike = any(one.of(section) and other.of(section) for section in _ALIKE)
        alike = alike or (one.has(("noun", "city")) and other.has(("noun", "city")))
        if names or alike:
            sentence.use(index)


_TWO = 2


def _asks_of_each(query: Query, sentence: Sentence) -> bool:
    """Whether a yes is wanted for each of the partners that are named, and not for any: no "or" is said."""
    several = len(query.partner.places) > 1 and query.asked is Asked.BOOLEAN and query.about is About.TIES
    return several and query.rank is None and not sentence.has(("logic", "or"), ("logic", "than"))


def _with_candidate(query: Query, sentence: Sentence) -> Query:
    """Asked whether a partner is the first or the nearest, it is compared with all, not looked for alone."""
    if query.asked is not Asked.BOOLEAN or query.rank is None or query.about is not About.TIES:
        return query
    if len(query.partner.places) == _TWO and sentence.take(("logic", "than")):
        return replace(query, candidate=query.partner.places[0])  # "is Portland older than Seattle"
    if len(query.partner.places) != 1:
        sentence.used.difference_update(sentence.any_of("order"))
        return query
    sets = joined([name.where for name in sentence.names.values() if not name.is_place])
    return replace(query, candidate=query.partner.places[0], partner=sets)


def _acts(sentence: Sentence, form: Form, today: date) -> tuple[Acts, Event | None]:
    """Which agreements, and which day in their life the sentence speaks of, if any."""
    kinds, without_kinds = read_kinds(sentence, form)
    event = read_event(sentence)
    statuses = read_statuses(sentence)
    if event in _LEAVES and Status.ACTIVE in statuses and form.asked is Asked.BOOLEAN:
        event = None  # "they fell out; are they still sister cities?"
    if event in _LEAVES and (not form.of_pairs or form.asked is Asked.BOOLEAN):
        statuses |= {_LEAVES[event]}
    if event is None and len(statuses) == 1:
        event = next((each for each, status in _LEAVES.items() if status in statuses), None)
    ties = form.asked is Asked.BOOLEAN and form.about is About.TIES
    past = ties and not statuses and not about_exchanges(sentence) and _speaks_of_past(sentence)
    if _of_anything(sentence, form, kinds):
        kinds, past = frozenset({KindWord.ALL}), True
    acts = Acts(
        any_status=past,
        kinds=kinds,
        without_kinds=without_kinds,
        statuses=statuses,
        event=event or Event.SIGNED,
        undated=_undated(sentence),
        age=read_age(sentence, today),
        disputed=sentence.take(("noun", "disputed")) or sentence.has(("noun", "disputed")),
        of_three=form.about is About.TIES and sentence.take(("noun", "three")),
    )
    return acts, event


def _without_guess(query: Query) -> Query:
    """Without what somebody bets on, where the number of one city's ties is asked for: 他說不到十個，有幾個？"""
    one = len(query.home.places) == 1 or query.home.own
    counted = query.asked is Asked.NUMBER and query.about is About.TIES and query.unit in (None, Unit.PLACES)
    if one and counted and query.having is not None and query.per in (None, Per.HOME):
        return replace(query, having=None, per=None)
    return query


def _of_anything(sentence: Sentence, form: Form, kinds: frozenset[KindWord]) -> bool:
    """Whether the first of whatever two places signed is meant: "when did they first sign something?"."""
    first = sentence.has(("order", "first")) and not kinds
    return first and form.asked is Asked.DATE and form.about is About.TIES and bool(sentence.any_of("event"))


_EVER = frozenset(("ever", "once", "formerly", "used", "was", "were", "did", "had", "曾", "过"))


def _speaks_of_past(sentence: Sentence) -> bool:
    """Whether it is asked what was at any time: "was Malé ever a sister city?", 簽過."""
    first = {i for i, span in enumerate(sentence.spans) if not (span.mark or span.of("filler"))}
    start = min(first, default=0)
    verbs = {t.text for t in sentence.tokens[sentence.spans[start].start : sentence.spans[start].end]}
    tokens = {
        sentence.tokens[i].text
        for span in sentence.spans
        if span.end - span.start == 1 or not (span.of("logic") or span.of("anniversary"))  # not 超過
        for i in range(span.start, span.end)
    }
    ever = tokens & {"ever", "once", "formerly", "曾", "过"}
    return not sentence.any_of("order") and bool(ever or verbs & _EVER)


_LEAVES = {Event.ENDED: Status.ENDED, Event.PAUSED: Status.PAUSED}
"""What an agreement is after that day: those that "were ended" are asked for by it."""


def _people(sentence: Sentence, form: Form) -> People | None:
    """Which people are asked for."""
    if form.role is None:
        return None
    roles = {
        role for key, role in (("adviser", ContactRole.ADVISER), ("alumnus", ContactRole.ALUMNUS))
        if sentence.has(("people", key))
    }  # fmt: skip
    state = None
    for key, each in (
        ("leaving", ContactState.ENDING),
        ("to_confirm", ContactState.TO_CONFIRM),
        ("former_person", ContactState.FORMER),
    ):
        if sentence.has(("people", key)):
            state = each
    sentence.used.update(i for i in sentence.any_of("people"))
    return People(role=form.role, contact_roles=frozenset(roles), state=state)


def _records(sentence: Sentence) -> tuple[str, ...]:
    found = [(i, span.record) for i, span in enumerate(sentence.spans) if span.record]
    sentence.used.update(i for i, _ in found)
    return tuple(record for _, record in found if record)


def _undated(sentence: Sentence) -> bool | None:
    """Whether only those without a recorded day of signing are asked for, or with one; None for both."""
    if sentence.take(("noun", "date_missing")):
        return True
    return False if sentence.take(("noun", "date_known")) else None
