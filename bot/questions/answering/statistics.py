"""Numbers told apart: of each year, country, kind, partner or home, and which of them has most."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.exchanges import Exchange
from bot.domain.places import Level, Place
from bot.questions.answering.choosing import Chosen, choose, partners_of
from bot.questions.answering.fitting import in_bound
from bot.questions.answering.grouping import OF_COUNTRIES, Country, Decade, grouped
from bot.questions.answering.own_country import told_beside
from bot.questions.answering.telling import (
    asked_words,
    link_line,
    nothing,
    of_exchanges,
    of_links,
    told_apart,
)
from bot.questions.answering.understanding import conditions, kind_words
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, sentence
from bot.questions.conditions import KindWord
from bot.questions.holdings import Link, Registry
from bot.questions.lying import area_of
from bot.questions.query import About, Asked, Per, Query, RankBy

_OVER_TIME = (Per.YEAR, Per.MONTH, Per.DECADE)


def statistics(query: Query, registry: Registry) -> Answer:
    """A number for each of `query.per`, in its order."""
    groups, evidence, undated = grouped(query, registry)
    if not groups:
        none = sentence("none_such", conditions=conditions(query, registry.names))
        return Answer(Outcome.ANSWERED, AnswerKind.NUMBER, [none], 0)
    numbers = {key: len(_counted(found, query)) for key, found in groups.items()}
    ordered = sorted(groups.items(), key=lambda pair: _order(pair[0], numbers[pair[0]], query))
    lines = [_line_of(key, found, query) for key, found in ordered if in_bound(numbers[key], query.having)]
    told = evidence if query.per is Per.AREA else [item for found in groups.values() for item in found]
    total = len(_counted(told, query))
    statements = [
        sentence(
            "statistics_acts" if _are_acts(query) else f"statistics_{query.about.value}",
            lines,
            per=_per(query),
            n=total,
            kinds=kind_words(asked_words(query)),
        )
    ]
    if undated and query.per in _OVER_TIME:
        statements.append(sentence("undated_left_out", n=undated))
    statements += [*_shared_once(numbers, total, query), *_vague(query, registry)]
    statements += [*_left_out(query, registry), *_in_no_area(evidence, query)]
    statements += _memoranda_then(query, registry)
    if query.about is About.TIES and query.per is Per.COUNTRY and len(query.partner.countries) > 1:
        statements += told_apart(choose(query, registry), query, registry)
    elif query.about is About.TIES and query.per is Per.HOME and query.met is None:
        districts = choose(query, registry).districts
        statements += told_apart(Chosen((), districts=districts), query, registry)
    places = [key for key, _ in ordered if isinstance(key, Place) and key.id]
    return replace(_answer(evidence, AnswerKind.NUMBER, statements, places), value=total)


def _shared_once(numbers: Mapping[Any, int], total: int, query: Query) -> list[Statement]:
    """Why the numbers of several homes are more together than the total: they have partners in common."""
    if query.per is not Per.HOME or query.having is not None or sum(numbers.values()) <= total:
        return []
    return [sentence("shared_once")]


def _vague(query: Query, registry: Registry) -> list[Statement]:
    """How many agreements may have been signed within the time asked for, and are not dated well enough to say."""
    if query.about is not About.TIES or query.met is not None or query.acts.within is None:
        return []
    acts = {link.act.id for link in choose(query, registry).undated}
    return [sentence("vague_left_out", n=len(acts))] if acts else []


def _memoranda_then(query: Query, registry: Registry) -> list[Statement]:
    """How many memoranda were signed in those years, where signings are counted and no kind was named."""
    if (
        query.about is not About.TIES
        or query.met is not None
        or query.acts.kinds
        or query.per is not Per.YEAR
    ):
        return []
    dated = {link.act.id for link in choose(query, registry).memoranda if link.act.signed is not None}
    return [sentence("and_memoranda", n=len(dated))] if dated else []


def number_of_groups(query: Query, registry: Registry) -> int:
    """How many of `query.per` have so many: the countries in which there are two or more."""
    groups, _, _ = grouped(query, registry)
    return sum(in_bound(len(_counted(found, query)), query.having) for found in groups.values())


def ranked_groups(query: Query, registry: Registry) -> Answer:
    """Which of `query.per` has most or fewest, or, without a rank, which have any (or so many)."""
    groups, evidence, undated = grouped(query, registry)
    numbers = {key: len(_counted(found, query)) for key, found in groups.items()}
    numbers = {key: n for key, n in numbers.items() if in_bound(n, query.having)}
    if query.per is Per.HOME and query.rank is not None and query.rank.by is RankBy.FEWEST:
        numbers = _without_parts_of_others(numbers, query)
    most = query.rank is None or query.rank.by is RankBy.MOST
    if query.per is Per.HOME and most and query.having is None:
        numbers = {key: n for key, n in numbers.items() if n}
    if not numbers or (query.rank and query.rank.by is RankBy.MOST and not max(numbers.values())):
        none = sentence("none_such", conditions=conditions(query, registry.names))
        beside = query.about is About.TIES and query.met is None and query.rank is None
        apart = told_apart(choose(query, registry), query, registry) if beside else []
        return nothing(AnswerKind.PLACES, none, *apart)
    winners = _winners(numbers, query)
    if query.of_those_without:
        return _without_any(query, registry, winners, looked_at=len(groups))
    shown = sorted(numbers, key=lambda key: _order(key, numbers[key], query))
    lines = [_line(key, numbers[key]) for key in shown]
    best = [_line(key, numbers[key]) for key in winners]
    several = query.rank is not None and query.rank.limit != 1
    first = query.rank is not None and not several
    statements = [_heading(query, best, numbers[winners[0]])] if first and winners else []
    if query.per is Per.HOME and query.about is About.TIES and (told := _told(evidence, shown, query)):
        lines = [link_line(link, registry, homes=True) for link in told]
    if len(lines) > len(best) or not first:
        statements.append(sentence("groups_are", best if several else lines, per=_per(query)))
    if undated and query.per in _OVER_TIME:
        statements.append(sentence("undated_left_out", n=undated))
    statements += _left_out(query, registry)
    if query.about is About.TIES:
        chosen = choose(query, registry)
        narrowed = query.rank is not None or query.having is not None  # what there is beside is of all homes
        chosen = Chosen(chosen.links, districts=chosen.districts) if narrowed else chosen
        statements += told_apart(chosen, query, registry)
    places = [key for key in winners if isinstance(key, Place)]
    years = [key for key in winners if isinstance(key, int)]
    kind = AnswerKind.PLACES if places or not years else AnswerKind.NUMBER
    if query.per in (Per.COUNTRY, Per.REGION, Per.CONTINENT, Per.KIND, Per.TOPIC):
        kind = AnswerKind.TEXT
    found = _answer(evidence, kind, statements, places)
    if len(winners) == 1 and query.asked is not Asked.PLACES and years:
        return _with_value(found, years[0])
    return found


def _without_parts_of_others(numbers: Mapping[Any, int], query: Query) -> dict[Any, int]:
    """Fewest is nobody's district or township: hundreds have none, and those on record have another tie by chance."""
    named = query.home.levels or query.home.places
    whole = {home: n for home, n in numbers.items() if home.level not in _PARTS_OF_OTHERS}
    return whole if whole and not named else dict(numbers)


