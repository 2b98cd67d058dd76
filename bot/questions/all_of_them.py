"""Yes or no of all ties: "are all our friendship cities in Japan?" is a no where one is elsewhere."""

from dataclasses import replace

from bot.domain.partnerships import Status
from bot.questions.conditions import Where
from bot.questions.query import About, Asked, Query
from bot.questions.sentence import Sentence

_ALL = frozenset(
    ("all", "all of", "都", "都是", "全", "全都", "全都是", "全部", "全部都", "全是", "通通", "皆", "均")
)


def of_all_ties(query: Query, sentence: Sentence) -> Query:
    """Where all ties are said to lie somewhere, or to be active: whether there is none that does not, or is not."""
    asks = query.asked is Asked.BOOLEAN or _is_whether(sentence)
    kind = next((i for i in sentence.any_of("kind")), None)
    if query.about is not About.TIES or query.compare is not None or not asks or kind is None:
        return query
    if query.partner.anywhere:
        return _all_active(query, sentence, kind)
    where = query.partner.without or query.partner
    narrowed = where.places or where.groups or where.levels or where.without is not None
    beside = query.partner.without is not None and query.partner != Where(without=where)
    named = next((i for i in sentence.names if sentence.names[i].where == where), None)
    if narrowed or beside or named is None or kind > named or not _says_all(sentence, kind, named):
        return query
    sentence.used.update(i for i in range(named) if sentence.plainly(i) in _ALL)
    elsewhere = where if query.partner.without is not None else Where(without=where)
    return replace(query, asked=Asked.BOOLEAN, partner=elsewhere, negated=not query.negated)


def _all_active(query: Query, sentence: Sentence, kind: int) -> Query:
    """Whether there is none of which it is not confirmed that it is active: 姊妹市都還有效嗎."""
    last = max(sentence.any_of("status"), default=0)
    if query.acts.statuses != _IN_FORCE or query.negated or not _says_all(sentence, kind, last):
        return query
    sentence.used.update(i for i in range(last) if sentence.plainly(i) in _ALL)
    acts = replace(query.acts, statuses=frozenset((Status.UNKNOWN, Status.PAUSED)))
    return replace(query, asked=Asked.BOOLEAN, acts=acts, negated=True)


_IN_FORCE = frozenset((Status.ACTIVE, Status.UNKNOWN))


def _is_whether(sentence: Sentence) -> bool:
    return sentence.plainly(0).split()[:1] in (["are"], ["is"], ["do"], ["does"]) and not sentence.chinese


def _says_all(sentence: Sentence, kind: int, named: int) -> bool:
    """Whether "all" stands before the kind in English, and behind it in Chinese: 姊妹市都在美國嗎."""
    between = range(kind + 1, named) if sentence.chinese else range(kind)
    return any(sentence.plainly(i) in _ALL for i in between)
