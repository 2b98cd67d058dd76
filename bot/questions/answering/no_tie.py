"""What is said where there is no tie that fits: that there is none, and what there is instead."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.claims import Fact
from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeStatus
from bot.domain.partnerships import Kind, Status
from bot.domain.places import Place
from bot.questions.answering.choosing import Chosen, choose, partners_of, whatever_there_is
from bot.questions.answering.fitting import act_fits, event_of, exchange_fits
from bot.questions.answering.namesakes import share_a_name
from bot.questions.answering.telling import (
    asked_words,
    disputes,
    exchange_line,
    homes_told,
    link_lines,
    nothing,
    of_links,
    told_apart,
)
from bot.questions.answering.understanding import conditions, kind_words, without_kinds
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, sentence
from bot.questions.conditions import OF_A_SIGNING, Acts, Event, KindWord, Met
from bot.questions.holdings import Link, Registry
from bot.questions.lying import lies
from bot.questions.query import Query

NEIGHBOURS, RECENT = 6, 3
_FEW = 3
"""Of so many friendship cities it is told if a source calls them sister cities, where none is one."""


def no_such_tie(query: Query, registry: Registry, kind: AnswerKind) -> Answer:
    """No record, with what there is: agreements of another kind, ended ones, exchanges, partners in that country."""
    others = whatever_there_is(query, registry) if query.partner.is_one_place else []
    statements = what_there_is(query, registry)
    statements += signings_then(query, registry)
    return (
        of_links(Outcome.NO_RECORD, kind, others, *statements)
        if statements
        else nothing(kind, sentence("nothing"))
    )


def none_listed(chosen: Chosen, query: Query, registry: Registry, kind: AnswerKind) -> Answer:
    """Nothing fits: what fits nearly is told, and it is no list."""
    if query.partner.is_one_place:
        return no_such_tie(query, registry, kind)
    return nothing(
        kind,
        sentence(
            "none_listed",
            kinds=kind_words(asked_words(query)),
            homes=homes_told(query, registry),
            conditions=conditions(without_kinds(query), registry.names),
        ),
        *told_apart(chosen, query, registry),
        *disputes((link.act for link in chosen.friendship[:_FEW]), registry, (Fact.KIND,)),
        *_without_a_day(query, registry),
        *signings_then(query, registry),
    )


def signings_then(query: Query, registry: Registry, listed: Sequence[Link] = ()) -> list[Statement]:
    """What was signed in the time that is asked for and is logged as an exchange, not as an agreement.

    Beside agreements that are `listed`, only what was signed with others than these.
    """
    within = query.acts.within
    if within is None or query.acts.event is not Event.SIGNED:
        return []
    met = Met(words=OF_A_SIGNING, within=within)
    told = {link.partner.id for link in listed}
    found = [
        each
        for each in registry.exchanges()
        if exchange_fits(each, met, registry)
        and tells_of_signing(each)
        and (query.partner.anywhere or any(lies(place, query.partner, registry) for place in each.places))
        and not {place.id for place in each.places} & told
    ]
    return [sentence("signings_then", [exchange_line(each) for each in found[-RECENT:]])] if found else []


def tells_of_signing(exchange: Exchange) -> bool:
    """Whether it was a signing, or its title tells that something was signed: not that it was talked about."""
    titles = f"{exchange.title or ''}\n{exchange.title_zh or ''}"
    return exchange.kind is ExchangeKind.SIGNING or _SIGNED.search(titles) is not None


_SIGNED = re.compile(r"\b(?:re-?)?sign(?:s|ed|ing|ings)\b|[簽签](?!到|證|证|名會|名会|書會)", re.IGNORECASE)


_MEMORANDA = ("備忘錄", "memorand", "mou")


def memoranda_signed(query: Query, registry: Registry) -> list[Statement]:
    """Exchanges at which a memorandum was signed, where that, or whatever was signed, is asked for and not entered."""
    acts = query.acts
    whatever = not acts.kinds or acts.kinds == {KindWord.ALL}
    if not (whatever or acts.kinds == {KindWord.MOU}) or query.partner.anywhere or acts.statuses:
        return []
    signed = Met(words=OF_A_SIGNING, within=acts.within)
    memoranda = Met(words=_MEMORANDA)
    found = [
        each
        for each in registry.exchanges()
        if exchange_fits(each, signed, registry)
        and exchange_fits(each, memoranda, registry)
        and any(lies(place, query.partner, registry) for place in each.places)
    ]
    return [sentence("logged_otherwise", [exchange_line(each) for each in found[-RECENT:]])] if found else []


_KEPT_SELDOM = (Event.EXPIRES, Event.REVIEW)
"""Days that many offices do not enter: that none fits may only mean that nobody wrote it down."""


def _without_a_day(query: Query, registry: Registry) -> list[Statement]:
    """How many agreements fit otherwise, and have no day on which they expire or are to be reviewed."""
    event = query.acts.event
    if event not in _KEPT_SELDOM:
        return []
    freed = replace(query, acts=replace(query.acts, event=Event.SIGNED, within=None, outside=None))
    without = {link.act.id for link in choose(freed, registry).links if event_of(link.act, event) is None}
    return [sentence(f"without_{event.value}", n=len(without))] if without else []


def _no_tie(homes: Sequence[Place], partner: Place | str) -> Statement:
    if not homes:
        return sentence("no_tie_of_any", partner=partner)
    return sentence("no_tie", homes=homes, partner=partner)


def what_there_is(query: Query, registry: Registry) -> list[Statement]:
    """Sentences on what is on record with the partner that is asked for; only that there is none, if that is so."""
    if not query.partner.is_one_place:
        return [sentence("none_such", conditions=conditions(query, registry.names))]
    others = whatever_there_is(query, registry)
    if not others:
        return [
            _no_tie(homes_told(query, registry), registry.called(query.partner.places[0])),
            *_namesakes(query, registry),
            *_exchanged(query, registry),
            *_neighbours(query, registry),
        ]
    live = [link for link in others if link.act.status is not Status.ENDED]
    statements = [sentence("no_such_tie_but", link_lines(live, registry, query))] if live else []
    ended = [link for link in others if link.act.status is Status.ENDED]
    for link in ended:
        key = "was_replaced" if link.act.replaced else "has_ended"
        statements.append(
            sentence(
                key, record=link.act.record, step=link.act.ended, partner=link.partner, home=link.home,
                later=link.act.superseded_by, kind=link.act.kind, signed=link.act.signed,
            )
        )  # fmt: skip
    return statements


def _namesakes(query: Query, registry: Registry) -> list[Statement]:
    """Ties with others of the same name: with Columbus in Georgia, where Columbus in Ohio is asked for."""
    place = registry.called(query.partner.places[0])
    if not isinstance(place, Place):
        return []
    links = [link for link in registry.links() if share_a_name(link.partner, place) and link.act.in_force]
    return [sentence("of_that_name", link_lines(links, registry, query), n=len(links))] if links else []


def _exchanged(query: Query, registry: Registry) -> list[Statement]:
    """Exchanges with a place with which there is no tie."""
    wanted = {ref.id for ref in query.partner.places}
    found = [
        each
        for each in registry.exchanges()
        if each.status is ExchangeStatus.HELD and wanted & {place.id for place in each.places}
    ]
    if not found:
        return []
    return [sentence("but_exchanges", [exchange_line(each) for each in found[-RECENT:]], n=len(found))]


def _neighbours(query: Query, registry: Registry) -> list[Statement]:
    """Partners in the country of a place with which there is no tie."""
    country = query.partner.places[0].country
    if not country:
        return []
    freed = Query(asked=query.asked, acts=Acts(kinds=frozenset({KindWord.PARTNERS})))
    links: list[Link] = [
        link
        for link in registry.links()
        if link.partner.country == country
        and act_fits(link.act, freed, registry, frozenset({Kind.SISTER_CITY, Kind.FRIENDSHIP_CITY}))
    ]
    if not links:
        return []
    partners = partners_of(links)
    if len(partners) > NEIGHBOURS:
        return [
            sentence("partners_among", countries=[country], places=partners[:NEIGHBOURS], n=len(partners))
        ]
    return [sentence("partners_there", countries=[country], places=partners, n=len(partners))]
