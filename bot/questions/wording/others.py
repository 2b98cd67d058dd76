"""Questions on others beside those that are named, and on two things at once, of which a query would ask but a part.

They are not understood, and what was understood of them is offered: half of a question has another answer.
"""

import re
from collections.abc import Callable, Sequence

from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query, Told

_HALVES: Sequence[tuple[re.Pattern[str], Callable[[Query], bool]]] = tuple(
    (re.compile(pattern), applies)
    for pattern, applies in (
        # Both of two kinds, which the query takes as either; kinds of places that are no kinds of partners.
        (r"既.*[又也]|而且[也]?有|並且[也]?有|并且[也]?有", lambda q: len(q.acts.kinds) > 1),
        (r"\bnot (?:a )?cit(?:y|ies)\b", lambda q: not q.partner.levels),
        (r"只有一[個个座].{0,6}的(?:國家|国家)|次[數数]排名", lambda q: True),
        # Which of two, or the how manieth, where the query asks whether.
        (r"\bor\b.*\bfirst\b", lambda q: q.asked is Asked.BOOLEAN and q.rank is None),
        (r"\b\d+(?:st|nd|rd|th) (?:sister|partner|twin|friendship)", lambda q: q.asked is Asked.BOOLEAN),
        # With whom of the city: that is told of no tie, only of who signed.
        (r"\b(?:only|just) with (?:the|our) (?:\w+ )?council\b", lambda q: q.about is About.TIES),
        # Where it was, where one lies, and what is counted beside ties.
        (r"\boutside (?:of )?\w+", lambda q: q.about is About.EXCHANGES and q.partner.without is not None),
        (r"\bsigned (?:at|during) (?:the|our)\b", lambda q: q.about is About.TIES and q.met is not None),
        (
            r"在哪[一個个]?[個个]?[州省邦縣县]",
            lambda q: q.about is About.TIES and bool(q.partner.levels),
        ),
        (
            r"^\W*[^\W有]+在[^\W有姊姐友夥締簽]+[嗎吗]\W*$",
            lambda q: q.about is About.TIES and q.asked is Asked.BOOLEAN and bool(q.partner.areas),
        ),
        (r"合作了?(?:幾|几|多少)項?", lambda q: q.about is About.TIES and q.asked is Asked.NUMBER),
    )
)
"""What is said of which the query would ask but a part, and of which queries that is so."""

_OTHER_CITIES = re.compile(
    r"\b(?:other|another|no other|any other)\s+(?:\w+\s+){0,2}(?:cit(?:y|ies)|municipalit(?:y|ies)|count(?:y|ies))\b"
    r"(?=.*\b(?:have|has|had|share)\b)|\b(?:nobody|no one) else\b"
    r"|\b(?:of|with) another (?:\w+\s+)?(?:city|municipality|county)\b"
)


def asks_beside(query: Query, sentence: Sentence) -> bool:
    """Whether it asks of more than the query does: of what others have, or of both of two things."""
    if query.about not in (About.TIES, About.EXCHANGES):
        return False
    text = sentence.text.lower()
    if _asks_nothing(query, sentence):
        return True
    return (
        any(applies(query) and pattern.search(text) for pattern, applies in _HALVES)
        or _asks_of_others(query, text)
        or _of_either_side(query, sentence)
        or (query.told is Told.OVERVIEW and query.rank is not None and not query.partner.places)
    )


_OF_TIES = (
    "kind",
    "event",
    "status",
    "state",
    "anniversary",
    "jubilee",
    "noun",
    "meet",
    "people",
    "kinds",
    "places",
)


def _asks_nothing(query: Query, sentence: Sentence) -> bool:
    """Whether a yes is asked for and nothing is said of what: 都是嗎, to which any tie there is would say yes."""
    of_any = query.about is About.TIES and query.asked is Asked.BOOLEAN and query.partner.anywhere
    named = bool(sentence.names) or any(span.time or span.record for span in sentence.spans)
    own = sentence.has(("small", "own"))
    return of_any and not (named or own or any(sentence.any_of(section) for section in _OF_TIES))


def _asks_of_others(query: Query, text: str) -> bool:
    """Whether other cities are asked about that have what we have, where the query asks of our ties alone."""
    if query.about is not About.TIES or query.per is Per.HOME:
        return False
    return query.compare is None and query.home.own and bool(_OTHER_CITIES.search(text))


def _of_either_side(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked which of two it was, one of them the home: "did we sign in Prague or in Taipei?"."""
    if query.asked is not Asked.BOOLEAN or sentence.chinese or not query.home.places:
        return False
    for index in sentence.all(("logic", "or")):
        behind = [i for i in range(index + 1, min(index + 3, len(sentence.spans))) if i in sentence.names]
        if behind and sentence.names[behind[0]].where.places == query.home.places:
            return True
    return False


_SHARE = re.compile(
    r"(?:^|\b(?:the|what|which|our|a|their|by|is|in) )share of\b|\b(?:proportion|percentage|percent|fraction)\b"
    r"|比例|比率|百分比|占比|[占佔].{0,12}(?:[几幾多]成|百分之)"
)


def asks_for_a_share(sentence: Sentence) -> bool:
    """Whether it is asked how large a part of all some are, which is not worked out: "share of American cities"."""
    return _SHARE.search(sentence.plain) is not None
