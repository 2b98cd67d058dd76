"""Answers about exchanges: the last, the next, whether, which, and what one was about."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.dates import PartialDate
from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeStatus
from bot.domain.places import Place
from bot.questions.answering.choosing import whatever_there_is
from bot.questions.answering.fitting import (
    day_of,
    exchange_fits,
    exchange_fits_but_for_date,
    has_partner,
    is_with_kind,
    partners_in,
    perhaps_within,
    wanted_kinds,
)
from bot.questions.answering.no_tie import no_such_tie
from bot.questions.answering.people_counted import people_at
from bot.questions.answering.perhaps_visits import logged_otherwise, perhaps_meant
from bot.questions.answering.record_words import names_somebody, tells_a_number
from bot.questions.answering.statistics import ranked_groups
from bot.questions.answering.telling import attendee_lines, exchange_line, of_exchanges
from bot.questions.answering.understanding import conditions
from bot.questions.answering.venues import venues
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, Value, sentence
from bot.questions.conditions import Event, Met
from bot.questions.holdings import Registry
from bot.questions.lying import lies
from bot.questions.query import Asked, Per, Query, Rank, RankBy, Told, Unit
from bot.questions.reading.signings import VISITS
from bot.questions.vocabulary.exchanges import kinds

SHOWN = 25


def exchanges_of(query: Query, registry: Registry) -> list[Exchange]:
    """Those that fit, oldest first."""
    if query.records:
        return [each for each in registry.exchanges() if each.record in query.records]
    wanted = _met_of(query)
    found = [each for each in registry.exchanges() if exchange_fits(each, wanted, registry)]
    found = [each for each in found if has_partner(each, query, registry)]
    found = found or _called_so(wanted, query, registry)
    return [each for each in found if is_with_kind(each, query, registry, wanted_kinds(query))]


_GATHERINGS = frozenset(
    (ExchangeKind.CONFERENCE, ExchangeKind.CULTURE, ExchangeKind.SPORT, ExchangeKind.EXHIBITION)
)


def _called_so(wanted: Met, query: Query, registry: Registry) -> list[Exchange]:
    """What is logged as another kind than is asked for, and called so in its title: a visit for a forum."""
    one = query.partner.is_one_place and query.asked in (Asked.BOOLEAN, Asked.DATE)
    visits = wanted.kinds <= VISITS and bool(wanted.topics)
    if not (one and wanted.kinds and (visits or wanted.kinds <= _GATHERINGS)):
        return []
    return [
        each
        for each in registry.exchanges()
        if exchange_fits(each, replace(wanted, kinds=frozenset()), registry)
        and has_partner(each, query, registry)
        and (
            wanted.kinds & {word.value for word in kinds().find(f"{each.title} {each.title_zh or ''}")}
            or (visits and ("訪" in (each.title_zh or "") or "visit" in (each.title or "").lower()))
        )
    ]


def _met_of(query: Query) -> Met:
    """What comes next is planned, where nothing else is said."""
    met = query.exchanges
    if query.rank is not None and query.rank.by is RankBy.NEXT and not met.statuses:
        return replace(met, statuses=frozenset({ExchangeStatus.PLANNED}))
    return met


def vague(query: Query, registry: Registry) -> list[Exchange]:
    """Those that fit but for a date which is too unsure to say that it lies in the time asked for."""
    met = query.exchanges
    if met.within is None:
        return []
    return [
        each
        for each in registry.exchanges()
        if exchange_fits_but_for_date(each, met, registry)
        and has_partner(each, query, registry)
        and not exchange_fits(each, met, registry)
        and perhaps_within(each.date, met.within)
    ]


def uncounted_beside(query: Query, registry: Registry) -> list[Statement]:
    """Where so many people are asked for: of how many exchanges, else such, nobody has written down how many came."""
    met = query.exchanges
    if met.people is None:
        return []
    freed = replace(query, exchanges=replace(met, people=None))
    n = sum(people_at(each) is None for each in exchanges_of(freed, registry))
    return [sentence("not_counted_beside", n=n)] if n else []


# When ----------------------------------------------------------------------------------------------------------


def date_of_exchange(query: Query, registry: Registry) -> Answer:
    """The day of the last exchange that fits, or of the first or next where the question says so."""
    found = exchanges_of(query, registry)
    if not found and query.rank is None:  # "the date of the mayor's visit", which is still to come
        found = [each for each in never_held(query, registry) if each.status is ExchangeStatus.PLANNED]
        query = replace(query, rank=Rank(RankBy.NEXT)) if found else query
    if not found:
        return no_exchange(query, registry, AnswerKind.DATE)
    rank = query.rank or Rank(RankBy.LAST)
    chosen = ranked(found, replace(query, rank=rank), registry)
    if not chosen:
        return no_exchange(query, registry, AnswerKind.DATE)
    first = chosen[0]
    key = {RankBy.FIRST: "first_exchange", RankBy.NEXT: "next_exchange"}.get(rank.by, "last_exchange")
    if rank.position is not None:
        key = "nth_last_exchange" if rank.by is RankBy.LAST else "nth_exchange"
    day = (first.end_date if query.acts.event is Event.ENDED else None) or first.date  # when a tour ended
    value: Value = day if len(chosen) == 1 else None
    return of_exchanges(
        Outcome.ANSWERED, AnswerKind.DATE, chosen,
        sentence(
            key, [exchange_line(each) for each in chosen],
            date=day, partners=partners_in(first, registry), n=rank.position,
            conditions=_narrowing(query, registry),
        ),
        *_perhaps_instead(found, chosen, rank),
        *_logged_later(query, chosen, rank, registry),
        value=value,
        places=partners_in(first, registry) if len(chosen) == 1 and query.partner.anywhere else (),
    )  # fmt: skip


def _narrowing(query: Query, registry: Registry) -> list[Statement]:
    """What narrows the exchanges of which one is told to be the last, or the first: "last … · incoming visit"."""
    plain = Query(
        asked=query.asked, about=query.about, exchanges=replace(query.exchanges, statuses=frozenset())
    )
    return conditions(plain, registry.names)


def ranked(found: Sequence[Exchange], query: Query, registry: Registry) -> list[Exchange]:
    """The first of them by the order that is asked for."""
    rank = query.rank
    if rank is None:
        return list(found)
    if rank.by is RankBy.NEXT:
        ordered = [each for each in found if day_of(each) >= registry.today]
    elif rank.by in (RankBy.FIRST, RankBy.LEAST_RECENT):
        ordered = list(found)
    else:
        ordered = sorted(found, key=_newness, reverse=True)
    if rank.position is not None:
        return ordered[rank.position - 1 : rank.position]
    return ordered[: rank.limit]


def _perhaps_instead(found: Sequence[Exchange], chosen: Sequence[Exchange], rank: Rank) -> list[Statement]:
    """Those of a mere year or month that may have been before the first one, or after the last."""
    if rank.position is not None or rank.limit != 1:
        return []
    one, said = chosen[0].date, [each for each in found if each not in chosen and each.date.exact() is None]
    if rank.by is RankBy.FIRST:
        perhaps = [each for each in said if each.date.earliest() < one.earliest()]
    elif rank.by is RankBy.LAST:
        perhaps = [each for each in said if each.date.latest() > (chosen[0].end_date or one).latest()]
    else:
        perhaps = []
    if not perhaps:
        return []
    return [sentence("vague_exchanges", [exchange_line(each) for each in perhaps[:SHOWN]], n=len(perhaps))]


def _logged_later(
    query: Query, chosen: Sequence[Exchange], rank: Rank, registry: Registry
) -> list[Statement]:
    """Beside the last visit, what is newer and may have been one, though it is logged as something else."""
    if rank.by is not RankBy.LAST or rank.position is not None or rank.limit != 1:
        return []
    newer = [each for each in logged_otherwise(query, registry) if _newness(each) > _newness(chosen[-1])]
    return [sentence("logged_otherwise", [exchange_line(each) for each in newer])] if newer else []


def _newness(exchange: Exchange) -> tuple[PartialDate, int]:
    """What is only known to have been in 2013 is not told as later than what was on a day of that year."""
    return exchange.end_date or exchange.date, exchange.id


def no_exchange(query: Query, registry: Registry, kind: AnswerKind) -> Answer:
    """Nothing of that sort is on record; what the tie is, and what there was of another sort."""
    freed = Met()
    others = [
        each
        for each in registry.exchanges()
        if exchange_fits(each, freed, registry) and has_partner(each, query, registry)
    ]
    if query.partner.is_one_place and not others and not whatever_there_is(query, registry):
        return no_such_tie(query, registry, kind)
    statements: list[Statement] = [sentence("no_exchange", conditions=conditions(query, registry.names))]
    elsewhere = logged_otherwise(query, registry) or in_the_year_of_it(query, registry, others)
    other_years = in_other_years(query, registry)
    if elsewhere and query.exchanges.marking:
        statements.append(sentence("in_that_year", [exchange_line(each) for each in elsewhere]))
    elif elsewhere:
        statements.append(sentence("logged_otherwise", [exchange_line(each) for each in elsewhere]))
    elif other_years:
        statements.append(sentence("in_other_years", [exchange_line(each) for each in other_years[:SHOWN]]))
    elif others and not query.partner.anywhere:
        statements.append(sentence("last_of_any", [exchange_line(others[-1])]))
    unheld = never_held(query, registry)
    statements += told_unheld(unheld)
    unsure = vague(query, registry)
    if unsure:
        statements.append(
            sentence("vague_exchanges", [exchange_line(each) for each in unsure[:SHOWN]], n=len(unsure))
        )
    statements += uncounted_beside(query, registry)
    lapsed = _lapsed(query, registry)
    if lapsed:
        statements.append(sentence("planned_before", [exchange_line(each) for each in lapsed[:SHOWN]]))
    shown = lapsed or elsewhere or other_years or others[-1:]
    return of_exchanges(Outcome.NO_RECORD, kind, [*shown, *unheld, *unsure], *statements)


def in_the_year_of_it(query: Query, registry: Registry, others: Sequence[Exchange]) -> list[Exchange]:
    """What there was with a single partner in the year of an anniversary, though not said to be for it."""
    marking = query.exchanges.marking
    if (
        marking is None
        or marking.least is None
        or marking.least != marking.most
        or not query.partner.is_one_place
    ):
        return []
    signed = {link.act.signed.year for link in whatever_there_is(query, registry) if link.act.signed}
    return [each for each in others if each.date.year - marking.least in signed]


def _lapsed(query: Query, registry: Registry) -> list[Exchange]:
    """Where nothing is planned any more, what was planned for days that are past; newest first."""
    met = query.exchanges
    ahead = met.within is not None and met.within.first_day == registry.today and met.within.last is None
    if not ahead or met.statuses != {ExchangeStatus.PLANNED}:
        return []
    found = exchanges_of(replace(query, exchanges=replace(met, within=None)), registry)
    return [each for each in reversed(found) if day_of(each) < registry.today]


def in_other_years(query: Query, registry: Registry) -> list[Exchange]:
    """What there was in the same month or on the same day of other years, where no year was told; newest first."""
    met = query.exchanges
    if (
        not met.yearless
        or met.within is None
        or met.within.first is None
        or met.within.first != met.within.last
    ):
        return []
    asked = met.within.first
    if asked.month is None:
        return []
    freed = replace(query, exchanges=replace(met, within=None, yearless=False))
    return [
        each
        for each in reversed(exchanges_of(freed, registry))
        if each.date.month == asked.month and asked.day in (None, each.date.day)
    ]


def never_held(query: Query, registry: Registry) -> list[Exchange]:
    """What is on record of that sort and was not held: planned, or called off."""
    met = query.exchanges
    if met.statuses or (query.partner.anywhere and met == Met()):
        return []
    called_off = replace(met, statuses=frozenset(ExchangeStatus) - {ExchangeStatus.HELD}, at=None)
    return [
        each
        for each in registry.exchanges()
        if exchange_fits(each, called_off, registry) and has_partner(each, query, registry)
    ]


def told_unheld(unheld: Sequence[Exchange]) -> list[Statement]:
    return [sentence("never_held", [exchange_line(each) for each in unheld[:SHOWN]])] if unheld else []


# Which ---------------------------------------------------------------------------------------------------------


def list_exchanges(query: Query, registry: Registry) -> Answer:
    """The exchanges that fit, newest first; or which of `query.per` has most of them."""
    if query.per is not None and query.rank is not None:
        return ranked_groups(query, registry)
    found = ranked(exchanges_of(query, registry), query, registry)
    if not found and (lapsed := _lapsed(query, registry)):
        before = sentence("planned_before", [exchange_line(each) for each in lapsed[:SHOWN]])
        partners = [place for each in lapsed for place in partners_in(each, registry)]
        return of_exchanges(Outcome.ANSWERED, AnswerKind.RECORDS, lapsed, before, places=partners)
    if not found:
        return no_exchange(query, registry, AnswerKind.RECORDS)
    shown = found if query.rank else list(reversed(found))
    if query.limit:
        shown = shown[: query.limit]
    unsure = vague(query, registry)
    statements = [sentence("exchanges_are", [exchange_line(each) for each in shown], n=len(shown))]
    uncounted = query.unit is Unit.THINGS and not any(map(tells_a_number, shown))
    if uncounted:
        statements.insert(0, sentence("things_uncounted"))
    elif query.unit is Unit.THINGS:
        statements += [
            sentence("things_counted", record=each.record, item=each.item or "", quantity=each.quantity)
            for each in shown
            if each.quantity
        ]
    if unsure:
        statements.append(
            sentence("vague_exchanges", [exchange_line(each) for each in unsure[:SHOWN]], n=len(unsure))
        )
    statements += [*uncounted_beside(query, registry), *perhaps_meant(query, registry)]
    return of_exchanges(
        Outcome.NO_RECORD if uncounted else Outcome.ANSWERED, AnswerKind.RECORDS, shown, *statements,
        value=shown[0].date if query.rank is not None and len(shown) == 1 else None,
        places=[p for each in shown for p in partners_in(each, registry)],
    )  # fmt: skip


def places_of_exchanges(query: Query, registry: Registry) -> Answer:
    """With whom, or, with a rank by number, with whom most."""
    bounded = query.rank is not None or query.having is not None
    if query.per is not None and (bounded or query.per is not Per.PARTNER):
        return ranked_groups(query, registry)
    found = ranked(exchanges_of(query, registry), query, registry)
    if not found:
        return no_exchange(query, registry, AnswerKind.PLACES)
    met = [place for each in found for place in partners_in(each, registry)]
    told = query.partner.anywhere or query.partner.is_one_place  # with the one that is named who else was met
    places = list({p.id: p for p in met if told or lies(p, query.partner, registry)}.values())
    if query.told is Told.VENUE:
        return _where_held(found, places, named=not query.partner.anywhere)
    people = [line for each in reversed(found) for line in attendee_lines(each, registry)]
    nameless = query.told is Told.PERSON and not (people or any(map(names_somebody, found)))
    return of_exchanges(
        Outcome.NO_RECORD if nameless else Outcome.ANSWERED, AnswerKind.PLACES, found,
        *([sentence("nobody_named")] if nameless else ()),
        *([sentence("attended", people[:SHOWN])] if people else ()),
        sentence(
            "exchanges_with", [exchange_line(each) for each in reversed(found[-SHOWN:])],
            places=places, n=len(found),
        ),
        *uncounted_beside(query, registry),
        *perhaps_meant(query, registry),
        places=places,
    )  # fmt: skip


def _where_held(found: Sequence[Exchange], partners: Sequence[Place], *, named: bool) -> Answer:
    """Where these were held, as far as their titles tell: with whom says nothing of where, but where they are named."""
    where, lines = venues(found, partners), [exchange_line(each) for each in reversed(found[-SHOWN:])]
    return of_exchanges(
        Outcome.NO_RECORD if where is None else Outcome.ANSWERED, AnswerKind.PLACES, found,
        *([sentence("not_told_venue")] if where is None else ()),
        sentence("exchanges_are", lines, n=len(found)), places=partners if named else where or (),
    )  # fmt: skip
