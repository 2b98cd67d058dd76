"""Where no exchange is found, the ties that are on record as contacts: contact is then not denied."""

from dataclasses import replace

from bot.domain.partnerships import Kind
from bot.questions.answering.fitting import act_fits
from bot.questions.answering.telling import link_lines
from bot.questions.answers import Answer, AnswerKind, Outcome, once, sentence
from bot.questions.conditions import Acts, KindWord, Met
from bot.questions.holdings import Registry
from bot.questions.lying import lies
from bot.questions.query import About, Query


def with_contacts(found: Answer, query: Query, registry: Registry) -> Answer:
    """The answer that no exchange is on record, with the ties that are on record as contacts.

    Whether there is a contact is then not denied.
    """
    none = found.value is False or found.outcome is Outcome.NO_RECORD
    plain = query.exchanges == Met() and not query.partner.anywhere and query.rank is None
    if query.about is not About.EXCHANGES or not none or not plain:
        return found
    asked = replace(query, about=About.TIES, acts=Acts(kinds=frozenset({KindWord.CONTACT})))
    links = [
        link
        for link in registry.links()
        if lies(link.partner, query.partner, registry)
        and act_fits(link.act, asked, registry, frozenset({Kind.CONTACT}))
    ]
    if not links:
        return found
    told = sentence("looser_apart", link_lines(links, registry, asked), n=len(links))
    truth = found.kind is AnswerKind.BOOLEAN
    return replace(
        found.followed_by(told),
        outcome=Outcome.NO_RECORD,
        value=None if truth else found.value,
        records=once((*found.records, *(link.act.record for link in links))),
    )