_PARTS_OF_OTHERS = frozenset((Level.DISTRICT, Level.TOWNSHIP, Level.TOWN, Level.VILLAGE))


def _without_any(query: Query, registry: Registry, places: Sequence[Place], *, looked_at: int) -> Answer:
    """The homes that have none, and of how many on record they are where it is not a group that is looked at."""
    statements = [sentence("homes_without", places=places, n=len(places))]
    if query.home.countries:
        statements.append(sentence("homes_looked_at", n=looked_at))
    if query.about is About.TIES:
        theirs = choose(query, registry).apart_where(lambda link: link.home in places)
        alone = replace(theirs, links=(), undated=(), unrecorded=(), looser=())
        statements += told_apart(alone, query, registry)
    return _answer((), AnswerKind.PLACES, statements, places)


def _heading(query: Query, best: Sequence[Statement], n: int) -> Statement:
    """What is told of the first by number, or of the one at the position that is asked for."""
    position = query.rank.position if query.rank is not None else None
    if position is None or position == 1:
        return sentence("group_ranked", best, n=n)
    return sentence("group_at_position", best, n=n, position=position)


_FEW = 25


def _told(evidence: Sequence[Any], homes: Sequence[Any], query: Query) -> list[Link]:
    """The ties of each home, which tell more than how many they are, where they are few and nothing is counted."""
    links = [each for each in evidence if isinstance(each, Link)]
    if query.rank is not None or query.having is not None or len(links) != len(evidence) or len(links) > _FEW:
        return []
    return [link for home in homes for link in links if link.home == home]


