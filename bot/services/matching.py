"""Which partners fit a city, which of its own it has neglected, and where it leans on one alone."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.access import Action, Scope
from bot.domain.dormancy import QUIET, Quietness
from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeStatus
from bot.domain.matching import (
    Candidate,
    Concentration,
    Home,
    Leaning,
    Match,
    concentrations,
    match,
    ranked,
    topics_of,
)
from bot.domain.partnerships import Partnership
from bot.domain.places import Place
from bot.domain.profiles import Side, Topic, topic_of
from bot.domain.ties import Tie
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.ties import ties_of_place
from db.audit import loggers_of_office
from db.engine import Session
from db.exchanges import all_exchanges
from db.offices import offices
from db.partnerships import partnerships_of
from db.places import Family, places_by_id
from db.profiles import profiles

SHOWN = 8
LOOKED_BACK = timedelta(days=3 * 365)

OF_KIND: Mapping[ExchangeKind, Topic] = {
    ExchangeKind.EDUCATION: Topic.EDUCATION,
    ExchangeKind.SPORT: Topic.SPORT,
    ExchangeKind.CULTURE: Topic.CULTURE,
}
"""The topic that the kind of an exchange is about, where it is about one."""


@dataclass(frozen=True, slots=True)
class QuietPartner:
    """A partner that one has already, that fits, and that has gone quiet."""

    partner: Place
    quiet: Quietness
    match: Match


@dataclass(frozen=True, slots=True)
class Experience:
    """What a peer at home has done on the topic: whom to ask."""

    peer: Place
    exchange: Exchange


@dataclass(frozen=True, slots=True)
class Matches:
    """`own` are present partners that fit and are quiet: they come first. `found` are new ones, the best first."""

    home: Place
    topic: str | None
    own: Sequence[QuietPartner]
    found: Sequence[Match]
    more: int
    experience: Sequence[Experience]
    leanings: Sequence[Concentration]
    places: Mapping[int, Place]
    scopes: frozenset[Scope]
    has_profile: bool


@requires(Action.READ)
async def match_partners(
    desk: Desk, caller: Caller, topic: str | None = None, place: Place | None = None
) -> Matches:
    """The partners that fit a place, by default the caller's office's own: for a topic, or for its whole profile.

    Raises `Unavailable` (`office.none`).
    """
    place, wanted = place or caller.own_office().place, topic_of(topic) if topic else None
    today = caller.today(desk)
    async with desk.database.read() as session:
        family, ties = await ties_of_place(session, caller.viewer, place)
        known = await profiles(session)
        peers = await _peers(session, place)
        peer_acts = await partnerships_of(session, caller.viewer, [peer.id for peer in peers])
        peer_ties = _ties_of_peers(peer_acts, peers)
        exchanges = [each for each in await all_exchanges(session, caller.viewer) if _held(each)]
        places = await places_by_id(session, {*known, *peer_ties})
        loggers = await _loggers(session, desk, caller, place)
    home = Home(place, known.get(place.id, ()), _countries(ties))
    with_us = _with_us(exchanges, family.own_ids)

    def judged(place: Place) -> Match:
        mine = peer_ties.get(place.id, ())
        return match(home, Candidate(place, known.get(place.id, ()), mine, with_us[place.id]), wanted)

    partners = {tie.partner.id for tie in ties if tie.standing}
    at_home = {place.id for place in (place, *family.predecessors, *family.districts, *peers)}
    found = ranked(judged(place) for place in places.values() if place.id not in partners | at_home)
    experience = _experience(exchanges, peers, wanted)
    leanings = concentrations(_leanings(exchanges, family, today, loggers))
    return Matches(
        home=place,
        topic=wanted,
        own=_quiet_partners(ties, judged, today, wanted),
        found=found[:SHOWN],
        more=max(0, len(found) - SHOWN),
        experience=experience,
        leanings=leanings,
        places={place.id: place for each in exchanges for place in each.places},
        scopes=frozenset(
            [
                *(each.scope for each in exchanges),
                *(act.scope for act in peer_acts),
                *(act.scope for tie in ties for act in tie.acts),
            ]
        ),
        has_profile=bool(home.profile),
    )


async def _loggers(session: Session, desk: Desk, caller: Caller, place: Place) -> Mapping[str, int]:
    """Who logged what for the office of the place: its own business, told to nobody else."""
    if caller.office is None or caller.office.place.id != place.id:
        return {}
    return await loggers_of_office(session, caller.office.id, desk.clock() - LOOKED_BACK)


async def _peers(session: Session, home: Place) -> list[Place]:
    """The other offices' places in the same country: those whom one can ask."""
    return [
        office.place
        for office in await offices(session)
        if office.place.country == home.country and office.place.id != home.id
    ]


