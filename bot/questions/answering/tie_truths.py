"""Whether there is a tie that fits, and how it stands."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.claims import Fact
from bot.domain.partnerships import Status
from bot.questions.answering.all_of_them_tied import whether_all
from bot.questions.answering.choosing import (
    Chosen,
    choose,
    partners_of,
    whatever_there_is,
)
from bot.questions.answering.each_home_tied import each_home_tied
from bot.questions.answering.each_part import asks_each_part, tied_in_each
from bot.questions.answering.ended_by import how_they_ended, whether_ended_by
from bot.questions.answering.no_tie import memoranda_signed, signings_then, what_there_is
from bot.questions.answering.not_confirmed import not_confirmed
from bot.questions.answering.telling import SHOWN, acts_in, disputes, link_lines, of_links, told_apart
from bot.questions.answering.tie_dates import undated as tie_without_date
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, once, sentence
from bot.questions.conditions import Event
from bot.questions.holdings import Link, Registry
from bot.questions.query import Query
from bot.questions.reading.all_of_them import asks_of_all
from bot.questions.reading.each_home import asks_each_home


def whether_tied(query: Query, registry: Registry) -> Answer:
    """Whether there is a tie that fits. Of a state, an agreement without a record says neither yes nor no."""
    if asks_of_all(query):
        return whether_all(query, registry)
    if asks_each_home(query):
        return each_home_tied(query, registry)
    if asks_each_part(query):
        return tied_in_each(query, registry)
    if query.every and query.partner.places:
        return _each_tied(query, registry)
    chosen = choose(query, registry)
    if not chosen.links:  # "are there any that we have not met since 2020?": also those whom we never met
        chosen = replace(chosen, links=chosen.unrecorded, unrecorded=())
    links = list(chosen.links)
    if not links and query.states and (unknown := _unmeasured(query, registry)):
        return of_links(
            Outcome.NO_RECORD, AnswerKind.BOOLEAN, unknown,
            *(sentence("never_logged", home=x.home, partner=x.partner, record=x.act.record) for x in unknown[:3]),
        )  # fmt: skip
    if not links and (undated := _undatable(query, registry)):
        return replace(tie_without_date(undated, registry), kind=AnswerKind.BOOLEAN)
    if not links and (signed := signings_then(query, registry)):  # so that "no" would be too much
        return of_links(Outcome.NO_RECORD, AnswerKind.BOOLEAN, [], *what_there_is(query, registry), *signed)
    if not links and (memoranda := memoranda_signed(query, registry)):
        told = [each for each in what_there_is(query, registry) if each.key != "but_exchanges"] + memoranda
        return of_links(Outcome.NO_RECORD, AnswerKind.BOOLEAN, [], *told)
    if not links and (
        query.acts.fields or query.acts.invalid
    ):  # what one is called, why it ended: seldom written
        return of_links(Outcome.NO_RECORD, AnswerKind.BOOLEAN, [], *what_there_is(query, registry))
    if links and query.acts.ended_by is not None:
        return whether_ended_by(links, query, registry)
    return _yes_or_no(chosen, links, query, registry)


def _yes_or_no(chosen: Chosen, links: Sequence[Link], query: Query, registry: Registry) -> Answer:
    """The answer where records say yes or no, with what it rests on."""
    truth = bool(links) is not query.negated
    unsure = not_confirmed(query, registry) if not links else []
    unconfirmed = truth and _is_unconfirmed(links, query)
    no = "no_unconfirmed" if unsure else "no_tie_said"
    said = [sentence(("yes_unconfirmed" if unconfirmed else "yes_tie") if truth else no)]
    if links:
        said += [
            sentence("ties_are", link_lines(links[:SHOWN], registry, query), n=acts_in(links)),
            *stands(links, query, registry),
            *(how_they_ended(links) if query.acts.event is Event.ENDED else ()),
            *([sentence("status_unconfirmed")] if unconfirmed else ()),
        ]
    else:
        said += [*what_there_is(query, registry), *unsure]
    shown = links or [link for link in whatever_there_is(query, registry) if query.partner.is_one_place]
    return of_links(
        Outcome.ANSWERED,
        AnswerKind.BOOLEAN,
        shown,
        *said,
        *disputes((link.act for link in shown if query.partner.is_one_place), registry, _in_question(query)),
        *_beside(chosen, shown, query, registry),
        value=truth,
        places=() if query.partner.is_one_place else partners_of(links),
    )


def _in_question(query: Query) -> tuple[Fact, ...]:
    """On what sources may disagree that bears upon a yes or no."""
    dated = query.acts.any_status or query.acts.within or query.acts.outside or query.acts.age
    facts: tuple[Fact, ...] = (Fact.KIND, Fact.EXISTENCE, Fact.STATUS, Fact.PARTIES)
    facts += (Fact.SIGNED,) if dated else ()  # "was it signed by us?", "was it signed in 2022?"
    return facts + ((Fact.OTHER,) if query.acts.statuses else ())  # a renewal that lapsed


def _is_unconfirmed(links: Sequence[Link], query: Query) -> bool:
    """Whether it is asked if something is in force of which nobody has confirmed it."""
    return (
        bool(links)
        and Status.UNKNOWN in query.acts.statuses
        and all(link.act.status is Status.UNKNOWN for link in links)
    )


def _beside(chosen: Chosen, shown: Sequence[Link], query: Query, registry: Registry) -> list[Statement]:
    """What fits nearly: of one place what is not shown yet, of several also what districts have, where we have none."""
    told = {link.act.id for link in shown}
    memoranda = [link for link in chosen.memoranda if link.act.id not in told]
    districts = chosen.districts if not (chosen.links and query.partner.anywhere) else []
    beside = replace(chosen, memoranda=memoranda, districts=districts)
    return told_apart(beside, query, registry) if chosen.links or not query.partner.is_one_place else []


def _undatable(query: Query, registry: Registry) -> list[Link]:
    """The ties with a single partner that fit but for their date, which nobody has written down."""
    if not query.partner.is_one_place or not (query.acts.within or query.acts.age) or _of_another_day(query):
        return []
    freed = replace(query, acts=replace(query.acts, within=None, age=None))
    links = choose(freed, registry).links
    return list(links) if all(link.act.signed is None for link in links) else []


def _of_another_day(query: Query) -> bool:
    return query.acts.event is not Event.SIGNED


_TRUTHS = ("yes_tie", "yes_unconfirmed", "no_tie_said", "no_unconfirmed")


def _each_tied(query: Query, registry: Registry) -> Answer:
    """Whether there is such a tie with every one of the partners: each is told."""
    alone = [
        whether_tied(replace(query, every=False, partner=replace(query.partner, places=(ref,))), registry)
        for ref in query.partner.places
    ]
    first = alone[0]
    truth = all(each.value is True for each in alone)
    known = all(each.outcome is Outcome.ANSWERED for each in alone)
    return replace(
        first,
        statements=(
            sentence("yes_tie" if truth else "no_tie_said"),
            *(said for each in alone for said in each.statements if said.key not in _TRUTHS),
        ),
        outcome=Outcome.ANSWERED if known else Outcome.NO_RECORD,
        value=truth if known else None,
        places=once(place for each in alone for place in each.places),
        records=once(record for each in alone for record in each.records),
    )


def _unmeasured(query: Query, registry: Registry) -> list[Link]:
    """The ties with a single partner that stand, and of which nothing was ever logged."""
    if not query.partner.is_one_place:
        return []
    freed = replace(query, states=frozenset())
    links = choose(freed, registry).links
    return [link for link in links if link.tie.last is None and link.act.in_force]


def stands(links: Sequence[Link], query: Query, registry: Registry) -> list[Statement]:
    """How quiet the tie is, where that was asked for."""
    if not query.states and not query.without_states:
        return []
    partners = partners_of(links)
    return [
        sentence(
            "stands",
            partner=link.partner,
            quiet=quiet,
            record=link.tie.last.record if link.tie.last else None,
        )
        for link in {each.partner.id: each for each in links}.values()
        if (quiet := registry.quietness(link)) and len(partners) <= 5
    ]
