"""What one can write about to a partner that has gone quiet: only what is on record."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.anniversaries import DEFAULT_LEAP_DAY_RULE, Anniversary, LeapDayRule, within
from bot.domain.exchanges import Exchange, ExchangeStatus
from bot.domain.health import topics_in
from bot.domain.matching import topics_of
from bot.domain.partnerships import PARTNER_KINDS, Partnership
from bot.domain.places import Place
from bot.domain.profiles import ProfileLine, Side

NEAR_DAYS = 240
"""An anniversary is near if it comes within these days: a letter, an answer and a visit take their time."""

MOST_TOPICS = 3


@dataclass(frozen=True, slots=True)
class AnniversaryHook:
    """An anniversary of an act in force that is near."""

    act: Partnership
    coming: Anniversary


class Shared(StrEnum):
    """How a topic is shared, the best reason to write first."""

    THEY_SEEK = "they_seek"
    THEY_OFFER = "they_offer"
    BOTH_STRONG = "both_strong"
    WORKED_ON = "worked_on"


@dataclass(frozen=True, slots=True)
class TopicHook:
    """Topics that both share: by their profiles, on the word of `sources`, or by an exchange that was held."""

    how: Shared
    topics: Sequence[str]
    sources: Sequence[str] = ()
    exchange: Exchange | None = None


class Fit(StrEnum):
    """Why an event fits, the best reason first."""

    WITH_THEM = "with_them"
    IN_THEIR_COUNTRY = "in_their_country"
    ON_THE_TOPIC = "on_the_topic"


@dataclass(frozen=True, slots=True)
class EventHook:
    """A planned exchange, of whatever office, with the partner, in its country, or about its topics."""

    exchange: Exchange
    fit: Fit


@dataclass(frozen=True, slots=True)
class Hooks:
    """Up to three things to write about; None where nothing on record gives one."""

    anniversary: AnniversaryHook | None = None
    topic: TopicHook | None = None
    event: EventHook | None = None


def near_anniversary(
    acts: Iterable[Partnership], today: date, rule: LeapDayRule = DEFAULT_LEAP_DAY_RULE
) -> AnniversaryHook | None:
    """The next anniversary of a sister or friendship act in force that is near, of whatever precision."""
    found = [
        AnniversaryHook(act, coming)
        for act in acts
        if act.in_force and act.kind in PARTNER_KINDS and act.signed
        if (coming := within(act.signed, today, NEAR_DAYS, rule))
    ]
    return min(found, key=lambda each: (each.coming.occurrence.latest(), each.act.id), default=None)


def shared_topic(
    ours: Sequence[ProfileLine], theirs: Sequence[ProfileLine], recent: Sequence[Exchange]
) -> TopicHook | None:
    """What they seek and we have, or the other way round; what both are good at; else what was last worked on.

    `recent` are the exchanges of the two, newest first.
    """
    has = Side.OFFERS, Side.STRENGTH
    common = {
        Shared.THEY_SEEK: topics_of(theirs, Side.SEEKS) & topics_of(ours, *has),
        Shared.THEY_OFFER: topics_of(theirs, *has) & topics_of(ours, Side.SEEKS),
        Shared.BOTH_STRONG: topics_of(theirs, Side.STRENGTH) & topics_of(ours, Side.STRENGTH),
    }
    for how, topics in common.items():
        if topics:
            told = sorted(topics)[:MOST_TOPICS]
            sources = dict.fromkeys(line.source for line in (*theirs, *ours) if line.topic in told)
            return TopicHook(how, told, tuple(sources))
    for exchange in recent:
        if exchange.status is ExchangeStatus.HELD and (worked_on := topics_in(exchange)):
            return TopicHook(Shared.WORKED_ON, worked_on[:MOST_TOPICS], exchange=exchange)
    return None


def fitting_event(
    planned: Iterable[Exchange],
    partner: Place,
    partner_ids: Collection[int],
    own_ids: Collection[int],
    topics: Collection[str],
    today: date,
) -> EventHook | None:
    """The planned exchange that fits best, then the soonest; what the two have planned together is none.

    `topics` are those that the partner is known for.
    """
    found = []
    for exchange in planned:
        if exchange.status is not ExchangeStatus.PLANNED or exchange.date.latest() < today:
            continue
        ids = {place.id for place in exchange.places}
        if ids & set(partner_ids):
            if not ids & set(own_ids):
                found.append(EventHook(exchange, Fit.WITH_THEM))
        elif partner.country and any(
            p.country == partner.country for p in exchange.places if p.id not in own_ids
        ):
            found.append(EventHook(exchange, Fit.IN_THEIR_COUNTRY))
        elif set(topics_in(exchange)) & set(topics):
            found.append(EventHook(exchange, Fit.ON_THE_TOPIC))
    order = list(Fit)
    return min(
        found,
        key=lambda each: (order.index(each.fit), each.exchange.date.earliest(), each.exchange.id),
        default=None,
    )
