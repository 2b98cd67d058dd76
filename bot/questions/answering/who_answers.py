"""From a query and what the registry holds to an answer: who answers what.

    answer(query, registry)

Nothing here reads a database or knows a language.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.dates import PartialDate
from bot.questions.answering.about_exchanges import (
    date_of_exchange,
    list_exchanges,
    places_of_exchanges,
)
from bot.questions.answering.about_people import count_people, list_people, whether_anybody
from bot.questions.answering.about_places import nearer_of, tell_of_places
from bot.questions.answering.anniversary_answers import (
    coming_anniversaries,
    date_of_anniversary,
    whether_anniversary,
)
from bot.questions.answering.celebrated import asks_when_celebrated, when_celebrated
from bot.questions.answering.choosing import choose
from bot.questions.answering.contact_ties import with_contacts
from bot.questions.answering.contents_told import tell_of_exchange_or_act
from bot.questions.answering.district_exchanges import told_of_districts, with_districts_asked_for
from bot.questions.answering.each_dated import asks_each_day, each_day
from bot.questions.answering.exchange_numbers import count_exchanges
from bot.questions.answering.exchange_truths import whether_met
from bot.questions.answering.named_persons import as_far_as_named
from bot.questions.answering.named_without import with_those_without
from bot.questions.answering.no_tie import no_such_tie
from bot.questions.answering.one_tie import tell
from bot.questions.answering.perhaps_visits import perhaps_with_partners
from bot.questions.answering.presumptions import corrections
from bot.questions.answering.replaced_acts import with_replaced
from bot.questions.answering.so_many_acts_tied import whether_so_many
from bot.questions.answering.statistics import number_of_groups, ranked_groups, statistics
from bot.questions.answering.telling import acts_in, link_lines
from bot.questions.answering.tie_dates import date_of_tie, undated
from bot.questions.answering.tie_lists import list_ties, places_of_ties
from bot.questions.answering.tie_numbers import compare_ages, count_ties
from bot.questions.answering.tie_truths import whether_tied
from bot.questions.answering.weighing import compare_numbers
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, once, sentence
from bot.questions.conditions import Comparing, KindWord, Where
from bot.questions.holdings import Registry
from bot.questions.query import About, Asked, Per, Query, RankBy, Unit
from bot.questions.reading.so_many_acts import counts_acts

Answering = Callable[[Query, Registry], Answer]

ANSWERING: Mapping[tuple[About, Asked], Answering] = {
    (About.TIES, Asked.DATE): date_of_tie,
    (About.TIES, Asked.NUMBER): count_ties,
    (About.TIES, Asked.BOOLEAN): whether_tied,
    (About.TIES, Asked.PLACES): places_of_ties,
    (About.TIES, Asked.RECORDS): list_ties,
    (About.TIES, Asked.TEXT): tell,
    (About.EXCHANGES, Asked.DATE): date_of_exchange,
    (About.EXCHANGES, Asked.NUMBER): count_exchanges,
    (About.EXCHANGES, Asked.BOOLEAN): whether_met,
    (About.EXCHANGES, Asked.PLACES): places_of_exchanges,
    (About.EXCHANGES, Asked.RECORDS): list_exchanges,
    (About.EXCHANGES, Asked.TEXT): tell_of_exchange_or_act,
    (About.ANNIVERSARIES, Asked.DATE): date_of_anniversary,
    (About.ANNIVERSARIES, Asked.NUMBER): coming_anniversaries,
    (About.ANNIVERSARIES, Asked.BOOLEAN): whether_anniversary,
    (About.ANNIVERSARIES, Asked.PLACES): coming_anniversaries,
    (About.ANNIVERSARIES, Asked.RECORDS): coming_anniversaries,
    (About.ANNIVERSARIES, Asked.TEXT): coming_anniversaries,
    (About.PEOPLE, Asked.NUMBER): count_people,
    (About.PEOPLE, Asked.BOOLEAN): whether_anybody,
    (About.PEOPLE, Asked.DATE): list_people,
    (About.PEOPLE, Asked.PLACES): list_people,
    (About.PEOPLE, Asked.RECORDS): list_people,
    (About.PEOPLE, Asked.TEXT): list_people,
}


_OF_EXCHANGES = (Unit.EXCHANGES, Unit.PEOPLE)
"""What is counted in exchanges, whatever the question before was about."""


def answer(query: Query, registry: Registry) -> Answer:
    """What the registry has to say to a query, with what the question took for granted put right first."""
    own, registry = registry, with_districts_asked_for(query, registry)
    found = as_far_as_named(_answering(query)(query, registry), query, registry)
    found = told_of_districts(found, query, registry, own)
    found = with_contacts(with_replaced(found, query, registry), query, registry)
    found = with_those_without(found, query, registry).preceded_by(*corrections(query, registry))
    if _of_what_became_another(query, registry):
        found = found.followed_by(sentence("under_its_successor"))
    if not any(each.key == "logged_otherwise" for each in found.statements):
        found = found.followed_by(*perhaps_with_partners(query, registry))
    return replace(found, statements=[_with_cause(each, registry) for each in found.statements])


def _of_what_became_another(query: Query, registry: Registry) -> bool:
    """Whether all ties are told of a place that is now another, under whose name some of its time may stand."""
    gone = [holding for holding in registry.homes if holding.home.successor_id is not None]
    listed = query.asked in (Asked.PLACES, Asked.NUMBER, Asked.RECORDS) and query.about is About.TIES
    return len(gone) == len(registry.homes) == 1 and listed and query.per is None


def _with_cause(statement: Statement, registry: Registry) -> Statement:
    """The statement of a step with the agreement that brought it about, if that is one that the asker may see."""
    step = statement.values.get("step")
    cause = registry.causes.get(step.trigger) if step is not None and step.trigger else None
    return replace(statement, values={**statement.values, "cause": cause}) if cause is not None else statement


def _answering(query: Query) -> Answering:
    if query.about is About.PLACES:
        return tell_of_places
    if query.compare and query.compare.how is Comparing.NUMBERS:
        return compare_numbers
    if query.compare and query.compare.how is Comparing.AGES:
        return compare_ages
    if query.candidate is not None:
        return _is_the_one
    if asks_each_day(query):
        return each_day
    if counts_acts(query):
        return whether_so_many
    if _measures(query):
        return nearer_of
    if asks_when_celebrated(query):
        return when_celebrated
    if query.asked is Asked.STATISTICS:
        return statistics
    if query.asked is Asked.DATE and query.per is Per.YEAR and query.rank is not None:
        return _best_year
    if query.asked in (Asked.NUMBER, Asked.BOOLEAN) and _as_a_list(query):
        return _counted
    if query.asked is Asked.NUMBER and query.about is About.TIES and query.unit in _OF_EXCHANGES:
        return count_exchanges
    if query.turning is not None and query.about is About.TIES and query.asked is not Asked.DATE:
        return ANSWERING[About.ANNIVERSARIES, query.asked]
    return ANSWERING[query.about, query.asked]


def _measures(query: Query) -> bool:
    """Whether several places are named, of which the one is asked for that lies nearer."""
    by = query.rank.by if query.rank is not None and query.rank.position is None else None
    far = by in (RankBy.NEAREST, RankBy.FARTHEST) and not query.acts.kinds
    one = query.home.own or len(query.home.places) == 1
    return far and one and query.asked is Asked.PLACES and len(query.partner.places) > 1


def _as_a_list(query: Query) -> bool:
    """Whether a number or a yes is that of a list: of what homes have in common, or of those that have so many."""
    return query.about in (About.TIES, About.EXCHANGES) and (
        query.compare is not None or query.having is not None
    )


def _counted(query: Query, registry: Registry) -> Answer:
    listed = _answering(replace(query, asked=Asked.PLACES))(replace(query, asked=Asked.PLACES), registry)
    of_countries = query.per is Per.COUNTRY and query.having is not None
    value: int | bool = number_of_groups(query, registry) if of_countries else len(listed.places)
    kind = AnswerKind.NUMBER
    if query.asked is Asked.BOOLEAN:
        value, kind = bool(value) is not query.negated, AnswerKind.BOOLEAN
        if query.compare is None and query.having is not None and (_is_of_one(query) or not listed.places):
            listed = _with_the_number(query, registry, truth=value)
    return replace(listed, outcome=Outcome.ANSWERED, kind=kind, value=value)


def _is_of_one(query: Query) -> bool:
    """Whether so many partners are asked for of one home, which is not itself what is looked for."""
    one = query.home.own or len(query.home.places) == 1
    return one and query.per is Per.HOME and query.about is About.TIES


def _with_the_number(query: Query, registry: Registry, *, truth: bool) -> Answer:
    """Whether there are so many, and how many there are."""
    per = None if _is_of_one(query) else query.per
    asked = replace(query, asked=Asked.PLACES, having=None, per=per)
    return _answering(asked)(asked, registry).preceded_by(sentence("yes_tie" if truth else "no_tie_said"))


def _best_year(query: Query, registry: Registry) -> Answer:
    """In which year there was most of what is asked for; several years are told and none is the value."""
    found = ranked_groups(query, registry)
    year = PartialDate(found.value) if isinstance(found.value, int) else None
    return replace(found, kind=AnswerKind.DATE, value=year)


def _is_the_one(query: Query, registry: Registry) -> Answer:
    """Whether a partner is the one that a list by rank has at its head."""
    assert query.candidate is not None, "only such a query is answered so"
    by_age = query.rank is not None and query.rank.by in (RankBy.FIRST, RankBy.LAST)
    two = len(query.partner.places) > 1
    one = query.candidate
    query = _of_either_kind(query, registry) if two and by_age else query
    for place in (query.partner.places if two else (one,)) if by_age else ():
        alone = replace(query, asked=Asked.PLACES, candidate=None, rank=None, partner=Where(places=(place,)))
        links = choose(alone, registry).links
        if links and not any(link.act.signed for link in links):
            return undated(links, registry)
        if two and not links:  # nothing that it could be older than
            return no_such_tie(alone, registry, AnswerKind.BOOLEAN)
    sole = query.rank is not None and query.rank.by is RankBy.ONLY
    asked = replace(query, asked=Asked.PLACES, candidate=None, rank=None if sole else query.rank)
    listed = _answering(asked)(asked, registry)
    found = {place.id for place in listed.places}
    truth = found == {one.id} if sole or two else one.id in found
    if two and by_age:
        both = choose(replace(asked, rank=None), registry).links
        lines = sentence("ties_are", link_lines(both, registry, query), n=acts_in(both))
        listed = replace(listed, statements=(lines,), records=once(link.act.record for link in both))
    return replace(
        listed, outcome=Outcome.ANSWERED, kind=AnswerKind.BOOLEAN, value=truth is not query.negated
    ).preceded_by(sentence("yes_tie" if truth is not query.negated else "no_tie_said"))


def _of_either_kind(query: Query, registry: Registry) -> Query:
    """The query of both kinds of partners where one is not of the kind that is said: "older as our sister city"."""
    if not query.acts.kinds <= {KindWord.SISTER, KindWord.FRIENDSHIP}:
        return query
    either = replace(query, acts=replace(query.acts, kinds=frozenset({KindWord.PARTNERS})))

    def have(asked: Query) -> bool:
        one = replace(asked, asked=Asked.PLACES, candidate=None, rank=None)
        alone = (replace(one, partner=Where(places=(place,))) for place in query.partner.places)
        return all(choose(each, registry).links for each in alone)

    return either if query.acts.kinds and not have(query) and have(either) else query
