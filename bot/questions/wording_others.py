"""Questions on others beside those that are named, and on two things at once, of which a query would ask but a part.

They are not understood, and what was understood of them is offered: half of a question has another answer.
"""

import re

from bot.questions.conditions import Comparing
from bot.questions.query import About, Asked, Per, Query, Told
from bot.questions.sentence import Sentence

_OTHER_CITIES = re.compile(
    r"\b(?:other|another|no other|any other)\s+(?:\w+\s+){0,2}(?:cit(?:y|ies)|municipalit(?:y|ies)|count(?:y|ies))\b"
    r"(?=.*\b(?:have|has|had|share)\b)|\b(?:nobody|no one) else\b"
    r"|\b(?:of|with) another (?:\w+\s+)?(?:city|municipality|county)\b"
)
_SHARED_WITH_US = re.compile(r"\bcit(?:y|ies) shares? (?!a |an |any )\w.* with us\b")
_BESIDES_US = re.compile(r"\bmunicipalit\w+ (?:besides|apart from|other than|except) us\b")
_BOTH_KINDS = re.compile(r"既.*[又也]|而且[也]?有|並且[也]?有|并且[也]?有")
_FIRST_OF_TWO = re.compile(r"\bor\b.*\bfirst\b")
_OF_COUNTRIES_WITH_ONE = re.compile(r"只有一[個个座].{0,6}的(?:國家|国家)|次[數数]排名")
_NO_CITIES = re.compile(r"\bnot (?:a )?cit(?:y|ies)\b")
_NTH = re.compile(r"\b\d+(?:st|nd|rd|th) (?:sister|partner|twin|friendship)")
_OUTSIDE = re.compile(r"\boutside (?:of )?\w+")
_SIGNED_AT = re.compile(r"\bsigned (?:at|during) (?:the|our)\b")
_IN_WHICH_STATE = re.compile(r"在哪[一個个]?[個个]?[州省邦縣县]")
_SO_MANY_ITEMS = re.compile(r"合作了?(?:幾|几|多少)項?")
_LIES_THERE = re.compile(r"\W*[^\W有]+在[^\W有姊姐友夥締簽]+[嗎吗]\W*")


def asks_beside(query: Query, sentence: Sentence) -> bool:
    """Whether it asks of more than the query does: of what others have, or of both of two things."""
    if query.about not in (About.TIES, About.EXCHANGES):
        return False
    text = sentence.text.lower()
    return (
        _asks_of_others(query, text)
        or (len(query.acts.kinds) > 1 and _BOTH_KINDS.search(text) is not None)
        or (query.asked is Asked.BOOLEAN and query.rank is None and _FIRST_OF_TWO.search(text) is not None)
        or _OF_COUNTRIES_WITH_ONE.search(text) is not None
        or (not query.partner.levels and _NO_CITIES.search(text) is not None)
        or _of_either_side(query, sentence)
        or _counts_or_places(query, text)
        or (query.told is Told.OVERVIEW and query.rank is not None and not query.partner.places)
    )


def _counts_or_places(query: Query, text: str) -> bool:
    """Whether something else is counted or placed than the query counts or lists: people, items, where one lies."""
    ties, yes_or_no = query.about is About.TIES, query.asked is Asked.BOOLEAN
    return bool(
        (yes_or_no and _NTH.search(text))
        or (not ties and query.partner.without is not None and _OUTSIDE.search(text))
        or (ties and query.met is not None and _SIGNED_AT.search(text))
        or (ties and query.partner.levels and _IN_WHICH_STATE.search(text))
        or (ties and query.asked is Asked.NUMBER and _SO_MANY_ITEMS.search(text))
        or (ties and yes_or_no and query.partner.areas and _LIES_THERE.fullmatch(text))
    )


def _asks_of_others(query: Query, text: str) -> bool:
    """Whether other cities are asked about that have what we have, where the query asks of our ties alone."""
    if query.about is not About.TIES or query.per is Per.HOME:
        return False
    shared = query.compare is not None and query.compare.how is Comparing.COMMON
    if shared and _SHARED_WITH_US.search(text) and len(query.home.places) == 1:
        return True
    ours = query.compare is None and (query.home.own or bool(_BESIDES_US.search(text)))
    return ours and bool(_OTHER_CITIES.search(text) or _BESIDES_US.search(text))


def _of_either_side(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked which of two it was, one of them the home: "did we sign in Prague or in Taipei?"."""
    if query.asked is not Asked.BOOLEAN or sentence.chinese or not query.home.places:
        return False
    for index in sentence.all(("logic", "or")):
        behind = [i for i in range(index + 1, min(index + 3, len(sentence.spans))) if i in sentence.names]
        if behind and sentence.names[behind[0]].where.places == query.home.places:
            return True
    return False
