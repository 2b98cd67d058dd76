"""Answers about anniversaries: which come, of how many years, and when the next one is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.domain.anniversaries import Anniversary, age, milestone, next_anniversary, occurring
from bot.domain.claims import Fact
from bot.domain.dates import FIRST_YEAR, LAST_YEAR, PartialDate
from bot.domain.exchanges import ExchangeStatus
from bot.domain.partnerships import PARTNER_KINDS, Kind
from bot.domain.periods import Period
from bot.questions.answering.anniversary_words import anniversaries_of
from bot.questions.answering.choosing import choose, partners_of
from bot.questions.answering.fitting import in_bound, wanted_kinds
from bot.questions.answering.no_tie import no_such_tie
from bot.questions.answering.telling import (
    SHOWN,
    acts_in,
    disputes,
    exchange_line,
    link_lines,
    nothing,
    of_links,
    told_apart,
)
from bot.questions.answering.understanding import conditions
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, Value, once, sentence
from bot.questions.conditions import KindWord, Turning
from bot.questions.holdings import Link, Registry
from bot.questions.query import About, Per, Query, RankBy, Unit


@dataclass(frozen=True, slots=True)
class Coming:
    """An anniversary of an agreement."""

    link: Link
    anniversary: Anniversary


def coming_anniversaries(query: Query, registry: Registry) -> Answer:
    """The anniversaries that fit, in order; counted where a number is asked for."""
    found, undated = _as_old_as_then(query, registry) or _coming(query, registry)
    kinds = {"number": AnswerKind.NUMBER, "records": AnswerKind.RECORDS}
    kind = kinds.get(query.asked.value, AnswerKind.PLACES)
    if query.unit is Unit.YEARS:  # how old it is then
        kind = AnswerKind.NUMBER
    beside = [*_of_friendship(query, registry), *_of_memoranda(query, registry)]
    if undated and not query.partner.is_one_place:
        beside.append(sentence("undated_left_out", n=len(partners_of(undated))))
    if not found:
        empty = sentence("no_anniversary", conditions=conditions(query, registry.names))
        if kind is AnswerKind.NUMBER and query.unit is not Unit.YEARS:
            return of_links(Outcome.ANSWERED, kind, [], empty, *beside, value=0)
        return nothing(kind, empty, *beside)
    links = [c.link for c in found]
    lines = _lines(found, registry)
    statements = [sentence("anniversaries_are", lines, n=len(lines)), *beside]
    limit = query.rank.limit if _is_next(query) and query.rank else None
    if limit is not None and len(lines) > limit and found[-1].anniversary.occurrence.month is None:
        statements.append(sentence("next_not_told_apart"))
    chosen = replace(
        choose(query, registry), districts=(), undated=(), memoranda=(), friendship=(), links=links
    )
    return of_links(
        Outcome.ANSWERED, kind, links, *statements, *told_apart(chosen, query, registry),
        value=_number(query, found) if kind is AnswerKind.NUMBER else _the_next(query, found),
        places=once(link.home for link in links) if query.per is Per.HOME else partners_of(links),
    )  # fmt: skip


def _lines(found: Sequence[Coming], registry: Registry) -> list[Statement]:
    """A line for each anniversary, with all partners of an agreement of several."""
    together: dict[tuple[int, int, int], list[Coming]] = {}
    for each in found:
        key = (each.link.act.id, each.link.home.id, each.anniversary.years)
        together.setdefault(key, []).append(each)
    return [
        sentence(
            "anniversary_line", partner=[each.link.partner for each in same], home=c.link.home,
            record=c.link.act.record, years=c.anniversary.years, date=c.anniversary.occurrence,
            kind=c.link.act.kind, milestone=c.anniversary.milestone, with_home=len(registry.homes) > 1,
        )
        for same in together.values()
        for c in same[:1]
    ]  # fmt: skip


def _of_friendship(query: Query, registry: Registry) -> list[Statement]:
    """Those of friendship cities, where sister cities were asked for by that word (design §3, reading 1)."""
    if query.acts.kinds != {KindWord.SISTER}:
        return []
    alike = replace(query, acts=replace(query.acts, kinds=frozenset({KindWord.FRIENDSHIP})))
    lines = _lines(_coming(alike, registry)[0], registry)
    return [sentence("friendship_apart", lines, n=len(lines))] if lines else []


def _of_memoranda(query: Query, registry: Registry) -> list[Statement]:
    """Those of memoranda, which count with no partner: one by one, where no kind of tie was asked for by a word."""
    kinds, turning = query.acts.kinds, query.turning
    told_apart_by_time = turning is not None and (turning.within is not None or turning.years is not None)
    if not kinds <= {KindWord.PARTNERS} or Kind.MOU in wanted_kinds(query) or query.rank is not None:
        return []
    if not told_apart_by_time or query.unit is Unit.YEARS:
        return []
    alike = replace(query, acts=replace(query.acts, kinds=frozenset({KindWord.MOU})))
    lines = _lines(_coming(alike, registry)[0], registry)
    if kinds or len(lines) > SHOWN:
        return [sentence("and_memoranda", n=len(lines))] if lines else []
    return [sentence("memoranda_apart", lines, n=len(lines))] if lines else []


def _as_old_as_then(query: Query, registry: Registry) -> tuple[list[Coming], list[Link]] | None:
    """The last anniversaries up to the end of a period in which there is none, where it is asked how old a tie is then.

    None where there is one in it, and where something else is asked.
    """
    end = query.turning.within.last_day if query.turning and query.turning.within else None
    if query.unit is not Unit.YEARS or end is None or _coming(query, registry)[0]:
        return None
    links = choose(query, registry).links
    then = [
        (link, link.act.signed, years)
        for link in links
        if link.act.signed is not None and (years := age(link.act.signed, end, registry.leap_day_rule)) > 0
    ]
    found = [
        Coming(link, occurring(signed, signed.year + years, registry.leap_day_rule))
        for link, signed, years in then
    ]
    return found, [link for link in links if link.act.signed is None]


def _number(query: Query, found: Sequence[Coming]) -> int:
    """How many partners have an anniversary then; or how old the tie is then, where that is asked."""
    if query.unit is Unit.YEARS:
        return max(c.anniversary.years for c in found)
    if query.about is About.ANNIVERSARIES:
        return len({c.link.act.id for c in found})
    return len(partners_of([c.link for c in found]))


def _the_next(query: Query, found: Sequence[Coming]) -> PartialDate | None:
    """The day of the one anniversary that comes next, where that is what a list of them shows."""
    return found[0].anniversary.occurrence if _is_next(query) and len(found) == 1 else None


def _is_next(query: Query) -> bool:
    return query.rank is not None and query.rank.by is RankBy.NEXT


def date_of_anniversary(query: Query, registry: Registry) -> Answer:
    """When the next anniversary is; as precise as the day of signing."""
    of_that = _is_of_one_number(query.turning) and not _is_next(query)
    query = _at_any_time(query) if of_that else query
    found, undated = _coming(query, registry)
    if not found:
        if undated:
            return of_links(
                Outcome.NO_RECORD, AnswerKind.DATE, undated,
                *map(_undated, undated[:5]),
            )  # fmt: skip
        if query.turning is not None and choose(replace(query, turning=None), registry).links:
            return nothing(
                AnswerKind.DATE, sentence("no_anniversary", conditions=conditions(query, registry.names))
            )
        return no_such_tie(query, registry, AnswerKind.DATE)
    if not query.acts.kinds:  # of a partner with a memorandum, too, the partnership is meant
        found = [c for c in found if c.link.act.kind in PARTNER_KINDS] or found
    first = found[0]
    same = [c for c in found if c.anniversary.occurrence == first.anniversary.occurrence]
    left_out = [sentence("undated_left_out", n=len(partners_of(undated)))] if undated else []
    sooner = [] if of_that else _perhaps_sooner(same, query, registry)
    value: Value = first.anniversary.occurrence
    return of_links(
        Outcome.ANSWERED, AnswerKind.DATE, [c.link for c in same],
        *(_dated(each, of_that=of_that) for each in same),
        *(_kept(same, registry) if of_that else ()),
        *([sentence("perhaps_sooner", _lines(sooner, registry))] if sooner else ()),
        *(left_out if not (of_that or query.partner.is_one_place) else ()),
        *disputes([each.link.act for each in same], registry, (Fact.SIGNED, Fact.ANNIVERSARY)),
        value=value, places=partners_of([c.link for c in same]) if len(same) > 1 or query.partner.anywhere else (),
    )  # fmt: skip


def _perhaps_sooner(same: Sequence[Coming], query: Query, registry: Registry) -> list[Coming]:
    """Those of which no more than the year or month is known and which may come before the next that is certain."""
    day = same[0].anniversary.occurrence
    if query.rank is not None and query.rank.position is not None:
        return []
    all_of_them, _ = _coming(replace(query, rank=None, limit=None), registry)
    if not query.acts.kinds:
        all_of_them = [c for c in all_of_them if c.link.act.kind in PARTNER_KINDS] or all_of_them
    return [
        c
        for c in all_of_them
        if c.anniversary.occurrence.exact() is None
        and c.anniversary.occurrence != day
        and c.anniversary.occurrence.earliest() < day.latest()
    ]


def _dated(coming: Coming, *, of_that: bool) -> Statement:
    """When the next anniversary is, or that of so many years that was asked for."""
    each = coming.anniversary
    values: dict[str, Any] = {
        "home": coming.link.home, "partner": coming.link.partner, "n": each.years, "date": each.occurrence,
        "record": coming.link.act.record, "signed": each.origin, "milestone": each.milestone,
    }  # fmt: skip
    return sentence("that_anniversary", **values) if of_that else sentence("next_anniversary", **values)


def _kept(same: Sequence[Coming], registry: Registry) -> list[Statement]:
    """The exchanges that are told to have been for an anniversary, on whatever day they were held."""
    found = {
        each.id: exchange_line(each)
        for c in same
        for each in registry.holding(c.link.home).exchanges_with(c.link.partner)
        if each.status is ExchangeStatus.HELD and c.anniversary.years in anniversaries_of(each)
    }
    return [sentence("kept_for_it", list(found.values()), n=len(found))] if found else []


def _is_of_one_number(turning: Turning | None) -> bool:
    """Whether one anniversary is meant, be it past or to come: the 60th."""
    if turning is None or turning.years is None or turning.within is not None:
        return False
    return turning.years.least is not None and turning.years.least == turning.years.most


def _at_any_time(query: Query) -> Query:
    assert query.turning is not None, "it is of an anniversary"
    ever = Period(PartialDate(FIRST_YEAR), PartialDate(LAST_YEAR))
    return replace(query, turning=replace(query.turning, within=ever))


def _from_today(registry: Registry) -> Period:
    """However far ahead, for the next one of a certain number."""
    return Period(PartialDate.of(registry.today), PartialDate(LAST_YEAR))


def _undated(link: Link) -> Statement:
    return sentence(
        "undated", home=link.home, partner=link.partner, kind=link.act.kind, record=link.act.record
    )


def whether_anniversary(query: Query, registry: Registry) -> Answer:
    """Whether there is such an anniversary; of a single partner with the tie, so that the years can be counted."""
    found, undated = _coming(query, registry)
    if not found and undated:
        of_one = query.partner.is_one_place
        none = sentence("no_anniversary", conditions=conditions(query, registry.names))
        left_out = sentence("undated_left_out", n=len(partners_of(undated)))
        return of_links(
            Outcome.NO_RECORD, AnswerKind.BOOLEAN, undated,
            *(map(_undated, undated[:5]) if of_one else (none, *_of_memoranda(query, registry), left_out)),
        )  # fmt: skip
    listed = coming_anniversaries(query, registry)
    truth = bool(found) is not query.negated
    said = [sentence("yes_tie" if truth else "no_tie_said")]
    if query.partner.is_one_place and (links := choose(query, registry).links):  # from when the years count
        said.append(sentence("ties_are", link_lines(links, registry, query), n=acts_in(links)))
        listed = listed.followed_by(
            *_kept(found, registry),
            *disputes((link.act for link in links), registry, (Fact.SIGNED, Fact.ANNIVERSARY)),
        )
    return replace(listed, outcome=Outcome.ANSWERED, kind=AnswerKind.BOOLEAN, value=truth).preceded_by(*said)


def _coming(query: Query, registry: Registry) -> tuple[list[Coming], list[Link]]:
    """The anniversaries that fit, soonest first, and the ties whose day of signing nobody has written down."""
    turning = query.turning or Turning()
    special = turning.years or turning.milestones or turning.multiple
    within = turning.within or (_from_today(registry) if special and _is_next(query) else None)
    links = choose(query, registry).links
    found = [
        Coming(link, each)
        for link in links
        if link.act.signed is not None
        for each in _anniversaries(link.act.signed, within, registry)
        if in_bound(each.years, turning.years)
        and (not turning.milestones or milestone(each.years))
        and (turning.multiple is None or each.years % turning.multiple == 0)
    ]
    # A year alone says nothing of when in it: it comes after what is known to come.
    found.sort(
        key=lambda c: (
            c.anniversary.occurrence.month is None and within is None,
            c.anniversary.occurrence.latest(),
            c.link.act.id,
        )
    )
    if query.rank is not None and query.rank.position is not None and _is_next(query):
        days = list(dict.fromkeys(c.anniversary.occurrence for c in found))
        that = days[query.rank.position - 1 : query.rank.position]
        found = [c for c in found if c.anniversary.occurrence in that]
    elif query.rank is not None and query.rank.by in (RankBy.NEXT, RankBy.FIRST) and found:
        last = found[min(query.rank.limit or len(found), len(found)) - 1].anniversary.occurrence
        found = [c for c in found if c.anniversary.occurrence <= last]
    if query.limit:
        found = found[: query.limit]
    return found, [link for link in links if link.act.signed is None]


def _anniversaries(origin: PartialDate, within: Period | None, registry: Registry) -> list[Anniversary]:
    """Those that surely fall in the period; without one, the next."""
    if within is None:
        return [next_anniversary(origin, registry.today, registry.leap_day_rule)]
    first = within.first_day or registry.today
    last = within.last_day or date(first.year + 1, first.month, min(first.day, 28))
    found = []
    for year in range(max(first.year, origin.year + 1), last.year + 1):
        each = occurring(origin, year, registry.leap_day_rule)
        if first <= each.occurrence.earliest() and each.occurrence.latest() <= last:
            found.append(each)
    return found
