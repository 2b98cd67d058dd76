"""The query of a question, put together from what its parts say."""

from datetime import date

from bot.domain.contacts import ContactRole, ContactState
from bot.domain.partnerships import Status
from bot.domain.places import Place
from bot.questions.conditions import Acts, Bound, Event, People
from bot.questions.form import Form
from bot.questions.lexicon import Lexicon
from bot.questions.meeting import direction, read_met
from bot.questions.narrowing import (
    both,
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
from bot.questions.placing import negated, presuming, with_met, with_order, with_time
from bot.questions.query import Query, RankBy
from bot.questions.roles import read_roles
from bot.questions.sentence import Sentence


def compose(sentence: Sentence, form: Form, lexicon: Lexicon, today: date, home: Place | None) -> Query:
    """What a sentence of this form asks. Parts that did not fit are left over in it."""
    people = _people(sentence, form)
    records = _records(sentence)
    roles = read_roles(sentence, form, lexicon, home)
    host = direction(sentence, *roles.positions(sentence))
    rank = read_rank(sentence, form)
    states, without_states = read_states(sentence)
    met, denied = read_met(sentence, form, host)
    acts, event = _acts(sentence, form, today)
    turning = read_turning(sentence, form)
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
        having=read_bound(sentence),
        negated=form.negated,
    )
    ahead = turning is not None or event is Event.EXPIRES or (rank is not None and rank.by is RankBy.NEXT)
    within = both([period for _, period in read_times(sentence, ahead=ahead)])
    sentence.take(("logic", "among"))
    query = with_time(with_met(query, met, denied), within, today)
    return presuming(negated(with_order(query, form), sentence), event)


def _acts(sentence: Sentence, form: Form, today: date) -> tuple[Acts, Event | None]:
    """Which agreements, and which day in their life the sentence speaks of, if any."""
    kinds, without_kinds = read_kinds(sentence, form)
    statuses = read_statuses(sentence)
    event = read_event(sentence)
    if event in _LEAVES and not form.of_pairs:
        statuses |= {_LEAVES[event]}
    acts = Acts(
        kinds=kinds,
        without_kinds=without_kinds,
        statuses=statuses,
        event=event or Event.SIGNED,
        undated=_undated(sentence),
        age=_age(sentence, today),
        disputed=sentence.take(("noun", "disputed")),
    )
    return acts, event


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
