"""Whether what is asked of all ties is so: no where there is an exception, and unknown where one may be, undated."""

from dataclasses import replace

from bot.questions.answering.choosing import choose, partners_of
from bot.questions.answering.fitting import perhaps_within, surely_within
from bot.questions.answering.no_tie import no_such_tie
from bot.questions.answering.telling import SHOWN, link_lines, of_links
from bot.questions.answers import Answer, AnswerKind, Outcome, sentence
from bot.questions.holdings import Link, Registry
from bot.questions.query import Query
from bot.questions.reading.all_of_them import of_whom


def whether_all(query: Query, registry: Registry) -> Answer:
    """Whether there is no exception; those that may be one, as nobody wrote down their day, are told."""
    freed = of_whom(query)
    every = choose(freed, registry).links
    if not every:
        return no_such_tie(freed, registry, AnswerKind.BOOLEAN)
    other = choose(replace(query, every=False, negated=False), registry).links
    by_day = query.acts.outside is not None or query.acts.age is not None
    unsure = [x for x in every if x not in other and _is_open(x, query)] if by_day else []
    told = [sentence("no_tie_said")] if other else [] if unsure else [sentence("yes_tie")]
    if other:
        told.append(sentence("not_so", link_lines(other[:SHOWN], registry, query), n=len(other)))
    elif not unsure:
        told.append(sentence("no_exception"))
    elif len(every) > len(unsure):
        told.append(sentence("no_exception_dated", dated=len(every) - len(unsure)))
    if unsure:
        told.append(
            sentence("undated_apart", link_lines(unsure, registry, query), n=len(partners_of(unsure)))
        )
    known = bool(other) or not unsure
    return of_links(
        Outcome.ANSWERED if known else Outcome.NO_RECORD, AnswerKind.BOOLEAN, other or every, *told,
        value=not other if known else None, places=partners_of(other),
    )  # fmt: skip


def _is_open(link: Link, query: Query) -> bool:
    """Whether a tie that is no exception for sure may be one: without a day, or with one that is too vague."""
    signed, said = link.act.signed, query.acts.outside
    if signed is None or said is None:
        return signed is None
    return perhaps_within(signed, said) and not surely_within(signed, said)
