"""Answers about exchanges in numbers: how many, how many people, how long ago the last one was."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.exchanges import Exchange
from bot.questions.answering.about_exchanges import (
    SHOWN,
    exchanges_of,
    in_other_years,
    never_held,
    no_exchange,
    ranked,
    told_unheld,
    uncounted_beside,
    vague,
)
from bot.questions.answering.choosing import days_since
from bot.questions.answering.fitting import day_of, partners_in
from bot.questions.answering.people_counted import told_in_title
from bot.questions.answering.perhaps_visits import logged_otherwise, perhaps_beside
from bot.questions.answering.telling import exchange_line, of_exchanges
from bot.questions.answering.understanding import conditions
from bot.questions.answers import Answer, AnswerKind, Outcome, sentence
from bot.questions.holdings import Registry
from bot.questions.query import Query, Rank, RankBy, Unit
from bot.questions.reading.signings import VISITS


def count_exchanges(query: Query, registry: Registry) -> Answer:
    """How many exchanges, people in them, or partners; or how long ago the last one was."""
    found = exchanges_of(query, registry)
    if query.unit is Unit.DAYS_SINCE:
        return _days(found, query, registry)
    if query.unit is Unit.PEOPLE and not found:
        found = _of_delegations(query, registry)
    if not found and (query.unit is Unit.PEOPLE or in_other_years(query, registry)):
        return no_exchange(query, registry, AnswerKind.NUMBER)
    if not found and logged_otherwise(query, registry):  # which may be meant, so that "0" would be too much
        return no_exchange(query, registry, AnswerKind.NUMBER)
    partners = {p.id for each in found for p in partners_in(each, registry)}
    heads = _heads(found)
    people, uncounted = sum(number or 0 for number in heads), heads.count(None)
    value = {Unit.PLACES: len(partners), Unit.PEOPLE: people}.get(query.unit or Unit.EXCHANGES, len(found))
    unit = query.unit if query.unit in (Unit.PLACES, Unit.PEOPLE) else Unit.EXCHANGES
    unsure = vague(query, registry)
    unknown = unit is Unit.PEOPLE and bool(found) and uncounted == len(found)  # nobody has counted them
    key = "people_uncounted" if unknown else f"count_of_{unit.value}"
    statements = [
        sentence(
            key, [exchange_line(each) for each in reversed(found[-SHOWN:])],
            n=value, conditions=conditions(query, registry.names), exchanges=len(found),
        )
    ]  # fmt: skip
    if unit is Unit.PEOPLE and uncounted and not unknown:
        statements.append(sentence("not_counted_in", n=uncounted))
    statements += [*uncounted_beside(query, registry), *perhaps_beside(query, found, registry)]
    if unsure:
        statements.append(
            sentence("vague_exchanges", [exchange_line(each) for each in unsure[:SHOWN]], n=len(unsure))
        )
    unheld = [] if found else never_held(query, registry)
    statements += told_unheld(unheld)
    return of_exchanges(
        Outcome.NO_RECORD if unknown else Outcome.ANSWERED, AnswerKind.NUMBER,
        [*found, *unsure, *unheld], *statements,
        value=None if unknown else value,
    )  # fmt: skip


def _of_delegations(query: Query, registry: Registry) -> list[Exchange]:
    """Where no visit is on record, what a delegation came for, as its title says: 簽署協定，派 16 人代表團."""
    if not query.exchanges.kinds or not query.exchanges.kinds <= VISITS:
        return []
    freed = replace(query, exchanges=replace(query.exchanges, kinds=frozenset()))
    return [each for each in exchanges_of(freed, registry) if "代表團" in (each.title_zh or "")]


def _heads(found: Sequence[Exchange]) -> list[int | None]:
    """How many people there were: as logged, else as the titles say if each of them does: 拉當派 16 人代表團."""
    logged = [each.people for each in found]
    told = [told_in_title(each) for each in found]
    return logged if any(logged) or None in told else told


def _days(found: Sequence[Exchange], query: Query, registry: Registry) -> Answer:
    chosen = ranked(found, query if query.rank else replace(query, rank=Rank(RankBy.LAST)), registry)
    if not chosen:
        return no_exchange(query, registry, AnswerKind.NUMBER)
    day = chosen[0].date
    days = abs(days_since(day_of(chosen[0]), registry.today))
    ahead = day_of(chosen[0]) > registry.today
    return of_exchanges(
        Outcome.ANSWERED, AnswerKind.DATE, chosen,
        sentence(
            "days_until" if ahead else "days_since_exchange", [exchange_line(chosen[0])], n=days, date=day
        ),
        value=day,
    )  # fmt: skip
