"""How many ties there are, how old one is, how long it has been silent, and which of several is older."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.domain.claims import Fact
from bot.domain.partnerships import Kind
from bot.questions.answering.choosing import (
    by_age,
    choose,
    days_since,
    oldest,
    partners_of,
    ranked,
    whatever_there_is,
)
from bot.questions.answering.no_tie import no_such_tie
from bot.questions.answering.own_country import counted_at_home, countries_abroad, told_beside
from bot.questions.answering.signed_before import without_predecessors
from bot.questions.answering.telling import (
    acts_in,
    asked_words,
    disputes,
    homes_told,
    in_years,
    link_lines,
    of_exchanges,
    of_links,
    told_apart,
)
from bot.questions.answering.tie_dates import undated
from bot.questions.answering.understanding import conditions, kind_words, without_kinds
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, sentence
from bot.questions.conditions import KindWord
from bot.questions.holdings import Link, Registry
from bot.questions.lying import lies
from bot.questions.query import Asked, Per, Query, RankBy, Unit


def count_ties(query: Query, registry: Registry) -> Answer:
    """How many agreements, partners or countries there are; or how old one is, and how long ago one was met."""
    if query.unit is Unit.YEARS:
        return _age(query, registry)
    if query.unit is Unit.DAYS_SINCE:
        return _silence(query, registry)
    chosen = choose(query, registry)
    links = chosen.links
    acts = {link.act.id for link in links}
    partners = partners_of(links)
    countries = countries_abroad(links, query)
    homes = {link.home.id for link in links}
    numbers = {
        Unit.PLACES: len(partners), Unit.AGREEMENTS: len(acts),
        Unit.COUNTRIES: len(countries), Unit.HOMES: len(homes),
    }  # fmt: skip
    unit = query.unit or (Unit.AGREEMENTS if _is_of_acts(query) else Unit.PLACES)
    value = numbers.get(unit, len(partners))
    statement = sentence(
        f"count_{unit.value}", _homes(links) if unit is Unit.HOMES else _of_each_named(links, query, registry),
        n=value, homes=homes_told(query, registry),
        kinds=kind_words(asked_words(query)),
        conditions=conditions(without_kinds(query), registry.names),
    )  # fmt: skip
    differ = unit in (Unit.PLACES, Unit.AGREEMENTS) and len(acts) != len(partners)
    return of_links(
        Outcome.ANSWERED,
        AnswerKind.NUMBER,
        links,
        statement,
        *_of_each_kind(links, query),
        *([sentence("count_differs", acts=len(acts), places=len(partners))] if differ else []),
        *(told_beside(links, query) if unit is Unit.COUNTRIES else counted_at_home(links, query)),
        *(without_predecessors(links, registry) if unit is Unit.PLACES else ()),
        rule_of_count(query),
        *told_apart(chosen, query, registry),
        *_others_count(registry),
        value=value,
    )


def _others_count(registry: Registry) -> list[Statement]:
    """What others count, whose rules are not ours: a councillor may have read their number."""
    lines = [sentence("counted_by", claim=claim) for claim in registry.others_count]
    return [sentence("others_count", lines)] if lines else []


def _of_each_kind(links: Sequence[Link], query: Query) -> list[Statement]:
    """How many partners of each kind there are, where both kinds are named: "sister cities and friendship cities"."""
    if query.acts.kinds != _BOTH or query.unit not in (None, Unit.PLACES):
        return []
    numbers = [
        (kind, len(partners_of(link for link in links if link.act.kind is kind))) for kind in _PARTNERS
    ]
    return [
        sentence(
            "groups_are", [sentence("number_of", name=k, n=n) for k, n in numbers], per=sentence("per_kind")
        )
    ]


_BOTH = {KindWord.SISTER, KindWord.FRIENDSHIP}
_PARTNERS = (Kind.SISTER_CITY, Kind.FRIENDSHIP_CITY)


def _homes(links: Iterable[Link]) -> list[Statement]:
    """How many partners each home has, the most first."""
    partners: dict[int, set[int]] = {}
    homes = {link.home.id: link.home for link in links}
    for link in links:
        partners.setdefault(link.home.id, set()).add(link.partner.id)
    ordered = sorted(homes.values(), key=lambda home: (-len(partners[home.id]), home.name_en))
    return [sentence("number_of", name=home, n=len(partners[home.id])) for home in ordered]


def _of_each_named(links: Sequence[Link], query: Query, registry: Registry) -> list[Statement]:
    """How many each of several homes has that are named, of whose number together nobody knows if it was meant."""
    named = {ref.id for ref in query.home.places}
    homes = [holding.home for holding in registry.homes if holding.home.id in named]
    if query.per is not Per.HOME or len(named) < len(("one", "other")):
        return []
    counts = [(home, [link for link in links if link.home.id == home.id]) for home in homes]
    if query.unit is Unit.COUNTRIES:
        numbers = [(home, len(countries_abroad(its, query))) for home, its in counts]
    elif query.unit is Unit.AGREEMENTS or (query.unit is None and _is_of_acts(query)):
        numbers = [(home, len({link.act.id for link in its})) for home, its in counts]
    else:
        numbers = [(home, len(partners_of(its))) for home, its in counts]
    return [sentence("number_of", name=home, n=n) for home, n in numbers]


def _is_of_acts(query: Query) -> bool:
    """Whether acts are counted and not cities: memoranda, and whatever was signed within a time."""
    cities = {KindWord.SISTER, KindWord.FRIENDSHIP, KindWord.PARTNERS}
    return (bool(query.acts.kinds) and not query.acts.kinds & cities) or query.acts.within is not None


def rule_of_count(query: Query) -> Statement:
    """By which rule it was counted (design §3): in force unless the question says otherwise."""
    any_status = query.acts.any_status or query.acts.statuses
    return sentence(
        "rule_any_status" if any_status else "rule_in_force", kinds=kind_words(asked_words(query))
    )


def _age(query: Query, registry: Registry) -> Answer:
    chosen = choose(query, registry)
    links = oldest(chosen.links or chosen.friendship, partners_first=not query.acts.kinds)
    if not links:
        return no_such_tie(query, registry, AnswerKind.NUMBER)
    dated = [link for link in links if link.act.signed is not None]
    if not dated:
        return replace(undated(links, registry), kind=AnswerKind.NUMBER)
    if query.rank is not None:
        dated = ranked(dated, query.rank, registry)[0] or dated
    first, years = dated[0], in_years(dated[0].act, registry)
    told = [first]
    if (
        query.rank is None and len(partners_of(dated)) > 1 and len(query.partner.places) > 1
    ):  # each has its own
        told = [next(link for link in dated if link.partner.id == each.id) for each in partners_of(dated)]
    return of_links(
        Outcome.ANSWERED, AnswerKind.NUMBER, told,
        *(_years_of(link, registry) for link in told),
        *disputes([link.act for link in told], registry, (Fact.SIGNED, Fact.ANNIVERSARY)),
        value=years if len(told) == 1 else None, places=partners_of(told) if len(told) > 1 else (),
    )  # fmt: skip


def _years_of(link: Link, registry: Registry) -> Statement:
    assert link.act.signed is not None, "only what has a day has an age"
    key = "age" if link.act.signed.month is not None else "age_this_year"
    return sentence(
        key, home=link.home, partner=link.partner, kind=link.act.kind, n=in_years(link.act, registry),
        date=link.act.signed, record=link.act.record,
    )  # fmt: skip


def _silence(query: Query, registry: Registry) -> Answer:
    """How long ago the last exchange with a partner was."""
    links = choose(query, registry).links or whatever_there_is(query, registry)
    for link in links:
        if link.tie.last is not None:
            day = link.tie.last.date
            days = days_since(day.latest(), registry.today)
            exchanges = [
                each
                for each in registry.holding(link.home).exchanges_with(link.partner)
                if each.id == link.tie.last.exchange_id
            ]
            return of_exchanges(
                Outcome.ANSWERED, AnswerKind.DATE, exchanges,
                sentence("days_since", partner=link.partner, n=days, date=day, record=link.tie.last.record),
                value=day,
            )  # fmt: skip
    return no_such_tie(query, registry, AnswerKind.NUMBER)


def compare_ages(query: Query, registry: Registry) -> Answer:
    """Which of several homes has the older tie."""
    chosen = choose(query, registry)
    by_home = {
        holding.home.id: [x for x in chosen.links if x.home.id == holding.home.id]
        for holding in registry.homes
    }
    return _older(_with_its_own(by_home, query, registry), query, registry)


def _with_its_own(
    by_home: Mapping[int, Sequence[Link]], query: Query, registry: Registry
) -> Mapping[int, Sequence[Link]]:
    """The ties of each home with the partner with which it is weighed, if each is with one of its own."""
    assert query.compare is not None
    if query.compare.partners is None:
        return by_home
    its, others = query.compare.partners
    return {
        home: [
            x for x in links
            if lies(x.partner, its if lies(x.home, query.home, registry) else others, registry)
        ]
        for home, links in by_home.items()
    }  # fmt: skip


def _undated_beside(
    dated: Sequence[Link], by_home: Mapping[int, Sequence[Link]], query: Query, registry: Registry
) -> Answer:
    """Where one of the ties that are weighed has no date, which cannot be told: what is known of each."""
    lacking = [link for links in by_home.values() for link in links if not link.act.signed]
    lines = sentence("ties_are", link_lines(by_age(dated), registry, query), n=acts_in(dated))
    return replace(undated(lacking, registry).preceded_by(lines), kind=AnswerKind.PLACES)


def _older(by_home: Mapping[int, Sequence[Link]], query: Query, registry: Registry) -> Answer:
    one_lacks = query.asked is Asked.BOOLEAN or (query.compare and query.compare.partners)
    if one_lacks and not all(by_home.values()):
        return no_such_tie(query, registry, AnswerKind.BOOLEAN)
    dated = [link for links in by_home.values() for link in by_age(links)[:1] if link.act.signed]
    if not dated:
        return no_such_tie(query, registry, AnswerKind.PLACES)
    if one_lacks and len(dated) < len(by_home):
        return _undated_beside(dated, by_home, query, registry)
    first = by_age(dated)[0]
    told = sentence(
        "oldest_of", link_lines(by_age(dated), registry, query), home=first.home, partner=first.partner
    )
    if query.asked is not Asked.BOOLEAN and {link.act.signed for link in dated} == {first.act.signed}:
        lines = link_lines(by_age(dated), registry, query)
        told = sentence("same_age" if len(dated) > 1 else "oldest_of", lines, date=first.act.signed,
                        home=first.home, partner=first.partner)  # fmt: skip
        return of_links(
            Outcome.ANSWERED, AnswerKind.PLACES, dated, told, places=[link.home for link in dated]
        )
    if query.asked is not Asked.BOOLEAN:
        return of_links(Outcome.ANSWERED, AnswerKind.PLACES, dated, told, places=[first.home])
    days = [(lies(link.home, query.home, registry), link.act.signed) for link in dated]
    ours = next(day for is_ours, day in days if is_ours and day is not None)
    theirs = next(day for is_ours, day in days if not is_ours and day is not None)
    younger = query.rank is not None and query.rank.by is RankBy.LAST
    earlier, later = (theirs, ours) if younger else (ours, theirs)
    truth = (earlier.latest() < later.earliest()) is not query.negated
    return of_links(
        Outcome.ANSWERED, AnswerKind.BOOLEAN, dated,
        sentence("yes_tie" if truth else "no_tie_said"), told, value=truth,
    )  # fmt: skip
