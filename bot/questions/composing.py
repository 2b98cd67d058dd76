"""The query of a question, put together from what its parts say."""

from dataclasses import replace
from datetime import date

from bot.domain.contacts import ContactRole, ContactState
from bot.domain.exchanges import ExchangeStatus
from bot.domain.partnerships import Status
from bot.domain.periods import Period
from bot.domain.places import Place
from bot.questions.conditions import Acts, Bound, Event, Met, People
from bot.questions.form import Form, read_form
from bot.questions.lexicon import Lexicon
from bot.questions.meeting import direction, read_met
from bot.questions.narrowing import (
    both,
    per_of_rank,
    read_bound,
    read_event,
    read_kinds,
    read_rank,
    read_states,
    read_statuses,
    read_times,
    read_turning,
    years_within,
)
from bot.questions.query import About, Asked, Presumed, Query, RankBy, Told, Unit
from bot.questions.roles import read_roles
from bot.questions.sentence import Sentence


def compose(sentence: Sentence, lexicon: Lexicon, today: date, home: Place | None) -> Query | None:
    """What the sentence asks; None where nothing says what is wanted. Parts that did not fit are left over in it."""
    form = read_form(sentence)
    if form is None:
        return None
    people = _people(sentence, form)
    records = _records(sentence)
    roles = read_roles(sentence, form, lexicon, home)
    host = direction(sentence, *roles.positions(sentence))
    rank = read_rank(sentence, form)
    states, without_states = read_states(sentence)
    met, denied = read_met(sentence, form, host)
    kinds, without_kinds = read_kinds(sentence, form)
    statuses = read_statuses(sentence)
    event = read_event(sentence)
    if event is Event.ENDED and not form.of_pairs:
        statuses |= {Status.ENDED}
    if event is Event.PAUSED and not form.of_pairs:
        statuses |= {Status.PAUSED}
    undated = _undated(sentence)
    turning = read_turning(sentence, form, None)
    age = _age(sentence, today)
    bound = read_bound(sentence)
    ahead = turning is not None or event is Event.EXPIRES or (rank is not None and rank.by is RankBy.NEXT)
    periods = read_times(sentence, ahead=ahead)
    within = both([period for _, period in periods])
    acts = Acts(
        kinds=kinds,
        without_kinds=without_kinds,
        statuses=statuses,
        event=event or Event.SIGNED,
        age=age,
        undated=undated,
        disputed=sentence.take(("noun", "disputed")),
    )
    query = Query(
        asked=form.asked,
        about=form.about,
        told=form.told,
        unit=form.unit,
        home=roles.home,
        partner=roles.partner,
        acts=acts,
        states=states,
        without_states=without_states,
        turning=turning,
        people=people,
        records=records,
        compare=roles.compare,
        rank=rank,
        per=roles.per or form.per,
        having=bound,
        negated=form.negated,
    )
    sentence.take(("logic", "among"))
    query = _with_met(query, form, met, denied)
    query = _with_time(query, within)
    if within is not None and within.first_day is not None and within.first_day > today:
        query = _planned(query)
    query = _with_order(query, form, sentence)
    return _presuming(_negated(query, sentence, form), form, event)


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


_OLDER, _YOUNGER = ("anniversary", "older"), ("anniversary", "younger")


def _age(sentence: Sentence, today: date) -> Bound | None:
    """An age that is asked for: "older than 30 years", 締盟超過三十年."""
    for index, span in enumerate(sentence.spans):
        if span.time is None or span.time.period is None or sentence.has(("noun", "exchange")):
            continue
        years = years_within(span.time.period, today)
        if years is None or sentence.any_of("meet"):
            continue
        written = sentence.written(index)
        if sentence.take(_YOUNGER) or any(word in written for word in ("不到", "未滿", "less than", "under")):
            sentence.use(index)
            return Bound(most=years - 1)
        if sentence.take(_OLDER) or any(
            word in written for word in ("超過", "逾", "more than", "over", "for ")
        ):
            sentence.use(index)
            return Bound(least=years)
    return None


