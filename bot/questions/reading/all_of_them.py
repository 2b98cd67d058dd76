"""Yes or no of all ties: "are all our friendship cities in Japan?" asks if there is no exception, one elsewhere."""

from dataclasses import replace

from bot.domain.partnerships import Status
from bot.questions.conditions import KindWord, Where
from bot.questions.parts.auxiliaries import begins_with_auxiliary
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query

ALL = frozenset(
    ("all", "all of", "every", "都", "都有", "都是", "全", "全都", "全都是", "全部", "全部都", "全部都是", "全是",
     "通通", "皆", "均", "所有", "所有的")
)  # fmt: skip


def of_all_ties(query: Query, sentence: Sentence) -> Query:
    """Where all ties are said to lie somewhere, or to be active: whether there is none that does not, or is not."""
    asks = query.asked is Asked.BOOLEAN or says_whether(sentence)
    kind = next((i for i in sentence.any_of("kind")), None)
    if query.about is not About.TIES or query.compare is not None or not asks or kind is None:
        return query
    if (of_kind := _all_of_a_kind(query, sentence, kind)) is not None:
        return of_kind
    if query.partner.anywhere or query.acts.statuses:
        return _all_active(query, sentence, kind)
    where = query.partner.without or query.partner
    narrowed = where.places or where.groups or where.levels or where.without is not None
    beside = query.partner.without is not None and query.partner != Where(without=where)
    named = next((i for i in sentence.names if sentence.names[i].where == where), None)
    if narrowed or beside or named is None or kind > named or not _says_all(sentence, kind, named):
        return query
    if _says_more(sentence, named):
        return query
    sentence.used.update(i for i in range(named) if sentence.plainly(i) in ALL)
    if query.partner.without is not None:  # 都不在歐洲嗎: whether there is none
        return replace(query, asked=Asked.BOOLEAN, partner=where, negated=not query.negated)
    return of_exceptions(replace(query, partner=Where(without=where)))


def of_exceptions(query: Query) -> Query:
    """Whether there is no tie of the query, which is an exception to what is asked of all."""
    return replace(query, asked=Asked.BOOLEAN, told=None, negated=True, every=True)


def asks_of_all(query: Query) -> bool:
    """Whether a boolean is asked of all ties: if there is no exception."""
    return query.every and query.negated and query.about is About.TIES and not query.partner.places


def of_whom(query: Query) -> Query:
    """The ties of which something is asked, exceptions or not."""
    acts = replace(
        query.acts, outside=None, age=None, undated=None, without_kinds=frozenset(), statuses=frozenset()
    )
    partner = replace(query.partner, without=None)
    return replace(query, acts=acts, partner=partner, every=False, negated=False)


def _all_of_a_kind(query: Query, sentence: Sentence, kind: int) -> Query | None:
    """Whether there is no partner of another kind: "are all our partners in Japan friendship cities?"."""
    last = sentence.any_of("kind")[-1]
    of_all = sentence.spans[kind].has(("kind", "partners")) and last != kind
    wanted = {KindWord(key) for key in sentence.spans[last].of("kind")} - {KindWord.PARTNERS}
    more = query.negated or sentence.any_of("status")
    if more or not of_all or len(wanted) != 1 or not _says_all(sentence, kind, last):
        return None
    sentence.used.update((last, *(i for i in range(last) if sentence.plainly(i) in ALL)))
    acts = replace(query.acts, kinds=frozenset((KindWord.PARTNERS,)), without_kinds=frozenset(wanted))
    return of_exceptions(replace(query, acts=acts))


def _says_more(sentence: Sentence, named: int) -> bool:
    """Whether the place only says of which ties something else is asked: "are all our partners in Japan active?"."""
    behind = [i for i in range(named + 1, len(sentence.spans)) if sentence.means(i)]
    return any(i not in sentence.names and not sentence.spans[i].has(*_SAID_OF_A_TIE) for i in behind)


_SAID_OF_A_TIE = (("ask", "whether"), ("event", "signed"), ("noun", "city"), ("kind", "partners"))


def _all_active(query: Query, sentence: Sentence, kind: int) -> Query:
    """Whether there is none of which it is not confirmed that it is active: 姊妹市都還有效嗎."""
    last = max(sentence.any_of("status"), default=0)
    if query.acts.statuses != _IN_FORCE or query.negated or not _says_all(sentence, kind, last):
        return query
    sentence.used.update(i for i in range(last) if sentence.plainly(i) in ALL)
    acts = replace(query.acts, statuses=frozenset((Status.UNKNOWN, Status.PAUSED)))
    return of_exceptions(replace(query, acts=acts))


_IN_FORCE = frozenset((Status.ACTIVE, Status.UNKNOWN))


def says_whether(sentence: Sentence) -> bool:
    """Whether it is put as a yes or no, though a word in it may ask for a list."""
    if sentence.chinese:
        return sentence.has(("ask", "whether"))  # 是不是全部都是, of which 全部 alone asks for a list
    return begins_with_auxiliary([token.text for token in sentence.tokens])


def _says_all(sentence: Sentence, kind: int, named: int) -> bool:
    """Whether "all" stands before the kind in English, and behind it in Chinese: 姊妹市都在美國嗎."""
    between = range(kind + 1, named) if sentence.chinese else range(kind)
    return any(sentence.plainly(i) in ALL for i in between)