def _ties_of_peers(acts: Iterable[Partnership], peers: Sequence[Place]) -> dict[int, tuple[Place, ...]]:
    """Which of the peers have a tie in force with a place, by its id."""
    by_id = {peer.id: peer for peer in peers}
    found: dict[int, dict[int, Place]] = {}
    for act in acts:
        if not act.in_force:
            continue
        here = {place.id: place for place in act.parties if place.id in by_id}
        for place in act.parties:
            if place.id not in by_id:
                found.setdefault(place.id, {}).update(here)
    return {place_id: tuple(mine.values()) for place_id, mine in found.items()}


def _held(exchange: Exchange) -> bool:
    return exchange.status is ExchangeStatus.HELD


def _countries(ties: Iterable[Tie]) -> frozenset[str]:
    return frozenset(tie.partner.country for tie in ties if tie.in_force and tie.partner.country)


def _with_us(exchanges: Iterable[Exchange], own_ids: Sequence[int]) -> Counter[int]:
    """In how many exchanges of ours each place took part."""
    return Counter(place_id for each in exchanges for place_id in _others(each, own_ids))


def _others(exchange: Exchange, own_ids: Sequence[int]) -> list[int]:
    ids = [place.id for place in exchange.places]
    return [place_id for place_id in ids if place_id not in own_ids] if set(ids) & set(own_ids) else []


def _quiet_partners(
    ties: Iterable[Tie], judged: Callable[[Place], Match], today: date, topic: str | None
) -> list[QuietPartner]:
    """The office's own partners that have gone quiet: with a topic those that are known for it."""
    found = []
    for tie in ties:
        quiet = tie.quietness(today) if tie.is_partner else None
        if quiet is None or quiet.state not in QUIET:
            continue
        fitting = judged(tie.partner)
        known_for = topics_of(fitting.candidate.profile, Side.OFFERS, Side.STRENGTH)
        if topic is None or topic in known_for:
            found.append(QuietPartner(tie.partner, quiet, fitting))
    found.sort(key=lambda each: (-each.match.total, each.partner.name_en))
    return found[:SHOWN]


def _experience(exchanges: Sequence[Exchange], peers: Sequence[Place], topic: str | None) -> list[Experience]:
    """What peers did on the topic, the newest first."""
    if topic is None:
        return []
    by_id = {peer.id: peer for peer in peers}
    fitting = [each for each in exchanges if topic in _topics(each)]
    fitting.sort(key=lambda each: (each.date.latest(), each.id), reverse=True)
    found = [
        Experience(by_id[place.id], each) for each in fitting for place in each.places if place.id in by_id
    ]
    return found[:SHOWN]


def _topics(exchange: Exchange) -> set[str]:
    said = {topic_of(exchange.topic)} if exchange.topic else set()
    return said | ({OF_KIND[exchange.kind].value} if exchange.kind in OF_KIND else set())


def _leanings(
    exchanges: Iterable[Exchange], family: Family, today: date, loggers: Mapping[str, int]
) -> dict[Leaning, list[list[Hashable]]]:
    """What each exchange of the last three years counts for."""
    since = today - LOOKED_BACK
    ours = [each for each in exchanges if each.date.latest() >= since and _others(each, family.own_ids)]
    return {
        Leaning.PARTNER: [list(_others(each, family.own_ids)) for each in ours],
        Leaning.LEVEL: [[each.level] if each.level else [] for each in ours],
        Leaning.PERSON: [[loggers[each.record]] if each.record in loggers else [] for each in ours],
    }