def _with_met(query: Query, form: Form, met: Met | None, denied: bool) -> Query:
    """The exchanges put where they belong: what is asked for, or what ties are narrowed to."""
    if met is None:
        return query
    listing = query.asked in (Asked.PLACES, Asked.NUMBER, Asked.STATISTICS)
    if denied and (query.about is About.TIES or (listing and query.asked is Asked.PLACES)):
        return replace(query, about=About.TIES, unmet=met)
    if query.about is About.TIES:
        if query.rank is not None and query.rank.by in (RankBy.MOST, RankBy.FEWEST):
            return replace(query, about=About.EXCHANGES, exchanges=met)
        if query.asked is Asked.BOOLEAN and not query.states:
            return replace(query, about=About.EXCHANGES, exchanges=met, negated=denied)
        return replace(query, met=met) if listing or query.asked is Asked.RECORDS else query
    if query.about is About.EXCHANGES and query.states:
        return replace(query, about=About.TIES)
    if query.about is About.EXCHANGES:
        return replace(query, exchanges=met, negated=denied or query.negated)
    return query


def _with_time(query: Query, within: Period | None) -> Query:
    """The period put where it belongs."""
    if within is None:
        return query
    if query.turning is not None:
        return replace(query, turning=replace(query.turning, within=within))
    if query.people is not None and query.about is About.PEOPLE:
        return replace(query, people=replace(query.people, within=within))
    if query.about is About.EXCHANGES:
        return replace(query, exchanges=replace(query.exchanges, within=within))
    if query.unmet is not None:
        return replace(query, unmet=replace(query.unmet, within=within))
    if query.met is not None:
        return replace(query, met=replace(query.met, within=within))
    return replace(query, acts=replace(query.acts, within=within))


def _planned(query: Query) -> Query:
    """Of times to come only plans can be told."""
    if query.about is not About.EXCHANGES or query.exchanges.statuses:
        return query
    return replace(query, exchanges=replace(query.exchanges, statuses=frozenset({ExchangeStatus.PLANNED})))


def _with_order(query: Query, form: Form, sentence: Sentence) -> Query:
    """What is ranked, by what it is ranked."""
    rank = query.rank
    if rank is None:
        return query
    if rank.by in (RankBy.MOST, RankBy.FEWEST) and query.per is None:
        query = replace(query, per=per_of_rank(form, query))
        if form.head == "country":
            query = replace(query, unit=None)
    if (
        query.about is About.EXCHANGES
        and query.asked is Asked.PLACES
        and rank.by in (RankBy.FIRST, RankBy.LAST)
    ):
        query = replace(query, asked=Asked.PLACES)
    return query


def _negated(query: Query, sentence: Sentence, form: Form) -> Query:
    """A yes-or-no question that denies: "is it true that we have no partner in Chile?"."""
    if query.asked is Asked.BOOLEAN and sentence.take(("logic", "not"), ("logic", "without")):
        return replace(query, negated=not query.negated)
    return query


_PRESUMED = {
    Event.ENDED: Presumed.ENDED,
    Event.PAUSED: Presumed.PAUSED,
    Event.RESUMED: Presumed.RESUMED,
}


def _presuming(query: Query, form: Form, event: Event | None) -> Query:
    """What the question takes for granted."""
    presumed = set[Presumed]()
    tells = query.asked in (Asked.DATE, Asked.TEXT) or query.unit is Unit.YEARS
    if tells and query.about is About.TIES:
        if event in _PRESUMED:
            presumed.add(_PRESUMED[event])
        elif query.told not in (Told.STATUS, Told.OVERVIEW, Told.KIND):
            presumed.add(Presumed.TIE)
        if query.states and query.told is Told.REASON:
            presumed.add(Presumed.DORMANT)
    if query.about is About.EXCHANGES and query.asked is Asked.DATE:
        is_next = query.rank is not None and query.rank.by is RankBy.NEXT
        presumed.add(Presumed.PLANNED if is_next else Presumed.MET)
    return replace(query, presumed=frozenset(presumed))