def _with_value(found: Answer, value: int) -> Answer:
    return replace(found, value=value)


def _winners(numbers: Mapping[Any, int], query: Query) -> list[Any]:
    if query.rank is None:
        return sorted(numbers, key=lambda key: _order(key, numbers[key], query))
    ordered = sorted(set(numbers.values()), reverse=query.rank.by is not RankBy.FEWEST)
    if query.rank.position is not None:
        wanted = ordered[query.rank.position - 1 : query.rank.position]
    else:
        by_number = sorted(numbers.values(), reverse=query.rank.by is not RankBy.FEWEST)
        wanted = by_number[: query.rank.limit]
    found = [key for key, n in numbers.items() if n in wanted]
    return sorted(found, key=lambda key: _order(key, numbers[key], query))


def _answer(
    evidence: Sequence[Any], kind: AnswerKind, statements: Sequence[Statement], places: Sequence[Place]
) -> Answer:
    if evidence and isinstance(evidence[0], Exchange):
        return of_exchanges(Outcome.ANSWERED, kind, evidence, *statements, places=places)
    return of_links(Outcome.ANSWERED, kind, evidence, *statements, places=places)


def _per(query: Query) -> Statement:
    assert query.per is not None
    return sentence(f"per_{query.per.value}")


def _line(key: Any, number: int) -> Statement:
    if isinstance(key, Country):
        return sentence("number_of", name=sentence("country", country=str(key)), n=number)
    if isinstance(key, Decade):
        return sentence("number_of", name=sentence("decade", year=str(key)), n=number)
    return sentence("number_of", name=str(key) if isinstance(key, int) else key, n=number)


def _line_of(key: Any, found: Sequence[Any], query: Query) -> Statement:
    """As `_line`; of kinds of agreements also how many those are, where one place has two of them."""
    number = len(_counted(found, query))
    acts = {item.act.id for item in found if isinstance(item, Link)}
    if query.per is not Per.KIND or query.about is not About.TIES or len(acts) in (0, number):
        return _line(key, number)
    return sentence("number_with_acts", name=key, n=number, acts=len(acts))


def _order(key: Any, number: int, query: Query) -> tuple[Any, ...]:
    """Years in their order; anything else by number, the largest first."""
    if query.per in _OVER_TIME:
        return (str(key),)
    backwards = query.rank is not None and query.rank.by is RankBy.FEWEST
    return (number if backwards else -number, getattr(key, "name_en", str(key)))


def _are_acts(query: Query) -> bool:
    """Whether agreements are counted, and not the places with which there are some: memoranda, and those of a year."""
    if query.about is not About.TIES or query.met is not None:
        return False
    return query.acts.kinds in ({KindWord.MOU}, {KindWord.ALL}) or query.per in _OVER_TIME


def _counted(found: Iterable[Any], query: Query) -> set[Any]:
    """What is counted in a group: each exchange, each memorandum, and each partner place once."""
    if _are_acts(query):
        return {item.act.id for item in found}
    return {item.partner.id if isinstance(item, Link) else item.id for item in found}


def _in_no_area(evidence: Sequence[Any], query: Query) -> list[Statement]:
    """The partners of which it is not on record in which state or prefecture they lie."""
    links = [each for each in evidence if isinstance(each, Link)] if query.per is Per.AREA else []
    places = partners_of(link for link in links if area_of(link.partner) is None)
    return [sentence("in_no_area", places=places, n=len(places))] if places else []


def _left_out(query: Query, registry: Registry) -> list[Statement]:
    """The ties that no country or part of the world abroad holds."""
    of_ties = query.about is About.TIES and query.met is None
    if not of_ties or query.per not in OF_COUNTRIES:
        return []
    return told_beside(choose(query, registry).links, query)
