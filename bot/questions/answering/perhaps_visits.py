"""What may have been a visit, though it is logged as something else: a mayor signs abroad, or is seen at a festival.

Kinds of exchanges exclude each other, what people do does not. So a "no" or a number of visits tells these, too, and of
gifts what its title says was given: a meeting of mayors, a boat for a race.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.exchanges import Exchange, ExchangeKind, Mode
from bot.domain.places import Place
from bot.questions.answering.fitting import (
    exchange_fits,
    has_partner,
    is_with_kind,
    partners_in,
    wanted_kinds,
)
from bot.questions.answering.telling import exchange_line
from bot.questions.answers import Statement, sentence
from bot.questions.holdings import Registry
from bot.questions.query import About, Asked, Query
from bot.questions.reading.signings import VISITS

_FEW = 5
_SHOWN = 25


def logged_otherwise(query: Query, registry: Registry) -> list[Exchange]:
    """Where a visit is asked for, what somebody may have come to that is logged as something else; the last few.

    A visit of which nobody wrote down who went to whom is one of them, where it is asked who did.
    """
    met = query.exchanges
    told = met.levels or met.words or met.within or not query.partner.anywhere or met.kinds == GIFTS
    return _likeliest(_otherwise(query, registry)) if told else []


def _likeliest(found: Sequence[Exchange]) -> list[Exchange]:
    """The last few of these, those first of which it is recorded that people met."""
    in_person = [each for each in found if each.mode is Mode.IN_PERSON]
    rest = [each for each in found if each not in in_person]
    first = [*rest, *in_person][-_FEW:]
    return [each for each in found if each in first]


def perhaps_meant(query: Query, registry: Registry) -> list[Statement]:
    """Beside the visits of somebody of a rank, what such people came to otherwise."""
    met = query.exchanges
    of_somebody = met.words or (met.levels and (met.within or not query.partner.anywhere))
    return _told(logged_otherwise(query, registry) if of_somebody or met.kinds == GIFTS else [])


def perhaps_beside(query: Query, found: Sequence[Exchange], registry: Registry) -> list[Statement]:
    """Beside a number of visits that is not 0, all that it may leave out.

    Of somebody of a rank that is whatever such people took part in; else what its title says was a visit.
    """
    others = _of_guests(query, registry) if found else []
    return _told([each for each in others if each not in found][-_SHOWN:])


def perhaps_with_partners(query: Query, registry: Registry) -> list[Statement]:
    """Beside partners that are counted or told by the visits that there were, or were not, what these leave out."""
    if query.about is About.EXCHANGES and query.having is not None and query.compare is None:
        return _told(_of_guests(query, registry)[-_SHOWN:])
    met = query.unmet or query.met
    if met is None or query.asked not in (Asked.NUMBER, Asked.PLACES):
        return []
    partners = {link.partner.id for link in registry.links()}
    others = _of_guests(replace(query, exchanges=met), registry)
    return _told([each for each in others if partners & {place.id for place in each.places}][-_SHOWN:])


def _of_guests(query: Query, registry: Registry) -> list[Exchange]:
    """Of what is logged otherwise: all where it is of somebody, else what was a visit by its title or its kind."""
    met, others = query.exchanges, _otherwise(query, registry)
    if met.levels or met.words or met.kinds == GIFTS:
        return others
    return [
        each
        for each in others
        if each.kind is ExchangeKind.VISIT
        or _tells_of_guests(each)
        or _begins_with(_movers(each, met.kinds, registry), each)
    ]


def _told(exchanges: Sequence[Exchange]) -> list[Statement]:
    return [sentence("logged_otherwise", [exchange_line(each) for each in exchanges])] if exchanges else []


def _otherwise(query: Query, registry: Registry) -> list[Exchange]:
    """All that is logged otherwise and may be a visit of the sort that is asked for, oldest first."""
    met = query.exchanges
    if met.kinds == GIFTS:
        return _given(query, registry)
    if not met.kinds or not met.kinds <= VISITS or met.mode is Mode.VIRTUAL:
        return []
    freed = replace(met, kinds=frozenset(), without_kinds=met.without_kinds | _ONE_WAY | met.kinds, mode=None)
    return [
        each
        for each in registry.exchanges()
        if each.mode is not Mode.VIRTUAL
        and exchange_fits(each, freed, registry)
        and has_partner(each, query, registry)
        and is_with_kind(each, query, registry, wanted_kinds(query))
        and not _goes_the_other_way(each, met.kinds, registry)
    ]


GIFTS = frozenset({ExchangeKind.AID})
_GIVEN = re.compile(
    r"[致贈餽捐]贈|贈[送予與]|禮[品物]|\bgifts?\b|\bgiv(?:es?|en|ing)\b|\bdonat|\bsends?\b|\bsent\b",
    re.IGNORECASE,
)


def _given(query: Query, registry: Registry) -> list[Exchange]:
    """What is logged as another kind, and by its title something was given there."""
    freed = replace(query.exchanges, kinds=frozenset(), without_kinds=query.exchanges.without_kinds | GIFTS)
    return [
        each
        for each in registry.exchanges()
        if exchange_fits(each, freed, registry)
        and has_partner(each, query, registry)
        and is_with_kind(each, query, registry, wanted_kinds(query))
        and _GIVEN.search(f"{each.title}\n{each.title_zh or ''}")
    ]


# What titles tell ------------------------------------------------------------------------------------------------

_GUESTS = re.compile(r"訪|代表團|率團|來臺|派員|\bvisit|\bdelegation", re.IGNORECASE)


def _tells_of_guests(exchange: Exchange) -> bool:
    return bool(_GUESTS.search(f"{exchange.title}\n{exchange.title_zh or ''}"))


_ONE_WAY = VISITS - {ExchangeKind.VISIT}


def _goes_the_other_way(exchange: Exchange, kinds: frozenset[ExchangeKind], registry: Registry) -> bool:
    """Whether its title begins with who went, and that was the other side: 臺中副市長出席聖地牙哥建城慶典."""
    movers = _movers(exchange, kinds, registry)
    others = [place for place in exchange.places if place not in movers]
    return bool(movers) and _begins_with(others, exchange)


def _movers(exchange: Exchange, kinds: frozenset[ExchangeKind], registry: Registry) -> list[Place]:
    """Who goes where one direction is asked for; nobody where both are, or where no home is asked about."""
    if registry.everywhere or len(kinds) != 1 or not kinds <= _ONE_WAY:
        return []
    guests = partners_in(exchange, registry)
    comes = ExchangeKind.VISIT_IN in kinds
    return guests if comes else [place for place in exchange.places if place not in guests]


_OFFICER = r"市?(?:副?[市縣州]長|副?知事|總督|代表團|訪團)"


def _begins_with(places: Sequence[Place], exchange: Exchange) -> bool:
    """Whether a title begins with an officer of one of these places, who is elsewhere then and did not only meet."""
    names = [re.escape(place.name_zh.removesuffix("市")) for place in places if place.name_zh]
    title = exchange.title_zh or ""
    return any(re.match(f"{name}{_OFFICER}(?![與和會])", title) for name in names)
