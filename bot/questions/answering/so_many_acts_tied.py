"""Whether there are so many agreements, and which they are."""

from dataclasses import replace

from bot.questions.answering.choosing import choose, partners_of
from bot.questions.answering.fitting import in_bound
from bot.questions.answering.no_tie import no_such_tie
from bot.questions.answering.telling import link_lines, of_links
from bot.questions.answers import Answer, AnswerKind, Outcome, sentence
from bot.questions.holdings import Registry
from bot.questions.query import Query


def whether_so_many(query: Query, registry: Registry) -> Answer:
    """Whether the number of agreements is within the bound; all that fit are told."""
    freed = replace(query, having=None, per=None, unit=None)
    links = choose(freed, registry).links
    if not links:
        return no_such_tie(freed, registry, AnswerKind.BOOLEAN)
    number = len({link.act.id for link in links})
    truth = in_bound(number, query.having) is not query.negated
    return of_links(
        Outcome.ANSWERED, AnswerKind.BOOLEAN, links,
        sentence("yes_tie" if truth else "no_tie_said"),
        sentence("ties_are", link_lines(links, registry, query), n=number),
        value=truth, places=partners_of(links),
    )  # fmt: skip
