"""Whether there is such a tie, or such an exchange, in each of several countries or parts of the world."""

from dataclasses import replace

from bot.questions.answering.choosing import choose, partners_of
from bot.questions.answering.telling import (
    SHOWN,
    acts_in,
    asked_words,
    homes_told,
    link_lines,
    of_links,
    told_apart,
)
from bot.questions.answering.understanding import conditions, kind_words, without_kinds
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, once, sentence
from bot.questions.holdings import Registry
from bot.questions.query import Query


def asks_each_part(query: Query) -> bool:
    """Whether a boolean asks for one in each country that is named, and not for homes that have one in each."""
    return bool(query.each) and query.per is None


def parts_of(query: Query) -> list[Query]:
    """The same question, asked of each country or part of the world alone."""
    return [
        replace(
            query,
            each=(),
            partner=replace(
                query.partner, countries=where.countries, regions=where.regions, areas=where.areas
            ),
        )
        for where in query.each
    ]


def tied_in_each(query: Query, registry: Registry) -> Answer:
    """Whether there is such a tie in each: which they are, and where there is none; unknown where dates are."""
    alone = [(part, choose(part, registry)) for part in parts_of(query)]
    links = [link for _, chosen in alone for link in chosen.links]
    lacking = [(part, chosen) for part, chosen in alone if not chosen.links]
    known = not lacking or any(not chosen.undated for _, chosen in lacking)
    most = max(1, SHOWN // len(alone))
    shown = [link for _, chosen in alone for link in chosen.links[:most]]
    there = [sentence("ties_are", link_lines(shown, registry, query), n=acts_in(links))] if links else []
    missing: list[Statement] = []
    for part, chosen in lacking:
        missing += [_none_in(part, registry), *told_apart(chosen, part, registry)]
    said = [sentence("no_tie_said" if lacking else "yes_tie")] if known else []
    return of_links(
        Outcome.ANSWERED if known else Outcome.NO_RECORD, AnswerKind.BOOLEAN, links, *said, *missing, *there,
        value=not lacking if known else None, places=partners_of(links),
    )  # fmt: skip


def _none_in(part: Query, registry: Registry) -> Statement:
    return sentence(
        "none_listed",
        kinds=kind_words(asked_words(part)),
        homes=homes_told(part, registry),
        conditions=conditions(without_kinds(part), registry.names),
    )


def met_in_each(alone: list[Answer]) -> Answer:
    """Whether there was such an exchange with each: the answers of each, and one word for all of them."""
    truth = all(each.value is True for each in alone)
    known = truth or any(each.value is False for each in alone)
    said = [sentence("yes_exchange" if truth else "not_with_each")] if known else []
    return replace(
        alone[0],
        statements=(*said, *(line for each in alone for line in each.statements if line.key not in _TRUTHS)),
        outcome=Outcome.ANSWERED if known else Outcome.NO_RECORD,
        value=truth if known else None,
        places=once(place for each in alone for place in each.places),
        records=once(record for each in alone for record in each.records),
    )


_TRUTHS = ("yes_exchange", "no_exchange_said")
