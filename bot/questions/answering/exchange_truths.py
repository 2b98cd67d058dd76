"""Whether there was such an exchange."""

from dataclasses import replace

from bot.domain.exchanges import Exchange
from bot.questions.answering.about_exchanges import (
    SHOWN,
    exchanges_of,
    in_other_years,
    no_exchange,
    ranked,
)
from bot.questions.answering.each_part import asks_each_part, met_in_each, parts_of
from bot.questions.answering.perhaps_visits import logged_otherwise
from bot.questions.answering.signed_again import what_was_signed_since
from bot.questions.answering.still_in_touch import still_in_touch
from bot.questions.answering.telling import exchange_line, of_exchanges
from bot.questions.answers import Answer, AnswerKind, Outcome, once, sentence
from bot.questions.holdings import Registry
from bot.questions.query import Query, RankBy
from bot.questions.reading.still_asked import asks_if_still


def whether_met(query: Query, registry: Registry) -> Answer:
    """Whether there was such an exchange; what is only planned is none, and is told."""
    if query.every:
        return _whether_each_was_met(query, registry)
    if asks_each_part(query):
        return met_in_each([whether_met(part, registry) for part in parts_of(query)])
    found = exchanges_of(query, registry)
    if asks_if_still(query):
        return still_in_touch(found, query, registry)
    if (one := _the_one(query, registry)) is not None:  # "was the last exchange with Houston virtual?"
        return _whether_it_was(one, one in found, query)
    truth = bool(found) is not query.negated
    if found:
        said = [
            sentence("yes_exchange" if truth else "no_exchange_said"),
            sentence(
                "exchanges_are", [exchange_line(each) for each in reversed(found[-SHOWN:])], n=len(found)
            ),
        ]
        return of_exchanges(Outcome.ANSWERED, AnswerKind.BOOLEAN, found, *said, value=truth)
    none = no_exchange(query, registry, AnswerKind.BOOLEAN)
    if later := what_was_signed_since(query, registry):
        return none.followed_by(*later)
    # what may be meant, or marked what it does not say, so that "no" would be too much
    if logged_otherwise(query, registry) or _is_open(query, registry):
        return none
    return replace(none, outcome=Outcome.ANSWERED, value=truth)


def _is_open(query: Query, registry: Registry) -> bool:
    """Whether to find none is no "no": of an anniversary, of so many people, or where other years may be meant."""
    met = query.exchanges
    return bool(met.marking or met.people or in_other_years(query, registry))


def _whether_each_was_met(query: Query, registry: Registry) -> Answer:
    """Whether there was such an exchange with every one of the partners; each is told."""
    alone = [
        whether_met(replace(query, every=False, partner=replace(query.partner, places=(ref,))), registry)
        for ref in query.partner.places
    ]
    truth = all(each.value is True for each in alone)
    known = truth or any(each.value is False for each in alone)
    lines = [
        sentence("met_each", each.statements[-1].items, place=registry.called(ref))
        if each.value is True
        else sentence("met_not", place=registry.called(ref))
        for ref, each in zip(query.partner.places, alone, strict=True)
    ]
    return replace(
        alone[0],
        statements=(sentence("yes_exchange" if truth else "not_with_each"), *lines)
        if known
        else tuple(lines),
        outcome=Outcome.ANSWERED if known else Outcome.NO_RECORD,
        value=truth if known else None,
        places=once(place for each in alone for place in each.places),
        records=once(record for each in alone for record in each.records),
    )


def _the_one(query: Query, registry: Registry) -> Exchange | None:
    """The first or last exchange of which something is asked: that it was then, else that it was virtual."""
    met, rank = query.exchanges, query.rank
    if rank is None or rank.by not in (RankBy.FIRST, RankBy.LAST) or not query.partner.is_one_place:
        return None
    if met.within is None and met.mode is None:
        return None
    freed = replace(met, within=None) if met.within else replace(met, mode=None)
    of_all = replace(query, exchanges=freed)
    return next(iter(ranked(exchanges_of(of_all, registry), of_all, registry)), None)


def _whether_it_was(one: Exchange, fits: bool, query: Query) -> Answer:
    truth = fits is not query.negated
    said = [
        sentence("yes_exchange" if truth else "no_exchange_said"),
        sentence("exchanges_are", [exchange_line(one)], n=1),
    ]
    return of_exchanges(Outcome.ANSWERED, AnswerKind.BOOLEAN, [one], *said, value=truth)
