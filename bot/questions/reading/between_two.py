"""What two places have with each other, where both are named as if it were asked of each: "what has A with B?"."""

import re
from dataclasses import replace

from bot.questions.conditions import Where
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query, Told

_EACH_OTHER = re.compile(
    r"之[間间]|彼此|互相|相互|\b(?:each other|among themselves|one another|between them)\b"
)
_PAIR = 2


def between_two(query: Query, sentence: Sentence) -> Query:
    """The query of the agreements of one place with others of the same country, and not of those that each has."""
    narrowed = query.rank or query.having or query.compare or query.met or query.unmet or query.each
    listed = query.about is About.TIES and query.asked is Asked.PLACES and query.per is Per.HOME
    homes = query.home.places
    if not listed or narrowed or not query.partner.anywhere or len(homes) < _PAIR:
        return query
    named = [i for i in sorted(sentence.names) if sentence.names[i].is_place]
    if len(named) != len(homes) or len(named) != len(sentence.names) or not _of_agreements(sentence):
        return query
    first = _with_whom(sentence, named)
    if first is None:
        return query
    places = [sentence.names[i].where.places[0] for i in named]
    home, partner = Where(places=tuple(places[:first])), Where(places=tuple(places[first:]))
    return replace(query, asked=Asked.TEXT, told=Told.OVERVIEW, home=home, partner=partner, per=None)


def says_each_other(sentence: Sentence) -> bool:
    """Whether it is said that those who are named have something with each other: 臺灣縣市之間, "one another"."""
    return _EACH_OTHER.search(sentence.text.lower()) is not None


def _of_agreements(sentence: Sentence) -> bool:
    return sentence.has(("noun", "act"), ("noun", "tie"), ("event", "signed"))


def _with_whom(sentence: Sentence, named: list[int]) -> int | None:
    """Which of the names is the first of those with whom the others have something."""
    if not sentence.chinese:
        withs = [at for at, i in enumerate(named) if at and "with" in sentence.small_before(i)]
        if len(withs) == 1:
            return withs[0]
    return 1 if len(named) == _PAIR and says_each_other(sentence) else None
