"""What an agreement is called, where it is asked what something was about and no exchange is on record."""

from dataclasses import replace

from bot.questions.answering.choosing import whatever_there_is
from bot.questions.answering.one_exchange import tell_of_exchange
from bot.questions.answers import Answer, Outcome, once, sentence
from bot.questions.conditions import Met
from bot.questions.holdings import Registry
from bot.questions.query import Query, Told


def tell_of_exchange_or_act(query: Query, registry: Registry) -> Answer:
    """What exchanges were about; with a place that none was logged with, what the agreements with it are called."""
    found = tell_of_exchange(query, registry)
    of_any = query.told is Told.SUBJECT and query.exchanges == Met() and query.rank is None
    if found.outcome is not Outcome.NO_RECORD or not (of_any and query.partner.is_one_place):
        return found
    acts = {link.act.record: link.act for link in whatever_there_is(query, registry) if link.act.in_force}
    called = {record: act.named for record, act in acts.items() if act.named}
    said = [sentence("act_called", record=record, named=named) for record, named in called.items()]
    return replace(found, records=once((*found.records, *called))).followed_by(*said)
