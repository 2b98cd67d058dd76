"""What is told of one exchange: what it was about, who took part, what was decided."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.exchanges import Exchange
from bot.questions.answering.about_exchanges import SHOWN, exchanges_of, no_exchange, ranked
from bot.questions.answering.fitting import partners_in
from bot.questions.answering.record_words import names_somebody
from bot.questions.answering.telling import attendee_lines, exchange_line, of_exchanges
from bot.questions.answers import Answer, AnswerKind, Outcome, sentence
from bot.questions.holdings import Registry
from bot.questions.query import Query, Rank, RankBy, Told
from bot.questions.reading.signings import VISITS


def tell_of_exchange(query: Query, registry: Registry) -> Answer:
    """What exchanges were about, or who took part: in the last of several, but all who came at a time that is named."""
    found = exchanges_of(query, registry)
    if not found:
        return no_exchange(query, registry, AnswerKind.TEXT)
    if query.told is Told.DECISIONS:
        return _decided(ranked(found, query, registry) or found, registry)
    if query.told is Told.SUBJECT and query.rank is None and len(found) > 1:
        return _subjects(found, registry)
    visits = bool(query.exchanges.kinds) and query.exchanges.kinds <= VISITS and not query.exchanges.levels
    several = query.exchanges.within is not None or visits
    of_a_time = query.told is Told.PERSON and several and query.rank is None
    chosen = (
        found[-SHOWN:]
        if of_a_time
        else ranked(found, query if query.rank else replace(query, rank=Rank(RankBy.LAST)), registry)
    )
    key = {Told.SUBJECT: "subject", Told.PERSON: "took_part", Told.SOURCE: "exchange_source"}.get(
        query.told or Told.OVERVIEW, "exchange_told"
    )
    people = [line for each in chosen for line in attendee_lines(each, registry)]
    nameless = query.told is Told.PERSON and not (people or any(map(names_somebody, chosen)))
    return of_exchanges(
        Outcome.ANSWERED, AnswerKind.TEXT, chosen,
        *([sentence("nobody_named")] if nameless else ()),
        *([sentence("attended", people[:SHOWN])] if people else ()),
        *(sentence(key, [exchange_line(each)], exchange=each) for each in chosen),
        places=[p for each in chosen for p in partners_in(each, registry)],
    )  # fmt: skip


def _subjects(found: Sequence[Exchange], registry: Registry) -> Answer:
    """What each of several exchanges was about, newest first; those of which only the title tells it come last."""
    chosen = list(reversed(found))[:SHOWN]
    untold = [each for each in chosen if not (each.topic or each.summary)]
    told = [each for each in chosen if each not in untold]
    said = [sentence("subject", [exchange_line(each)], exchange=each) for each in told]
    if untold:
        said.append(sentence("subjects_unknown", [exchange_line(each) for each in untold], n=len(untold)))
    return of_exchanges(
        Outcome.ANSWERED, AnswerKind.TEXT, [*told, *untold], *said,
        places=[p for each in (*told, *untold) for p in partners_in(each, registry)],
    )  # fmt: skip


def _decided(found: Sequence[Exchange], registry: Registry) -> Answer:
    """What was decided in each of these of which that is recorded, newest first; of none, the last of them."""
    deciding = [each for each in reversed(found) if registry.decisions.get(each.id)][:SHOWN]
    chosen = deciding or [found[-1]]
    said = [
        sentence(
            "decided", [sentence("decision", decision=one) for one in registry.decisions[each.id]],
            record=each.record,
        )
        for each in deciding
    ]  # fmt: skip
    return of_exchanges(
        Outcome.ANSWERED if said else Outcome.NO_RECORD, AnswerKind.TEXT, chosen,
        *(said or [sentence("nothing_decided")]),
        sentence(
            "exchanges_are" if said or len(found) == 1 else "last_of_them",
            [exchange_line(each) for each in chosen], n=len(chosen) if said else len(found),
        ),
        places=[p for each in chosen for p in partners_in(each, registry)],
    )  # fmt: skip
