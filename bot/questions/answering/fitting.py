"""What fits the conditions of a question: agreements, exchanges, ties. Vague dates fit what they surely do."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.domain.anniversaries import age
from bot.domain.claims import ALSO_GIVEN, disputed
from bot.domain.dates import PartialDate
from bot.domain.dormancy import Contact
from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeStatus
from bot.domain.partnerships import DECLARED_INVALID, PARTNER_KINDS, Kind, Partnership, Status, StatusChange
from bot.domain.periods import Period
from bot.domain.places import Place
from bot.domain.profiles import Topic
from bot.questions.answering.anniversary_words import anniversaries_of
from bot.questions.answering.people_counted import people_at
from bot.questions.answering.record_words import tells
from bot.questions.conditions import Acts, Bound, Event, KindWord, Met
from bot.questions.holdings import Link, Registry
from bot.questions.lying import lies
from bot.questions.query import Asked, Query, Told
from bot.questions.vocabulary.exchanges import topics

# Dates ---------------------------------------------------------------------------------------------------------


def surely_within(when: PartialDate | None, period: Period | None) -> bool:
    """Whether a date, as vague as it is, lies in the period with all that it can mean."""
    if period is None:
        return True
    if when is None:
        return False
    return (period.first_day is None or when.earliest() >= period.first_day) and (
        period.last_day is None or when.latest() <= period.last_day
    )


def perhaps_within(when: PartialDate | None, period: Period) -> bool:
    """Whether it cannot be said that a date lies outside."""
    if when is None:
        return True
    return (period.first_day is None or when.latest() >= period.first_day) and (
        period.last_day is None or when.earliest() <= period.last_day
    )


def in_bound(number: int, bound: Bound | None) -> bool:
    return bound is None or (
        (bound.least is None or number >= bound.least) and (bound.most is None or number <= bound.most)
    )


# Agreements ----------------------------------------------------------------------------------------------------

KINDS: dict[KindWord, frozenset[Kind]] = {
    KindWord.PARTNERS: frozenset(PARTNER_KINDS),
    KindWord.SISTER: frozenset({Kind.SISTER_CITY}),
    KindWord.FRIENDSHIP: frozenset({Kind.FRIENDSHIP_CITY}),
    KindWord.MOU: frozenset({Kind.MOU}),
    KindWord.PROJECT: frozenset({Kind.PROJECT}),
    KindWord.CONTACT: frozenset({Kind.CONTACT}),
    KindWord.PROSPECTIVE: frozenset({Kind.PROSPECTIVE}),
    KindWord.OTHER: frozenset({Kind.OTHER}),
    KindWord.ALL: frozenset(Kind),
}


def kinds_of(words: Iterable[KindWord]) -> frozenset[Kind]:
    return frozenset(kind for word in words for kind in KINDS[word])


def wanted_kinds(query: Query) -> frozenset[Kind]:
    """The kinds that are asked for: partners where nothing is said, whatever there is with a single partner."""
    if query.records:  # those that are named, whatever they are
        return frozenset(Kind)
    if query.acts.kinds:
        return kinds_of(query.acts.kinds)
    whatever = names_partners(query) or query.acts.fields or query.told is Told.KIND
    return frozenset(Kind) if whatever else frozenset(PARTNER_KINDS)


def names_partners(query: Query) -> bool:
    """Whether the question names the partners themselves, and no country or the like."""
    where = query.partner
    return bool(where.places) and not (where.groups or where.countries or where.regions or where.areas)


def asks_for_disputes(query: Query) -> bool:
    """Whether it is asked what is said of the day of one tie, be it disputed or not."""
    return query.acts.disputed and query.asked is Asked.DATE and names_partners(query)


def has_status(act: Partnership, acts: Acts) -> bool:
    """Whether it stands as is asked; what was ended and paused need not stand any more."""
    if acts.replaced:
        return act.replaced
    if acts.any_status or (acts.event in _OVER and not acts.statuses):
        return not (act.replaced and acts.event is Event.ENDED)
    if acts.statuses:
        return act.status in acts.statuses and not (act.status is Status.ENDED and act.replaced)
    return act.in_force


_OVER = (Event.ENDED, Event.PAUSED, Event.RESUMED)
_STEPS = {Event.ENDED: Status.ENDED, Event.PAUSED: Status.PAUSED, Event.PROPOSED: Status.PROPOSED}


def event_of(act: Partnership, event: Event) -> PartialDate | None:
    """When it happened to an agreement, as far as it is recorded."""
    if event is Event.SIGNED:
        return act.signed
    if event is Event.EXPIRES:
        return act.expires_on
    if event is Event.REVIEW:
        return act.review_on
    step = step_of(act, event)
    return step.since if step else None


def step_of(act: Partnership, event: Event) -> StatusChange | None:
    """The last step in the life of an agreement that an event stands for."""
    if event is Event.RESUMED:
        pairs = zip(act.history, act.history[1:], strict=False)
        resumed = [
            step for before, step in pairs if before.status is Status.PAUSED and step.status is Status.ACTIVE
        ]
        return resumed[-1] if resumed else None
    return next((s for s in reversed(act.history) if s.status is _STEPS.get(event)), None)


_OPEN = (Asked.DATE, Asked.TEXT)
"""Asked when, or why, something happened that has not: that is said, and not that there is no such tie."""


def has_happened_to(act: Partnership, event: Event) -> bool:
    """Whether an event is on record; every agreement was signed, on whichever day."""
    return event is Event.SIGNED or event_of(act, event) is not None or step_of(act, event) is not None


def act_fits(act: Partnership, query: Query, registry: Registry, kinds: frozenset[Kind]) -> bool:
    """Whether an agreement is of the kinds and fits all that is said of agreements."""
    if query.records:
        return act.record in query.records
    acts = query.acts
    claims = (registry.claims or {}).get(act.id, ())
    return (
        act.kind in kinds
        and act.kind not in kinds_of(acts.without_kinds)
        and has_status(act, acts)
        and (query.asked in _OPEN or has_happened_to(act, acts.event))
        and surely_within(event_of(act, acts.event), acts.within)
        and (acts.outside is None or _surely_outside(event_of(act, acts.event), acts.outside))
        and (acts.undated is None or (act.signed is None) is acts.undated)
        and (acts.age is None or (act.signed is not None and _is_aged(act.signed, acts.age, registry)))
        and (
            not acts.disputed
            or asks_for_disputes(query)
            or bool(disputed(claims))
            or ALSO_GIVEN in (act.note or "")
        )
        and (not acts.fields or _is_called_after(act, query))
        and (not acts.invalid or _was_declared_invalid(act))
        and (not acts.of_three or len(act.parties) >= _THREE)
    )


_THREE = 3


def _was_declared_invalid(act: Partnership) -> bool:
    step = step_of(act, Event.ENDED)
    reason = (step.reason or "").casefold() if step is not None else ""
    return reason == DECLARED_INVALID or "invalid" in reason or "無效" in reason


def _surely_outside(when: PartialDate | None, period: Period) -> bool:
    return when is not None and not perhaps_within(when, period)


def _is_aged(signed: PartialDate, bound: Bound, registry: Registry) -> bool:
    return in_bound(age(signed, registry.today, registry.leap_day_rule), bound)


def undated_beside(links: Iterable[Link], query: Query, registry: Registry) -> list[Link]:
    """Links that fit but for a date which is too vague to say, or not recorded at all; or but for their age."""
    period = query.acts.within
    if period is None and query.acts.age is None:
        return []
    freed = replace(query, acts=replace(query.acts, within=None, age=None))
    kinds = wanted_kinds(query)
    if period is None:
        return [
            link for link in links if link.act.signed is None and act_fits(link.act, freed, registry, kinds)
        ]
    return [
        link
        for link in links
        if act_fits(link.act, freed, registry, kinds)
        and not surely_within(when := event_of(link.act, query.acts.event), period)
        and perhaps_within(when, period)
    ]


def _is_called_after(act: Partnership, query: Query) -> bool:
    """Whether its name tells of one of the fields.

    Without a name it may be so called between two that are named, if it is no sister or friendship city.
    """
    told = (act.named or "").casefold()
    nameless = not told and act.kind not in PARTNER_KINDS and bool(query.partner.places)
    return nameless or any(word.value in query.acts.fields for word in topics().find(told))


# Exchanges -----------------------------------------------------------------------------------------------------


def exchange_fits(exchange: Exchange, met: Met, registry: Registry) -> bool:
    return exchange_fits_but_for_date(exchange, met, registry) and (
        happened_within(exchange, met.within) and (met.outside is None or not _during(exchange, met.outside))
    )


def exchange_fits_but_for_date(exchange: Exchange, met: Met, registry: Registry) -> bool:
    """Whether an exchange is of the sort that is asked for, whenever it was."""
    return (
        (exchange.status in met.statuses if met.statuses else exchange.status is ExchangeStatus.HELD)
        and (
            not met.kinds
            or registry.kind_for_homes(exchange) in met.kinds
            or _signed_by_video(exchange, met.kinds)
        )
        and registry.kind_for_homes(exchange) not in met.without_kinds
        and not _signed_by_video(exchange, met.without_kinds)
        and (met.mode is None or exchange.mode is met.mode)
        and (not met.levels or exchange.level in met.levels)
        and (not (met.topics or met.words) or _is_about(exchange, met))
        and tells(exchange, met.told)
        and (met.people is None or ((n := people_at(exchange)) is not None and in_bound(n, met.people)))
        and (met.marking is None or any(in_bound(n, met.marking) for n in anniversaries_of(exchange)))
        and (met.at is None or any(lies(place, met.at, registry) for place in exchange.places))
    )


_SIGNS = re.compile(r"\bsign(?:ed|s|ing)?\b|簽署|簽訂|簽約|簽定", re.IGNORECASE)
_NOT_YET = re.compile(
    r"\b(?:to|will|before|toward|discuss\w*|talks?|plan\w*|prepar\w*)\b|洽|討論|商議|規劃|預計|將|籌備",
    re.IGNORECASE,
)


def _signed_by_video(exchange: Exchange, kinds: frozenset[ExchangeKind]) -> bool:
    """Whether signings are meant, wherever they were, and something was signed by video: that is logged as a visit."""
    if kinds != {ExchangeKind.SIGNING} or exchange.kind is not ExchangeKind.VIRTUAL_VISIT:
        return False
    titles = [title for title in (exchange.title, exchange.title_zh) if title]
    return any(_SIGNS.search(title) and not _NOT_YET.search(title) for title in titles)


def partners_in(exchange: Exchange, registry: Registry) -> list[Place]:
    """Who took part beside home; everybody where the question is about everywhere."""
    if registry.everywhere:
        return list(exchange.places)
    return [place for place in exchange.places if place.id not in registry.own_ids]


def has_partner(exchange: Exchange, query: Query, registry: Registry) -> bool:
    """Whether somebody took part in it who is asked for as a partner."""
    if query.partner.anywhere:
        return True
    others = partners_in(exchange, registry)
    if len(query.partner.places) > 1 and not query.partner.groups:
        return any(lies(place, query.partner, registry) for place in exchange.places)
    return any(lies(place, query.partner, registry) for place in others)


def is_with_kind(exchange: Exchange, query: Query, registry: Registry, kinds: frozenset[Kind]) -> bool:
    """Whether it was with a partner of such a kind, where a word asks for partners of it and none is named."""
    acts = query.acts
    if not (acts.kinds - {KindWord.PARTNERS} or acts.without_kinds) or query.partner.places:
        return True
    there = {place.id for place in exchange.places}
    tied = {
        link.act.kind
        for link in registry.links()
        if link.partner.id in there
        and has_status(link.act, acts)
        and there & set(registry.holding(link.home).own_ids)
    }
    wanted = not acts.kinds - {KindWord.PARTNERS} or bool(tied & kinds)
    return wanted and not tied & kinds_of(acts.without_kinds)


def happened_within(exchange: Exchange, period: Period | None) -> bool:
    """Whether any of it surely fell in the period; a partial date counts where all that it can mean does."""
    if period is None or surely_within(exchange.date, period):
        return True
    end = exchange.end_date
    return (
        end is not None
        and end.exact() is not None
        and exchange.date.exact() is not None
        and _during(exchange, period)
    )


def _during(exchange: Exchange, period: Period) -> bool:
    first, last = exchange.date.earliest(), (exchange.end_date or exchange.date).latest()
    return (period.last_day is None or first <= period.last_day) and (
        period.first_day is None or last >= period.first_day
    )


_YOUNG = re.compile(r"\b(?:pupils?|students?|girls|boys|children)\b|學生|學童|孩童|兒童")


def _is_about(exchange: Exchange, met: Met) -> bool:
    """Whether it is of one of the fields, or one of the words is in what is told of it."""
    texts = (
        exchange.topic, *exchange.topics, exchange.title, exchange.title_zh, exchange.summary, exchange.item,
    )  # fmt: skip
    told = "\n".join(text for text in texts if text).casefold()
    fields = {*exchange.topics, exchange.kind.value, *(word.value for word in topics().find(told))}
    young = Topic.YOUTH in met.topics and met.kinds <= {ExchangeKind.EDUCATION}  # not the youth football
    if young and _YOUNG.search(told):
        return True
    return bool(met.topics & fields) or any(word.casefold() in told for word in met.words)


# Ties ----------------------------------------------------------------------------------------------------------


def wanted_states(states: frozenset[Contact]) -> frozenset[Contact]:
    """Asked whether a tie is dormant, stale is yes (design §3, reading 7)."""
    return states | {Contact.STALE} if Contact.DORMANT in states else states


def _is_more(link: Link, query: Query) -> bool:
    """Whether a partner is one of those that are left out, by another agreement: a memorandum beside a sister city."""
    left_out = kinds_of(query.acts.without_kinds) & frozenset(PARTNER_KINDS)
    return not names_partners(query) and any(act.in_force and act.kind in left_out for act in link.tie.acts)


def tie_fits(link: Link, query: Query, registry: Registry) -> bool:
    """Whether the tie that a link belongs to fits all that is said of it and of contact; see `unmet_apart`."""
    if query.acts.without_kinds and _is_more(link, query):
        return False
    if query.states or query.without_states:
        quiet = registry.quietness(link)
        state = quiet.state if quiet else None
        if query.states and state not in wanted_states(query.states):
            return False
        if state in wanted_states(query.without_states):
            return False
    if query.met is None and query.unmet is None:
        return True
    exchanges = registry.holding(link.home).exchanges_with(link.partner)
    met = query.met is None or any(exchange_fits(each, query.met, registry) for each in exchanges)
    return met and (
        query.unmet is None or not any(exchange_fits(each, query.unmet, registry) for each in exchanges)
    )


def never_met(link: Link, registry: Registry) -> bool:
    """Whether nothing was ever logged of a tie: it is told apart (design §3, reading 7)."""
    exchanges = registry.holding(link.home).exchanges_with(link.partner)
    return not any(each.status is ExchangeStatus.HELD for each in exchanges)


def day_of(exchange: Exchange) -> date:
    """The last day that an exchange can have been on, by which it is compared (design §3, reading 6)."""
    return (exchange.end_date or exchange.date).latest()
