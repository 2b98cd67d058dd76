"""When an anniversary was celebrated: as it is on record, and only else the day on which it fell."""

from dataclasses import replace

from bot.questions.answering.about_exchanges import date_of_exchange
from bot.questions.answering.anniversary_answers import date_of_anniversary
from bot.questions.answering.understanding import conditions
from bot.questions.answers import Answer, AnswerKind, Outcome, sentence
from bot.questions.conditions import Met, Turning
from bot.questions.holdings import Registry
from bot.questions.query import About, Asked, Query


def asks_when_celebrated(query: Query) -> bool:
    """Whether it is asked when one anniversary, of so many years, was celebrated."""
    marking = query.exchanges.marking
    one = marking is not None and marking.least is not None and marking.least == marking.most
    return one and query.about is About.EXCHANGES and query.asked is Asked.DATE


def when_celebrated(query: Query, registry: Registry) -> Answer:
    """The day of what was held for it; where nothing is on record that there is not, with the day on which it fell."""
    found = date_of_exchange(query, registry)
    turning = Turning(years=query.exchanges.marking)
    fell = date_of_anniversary(
        replace(query, about=About.ANNIVERSARIES, exchanges=Met(), turning=turning), registry
    )
    if found.outcome is Outcome.ANSWERED:
        return found
    if fell.outcome is not Outcome.ANSWERED:
        return found
    none = sentence("no_exchange", conditions=conditions(query, registry.names))
    return replace(fell, outcome=Outcome.NO_RECORD, kind=AnswerKind.DATE, value=None).preceded_by(none)
