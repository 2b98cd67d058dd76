"""When the dates of acts are told of, what was promised in them or decided in exchanges, and the ends of terms."""

from collections.abc import Iterator

from bot.domain.due_dates import Notice, Watched, commitment_notices, review_notices
from bot.domain.occasions.facts import Facts, Occasion, Window
from bot.domain.terms import term_notices


def reviews(facts: Facts, _: Window) -> Iterator[Occasion]:
    """When an act that stands is to be reviewed, and when it ends."""
    for watched in facts.watched:
        for _which, on in watched.dates() if watched.stands else ():
            for notice in review_notices(on):
                yield _occasion(facts, watched.act.record, notice, _partners(facts, watched))


def commitments(facts: Facts, _: Window) -> Iterator[Occasion]:
    """When something is due that was promised in an act that stands, and when it is overdue."""
    for watched in facts.watched:
        for _promise, due in watched.owed() if watched.stands else ():
            for notice in commitment_notices(due):
                yield _occasion(facts, watched.act.record, notice, _partners(facts, watched))


def decisions(facts: Facts, _: Window) -> Iterator[Occasion]:
    """When something is due that was decided in an exchange, and when it is overdue: as of promises."""
    for decided in facts.decided:
        partners = frozenset(place.id for place in decided.partners(facts.own_ids))
        for _decision, due in decided.owed():
            for notice in commitment_notices(due):
                yield _occasion(facts, decided.exchange.record, notice, partners)


def terms(facts: Facts, _: Window) -> Iterator[Occasion]:
    """When the term of a contact ends."""
    for person in facts.terms:
        for notice in term_notices(person):
            yield _occasion(facts, person.record, notice)


def _partners(facts: Facts, watched: Watched) -> frozenset[int]:
    return frozenset(place.id for place in watched.act.partners_of(facts.own_ids))


def _occasion(facts: Facts, subject: str, notice: Notice, partners: frozenset[int] = frozenset()) -> Occasion:
    at = facts.moment_of(notice)
    return Occasion(subject, notice.occurrence, notice.lead_days, at, partners)
