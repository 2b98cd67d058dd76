"""Which partner fits: points for reasons, none of them hidden; and where a city leans on one partner too much."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.places import Level, Place
from bot.domain.profiles import ProfileLine, Side


class Reason(StrEnum):
    """Why two places fit, or do not."""

    THEY_OFFER = "they_offer"
    THEY_SEEK = "they_seek"
    BOTH_STRONG = "both_strong"
    WORKED_TOGETHER = "worked_together"
    PEERS_KNOW_THEM = "peers_know_them"
    NEW_COUNTRY = "new_country"
    SAME_LEVEL = "same_level"
    OTHER_LEVEL = "other_level"


POINTS: Mapping[Reason, int] = {
    Reason.THEY_OFFER: 3,
    Reason.THEY_SEEK: 3,
    Reason.BOTH_STRONG: 2,
    Reason.WORKED_TOGETHER: 2,
    Reason.PEERS_KNOW_THEM: 1,
    Reason.NEW_COUNTRY: 1,
    Reason.SAME_LEVEL: 1,
    Reason.OTHER_LEVEL: -2,
}
"""What each reason is worth; by topic for the first three, once for the others. Our own weights, shown with every
match: a topic that is sought counts most; a level that is not comparable counts against, as Taiwan's rule for
alliances asks for comparable ones."""

_RANKS: Sequence[frozenset[Level]] = (
    frozenset({Level.CITY, Level.SPECIAL_MUNICIPALITY, Level.MUNICIPALITY, Level.TOWN}),
    frozenset({Level.COUNTY, Level.PREFECTURE, Level.PROVINCE, Level.STATE, Level.TERRITORY, Level.REGION}),
    frozenset({Level.SPECIAL_MUNICIPALITY, Level.PREFECTURE, Level.PROVINCE, Level.STATE}),
    frozenset({Level.DISTRICT, Level.TOWNSHIP, Level.TOWN, Level.VILLAGE, Level.ATOLL}),
)
"""Levels that are comparable with each other; a special municipality stands beside cities and beside provinces."""


def comparable(one: Level | None, other: Level | None) -> bool | None:
    """Whether two levels of government are comparable; None where either is not known."""
    if one is None or other is None:
        return None
    return one is other or any(one in rank and other in rank for rank in _RANKS)


@dataclass(frozen=True, slots=True)
class Point:
    """A reason with what it is worth, and the topics or places that it rests on."""

    reason: Reason
    points: int
    topics: Sequence[str] = ()
    places: Sequence[Place] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that could be a partner, with what the registry knows of it.

    `peers` are places at home that have a tie with it, `exchanges` how often it took part in something of ours.
    """

    place: Place
    profile: Sequence[ProfileLine] = ()
    peers: Sequence[Place] = ()
    exchanges: int = 0


@dataclass(frozen=True, slots=True)
class Home:
    """The place that looks for a partner: its profile, and the countries in which it has ties."""

    place: Place
    profile: Sequence[ProfileLine] = ()
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    candidate: Candidate
    points: Sequence[Point] = field(default=())

    @property
    def total(self) -> int:
        return sum(point.points for point in self.points)


def topics_of(profile: Iterable[ProfileLine], *sides: Side) -> set[str]:
    return {line.topic for line in profile if line.side in sides}


def match(home: Home, candidate: Candidate, topic: str | None = None) -> Match:
    """How well a place fits, with every reason; with a `topic`, only what is said of that topic counts as one."""

    def common(ours: set[str], theirs: set[str]) -> list[str]:
        return sorted(each for each in ours & theirs if topic in (None, each))

    they_have = topics_of(candidate.profile, Side.OFFERS, Side.STRENGTH)
    we_have = topics_of(home.profile, Side.OFFERS, Side.STRENGTH)
    sought = topics_of(home.profile, Side.SEEKS) | ({topic} if topic else set())
    by_topic = {
        Reason.THEY_OFFER: common(sought, they_have),
        Reason.THEY_SEEK: common(we_have, topics_of(candidate.profile, Side.SEEKS)),
        Reason.BOTH_STRONG: common(
            topics_of(home.profile, Side.STRENGTH), topics_of(candidate.profile, Side.STRENGTH) - sought
        ),
    }
    found = [
        Point(reason, POINTS[reason] * len(topics), topics) for reason, topics in by_topic.items() if topics
    ]
    once = {
        Reason.WORKED_TOGETHER: candidate.exchanges > 0,
        Reason.PEERS_KNOW_THEM: bool(candidate.peers),
        Reason.NEW_COUNTRY: candidate.place.country not in (None, *home.countries),
        Reason.SAME_LEVEL: comparable(home.place.level, candidate.place.level) is True,
        Reason.OTHER_LEVEL: comparable(home.place.level, candidate.place.level) is False,
    }
    for reason, holds in once.items():
        if holds:
            peers = candidate.peers if reason is Reason.PEERS_KNOW_THEM else ()
            found.append(Point(reason, POINTS[reason], places=peers))
    return Match(candidate, found)


def ranked(matches: Iterable[Match]) -> list[Match]:
    """The best first; of equals, by name. What has no reason but its level or its country is no match."""
    telling = {
        Reason.THEY_OFFER,
        Reason.THEY_SEEK,
        Reason.BOTH_STRONG,
        Reason.WORKED_TOGETHER,
        Reason.PEERS_KNOW_THEM,
    }
    fitting = [each for each in matches if any(point.reason in telling for point in each.points)]
    return sorted(fitting, key=lambda each: (-each.total, each.candidate.place.name_en))


# Leaning on one ----------------------------------------------------------------------------------------------


class Leaning(StrEnum):
    PARTNER = "partner"
    PERSON = "person"
    LEVEL = "level"


FEWEST = 6
"""Exchanges below which nothing is said: of three, two with one partner mean nothing."""

MOST = 0.5
"""The share above which a city leans on one."""


@dataclass(frozen=True, slots=True)
class Concentration:
    """More than half of the exchanges are with one partner, logged by one person, or on one level."""

    on: Leaning
    what: Hashable
    share: float
    count: int
    of: int


def concentrations(by: Mapping[Leaning, Sequence[Collection[Hashable]]]) -> list[Concentration]:
    """Where a city leans on one; for each exchange what it counts for (an exchange of three places counts for two).

    What nothing is known of (an exchange without a level) is left out of that share.
    """
    found = []
    for on, exchanges in by.items():
        known = [each for each in exchanges if each]
        counts = Counter(what for each in known for what in set(each))
        if len(known) < FEWEST or not counts:
            continue
        what, count = max(counts.items(), key=lambda item: (item[1], str(item[0])))
        if count > MOST * len(known):
            found.append(Concentration(on, what, count / len(known), count, len(known)))
    return found
