"""What time another tie sets, where ties are asked for beside it: "which partners joined after Seattle?"."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.dates import PartialDate
from bot.domain.periods import Period
from bot.questions.answering.choosing import choose
from bot.questions.answering.no_tie import no_such_tie
from bot.questions.answering.tie_dates import undated
from bot.questions.answers import Answer, AnswerKind
from bot.questions.conditions import Acts, Side, Where
from bot.questions.holdings import Registry
from bot.questions.query import Asked, Query


def dated(query: Query, registry: Registry) -> Query | Answer:
    """The query with the time that the other tie sets; or why that cannot be said: no such tie, no date of it."""
    beside = query.acts.beside
    if beside is None:
        return query
    there = Where(places=(beside.place,))
    kind = AnswerKind.NUMBER if query.asked is Asked.NUMBER else AnswerKind.PLACES
    other = replace(query, partner=there, rank=None, acts=Acts(kinds=query.acts.kinds))
    links = choose(other, registry).links
    if not links:
        return replace(no_such_tie(other, registry, kind), kind=kind)
    signed = [link.act.signed for link in links if link.act.signed is not None]
    if not signed:
        return replace(undated(links, registry), kind=kind)
    without = query.partner.without or Where()
    partner = replace(query.partner, without=replace(without, places=(*without.places, beside.place)))
    acts = replace(query.acts, beside=None, within=_within(min(signed), beside.side))
    return replace(query, partner=partner, acts=acts)


def _within(day: PartialDate, side: Side) -> Period:
    match side:
        case Side.SAME_YEAR:
            year = PartialDate(day.year)
            return Period(year, year)
        case Side.AFTER:
            return Period(PartialDate.of(day.latest() + timedelta(days=1)), None)
        case Side.BEFORE:
            return Period(None, PartialDate.of(day.earliest() - timedelta(days=1)))
