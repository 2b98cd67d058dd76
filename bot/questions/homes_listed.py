"""Cities to be listed by the ties that they have, and not the partners themselves: 列出和烏克蘭締盟的德國城市."""

from dataclasses import replace

from bot.questions.query import About, Asked, Per, Query
from bot.questions.sentence import Sentence


def homes_listed(query: Query, sentence: Sentence) -> Query:
    """The homes, where a list of them is what the sentence ends with."""
    home = query.home
    listed = query.asked is Asked.PLACES and query.about is About.TIES and sentence.chinese
    plain = query.per is None and query.rank is None and query.compare is None and query.having is None
    several = bool(home.countries) and not (home.own or home.places) and not query.partner.anywhere
    if not (listed and plain and several) or not sentence.has(("ask", "list")):
        return query
    said = [i for i in range(len(sentence.spans)) if sentence.means(i)]
    if len(said) < len(("烏克蘭", "締盟", "德國", "城市")) or not sentence.spans[said[-1]].has(
        ("noun", "city")
    ):
        return query
    name = sentence.names.get(said[-2])
    of_homes = name is not None and name.where.countries == home.countries
    tied = sentence.spans[said[-3]].of("kind") or sentence.spans[said[-3]].of("event")
    return replace(query, per=Per.HOME) if of_homes and tied else query
