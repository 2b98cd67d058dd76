"""Cities abroad that are asked for by how many partners they have in the offices' country."""

from dataclasses import replace

from bot.questions.conditions import Where
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Per, Query
from bot.questions.vocabulary.lexicon import Lexicon


def seen_from_abroad(query: Query, sentence: Sentence, lexicon: Lexicon) -> Query:
    """The ties of cities abroad with ours where those are counted or listed: 哪些外國城市跟兩個以上的縣市締盟."""
    ours = Where(countries=tuple(sorted(lexicon.home_countries)))
    counted = query.about is About.TIES and query.per is Per.HOME and query.having is not None
    if not counted or not ours.countries or not _asks_for_cities_abroad(sentence):
        return query
    if query.home.places or query.home.groups or not _is_here_or_anywhere(query.partner, ours):
        return query
    return replace(query, home=Where(without=ours), partner=ours)


def _is_here_or_anywhere(partner: Where, ours: Where) -> bool:
    """Whether nothing narrower is said of the partners than that they are ours; or not, as foreign cities have none."""
    return replace(partner, without=None, levels=()).anywhere or partner == ours


def _asks_for_cities_abroad(sentence: Sentence) -> bool:
    """Whether cities abroad are what is asked for, at the end or behind the word that asks."""
    for at in sentence.all(("logic", "abroad")):
        city = at + 1
        if city >= len(sentence.spans) or not sentence.spans[city].has(("noun", "city")):
            continue
        ends = sentence.after(city) is None
        if ends or (at and sentence.spans[at - 1].has(("ask", "which"), ("ask", "count"))):
            return True
    return False
