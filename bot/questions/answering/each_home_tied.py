"""Whether each of several homes has a tie that fits: which it is, and what those have that lack one."""

from dataclasses import replace

from bot.questions.answering.choosing import Chosen, choose
from bot.questions.answering.telling import acts_in, asked_words, link_lines, of_links, told_apart
from bot.questions.answering.understanding import conditions, kind_words, without_kinds
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, once, sentence
from bot.questions.conditions import PlaceRef, Where
from bot.questions.holdings import Holding, Registry
from bot.questions.query import Query


def each_home_tied(query: Query, registry: Registry) -> Answer:
    """Whether every home has such a tie; asked the other way round, whether none has."""
    found = {holding.home.id: _of_one(holding, query, registry) for holding in registry.homes}
    truth = all(bool(each.links) is not query.negated for each in found.values())
    links = [link for each in found.values() for link in each.links]
    lacking = [holding for holding in registry.homes if not found[holding.home.id].links]
    there = [sentence("ties_are", link_lines(links, registry, query), n=acts_in(links))] if links else []
    not_there = [said for each in lacking for said in _lacks(each, found[each.home.id], query, registry)]
    return of_links(
        Outcome.ANSWERED, AnswerKind.BOOLEAN, links,
        sentence("yes_tie" if truth else "no_tie_said"),
        *(*there, *not_there) if truth else (*not_there, *there),
        value=truth, places=once(link.partner for link in links),
    )  # fmt: skip


def _of_one(holding: Holding, query: Query, registry: Registry) -> Chosen:
    return choose(_asked_of(holding, query), replace(registry, homes=[holding]))


def _asked_of(holding: Holding, query: Query) -> Query:
    """The same question, asked of one of the homes."""
    ref = PlaceRef(holding.home.id, holding.home.name_en, holding.home.country)
    return replace(query, home=Where(places=(ref,)), every=False)


def _lacks(holding: Holding, chosen: Chosen, query: Query, registry: Registry) -> list[Statement]:
    """That a home has none, and what it has that comes near."""
    alone = replace(registry, homes=[holding])
    none = sentence(
        "none_listed",
        kinds=kind_words(asked_words(query)),
        homes=[holding.home],
        conditions=conditions(without_kinds(_asked_of(holding, query)), alone.names),
    )
    return [none, *told_apart(chosen, query, alone)]
