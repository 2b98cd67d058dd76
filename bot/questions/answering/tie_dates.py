"""When something happened to a tie: signed, ended, paused, to be reviewed."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.claims import ALSO_GIVEN, Fact
from bot.domain.dates import PartialDate
from bot.domain.partnerships import Kind, Status
from bot.questions.answering.choosing import (
    Chosen,
    by_age,
    choose,
    oldest,
    partners_of,
    ranked,
    whatever_there_is,
)
from bot.questions.answering.fitting import asks_for_disputes, event_of, step_of
from bot.questions.answering.no_tie import no_such_tie, none_listed
from bot.questions.answering.telling import (
    disputes,
    in_years,
    link_lines,
    of_links,
    ties_in,
    told_apart,
)
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, Value, once, sentence
from bot.questions.conditions import Event, KindWord
from bot.questions.holdings import Link, Registry
from bot.questions.query import Query, RankBy

SHOWN = 10
"""Of how many agreements at most it is told one by one that a day is not recorded."""


def date_of_tie(query: Query, registry: Registry) -> Answer:
    """The day of an event in the life of the ties that fit; of several acts with one, the oldest (reading 4)."""
    chosen = choose(_of_past(query), registry)
    links = list(chosen.links)
    if not links and chosen.friendship:  # staff call friendship cities 姊妹市 all the same
        links = list(chosen.friendship)
    if not links and query.acts.event is Event.SIGNED and query.rank is None:
        links = _replaced_since(query, registry)
    if not links:
        return _no_date(query, registry)
    if query.rank is not None and (given_way := _replaced_on(query, registry)):
        return given_way
    if query.rank is not None:
        first, lacking = ranked(links, query.rank, registry, query.acts.event)
        if not first and not lacking:  # the fifth of four
            return none_listed(chosen, query, registry, AnswerKind.DATE)
        if not first:
            return undated(lacking, registry)
        if len(partners_of(links)) == 1 and query.rank.by is RankBy.FIRST:
            return _date_with_one(by_age(links), query, registry)
        dates = _dates(first, query, registry, replace(chosen, friendship=(), memoranda=()))
        others = ties_in(lacking, registry)
        return dates.followed_by(sentence("not_ranked", n=others)) if others else dates
    if len(partners_of(links)) > 1 and len({link.act.id for link in links}) > 1:
        return _dates(by_age(links), query, registry, chosen)
    return _date_with_one(links, query, registry)


def _of_past(query: Query) -> Query:
    """Ends and pauses are asked of ties that are no longer in force."""
    if query.acts.event in (Event.ENDED, Event.PAUSED, Event.RESUMED):
        return replace(query, acts=replace(query.acts, any_status=True))
    return query


def _replaced_since(query: Query, registry: Registry) -> list[Link]:
    """What was signed on a day stays signed, though a later agreement has come in its place."""
    if not (query.acts.kinds and query.partner.is_one_place):
        return []
    return list(choose(replace(query, acts=replace(query.acts, replaced=True)), registry).links)


def _date_with_one(links: Sequence[Link], query: Query, registry: Registry) -> Answer:
    ordered = oldest(links, partners_first=not query.acts.kinds and query.rank is None)
    event = query.acts.event
    first = next((link for link in ordered if event_of(link.act, event) is not None), None)
    if first is None:
        return _none_dated(ordered, query, registry)
    when = event_of(first.act, event)
    beside = [] if query.records else whatever_there_is(query, registry)
    others = [link for link in beside if link.act.id != first.act.id and link.partner.id == first.partner.id]
    step = step_of(first.act, event)
    over = event is Event.SIGNED and first.act.status is Status.ENDED
    key = "tie_signed_once" if over else f"tie_{event.value}"
    statement = sentence(
        key, home=first.home, partner=first.partner, kind=first.act.kind, date=when,
        record=first.act.record, years=in_years(first.act, registry), step=step, through=first.through,
        act=first.act,
    )  # fmt: skip
    said = disputes([first.act], registry, (Fact.SIGNED, Fact.ANNIVERSARY, Fact.KIND, Fact.EXISTENCE))
    return of_links(
        Outcome.ANSWERED,
        AnswerKind.DATE,
        [first],
        statement,
        *_of_what_is_missing(when),
        *(_replacing(first) if over else ()),
        *_not_of_the_kind(first, query),
        *(said or _undisputed(first, query)),
        *([sentence("other_acts", link_lines(others, registry, query))] if others else []),
        value=when,
        places=() if query.partner.places else (first.partner,),
    )


def _replacing(link: Link) -> list[Statement]:
    if not link.act.replaced:
        return []
    return [sentence("was_replaced", record=link.act.record, partner=link.partner)]


def _of_what_is_missing(when: PartialDate | None) -> list[Statement]:
    """That the day is not recorded, lest a year be taken for an answer to what day it was."""
    if when is None or when.exact() is not None:
        return []
    return [sentence("year_only" if when.month is None else "month_only")]


def _undisputed(link: Link, query: Query) -> list[Statement]:
    """Where no other claim was entered: another day that its note tells, and what that says where it is asked."""
    if not asks_for_disputes(query):
        other = ALSO_GIVEN in (link.act.note or "") and query.acts.event is Event.SIGNED
        return [sentence("disputed_noted", record=link.act.record, note=link.act.note)] if other else []
    if link.act.note:
        return [sentence("disputed_noted", record=link.act.record, note=link.act.note)]
    return [sentence("undisputed", record=link.act.record)]


def _not_of_the_kind(link: Link, query: Query) -> list[Statement]:
    sister = query.acts.kinds == {KindWord.SISTER}
    if sister and link.act.kind is not Kind.SISTER_CITY:
        return [sentence("not_sister_but", kind=link.act.kind, partner=link.partner)]
    return []


def _dates(links: Sequence[Link], query: Query, registry: Registry, chosen: Chosen) -> Answer:
    """The dates of several ties; the value where they agree on one."""
    dated = [(link, event_of(link.act, query.acts.event)) for link in links]
    found = once(when for _, when in dated if when is not None)
    if not found:
        return _none_dated(links, query, registry)
    value: Value = (
        found[0] if len(found) == 1 and len(links) <= 1 + (query.rank is not None) * len(links) else None
    )
    return of_links(
        Outcome.ANSWERED,
        AnswerKind.DATE,
        links,
        sentence("dates", link_lines(links, registry, query), n=len(links)),
        *told_apart(replace(chosen, districts=()), query, registry),
        value=value,
        places=partners_of(links),
    )


def undated(links: Sequence[Link], registry: Registry) -> Answer:
    """The ties are on record, and the day of signing is not: no record, with their numbers."""
    return of_links(
        Outcome.NO_RECORD,
        AnswerKind.DATE,
        links,
        *(
            sentence(
                "undated", home=link.home, partner=link.partner, kind=link.act.kind, record=link.act.record
            )
            for link in links[:SHOWN]
        ),
        *disputes((link.act for link in links), registry, (Fact.SIGNED, Fact.ANNIVERSARY)),
    )


def _none_dated(links: Sequence[Link], query: Query, registry: Registry) -> Answer:
    return undated(links, registry) if query.acts.event is Event.SIGNED else _no_event(links, query)


def _no_event(links: Sequence[Link], query: Query) -> Answer:
    """It has not happened, or nobody has written down when."""
    event = query.acts.event
    happened = [link for link in links if step_of(link.act, event) is not None]
    told = happened[:1] or links[:SHOWN]
    key = "event_undated" if happened else f"never_{event.value}"
    return of_links(
        Outcome.NO_RECORD, AnswerKind.DATE, told,
        *(
            sentence(key, home=link.home, partner=link.partner, kind=link.act.kind, record=link.act.record)
            for link in told
        ),
    )  # fmt: skip


def _no_date(query: Query, registry: Registry) -> Answer:
    """There is no such tie: an ended one is told with its date, and of another kind there is what there is."""
    if given_way := _replaced_on(query, registry):
        return given_way
    others = whatever_there_is(query, registry)
    ended = [link for link in others if link.act.status is Status.ENDED and not link.act.replaced]
    if ended and not any(link.act.in_force for link in others) and query.partner.is_one_place:
        past = replace(query, acts=replace(query.acts, any_status=True))
        links = choose(past, registry).links
        if links:
            return _date_with_one(links, query, registry).followed_by(*_ends(links))
    return no_such_tie(query, registry, AnswerKind.DATE)


def _replaced_on(query: Query, registry: Registry) -> Answer | None:
    """When the agreement of the kind that is named gave way to a later one; that is no end of the tie (reading 4)."""
    named = query.partner.is_one_place and bool(query.acts.kinds)
    if query.acts.event is not Event.ENDED or not named:
        return None
    acts = replace(query.acts, replaced=True, event=Event.SIGNED)
    links = choose(replace(query, acts=acts, rank=None), registry).links
    later = {link.act.id: link.act for link in whatever_there_is(query, registry)}
    for link in links:
        successor = later.get(link.act.superseded_by or 0)
        day = event_of(link.act, Event.ENDED) or (successor.signed if successor else None)
        if day is not None:
            said = sentence("replaced_on", record=link.act.record, partner=link.partner, date=day)
            return of_links(Outcome.ANSWERED, AnswerKind.DATE, [link], said, value=day)
    return None


def _ends(links: Sequence[Link]) -> list[Statement]:
    return [
        sentence(
            "has_ended", record=link.act.record, step=link.act.ended, partner=link.partner, home=link.home
        )
        for link in links
        if link.act.status is Status.ENDED and not link.act.replaced
    ]
