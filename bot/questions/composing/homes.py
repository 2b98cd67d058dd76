"""Whose ties are meant where a question says it by what the partners are: domestic ones, inherited ones, countries."""

import re
from dataclasses import replace

from bot.domain.places import Place
from bot.questions.conditions import Where
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query, Unit
from bot.questions.vocabulary.lexicon import Lexicon


def of_countries_with_ours(query: Query, lexicon: Lexicon) -> Query:
    """Countries that have ties with that of the offices are those of its cities' partners: "which have most there?"."""
    of_countries = query.per is Per.COUNTRY or query.unit is Unit.COUNTRIES
    ours = {*query.partner.countries}
    alone = query.partner == Where(countries=query.partner.countries) and query.home.assumed
    if not (of_countries and alone and ours and ours <= lexicon.home_countries):
        return query
    return replace(query, home=query.partner, partner=Where()) if query.about is About.TIES else query


def inherited(query: Query, sentence: Sentence, lexicon: Lexicon, home: Place | None) -> Query:
    """Partners that a place has from what it was before are those of that: "what did we get from Kaohsiung County?"."""
    before = query.partner.places[0] if len(query.partner.places) == 1 else None
    known = lexicon.known.get(before.id or 0) if before is not None else None
    own = home.id if query.home.own and home is not None else None
    today = {own, *(ref.id for ref in query.home.places)}
    if known is None or known.place.successor_id is None or known.place.successor_id not in today:
        return query
    of_it = any(
        "in" in sentence.small_before(i) for i, n in sentence.names.items() if before in n.where.places
    )
    if query.about is not About.TIES or not of_it or not sentence.any_of("kind"):
        return query
    asked = Asked.PLACES if query.asked is Asked.TEXT else query.asked
    told = None if query.asked is Asked.TEXT else query.told
    return replace(query, asked=asked, told=told, home=query.partner, partner=Where(), presumed=frozenset())


def weighs_what_became_one(query: Query, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether it is left open which of two was a party of which one became the other: 誰簽的，臺北縣還是新北市.

    Of an agreement that passed from one to the other the register tells one party only.
    """
    if not sentence.has(("logic", "or")):
        return False
    known = [
        place
        for side in (query.home, query.partner)
        for ref in side.places
        if (place := lexicon.known.get(ref.id or 0)) is not None
    ]
    ids = {each.place.id for each in known}
    return any(each.place.successor_id in ids for each in known)


_BOTH_SIDES = re.compile(
    r"\b(?:and|versus|vs|against) (?:all )?(?:of )?(?:the )?(?:others|rest)\b", re.IGNORECASE
)


def has_nobody_left(query: Query, sentence: Sentence) -> bool:
    """Whether a group is asked for beside those that are not in it, which no query holds: 六都跟非六都各有幾個."""
    home, out = query.home, query.home.without
    grouped = bool(home.groups) and query.about is About.TIES
    itself = out is not None and bool({*home.groups} & {*out.groups} or {*home.places} & {*out.places})
    return itself or (grouped and _BOTH_SIDES.search(sentence.text) is not None)


_DOMESTIC = frozenset(("domestic", "國內", "国内", "國內的", "国内的"))


def domestic(query: Query, sentence: Sentence, lexicon: Lexicon, home: Place | None) -> Query:
    """Partners that are called domestic lie in the country of whoever has them: "domestic sister cities"."""
    said = [i for i, name in sentence.names.items() if not name.is_place and sentence.plainly(i) in _DOMESTIC]
    ours = sentence.names[said[0]].where if len(said) == 1 else None
    if ours is None or query.about is not About.TIES or not {*ours.countries} <= lexicon.home_countries:
        return query
    behind = said[0] + 1
    if sentence.chinese and behind < len(sentence.spans) and sentence.plainly(behind) == "的":
        behind += 1
    calls = behind < len(sentence.spans) and bool(sentence.spans[behind].of("kind"))
    of_anybody = (query.home.assumed and query.partner == ours) or (
        query.home == ours and query.partner.anywhere
    )
    if not (calls and of_anybody):
        return query
    own = Where(own=True) if home is not None and query.per is not Per.HOME else ours
    return replace(query, home=own, partner=ours)
