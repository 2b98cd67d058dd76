"""What is counted, by what it is told apart by: year, country, region, kind, partner, home, topic, level or mode."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.domain.exchanges import Exchange
from bot.domain.places import Place
from bot.domain.regions import Region
from bot.questions.answering.choosing import choose, partners_of
from bot.questions.answering.fitting import exchange_fits, is_with_kind, partners_in, wanted_kinds
from bot.questions.answering.own_country import abroad
from bot.questions.holdings import Link, Registry
from bot.questions.lying import area_of, lies
from bot.questions.query import About, Asked, Per, Query, RankBy

Groups = Mapping[Any, Sequence[Any]]

OF_COUNTRIES = (Per.COUNTRY, Per.REGION, Per.CONTINENT)

_PARTS = tuple(region for region in Region if region is not Region.ASIA)
_CONTINENTS = tuple(region for region in Region if not region.value.endswith("_asia"))


def grouped(query: Query, registry: Registry) -> tuple[Groups, Sequence[Any], int]:
    """What is counted, by what it is told apart by; what it rests on; and how many have no date to be told apart by."""
    if query.about is About.TIES and query.met is not None and query.asked is Asked.STATISTICS:
        return _grouped_partners(query, registry)
    if query.about is About.EXCHANGES or query.met is not None:
        return _grouped_exchanges(query, registry)
    links = choose(query, registry).links
    links = abroad(links, query) if query.per in OF_COUNTRIES else links
    groups: dict[Any, list[Link]] = {}
    undated = 0
    if query.per is Per.HOME:
        groups = {holding.home: [] for holding in registry.homes}
    elif query.per is Per.COUNTRY and len(query.partner.countries) > 1 and links:
        groups = {Country(code): [] for code in query.partner.countries}  # none is a number, too
    for link in links:
        keys = _keys_of_link(link, query.per)
        undated += not keys
        for key in keys:
            groups.setdefault(key, []).append(link)
    if query.rank and query.rank.by is RankBy.FEWEST and query.per is Per.PARTNER:
        groups |= {place: [] for place in partners_of(links) if place not in groups}
    return groups, links, undated


def _keys_of_link(link: Link, per: Per | None) -> list[Any]:
    signed = link.act.signed
    simple: dict[Per, Callable[[], Any]] = {
        Per.YEAR: lambda: signed.year if signed else None,
        Per.MONTH: lambda: f"{signed.year}-{signed.month:02}" if signed and signed.month else None,
        Per.DECADE: lambda: _decade(signed.year) if signed else None,
        Per.COUNTRY: lambda: Country(link.partner.country) if link.partner.country else None,
        Per.REGION: lambda: next((r for r in _PARTS if r.holds(link.partner.country)), None),
        Per.CONTINENT: lambda: next((r for r in _CONTINENTS if r.holds(link.partner.country)), None),
        Per.AREA: lambda: area_of(link.partner),
        Per.KIND: lambda: link.act.kind,
        Per.STATUS: lambda: link.act.status,
        Per.PARTNER: lambda: link.partner,
        Per.HOME: lambda: link.home,
    }
    found = simple[per]() if per in simple else None
    return [found] if found is not None else []


class Country(str):
    """The code of a country, which texts write by its name."""

    __slots__ = ()


class Decade(str):
    """The first year of a decade, which texts write by its name."""

    __slots__ = ()


def _decade(year: int) -> Decade:
    return Decade(year // 10 * 10)


def _grouped_exchanges(query: Query, registry: Registry) -> tuple[Groups, Sequence[Any], int]:
    met = query.met or query.exchanges
    found = [
        each
        for each in registry.exchanges()
        if exchange_fits(each, met, registry) and _is_with(each, query, registry)
    ]
    found = [each for each in found if is_with_kind(each, query, registry, wanted_kinds(query))]
    groups: dict[Any, list[Exchange]] = {}
    if query.per is Per.HOME:
        groups = {holding.home: [] for holding in registry.homes}
    tied: list[Place] | None = None
    if query.per is Per.PARTNER:
        partners = choose(query, registry).partners
        groups = {place: [] for place in partners} if query.rank else {}
        tied = partners if query.acts.kinds and query.having is not None else None
    undated = 0
    for each in found:
        keys = _keys_of_exchange(each, query, registry)
        keys = [key for key in keys if tied is None or key in tied]
        undated += not keys
        for key in keys:
            groups.setdefault(key, []).append(each)
    return groups, found, undated


def _grouped_partners(query: Query, registry: Registry) -> tuple[Groups, Sequence[Any], int]:
    """The partners that were met, by what the exchanges with them are told apart by: those of each year."""
    exchanges, found, undated = _grouped_exchanges(query, registry)
    if query.per is Per.PARTNER:
        return exchanges, found, undated
    partners = {place.id for place in choose(query, registry).partners}
    groups = {
        key: [p for each in of_it for p in partners_in(each, registry) if p.id in partners]
        for key, of_it in exchanges.items()
    }
    return {key: met for key, met in groups.items() if met}, found, undated


def _is_with(exchange: Exchange, query: Query, registry: Registry) -> bool:
    return query.partner.anywhere or any(
        lies(place, query.partner, registry) for place in partners_in(exchange, registry)
    )


def _regions_of(partners: Iterable[Place], among: Iterable[Region]) -> list[Region]:
    return list(dict.fromkeys(region for p in partners for region in among if region.holds(p.country)))


def _keys_of_exchange(exchange: Exchange, query: Query, registry: Registry) -> list[Any]:
    partners = [
        p
        for p in partners_in(exchange, registry)
        if query.partner.anywhere or lies(p, query.partner, registry)
    ]
    found: Mapping[Per, Callable[[], list[Any]]] = {
        Per.YEAR: lambda: [exchange.date.year],
        Per.MONTH: lambda: [f"{exchange.date.year}-{exchange.date.month:02}"] if exchange.date.month else [],
        Per.DECADE: lambda: [_decade(exchange.date.year)],
        Per.COUNTRY: lambda: list(dict.fromkeys(Country(p.country) for p in partners if p.country)),
        Per.REGION: lambda: _regions_of(partners, _PARTS),
        Per.CONTINENT: lambda: _regions_of(partners, _CONTINENTS),
        Per.KIND: lambda: [exchange.kind],
        Per.STATUS: lambda: [exchange.status],
        Per.PARTNER: lambda: list(partners),
        Per.HOME: lambda: [
            h.home for h in registry.homes if any(place.id in h.own_ids for place in exchange.places)
        ],
        Per.TOPIC: lambda: [exchange.topic] if exchange.topic else [],
        Per.LEVEL: lambda: [exchange.level] if exchange.level else [],
        Per.MODE: lambda: [exchange.mode] if exchange.mode else [],
    }
    return found[query.per]() if query.per is not None and query.per in found else []
