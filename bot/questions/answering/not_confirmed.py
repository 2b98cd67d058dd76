"""What goes with a "no" to "has it ended?": of some ties nobody has confirmed that they are in force."""

from dataclasses import replace

from bot.domain.partnerships import Status
from bot.questions.answering.choosing import choose
from bot.questions.answers import Statement, sentence
from bot.questions.conditions import Event
from bot.questions.holdings import Registry
from bot.questions.query import Query

_OVER = frozenset((Status.ENDED, Status.PAUSED))


def not_confirmed(query: Query, registry: Registry) -> list[Statement]:
    """That nobody has confirmed the ties in question, where it is asked whether one is over and none is on record."""
    acts = query.acts
    if query.negated or not acts.statuses or not acts.statuses <= _OVER:
        return []
    standing = replace(
        acts, statuses=frozenset(), event=Event.SIGNED, within=None, outside=None, invalid=False
    )
    links = choose(replace(query, acts=replace(standing, ended_by=None)), registry).links
    unknown = {link.act.id for link in links if link.act.status is Status.UNKNOWN}
    if not unknown:
        return []
    return [
        sentence("status_unconfirmed")
        if query.partner.is_one_place
        else sentence("unconfirmed_among", n=len(unknown))
    ]
