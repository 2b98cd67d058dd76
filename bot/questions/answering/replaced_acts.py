"""Agreements that ended as a later one took their place, which are told where ended ones are asked for."""

from dataclasses import replace

from bot.domain.partnerships import Status
from bot.questions.answering.choosing import choose
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, once, sentence
from bot.questions.conditions import Event, KindWord, Role
from bot.questions.holdings import Link, Registry
from bot.questions.query import About, Asked, Query, Told

_ASKED = (Asked.PLACES, Asked.RECORDS, Asked.NUMBER, Asked.BOOLEAN)
_LOOSE = ({KindWord.PARTNERS}, set[KindWord]())


def with_replaced(found: Answer, query: Query, registry: Registry) -> Answer:
    """The answer with those of the ended agreements that are left out of it as another replaced them.

    Where such a one is all that fits, neither yes nor no is said to whether one ended.
    """
    links = _replaced(query, registry)
    if not links:
        return found
    told = {_key(each) for each in found.statements}
    said = [each for each in map(_said, links) if _key(each) not in told]
    if query.told is Told.REASON or _asks_who_ended(query):
        unfound = found.outcome is Outcome.NO_RECORD
        records = once(link.act.record for link in links)
        return replace(found, statements=said, records=records) if unfound else found.followed_by(*said)
    fits = {link.act.id for link in choose(_asking_for_replaced(query), registry).links}
    if found.kind is AnswerKind.BOOLEAN and found.value is query.negated and fits:
        rest = [each for each in found.statements if each.key not in _NO]
        return replace(
            found, outcome=Outcome.NO_RECORD, value=None, statements=(*rest, *said),
            records=once((*found.records, *(link.act.record for link in links))),
        )  # fmt: skip
    return found.followed_by(*said)


def _asks_who_ended(query: Query) -> bool:
    return query.people is not None and query.people.role is Role.ENDER and query.asked is Asked.TEXT


_NO = ("no_tie_said", "no_unconfirmed", "yes_tie", "none_such")


def _key(statement: Statement) -> tuple[str, object]:
    return statement.key, statement.values.get("record")


def _said(link: Link) -> Statement:
    act = link.act
    return sentence(
        "was_replaced", record=act.record, step=act.ended, partner=link.partner, home=link.home,
        later=act.superseded_by, kind=act.kind, signed=act.signed,
    )  # fmt: skip


def _asking_for_replaced(query: Query) -> Query:
    acts = replace(query.acts, replaced=True, statuses=frozenset(), any_status=False)
    if (
        query.asked is Asked.BOOLEAN and query.partner.is_one_place
    ):  # a year may say which: "our 2001 memorandum"
        acts = replace(acts, within=None)
    return replace(query, asked=Asked.PLACES, acts=acts, rank=None, per=None, having=None, limit=None)


def _replaced(query: Query, registry: Registry) -> list[Link]:
    """Those that would fit but for having been replaced, of any kind where none but partners is asked for."""
    acts = query.acts
    why = query.told is Told.REASON or _asks_who_ended(query)
    ended = acts.event is Event.ENDED or Status.ENDED in acts.statuses
    if query.about is not About.TIES or not (query.asked in _ASKED or why) or not ended or acts.replaced:
        return []
    if query.compare is not None or query.candidate is not None or query.records:
        return []
    wider = _asking_for_replaced(query)
    if acts.kinds in _LOOSE and not query.acts.without_kinds:
        wider = replace(wider, acts=replace(wider.acts, kinds=frozenset({KindWord.ALL})))
    return list({link.act.id: link for link in choose(wider, registry).links}.values())
