"""From whose side records are seen where a question is of everybody's: which places have what of them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.exchanges import Exchange
from bot.domain.partnerships import Partnership
from bot.domain.places import Place
from bot.questions.conditions import Where
from bot.questions.holdings import Holding, Registry
from bot.questions.lying import lies
from bot.questions.query import About, Asked, Per, Query, RankBy
from bot.services.homes_asked import are_over, country_of_ours
from bot.services.lexicon import Names
from bot.services.one_holding import holding_of


@dataclass(frozen=True, slots=True)
class Side:
    """All of a question that decides which places have what; of which two are alike, their holdings are the same.

    `nation` is the country of the offices, where its ties alone are meant. `with_parts` says that towns and districts
    are told beside the cities and counties that they lie in, `with_exchanges` that these are needed however many
    agreements there are, and `of_who_met` that nobody need be looked at who took part in none.
    """

    home: Where
    partner: Where
    nation: str | None
    per_home: bool
    of_exchanges: bool
    with_exchanges: bool
    of_who_met: bool
    with_parts: bool
    of_those_over: bool

    @property
    def around(self) -> Where:
        """Where one party of an agreement has to lie that may be asked for."""
        return replace(self.home, levels=()) if self.with_parts else self.home


def side_of(query: Query, home_countries: Collection[str]) -> Side:
    """From whose side a resolved query of everybody's sees the records."""
    of_exchanges = query.about is About.EXCHANGES
    return Side(
        query.home,
        query.partner,
        country_of_ours(query, home_countries),
        per_home=query.per is Per.HOME,
        of_exchanges=of_exchanges,
        with_exchanges=of_exchanges or bool(query.met or query.unmet or query.states),
        of_who_met=_is_of_who_met(query),
        with_parts=_tells_parts(query),
        of_those_over=are_over(query),
    )


def _tells_parts(query: Query) -> bool:
    """Whether what their towns and districts have is told beside the ties of cities and counties."""
    listed = query.asked in (Asked.NUMBER, Asked.PLACES) and bool(query.home.countries)
    of_level = bool(query.home.levels) and query.about is About.TIES and (query.per is Per.HOME or listed)
    by = query.rank.by if query.rank is not None else None
    ordered = (
        query.having is not None or by is RankBy.FEWEST or (by is not None and query.per is not Per.HOME)
    )
    return of_level and not ordered and query.compare is None


def _is_of_who_met(query: Query) -> bool:
    """Whether it asks of anybody, but only for exchanges or for ties with such: who has none need not be looked at."""
    if not (query.partner.anywhere and query.home.anywhere):
        return False
    if query.about is not About.EXCHANGES:
        return query.met is not None
    those_with_most = query.rank is not None and query.rank.by is RankBy.MOST
    return (query.per is not Per.HOME or those_with_most) and query.having is None


def seen_from_each(
    side: Side, acts: Sequence[Partnership], exchanges: Sequence[Exchange], names: Names
) -> list[Holding]:
    """Each place that has one of these records which may be asked for, with what of them it has."""
    places = names.places
    bare = Registry((), date.min, groups=names.groups)  # of where places lie, no more is looked up in it
    common = _common_country(acts)
    own: dict[int, list[Partnership]] = {}
    for act in acts:
        for home in dict.fromkeys(home.id for home in _homes_of(act, side, names, bare, common)):
            own.setdefault(home, []).append(act)
    met: dict[int, list[Exchange]] = {}
    for each in exchanges:
        for place in dict.fromkeys(names.today(place).id for place in each.places):
            met.setdefault(place, []).append(each)
    homes = dict.fromkeys(own)
    parts, theirs = _parts_of(acts, side, names, bare)
    homes |= dict.fromkeys(parts)
    if side.of_exchanges:
        homes |= {i: None for i in met if _may_have_met(places[i], side, bare, common)}
    return [
        holding_of(places[i], parts.get(i, ()), (*own.get(i, ()), *theirs.get(i, ())), met.get(i, ()), names)
        for i in homes
        if lies(places[i], side.home, bare)
    ]


def _parts_of(
    acts: Sequence[Partnership], side: Side, names: Names, bare: Registry
) -> tuple[Mapping[int, list[Place]], Mapping[int, list[Partnership]]]:
    """The towns and districts in homes of a level that is asked for, which it leaves out, and what they signed."""
    parts: dict[int, list[Place]] = {}
    theirs: dict[int, list[Partnership]] = {}
    for act in acts if side.with_parts else ():
        for party in map(names.today, act.parties):
            whole = names.places.get(party.parent_id or 0)
            abroad = side.partner.anywhere or not lies(party, side.partner, bare)
            if whole is None or not abroad or lies(party, side.home, bare):
                continue
            if lies(whole, side.home, bare):
                parts.setdefault(whole.id, []).append(party)
                theirs.setdefault(whole.id, []).append(act)
    return parts, theirs


def _may_have_met(place: Place, side: Side, bare: Registry, common: str | None) -> bool:
    """Whether exchanges are to be seen from the side of a place that took part in them."""
    if not side.partner.anywhere:
        return not side.per_home or not lies(place, side.partner, bare)
    return not common or _names_places(side.home) or place.country == common


def _homes_of(act: Partnership, side: Side, names: Names, bare: Registry, common: str | None) -> list[Place]:
    """From whose side an agreement is seen, as what that is today: of who is not asked for.

    If nobody is asked for, a registry of one country is seen from that; else a tie counts for each of its parties
    where they are told apart, and once, for the first, where they are not.
    """
    today = names.today
    if common and side.partner.regions:  # which may hold that country too: "sister cities in Asia"
        there = [p for p in act.parties if lies(p, side.partner, bare)]
        ours = [today(p) for p in act.parties if p.country == common and {*there} - {p}]
        return ours if side.per_home else ours[:1]
    if not side.partner.anywhere:
        others = [p for p in act.parties if not lies(p, side.partner, bare)]
        if side.nation:
            return [today(party) for party in others if party.country == side.nation]
        either = act.parties if side.per_home else act.parties[:1]
        return [today(party) for party in others or either]
    parties = [today(party) for party in act.parties]
    sides = [party for party in parties if party.country == common] if common else parties
    if side.of_those_over:
        sides = sides or parties
    if not side.home.anywhere:
        named = _names_places(side.home)
        return [party for party in (parties if named else sides) if lies(party, side.home, bare)]
    return sides if side.per_home else sides[:1]


def _common_country(acts: Sequence[Partnership]) -> str | None:
    """The country that has a party in nearly every agreement; None if there is no such, or more than one."""
    countries = Counter(code for act in acts for code in {party.country for party in act.parties} if code)
    common = [code for code, n in countries.items() if n >= _NEARLY * len(acts)]
    return common[0] if len(common) == 1 else None


_NEARLY = 0.9
"""A ministry's registry holds a few ties of others too, such as one that ended for the sake of its own."""


def _names_places(where: Where) -> bool:
    """Whether it is told where the places lie, and not only of which level they are."""
    return not replace(where, levels=()).anywhere
