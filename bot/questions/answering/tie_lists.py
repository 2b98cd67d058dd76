"""Which partners and agreements fit; what homes have in common, and what only one of them has."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.questions.answering.choosing import (
    Chosen,
    by_age,
    choose,
    partners_of,
    perhaps_instead,
    ranked,
)
from bot.questions.answering.fitting import exchange_fits
from bot.questions.answering.no_tie import none_listed, signings_then
from bot.questions.answering.one_tie import tell
from bot.questions.answering.own_country import countries_abroad, told_beside
from bot.questions.answering.statistics import ranked_groups
from bot.questions.answering.telling import (
    acts_in,
    asked_words,
    homes_told,
    link_lines,
    of_links,
    ties_in,
    told_apart,
)
from bot.questions.answering.tie_dates import undated
from bot.questions.answering.tie_truths import stands
from bot.questions.answering.understanding import conditions, kind_words, without_kinds
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, once, sentence
from bot.questions.conditions import Comparing, KindWord, Met
from bot.questions.holdings import Link, Registry
from bot.questions.lying import lies
from bot.questions.query import Per, Query, RankBy, Unit


def places_of_ties(query: Query, registry: Registry) -> Answer:
    """Which partners; or which homes or countries, where the question is about these."""
    if query.compare is not None:
        return _compared(query, registry)
    if query.per is Per.HOME and query.rank is not None and not query.rank.by_number:
        alone = places_of_ties(
            replace(query, per=None), registry
        )  # "which German city was the first with Japan"
        first, _ = ranked(choose(query, registry).links, query.rank, registry, query.acts.event)
        return replace(alone, places=once(link.home for link in first))
    if query.per is not None and query.per not in (Per.PARTNER,):
        return ranked_groups(query, registry)
    chosen = choose(query, registry)
    links, lacking = ranked(chosen.links, query.rank, registry, query.acts.event)
    compared = query.rank is not None and query.rank.by in (RankBy.FIRST, RankBy.LAST)
    if (
        compared and lacking and (not links or len(query.partner.places) > 1)
    ):  # one that is compared has no date
        none = replace(undated(lacking, registry), kind=AnswerKind.PLACES)
        dated = [link for link in chosen.links if link not in lacking]
        return (
            none.preceded_by(sentence("ties_are", link_lines(dated, registry, query), n=acts_in(dated)))
            if dated
            else none
        )
    if query.rank is not None and query.rank.by_number:
        links, lacking = _most_met(chosen.links, query, registry), []
    if query.limit:
        kept = {place.id for place in partners_of(links)[: query.limit]}
        links = [link for link in links if link.partner.id in kept]
    unsure = (*chosen.undated, *perhaps_instead(chosen.links, links, query))
    return _listed(
        links, lacking, replace(chosen, links=links, undated=unsure), query, registry, AnswerKind.PLACES
    )


def list_ties(query: Query, registry: Registry) -> Answer:
    """Which agreements."""
    if query.records:
        return tell(query, registry)
    found = places_of_ties(query, registry)
    return replace(found, kind=AnswerKind.RECORDS) if found.kind is AnswerKind.PLACES else found


def _listed(
    links: Sequence[Link], lacking: Sequence[Link], chosen: Chosen, query: Query, registry: Registry,
    kind: AnswerKind,
) -> Answer:  # fmt: skip
    if not links:
        return none_listed(chosen, query, registry, kind)
    ordered = list(links) if query.rank else by_age(links)
    if query.compare is not None and query.compare.how is Comparing.COMMON:
        shared = [partner.id for partner in partners_of(ordered)]
        ordered.sort(key=lambda link: shared.index(link.partner.id))
    statements = [
        sentence(
            "listed", link_lines(ordered, registry, query), n=len(partners_of(ordered)),
            kinds=kind_words(asked_words(query)), homes=homes_told(query, registry),
            conditions=conditions(without_kinds(query), registry.names),
        )
    ]  # fmt: skip
    if query.unit is Unit.COUNTRIES:
        countries = countries_abroad(ordered, query)
        beside = told_beside(ordered, query)
        statements[:0] = [sentence("listed_countries", countries=countries, n=len(countries)), *beside]
    if query.rank is not None and lacking:
        undated_ones = ties_in(lacking, registry)
        if query.rank.position is not None:  # each of them might come before it
            statements = [sentence("position_unsure", link_lines(ordered, registry, query), n=undated_ones)]
        else:
            statements.append(sentence("not_ranked", n=undated_ones))
    if query.rank is not None:
        chosen = replace(chosen, friendship=(), memoranda=(), districts=())
    return of_links(
        Outcome.ANSWERED, kind, ordered, *statements, *stands(ordered, query, registry),
        *told_apart(chosen, query, registry), *_over(ordered, query, registry),
        *(signings_then(query, registry, ordered) if query.acts.kinds == {KindWord.ALL} else ()),
        places=partners_of(ordered),
    )  # fmt: skip


def _over(listed: Sequence[Link], query: Query, registry: Registry) -> list[Statement]:
    """What was signed as well and is over, or gave way to a later agreement, where that is asked for."""
    if not query.acts.ever or query.rank is not None:
        return []
    every = choose(replace(query, acts=replace(query.acts, ever=False, any_status=True)), registry).links
    there = {link.act.id for link in listed}
    links = by_age(link for link in every if link.act.id not in there)
    return [sentence("over_apart", link_lines(links, registry, query), n=acts_in(links))] if links else []


def _most_met(links: Sequence[Link], query: Query, registry: Registry) -> list[Link]:
    """The links with the partner with whom most, or fewest, exchanges fit."""
    assert query.rank is not None
    met = query.met or Met()
    numbers = {
        link.partner.id: sum(
            exchange_fits(each, met, registry)
            for each in registry.holding(link.home).exchanges_with(link.partner)
        )
        for link in links
    }
    ordered = sorted(numbers.values(), reverse=query.rank.by is RankBy.MOST)[: query.rank.limit]
    return [
        link
        for link in links
        if numbers[link.partner.id] in ordered
        and (numbers[link.partner.id] or query.rank.by is RankBy.FEWEST)
    ]


def _compared(query: Query, registry: Registry) -> Answer:
    """Partners that homes have in common, or that the first has and no other."""
    assert query.compare is not None
    chosen = choose(query, registry)
    first = [h.home.id for h in registry.homes if lies(h.home, query.home, registry)]
    own = [link for link in chosen.links if link.home.id in first]
    others = [
        {
            link.partner.id
            for link in chosen.links
            if lies(link.home, where, registry) and link.home.id not in first
        }
        for where in query.compare.others
    ]
    if not others:  # "all of the six": each home beside each other
        per_home = Counter(
            partner
            for h in registry.homes
            for partner in {x.partner.id for x in chosen.links if x.home.id == h.home.id}
        )
        common = {partner for partner, n in per_home.items() if n == len(registry.homes)}
        links = [link for link in chosen.links if link.partner.id in common]
    elif query.compare.how is Comparing.COMMON:
        having = len(others) - query.compare.lacking
        shared = {x.partner.id for x in own}.intersection(*others[:having]).difference(*others[having:])
        lacking = query.compare.others[having:]
        links = [
            link
            for link in chosen.links
            if link.partner.id in shared and not any(lies(link.home, where, registry) for where in lacking)
        ]
    else:
        taken = set[int]().union(*others)
        links = [link for link in own if link.partner.id not in taken]
    alone = replace(chosen, links=links, friendship=(), memoranda=(), districts=(), territory=())
    return _listed(links, [], alone, query, registry, AnswerKind.PLACES)
