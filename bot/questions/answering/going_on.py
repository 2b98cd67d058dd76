"""What somebody who has an answer asks next: the same question with one thing of it changed."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from bot.questions.answers import Answer
from bot.questions.conditions import KindWord
from bot.questions.query import About, Asked, Query


class Next(StrEnum):
    """What is asked next."""

    SAME = "same"
    """The same once more: by somebody else, who may see other records."""
    LIST = "list"
    """Which ones, after how many."""
    FRIENDSHIP = "friendship"
    MEMORANDA = "memoranda"


_TOLD_APART = {
    "friendship_apart": Next.FRIENDSHIP,
    "friendship_beside": Next.FRIENDSHIP,
    "and_memoranda": Next.MEMORANDA,
}
_KINDS: Mapping[Next, KindWord] = {Next.FRIENDSHIP: KindWord.FRIENDSHIP, Next.MEMORANDA: KindWord.MOU}


def what_next(query: Query, answer: Answer) -> tuple[Next, ...]:
    """What the answer told in passing, and the question did not ask for."""
    told = [_TOLD_APART[each.key] for each in answer.statements if each.key in _TOLD_APART]
    if query.about is not About.TIES or query.compare is not None:
        told = []
    counted = query.asked is Asked.NUMBER and query.about is not About.PEOPLE and query.compare is None
    return (Next.LIST, *told) if counted and answer.value else tuple(told)


def next_query(query: Query, step: Next) -> Query:
    """The question that is asked next."""
    if step is Next.SAME:
        return query
    asked = Asked.RECORDS if query.about is About.EXCHANGES else Asked.PLACES
    listed = replace(query, asked=asked, unit=None, per=None, having=None, rank=None)
    if step is Next.LIST:
        return listed
    acts = replace(query.acts, kinds=frozenset({_KINDS[step]}), without_kinds=frozenset())
    return replace(listed, acts=acts)
