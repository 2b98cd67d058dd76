"""Questions that ask for more than one answer tells: two in one, or what no registry knows of people."""

from bot.questions.conditions import Role
from bot.questions.query import Asked, Query
from bot.questions.sentence import Sentence

_OTHER_ASKS = (("ask", "which"), ("ask", "who"), ("ask", "when"), ("ask", "where"))


def asks_twice(query: Query, sentence: Sentence) -> bool:
    """Whether a number is asked for and then something else, of which only one would be told.

    "How many partners have we, and which was the first?"; or when, and then by whom: 哪一年締盟，是誰簽的.
    """
    counted = sentence.all(("ask", "count"), ("ask", "times"))
    if counted and query.asked is not Asked.STATISTICS:
        ordered = any(i > counted[0] for i in sentence.any_of("order"))
        asks_on = any(i > counted[0] and i not in counted for i in sentence.all(*_OTHER_ASKS))
        if ordered and asks_on:
            return True
    signed_by = query.people is not None and query.people.role in (Role.SIGNATORY, Role.INITIATOR)
    return signed_by and query.asked is Asked.DATE


_OF_AGE = frozenset(("youngest", "oldest", "最年輕", "最年轻", "最老", "最資深", "最資淺"))


def ranks_people(sentence: Sentence) -> bool:
    """Whether people are ranked by what no registry knows: "which partner has the youngest mayor"."""
    ranked = [i for i in sentence.any_of("order") if sentence.plainly(i) in _OF_AGE]
    behind = [sentence.after(i) for i in ranked]
    return any(i is not None and bool(sentence.spans[i].of("people")) for i in behind)
